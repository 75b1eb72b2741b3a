//! How many proposals wait for each person. Every page that a signed-in person reads says it, so it is remembered for a
//! moment, and forgotten when a proposal moves.

use std::time::Duration;

use moka::sync::Cache;
use terreau_commons::Commons;
use terreau_community::{AccountId, Actor};

/// How long a count is remembered at most.
const LIFE: Duration = Duration::from_secs(30);
/// How many people's counts are remembered.
const PEOPLE: u64 = 10_000;

/// The counts.
pub struct Waiting(Cache<AccountId, usize>);

impl Default for Waiting {
    fn default() -> Self {
        let counts = Cache::builder().max_capacity(PEOPLE).time_to_live(LIFE);
        Waiting(counts.build())
    }
}

impl Waiting {
    /// Returns how many proposals wait for somebody; none when that cannot be known now: no page fails for a number.
    pub async fn count(&self, commons: &Commons, actor: &Actor) -> usize {
        let Some(account) = actor.account() else {
            return 0;
        };
        if let Some(count) = self.0.get(&account.id) {
            return count;
        }
        match commons.waiting_count(actor).await {
            Ok(count) => {
                self.0.insert(account.id, count);
                count
            }
            Err(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "the waiting proposals cannot be counted"
                );
                0
            }
        }
    }

    /// Forgets every count: a proposal moved.
    pub fn forget(&self) {
        self.0.invalidate_all();
    }
}
