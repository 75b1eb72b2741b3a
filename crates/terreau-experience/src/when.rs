//! When it was: a day, a month or a year, as people remember it.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    year: i32,
    month: Option<u32>,
    day: Option<u32>,
}

impl When {
    /// Reads `2026`, `2026-05` or `2026-05-31`; nothing when no calendar has it.
    pub fn parse(text: &str) -> Option<When> {
        let mut parts = text.trim().split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2));
        let day = parts.next().map(|part| digits(part, 2));
        if parts.next().is_some() || month == Some(None) || day == Some(None) {
            return None;
        }
        let when = When {
            year: i32::try_from(year).ok()?,
            month: month.flatten(),
            day: day.flatten(),
        };
        NaiveDate::from_ymd_opt(when.year, when.month.unwrap_or(1), when.day.unwrap_or(1))?;
        Some(when)
    }

    /// Returns the year.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// Returns the month, from 1, when it is known.
    pub const fn month(self) -> Option<u32> {
        self.month
    }

    /// Returns the day of the month, from 1, when it is known.
    pub const fn day(self) -> Option<u32> {
        self.day
    }

    /// Returns its first day, counted from the beginning of our era.
    fn first(self) -> i32 {
        NaiveDate::from_ymd_opt(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("checked when it was read")
            .num_days_from_ce()
    }

    /// Returns its last day, counted from the beginning of our era.
    fn last(self) -> i32 {
        let after = match (self.month, self.day) {
            (_, Some(_)) => return self.first(),
            (Some(month @ 1..=11), None) => (self.year, month + 1),
            _ => (self.year + 1, 1),
        };
        When {
            year: after.0,
            month: Some(after.1),
            day: None,
        }
        .first()
            - 1
    }

    /// Says whether one may be a more exact telling of the other: `2021-03` and `2021`.
    fn is_within(self, other: When) -> bool {
        self.first() >= other.first() && self.last() <= other.last()
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// From when to when; an end that is missing is not known, or did not come yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// When it began.
    pub start: Option<When>,
    /// When it ended.
    pub end: Option<When>,
}

/// How two periods stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// They begin at the same time, as far as each tells.
    SameStart,
    /// They have days in common.
    Overlap,
    /// One was over before the other began.
    Apart,
    /// What is known doesn't say.
    Unknown,
}

impl Period {
    /// Returns the year under which it is counted: that of its beginning, or of its end.
    pub fn year(self) -> Option<i32> {
        self.start.or(self.end).map(When::year)
    }

    /// Says how it stands to another period.
    pub fn meets(self, other: Period) -> Meeting {
        if let (Some(one), Some(two)) = (self.start, other.start)
            && (one.is_within(two) || two.is_within(one))
        {
            return Meeting::SameStart;
        }
        let is_before = |one: Period, two: Period| matches!((one.end, two.start.or(two.end)), (Some(end), Some(start)) if end.last() < start.first());
        if is_before(self, other) || is_before(other, self) {
            return Meeting::Apart;
        }
        // From here on neither is over before the other begins; it remains to know both sides of one of them.
        let holds = |one: Period, two: Period| {
            matches!(
                (one.start, one.end, two.start.or(two.end)),
                (Some(start), Some(end), Some(other))
                    if start.first() <= other.last() && end.last() >= other.first()
            )
        };
        if holds(self, other) || holds(other, self) {
            Meeting::Overlap
        } else {
            Meeting::Unknown
        }
    }
}
