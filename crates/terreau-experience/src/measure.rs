//! What is measured the same way in every report, so that it can be added up.

use crate::{
    experience::{Nature, Per},
    report::Report,
    spread::Amount,
};

/// What is measured. A cost for a year and a cost in all are two measures: nothing makes one of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// How long it took, in minutes.
    Duration,
    /// How many people took part.
    Participants,
    /// What it cost in all, in euros.
    CostTotal,
    /// What it cost, in euros a year.
    CostYearly,
    /// What it cost, in euros a month.
    CostMonthly,
    /// Who worked for it, in full-time equivalents.
    StaffFte,
    /// Who worked for it, in heads.
    StaffPeople,
    /// The work it took, in person-days.
    StaffDays,
}

impl Measure {
    /// Every measure, in the order in which pages show them.
    pub const ALL: [Measure; 8] = [
        Measure::Duration,
        Measure::Participants,
        Measure::CostTotal,
        Measure::CostYearly,
        Measure::CostMonthly,
        Measure::StaffFte,
        Measure::StaffPeople,
        Measure::StaffDays,
    ];

    /// Returns its name, for tables and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Measure::Duration => "duration",
            Measure::Participants => "participants",
            Measure::CostTotal => "cost-total",
            Measure::CostYearly => "cost-yearly",
            Measure::CostMonthly => "cost-monthly",
            Measure::StaffFte => "staff-fte",
            Measure::StaffPeople => "staff-people",
            Measure::StaffDays => "staff-days",
        }
    }

    /// Says whether it grows for as long as the experience runs.
    pub const fn grows(self) -> bool {
        matches!(
            self,
            Measure::Duration | Measure::CostTotal | Measure::StaffDays
        )
    }

    /// Returns what a report says of every measure, with its nature.
    pub(crate) fn all_of(report: &Report) -> Vec<(Measure, Nature, Amount)> {
        let said = &report.experience;
        let is_about = said.participants.is_exact == Some(false);
        let mut found = Vec::new();
        let mut tell = |measure: Measure, low: f64, high: f64, is_exact: bool| {
            let amount = Amount {
                low,
                high,
                is_exact,
                report: report.path.clone(),
            };
            found.push((measure, said.nature_of(measure), amount));
        };
        if let Some(range) = said.duration {
            tell(Measure::Duration, range.min, range.max, true);
        }
        if let Some(count) = said.participants.count {
            tell(Measure::Participants, count as f64, count as f64, !is_about);
        }
        if let Some(cost) = &said.cost
            && let Some(per) = cost.per
        {
            let measure = match per {
                Per::Total => Measure::CostTotal,
                Per::Year => Measure::CostYearly,
                Per::Month => Measure::CostMonthly,
            };
            tell(measure, cost.amount_eur, cost.amount_eur, true);
        }
        let staff = said.staff;
        let heads = staff.people.map(|people| people as f64);
        for (measure, amount) in [
            (Measure::StaffFte, staff.fte),
            (Measure::StaffPeople, heads),
            (Measure::StaffDays, staff.days),
        ] {
            if let Some(amount) = amount {
                tell(measure, amount, amount, true);
            }
        }
        found
    }
}
