//! Figures: medians with their spread, beside their goals.

use serde_json::{Value, json};

/// What a figure should reach.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
    /// Nothing: it explains another figure.
    None,
}

/// A measured figure.
#[derive(Clone, Debug)]
pub struct Figure {
    name: &'static str,
    unit: &'static str,
    value: f64,
    low: f64,
    high: f64,
    goal: Goal,
}

impl Figure {
    /// The median of measures, with the quarter below and above.
    pub fn absolute(
        name: &'static str,
        unit: &'static str,
        measures: &[f64],
        goal: Goal,
    ) -> Figure {
        Figure {
            name,
            unit,
            value: quantile(measures, 0.5),
            low: quantile(measures, 0.25),
            high: quantile(measures, 0.75),
            goal,
        }
    }

    /// The ratio of two medians; its spread is that of the rounds' own ratios.
    pub fn ratio(name: &'static str, above: &[f64], below: &[f64], goal: Goal) -> Figure {
        let value = quantile(above, 0.5) / quantile(below, 0.5);
        let each: Vec<f64> = above
            .iter()
            .zip(below)
            .map(|(above, below)| above / below)
            .collect();
        Figure {
            name,
            unit: "×",
            value,
            low: quantile(&each, 0.25),
            high: quantile(&each, 0.75),
            goal,
        }
    }

    /// The value that 99 of 100 measures stay below; the spread shows the median and the worst.
    pub fn p99(name: &'static str, unit: &'static str, measures: &[f64], goal: Goal) -> Figure {
        Figure {
            name,
            unit,
            value: quantile(measures, 0.99),
            low: quantile(measures, 0.5),
            high: quantile(measures, 1.0),
            goal,
        }
    }

    fn reached(&self) -> Option<bool> {
        match self.goal {
            Goal::AtLeast(goal) => Some(self.value >= goal),
            Goal::AtMost(goal) => Some(self.value <= goal),
            Goal::None => None,
        }
    }

    fn goal(&self) -> String {
        match self.goal {
            Goal::AtLeast(goal) => format!("≥ {goal}"),
            Goal::AtMost(goal) => format!("≤ {goal}"),
            Goal::None => String::new(),
        }
    }
}

/// Returns the value that a share of the measures, from 0 to 1, stay below.
pub fn quantile(measures: &[f64], share: f64) -> f64 {
    let mut sorted = measures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (share * (sorted.len().saturating_sub(1)) as f64).round() as usize;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// Prints the figures as a table.
pub fn print(figures: &[Figure]) {
    println!(
        "\n{:<62} {:>12} {:>23}  {:>8}",
        "figure", "median", "spread", "goal"
    );
    for figure in figures {
        let verdict = figure.reached().map_or(
            "",
            |reached| if reached { "reached" } else { "NOT REACHED" },
        );
        println!(
            "{:<62} {:>12} {:>23}  {:>8} {verdict}",
            figure.name,
            format!("{} {}", short(figure.value), figure.unit),
            format!("{} – {}", short(figure.low), short(figure.high)),
            figure.goal(),
        );
    }
}

fn short(value: f64) -> String {
    if value >= 1000.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// Returns the figures as JSON.
pub fn json(figures: &[Figure]) -> Value {
    let one = |figure: &Figure| {
        json!({
            "name": figure.name,
            "unit": figure.unit,
            "value": figure.value,
            "low": figure.low,
            "high": figure.high,
            "goal": figure.goal(),
            "reached": figure.reached(),
        })
    };
    figures.iter().map(one).collect()
}
