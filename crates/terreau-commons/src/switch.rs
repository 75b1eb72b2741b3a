//! The read-only switch: while it is on, nothing that is published or proposed changes.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};
use terreau_community::{Act, Actor};
use terreau_db::{Db, DbError, NewEvent};

use crate::{Commons, PeopleError};

/// The key of the setting that outlives a restart.
const READ_ONLY: &str = "read-only";

/// Why nothing was changed: stewards stopped all changes. It is the source of the `Unexpected` of each use case's error.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the commons is read-only for the moment")]
pub struct ReadOnly;

/// Whether the commons is read-only, known without asking the database.
pub(crate) struct Switch(AtomicBool);

impl Switch {
    /// Reads how it was left.
    pub(crate) async fn read(db: &Db) -> Result<Switch, DbError> {
        let value = db.get_setting(READ_ONLY).await?;
        let is_on = value.as_deref() == Some("on");
        Ok(Switch(AtomicBool::new(is_on)))
    }
}

impl Commons {
    /// Tells whether the commons is read-only.
    pub fn is_read_only(&self) -> bool {
        self.switch.0.load(Ordering::SeqCst)
    }

    /// Refuses what would change the commons while it is read-only.
    pub(crate) fn writable(&self) -> anyhow::Result<()> {
        anyhow::ensure!(!self.is_read_only(), ReadOnly);
        Ok(())
    }

    /// Stops all changes, or lets them go on. What was being written when it returns is written.
    ///
    /// # Errors
    /// `NotAllowed` unless the actor is a steward.
    pub async fn switch_read_only(
        &self,
        actor: &Actor,
        on: bool,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let actor = self.people().fresh(actor).await?;
        crate::people::require(&actor, &Act::SwitchReadOnly)?;
        if self.is_read_only() == on {
            return Ok(());
        }
        let value = if on { "on" } else { "off" };
        self.db().set_setting(READ_ONLY, value).await?;
        self.switch.0.store(on, Ordering::SeqCst);
        // Whoever holds the desk saw the switch as it was, and ends before this goes on.
        drop(self.desk.lock().await);
        let event = NewEvent {
            at: now,
            by: actor.account().map(|account| account.id),
            what: "switch-read-only".to_owned(),
            about: "node".to_owned(),
            detail: format!("{{\"on\":{on}}}"),
        };
        Ok(self.db().add_event(event).await?)
    }
}
