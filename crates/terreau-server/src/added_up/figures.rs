//! Figures: a sentence with the way to its sources, a drawing from three reports on, the same numbers as a table.

use terreau_card::CardPath;
use terreau_card::facets::Facet;
use terreau_experience::{Again, Counted, Measure, Nature, Planned, Spread};

use super::aspect::{said_amount, sources};
use super::charts::{columns, lying, stacked, strip};
use super::{Aspect, Drawing, Saying, measure_label, say_amount, say_range};
use crate::facets;
use crate::facts::{Piece, say};

/// A table names each report while there are no more of them.
const MOST_NAMED: usize = 12;

/// How many other figures are shown, and of how many reports each.
const MOST_OTHERS: usize = 8;
const MOST_EACH: usize = 3;

/// What reports say of one thing.
pub struct Figure {
    /// What it is about.
    pub heading: String,
    /// What they say, in a sentence.
    pub says: Option<String>,
    /// Where those who say so are read.
    pub sources: Vec<Piece>,
    /// What each says, when they are too few for a sentence: words and the way to the report.
    pub each: Vec<(String, Piece)>,
    /// What is said beside: what the card announces, what is only estimated or planned, each with its nature and sources.
    pub beside: Vec<Beside>,
    /// The drawing.
    pub drawing: Option<Drawing>,
    /// The same numbers.
    pub table: Option<Table>,
}

/// Something that must not be mixed with what was observed.
pub struct Beside {
    /// Its nature, for its mark.
    pub nature: &'static str,
    /// The words.
    pub says: String,
    /// Where it is read.
    pub sources: Vec<Piece>,
}

/// The numbers of a drawing.
pub struct Table {
    /// What each column holds.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
pub struct Row {
    /// What it is about.
    pub head: Piece,
    /// What is said of it.
    pub cells: Vec<Cell>,
}

/// A number, and where it comes from.
pub type Cell = Piece;

impl Figure {
    fn new(heading: String) -> Figure {
        Figure {
            heading,
            says: None,
            sources: Vec::new(),
            each: Vec::new(),
            beside: Vec::new(),
            drawing: None,
            table: None,
        }
    }

    fn is_empty(&self) -> bool {
        self.says.is_none() && self.each.is_empty() && self.beside.is_empty()
    }
}

/// Returns every figure of which reports say something.
pub(super) fn figures(saying: &Saying<'_>, announced: &Planned) -> Vec<Figure> {
    let measures = Measure::ALL
        .into_iter()
        .map(|one| measure(one, saying, announced));
    let mut all: Vec<Figure> = measures.collect();
    all.push(others(saying));
    all.push(marks(saying));
    all.push(again(saying));
    all.insert(0, populations(saying));
    all.push(years(saying));
    all.retain(|figure| !figure.is_empty());
    all
}

fn measure(measure: Measure, saying: &Saying<'_>, announced: &Planned) -> Figure {
    let words = saying.words;
    let mut figure = Figure::new(measure_label(measure, words));
    let of = |nature: Nature| saying.added_up.spread(measure, nature);
    let observed = of(Nature::Observed);
    match &observed {
        Spread::Few(amounts) => figure.each = each(measure, amounts, saying),
        Spread::Many(many) => {
            let range = say_range(measure, many.min, many.max, words);
            let median = say_amount(measure, many.median, words);
            figure.says = Some(words.tell_two("added-up-spread", "range", range, "median", median));
            let aspect = Aspect::Measure(measure, Nature::Observed);
            figure.sources = sources(&observed.reports(), 0, &aspect, saying);
            figure.drawing = Some(strip(measure, &observed, announced.of(measure), words));
            figure.table = Some(amounts_table(measure, &observed, saying));
        }
    }
    if let Some(against) = saying.added_up.against(announced, measure)
        && !observed.is_empty()
    {
        let range = say_range(measure, against.planned.min, against.planned.max, words);
        let mut says = words.tell("added-up-announced", "range", range);
        let groups = [
            ("added-up-below", &against.below),
            ("added-up-within", &against.within),
            ("added-up-above", &against.above),
        ];
        let said: Vec<String> = groups
            .iter()
            .filter(|(_, reports)| !reports.is_empty())
            .map(|(key, reports)| words.tell(key, "count", reports.len()))
            .collect();
        if !said.is_empty() {
            says = words.tell_two("facts-labelled", "label", says, "value", said.join(", "));
        }
        figure.beside.push(Beside {
            nature: "planned",
            says,
            sources: Vec::new(),
        });
    }
    for nature in [Nature::Estimated, Nature::Planned] {
        let spread = of(nature);
        let said = match &spread {
            Spread::Few(amounts) => {
                let all: Vec<String> = amounts
                    .iter()
                    .map(|amount| said_amount(measure, amount, saying))
                    .collect();
                all.join(", ")
            }
            Spread::Many(many) => words.tell_two(
                "added-up-spread",
                "range",
                say_range(measure, many.min, many.max, words),
                "median",
                say_amount(measure, many.median, words),
            ),
        };
        if !spread.is_empty() {
            let key = format!("added-up-{}-measure", nature.as_str());
            figure.beside.push(Beside {
                nature: nature.as_str(),
                says: words.tell(&key, "said", said),
                sources: sources(
                    &spread.reports(),
                    2,
                    &Aspect::Measure(measure, nature),
                    saying,
                ),
            });
        }
    }
    figure
}

/// What reports count besides, each number for itself: what is called alike here and there is seldom the same.
fn others(saying: &Saying<'_>) -> Figure {
    let words = saying.words;
    let mut figure = Figure::new(words.say("added-up-others"));
    let observed = saying.added_up.figures(Nature::Observed);
    for one in observed.into_iter().take(MOST_OTHERS) {
        for amount in one.spread.amounts().iter().take(MOST_EACH) {
            let number = say::number(amount.low, words.language);
            let number = match &one.unit {
                Some(unit) => format!("{number}\u{a0}{unit}"),
                None => number,
            };
            let said = words.tell_two("facts-labelled", "label", &one.label, "value", number);
            let source = super::source_label(&amount.report, saying.reports);
            figure.each.push((said, source));
        }
    }
    figure
}

fn each(
    measure: Measure,
    amounts: &[terreau_experience::Amount],
    saying: &Saying<'_>,
) -> Vec<(String, Piece)> {
    amounts
        .iter()
        .map(|amount| {
            let said = said_amount(measure, amount, saying);
            (said, super::source_label(&amount.report, saying.reports))
        })
        .collect()
}

fn amounts_table(measure: Measure, spread: &Spread, saying: &Saying<'_>) -> Table {
    let words = saying.words;
    let row = |key: &str, value: f64| Row {
        head: Piece::plain(words.say(key)),
        cells: vec![Piece::plain(say_amount(measure, value, words))],
    };
    let mut rows = Vec::new();
    if let Spread::Many(many) = spread {
        rows.push(row("added-up-least", many.min));
        if let Some((low, high)) = many.quartiles {
            rows.push(row("added-up-quarter-below", low));
            rows.push(row("added-up-median", many.median));
            rows.push(row("added-up-quarter-above", high));
        } else {
            rows.push(row("added-up-median", many.median));
        }
        rows.push(row("added-up-greatest", many.max));
    }
    if spread.amounts().len() <= MOST_NAMED {
        rows.extend(spread.amounts().iter().map(|amount| Row {
            head: super::source_label(&amount.report, saying.reports),
            cells: vec![Piece::plain(said_amount(measure, amount, saying))],
        }));
    }
    Table {
        head: vec![String::new(), measure_label(measure, words)],
        rows,
    }
}

fn populations(saying: &Saying<'_>) -> Figure {
    let words = saying.words;
    let mut figure = Figure::new(words.say("added-up-populations"));
    let label = |class: &str| facets::label(Facet::Population, class, saying.config(), words);
    match saying.added_up.populations() {
        Counted::Few(counts) => {
            // What the territory is called is said once, by the way to its report.
            figure.each = counts
                .iter()
                .flat_map(|count| {
                    let of = label(count.of);
                    let reports = count.reports.iter();
                    reports.map(move |path| (of.clone(), super::source_label(path, saying.reports)))
                })
                .collect();
        }
        Counted::Many(counts) => {
            let total: usize = counts.iter().map(|count| count.number).sum();
            figure.says = Some(words.tell("added-up-populations-of", "count", total));
            let aspect = Aspect::Population(None);
            let link = words.say("added-up-see-territories");
            figure.sources = vec![Piece::link(link, saying.list_of(&aspect))];
            figure.drawing = Some(lying(
                counts
                    .iter()
                    .map(|count| (label(count.of), count.number))
                    .collect(),
            ));
            let row = |count: &terreau_experience::Count<&'static str>| {
                let aspect = Aspect::Population(Some(count.of.to_owned()));
                counted_row(label(count.of), count.number, &aspect, saying)
            };
            figure.table = Some(Table {
                head: vec![
                    words.say("added-up-populations"),
                    words.say("added-up-territories"),
                ],
                rows: counts.iter().map(row).collect(),
            });
        }
    }
    figure
}

fn marks(saying: &Saying<'_>) -> Figure {
    let words = saying.words;
    let criteria = &saying.config().criteria;
    let mut figure = Figure::new(words.say("added-up-marks"));
    let marks = saying.added_up.marks(criteria);
    let labelled: Vec<(String, _)> = criteria
        .iter()
        .map(|criterion| criterion.label.get(words.language).to_owned())
        .zip(&marks)
        .collect();
    let given: Vec<_> = labelled
        .iter()
        .filter(|(_, its)| !its.marks.is_empty())
        .collect();
    for (label, its) in &given {
        if let Counted::Few(counts) = &its.marks {
            for count in counts {
                let mark = words.tell("card-mark", "mark", count.of.get());
                let says = words.tell_two("facts-labelled", "label", label, "value", mark);
                let reports = count.reports.iter();
                figure.each.extend(
                    reports.map(|path| (says.clone(), super::source_label(path, saying.reports))),
                );
            }
        }
    }
    let many: Vec<_> = given
        .iter()
        .filter(|(_, its)| matches!(its.marks, Counted::Many(_)))
        .collect();
    if many.is_empty() {
        return figure;
    }
    figure.says = Some(words.say("added-up-marks-how"));
    figure.drawing = Some(stacked(
        many.iter()
            .map(|(label, its)| (label.clone(), &its.marks))
            .collect(),
    ));
    figure.table = Some(Table {
        head: ["added-up-criterion", "added-up-average"]
            .iter()
            .map(|key| words.say(key))
            .chain((1..=4).map(|mark: u8| mark.to_string()))
            .collect(),
        rows: many
            .iter()
            .map(|(label, its)| {
                let average = its.marks.average().map_or_else(String::new, |average| {
                    words.tell_two(
                        "added-up-average-of",
                        "value",
                        say::number((average.value * 10.0).round() / 10.0, words.language),
                        "count",
                        average.number,
                    )
                });
                let aspect = Aspect::Mark(its.criterion.clone(), None);
                let mut cells = vec![Piece::link(average, saying.list_of(&aspect))];
                cells.extend(its.marks.counts().iter().map(|count| {
                    let aspect = Aspect::Mark(its.criterion.clone(), Some(count.of));
                    number(count.number, &aspect, saying)
                }));
                Row {
                    head: Piece::plain(label.clone()),
                    cells,
                }
            })
            .collect(),
    });
    figure
}

fn again(saying: &Saying<'_>) -> Figure {
    let words = saying.words;
    let mut figure = Figure::new(words.say("added-up-again"));
    let answers = saying.added_up.again();
    let label = |again: Again| words.say(&format!("facts-again-{}", again.as_str()));
    match &answers.known {
        Counted::Few(counts) => {
            figure.each = counts
                .iter()
                .flat_map(|count| {
                    let reports = count.reports.iter();
                    reports.map(|path| (label(count.of), super::source_label(path, saying.reports)))
                })
                .collect();
        }
        Counted::Many(counts) => {
            let all: Vec<CardPath> = counts.iter().flat_map(|its| its.reports.clone()).collect();
            figure.says = Some(words.tell("added-up-again-of", "count", all.len()));
            figure.sources = sources(&all, 0, &Aspect::Again(None), saying);
            figure.drawing = Some(lying(
                counts
                    .iter()
                    .map(|count| (label(count.of), count.number))
                    .collect(),
            ));
            let row = |count: &terreau_experience::Count<Again>| {
                let aspect = Aspect::Again(Some(count.of));
                counted_row(label(count.of), count.number, &aspect, saying)
            };
            figure.table = Some(Table {
                head: vec![words.say("added-up-answer"), words.say("added-up-count")],
                rows: counts.iter().map(row).collect(),
            });
        }
    }
    if !answers.unknown.is_empty() && !figure.is_empty() {
        figure.beside.push(Beside {
            nature: "",
            says: words.tell("added-up-again-unknown", "count", answers.unknown.len()),
            sources: sources(
                &answers.unknown,
                2,
                &Aspect::Again(Some(Again::Unknown)),
                saying,
            ),
        });
    }
    figure
}

fn years(saying: &Saying<'_>) -> Figure {
    let words = saying.words;
    let mut figure = Figure::new(words.say("added-up-years"));
    let trend = saying.added_up.trend();
    let dated: usize = trend.years.iter().map(|year| year.reports.len()).sum();
    let (Some(first), Some(last)) = (trend.years.first(), trend.years.last()) else {
        return figure;
    };
    // A year or two tell no trend.
    if dated < terreau_experience::FEW || first.year == last.year {
        return figure;
    }
    figure.says = Some(words.tell_two(
        "added-up-years-of",
        "first",
        first.year.to_string(),
        "last",
        last.year.to_string(),
    ));
    figure.sources = vec![Piece::link(
        words.tell("added-up-reports", "count", dated),
        saying.list_of(&Aspect::All),
    )];
    let counts = trend
        .years
        .iter()
        .map(|year| (year.year, year.reports.len()));
    figure.drawing = Some(columns(counts.collect()));
    figure.table = Some(Table {
        head: vec![words.say("added-up-year"), words.say("added-up-count")],
        rows: trend
            .years
            .iter()
            .filter(|year| !year.reports.is_empty())
            .map(|year| {
                let aspect = Aspect::Year(Some(year.year));
                counted_row(year.year.to_string(), year.reports.len(), &aspect, saying)
            })
            .collect(),
    });
    if !trend.undated.is_empty() {
        figure.beside.push(Beside {
            nature: "",
            says: words.tell("added-up-undated-count", "count", trend.undated.len()),
            sources: sources(&trend.undated, 2, &Aspect::Year(None), saying),
        });
    }
    figure
}

fn counted_row(label: String, count: usize, aspect: &Aspect, saying: &Saying<'_>) -> Row {
    Row {
        head: Piece::plain(label),
        cells: vec![number(count, aspect, saying)],
    }
}

/// A count that leads to those that it counts; nothing is behind a zero.
fn number(count: usize, aspect: &Aspect, saying: &Saying<'_>) -> Cell {
    match count {
        0 => Piece::plain("0"),
        _ => Piece::link(count.to_string(), saying.list_of(aspect)),
    }
}
