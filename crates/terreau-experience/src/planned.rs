//! What a method announces, beside what the reports of its use observed.

use std::collections::BTreeSet;

use terreau_card::{Card, CardPath, Value};

use crate::{
    experience::{Range, amount, minutes, range},
    measure::Measure,
    spread::{Amount, Spread},
};

/// What the card of a method, a tool or an action announces of its use.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Planned {
    /// How long it takes, in minutes, without its preparation.
    pub duration: Option<Range>,
    /// How many people take part.
    pub participants: Option<Range>,
    /// What it costs in all, in euros, people's time not counted.
    pub cost_eur: Option<Range>,
    /// The work it takes, in person-days.
    pub effort_days: Option<Range>,
}

impl Planned {
    /// Reads what a card announces; a bound that is missing is the other one.
    pub fn read(card: &Card) -> Planned {
        let read = |key: &str, one: fn(&Value) -> Option<f64>| {
            card.value(key).and_then(|value| range(value, one))
        };
        Planned {
            duration: read("duration", minutes),
            participants: read("participants", amount),
            cost_eur: read("cost_eur", amount),
            effort_days: read("effort_days", amount),
        }
    }

    /// Returns what is announced of a measure, in its unit.
    pub fn of(&self, measure: Measure) -> Option<Range> {
        match measure {
            Measure::Duration => self.duration,
            Measure::Participants => self.participants,
            Measure::CostTotal => self.cost_eur,
            Measure::StaffDays => self.effort_days,
            Measure::CostYearly
            | Measure::CostMonthly
            | Measure::StaffFte
            | Measure::StaffPeople => None,
        }
    }
}

/// What was announced against what was observed.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// What the card announces.
    pub planned: Range,
    /// What the reports observed.
    pub real: Spread,
    /// The reports that took less.
    pub below: Vec<CardPath>,
    /// Those that came within.
    pub within: Vec<CardPath>,
    /// Those that took more.
    pub above: Vec<CardPath>,
}

impl Against {
    pub(crate) fn new(planned: Range, amounts: &BTreeSet<Amount>) -> Against {
        let reports = |keeps: &dyn Fn(&Amount) -> bool| {
            let mut reports: Vec<CardPath> = amounts
                .iter()
                .filter(|amount| keeps(amount))
                .map(|amount| amount.report.clone())
                .collect();
            reports.sort();
            reports
        };
        let is_below = |amount: &Amount| amount.high < planned.min;
        let is_above = |amount: &Amount| amount.low > planned.max;
        Against {
            planned,
            real: Spread::of(amounts),
            below: reports(&is_below),
            within: reports(&|amount| !is_below(amount) && !is_above(amount)),
            above: reports(&is_above),
        }
    }
}
