//! How much waits for each person: proposals, and what is to be moderated. Every page that a signed-in person reads says it, so
//! it is remembered for a moment, and forgotten when something moves.

use std::time::Duration;

use moka::sync::Cache;
use terreau_commons::Commons;
use terreau_community::{AccountId, Actor};

/// How long a count is remembered at most.
const LIFE: Duration = Duration::from_secs(30);
/// How many people's counts are remembered.
const PEOPLE: u64 = 10_000;

/// What waits for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many proposals.
    pub proposals: usize,
    /// How many things wait for moderation; nothing for those who do not moderate.
    pub to_moderate: Option<u64>,
}

/// The counts.
pub struct Waiting(Cache<AccountId, Waits>);

impl Default for Waiting {
    fn default() -> Self {
        let counts = Cache::builder().max_capacity(PEOPLE).time_to_live(LIFE);
        Waiting(counts.build())
    }
}

impl Waiting {
    /// Returns what waits for somebody; nothing when that cannot be known now: no page fails for a number.
    pub async fn count(&self, commons: &Commons, actor: &Actor) -> Waits {
        let Some(account) = actor.account() else {
            return Waits::default();
        };
        if let Some(waits) = self.0.get(&account.id) {
            return waits;
        }
        let counted = async {
            anyhow::Ok(Waits {
                proposals: commons.waiting_count(actor).await?,
                to_moderate: commons.moderation_count(actor).await?,
            })
        };
        match counted.await {
            Ok(waits) => {
                self.0.insert(account.id, waits);
                waits
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "what waits cannot be counted");
                Waits::default()
            }
        }
    }

    /// Forgets every count: something moved.
    pub fn forget(&self) {
        self.0.invalidate_all();
    }
}
