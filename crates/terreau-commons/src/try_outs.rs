//! Try-outs: somebody tells in two minutes of a card that they tried. It waits until they confirm their address and an editor
//! looks at it; accepted, it is a proposal of a new experience, under the name that they gave.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use secrecy::SecretString;
use terreau_card::{Card, CardId, CardPath, Kind};
use terreau_community::{Act, Actor, CreditName, EmailAddress, OrganisationName, Verdict, may};
use terreau_db::{DbError, NewEvent, TryOutId, TryOutRow, TryOutState};
use terreau_experience::TryOut;
use terreau_store::{Edit, Snapshot};

use crate::publish::PublishError;
use crate::secret::{hash, hex_digest, new_secret};
use crate::{CardChange, Commons, PeopleError, ProposalError, Suggestion};

/// How long a try-out waits to be confirmed.
pub const UNCONFIRMED_LIFE: Duration = Duration::days(7);
/// How long the link of a try-out tells what was decided.
pub const DECIDED_LIFE: Duration = Duration::days(180);
/// How many try-outs a page of moderation lists.
const MOST_LISTED: u64 = 50;

/// A try-out that was just typed.
#[derive(Clone, Debug)]
pub struct NewTryOut {
    /// What it tells.
    pub told: TryOut,
    /// Where the link of its sender goes; that of their account when they have one.
    pub email: Option<EmailAddress>,
    /// The name to credit.
    pub name: CreditName,
    /// The organisation to credit.
    pub organisation: Option<OrganisationName>,
    /// From where on the network it came.
    pub visitor: IpAddr,
}

/// A try-out that is kept.
#[derive(Clone, Debug)]
pub struct SentTryOut {
    /// The secret of its sender's link.
    pub token: SecretString,
    /// Whom the link goes to.
    pub email: EmailAddress,
    /// What is kept.
    pub row: TryOutRow,
}

/// What became of an accepted try-out.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The proposal.
    pub number: u64,
    /// Whether it is published already; else more people must agree.
    pub is_published: bool,
    /// The try-out, with its address: it is forgotten from now on.
    pub row: TryOutRow,
}

/// Why something was not done to a try-out. Nothing typed is lost: the caller still holds it.
#[derive(Debug, thiserror::Error)]
pub enum TryOutError {
    /// Nobody gave an address, or the person may not.
    #[error("not allowed")]
    NotAllowed,
    /// Too many wait already, or it is too long.
    #[error("there is no room for it")]
    Full,
    /// Nothing more is taken from this address.
    #[error("blocked")]
    Blocked,
    /// There is none, or its link opens nothing.
    #[error("not found")]
    Missing,
    /// It was decided, or changed, since the person looked at it.
    #[error("it changed meanwhile")]
    Outdated,
    /// Something must be said and was not.
    #[error("a few words are needed")]
    NeedsWords,
    /// It breaks a rule of the format.
    #[error("cannot be published")]
    Unpublishable(PublishError),
    /// The account of its sender.
    #[error(transparent)]
    Person(#[from] PeopleError),
    /// The proposal.
    #[error(transparent)]
    Proposal(#[from] ProposalError),
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<DbError> for TryOutError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full => TryOutError::Full,
            other => TryOutError::Unexpected(other.into()),
        }
    }
}

impl Commons {
    /// Keeps a try-out. A guest's waits for the mailed link; that of somebody who is signed in waits for an editor at once.
    ///
    /// # Errors
    /// `NotAllowed`, `Full`, or `Unpublishable` with the rules that its card would break; nothing is kept then.
    pub async fn send_try_out(
        &self,
        actor: &Actor,
        new: NewTryOut,
        now: DateTime<Utc>,
    ) -> Result<SentTryOut, TryOutError> {
        let actor = self.people().fresh(actor).await?;
        if !may(&actor, &Act::ReportBack, &[]).is_yes() {
            return Err(TryOutError::NotAllowed);
        }
        self.writable()?;
        let account = actor.account();
        let email = match account {
            Some(account) => account.email.clone(),
            None => new.email.ok_or(TryOutError::NotAllowed)?,
        };
        if self.db().is_blocked(&email).await? {
            return Err(TryOutError::Blocked);
        }
        let sender = match account {
            Some(account) => account.id.to_string(),
            None => new.visitor.to_string(),
        };
        let sender = self.hidden(&sender).await?;
        // Whoever floods costs little: they are refused before anything is made of what they send.
        if !self.db().has_room_for_try_out(sender, &email).await? {
            return Err(TryOutError::Full);
        }
        let snapshot = self.snapshot();
        let card = new
            .told
            .card(CardId(uuid::Uuid::now_v7()), snapshot.config());
        let path = free_place(&snapshot, &new.told.slug());
        let edit = Edit::Put {
            path,
            text: card.text().to_owned(),
            base: None,
        };
        self.rehearse(edit)
            .await
            .map_err(TryOutError::Unpublishable)?;
        let secret = new_secret("")?;
        let state = match account {
            Some(_) => TryOutState::Waiting,
            None => TryOutState::Unconfirmed,
        };
        let row = TryOutRow {
            id: TryOutId::new(uuid::Uuid::now_v7()),
            email: Some(email.clone()),
            sender: Some(sender),
            name: new.name,
            organisation: new.organisation,
            language: new.told.language,
            about: new.told.about,
            text: card.text().to_owned(),
            state,
            answer: None,
            proposal: None,
            path: None,
            created_at: now,
            changed_at: now,
        };
        self.db().add_try_out(secret.hash, &row).await?;
        Ok(SentTryOut {
            token: secret.text,
            email,
            row,
        })
    }

    /// Returns the try-out of a link, without doing anything: mail scanners open links.
    ///
    /// # Errors
    /// `Missing` when the link opens nothing.
    pub async fn own_try_out(&self, token: &str) -> Result<TryOutRow, TryOutError> {
        let row = self.db().try_out_of(hash(token)).await?;
        row.ok_or(TryOutError::Missing)
    }

    /// Lets those who decide see a try-out: its sender confirms their address, or has answered.
    ///
    /// # Errors
    /// `Missing`; `Outdated` once it was decided.
    pub async fn confirm_try_out(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<(), TryOutError> {
        let row = self.own_try_out(token).await?;
        if row.state == TryOutState::Waiting {
            return Ok(());
        }
        let mut after = self.still_open(&row)?;
        after.state = TryOutState::Waiting;
        self.put(&row, after, now).await
    }

    /// Keeps what its sender completed or corrected.
    ///
    /// # Errors
    /// `Missing`, `Full`; `Outdated` when it was decided, or is not what `seen` was.
    pub async fn complete_try_out(
        &self,
        token: &str,
        seen: &Card,
        card: &Card,
        now: DateTime<Utc>,
    ) -> Result<(), TryOutError> {
        let row = self.own_try_out(token).await?;
        let mut after = self.still_open(&row)?;
        if row.text != seen.text() {
            return Err(TryOutError::Outdated);
        }
        if card.id() != Card::read(&row.text).0.id() || card.kind() != Some(Kind::Experience) {
            return Err(TryOutError::NotAllowed);
        }
        card.text().clone_into(&mut after.text);
        self.put(&row, after, now).await
    }

    /// Takes a try-out back, and forgets who sent it.
    ///
    /// # Errors
    /// `Missing`; `Outdated` once it was decided.
    pub async fn withdraw_try_out(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<(), TryOutError> {
        let row = self.own_try_out(token).await?;
        let mut after = self.still_open(&row)?;
        after.state = TryOutState::Withdrawn;
        after.text.clear();
        forget_sender(&mut after);
        self.put(&row, after, now).await
    }

    /// Returns the try-outs that wait for somebody to look at them, the oldest first.
    ///
    /// # Errors
    /// `NotAllowed` but for those who decide.
    pub async fn try_outs(&self, actor: &Actor) -> Result<Vec<TryOutRow>, TryOutError> {
        self.moderating(actor)?;
        Ok(self
            .db()
            .try_outs(TryOutState::Waiting, MOST_LISTED)
            .await?)
    }

    /// Returns how many try-outs wait.
    ///
    /// # Errors
    /// `NotAllowed` but for those who decide.
    pub async fn count_try_outs(&self, actor: &Actor) -> Result<u64, TryOutError> {
        self.moderating(actor)?;
        Ok(self.db().count_try_outs(TryOutState::Waiting).await?)
    }

    /// Returns a try-out to somebody who decides.
    ///
    /// # Errors
    /// `NotAllowed` but for those who decide; `Missing`, also before its sender confirmed their address.
    pub async fn try_out(&self, actor: &Actor, id: TryOutId) -> Result<TryOutRow, TryOutError> {
        self.moderating(actor)?;
        let row = self.db().try_out(id).await?;
        row.filter(|row| row.state != TryOutState::Unconfirmed)
            .ok_or(TryOutError::Missing)
    }

    /// Asks its sender something; returns the try-out, to write to them.
    ///
    /// # Errors
    /// See [`TryOutError`].
    pub async fn ask_try_out(
        &self,
        actor: &Actor,
        id: TryOutId,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<TryOutRow, TryOutError> {
        self.answer(actor, id, TryOutState::Asked, words, now).await
    }

    /// Decides against a try-out, and says why; returns it with its address, which is forgotten from now on.
    ///
    /// # Errors
    /// See [`TryOutError`].
    pub async fn decline_try_out(
        &self,
        actor: &Actor,
        id: TryOutId,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<TryOutRow, TryOutError> {
        self.answer(actor, id, TryOutState::Declined, words, now)
            .await
    }

    async fn answer(
        &self,
        actor: &Actor,
        id: TryOutId,
        state: TryOutState,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<TryOutRow, TryOutError> {
        let actor = self.people().fresh(actor).await?;
        let row = self.try_out(&actor, id).await?;
        let words = words.trim();
        if words.is_empty() {
            return Err(TryOutError::NeedsWords);
        }
        let mut after = self.still_open(&row)?;
        after.state = state;
        after.answer = Some(words.to_owned());
        if !state.is_open() {
            forget_sender(&mut after);
        }
        self.put(&row, after, now).await?;
        let what = match state {
            TryOutState::Asked => "ask-try-out",
            _ => "decline-try-out",
        };
        self.note_try_out(&actor, id, what, now).await?;
        Ok(row)
    }

    /// Remembers in the journal who decided.
    async fn note_try_out(
        &self,
        actor: &Actor,
        id: TryOutId,
        what: &str,
        now: DateTime<Utc>,
    ) -> Result<(), TryOutError> {
        let event = NewEvent {
            at: now,
            by: actor.account().map(|account| account.id),
            what: what.to_owned(),
            about: format!("try-out:{id}"),
            detail: "{}".to_owned(),
        };
        Ok(self.db().add_event(event).await?)
    }

    /// Makes a proposal of a try-out in its sender's name, agrees to it, and publishes it when that is enough.
    ///
    /// # Errors
    /// `Outdated` when it changed since `seen`, the moment of its last change that the person looked at; `Unpublishable`, and what
    /// the account of its sender or the proposal has against it. The try-out waits on then.
    pub async fn accept_try_out(
        &self,
        actor: &Actor,
        id: TryOutId,
        seen: Option<DateTime<Utc>>,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<Accepted, TryOutError> {
        let actor = self.people().fresh(actor).await?;
        let row = self.try_out(&actor, id).await?;
        let mut after = self.still_open(&row)?;
        if seen.is_some_and(|seen| seen != row.changed_at) {
            return Err(TryOutError::Outdated);
        }
        let email = row.email.as_ref().ok_or(TryOutError::Missing)?;
        let sender = self
            .people()
            .confirmed(email, &row.name, row.language, now)
            .await?;
        let path = free_place(&self.snapshot(), &slug_of_card(&row.text));
        let (text, mut changes) = self.with_attachments(&row, &path).await?;
        changes.push(CardChange::Write {
            path: path.clone(),
            text,
            base: None,
        });
        let suggestion = Suggestion {
            changes,
            reason: reason.to_owned(),
            request_key: Some(hex_digest(&format!("try-out/{id}"))),
        };
        let sender = Actor::person(Arc::new(sender));
        let number = match self.propose(&sender, suggestion, now).await {
            Err(ProposalError::Unpublishable(why)) => return Err(TryOutError::Unpublishable(why)),
            number => number?,
        };
        after.state = TryOutState::Accepted;
        after.proposal = Some(number);
        after.path = Some(path);
        forget_sender(&mut after);
        self.put(&row, after, now).await?;
        self.note_try_out(&actor, id, "accept-try-out", now).await?;
        let is_published = self.agree(&actor, number, now).await?;
        Ok(Accepted {
            number,
            is_published,
            row,
        })
    }

    /// Approves a proposal and publishes it, as far as the rules let this person; tells whether it is published.
    async fn agree(
        &self,
        actor: &Actor,
        number: u64,
        now: DateTime<Utc>,
    ) -> Result<bool, TryOutError> {
        let row = self.open_proposal(actor, number).await?;
        let head = super::proposals::kept_commit(&row.head)?;
        match self
            .review(actor, number, &head, Verdict::Approve, "", now)
            .await
        {
            // Whoever accepts what they sent themselves reviews nothing.
            Ok(()) | Err(ProposalError::NotAllowed(_)) => {}
            Err(other) => return Err(other.into()),
        }
        match self.publish_proposal(actor, number, &head, now).await {
            Ok(_) => Ok(true),
            Err(ProposalError::NotAllowed(_) | ProposalError::NotEnough(_)) => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    fn moderating(&self, actor: &Actor) -> Result<(), TryOutError> {
        let moderates = self.moderator(actor, &Act::Moderate);
        moderates.map_err(|_| TryOutError::NotAllowed)
    }

    /// Returns a copy to change, of a try-out that nobody decided.
    pub(crate) fn still_open(&self, row: &TryOutRow) -> Result<TryOutRow, TryOutError> {
        self.writable()?;
        if row.state.is_open() {
            Ok(row.clone())
        } else {
            Err(TryOutError::Outdated)
        }
    }

    async fn put(
        &self,
        before: &TryOutRow,
        mut after: TryOutRow,
        now: DateTime<Utc>,
    ) -> Result<(), TryOutError> {
        after.changed_at = now;
        match self.db().change_try_out(before, &after).await? {
            true => Ok(()),
            false => Err(TryOutError::Outdated),
        }
    }
}

/// Returns where a new experience can be: at its slug, or with the first number that is free.
fn free_place(snapshot: &Snapshot, slug: &str) -> CardPath {
    let folder = &snapshot.config().kind(Kind::Experience).folder;
    let slug = if slug.is_empty() { "essai" } else { slug };
    let is_free = |path: &CardPath| snapshot.head(path).is_none() && snapshot.alias(path).is_none();
    std::iter::once(String::new())
        .chain((2..).map(|number| format!("-{number}")))
        .filter_map(|end| CardPath::parse(&format!("{folder}/{slug}{end}")).ok())
        .find(is_free)
        .expect("numbers don't end")
}

/// Returns the slug that the title of a card makes.
fn slug_of_card(text: &str) -> String {
    terreau_card::slug_of(Card::read(text).0.title())
}

fn forget_sender(row: &mut TryOutRow) {
    row.email = None;
    row.sender = None;
}

impl TryOutError {
    /// Returns the rules of the format that its card breaks, if that is what keeps it.
    pub fn problems(&self) -> &[terreau_card::Problem] {
        match self {
            TryOutError::Unpublishable(PublishError::Invalid(problems)) => problems,
            _ => &[],
        }
    }
}
