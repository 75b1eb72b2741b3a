//! Everything one can do here: read, search, publish, comment, sign in.
//!
//! One public method for each thing a person can do; a page, the command line and a job call the same one. Each asks
//! `terreau_community::may` first, computes with pure code, writes git (the truth of what is published), and leaves rows
//! and index to the projections, which catch up by themselves.

mod annual;
mod atlas;
mod attachments;
mod begin;
mod blocking;
mod comments;
mod coordinates;
mod credited;
mod credits;
mod documents;
mod drafts;
mod files;
mod guests;
mod lexicon;
mod mailmap;
mod moderation;
mod notices;
mod own_data;
mod people;
mod projections;
mod proposals;
mod publish;
mod question;
mod read;
mod reports;
mod reviewed;
mod search;
mod secret;
mod settings;
mod sought;
mod switch;
#[cfg(test)]
mod tests;
mod try_outs;
mod upkeep;
mod useful;
mod visitors;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use moka::sync::Cache;
use terreau_card::Problem;
use terreau_db::{Db, DbSettings};
use terreau_search::Index;
use terreau_store::{Store, StoreError, StoreSettings};
use tokio::sync::{Mutex, Notify, watch};

pub use annual::{Annual, Reuse};
pub use atlas::{Atlas, OrganisationCard, Spot, TerritoryCard};
pub use attachments::{
    AttachError, Attachment, LONGEST_ALT, LONGEST_CREDIT, MEDIA_FOLDER, MediaPath, format_of_media,
};
pub use begin::{Answers, Beginning, Pick, QUESTIONS};
pub use comments::{
    CommentThread, CommentWords, FoundComments, MAX_COMMENT, MAX_REASON, PrivateWords, SENT_A_DAY,
    TalkError,
};
pub use coordinates::{Coordinates, CoordinatesError, CoordinatesSource};
pub use credited::{CreditedPeople, CreditedPerson};
pub use credits::{Contributor, Credits};
pub use drafts::{Draft, DraftOf};
pub use files::{check, new_commons, read_folder};
pub use guests::{Confirmed, GuestChange, GuestError, HELD_LIFE};
pub use moderation::Moderation;
pub use notices::{Notice, NoticeLetter};
pub use own_data::OwnData;
pub use people::{
    ATTEMPT_LIFE, Entered, INVITATION_LIFE, LINK_LIFE, Linked, NewAttempt, NewToken, People,
    PeopleError, SignInMail, SignedIn,
};
pub use proposals::{
    Allowed, CardChange, Joins, NewRemark, Only, Order, ProposalError, ProposalFilter,
    ProposalLine, ProposalList, ProposalPage, ProposedCard, Queue, Suggestion, Thread,
};
pub use publish::{CardEdit, EditConflict, PublishError, Saved};
pub use question::Question;
pub use read::{CardView, Comparison, OldVersion, ReadError, Version, Versions};
pub use reports::{Pair, Reports, Settling, Side, SideBySide};
pub use reviewed::Reviewed;
pub use settings::{Settings, Starter};
pub use switch::ReadOnly;
pub use terreau_db::{
    AttachmentId, AttachmentWords, BlockedAddress, CommentRow, DraftRow, EventFilter, EventRow,
    HeldChange, Identity, IdentityId, IdentityRow, KindOfChange, Link, LinkPurpose,
    MAX_ATTACHMENTS, NoticeRow, Person, Place, PrivateRemark, Profile, ProposalFile, ProposalRow,
    RemarkRow, ReportRow, ReviewRow, RevisionRow, SessionRow, SignInAttempt, Subject, TokenRow,
    TryOutId, TryOutRow, TryOutState,
};
pub use terreau_media::{Format, LONGEST_SIDE, MAX_BYTES as MAX_FILE_BYTES, Refusal};
pub use terreau_search::{
    Answer, Dropped, Fragment, Hit, Query, Reason, Searched, Sort, Understood, WayOut, Where, Why,
};
pub use terreau_store::{Backlink, BlobId, CONFIG_FILE, CommitId, Facts, Head, Resolved, Snapshot};
pub use try_outs::{Accepted, DECIDED_LIFE, NewTryOut, SentTryOut, TryOutError, UNCONFIRMED_LIFE};
pub use upkeep::{Finding, rebuild};
pub use useful::SAID_FROM;

use crate::read::ViewKey;

/// Rendered cards kept in memory, in bytes.
const VIEW_CACHE_BYTES: u64 = 24 << 20;

/// Revisions whose comparison is kept in memory.
const PROPOSED_CACHE: u64 = 200;

/// Mailmaps kept in memory.
const MAILMAP_CACHE: u64 = 4;

/// Moments of which it is kept what organisations reviewed.
const REVIEWED_CACHE: u64 = 2;

/// Moments of which it is kept whom the history credits.
const CREDITED_CACHE: u64 = 2;

/// A commons that is open: one repository, its people and its projections.
pub struct Commons {
    store: Arc<Store>,
    index: Arc<Index>,
    people: People,
    switch: switch::Switch,
    instance_name: String,
    /// The data folder.
    dir: PathBuf,
    views: Cache<ViewKey, Arc<CardView>>,
    /// What revisions change, by their base and their commit.
    proposed: Cache<(CommitId, CommitId), Arc<Vec<ProposedCard>>>,
    /// The names that mailmaps give, by their text.
    mailmaps: Cache<BlobId, Arc<mailmap::Mailmap>>,
    /// What organisations reviewed, by commit.
    reviewed: Cache<CommitId, Arc<Reviewed>>,
    /// Whom the history credits, by commit.
    credited: Cache<CommitId, Arc<Vec<CreditedPerson>>>,
    /// The territories and organisations of the moment that was asked for last.
    atlas: Arc<atlas::Kept>,
    /// Where communes are, when a file was imported.
    coordinates: Option<Arc<Coordinates>>,
    /// What the reports published say together.
    reports: Arc<reports::Kept>,
    /// Held by whoever publishes or moves a proposal: what a step saw is still so when it writes.
    desk: Mutex<()>,
    /// What the index's words were made of.
    lexicon: std::sync::Mutex<Option<lexicon::LexiconKey>>,
    published: Notify,
    caught_up: watch::Sender<Option<CommitId>>,
}

/// Why a commons could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The files that the commons would start from break its rules: the first file that does, with its problems.
    #[error("{file} breaks the rules of the commons")]
    Invalid {
        /// The file.
        file: String,
        /// What is wrong in it.
        problems: Vec<Problem>,
    },
    /// The repository is damaged.
    #[error("the repository is damaged: {0}")]
    Damaged(String),
    /// Another process holds the data folder.
    #[error("another terreau process uses this data folder")]
    InUse,
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl Commons {
    /// Opens the commons of a data folder, making it from `starter` when the folder has none.
    ///
    /// Projections that are behind catch up in the background: reading works at once.
    ///
    /// # Errors
    /// `InUse` when another process serves this folder; `Unexpected` for the rest.
    pub async fn open(
        settings: Settings,
        starter: impl FnOnce() -> anyhow::Result<Starter>,
    ) -> Result<Arc<Commons>, OpenError> {
        let (store, index) = open_machines(&settings, starter)?;
        let coordinates = coordinates::open(&settings.dir).await?;
        let people = People::open(&settings).await?;
        let switch = switch::Switch::read(people.db())
            .await
            .context("the switches")?;
        let (caught_up, _) = watch::channel(None);
        let commons = Arc::new(Commons {
            store: Arc::new(store),
            index: Arc::new(index),
            people,
            switch,
            instance_name: settings.instance_name,
            dir: settings.dir,
            views: Cache::builder()
                .max_capacity(VIEW_CACHE_BYTES)
                .weigher(|_, view: &Arc<CardView>| view.weight())
                .build(),
            proposed: Cache::new(PROPOSED_CACHE),
            mailmaps: Cache::new(MAILMAP_CACHE),
            reviewed: Cache::new(REVIEWED_CACHE),
            credited: Cache::new(CREDITED_CACHE),
            atlas: Arc::default(),
            coordinates,
            reports: Arc::default(),
            desk: Mutex::new(()),
            lexicon: std::sync::Mutex::new(None),
            published: Notify::new(),
            caught_up,
        });
        commons
            .refresh_lexicon(&commons.snapshot())
            .await
            .context("the words of the search")?;
        commons
            .begin_telling()
            .await
            .context("what people were told")?;
        Ok(commons)
    }

    /// Returns the published moment: everything one request shows comes from one snapshot.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.store.snapshot()
    }

    /// Returns what one can do about accounts, sessions and tokens.
    pub fn people(&self) -> &People {
        &self.people
    }

    /// Returns the bare repository, for the git wire.
    pub fn git_dir(&self) -> &Path {
        self.store.git_dir()
    }

    fn db(&self) -> &Db {
        self.people.db()
    }
}

fn open_machines(
    settings: &Settings,
    starter: impl FnOnce() -> anyhow::Result<Starter>,
) -> Result<(Store, Index), OpenError> {
    let store_settings = StoreSettings {
        dir: settings.dir.clone(),
        instance_host: settings.instance_host.clone(),
        instance_name: settings.instance_name.clone(),
    };
    let store = if Store::exists(&settings.dir) {
        Store::open(store_settings)
    } else {
        Store::create(store_settings, starter()?, chrono::Utc::now())
    };
    let store = store.map_err(|error| match error {
        StoreError::Busy(_) => OpenError::InUse,
        StoreError::Refused { path, problems } => OpenError::Invalid {
            file: path,
            problems,
        },
        StoreError::Damaged(what) => OpenError::Damaged(what),
        other => OpenError::Unexpected(
            anyhow::Error::from(other).context("the repository cannot be opened"),
        ),
    })?;
    let index = Index::open(&settings.dir.join("index"))
        .map_err(|error| anyhow::Error::from(error).context("the search index cannot be opened"))?;
    Ok((store, index))
}

/// Returns where the database of a data folder is.
fn db_settings(settings: &Settings) -> DbSettings {
    DbSettings {
        url: settings.database.clone(),
        dir: settings.dir.clone(),
    }
}
