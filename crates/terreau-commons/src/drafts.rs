//! Drafts: what somebody typed and did not send yet, found again on any device. Only its owner sees it.

use std::fmt;
use std::str::FromStr;

use anyhow::Context;
use chrono::{DateTime, Utc};
use terreau_card::{CardId, CardPath, Kind};
use terreau_community::{AccountId, Act, Actor};
use terreau_db::DraftRow;
use terreau_store::CommitId;

use crate::people::require;
use crate::{Commons, PeopleError};

/// What a draft is of; a person has one of each at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftOf {
    /// A change of a card.
    Card(CardId),
    /// A card that is not there yet.
    New {
        /// Its kind.
        kind: Kind,
        /// The identity that it will have.
        id: CardId,
    },
    /// A further revision of a card of a proposal.
    Revision {
        /// The proposal.
        number: u64,
        /// The card, where the proposal has it.
        path: CardPath,
    },
}

impl fmt::Display for DraftOf {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DraftOf::Card(id) => write!(out, "card:{id}"),
            DraftOf::New { kind, id } => write!(out, "new:{}:{id}", kind.as_str()),
            DraftOf::Revision { number, path } => write!(out, "proposal:{number}:{path}"),
        }
    }
}

impl FromStr for DraftOf {
    type Err = ();

    fn from_str(key: &str) -> Result<DraftOf, ()> {
        let (what, rest) = key.split_once(':').ok_or(())?;
        let two = || rest.split_once(':').ok_or(());
        match what {
            "card" => Ok(DraftOf::Card(rest.parse().map_err(|_| ())?)),
            "new" => {
                let (kind, id) = two()?;
                Ok(DraftOf::New {
                    kind: kind.parse().map_err(|_| ())?,
                    id: id.parse().map_err(|_| ())?,
                })
            }
            "proposal" => {
                let (number, path) = two()?;
                Ok(DraftOf::Revision {
                    number: number.parse().map_err(|_| ())?,
                    path: CardPath::parse(path).map_err(|_| ())?,
                })
            }
            _ => Err(()),
        }
    }
}

/// What somebody typed and did not send yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is of.
    pub of: DraftOf,
    /// What the inputs of the form hold.
    pub typed: Vec<(String, String)>,
    /// The published commit that the form was made from; none for a new card.
    pub base: Option<CommitId>,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
}

impl Commons {
    /// Keeps what somebody typed, in place of what they kept of the same thing before.
    ///
    /// # Errors
    /// `Full` when it is too long or there are too many; `NotAllowed` unless somebody asks in a browser.
    pub async fn save_draft(&self, actor: &Actor, draft: &Draft) -> Result<(), PeopleError> {
        let owner = owner(actor)?;
        self.writable()?;
        self.keep_draft(owner, draft).await
    }

    pub(crate) async fn keep_draft(
        &self,
        owner: AccountId,
        draft: &Draft,
    ) -> Result<(), PeopleError> {
        let row = DraftRow {
            key: draft.of.to_string(),
            content: content_of(&draft.typed)?,
            base: draft.base.as_ref().map(ToString::to_string),
            updated_at: draft.saved_at,
        };
        Ok(self.db().save_draft(owner, &row).await?)
    }

    /// Returns what somebody typed of one thing, if they kept it.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn draft(&self, actor: &Actor, of: &DraftOf) -> Result<Option<Draft>, PeopleError> {
        let row = self.db().draft(owner(actor)?, &of.to_string()).await?;
        Ok(row.and_then(read))
    }

    /// Returns all that somebody typed and did not send, last saved first.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<Draft>, PeopleError> {
        let rows = self.db().drafts(owner(actor)?).await?;
        Ok(rows.into_iter().filter_map(read).collect())
    }

    /// Forgets what somebody typed of one thing; it may be gone already.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn drop_draft(&self, actor: &Actor, of: &DraftOf) -> Result<(), PeopleError> {
        Ok(self.db().drop_draft(owner(actor)?, &of.to_string()).await?)
    }
}

fn owner(actor: &Actor) -> Result<AccountId, PeopleError> {
    let owner = actor.account().ok_or(PeopleError::NotAllowed)?.id;
    require(actor, &Act::SeeDraft { owner })?;
    Ok(owner)
}

/// Writes what was typed as the database keeps it.
pub(crate) fn content_of(typed: &[(String, String)]) -> anyhow::Result<String> {
    serde_json::to_string(typed).context("what was typed cannot be written")
}

/// Reads what was typed; nothing when this version cannot.
pub(crate) fn typed_of(content: &str) -> Option<Vec<(String, String)>> {
    serde_json::from_str(content).ok()
}

fn read(row: DraftRow) -> Option<Draft> {
    Some(Draft {
        of: row.key.parse().ok()?,
        typed: typed_of(&row.content)?,
        base: match row.base {
            Some(base) => Some(CommitId::parse(&base).ok()?),
            None => None,
        },
        saved_at: row.updated_at,
    })
}
