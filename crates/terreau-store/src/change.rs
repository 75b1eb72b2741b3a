//! What a caller asks to publish, and what it gets back.

use std::sync::Arc;

use terreau_card::CardPath;
use uuid::Uuid;

use crate::{BlobId, CommitId, Snapshot};

/// One change of the commons: one commit when it is published.
#[derive(Debug, Clone)]
pub struct Change {
    /// What to do, in order; each edit sees the result of those before it.
    pub edits: Vec<Edit>,
    /// Who is credited.
    pub author: Credit,
    /// What the author said of the change; the first line becomes the subject.
    pub message: String,
    /// More trailers, such as `Request-Key` or `Co-authored-by`; those of the store come first.
    pub trailers: Vec<(String, String)>,
}

/// Whom a commit credits.
#[derive(Debug, Clone)]
pub struct Credit {
    /// The name that the contributor chose to publish.
    pub name: String,
    /// The organisation that the contributor speaks for.
    pub organisation: Option<String>,
    /// The account: it makes the address, which is no mailbox.
    pub account: Uuid,
}

/// One thing to do in a change.
#[derive(Debug, Clone)]
pub enum Edit {
    /// Writes a card.
    Put {
        /// Where; an old path of a renamed card is followed.
        path: CardPath,
        /// The whole new text.
        text: String,
        /// The version that the author started from; `None` for a new card.
        base: Option<CommitId>,
    },
    /// Moves a card: its old path becomes an alias and the cards that name it are rewritten.
    Rename {
        /// The present path.
        from: CardPath,
        /// The new path.
        to: CardPath,
        /// The version that the author looked at.
        base: Option<CommitId>,
    },
    /// Writes a file that is no card: an image, `commons.toml`.
    PutFile {
        /// The path from the root of the commons.
        path: String,
        /// The whole new content.
        bytes: Vec<u8>,
        /// The version that the author started from: a file changed since is not overwritten. `None` overwrites.
        base: Option<CommitId>,
    },
}

/// What was published.
#[derive(Debug, Clone)]
pub struct Published {
    /// The commit that holds the change; the present one when nothing changed.
    pub commit: CommitId,
    /// Whether the change was joined with one made meanwhile.
    pub merged: bool,
    /// The commons as it is now.
    pub snapshot: Arc<Snapshot>,
    /// Whether the commons already said exactly this: then no commit was made.
    pub unchanged: bool,
}

/// The text of a card in one version.
#[derive(Debug, Clone)]
pub struct CardText {
    /// Where the card was in that version.
    pub path: CardPath,
    /// The blob that holds the text: a cache key that never goes stale.
    pub blob: BlobId,
    /// The text itself.
    pub text: Arc<str>,
}
