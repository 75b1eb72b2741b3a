//! Whether a scalar is what its key wants: dates, durations, addresses, paths of files.

use chrono::NaiveDate;

/// Says whether a text is `2026-05-31`.
pub(super) fn is_date(text: &str) -> bool {
    text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

/// Says whether a text is `2026-05-31`, `2026-05` or `2026`.
pub(super) fn is_partial_date(text: &str) -> bool {
    match text.len() {
        4 => is_date(&format!("{text}-01-01")),
        7 => is_date(&format!("{text}-01")),
        _ => is_date(text),
    }
}

/// Returns an ISO 8601 duration (`PT90M`, `P3D`, `P6M`) in minutes, months counted as 30 days and years as 365.
pub fn duration_minutes(text: &str) -> Option<f64> {
    let rest = text.strip_prefix('P')?;
    let (days, time) = match rest.split_once('T') {
        Some((days, time)) if !time.is_empty() => (days, time),
        Some(_) => return None,
        None => (rest, ""),
    };
    const DAY: f64 = 1440.0;
    let (days, some_days) = sum(
        days,
        &[
            ('Y', 365.0 * DAY),
            ('M', 30.0 * DAY),
            ('W', 7.0 * DAY),
            ('D', DAY),
        ],
    )?;
    let (time, some_time) = sum(time, &[('H', 60.0), ('M', 1.0), ('S', 1.0 / 60.0)])?;
    (some_days || some_time).then_some(days + time)
}

fn sum(text: &str, units: &[(char, f64)]) -> Option<(f64, bool)> {
    let mut total = 0.0;
    let mut rest = text;
    let mut units = units.iter();
    while !rest.is_empty() {
        let end =
            rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',')?;
        let number: f64 = rest[..end].replace(',', ".").parse().ok()?;
        let letter = rest[end..].chars().next()?;
        let (_, minutes) = units.find(|(unit, _)| *unit == letter)?;
        total += number * minutes;
        rest = &rest[end + letter.len_utf8()..];
    }
    Some((total, !text.is_empty()))
}

/// Says whether a text is a plain address of the web.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        !host.is_empty()
            && !host.contains(['@', '\\'])
            && !text.chars().any(|letter| {
                letter.is_whitespace() || letter.is_control() || matches!(letter, '<' | '>' | '"')
            })
    })
}

/// Says whether a text is the path of a file inside the commons.
pub(super) fn is_file_path(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && !text.contains(['\\', '?', '#', ':'])
        && !text.chars().any(char::is_control)
        && text.split('/').all(|segment| {
            !segment.is_empty() && !segment.starts_with('.') && !segment.ends_with([' ', '.'])
        })
}

/// Says whether a text has marks of Markdown that plain text hasn't.
pub(super) fn has_markdown(text: &str) -> bool {
    ["**", "__", "](", "```"]
        .iter()
        .any(|mark| text.contains(mark))
        || ["# ", "## ", "> ", "- ", "* "]
            .iter()
            .any(|mark| text.starts_with(mark))
        || text.matches('`').count() >= 2
}
