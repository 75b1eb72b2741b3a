//! Classes: the few steps into which lengths, numbers and costs fall.

/// An hour, a day, in minutes.
const HOUR: f64 = 60.0;
const DAY: f64 = 24.0 * HOUR;

pub(super) const DURATION: &[&str] = &[
    "under-1h",
    "1-to-3h",
    "half-day",
    "day",
    "2-to-5-days",
    "weeks",
    "months",
    "over-a-year",
];
pub(super) const PEOPLE: &[&str] = &["1-2", "3-8", "9-20", "21-50", "51-150", "over-150"];
pub(super) const COST: &[&str] = &[
    "free",
    "under-100",
    "100-to-1000",
    "1000-to-10000",
    "over-10000",
];
pub(super) const POPULATION: &[&str] = &[
    "under-500",
    "500-to-2000",
    "2000-to-3500",
    "3500-to-10000",
    "10000-to-50000",
    "over-50000",
];
pub(super) const TRIED: &[&str] = &["never", "once", "several", "evaluated"];

/// Returns the class of a duration in minutes: a half-day is up to five hours, a day up to 24, weeks up to two months.
pub fn duration_class(minutes: f64) -> &'static str {
    DURATION[match minutes {
        minutes if minutes < HOUR => 0,
        minutes if minutes <= 3.0 * HOUR => 1,
        minutes if minutes <= 5.0 * HOUR => 2,
        minutes if minutes <= DAY => 3,
        minutes if minutes <= 5.0 * DAY => 4,
        minutes if minutes < 60.0 * DAY => 5,
        minutes if minutes <= 366.0 * DAY => 6,
        _ => 7,
    }]
}

/// Returns every class that durations between two, in minutes, fall in.
pub fn duration_classes(min: f64, max: f64) -> &'static [&'static str] {
    between(DURATION, duration_class(min), duration_class(max))
}

/// Returns the class of a number of people.
pub fn people_class(people: u64) -> &'static str {
    PEOPLE[match people {
        0..=2 => 0,
        3..=8 => 1,
        9..=20 => 2,
        21..=50 => 3,
        51..=150 => 4,
        _ => 5,
    }]
}

/// Returns every class that groups between two sizes fall in.
pub fn people_classes(min: u64, max: u64) -> &'static [&'static str] {
    between(PEOPLE, people_class(min), people_class(max))
}

/// Returns the class of a cost in euros; a bound belongs to the class below it.
pub fn cost_class(euros: f64) -> &'static str {
    COST[match euros {
        euros if euros <= 0.0 => 0,
        euros if euros < 100.0 => 1,
        euros if euros <= 1_000.0 => 2,
        euros if euros <= 10_000.0 => 3,
        _ => 4,
    }]
}

/// Returns every class that costs between two fall in.
pub fn cost_classes(min: f64, max: f64) -> &'static [&'static str] {
    between(COST, cost_class(min), cost_class(max))
}

/// Returns the class of a commune's population; a bound belongs to the class above it.
pub fn population_class(inhabitants: u64) -> &'static str {
    POPULATION[match inhabitants {
        0..500 => 0,
        500..2_000 => 1,
        2_000..3_500 => 2,
        3_500..10_000 => 3,
        10_000..50_000 => 4,
        _ => 5,
    }]
}

/// Returns every class that communes between two sizes fall in; a greatest size that is a bound opens no class.
pub fn population_classes(min: u64, max: u64) -> &'static [&'static str] {
    let last = max.saturating_sub(1).max(min);
    between(POPULATION, population_class(min), population_class(last))
}

/// Returns what is known of the use of a card, from its field reports: how many, on how many territories, and whether
/// somebody from outside evaluated one.
pub fn tried_classes(reports: usize, territories: usize, is_evaluated: bool) -> Vec<&'static str> {
    let mut classes = vec![match (reports, territories) {
        (0, _) => TRIED[0],
        (_, 0 | 1) => TRIED[1],
        _ => TRIED[2],
    }];
    if reports > 0 && is_evaluated {
        classes.push(TRIED[3]);
    }
    classes
}

fn between(classes: &'static [&'static str], first: &str, last: &str) -> &'static [&'static str] {
    let place = |class: &str| {
        classes
            .iter()
            .position(|its| *its == class)
            .expect("a class of this facet")
    };
    let (one, two) = (place(first), place(last));
    &classes[one.min(two)..=one.max(two)]
}
