//! The drawings: shapes with their places, rounded for the page. A drawing shows nothing that the table under it doesn't say.

use terreau_experience::{Counted, FEW, Mark, Measure, Range, Spread, chart};

use super::amounts::scale_of;
use crate::Words;
use crate::facts::say;

/// The width of every drawing: that of a narrow telephone, so that its letters are never made smaller.
const WIDTH: f64 = 320.0;
/// From so many reports on, dots would be one stain.
const MOST_DOTS: usize = 60;
/// A column narrower than this has no number above it.
const NARROW: f64 = 14.0;
/// How many years are named at most.
const MOST_YEARS_NAMED: usize = 8;

/// A drawing.
pub enum Drawing {
    /// Bars that lie, each under its label.
    Lying(Lying),
    /// Columns, one for each year.
    Columns(Columns),
    /// Marks from 1 to 4, one bar for each criterion.
    Stacked(Stacked),
    /// Amounts on a scale.
    Strip(StripView),
}

/// A rectangle with the words beside it.
pub struct Shape {
    /// Its left side.
    pub x: f64,
    /// Its upper side.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// What it stands for.
    pub label: String,
    /// Its number; empty where there is no room for it.
    pub value: String,
    /// Where the label stands, from the left and from the top.
    pub label_x: f64,
    /// Where the number stands, from the left.
    pub value_x: f64,
    /// Where the number stands, from the top.
    pub value_y: f64,
}

/// Bars that lie.
pub struct Lying {
    /// The height of the drawing.
    pub height: f64,
    /// Its bars.
    pub bars: Vec<Shape>,
}

/// Columns that stand.
pub struct Columns {
    /// The height of the drawing.
    pub height: f64,
    /// Where they stand.
    pub floor: f64,
    /// The columns; those whose year is not named have no label.
    pub bars: Vec<Shape>,
}

/// One row of segments for each criterion.
pub struct Stacked {
    /// The height of the drawing.
    pub height: f64,
    /// One row for each criterion.
    pub rows: Vec<StackedRow>,
}

/// A criterion, where its words stand, and the segments of its four marks.
pub type StackedRow = (String, f64, Vec<(u8, Shape)>);

/// One report on the scale.
pub struct Dot {
    /// From where.
    pub from: f64,
    /// To where; most say one number.
    pub to: f64,
}

/// Amounts on a scale.
pub struct StripView {
    /// The height at which the dots lie.
    pub middle: f64,
    /// Each report; none when they are very many.
    pub dots: Vec<Dot>,
    /// From the least to the greatest.
    pub whole: (f64, f64),
    /// Where the median is.
    pub median: Option<f64>,
    /// From the first quartile, so wide.
    pub quartiles: Option<(f64, f64)>,
    /// What the card announces: from where, so wide.
    pub planned: Option<(f64, f64)>,
    /// The lines of the scale, with their numbers.
    pub ticks: Vec<(f64, String)>,
    /// What the numbers of the scale are: « en mois ».
    pub scale: String,
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Draws how many there are of each thing.
pub fn lying(values: Vec<(String, usize)>) -> Drawing {
    let frame = chart::Frame {
        width: WIDTH,
        height: 0.0,
        left: 1.0,
        right: 40.0,
        top: 18.0,
        bottom: 4.0,
    };
    let values = values
        .into_iter()
        .map(|(label, count)| (label, count as f64));
    let bars = chart::bars(values, frame, 11.0, 25.0);
    Drawing::Lying(Lying {
        height: round(bars.height),
        bars: bars
            .bars
            .into_iter()
            .map(|bar| Shape {
                x: round(bar.x),
                y: round(bar.y),
                width: round(bar.width),
                height: round(bar.height),
                label_x: round(bar.x),
                value_x: round(bar.x + bar.width + 6.0),
                value_y: round(bar.y + bar.height - 0.5),
                value: format!("{}", bar.value),
                label: bar.label,
            })
            .collect(),
    })
}

/// Draws how many there are in each year.
pub fn columns(values: Vec<(i32, usize)>) -> Drawing {
    let frame = chart::Frame {
        width: WIDTH,
        height: 120.0,
        left: 1.0,
        right: 1.0,
        top: 16.0,
        bottom: 20.0,
    };
    let every = values.len().div_ceil(MOST_YEARS_NAMED).max(1);
    let last = values.len().saturating_sub(1);
    let gap = if values.len() > 20 { 2.0 } else { 6.0 };
    let values = values.into_iter().map(|(year, count)| (year, count as f64));
    let drawn = chart::columns(values, frame, gap);
    Drawing::Columns(Columns {
        height: frame.height,
        floor: frame.height - frame.bottom,
        bars: drawn
            .bars
            .into_iter()
            .enumerate()
            .map(|(rank, bar)| {
                // The last year is named; those before it leave it room.
                let is_named = (last - rank).is_multiple_of(every);
                // One or two columns are no towers.
                let wide = bar.width.min(56.0);
                let middle = round(bar.x + bar.width / 2.0);
                Shape {
                    x: round(bar.x + (bar.width - wide) / 2.0),
                    y: round(bar.y),
                    width: round(wide),
                    height: round(bar.height),
                    label: if is_named {
                        bar.label.to_string()
                    } else {
                        String::new()
                    },
                    label_x: middle,
                    value_x: middle,
                    value_y: round(bar.y - 4.0),
                    value: if bar.value > 0.0 && bar.width >= NARROW {
                        format!("{}", bar.value)
                    } else {
                        String::new()
                    },
                }
            })
            .collect(),
    })
}

/// Draws the marks of criteria, those that enough reports gave.
pub fn stacked(rows: Vec<(String, &Counted<Mark>)>) -> Drawing {
    const ROW: f64 = 40.0;
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, marks)| marks.total() >= FEW)
        .enumerate()
        .map(|(rank, (label, marks))| {
            let top = 16.0 + rank as f64 * ROW;
            let counts = marks.counts().iter();
            let parts = counts.map(|count| (count.of.get(), count.number as f64));
            let segments = chart::stack(parts, 1.0, WIDTH - 2.0);
            let segments = segments
                .into_iter()
                .filter(|segment| segment.value > 0.0)
                .map(|segment| {
                    let shape = Shape {
                        x: round(segment.x),
                        y: top + 6.0,
                        width: round((segment.width - 1.0).max(0.5)),
                        height: 16.0,
                        label: String::new(),
                        label_x: 0.0,
                        value_x: round(segment.x + segment.width / 2.0),
                        value_y: top + 18.5,
                        value: if segment.width >= NARROW {
                            format!("{}", segment.value)
                        } else {
                            String::new()
                        },
                    };
                    (segment.label, shape)
                });
            (label, top, segments.collect::<Vec<_>>())
        })
        .collect();
    Drawing::Stacked(Stacked {
        height: rows.len() as f64 * ROW,
        rows,
    })
}

/// Draws how the amounts of a measure are spread, beside what the card announces.
pub fn strip(measure: Measure, spread: &Spread, planned: Option<Range>, words: Words) -> Drawing {
    let frame = chart::Frame {
        width: WIDTH,
        height: 66.0,
        left: 7.0,
        right: 16.0,
        top: 4.0,
        bottom: 20.0,
    };
    let greatest = spread.amounts().iter().map(|amount| amount.high);
    let most = greatest
        .chain(planned.map(|range| range.max))
        .fold(0.0, f64::max);
    let (unit, key) = scale_of(measure, most);
    let drawn = chart::strip(spread, planned, unit, frame);
    let span = |(from, to): (f64, f64)| (round(from), round((to - from).max(1.0)));
    let whole = drawn.dots.iter().fold((WIDTH, 0.0_f64), |whole, dot| {
        (whole.0.min(dot.0), whole.1.max(dot.1))
    });
    // Round numbers of money are long: every other one is said.
    let every = if drawn.ticks.len() > 6 { 2 } else { 1 };
    Drawing::Strip(StripView {
        middle: round(drawn.middle),
        dots: if drawn.dots.len() > MOST_DOTS {
            Vec::new()
        } else {
            let dots = drawn.dots.iter();
            dots.map(|(from, to)| Dot {
                from: round(*from),
                to: round(*to),
            })
            .collect()
        },
        whole: (round(whole.0), round(whole.1)),
        median: drawn.median.map(round),
        quartiles: drawn.quartiles.map(span),
        planned: drawn.planned.map(span),
        ticks: drawn
            .ticks
            .iter()
            .enumerate()
            .map(|(rank, tick)| {
                let said = say::number(tick.value / unit, words.language);
                let said = if rank % every == 0 {
                    said
                } else {
                    String::new()
                };
                (round(tick.at), said)
            })
            .collect(),
        scale: words.say(key),
    })
}
