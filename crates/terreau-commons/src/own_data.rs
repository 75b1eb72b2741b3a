//! One's own data: all of it to take away, and the end of one's account.

use chrono::{DateTime, Utc};
use terreau_card::CardId;
use terreau_community::{Account, AccountId, Act, Actor, ProposalState};
use terreau_db::{
    CommentRow, Decision, DraftRow, EventFilter, EventRow, Held, HeldChange, IdentityRow,
    NoticeRow, PrivateRemark, ProposalFilter, ProposalRow, RemarkRow, ReportRow, ReviewRow,
    SessionRow, Subject, TokenRow, TryOutRow,
};

use crate::people::require;
use crate::{Attachment, Commons, PeopleError, Version};

/// More rows than any person makes.
const ALL: u64 = 1_000_000;

/// All that the database keeps of a person, without a secret in it.
pub struct OwnData {
    /// Who they are.
    pub account: Account,
    /// Who vouches for them.
    pub identities: Vec<IdentityRow>,
    /// Where they are signed in.
    pub sessions: Vec<SessionRow>,
    /// Their tokens, revoked ones too.
    pub tokens: Vec<TokenRow>,
    /// What they watch.
    pub watches: Vec<Subject>,
    /// What they have not proposed yet.
    pub drafts: Vec<DraftRow>,
    /// What they suggested without an account and have not confirmed.
    pub held: Vec<HeldChange>,
    /// What they told of cards that they tried, until it was decided, each with what is attached to it.
    pub try_outs: Vec<(TryOutRow, Vec<Attachment>)>,
    /// What they were told.
    pub notices: Vec<NoticeRow>,
    /// What they proposed.
    pub proposals: Vec<ProposalRow>,
    /// What they remarked.
    pub remarks: Vec<RemarkRow>,
    /// What they commented.
    pub comments: Vec<CommentRow>,
    /// What they said against comments of others, each with the comment.
    pub reports: Vec<(i64, ReportRow)>,
    /// What they told those who look after cards, until it is settled.
    pub private_remarks: Vec<PrivateRemark>,
    /// The cards that were useful to them.
    pub useful: Vec<CardId>,
    /// What they reviewed.
    pub reviews: Vec<ReviewRow>,
    /// What they published.
    pub contributions: Vec<Version>,
    /// What the journal says that they did.
    pub events: Vec<EventRow>,
}

impl Commons {
    /// Returns all that is kept of the person who asks.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser.
    pub async fn own_data(
        &self,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Result<OwnData, PeopleError> {
        let actor = self.people().fresh(actor).await?;
        let account = own_account(&actor)?;
        let (db, id) = (self.db(), account.id);
        let proposed = ProposalFilter {
            author: Some(id),
            limit: ALL,
            held: Held::All,
            oldest_first: true,
            ..ProposalFilter::default()
        };
        let did = EventFilter {
            by: Some(id),
            ..EventFilter::default()
        };
        let mut try_outs = Vec::new();
        for row in db.try_outs_by(&account.email).await? {
            let attached = self.attachments_of(row.id).await;
            let attached = attached.map_err(anyhow::Error::from)?;
            try_outs.push((row, attached));
        }
        Ok(OwnData {
            identities: db.identities(id).await?,
            sessions: db.sessions(id, now).await?,
            tokens: db.tokens(id).await?,
            watches: db.watches(id).await?,
            drafts: db.drafts(id).await?,
            held: db.held_for(&account.email).await?,
            try_outs,
            notices: db.notices(id, ALL).await?,
            proposals: db.proposals(&proposed).await?.0,
            remarks: db.remarks_by(id).await?,
            comments: db.comments_by(id).await?,
            reports: db.reports_by(id).await?,
            private_remarks: db.private_remarks_of(&account.email).await?,
            useful: db.useful_to(id).await?,
            reviews: db.reviews_by(id).await?,
            contributions: self.people().contributions(id, ALL).await?,
            events: db.journal(&did, ALL).await?,
            account: account.clone(),
        })
    }

    /// Ends the account of the person who asks. What is published stays, under the name that was published with it; their open
    /// proposals are withdrawn, with `reason`; what they said to others stays, with nobody's name; all the rest goes at once.
    ///
    /// # Errors
    /// `LastSteward` when nobody would look after the commons; `NotAllowed` unless somebody asks in a browser.
    pub async fn delete_account(
        &self,
        actor: &Actor,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let actor = self.people().fresh(actor).await?;
        let id = own_account(&actor)?.id;
        let _turn = self.desk.lock().await;
        self.writable()?;
        // First, since it alone can be refused. After a crash here, their proposals stay open for others to decide.
        if !self.db().delete_account(id, now).await? {
            return Err(PeopleError::LastSteward);
        }
        self.withdraw_all(id, reason, now).await
    }

    async fn withdraw_all(
        &self,
        author: AccountId,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let open = ProposalFilter {
            author: Some(author),
            states: vec![ProposalState::Open],
            limit: ALL,
            held: Held::All,
            ..ProposalFilter::default()
        };
        for row in self.db().proposals(&open).await?.0 {
            let withdrawn = Decision {
                from: ProposalState::Open,
                head: row.head,
                to: ProposalState::Withdrawn,
                by: author,
                reason: Some(reason.to_owned()),
                published: None,
                at: now,
            };
            self.db().decide(row.number, withdrawn).await?;
        }
        Ok(())
    }
}

fn own_account(actor: &Actor) -> Result<&Account, PeopleError> {
    let account = actor.account().ok_or(PeopleError::NotAllowed)?;
    require(actor, &Act::EditAccount { owner: account.id })?;
    Ok(account)
}
