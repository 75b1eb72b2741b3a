//! The titles of steps: `### Installer la question (20 min)`.

/// Longer than a year of minutes is no duration of a step.
const MAX_MINUTES: f64 = 525_600.0;

/// Cuts a title from the duration in brackets at its end, and returns both; a title without one is whole.
pub(crate) fn title_and_minutes(heading: &str) -> (String, Option<u32>) {
    let heading = heading.trim();
    let cut = heading
        .strip_suffix(')')
        .and_then(|open| open.rsplit_once('('));
    match cut.and_then(|(title, duration)| Some((title.trim(), minutes(duration)?))) {
        Some((title, minutes)) if !title.is_empty() => (title.to_owned(), Some(minutes)),
        _ => (heading.to_owned(), None),
    }
}

/// Reads a duration as people write it: `20 min`, `1 h 30`, `1,5 h`, `une demi-journée`, `10 à 15 min` (the longer one).
fn minutes(duration: &str) -> Option<u32> {
    let duration = duration.replace(['\u{a0}', '\u{202f}'], " ").to_lowercase();
    let duration = duration
        .replace("demi-journée", "demie")
        .replace("half-day", "half");
    let longer = [" à ", " to ", "–", "—", "-"]
        .iter()
        .find_map(|between| duration.rsplit_once(between));
    let mut rest = longer
        .map_or(duration.as_str(), |(_, longer)| longer)
        .trim();
    let mut total = 0.0;
    let mut unit_before: Option<f64> = None;
    while !rest.is_empty() {
        let (number, after) = number(rest)?;
        rest = after.trim_start();
        let letters = rest
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(rest.len());
        let unit = match (&rest[..letters], unit_before) {
            // « 1 h 30 »
            ("", Some(60.0)) => 1.0,
            (word, _) => unit(word)?,
        };
        if unit_before.is_some_and(|before| before <= unit) {
            return None;
        }
        total += number * unit;
        unit_before = Some(unit);
        rest = rest[letters..].trim_start_matches(['.', ' ']);
        // « 30 min, le jour même »
        if rest.starts_with(", ") {
            break;
        }
    }
    (unit_before.is_some() && total > 0.0 && total <= MAX_MINUTES).then_some(total.round() as u32)
}

/// Reads a number in digits, or one of the first few in letters.
fn number(text: &str) -> Option<(f64, &str)> {
    let digits = text
        .find(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.')
        .unwrap_or(text.len());
    if digits > 0 {
        return Some((
            text[..digits].replace(',', ".").parse().ok()?,
            &text[digits..],
        ));
    }
    let (word, rest) = text.split_once(' ')?;
    let number = match word {
        "un" | "une" | "one" | "a" => 1.0,
        "deux" | "two" => 2.0,
        "trois" | "three" => 3.0,
        "quatre" | "four" => 4.0,
        _ => return None,
    };
    Some((number, rest))
}

fn unit(word: &str) -> Option<f64> {
    Some(match word {
        "min" | "mn" | "minute" | "minutes" | "mins" => 1.0,
        "h" | "heure" | "heures" | "hour" | "hours" => 60.0,
        "demie" | "demies" | "half" => 720.0,
        "j" | "jour" | "jours" | "journée" | "journées" | "day" | "days" => 1_440.0,
        "semaine" | "semaines" | "week" | "weeks" => 10_080.0,
        "mois" | "month" | "months" => 43_200.0,
        _ => return None,
    })
}
