//! Durations as people type them: a number and a unit, instead of ISO 8601.

/// The units of the form, from the shortest, with their ISO letters; `T` marks those below a day.
const UNITS: [(&str, &str, char); 6] = [
    ("minute", "T", 'M'),
    ("hour", "T", 'H'),
    ("day", "", 'D'),
    ("week", "", 'W'),
    ("month", "", 'M'),
    ("year", "", 'Y'),
];

/// The unit of what only ISO can say.
const ISO: &str = "iso";

/// The words of the units, in the order of the form.
pub fn units() -> impl Iterator<Item = &'static str> {
    UNITS.iter().map(|(word, _, _)| *word)
}

/// Returns the number and the unit that a form shows for an ISO duration; what has no single unit is shown as it is.
pub fn show(iso: &str) -> (String, &'static str) {
    let alone = || {
        let rest = iso.strip_prefix('P')?;
        let (time, rest) = rest
            .strip_prefix('T')
            .map_or(("", rest), |rest| ("T", rest));
        let letter = rest.chars().next_back()?;
        let number = &rest[..rest.len() - letter.len_utf8()];
        let plain = !number.is_empty()
            && number.len() <= 9
            && number.bytes().all(|byte| byte.is_ascii_digit());
        let unit = UNITS
            .iter()
            .find(|(_, mark, unit)| *mark == time && *unit == letter)?;
        plain.then(|| (number.to_owned(), unit.0))
    };
    alone()
        .or_else(|| in_minutes(iso))
        .unwrap_or_else(|| (iso.to_owned(), ISO))
}

/// Reads hours and minutes together: `PT1H30M` is 90 minutes.
fn in_minutes(iso: &str) -> Option<(String, &'static str)> {
    let (hours, minutes) = iso.strip_prefix("PT")?.split_once('H')?;
    let minutes = minutes.strip_suffix('M')?;
    let number = |text: &str| {
        text.parse::<u32>()
            .ok()
            .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let total = number(hours)?
        .checked_mul(60)?
        .checked_add(number(minutes)?)?;
    Some((total.to_string(), "minute"))
}

/// Returns the ISO duration of what was typed; `None` when it is none. Half hours and the like become minutes.
pub fn read(number: &str, unit: &str) -> Option<String> {
    let number = number.trim().replace(',', ".").replace(['\u{a0}', ' '], "");
    if number.starts_with('P') {
        return is_iso(&number).then_some(number);
    }
    let value: f64 = number
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite() && (0.0..1e6).contains(value))?;
    let (word, time, letter) = UNITS.iter().find(|(word, _, _)| *word == unit)?;
    if value.fract() == 0.0 {
        return Some(format!("P{time}{value}{letter}"));
    }
    match *word {
        "hour" => Some(format!("PT{}M", (value * 60.0).round())),
        "day" => Some(format!("PT{}H", (value * 24.0).round())),
        "week" => Some(format!("P{}D", (value * 7.0).round())),
        "month" => Some(format!("P{}D", (value * 30.0).round())),
        "year" => Some(format!("P{}M", (value * 12.0).round())),
        _ => None,
    }
}

fn is_iso(text: &str) -> bool {
    let rest = &text[1..];
    let has_number = rest.bytes().any(|byte| byte.is_ascii_digit());
    let known = rest
        .chars()
        .all(|character| character.is_ascii_digit() || "YMWDTHS.".contains(character));
    has_number && known && text.len() <= 30
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_shown_as_people_say_them() {
        for (iso, number, unit) in [
            ("PT90M", "90", "minute"),
            ("PT2H", "2", "hour"),
            ("P3D", "3", "day"),
            ("P2W", "2", "week"),
            ("P6M", "6", "month"),
            ("P1Y", "1", "year"),
            ("PT1H30M", "90", "minute"),
            ("P1DT2H", "P1DT2H", "iso"),
            ("une heure", "une heure", "iso"),
            ("PT", "PT", "iso"),
            ("", "", "iso"),
        ] {
            assert_eq!(show(iso), (number.to_owned(), unit), "{iso}");
        }
    }

    #[test]
    fn what_is_typed_becomes_iso() {
        for (number, unit, iso) in [
            ("90", "minute", Some("PT90M")),
            ("1,5", "hour", Some("PT90M")),
            ("0.5", "day", Some("PT12H")),
            ("2", "month", Some("P2M")),
            ("1,5", "year", Some("P18M")),
            ("1 000", "day", Some("P1000D")),
            ("P1DT2H", "iso", Some("P1DT2H")),
            ("P1DT2H", "day", Some("P1DT2H")),
            ("bientôt", "day", None),
            ("-1", "day", None),
            ("3", "iso", None),
            ("Proche", "day", None),
        ] {
            assert_eq!(read(number, unit).as_deref(), iso, "{number} {unit}");
        }
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for iso in ["PT90M", "PT2H", "P3D", "P2W", "P6M", "P1Y", "P1DT2H"] {
            let (number, unit) = show(iso);
            assert_eq!(read(&number, unit).as_deref(), Some(iso));
        }
    }
}
