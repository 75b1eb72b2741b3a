//! Everyone whom the published history credits, under the names that they chose. Whoever hides theirs is not among them, and an
//! account that published nothing is nobody's to find.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_store::{Head, Snapshot};

use crate::blocking::blocking;
use crate::mailmap::is_hidden;
use crate::sought::Sought;
use crate::{Commons, ReadError};

/// How many people a page shows.
const PER_PAGE: usize = 50;

/// Somebody credited in the published history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditedPerson {
    /// The name that they chose to publish.
    pub name: String,
    /// The organisation credited with them.
    pub organisation: Option<String>,
    /// How many versions they made.
    pub versions: i64,
    /// When they made the last one.
    pub last: DateTime<Utc>,
    last_seq: i64,
}

/// A page of credited people.
pub struct CreditedPeople {
    /// Those of the page, most versions first, each with the card that they changed last unless it is gone.
    pub people: Vec<(CreditedPerson, Option<Arc<Head>>)>,
    /// How many there are on all pages.
    pub total: usize,
    /// Which page this is, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
}

impl Commons {
    /// Returns people whom the history credits; with words, those whose name and organisation hold every one of them.
    ///
    /// # Errors
    /// `Unexpected` when the history cannot be read.
    pub async fn credited(
        &self,
        snapshot: &Snapshot,
        words: &str,
        page: usize,
    ) -> Result<CreditedPeople, ReadError> {
        let all = self.all_credited(snapshot).await?;
        let sought = Sought::read(words);
        let page = page.max(1);
        let (shown, total) = blocking(move || {
            let is_found = |one: &&CreditedPerson| {
                let texts = std::iter::once(one.name.as_str()).chain(one.organisation.as_deref());
                sought.as_ref().is_none_or(|sought| sought.is_in(texts))
            };
            let found: Vec<&CreditedPerson> = all.iter().filter(is_found).collect();
            let shown = found.iter().skip((page - 1).saturating_mul(PER_PAGE));
            let shown: Vec<CreditedPerson> = shown.take(PER_PAGE).copied().cloned().collect();
            (shown, found.len())
        })
        .await?;
        let seqs: Vec<i64> = shown.iter().map(|one| one.last_seq).collect();
        let cards = self.db().cards_at(&seqs).await?;
        let with_card = |one: CreditedPerson| {
            let card = cards.get(&one.last_seq);
            let head = card.and_then(|card| snapshot.by_id(card)).cloned();
            (one, head)
        };
        Ok(CreditedPeople {
            people: shown.into_iter().map(with_card).collect(),
            total,
            page,
            pages: total.div_ceil(PER_PAGE).max(1),
        })
    }

    /// Returns everyone; it is asked of the database once for each commit.
    async fn all_credited(
        &self,
        snapshot: &Snapshot,
    ) -> Result<Arc<Vec<CreditedPerson>>, ReadError> {
        if let Some(known) = self.credited.get(snapshot.commit()) {
            return Ok(known);
        }
        self.history_caught_up().await?;
        let names = self.mailmap().await?;
        let rows = self.db().credited().await?;
        let instance = self.instance_name.clone();
        let credited = blocking(move || {
            let shown = names.credited(rows).into_iter();
            // The instance itself brings the first cards in.
            let shown = shown.filter(|one| one.name != instance && !is_hidden(&one.name));
            shown
                .map(|one| CreditedPerson {
                    name: one.name,
                    organisation: one.organisation,
                    versions: one.versions,
                    last: one.last,
                    last_seq: one.last_seq,
                })
                .collect::<Vec<_>>()
        });
        let credited = Arc::new(credited.await?);
        self.credited
            .insert(*snapshot.commit(), Arc::clone(&credited));
        Ok(credited)
    }
}
