//! What happened when people tried it: field reports read, added up and compared.
//!
//! Pure. [`Experience::read`] takes what it can from the card of an experience; with its address and its places it is a
//! [`Report`]; the reports of one card make an [`AddedUp`], to which reports are put and from which they are taken in any
//! order. Every number knows the reports that it comes from; numbers that were observed, planned and estimated are never
//! added together; and below [`FEW`] reports there is nothing to spread or to average: the types give the reports
//! themselves. [`alike`] tells whether two cards look like the same case, [`chart`] where bars and lines stand.

mod added_up;
mod alike;
pub mod chart;
mod counted;
mod experience;
mod measure;
mod place;
mod planned;
mod report;
mod spread;
#[cfg(test)]
mod tests;
mod tried;
mod try_out;
mod when;
mod words;
mod written;

pub use added_up::{
    Adapted, AddedUp, Answers, CriterionMarks, FigureSpread, Named, Said, Tested, Trend, YearCount,
};
pub use alike::{Alike, Case, LIKELY, Matched, Reason, Weighed, alike, may_be_alike};
pub use counted::{Average, Count, Counted};
pub use experience::{
    About, Adaptation, Again, Cost, Experience, Figure, Independence, Mark, Nature, Participants,
    Per, Range, Staff, State, Testimony, Unknown,
};
pub use measure::Measure;
pub use place::{Place, PlaceId, Territory, WrittenPlace};
pub use planned::{Against, Planned};
pub use report::Report;
pub use spread::{Amount, Many, Spread};
pub use tried::{Level, Tried};
pub use try_out::{Fault, Told, TryOut, Typed};
pub use when::{Meeting, Period, When};

/// How many reports it takes to speak of a distribution, a median or an average.
pub const FEW: usize = 3;
