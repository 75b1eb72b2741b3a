//! What the page of a card says of its talk: how many comments there are, to how many people it was useful.

use terreau_commons::Head;

use super::address;
use crate::{Failure, Reader, Site, url};

/// The end of a card's page.
pub struct TalkFoot {
    /// Where the comments are.
    pub href: String,
    /// How many there are, as a link says it.
    pub comments: String,
    /// To how many people it was useful, when they are enough to say it.
    pub useful: Option<String>,
    /// Where to say that it was useful.
    pub action: String,
    /// Whether the person said so already.
    pub is_useful: bool,
}

impl TalkFoot {
    /// Counts what was said of a card.
    pub async fn of(site: &Site, reader: &Reader, head: &Head) -> Result<TalkFoot, Failure> {
        let words = reader.words();
        let commons = &site.commons;
        let comments = commons.comment_count(head.id).await?;
        let useful = commons.useful_count(head.id).await?;
        Ok(TalkFoot {
            href: address(&head.path),
            comments: words.tell("comments-count", "count", comments),
            useful: useful.map(|count| words.tell("comments-useful-count", "count", count)),
            action: format!("{}/utile", url::card(&head.path)),
            is_useful: commons.is_useful_to(&reader.actor, head.id).await?,
        })
    }
}
