//! From where on the network things come: limits count it, and nothing is kept of it but salted hashes.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use terreau_db::SecretHash;

use crate::Commons;
use crate::secret::{hash, new_secret};

/// The setting that holds the salt of senders whose things wait: it stays, since they wait for days.
const SALT: &str = "visitor-salt";

impl Commons {
    /// Counts something done from a place once more; `false` when it was done `most` times today. Nothing is kept but a hash of
    /// the thing, the place and a salt that is forgotten with the day.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn tally(
        &self,
        what: &str,
        from: IpAddr,
        most: u32,
        now: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let day = now.date_naive().to_string();
        let fresh = new_secret("")?.text;
        let salt = self.db().salt_of_day(&day, fresh.expose_secret()).await?;
        let hash = hash(&format!("{salt}/{what}/{from}"));
        Ok(self.db().tally(hash, &day, most).await?)
    }

    /// Returns the hash under which a sender is known as long as what they sent waits.
    pub(crate) async fn hidden(&self, sender: &str) -> anyhow::Result<SecretHash> {
        let salt = match self.db().get_setting(SALT).await? {
            Some(salt) => salt,
            None => {
                let fresh = new_secret("")?.text;
                self.db().first_setting(SALT, fresh.expose_secret()).await?
            }
        };
        Ok(hash(&format!("{salt}/{sender}")))
    }
}
