//! What people of each organisation reviewed before it was published. Whoever hides their name hides their organisation with it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use terreau_card::CardId;
use terreau_store::{Credit, Snapshot};
use terreau_territory::fold;

use crate::{Commons, ReadError};

/// The published cards that organisations reviewed, of one moment.
#[derive(Debug, Default)]
pub struct Reviewed(BTreeMap<String, Vec<(i64, CardId)>>);

impl Reviewed {
    /// Returns the cards that an organisation reviewed under one of its names, the last published first, each once.
    pub fn by<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<CardId> {
        let mut found: Vec<(i64, CardId)> = names
            .filter_map(|name| self.0.get(&fold(name)))
            .flatten()
            .copied()
            .collect();
        found.sort_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        let mut seen = HashSet::new();
        let cards = found.into_iter().map(|(_, card)| card);
        cards.filter(|card| seen.insert(*card)).collect()
    }
}

impl Commons {
    /// Returns what organisations reviewed of what is published in `snapshot`; it is asked of the database once for each commit.
    ///
    /// # Errors
    /// `Unexpected` when the database cannot be read.
    pub async fn reviewed(&self, snapshot: &Snapshot) -> Result<Arc<Reviewed>, ReadError> {
        if let Some(known) = self.reviewed.get(snapshot.commit()) {
            return Ok(known);
        }
        self.history_caught_up().await?;
        let names = self.mailmap().await?;
        let mut reviewed = Reviewed::default();
        for one in self.db().reviewed_for_organisations().await? {
            let address = self.store.address(&Credit {
                name: String::new(),
                organisation: None,
                account: one.reviewer.uuid(),
            });
            let (_, shown) = names.shown(&address, String::new(), Some(one.organisation));
            if let Some(organisation) = shown {
                let its = reviewed.0.entry(fold(&organisation)).or_default();
                its.push((one.seq, one.card));
            }
        }
        let reviewed = Arc::new(reviewed);
        self.reviewed
            .insert(*snapshot.commit(), Arc::clone(&reviewed));
        Ok(reviewed)
    }
}
