//! A report: an experience at its address, with the places where it happened.

use terreau_card::{Card, CardPath};

use crate::{
    experience::Experience,
    place::{Place, Territory},
};

/// An experience ready to be added up and compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The address of its card: what every number that it gives is traced to.
    pub path: CardPath,
    /// What it says.
    pub experience: Experience,
    /// Where it happened, each place once, in the order of the card.
    pub places: Vec<Place>,
}

impl Report {
    /// Reads the card of an experience; `place_of` gives the place of a territory card by its path
    /// ([`Place::of_card`]), or none when there is no such card.
    pub fn read(
        path: &CardPath,
        card: &Card,
        place_of: impl FnMut(&CardPath) -> Option<Place>,
    ) -> Report {
        Report::new(path.clone(), Experience::read(card), place_of)
    }

    /// Makes a report of an experience that was read already.
    pub fn new(
        path: CardPath,
        experience: Experience,
        mut place_of: impl FnMut(&CardPath) -> Option<Place>,
    ) -> Report {
        let mut places: Vec<Place> = Vec::new();
        for territory in &experience.territories {
            let place = match territory {
                Territory::Card(path) => place_of(path).unwrap_or_else(|| Place::of_path(path)),
                Territory::Written(written) => Place::of_written(written),
            };
            if !places.iter().any(|known| known.id == place.id) {
                places.push(place);
            }
        }
        Report {
            path,
            experience,
            places,
        }
    }
}
