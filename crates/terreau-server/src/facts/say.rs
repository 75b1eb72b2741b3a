//! Durations, numbers, people and money in words.

use terreau_card::{Language, Value};

use crate::Words;

/// A no-break space: between a number and its unit.
const GLUE: char = '\u{a0}';
/// A narrow no-break space: between thousands in French.
const THIN: char = '\u{202f}';

/// A unit in which durations are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
}

/// A duration as it will be said: so many units and, for hours, so many minutes more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    unit: Unit,
    count: u32,
    minutes: u32,
}

impl Span {
    /// Reads an ISO 8601 duration: `PT90M`, `P3D`, `P1Y6M`.
    fn read(text: &str) -> Option<Span> {
        let rest = text.trim().strip_prefix('P')?;
        let (date, time) = rest.split_once('T').unwrap_or((rest, ""));
        let (mut minutes, mut days, mut months) = (0, 0, 0);
        for (number, letter) in parts(date)? {
            match letter {
                'D' => days += number,
                'W' => days += 7 * number,
                'M' => months += number,
                'Y' => months += 12 * number,
                _ => return None,
            }
        }
        for (number, letter) in parts(time)? {
            match letter {
                'M' => minutes += number,
                'H' => minutes += 60 * number,
                'S' => minutes += number.div_ceil(60),
                _ => return None,
            }
        }
        let plain = |unit, count| {
            Some(Span {
                unit,
                count,
                minutes: 0,
            })
        };
        match (months, days, minutes) {
            (0, 0, 0) => None,
            (0, 0, minutes) if minutes % (24 * 60) == 0 => plain(Unit::Days, minutes / (24 * 60)),
            (0, 0, minutes) if minutes >= 60 => Some(Span {
                unit: Unit::Hours,
                count: minutes / 60,
                minutes: minutes % 60,
            }),
            (0, 0, minutes) => plain(Unit::Minutes, minutes),
            (0, days, _) if days % 7 == 0 => plain(Unit::Weeks, days / 7),
            (0, days, _) => plain(Unit::Days, days),
            (months, _, _) if months % 12 == 0 => plain(Unit::Years, months / 12),
            (months, _, _) => plain(Unit::Months, months),
        }
    }

    fn say(self, words: Words) -> String {
        let key = match self.unit {
            Unit::Minutes => "facts-minutes",
            Unit::Hours if self.minutes > 0 => return self.clock(),
            Unit::Hours => "facts-hours",
            Unit::Days => "facts-days",
            Unit::Weeks => "facts-weeks",
            Unit::Months => "facts-months",
            Unit::Years => "facts-years",
        };
        words.tell(key, "count", self.count)
    }

    /// Says it short, for ranges and margins: « 1 h 30 », « 45 min ».
    fn clock(self) -> String {
        match (self.unit, self.minutes) {
            (Unit::Minutes, _) => format!("{}{GLUE}min", self.count),
            (_, 0) => format!("{}{GLUE}h", self.count),
            (_, minutes) => format!("{}{GLUE}h{GLUE}{minutes:02}", self.count),
        }
    }

    fn is_clock(self) -> bool {
        self.unit <= Unit::Hours
    }
}

fn parts(text: &str) -> Option<Vec<(u32, char)>> {
    let mut parts = Vec::new();
    let mut digits = String::new();
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
        } else {
            // A decimal hour is rare enough to be said as written.
            parts.push((digits.parse().ok()?, letter));
            digits.clear();
        }
    }
    digits.is_empty().then_some(parts)
}

/// Says an ISO 8601 duration: « 2 heures », « 1 h 30 », « une semaine »; what is none is said as written.
pub fn duration(text: &str, words: Words) -> String {
    Span::read(text).map_or_else(|| text.to_owned(), |span| span.say(words))
}

/// Says minutes as in the margin of a step: « 20 min », « 1 h 30 ».
pub fn minutes(minutes: u32) -> String {
    let span = if minutes < 60 {
        Span {
            unit: Unit::Minutes,
            count: minutes,
            minutes: 0,
        }
    } else {
        Span {
            unit: Unit::Hours,
            count: minutes / 60,
            minutes: minutes % 60,
        }
    };
    span.clock()
}

/// Says a range of durations: « 2 à 3 heures », « 45 min à 1 h 30 », « 2 heures à 3 jours ».
pub fn durations(min: Option<&str>, max: Option<&str>, words: Words) -> Option<String> {
    let (from, to) = match (min, max) {
        (Some(min), Some(max)) if min == max => return Some(duration(min, words)),
        (Some(min), Some(max)) => (Span::read(min), Span::read(max)),
        (Some(min), None) => return Some(words.tell("facts-from", "value", duration(min, words))),
        (None, Some(max)) => return Some(words.tell("facts-up-to", "value", duration(max, words))),
        (None, None) => return None,
    };
    let (Some(from), Some(to)) = (from, to) else {
        return Some(words.tell_two(
            "facts-range",
            "min",
            min.unwrap_or_default(),
            "max",
            max.unwrap_or_default(),
        ));
    };
    let whole = from.minutes == 0 && to.minutes == 0;
    let (from, to) = if from.unit == to.unit && whole {
        (from.count.to_string(), to.say(words))
    } else if from.is_clock() && to.is_clock() {
        (from.clock(), to.clock())
    } else {
        (from.say(words), to.say(words))
    };
    Some(words.tell_two("facts-range", "min", &from, "max", &to))
}

/// Returns the minutes of an ISO 8601 duration, to add some up; a day of work counts seven hours.
pub fn working_minutes(text: &str) -> Option<u64> {
    let span = Span::read(text)?;
    let count = u64::from(span.count);
    Some(match span.unit {
        Unit::Minutes => count,
        Unit::Hours => count * 60 + u64::from(span.minutes),
        Unit::Days => count * 7 * 60,
        Unit::Weeks => count * 5 * 7 * 60,
        Unit::Months => count * 21 * 7 * 60,
        Unit::Years => count * 230 * 7 * 60,
    })
}

/// Says a number: « 1 234,5 », “1,234.5”.
pub fn number(value: f64, language: Language) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let (whole, decimals) = {
        let text = format!("{}", rounded.abs());
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        (whole.to_owned(), decimals.to_owned())
    };
    let separator = if language == Language::French {
        THIN
    } else {
        ','
    };
    let mut said = String::new();
    if rounded < 0.0 {
        said.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        // French writes 1500 and 15 000 alike with a space from four digits on in tables of figures.
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            said.push(separator);
        }
        said.push(digit);
    }
    if !decimals.is_empty() {
        said.push(if language == Language::French {
            ','
        } else {
            '.'
        });
        said.push_str(&decimals);
    }
    said
}

/// Says a whole number.
pub fn count(value: i64, language: Language) -> String {
    number(value as f64, language)
}

/// Says a range of people: « 3 à 6 personnes », « une personne ».
pub fn people(min: Option<i64>, max: Option<i64>, words: Words) -> Option<String> {
    counted(min, max, "facts-people", words)
}

/// Says a range of counted things, by the key of their plural message.
fn counted(min: Option<i64>, max: Option<i64>, key: &str, words: Words) -> Option<String> {
    let named =
        |value: i64| words.tell_two(key, "count", value, "said", count(value, words.language));
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(named(max)),
        (Some(0), Some(max)) | (None, Some(max)) => {
            Some(words.tell("facts-up-to", "value", named(max)))
        }
        (Some(min), Some(max)) => Some(words.tell_two(
            "facts-range",
            "min",
            count(min, words.language),
            "max",
            named(max),
        )),
        (Some(min), None) => Some(words.tell("facts-or-more", "value", named(min))),
        (None, None) => None,
    }
}

/// Says what sizes of communes suit: « 500 à 2 000 habitants ».
pub fn inhabitants(min: Option<i64>, max: Option<i64>, words: Words) -> Option<String> {
    match (min, max) {
        (None | Some(0), None) => Some(words.say("facts-all-sizes")),
        (Some(min), None) => {
            Some(words.tell("facts-more-than", "value", inhabitants_count(min, words)))
        }
        (None | Some(0), Some(max)) => {
            Some(words.tell("facts-less-than", "value", inhabitants_count(max, words)))
        }
        both => counted(both.0, both.1, "facts-inhabitants", words),
    }
}

/// Says a number of inhabitants.
pub fn inhabitants_count(value: i64, words: Words) -> String {
    words.tell_two(
        "facts-inhabitants",
        "count",
        value,
        "said",
        count(value, words.language),
    )
}

/// Says an amount of money: « 1 000 € », “€1,000”.
pub fn euros(value: f64, language: Language) -> String {
    let said = number(value, language);
    match language {
        Language::French => format!("{said}{GLUE}€"),
        Language::English => format!("€{said}"),
    }
}

/// Says a range of costs: « gratuit », « jusqu’à 50 € », « 100 à 1 000 € ».
pub fn cost(min: Option<f64>, max: Option<f64>, words: Words) -> Option<String> {
    let language = words.language;
    let is_nothing = |value: Option<f64>| value.is_none_or(|value| value <= 0.0);
    match (min, max) {
        (None, None) => None,
        (min, Some(max)) if max <= 0.0 && is_nothing(min) => Some(words.say("facts-free")),
        (Some(min), Some(max)) if (max - min).abs() < 0.005 => Some(euros(max, language)),
        (min, Some(max)) if is_nothing(min) => {
            Some(words.tell("facts-up-to", "value", euros(max, language)))
        }
        (Some(min), Some(max)) => {
            let from = if language == Language::French {
                number(min, language)
            } else {
                euros(min, language)
            };
            Some(words.tell_two("facts-range", "min", &from, "max", euros(max, language)))
        }
        (Some(min), None) if min <= 0.0 => Some(words.say("facts-free")),
        (Some(min), None) => Some(words.tell("facts-from", "value", euros(min, language))),
        (None, Some(max)) => Some(euros(max, language)),
    }
}

/// Says a range of person-days: « 2 à 4 jours-personne ».
pub fn person_days(min: Option<f64>, max: Option<f64>, words: Words) -> Option<String> {
    let language = words.language;
    let named = |value: f64| {
        words.tell_two(
            "facts-person-days",
            "count",
            value,
            "said",
            number(value, language),
        )
    };
    match (min, max) {
        (Some(min), Some(max)) if (max - min).abs() < 0.005 => Some(named(max)),
        (Some(min), Some(max)) if min > 0.0 => Some(words.tell_two(
            "facts-range",
            "min",
            number(min, language),
            "max",
            named(max),
        )),
        (_, Some(max)) => Some(words.tell("facts-up-to", "value", named(max))),
        (Some(min), None) => Some(words.tell("facts-from", "value", named(min))),
        (None, None) => None,
    }
}

/// Says a range of bare numbers: « 15 à 60 ».
pub fn numbers(min: Option<f64>, max: Option<f64>, words: Words) -> Option<String> {
    let said = |value| number(value, words.language);
    match (min, max) {
        (Some(min), Some(max)) if (max - min).abs() < 0.005 => Some(said(max)),
        (Some(min), Some(max)) => {
            Some(words.tell_two("facts-range", "min", said(min), "max", said(max)))
        }
        (Some(min), None) => Some(words.tell("facts-from", "value", said(min))),
        (None, Some(max)) => Some(words.tell("facts-up-to", "value", said(max))),
        (None, None) => None,
    }
}

/// Reads `{min, max}` of durations.
pub fn duration_range(value: &Value) -> (Option<&str>, Option<&str>) {
    (
        value.get("min").and_then(Value::as_text),
        value.get("max").and_then(Value::as_text),
    )
}

/// Reads `{min, max}` of whole numbers.
pub fn count_range(value: &Value) -> (Option<i64>, Option<i64>) {
    (
        value.get("min").and_then(Value::as_integer),
        value.get("max").and_then(Value::as_integer),
    )
}

/// Reads `{min, max}` of amounts.
pub fn amount_range(value: &Value) -> (Option<f64>, Option<f64>) {
    (
        value.get("min").and_then(Value::as_decimal),
        value.get("max").and_then(Value::as_decimal),
    )
}
