//! The map: where a position falls on the drawing of metropolitan France, and the outlines of its departments.
//!
//! The drawing is Mercator's projection, stretched and moved. Departments overseas are not on it, as their outlines are not
//! in its source: a map shows them apart.

use std::f64::consts::FRAC_PI_4;
use std::sync::OnceLock;

/// Width and height of the drawing, for a `viewBox`.
pub const SIZE: (f64, f64) = (613.0, 585.0);

/// INSEE codes of the departments that are not on the drawing.
pub const OVERSEAS: [&str; 5] = ["971", "972", "973", "974", "976"];

/// A position on the drawing: x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From 0 to the width.
    pub x: f64,
    /// From 0 to the height.
    pub y: f64,
}

/// Returns where a latitude and a longitude, in degrees (WGS 84), fall on the drawing; none outside of it.
///
/// The coefficients are a fit over 90 departments: 0.18 units of the drawing off on average, 0.98 at worst.
pub fn project(lat: f64, lon: f64) -> Option<Point> {
    if !(-85.0..=85.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
        return None;
    }
    let east = lon.to_radians();
    let north = (FRAC_PI_4 + lat.to_radians() / 2.0).tan().ln();
    let point = Point {
        x: 2378.990 * east - 0.414 * north + 215.614,
        y: -0.645 * east - 2371.304 * north + 2467.870,
    };
    let is_inside = (0.0..=SIZE.0).contains(&point.x) && (0.0..=SIZE.1).contains(&point.y);
    is_inside.then_some(point)
}

/// A department as drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outline {
    /// INSEE code of the department.
    pub department: &'static str,
    /// Centre of its largest piece: where a count may stand.
    pub centre: Point,
    /// The `d` of an SVG path.
    pub path: &'static str,
}

/// Returns the outlines of the departments of metropolitan France, in the order of their codes.
///
/// Credit is due where they are shown: see [`crate::SOURCES`].
pub fn outlines() -> &'static [Outline] {
    static OUTLINES: OnceLock<Vec<Outline>> = OnceLock::new();
    OUTLINES.get_or_init(|| {
        include_str!("../data/outlines.tsv")
            .lines()
            .map(|line| {
                outline(line).expect("the outlines are ours, and the tests read them whole")
            })
            .collect()
    })
}

fn outline(line: &'static str) -> Option<Outline> {
    let mut fields = line.split('\t');
    Some(Outline {
        department: fields.next()?,
        centre: Point {
            x: fields.next()?.parse().ok()?,
            y: fields.next()?.parse().ok()?,
        },
        path: fields.next()?,
    })
}
