//! The drawing: departments shaded by how many cards they have, points where positions are known.

use terreau_territory::map::{OVERSEAS, Point, SIZE, outlines, project};
use terreau_territory::{Known, Register};

use super::placed::{Placed, anchor_of};
use crate::Words;

/// The darkest shade; 0 is none.
pub const CLASSES: usize = 4;
/// Departments around Paris, drawn a second time, greater.
const IN_INSET: [&str; 4] = ["75", "92", "93", "94"];
/// What the inset shows of the drawing: left, top and side.
const INSET_VIEW: (f64, f64, f64) = (302.0, 132.0, 25.0);

/// The drawing.
pub struct Drawing {
    pub width: f64,
    pub height: f64,
    pub inset: Inset,
    pub departments: Vec<Shape>,
    pub points: Vec<Dot>,
}

/// Where Paris and what is around it are drawn again.
pub struct Inset {
    pub x: f64,
    pub y: f64,
    pub side: f64,
    pub view: String,
}

/// A department as drawn.
pub struct Shape {
    pub path: &'static str,
    /// Its shade.
    pub class: usize,
    /// What it says: « Vienne (86) : 3 fiches ».
    pub title: String,
    /// Where its list stands, when it has one.
    pub anchor: Option<String>,
    /// How many cards have no nearer place, when there are, and where to write it.
    pub count: Option<usize>,
    pub x: f64,
    pub y: f64,
    pub is_in_inset: bool,
}

/// A place whose position is known.
pub struct Dot {
    pub x: String,
    pub y: String,
    pub r: f64,
    pub title: String,
    pub anchor: String,
    pub is_in_inset: bool,
}

/// A department overseas.
pub struct Overseas {
    pub name: String,
    pub class: usize,
    pub total: usize,
    pub anchor: Option<String>,
}

impl Drawing {
    /// Draws what is placed.
    pub fn of(placed: &Placed, words: Words) -> Drawing {
        let counts = placed.by_department();
        let register = Register::load();
        let departments = outlines()
            .iter()
            .filter_map(|outline| {
                let department = register.department(outline.department)?;
                let code = department.code();
                let (all, far) = counts.get(code).copied().unwrap_or_default();
                let is_in_inset = IN_INSET.contains(&code);
                let label = Known::Department(department).label();
                Some(Shape {
                    path: outline.path,
                    class: class_of(all),
                    title: words.tell_two("map-department-title", "name", label, "count", all),
                    anchor: (all > 0).then(|| anchor_of(code)),
                    // Around Paris there is no room to write in.
                    count: (far > 0 && !is_in_inset).then_some(far),
                    x: outline.centre.x,
                    y: outline.centre.y,
                    is_in_inset,
                })
            })
            .collect();
        let (left, top, side) = INSET_VIEW;
        Drawing {
            width: SIZE.0,
            height: SIZE.1,
            inset: Inset {
                x: 8.0,
                y: 8.0,
                side: 118.0,
                view: format!("{left} {top} {side} {side}"),
            },
            departments,
            points: dots(placed, words),
        }
    }
}

/// Returns the departments overseas, and other lands overseas that have cards.
pub fn overseas(placed: &Placed) -> Vec<Overseas> {
    let counts = placed.by_department();
    let is_drawn = |code: &str| outlines().iter().any(|one| one.department == code);
    Register::load()
        .departments()
        .filter(|one| {
            OVERSEAS.contains(&one.code())
                || counts.contains_key(one.code()) && !is_drawn(one.code())
        })
        .map(|one| {
            let (total, _) = counts.get(one.code()).copied().unwrap_or_default();
            Overseas {
                name: one.name().to_owned(),
                class: class_of(total),
                total,
                anchor: (total > 0).then(|| anchor_of(one.code())),
            }
        })
        .collect()
}

fn dots(placed: &Placed, words: Words) -> Vec<Dot> {
    let mut dots: Vec<(usize, Dot)> = placed
        .places
        .iter()
        .filter_map(|place| {
            let (lat, lon) = place.spot.point?;
            let point = project(lat, lon)?;
            let count = place.cards.len();
            let anchor = match place.spot.departments.first() {
                Some(department) => anchor_of(department.code()),
                None if place.spot.region.is_some() => "regions".to_owned(),
                None => "ailleurs".to_owned(),
            };
            let dot = Dot {
                x: format!("{:.1}", point.x),
                y: format!("{:.1}", point.y),
                r: match count {
                    1 => 5.0,
                    2..=4 => 6.0,
                    _ => 7.5,
                },
                title: words.tell_two("map-department-title", "name", &place.name, "count", count),
                anchor,
                is_in_inset: is_in_inset(point),
            };
            Some((count, dot))
        })
        .collect();
    // Small ones are drawn over great ones.
    dots.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    dots.into_iter().map(|(_, dot)| dot).collect()
}

fn is_in_inset(point: Point) -> bool {
    let (left, top, side) = INSET_VIEW;
    (left..=left + side).contains(&point.x) && (top..=top + side).contains(&point.y)
}

/// Returns the shade of a number of cards.
fn class_of(count: usize) -> usize {
    match count {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        5..=9 => 3,
        _ => CLASSES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_follow_the_numbers_of_the_legend() {
        let shades: Vec<usize> = [0, 1, 2, 4, 5, 9, 10, 500].map(class_of).to_vec();
        assert_eq!(shades, [0, 1, 2, 2, 3, 3, 4, 4]);
    }

    #[test]
    fn the_inset_holds_what_it_is_for() {
        for code in IN_INSET {
            let outline = outlines().iter().find(|one| one.department == code);
            assert!(is_in_inset(outline.expect(code).centre), "{code}");
        }
        let migne = project(46.62, 0.31).expect("on the map");
        assert!(!is_in_inset(migne));
    }

    #[test]
    fn an_empty_map_is_drawn_whole() {
        let words = Words::of(terreau_card::Language::French);
        let drawing = Drawing::of(&Placed::default(), words);
        assert_eq!(drawing.departments.len(), 96);
        assert!(drawing.departments.iter().all(|one| one.anchor.is_none()));
        assert!(drawing.points.is_empty());
        assert_eq!(overseas(&Placed::default()).len(), OVERSEAS.len());
    }
}
