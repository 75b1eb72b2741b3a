//! Comments: what becomes of them, and whose wait until somebody looked.

use crate::word::words;
use crate::{Account, Role};

words! {
    /// Where a comment is in its life.
    pub enum CommentState {
        /// Its author is new here: only they and moderators see it.
        Waiting = "waiting",
        /// Everyone sees it.
        Shown = "shown",
        /// A moderator decided against it, before it was seen or after.
        Declined = "declined",
        /// Its author took it back; nothing of it is kept but its place in a thread.
        Deleted = "deleted",
    }
}

/// Tells whether nobody has looked yet at anything of a person: what they send is held until an editor did.
///
/// Nothing of a stranger is public before: neither a comment nor a proposal.
pub fn is_stranger(account: &Account) -> bool {
    account.role < Role::Editor && !account.is_known
}
