//! The map: towns fall into their departments.

use std::collections::BTreeSet;

use super::register;
use crate::map::{OVERSEAS, Point, SIZE, outlines, project};
use crate::{Department, SOURCES, Zone};

/// Reads the rings of a path as the chore writes them: `m` and `l` with steps, `z`.
fn rings(path: &str) -> Vec<Vec<Point>> {
    let mut rings = Vec::new();
    let mut here = Point { x: 0.0, y: 0.0 };
    for ring in path.split('z').filter(|ring| !ring.is_empty()) {
        let spaced = ring.replace(['m', 'l'], " ").replace('-', " -");
        let mut numbers: Vec<f64> = Vec::new();
        for word in spaced.split_whitespace() {
            numbers.push(word.parse().unwrap());
        }
        assert_eq!(numbers.len() % 2, 0, "{ring}");
        let mut points = Vec::new();
        for step in numbers.chunks(2) {
            here = Point {
                x: here.x + step[0],
                y: here.y + step[1],
            };
            points.push(here);
        }
        here = points[0];
        rings.push(points);
    }
    rings
}

fn holds(path: &str, point: Point) -> bool {
    let crossings = rings(path)
        .iter()
        .flat_map(|ring| {
            ring.iter()
                .copied()
                .zip(ring.iter().copied().cycle().skip(1))
                .collect::<Vec<_>>()
        })
        .filter(|(a, b)| {
            (a.y > point.y) != (b.y > point.y)
                && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        })
        .count();
    crossings % 2 == 1
}

#[test]
fn towns_fall_into_their_departments() {
    for (town, department, lat, lon) in [
        ("Paris", "75", 48.8566, 2.3522),
        ("Lille", "59", 50.6292, 3.0573),
        ("Strasbourg", "67", 48.5734, 7.7521),
        ("Rennes", "35", 48.1173, -1.6778),
        ("Quimper", "29", 47.9960, -4.1024),
        ("Nantes", "44", 47.2184, -1.5536),
        ("Tours", "37", 47.3941, 0.6848),
        ("Orléans", "45", 47.9030, 1.9093),
        ("Dijon", "21", 47.3220, 5.0415),
        ("Lyon", "69", 45.7640, 4.8357),
        ("Grenoble", "38", 45.1885, 5.7245),
        ("Clermont-Ferrand", "63", 45.7772, 3.0870),
        ("Limoges", "87", 45.8336, 1.2611),
        ("Toulouse", "31", 43.6047, 1.4442),
        ("Albi", "81", 43.9298, 2.1480),
        ("Rodez", "12", 44.3506, 2.5750),
        ("Pau", "64", 43.2951, -0.3708),
        ("Avignon", "84", 43.9493, 4.8055),
        ("Digne-les-Bains", "04", 44.0925, 6.2356),
        ("Aix-en-Provence", "13", 43.5297, 5.4474),
        ("Corte", "2B", 42.3058, 9.1500),
        ("Sartène", "2A", 41.6211, 8.9744),
        ("Mende", "48", 44.5180, 3.5010),
        ("Charleville-Mézières", "08", 49.7730, 4.7200),
        ("Belfort", "90", 47.6397, 6.8638),
    ] {
        let point = project(lat, lon).unwrap();
        let found: Vec<_> = outlines()
            .iter()
            .filter(|one| holds(one.path, point))
            .map(|one| one.department)
            .collect();
        assert_eq!(found, [department], "{town} at {point:?}");
    }
}

#[test]
fn a_known_point_falls_where_it_was_measured() {
    // Migné-Auxances, as fitted.
    let point = project(46.6237, 0.3146).unwrap();
    assert!(
        (point.x - 227.9).abs() < 1.0 && (point.y - 280.9).abs() < 1.0,
        "{point:?}"
    );
}

#[test]
fn what_is_not_on_the_drawing_has_no_point() {
    for (place, lat, lon) in [
        ("Saint-Denis de La Réunion", -20.8823, 55.4504),
        ("Cayenne", 4.9224, -52.3135),
        ("the pole", 90.0, 0.0),
        ("nowhere", f64::NAN, 2.0),
        ("nowhere", 48.0, f64::INFINITY),
        ("beyond the turn", 48.0, 362.0),
    ] {
        assert_eq!(project(lat, lon), None, "{place}");
    }
}

#[test]
fn outlines_are_those_of_metropolitan_departments() {
    let drawn: Vec<_> = outlines().iter().map(|one| one.department).collect();
    let departments = register().departments();
    let metropolitan: Vec<_> = departments
        .filter(|one| one.zone() == Zone::Metropolitan)
        .map(Department::code)
        .collect();
    assert_eq!(drawn, metropolitan);
    let overseas: Vec<_> = register()
        .departments()
        .filter(|one| one.zone() == Zone::OverseasDepartment)
        .map(Department::code)
        .collect();
    assert_eq!(overseas, OVERSEAS);
    for outline in outlines() {
        assert!(
            outline
                .path
                .bytes()
                .all(|byte| b"mlz .-0123456789".contains(&byte)),
            "{}",
            outline.department
        );
        assert!(
            holds(outline.path, outline.centre),
            "{}",
            outline.department
        );
        for ring in rings(outline.path) {
            assert!(ring.len() > 2);
            assert!(
                ring.iter()
                    .all(|one| (0.0..=SIZE.0).contains(&one.x) && (0.0..=SIZE.1).contains(&one.y))
            );
        }
    }
}

#[test]
fn neighbours_share_their_borders() {
    // Each corner of a department without a coast or a frontier is a corner of another.
    let corners = |department: &str| -> BTreeSet<(i64, i64)> {
        let outline = outlines()
            .iter()
            .find(|one| one.department == department)
            .unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "the drawing is 613 wide")]
        rings(outline.path)
            .concat()
            .iter()
            .map(|one| ((one.x * 10.0).round() as i64, (one.y * 10.0).round() as i64))
            .collect()
    };
    for inland in [
        "03", "12", "15", "18", "36", "41", "45", "49", "58", "71", "75", "87", "89",
    ] {
        let others: BTreeSet<_> = outlines()
            .iter()
            .filter(|one| one.department != inland)
            .flat_map(|one| corners(one.department))
            .collect();
        let alone = corners(inland).difference(&others).count();
        assert_eq!(alone, 0, "{inland}");
    }
}

#[test]
fn sources_are_named() {
    assert!(
        SOURCES
            .iter()
            .any(|one| one.of == "outlines" && one.licence == "CC-BY-4.0")
    );
    assert!(
        SOURCES
            .iter()
            .any(|one| one.of == "register" && one.licence == "etalab-2.0")
    );
    let notice = include_str!("../../data/NOTICE.md");
    for source in SOURCES {
        assert!(
            notice.contains(source.licence) && notice.contains(source.licence_url),
            "{source:?}"
        );
    }
}
