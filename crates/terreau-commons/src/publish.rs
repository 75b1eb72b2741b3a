//! Publishing: a new card, a change, a new name, an archive, an old version taken up again.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_card::{Card, CardPath, Conflicts, Problem, Value};
use terreau_community::{Account, Act, Actor, Answer, Reason, hidden_name, may};
use terreau_db::KindOfChange;
use terreau_store::{Change, CommitId, Credit, Edit, Head, Published, StoreError};

use crate::Commons;
use crate::blocking::blocking;
use crate::read::ReadError;
use crate::secret::hex_digest;

/// The trailer that remembers a request, so that sending it again publishes nothing twice.
pub(crate) const REQUEST_TRAILER: &str = "Request-Key";
/// The trailer that tells an archive or a restoration from other changes.
pub(crate) const ACT_TRAILER: &str = "Act";

/// One card as its editor wants it.
#[derive(Clone, Debug)]
pub struct CardEdit {
    /// Where the card is, or will be.
    pub path: CardPath,
    /// The whole file.
    pub text: String,
    /// The commit that the editor started from; `None` makes a new card.
    pub base: Option<CommitId>,
    /// What the editor says of the change, in one line.
    pub message: String,
    /// A key that the client repeats when it sends the same request again.
    pub request_key: Option<String>,
}

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The commit that shows it.
    pub commit: CommitId,
    /// Where the card is now.
    pub path: CardPath,
    /// Whether the edit was joined with another that was published meanwhile.
    pub merged: bool,
    /// Whether there was nothing to change.
    pub unchanged: bool,
    /// Whether the card is new.
    pub created: bool,
}

/// Why an edit was not published. Nothing typed is lost: the caller still holds the edit.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn,
    /// The rules of the commons do not let this person do this.
    #[error("not allowed")]
    NotAllowed(Reason),
    /// There is no such card, or no such version.
    #[error("not found")]
    Missing,
    /// Another card is already there.
    #[error("a card is already at this address")]
    Exists,
    /// Someone published another change of the same words.
    #[error("conflict")]
    Conflict(Box<EditConflict>),
    /// The card would break rules of the format.
    #[error("the card has problems")]
    Invalid(Vec<Problem>),
    /// The address is one that no card can have.
    #[error("cannot be accepted: {0}")]
    Unacceptable(&'static str),
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

/// The three texts of a conflict and what to choose between.
#[derive(Debug)]
pub struct EditConflict {
    /// The card, at its present path.
    pub path: CardPath,
    /// The text that the editor started from.
    pub base: String,
    /// The text as it is published now.
    pub published: String,
    /// The text that the editor sent.
    pub sent: String,
    /// The parts that both changed.
    pub conflicts: Conflicts,
    /// The commit that shows `published`: the base of the next try.
    pub head: CommitId,
}

impl Commons {
    /// Publishes a new card or a change of one.
    ///
    /// # Errors
    /// See [`PublishError`]; nothing is written then.
    pub async fn publish(
        &self,
        actor: &Actor,
        edit: CardEdit,
        now: DateTime<Utc>,
    ) -> Result<Saved, PublishError> {
        // An old address leads to the card, whose present place has the say.
        let snapshot = self.snapshot();
        let moved = snapshot.alias(&edit.path);
        let present = moved.filter(|_| edit.base.is_some() && snapshot.head(&edit.path).is_none());
        let path = present.unwrap_or(&edit.path).as_str();
        let act = if edit.base.is_some() {
            Act::Publish { path }
        } else {
            Act::CreateCard { path }
        };
        let account = self.allowed(actor, &act)?;
        let request_key = edit
            .request_key
            .as_deref()
            .map(|key| hex_digest(&format!("{}/{key}", account.id)));
        if let Some(key) = &request_key
            && let Some(saved) = self.already_published(key).await?
        {
            return Ok(saved);
        }
        let created = edit.base.is_none();
        let put = Edit::Put {
            path: edit.path.clone(),
            text: edit.text,
            base: edit.base,
        };
        let trailers = request_key
            .map(|key| (REQUEST_TRAILER.to_owned(), key))
            .into_iter()
            .collect();
        let published = self
            .write(&account, put, edit.message, trailers, now)
            .await?;
        Ok(saved(published, edit.path, created))
    }

    /// Gives a card another address; links to it are rewritten and the old address redirects.
    ///
    /// # Errors
    /// See [`PublishError`].
    pub async fn rename(
        &self,
        actor: &Actor,
        from: &CardPath,
        to: &CardPath,
        message: String,
        now: DateTime<Utc>,
    ) -> Result<Saved, PublishError> {
        let account = self.allowed(
            actor,
            &Act::Rename {
                from: from.as_str(),
                to: to.as_str(),
            },
        )?;
        let edit = Edit::Rename {
            from: from.clone(),
            to: to.clone(),
            base: None,
        };
        let published = self.write(&account, edit, message, Vec::new(), now).await?;
        Ok(saved(published, to.clone(), false))
    }

    /// Archives a card (it stays at its address, marked) or takes it out of the archive.
    ///
    /// # Errors
    /// See [`PublishError`].
    pub async fn archive(
        &self,
        actor: &Actor,
        path: &CardPath,
        archived: bool,
        message: String,
        now: DateTime<Utc>,
    ) -> Result<Saved, PublishError> {
        let account = self.allowed(
            actor,
            &Act::Archive {
                path: path.as_str(),
            },
        )?;
        let snapshot = self.snapshot();
        let head = snapshot.head(path).ok_or(PublishError::Missing)?;
        let view = self.read_card(&snapshot, head).await?;
        let status = archived.then(|| Value::Text("archived".to_owned()));
        let text = view.card.with("status", status).text().to_owned();
        let edit = Edit::Put {
            path: path.clone(),
            text,
            base: Some(*snapshot.commit()),
        };
        let act = if archived {
            KindOfChange::Archived
        } else {
            KindOfChange::Restored
        };
        let published = self
            .write(&account, edit, message, vec![act_trailer(act)], now)
            .await?;
        Ok(saved(published, path.clone(), false))
    }

    /// Publishes an old version of a card again, as a new version.
    ///
    /// # Errors
    /// See [`PublishError`]; `Missing` when the commit is no version of this card.
    pub async fn restore(
        &self,
        actor: &Actor,
        path: &CardPath,
        commit: &CommitId,
        message: String,
        now: DateTime<Utc>,
    ) -> Result<Saved, PublishError> {
        let account = self.allowed(
            actor,
            &Act::Restore {
                path: path.as_str(),
            },
        )?;
        let snapshot = self.snapshot();
        let head: &Head = snapshot.head(path).ok_or(PublishError::Missing)?;
        let current = self.read_card(&snapshot, head).await?;
        let old = self.old_version(&snapshot, head, commit).await?;
        let text = restored(&old.view.card, &current.card);
        let edit = Edit::Put {
            path: path.clone(),
            text,
            base: Some(*snapshot.commit()),
        };
        let published = self
            .write(
                &account,
                edit,
                message,
                vec![act_trailer(KindOfChange::Restored)],
                now,
            )
            .await?;
        Ok(saved(published, path.clone(), false))
    }

    /// Tells whether `actor` may do `act` under the rules published now.
    pub fn may(&self, actor: &Actor, act: &Act<'_>) -> Answer {
        may(actor, act, &self.snapshot().config().governance)
    }

    /// Tells what keeps an edit from being published now, while whoever made it can mend it. Nothing is written.
    pub(crate) async fn rehearse(&self, edit: Edit) -> Result<(), PublishError> {
        let store = Arc::clone(&self.store);
        blocking(move || store.rehearse(&[edit])).await??;
        Ok(())
    }

    fn allowed(&self, actor: &Actor, act: &Act<'_>) -> Result<Arc<Account>, PublishError> {
        match self.may(actor, act) {
            Answer::Yes => actor.account().cloned().ok_or(PublishError::SignIn),
            Answer::SignIn => Err(PublishError::SignIn),
            Answer::No(reason) => Err(PublishError::NotAllowed(reason)),
        }
    }

    async fn already_published(&self, request_key: &str) -> Result<Option<Saved>, PublishError> {
        self.history_caught_up().await?;
        let row = self
            .db()
            .request(request_key)
            .await
            .map_err(|error| PublishError::Unexpected(error.into()))?;
        Ok(row.map(crate::read::version).map(|version| Saved {
            created: version.change == KindOfChange::Created,
            commit: version.commit,
            path: version.path,
            merged: false,
            unchanged: false,
        }))
    }

    async fn write(
        &self,
        account: &Account,
        edit: Edit,
        message: String,
        trailers: Vec<(String, String)>,
        now: DateTime<Utc>,
    ) -> Result<Published, PublishError> {
        let _turn = self.desk.lock().await;
        self.writable()?;
        let change = Change {
            edits: vec![edit],
            author: credit(account),
            message,
            trailers,
        };
        Ok(self.publish_change(change, now).await??)
    }

    /// Publishes a change, and wakes what follows publications. The caller holds the desk.
    pub(crate) async fn publish_change(
        &self,
        change: Change,
        now: DateTime<Utc>,
    ) -> anyhow::Result<Result<Published, StoreError>> {
        let store = Arc::clone(&self.store);
        let published = blocking(move || store.publish(change, now)).await?;
        if published.as_ref().is_ok_and(|done| !done.unchanged) {
            self.published.notify_one();
        }
        Ok(published)
    }
}

/// Returns whom the commits of an account credit: nobody by name, when they asked for it.
pub(crate) fn credit(account: &Account) -> Credit {
    let credit = real_credit(account);
    if account.hides_name {
        return Credit {
            name: hidden_name(account.language).to_string(),
            organisation: None,
            ..credit
        };
    }
    credit
}

/// Returns whom the commits of an account would credit if it hid nothing.
pub(crate) fn real_credit(account: &Account) -> Credit {
    Credit {
        name: account.credit_name.as_str().to_owned(),
        organisation: account
            .organisation
            .as_ref()
            .map(|name| name.as_str().to_owned()),
        account: account.id.uuid(),
    }
}

fn saved(published: Published, path: CardPath, created: bool) -> Saved {
    Saved {
        commit: published.commit,
        path,
        merged: published.merged,
        unchanged: published.unchanged,
        created,
    }
}

fn act_trailer(act: KindOfChange) -> (String, String) {
    (ACT_TRAILER.to_owned(), act.to_string())
}

/// Returns the text that publishes an old version again: the addresses that the card had since go on redirecting.
pub(crate) fn restored(old: &Card, current: &Card) -> String {
    old.with("aliases", current.value("aliases").cloned())
        .text()
        .to_owned()
}

impl From<StoreError> for PublishError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing { .. } => PublishError::Missing,
            StoreError::Exists { .. } => PublishError::Exists,
            StoreError::Unacceptable { reason, .. } => PublishError::Unacceptable(reason),
            StoreError::Refused { problems, .. } => PublishError::Invalid(problems),
            StoreError::Conflict {
                path,
                base,
                ours,
                theirs,
                conflicts,
                head,
            } => PublishError::Conflict(Box::new(EditConflict {
                path,
                base,
                published: ours,
                sent: theirs,
                conflicts: *conflicts,
                head: *head,
            })),
            other => PublishError::Unexpected(other.into()),
        }
    }
}

impl From<ReadError> for PublishError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Missing => PublishError::Missing,
            ReadError::Unexpected(cause) => PublishError::Unexpected(cause),
        }
    }
}
