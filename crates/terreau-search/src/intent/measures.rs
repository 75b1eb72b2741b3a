//! Numbers with a unit: how long, how many people, how much, how large a commune.

use terreau_card::facets::{
    Facet, cost_classes, duration_classes, people_classes, population_classes,
};

use super::numbers::number;
use super::tokens::{Token, What};
use super::{Nature, Span, range};

/// Units of time, in minutes.
const TIMES: &[(&[&str], f64)] = &[
    (&["min", "mn", "minute", "minutes"], 1.0),
    (&["h", "heure", "heures", "hour", "hours"], 60.0),
    (
        &["jour", "jours", "j", "day", "days", "journee", "journees"],
        1_440.0,
    ),
    (&["semaine", "semaines", "week", "weeks"], 10_080.0),
    (&["mois", "month", "months"], 43_800.0),
    (
        &["an", "ans", "annee", "annees", "year", "years"],
        525_600.0,
    ),
];
/// A working day is shorter than a day and a night.
const WORKING_DAY: f64 = 480.0;
/// People who are only counted.
const PEOPLE: &[&str] = &[
    "personne",
    "personnes",
    "participant",
    "participants",
    "participante",
    "participantes",
    "people",
];
/// People whom the text is about too: their number is a filter, the word stays.
const FOLK: &[&str] = &[
    "adultes",
    "agents",
    "ados",
    "adolescents",
    "benevoles",
    "collegiens",
    "convives",
    "eleves",
    "elus",
    "elues",
    "enfants",
    "habitants",
    "habitantes",
    "jeunes",
    "lyceens",
    "parents",
    "volontaires",
    "voisins",
    "children",
    "residents",
    "volunteers",
];
/// Places that have a population.
const COMMUNES: &[&str] = &[
    "commune", "communes", "village", "villages", "ville", "villes", "bourg", "hameau", "town",
];
/// Words that say that it costs nothing.
const FREE: &[&[&str]] = &[
    &["gratuit"],
    &["gratuite"],
    &["gratuits"],
    &["gratuites"],
    &["gratuitement"],
    &["sans", "budget"],
    &["sans", "argent"],
    &["sans", "frais"],
    &["zero", "euro"],
    &["zero", "euros"],
    &["no", "budget"],
    &["free", "of", "charge"],
];

/// How a number bounds.
#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Exactly,
    Below,
    UpTo,
    Above,
}

/// Words that bound the number after them, the longest first.
const BOUNDS: &[(&[&str], Bound)] = &[
    (&["en", "moins", "de"], Bound::Below),
    (&["de", "moins", "de"], Bound::Below),
    (&["a", "moins", "de"], Bound::Below),
    (&["pour", "moins", "de"], Bound::Below),
    (&["moins", "de"], Bound::Below),
    (&["moins"], Bound::Below),
    (&["less", "than"], Bound::Below),
    (&["under"], Bound::Below),
    (&["jusqu", "a"], Bound::UpTo),
    (&["au", "plus"], Bound::UpTo),
    (&["au", "maximum"], Bound::UpTo),
    (&["maximum"], Bound::UpTo),
    (&["max"], Bound::UpTo),
    (&["up", "to"], Bound::UpTo),
    (&["a", "plus", "de"], Bound::Above),
    (&["de", "plus", "de"], Bound::Above),
    (&["plus", "de"], Bound::Above),
    (&["au", "moins"], Bound::Above),
    (&["minimum"], Bound::Above),
    (&["more", "than"], Bound::Above),
    (&["over"], Bound::Above),
];

/// Returns the measures of a text.
pub(super) fn spans(tokens: &[Token]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let found = free(rest)
            .or_else(|| population(rest))
            .or_else(|| named_time(rest))
            .or_else(|| measure(rest))
            .or_else(|| group(rest, at == 0));
        match found {
            Some((taken, facet, (low, high))) => {
                let codes = classes(facet, low, high).iter();
                spans.push(Span {
                    range: range(&rest[..taken]),
                    facet,
                    codes: codes.map(|code| (*code).to_owned()).collect(),
                    measure: Some((low, high)),
                    nature: Nature::Measure,
                });
                at += taken;
            }
            None => at += 1,
        }
    }
    spans
}

/// How many tokens say it, what it measures, from and to.
type Found = (usize, Facet, (f64, f64));

/// Returns the classes that a measure falls in.
fn classes(facet: Facet, low: f64, high: f64) -> &'static [&'static str] {
    let whole = |number: f64| match number {
        number if number.is_infinite() => u64::MAX,
        number => number.clamp(0.0, 1e9) as u64,
    };
    match facet {
        Facet::Duration => duration_classes(low, high),
        Facet::People => people_classes(whole(low).max(1), whole(high).max(1)),
        Facet::Cost => cost_classes(low, high),
        Facet::Population => population_classes(whole(low), whole(high)),
        _ => &[],
    }
}

fn words_at(tokens: &[Token], words: &[&str]) -> bool {
    tokens.len() >= words.len()
        && tokens
            .iter()
            .zip(words)
            .all(|(token, word)| token.word() == *word)
}

fn word_at(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map(Token::word).unwrap_or_default()
}

fn free(tokens: &[Token]) -> Option<Found> {
    let words = FREE.iter().find(|words| words_at(tokens, words))?;
    Some((words.len(), Facet::Cost, (0.0, 0.0)))
}

/// "une demi-journée", "une soirée", "un week-end", "une heure et demie".
fn named_time(tokens: &[Token]) -> Option<Found> {
    let article = usize::from(matches!(
        word_at(tokens, 0),
        "un" | "une" | "a" | "half" | "1"
    ));
    let (words, minutes): (usize, f64) =
        match (word_at(tokens, article), word_at(tokens, article + 1)) {
            ("demi", "journee") => (2, 240.0),
            ("demi", "heure") => (2, 30.0),
            ("demie", "journee") => (2, 240.0),
            ("week", "end") => (2, 2_880.0),
            ("weekend", _) => (1, 2_880.0),
            ("apres", "midi") if article > 0 => (2, 240.0),
            ("matinee", _) if article > 0 => (1, 240.0),
            ("soiree", _) if article > 0 => (1, 150.0),
            ("day", _) if word_at(tokens, 0) == "half" => (1, 240.0),
            ("heure", "et") if article > 0 && word_at(tokens, article + 2) == "demie" => (3, 90.0),
            _ => return None,
        };
    Some((article + words, Facet::Duration, (minutes, minutes)))
}

/// Reads a bound, one number or two, and a unit.
fn measure(tokens: &[Token]) -> Option<Found> {
    let (mut at, mut bound) = bound(tokens);
    let between = at == 0 && matches!(word_at(tokens, 0), "entre" | "between");
    at += usize::from(between);
    let (taken, first) = number(&tokens[at..])?;
    at += taken;
    let mut last = first;
    let is_to = matches!(word_at(tokens, at), "a" | "et" | "ou" | "to" | "and")
        || tokens.get(at).is_some_and(|token| token.what == What::Dash);
    if is_to
        && let Some((taken, second)) = tokens.get(at + 1..).and_then(number)
        && second > first
    {
        at += 1 + taken;
        last = second;
    }
    // "une dizaine de personnes", "1 h 30".
    let of = usize::from(word_at(tokens, at) == "de");
    let unit = word_at(tokens, at + of).to_owned();
    let after = at + of + 1;
    if word_at(tokens, after) == "maximum" || word_at(tokens, after) == "max" {
        bound = Bound::UpTo;
    }
    if let Some((_, minutes)) = TIMES
        .iter()
        .find(|(names, _)| names.contains(&unit.as_str()))
    {
        return time(tokens, (first, last), *minutes, &unit, after, bound);
    }
    if PEOPLE.contains(&unit.as_str()) {
        return Some((after, Facet::People, bounded(bound, first, last)));
    }
    if FOLK.contains(&unit.as_str()) {
        let measure = bounded(bound, first, last);
        let is_population = last >= 200.0 && (unit.starts_with("habitant") || unit == "residents");
        return if is_population {
            Some((after, Facet::Population, measure))
        } else {
            (first >= 3.0).then_some((at, Facet::People, measure))
        };
    }
    let thousands = match unit.as_str() {
        "euro" | "euros" | "eur" => 1.0,
        "k" if matches!(word_at(tokens, after), "euro" | "euros" | "eur") => 1_000.0,
        _ => return None,
    };
    let after = after + usize::from(thousands > 1.0);
    let (low, high) = bounded(bound, first * thousands, last * thousands);
    let high = if bound == Bound::Below {
        high - 0.01
    } else {
        high
    };
    Some((after, Facet::Cost, (low, high)))
}

fn time(
    tokens: &[Token],
    (first, last): (f64, f64),
    unit: f64,
    name: &str,
    mut after: usize,
    bound: Bound,
) -> Option<Found> {
    // An age ("les 12 ans", "plus de 60 ans"), a date ("un jour"), a rhythm are no durations.
    let is_year = unit > 500_000.0;
    let is_some_day = name == "jour" && first == 1.0 && matches!(tokens[0].what, What::Word(_));
    if is_year && last > 3.0 || is_some_day {
        return None;
    }
    let (mut low, mut high) = (first * unit, last * unit);
    if unit == 60.0
        && let Some(Token {
            what: What::Number(minutes),
            range,
            ..
        }) = tokens.get(after)
        && *minutes < 60.0
        // "2 h 20 personnes" is two hours, twenty people.
        && (range.start == tokens[after - 1].range.end
            || matches!(word_at(tokens, after + 1), "min" | "mn" | "minutes"))
    {
        low += minutes;
        high += minutes;
        after += 1 + usize::from(matches!(
            word_at(tokens, after + 1),
            "min" | "mn" | "minutes"
        ));
    }
    if name.starts_with("journee") || unit == 1_440.0 && first == last && first == 1.0 {
        low = low.min(first * 1_440.0 - 1_440.0 + WORKING_DAY);
        high = high.min(last * 1_440.0 - 1_440.0 + WORKING_DAY);
    }
    let (low, high) = bounded(bound, low, high);
    let high = if bound == Bound::Below {
        high - 1.0
    } else {
        high
    };
    Some((after, Facet::Duration, (low, high.max(low))))
}

/// "commune de moins de 500 habitants", "village de 250 habitants".
fn population(tokens: &[Token]) -> Option<Found> {
    if !COMMUNES.contains(&word_at(tokens, 0)) {
        return None;
    }
    let (taken, bound) = bound(&tokens[1..]);
    let mut at = 1 + taken;
    at += usize::from(matches!(word_at(tokens, at), "de" | "d" | "of" | "a"));
    let (taken, first) = number(tokens.get(at..)?)?;
    at += taken;
    let mut last = first;
    if matches!(word_at(tokens, at), "a" | "to")
        && let Some((taken, second)) = tokens.get(at + 1..).and_then(number)
        && second > first
    {
        at += 1 + taken;
        last = second;
    }
    if !matches!(
        word_at(tokens, at),
        "habitants"
            | "habitant"
            | "hab"
            | "habitantes"
            | "ames"
            | "inhabitants"
            | "people"
            | "residents"
    ) {
        return None;
    }
    Some((at + 1, Facet::Population, bounded(bound, first, last)))
}

/// "à 12", "à deux", "groupe de 15": people when no unit follows.
fn group(tokens: &[Token], is_first: bool) -> Option<Found> {
    let lead = match (word_at(tokens, 0), word_at(tokens, 1)) {
        ("a", _) if !is_first => 1,
        ("groupe" | "groupes" | "group", "de" | "of") => 2,
        _ => return None,
    };
    let (taken, people) = number(tokens.get(lead..)?)?;
    let is_end = matches!(
        word_at(tokens, lead + taken),
        "" | "en" | "dans" | "pour" | "avec"
    ) && tokens
        .get(lead + taken)
        .is_none_or(|token| matches!(token.what, What::Word(_)));
    if !is_end || !(2.0..=500.0).contains(&people) {
        return None;
    }
    Some((lead + taken, Facet::People, (people, people)))
}

fn bound(tokens: &[Token]) -> (usize, Bound) {
    let found = BOUNDS.iter().find(|(words, _)| words_at(tokens, words));
    found.map_or((0, Bound::Exactly), |(words, bound)| (words.len(), *bound))
}

/// Returns the least and the most that is meant.
fn bounded(bound: Bound, first: f64, last: f64) -> (f64, f64) {
    match bound {
        Bound::Exactly => (first, last),
        Bound::Below | Bound::UpTo => (0.0, last),
        Bound::Above => (first, f64::INFINITY),
    }
}
