//! Notices: what people are told, and how often by mail.

use crate::word::words;

words! {
    /// How often a person gets their notices by mail; on the site they are always there.
    #[derive(Default)]
    pub enum HowOften {
        /// A letter for each.
        #[default]
        AtOnce = "at-once",
        /// One letter a day.
        Daily = "daily",
        /// No letters.
        Never = "never",
    }
}

words! {
    /// What a notice tells.
    pub enum NoticeKind {
        /// Their review is asked.
        ReviewAsked = "review-asked",
        /// Somebody remarked on their proposal or answered them.
        Remark = "remark",
        /// A reviewer asked them for changes.
        ChangesAsked = "changes-asked",
        /// A reviewer approved their proposal.
        Approved = "approved",
        /// Their proposal was published.
        Published = "published",
        /// Their proposal was declined.
        Declined = "declined",
        /// Their proposal no longer joins with what is published.
        Conflict = "conflict",
        /// Something that they watch changed.
        WatchedChange = "watched-change",
        /// A new card answers a search that they watch.
        SearchAnswered = "search-answered",
        /// Somebody commented on a card that they watch.
        Comment = "comment",
        /// Somebody answered a comment of theirs.
        CommentAnswered = "comment-answered",
        /// Their comment, which waited, is shown.
        CommentShown = "comment-shown",
        /// A moderator asks something about their comment, which waits.
        CommentAsked = "comment-asked",
        /// A moderator decided against their comment.
        CommentDeclined = "comment-declined",
    }
}
