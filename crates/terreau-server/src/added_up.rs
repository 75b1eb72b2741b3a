//! What the reports of a card say together, ready for its page: few words, small charts, and the way to every source.
//!
//! Pure: values in, words and places of shapes out.

mod amounts;
mod aspect;
mod charts;
mod figures;
mod lines;
mod section;

pub use amounts::{measure_label, say_amount, say_range};
pub use aspect::{Aspect, Looked, looked_at};
pub use charts::{Columns, Dot, Drawing, Lying, Shape, Stacked, StripView, lying};
pub use figures::{Beside, Cell, Figure, Row, Table};
pub use lines::{ReportLine, say_period, source_label};
pub use section::{AdaptedLine, List, NamedLine, Section, can_be_tried};

use terreau_card::{CardPath, CommonsConfig};
use terreau_commons::{Reports, Snapshot};
use terreau_experience::AddedUp;

use crate::{Words, url};

/// What sections and lists are said from.
#[derive(Clone, Copy)]
pub struct Saying<'a> {
    /// The card that reports tell of.
    pub card: &'a CardPath,
    /// What they say together.
    pub added_up: &'a AddedUp,
    /// Every report, for the titles and places of those that are named.
    pub reports: &'a Reports,
    /// The commons around them.
    pub snapshot: &'a Snapshot,
    /// The words to say it with.
    pub words: Words,
}

impl<'a> Saying<'a> {
    fn config(&self) -> &'a CommonsConfig {
        self.snapshot.config()
    }

    /// Returns where the reports that say something are listed.
    fn list_of(&self, aspect: &Aspect) -> String {
        url::with_query(
            "/retours",
            &[("fiche", self.card.as_str()), ("voir", &aspect.code())],
        )
    }
}
