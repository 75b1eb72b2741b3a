//! What one typed and did not send, in the list of one's account.

use terreau_commons::{Draft, DraftOf};

use crate::dates::Moment;
use crate::pages::edit::draft;
use crate::{Failure, Reader, Site};

/// A draft in the list.
pub struct DraftLine {
    /// What it is of, in a few words.
    pub title: String,
    /// What names it.
    pub key: String,
    /// Where it is taken up again; nowhere when its card is gone.
    pub href: Option<String>,
    /// When it was saved.
    pub saved: Moment,
}

impl DraftLine {
    /// Lists a person's drafts, last saved first.
    pub async fn all(reader: &Reader, site: &Site) -> Result<Vec<DraftLine>, Failure> {
        let drafts = site.commons.drafts(&reader.actor).await?;
        let line = |found: Draft| DraftLine {
            title: title(&found, reader, site),
            key: found.of.to_string(),
            href: draft::href(&found.of, site),
            saved: Moment::with_time(found.saved_at, reader.language),
        };
        Ok(drafts.into_iter().map(line).collect())
    }
}

fn title(found: &Draft, reader: &Reader, site: &Site) -> String {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    match &found.of {
        DraftOf::Card(id) => match snapshot.by_id(id) {
            Some(head) => head.title.clone(),
            None => words.say("account-draft-card-gone"),
        },
        DraftOf::New { kind, .. } => {
            let typed = found.typed.iter().find(|(name, _)| name == "f.title");
            let title = typed.map_or("", |(_, title)| title.trim());
            let kind = snapshot.config().kind(*kind).label.get(reader.language);
            match title {
                "" => words.tell("edit-page-new", "kind", kind),
                title => title.to_owned(),
            }
        }
        DraftOf::Revision { number, .. } => words.tell("proposals-number", "number", number),
    }
}
