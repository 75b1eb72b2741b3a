//! Fewer points, with borders that two rings share simplified alike, so that no gap opens between neighbours.
//!
//! Rings are cut where borders meet; each piece is simplified by the rule of Douglas and Peucker in one direction of its
//! own, whichever ring it is met in.

use std::collections::{BTreeMap, BTreeSet};

/// A position on the drawing.
pub type Point = (f64, f64);

/// Points nearer than this are one point, in units of the drawing: the source rounds each step of a border apart.
const SAME: f64 = 0.15;

/// Returns the rings with fewer points, none of which was farther than the tolerance from what replaces it.
pub fn simplify(rings: &[Vec<Point>], tolerance: f64) -> Vec<Vec<Point>> {
    let mut points = Points::default();
    let rings: Vec<Vec<usize>> = rings
        .iter()
        .map(|ring| {
            let mut ids: Vec<usize> = ring.iter().map(|&point| points.id_of(point)).collect();
            ids.dedup();
            if ids.len() > 1 && ids.first() == ids.last() {
                ids.pop();
            }
            ids
        })
        .collect();
    let meetings = meetings(&rings);
    rings
        .iter()
        .map(|ring| points.simple_ring(ring, &meetings, tolerance))
        .collect()
}

/// Returns the points where borders meet: those with other than two neighbours over all rings.
fn meetings(rings: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut neighbours: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for ring in rings {
        for (&a, &b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            neighbours.entry(a).or_default().insert(b);
            neighbours.entry(b).or_default().insert(a);
        }
    }
    neighbours
        .into_iter()
        .filter(|(_, around)| around.len() != 2)
        .map(|(point, _)| point)
        .collect()
}

/// The points of all rings, each known by a number.
#[derive(Default)]
struct Points {
    positions: Vec<Point>,
    cells: BTreeMap<(i32, i32), Vec<usize>>,
}

impl Points {
    fn id_of(&mut self, point: Point) -> usize {
        let cell = cell(point);
        let near = (-1..=1).flat_map(|dx| (-1..=1).map(move |dy| (cell.0 + dx, cell.1 + dy)));
        let known = near
            .filter_map(|cell| self.cells.get(&cell))
            .flatten()
            .copied()
            .find(|&id| distance(self.positions[id], point) <= SAME);
        known.unwrap_or_else(|| {
            self.positions.push(point);
            self.cells
                .entry(cell)
                .or_default()
                .push(self.positions.len() - 1);
            self.positions.len() - 1
        })
    }

    fn simple_ring(
        &self,
        ring: &[usize],
        meetings: &BTreeSet<usize>,
        tolerance: f64,
    ) -> Vec<Point> {
        // A ring that meets no other, an island, is cut at its first point and at the one farthest from it.
        let mut cuts: Vec<usize> = (0..ring.len())
            .filter(|&place| meetings.contains(&ring[place]))
            .collect();
        if cuts.len() < 2 {
            let first = cuts.first().copied().unwrap_or(0);
            let away =
                |place: &usize| distance(self.positions[ring[first]], self.positions[ring[*place]]);
            let far = (0..ring.len())
                .max_by(|a, b| away(a).total_cmp(&away(b)))
                .unwrap_or(0);
            cuts = vec![first.min(far), first.max(far)];
        }
        let mut simple = Vec::new();
        for (rank, &from) in cuts.iter().enumerate() {
            let to = cuts.get(rank + 1).copied().unwrap_or(cuts[0] + ring.len());
            let mut piece: Vec<usize> = (from..=to).map(|place| ring[place % ring.len()]).collect();
            let is_backwards = (piece.first(), piece.get(1))
                > (piece.last(), piece.get(piece.len().wrapping_sub(2)));
            if is_backwards {
                piece.reverse();
            }
            let mut kept = vec![false; piece.len()];
            self.keep(&piece, 0, piece.len() - 1, tolerance, &mut kept);
            let mut piece: Vec<Point> = piece
                .iter()
                .zip(kept)
                .filter(|(_, kept)| *kept)
                .map(|(&id, _)| self.positions[id])
                .collect();
            if is_backwards {
                piece.reverse();
            }
            piece.pop();
            simple.extend(piece);
        }
        simple
    }

    /// Marks the ends and, between them, the points without which the line would stray.
    fn keep(&self, piece: &[usize], from: usize, to: usize, tolerance: f64, kept: &mut [bool]) {
        (kept[from], kept[to]) = (true, true);
        let (start, end) = (self.positions[piece[from]], self.positions[piece[to]]);
        let stray = |place: usize| distance_to_line(self.positions[piece[place]], start, end);
        let Some(farthest) = (from + 1..to).max_by(|&a, &b| stray(a).total_cmp(&stray(b))) else {
            return;
        };
        if stray(farthest) > tolerance {
            self.keep(piece, from, farthest, tolerance, kept);
            self.keep(piece, farthest, to, tolerance, kept);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the drawing is 613 wide")]
fn cell(point: Point) -> (i32, i32) {
    (
        (point.0 / SAME).floor() as i32,
        (point.1 / SAME).floor() as i32,
    )
}

fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Returns the distance to a stretch of line, or to its end where they are the same point.
fn distance_to_line(point: Point, start: Point, end: Point) -> f64 {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let length = dx.hypot(dy);
    if length == 0.0 {
        return distance(point, start);
    }
    ((point.0 - start.0) * dy - (point.1 - start.1) * dx).abs() / length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_stay_joined_whichever_way_they_are_drawn() {
        let border: Vec<Point> = (0..=20)
            .map(|step| (10.0 + (f64::from(step) * 0.7).sin(), f64::from(step)))
            .collect();
        let mut left = vec![(0.0, 20.0), (0.0, 0.0)];
        left.extend(&border);
        let mut right = vec![(20.0, 0.0), (20.0, 20.0)];
        right.extend(border.iter().rev());
        let simple = simplify(&[left.clone(), right], 0.5);
        let shared = |ring: &[Point]| -> Vec<Point> {
            let mut points: Vec<Point> = ring
                .iter()
                .copied()
                .filter(|point| (8.0..12.0).contains(&point.0))
                .collect();
            points.sort_by(|a, b| a.1.total_cmp(&b.1));
            points
        };
        assert_eq!(shared(&simple[0]), shared(&simple[1]));
        assert!(simple[0].len() < left.len());
        assert!(simple[0].len() > 6);
    }

    #[test]
    fn an_island_keeps_its_shape() {
        let island: Vec<Point> = (0..60)
            .map(|step| {
                (
                    5.0 * (f64::from(step) * 0.1047).cos(),
                    5.0 * (f64::from(step) * 0.1047).sin(),
                )
            })
            .collect();
        let simple = &simplify(&[island], 0.2)[0];
        assert!((8..30).contains(&simple.len()), "{}", simple.len());
    }
}
