//! The section of a card that was tried.

use terreau_card::{Card, Kind};
use terreau_experience::{FEW, Level, Planned, Said};

use super::aspect::{key_of, sources};
use super::figures::{Figure, figures};
use super::{Aspect, ReportLine, Saying};
use crate::facts::{Fact, Piece};
use crate::url;

/// How many reports the section names.
const MOST_REPORTS: usize = 6;
/// How many of each thing that reports name are shown.
const MOST_NAMED: usize = 6;
/// How many adaptations are shown.
const MOST_ADAPTED: usize = 5;
/// How many territories are named.
const MOST_PLACES: usize = 6;

/// What reports say of a card.
pub struct Section {
    /// « Expérimentée 12 fois ».
    pub heading: String,
    /// Its numbers.
    pub band: Vec<Fact>,
    /// The reports: all while they are few, else the latest.
    pub reports: Vec<ReportLine>,
    /// Where all of them are, when more are than shown.
    pub more: Option<Piece>,
    /// What they measured, where it was, what they think of it.
    pub figures: Vec<Figure>,
    /// What they name.
    pub lists: Vec<List>,
    /// What they changed.
    pub adaptations: Vec<AdaptedLine>,
    /// Where all of it is, when more is than shown.
    pub more_adaptations: Option<Piece>,
    /// What is only planned.
    pub planned: Vec<ReportLine>,
    /// Where the reports are, and their data.
    pub all: String,
}

/// Things that reports name.
pub struct List {
    /// Satisfactions, obstacles, tips, surprises.
    pub heading: String,
    /// What most name first.
    pub lines: Vec<NamedLine>,
    /// Where all of it is, when more is than shown.
    pub more: Option<Piece>,
}

/// Something that reports name, and which do.
pub struct NamedLine {
    /// The words.
    pub text: String,
    /// The reports.
    pub sources: Vec<Piece>,
}

/// What somebody changed.
pub struct AdaptedLine {
    /// What was changed.
    pub changed: String,
    /// What was kept.
    pub kept: Option<String>,
    /// Why.
    pub why: Option<String>,
    /// The report.
    pub source: Piece,
}

/// Says whether cards of a kind are tried.
pub fn can_be_tried(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Method | Kind::Tool | Kind::Action | Kind::Survey | Kind::Pathway
    )
}

impl Section {
    /// Makes the section of a card.
    pub fn of(saying: &Saying<'_>, card: &Card) -> Section {
        let words = saying.words;
        let added_up = saying.added_up;
        let count = added_up.reports().count();
        let mut latest: Vec<_> = added_up.reports().collect();
        latest.sort_by_key(|report| std::cmp::Reverse(report.experience.period.start));
        let reports: Vec<ReportLine> = latest
            .into_iter()
            .take(if count < FEW { count } else { MOST_REPORTS })
            .map(|report| ReportLine::of(report, None, words))
            .collect();
        let link = |key: &str, count: usize, aspect: &Aspect| {
            Piece::link(words.tell(key, "count", count), saying.list_of(aspect))
        };
        let adapted = added_up.adaptations();
        Section {
            heading: if count == 0 {
                words.say("added-up-heading-planned")
            } else {
                words.tell("added-up-heading", "count", count)
            },
            band: band(saying, count),
            more: (reports.len() < count).then(|| link("added-up-all", count, &Aspect::All)),
            reports,
            figures: figures(saying, &Planned::read(card)),
            lists: Said::ALL
                .into_iter()
                .filter_map(|said| list(said, saying))
                .collect(),
            more_adaptations: (adapted.len() > MOST_ADAPTED).then(|| {
                link(
                    "added-up-all-adaptations",
                    adapted.len(),
                    &Aspect::Adaptations,
                )
            }),
            adaptations: adapted
                .into_iter()
                .take(MOST_ADAPTED)
                .map(|one| {
                    let labelled = |key: &str, text: String| {
                        let label = words.say(key);
                        words.tell_two("facts-labelled", "label", label, "value", text)
                    };
                    let (kept, why) = (one.adaptation.kept, one.adaptation.why);
                    AdaptedLine {
                        source: super::source_label(&one.report, saying.reports),
                        changed: one.adaptation.changed,
                        kept: kept.map(|text| labelled("card-adaptation-kept", text)),
                        why: why.map(|text| labelled("card-adaptation-why", text)),
                    }
                })
                .collect(),
            planned: added_up
                .planned()
                .take(MOST_REPORTS)
                .map(|report| ReportLine::of(report, None, words))
                .collect(),
            all: url::with_query("/retours", &[("fiche", saying.card.as_str())]),
        }
    }
}

fn band(saying: &Saying<'_>, count: usize) -> Vec<Fact> {
    let words = saying.words;
    let added_up = saying.added_up;
    let fact = |key: &str, pieces: Vec<Piece>, note: Option<String>| Fact {
        label: words.say(key),
        pieces,
        note,
    };
    let mut facts = Vec::new();
    if count == 0 {
        return facts;
    }
    facts.push(fact(
        "added-up-count",
        vec![Piece::link(count.to_string(), saying.list_of(&Aspect::All))],
        None,
    ));
    let territories = added_up.territories();
    if !territories.is_empty() {
        let names: Vec<&str> = territories
            .iter()
            .take(MOST_PLACES)
            .map(|one| one.place.name.as_str())
            .collect();
        let mut note = names.join(", ");
        if territories.len() > MOST_PLACES {
            note.push('…');
        }
        let link = saying.list_of(&Aspect::Population(None));
        facts.push(fact(
            "added-up-territories",
            vec![Piece::link(territories.len().to_string(), link)],
            Some(note),
        ));
    }
    let level = added_up.tried().level();
    if level == Level::Evaluated {
        facts.push(fact(
            "added-up-level",
            vec![Piece::plain(words.say("added-up-level-evaluated"))],
            None,
        ));
    }
    let states: Vec<String> = added_up
        .states()
        .counts()
        .iter()
        .filter(|count| count.number > 0)
        .fold(Vec::<(_, usize)>::new(), |mut states, count| {
            match states.last_mut() {
                Some((state, number)) if *state == count.of => *number += count.number,
                _ => states.push((count.of, count.number)),
            }
            states
        })
        .into_iter()
        .map(|(state, number)| {
            let key = format!("added-up-state-{}", state.as_str());
            words.tell(&key, "count", number)
        })
        .collect();
    if !states.is_empty() {
        let pieces = states.into_iter().map(Piece::plain).collect();
        facts.push(fact("facts-label-state", pieces, None));
    }
    facts
}

fn list(said: Said, saying: &Saying<'_>) -> Option<List> {
    let words = saying.words;
    let named = saying.added_up.named(said);
    if named.is_empty() {
        return None;
    }
    let aspect = Aspect::Named(said);
    let more = (named.len() > MOST_NAMED).then(|| {
        let key = format!("added-up-all-{}", key_of(said));
        Piece::link(
            words.tell(&key, "count", named.len()),
            saying.list_of(&aspect),
        )
    });
    Some(List {
        heading: words.say(&format!("added-up-named-{}", key_of(said))),
        lines: named
            .into_iter()
            .take(MOST_NAMED)
            .map(|one| NamedLine {
                sources: sources(&one.reports, 3, &aspect, saying),
                text: one.text,
            })
            .collect(),
        more,
    })
}
