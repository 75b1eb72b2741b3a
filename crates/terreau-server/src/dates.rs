//! Dates as people say them, in each language.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use terreau_card::Language;

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A moment, for `<time datetime>` and for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// As machines read it: `2026-11-22`, or with the time.
    pub machine: String,
    /// As people say it: « 22 novembre 2026 ».
    pub said: String,
}

impl Moment {
    /// Says a day.
    pub fn of_day(day: NaiveDate, language: Language) -> Moment {
        Moment {
            machine: day.to_string(),
            said: say_day(day, language),
        }
    }

    /// Says the day of an instant; machines keep the time.
    pub fn of(instant: DateTime<Utc>, language: Language) -> Moment {
        Moment {
            machine: instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            said: say_day(instant.date_naive(), language),
        }
    }

    /// Says the day and the time of an instant.
    pub fn with_time(instant: DateTime<Utc>, language: Language) -> Moment {
        let day = say_day(instant.date_naive(), language);
        let said = match language {
            Language::French => format!("{day} à {}", instant.format("%H h %M")),
            Language::English => format!("{day}, {}", instant.format("%H:%M")),
        };
        Moment {
            machine: instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            said,
        }
    }
}

/// Says a day in full: « 1er mars 2026 », “1 March 2026”.
pub fn say_day(day: NaiveDate, language: Language) -> String {
    let month = day.month0() as usize;
    match language {
        Language::French => {
            let number = if day.day() == 1 {
                "1er".to_owned()
            } else {
                day.day().to_string()
            };
            format!("{number} {} {}", FRENCH_MONTHS[month], day.year())
        }
        Language::English => format!("{} {} {}", day.day(), ENGLISH_MONTHS[month], day.year()),
    }
}

/// Says a date as cards write it, a day, a month or a year (`2026-11-22`, `2026-11`, `2026`); anything else is said as it is.
pub fn say_written(written: &str, language: Language) -> String {
    if let Ok(day) = written.parse::<NaiveDate>() {
        return say_day(day, language);
    }
    let months = if language == Language::French {
        FRENCH_MONTHS
    } else {
        ENGLISH_MONTHS
    };
    match written.split_once('-') {
        Some((year, month)) if year.len() == 4 => match month.parse::<usize>() {
            Ok(month @ 1..=12) => format!("{} {year}", months[month - 1]),
            _ => written.to_owned(),
        },
        _ => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_dates_are_said() {
        for (written, french, english) in [
            ("2026-11-22", "22 novembre 2026", "22 November 2026"),
            ("2026-03-01", "1er mars 2026", "1 March 2026"),
            ("2024-08", "août 2024", "August 2024"),
            ("2024", "2024", "2024"),
            ("2024-13", "2024-13", "2024-13"),
            ("bientôt", "bientôt", "bientôt"),
        ] {
            assert_eq!(say_written(written, Language::French), french);
            assert_eq!(say_written(written, Language::English), english);
        }
    }

    #[test]
    fn instants_are_said_with_their_time() {
        let instant = "2026-11-22T09:05:00Z".parse().unwrap();
        assert_eq!(
            Moment::with_time(instant, Language::French).said,
            "22 novembre 2026 à 09 h 05"
        );
        assert_eq!(
            Moment::of(instant, Language::French).machine,
            "2026-11-22T09:05:00Z"
        );
    }
}
