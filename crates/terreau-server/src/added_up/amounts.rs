//! Amounts of measures, in words.

use terreau_experience::Measure;

use crate::Words;
use crate::facts::say;

const HOUR: f64 = 60.0;
const DAY: f64 = 24.0 * HOUR;
/// As `terreau_card` reads durations.
const MONTH: f64 = 30.0 * DAY;
const YEAR: f64 = 365.0 * DAY;

/// Returns what a measure is called.
pub fn measure_label(measure: Measure, words: Words) -> String {
    words.say(&format!("added-up-measure-{}", measure.as_str()))
}

/// Says an amount of a measure: « 9 mois », « 15 000 € par an », « 2 ETP ».
pub fn say_amount(measure: Measure, value: f64, words: Words) -> String {
    let language = words.language;
    let said = say::number(value, language);
    match measure {
        Measure::Duration => duration(value, words),
        Measure::Participants | Measure::StaffPeople => {
            words.tell_two("added-up-people", "count", value, "said", said)
        }
        Measure::CostTotal => say::euros(value, language),
        Measure::CostYearly => words.tell("facts-per-year", "amount", say::euros(value, language)),
        Measure::CostMonthly => {
            words.tell("facts-per-month", "amount", say::euros(value, language))
        }
        Measure::StaffFte => words.tell("facts-fte", "said", said),
        Measure::StaffDays => words.tell_two("facts-person-days", "count", value, "said", said),
    }
}

/// Says what lies between two amounts of a measure.
pub fn say_range(measure: Measure, low: f64, high: f64, words: Words) -> String {
    if (high - low).abs() < 1e-9 {
        return say_amount(measure, low, words);
    }
    words.tell_two(
        "facts-range",
        "min",
        say_amount(measure, low, words),
        "max",
        say_amount(measure, high, words),
    )
}

fn duration(minutes: f64, words: Words) -> String {
    let (key, count) = if minutes < DAY {
        return say::minutes(minutes.round().max(0.0) as u32);
    } else if minutes < 45.0 * DAY {
        ("added-up-count-days", tenth(minutes / DAY))
    } else if minutes < 2.0 * YEAR - MONTH && !is_whole(minutes / YEAR) {
        // A year of twelve months of thirty days lacks five of its days.
        ("added-up-count-months", halves(minutes / MONTH))
    } else {
        ("added-up-count-years", tenth(minutes / YEAR))
    };
    words.tell_two(
        key,
        "count",
        count,
        "said",
        say::number(count, words.language),
    )
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 0.005
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn halves(value: f64) -> f64 {
    (value * 2.0).round() / 2.0
}

/// Returns the unit of a scale that reaches so far, in that of the measure, and the key of its name.
pub(super) fn scale_of(measure: Measure, most: f64) -> (f64, &'static str) {
    match measure {
        Measure::Duration if most < 2.0 * HOUR => (1.0, "added-up-scale-minutes"),
        Measure::Duration if most < 2.0 * DAY => (HOUR, "added-up-scale-hours"),
        Measure::Duration if most < 60.0 * DAY => (DAY, "added-up-scale-days"),
        Measure::Duration if most < 3.0 * YEAR => (MONTH, "added-up-scale-months"),
        Measure::Duration => (YEAR, "added-up-scale-years"),
        Measure::Participants | Measure::StaffPeople => (1.0, "added-up-scale-people"),
        Measure::CostTotal => (1.0, "added-up-scale-euros"),
        Measure::CostYearly => (1.0, "added-up-scale-euros-yearly"),
        Measure::CostMonthly => (1.0, "added-up-scale-euros-monthly"),
        Measure::StaffFte => (1.0, "added-up-scale-fte"),
        Measure::StaffDays => (1.0, "added-up-scale-person-days"),
    }
}

#[cfg(test)]
mod tests {
    use terreau_card::Language;

    use super::*;

    #[test]
    fn durations_are_said_in_the_unit_that_fits() {
        let words = Words::of(Language::French);
        for (written, said) in [
            ("PT45M", "45\u{a0}min"),
            ("PT90M", "1\u{a0}h\u{a0}30"),
            ("P1D", "1 jour"),
            ("P13D", "13 jours"),
            ("P2M", "2 mois"),
            ("P12M", "12 mois"),
            ("P1Y", "1 an"),
            ("P18M", "18 mois"),
            ("P24M", "2 ans"),
            ("P3Y", "3 ans"),
        ] {
            let minutes = terreau_card::facets::duration_minutes(written).expect("a duration");
            assert_eq!(
                say_amount(Measure::Duration, minutes, words),
                said,
                "{written}"
            );
        }
    }

    #[test]
    fn amounts_have_their_units() {
        let words = Words::of(Language::French);
        for (measure, value, said) in [
            (Measure::CostTotal, 15_000.0, "15\u{202f}000\u{a0}€"),
            (Measure::CostYearly, 50.0, "50\u{a0}€ par an"),
            (Measure::StaffFte, 0.5, "0,5 ETP"),
            (Measure::Participants, 1.0, "1 personne"),
            (Measure::Participants, 300.0, "300 personnes"),
            (Measure::StaffDays, 112.5, "112,5 jours-personne"),
        ] {
            assert_eq!(say_amount(measure, value, words), said);
        }
    }
}
