//! Where a place is on a map: as near as is known.

use terreau_experience::{PlaceId, Territory};
use terreau_territory::{Commune, Department, Epci, Region, Register, fold};

use super::{Atlas, MOST_STEPS, TerritoryCard};

/// Where a place is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spot {
    /// Latitude and longitude in degrees, when they are known.
    pub point: Option<(f64, f64)>,
    /// The departments that it lies in; none for a region, for what lies abroad and for what nobody says.
    pub departments: Vec<Department<'static>>,
    /// The region that it is, or that it lies in when no department is known.
    pub region: Option<Region<'static>>,
}

impl Spot {
    /// Says whether nothing is known.
    pub fn is_nowhere(&self) -> bool {
        self.point.is_none() && self.departments.is_empty() && self.region.is_none()
    }

    fn of_department(department: Department<'static>) -> Spot {
        Spot {
            departments: vec![department],
            ..Spot::default()
        }
    }

    fn of_region(region: Region<'static>) -> Spot {
        Spot {
            region: Some(region),
            ..Spot::default()
        }
    }
}

impl Atlas {
    /// Returns where a place is: what its card says, then imported coordinates, then the register.
    pub fn spot(&self, place: &PlaceId) -> Spot {
        let card = self.card_of(place);
        let mut spot = self.by_register(place);
        if spot.is_nowhere()
            && let Some(card) = card
        {
            spot = self.by_wider(card, MOST_STEPS);
        }
        let of_code = || match place {
            PlaceId::Commune(code) => self.coordinates.as_ref()?.of(code),
            _ => None,
        };
        spot.point = card.and_then(|card| card.location).or_else(of_code);
        spot
    }

    fn by_register(&self, place: &PlaceId) -> Spot {
        let register = Register::load();
        match place {
            PlaceId::Commune(code) => match register.commune(code) {
                Some(commune) => Spot::of_department(commune.department()),
                None => department_of(code).map_or_else(Spot::default, Spot::of_department),
            },
            PlaceId::Epci(siren) => Spot {
                departments: register
                    .epci(siren)
                    .map(Epci::departments)
                    .unwrap_or_default(),
                ..Spot::default()
            },
            PlaceId::Department(code) => register
                .department(code)
                .map_or_else(Spot::default, Spot::of_department),
            PlaceId::Region(code) => register
                .region(code)
                .map_or_else(Spot::default, Spot::of_region),
            PlaceId::Named(_, within) if !within.is_empty() => {
                let department = register.departments().find(|one| {
                    fold(one.name()) == *within || one.code().eq_ignore_ascii_case(within)
                });
                let region = || register.regions().find(|one| fold(one.name()) == *within);
                department
                    .map(Spot::of_department)
                    .or_else(|| region().map(Spot::of_region))
                    .unwrap_or_default()
            }
            PlaceId::Named(..) | PlaceId::Card(_) => Spot::default(),
        }
    }

    /// Returns where the territories lie that a card says it is part of.
    fn by_wider(&self, card: &TerritoryCard, steps: usize) -> Spot {
        for territory in &card.part_of {
            let spot = match territory {
                Territory::Written(written) => {
                    self.by_register(&terreau_experience::Place::of_written(written).id)
                }
                Territory::Card(path) => match self.territory(path) {
                    Some(wider) => {
                        let spot = self.by_register(&wider.place.id);
                        if spot.is_nowhere() && steps > 0 {
                            self.by_wider(wider, steps - 1)
                        } else {
                            spot
                        }
                    }
                    None => Spot::default(),
                },
            };
            if !spot.is_nowhere() {
                return spot;
            }
        }
        Spot::default()
    }
}

/// Returns the department of a commune, by its code, even of one that the register doesn't know.
fn department_of(code: &str) -> Option<Department<'static>> {
    let register = Register::load();
    if let Some(found) = register.by_code(code) {
        return Some(Commune::department(found.commune()));
    }
    let length = if code.starts_with("97") || code.starts_with("98") {
        3
    } else {
        2
    };
    register.department(code.get(..length)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_as_near_as_is_known() {
        let atlas = Atlas::default();
        let where_is = |place: PlaceId| {
            let spot = atlas.spot(&place);
            let departments: Vec<&str> = spot.departments.iter().map(|one| one.code()).collect();
            let region = spot.region.map_or("", |one| one.code());
            format!("{} {region}", departments.join("+"))
        };
        for (place, said) in [
            (PlaceId::Commune("34144".into()), "34 "),
            (PlaceId::Commune("97411".into()), "974 "),
            // A code that the register doesn't know still says its department.
            (PlaceId::Commune("86999".into()), "86 "),
            (PlaceId::Commune("99999".into()), " "),
            (PlaceId::Epci("243400355".into()), "34 "),
            (PlaceId::Epci("000000000".into()), " "),
            (PlaceId::Department("2A".into()), "2A "),
            (PlaceId::Region("53".into()), " 53"),
            (PlaceId::Named("hameau".into(), "herault".into()), "34 "),
            (PlaceId::Named("pays".into(), "bretagne".into()), " 53"),
            (PlaceId::Named("bruxelles".into(), "belgique".into()), " "),
            (PlaceId::Named("ici".into(), String::new()), " "),
        ] {
            let label = format!("{place:?}");
            assert_eq!(where_is(place), said, "{label}");
        }
        assert!(atlas.spot(&PlaceId::Commune("99999".into())).is_nowhere());
    }
}
