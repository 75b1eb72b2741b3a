//! Where bars, lines and dots of small charts stand: numbers for a drawing made on the server, no drawing.
//!
//! Lengths are in the units of the drawing, `y` grows downwards as in SVG. Labels pass through untouched: what they are,
//! and how they are said, is the page's. Each chart has the same numbers as the table under it, so it never rounds a value.

use crate::{experience::Range, spread::Spread};

/// The room of a chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// From left to right.
    pub width: f64,
    /// From top to bottom. Bars that lie make their own.
    pub height: f64,
    /// Kept free at the left, for labels.
    pub left: f64,
    /// Kept free at the right, for numbers.
    pub right: f64,
    /// Kept free at the top.
    pub top: f64,
    /// Kept free at the bottom, for years.
    pub bottom: f64,
}

/// A rectangle with its label and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar<L> {
    /// What it stands for.
    pub label: L,
    /// Its value.
    pub value: f64,
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A line of the scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// What it marks.
    pub value: f64,
    /// Where: `x` of a scale that lies, `y` of one that stands.
    pub at: f64,
}

/// Bars with their scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars<L> {
    /// The width of the drawing.
    pub width: f64,
    /// The height of the drawing.
    pub height: f64,
    /// The bars, in the order given.
    pub bars: Vec<Bar<L>>,
    /// The scale, from 0.
    pub ticks: Vec<Tick>,
}

/// A point of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Point<L> {
    /// What it stands for: a year.
    pub label: L,
    /// Its value.
    pub value: f64,
    /// Where it is from the left.
    pub x: f64,
    /// Where it is from the top.
    pub y: f64,
}

/// A line from year to year, with its scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<L> {
    /// The width of the drawing.
    pub width: f64,
    /// The height of the drawing.
    pub height: f64,
    /// The points, from left to right.
    pub points: Vec<Point<L>>,
    /// The scale, from 0.
    pub ticks: Vec<Tick>,
}

/// A spread on a scale that lies: a dot for each report; what summarises them, from three reports on.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// The width of the drawing.
    pub width: f64,
    /// The height of the drawing.
    pub height: f64,
    /// The height at which the dots lie.
    pub middle: f64,
    /// From where to where each report goes, in the order of [`Spread::amounts`]; most are points.
    pub dots: Vec<(f64, f64)>,
    /// Where the median is.
    pub median: Option<f64>,
    /// Where the quartiles are.
    pub quartiles: Option<(f64, f64)>,
    /// From where to where goes what the method announces.
    pub planned: Option<(f64, f64)>,
    /// The scale, from 0.
    pub ticks: Vec<Tick>,
}

/// Returns bars that lie under each other, each `thick` with `gap` between two; a negative value counts for nothing.
pub fn bars<L>(
    values: impl IntoIterator<Item = (L, f64)>,
    frame: Frame,
    thick: f64,
    gap: f64,
) -> Bars<L> {
    let values: Vec<(L, f64)> = values.into_iter().collect();
    let room = (frame.width - frame.left - frame.right).max(0.0);
    let top = scale_of(values.iter().map(|(_, value)| *value));
    let bars: Vec<Bar<L>> = values
        .into_iter()
        .enumerate()
        .map(|(rank, (label, value))| Bar {
            label,
            value,
            x: frame.left,
            y: frame.top + rank as f64 * (thick + gap),
            width: room * part(value, top),
            height: thick,
        })
        .collect();
    let count = bars.len() as f64;
    Bars {
        width: frame.width,
        height: frame.top + frame.bottom + (count * (thick + gap) - gap).max(0.0),
        bars,
        ticks: ticks(top, |share| frame.left + room * share),
    }
}

/// Returns columns that stand beside each other, `gap` between two; a negative value counts for nothing.
pub fn columns<L>(values: impl IntoIterator<Item = (L, f64)>, frame: Frame, gap: f64) -> Bars<L> {
    let values: Vec<(L, f64)> = values.into_iter().collect();
    let (room, high) = rooms(frame);
    let count = values.len().max(1) as f64;
    let width = ((room - gap * (count - 1.0)) / count).max(0.0);
    let top = scale_of(values.iter().map(|(_, value)| *value));
    let bars = values
        .into_iter()
        .enumerate()
        .map(|(rank, (label, value))| {
            let height = high * part(value, top);
            Bar {
                label,
                value,
                x: frame.left + rank as f64 * (width + gap),
                y: frame.top + high - height,
                width,
                height,
            }
        })
        .collect();
    Bars {
        width: frame.width,
        height: frame.height,
        bars,
        ticks: ticks(top, |share| frame.top + high * (1.0 - share)),
    }
}

/// Returns segments beside each other that share a length in the proportion of their values; a negative value counts for
/// nothing. They have no height: that is the page's.
pub fn stack<L>(values: impl IntoIterator<Item = (L, f64)>, x: f64, width: f64) -> Vec<Bar<L>> {
    let counted = |value: f64| {
        if value.is_finite() {
            value.max(0.0)
        } else {
            0.0
        }
    };
    let values: Vec<(L, f64)> = values.into_iter().collect();
    let whole: f64 = values.iter().map(|(_, value)| counted(*value)).sum();
    let mut at = x;
    values
        .into_iter()
        .map(|(label, value)| {
            let its = if whole > 0.0 {
                width * counted(value) / whole
            } else {
                0.0
            };
            let bar = Bar {
                label,
                value,
                x: at,
                y: 0.0,
                width: its,
                height: 0.0,
            };
            at += its;
            bar
        })
        .collect()
}

/// Returns the points of a line from year to year, each where its year is: years that are missing leave their room.
/// A single year stands in the middle.
pub fn line<L>(values: impl IntoIterator<Item = (i32, L, f64)>, frame: Frame) -> Line<L> {
    let mut values: Vec<(i32, L, f64)> = values.into_iter().collect();
    values.sort_by_key(|(year, _, _)| *year);
    let (room, high) = rooms(frame);
    let top = scale_of(values.iter().map(|(_, _, value)| *value));
    let (first, last) = match (values.first(), values.last()) {
        (Some(first), Some(last)) => (f64::from(first.0), f64::from(last.0)),
        _ => (0.0, 0.0),
    };
    let points = values
        .into_iter()
        .map(|(year, label, value)| {
            let share = if last > first {
                (f64::from(year) - first) / (last - first)
            } else {
                0.5
            };
            Point {
                label,
                value,
                x: frame.left + room * share,
                y: frame.top + high * (1.0 - part(value, top)),
            }
        })
        .collect();
    Line {
        width: frame.width,
        height: frame.height,
        points,
        ticks: ticks(top, |share| frame.top + high * (1.0 - share)),
    }
}

/// Returns a spread on a scale, with what the method announces when it is known: from least to greatest, in the same unit.
///
/// The lines of the scale are round numbers of `unit`: 1 for people and euros, 60 for minutes that are shown as hours.
pub fn strip(spread: &Spread, planned: Option<Range>, unit: f64, frame: Frame) -> Strip {
    let (room, high) = rooms(frame);
    let all = spread.amounts().iter().map(|amount| amount.high);
    let all = all.chain(planned.map(|range| range.max));
    let top = scale_of(all.map(|value| value / unit)).times(unit);
    let at = |value: f64| frame.left + room * part(value, top);
    let (median, quartiles) = match spread {
        Spread::Few(_) => (None, None),
        Spread::Many(many) => (
            Some(at(many.median)),
            many.quartiles.map(|(one, two)| (at(one), at(two))),
        ),
    };
    Strip {
        width: frame.width,
        height: frame.height,
        middle: frame.top + high / 2.0,
        dots: spread
            .amounts()
            .iter()
            .map(|amount| (at(amount.low), at(amount.high)))
            .collect(),
        median,
        quartiles,
        planned: planned.map(|range| (at(range.min), at(range.max))),
        ticks: ticks(top, |share| frame.left + room * share),
    }
}

fn rooms(frame: Frame) -> (f64, f64) {
    (
        (frame.width - frame.left - frame.right).max(0.0),
        (frame.height - frame.top - frame.bottom).max(0.0),
    )
}

/// The greatest value of a scale and the step between two of its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    end: f64,
    step: f64,
}

impl Scale {
    fn times(self, unit: f64) -> Scale {
        Scale {
            end: self.end * unit,
            step: self.step * unit,
        }
    }
}

/// Returns a scale from 0 to a round number above all values, with four lines or so: steps of 1, 2 or 5 times a power of
/// ten, so that people can read between them.
fn scale_of(values: impl Iterator<Item = f64>) -> Scale {
    let most = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
    if most <= 1e-9 {
        return Scale {
            end: 1.0,
            step: 1.0,
        };
    }
    let rough = most / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .find(|factor| factor * power >= rough)
        .unwrap_or(10.0);
    // Counts have no halves: small ones go by one.
    let step = if most >= 1.0 {
        (factor * power).max(1.0)
    } else {
        factor * power
    };
    Scale {
        end: (most / step - 1e-9).ceil().max(1.0) * step,
        step,
    }
}

fn part(value: f64, scale: Scale) -> f64 {
    if value.is_finite() {
        (value / scale.end).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

fn ticks(scale: Scale, at: impl Fn(f64) -> f64) -> Vec<Tick> {
    let count = (scale.end / scale.step).round() as usize;
    (0..=count)
        .map(|rank| {
            let value = rank as f64 * scale.step;
            Tick {
                value,
                at: at(value / scale.end),
            }
        })
        .collect()
}
