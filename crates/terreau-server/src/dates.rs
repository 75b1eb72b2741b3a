//! Dates as people say them, in each language.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc};
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
            said: say_day(here(instant).date(), language),
        }
    }

    /// Says the day and the time of an instant.
    pub fn with_time(instant: DateTime<Utc>, language: Language) -> Moment {
        let local = here(instant);
        let day = say_day(local.date(), language);
        let said = match language {
            Language::French => format!("{day} à {}", local.format("%H h %M")),
            Language::English => format!("{day}, {}", local.format("%H:%M")),
        };
        Moment {
            machine: instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            said,
        }
    }
}

/// Returns an instant as clocks show it in metropolitan France, where the commons is written.
///
/// Source: directive 2000/84/EC, articles 2 and 3: summer time runs from the last Sunday of March to the last Sunday of
/// October, both at 1:00 UTC.
fn here(instant: DateTime<Utc>) -> NaiveDateTime {
    let turn = |month| {
        let last = NaiveDate::from_ymd_opt(instant.year(), month, 31)
            .expect("March and October have 31 days");
        let sunday = last - Duration::days(i64::from(last.weekday().num_days_from_sunday()));
        sunday
            .and_hms_opt(1, 0, 0)
            .expect("one o'clock exists")
            .and_utc()
    };
    let is_summer = (turn(3)..turn(10)).contains(&instant);
    instant.naive_utc() + Duration::hours(if is_summer { 2 } else { 1 })
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
    fn instants_are_said_as_clocks_show_them() {
        for (instant, said) in [
            ("2026-11-22T09:05:00Z", "22 novembre 2026 à 10 h 05"),
            ("2026-07-14T22:30:00Z", "15 juillet 2026 à 00 h 30"),
            ("2026-03-29T00:59:59Z", "29 mars 2026 à 01 h 59"),
            ("2026-03-29T01:00:00Z", "29 mars 2026 à 03 h 00"),
            ("2026-10-25T00:59:59Z", "25 octobre 2026 à 02 h 59"),
            ("2026-10-25T01:00:00Z", "25 octobre 2026 à 02 h 00"),
        ] {
            assert_eq!(
                Moment::with_time(instant.parse().expect("an instant"), Language::French).said,
                said
            );
        }
        let instant = "2026-11-22T23:05:00Z".parse().expect("an instant");
        assert_eq!(
            Moment::of(instant, Language::English),
            Moment {
                machine: "2026-11-22T23:05:00Z".into(),
                said: "23 November 2026".into()
            }
        );
    }
}
