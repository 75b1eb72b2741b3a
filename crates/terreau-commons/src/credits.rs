//! Who made a card: the attribution sentence, the contributors, and who last wrote each paragraph.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_card::{Attribution, AttributionFacts, Card, blame};
use terreau_store::{Head, Snapshot};

use crate::blocking::blocking;
use crate::{CardView, Commons, ReadError, Version};

/// How many versions are read to tell who wrote a paragraph; older ones are credited as one.
const BLAMED_VERSIONS: u64 = 200;

/// Who made a card.
pub struct Credits {
    /// The sentence to copy when reusing the card.
    pub attribution: Attribution,
    /// Everyone who changed the card, most recent first.
    pub contributors: Vec<Contributor>,
    /// Each paragraph of the published body with the version that last changed it.
    pub paragraphs: Vec<(String, Version)>,
}

/// Someone who changed a card.
#[derive(Clone, Debug)]
pub struct Contributor {
    /// The name they chose to publish.
    pub name: String,
    /// The organisation credited with them.
    pub organisation: Option<String>,
    /// How many versions they made.
    pub versions: i64,
    /// When they last changed the card.
    pub last: DateTime<Utc>,
}

impl Commons {
    /// Returns the attribution of a card as published in `snapshot`; `base_url` is this instance's, without a final slash.
    ///
    /// # Errors
    /// `Unexpected` when the history table cannot be read.
    pub async fn attribution(
        &self,
        snapshot: &Snapshot,
        head: &Head,
        view: &CardView,
        base_url: &str,
    ) -> Result<Attribution, ReadError> {
        self.history_caught_up().await?;
        let names = self.mailmap().await?;
        let credited = names.credited(self.db().authors_of(head.id).await?);
        let facts = AttributionFacts {
            url: format!("{base_url}/{}", head.path),
            version_date: head.updated.date_naive(),
            // The instance itself brings the first cards in; their authors are written on them.
            credited: credited
                .into_iter()
                .map(|one| one.name)
                .filter(|name| *name != self.instance_name)
                .collect(),
            default_licence: snapshot.config().default_licence.clone(),
        };
        Ok(Attribution::of(&view.card, facts))
    }

    /// Returns who made the card of `head`.
    ///
    /// # Errors
    /// `Unexpected` when history or repository cannot be read.
    pub async fn credits(
        &self,
        snapshot: &Arc<Snapshot>,
        head: &Head,
        base_url: &str,
    ) -> Result<Credits, ReadError> {
        let view = self.read_card(snapshot, head).await?;
        self.history_caught_up().await?;
        let names = self.mailmap().await?;
        let contributors = names.credited(self.db().authors_of(head.id).await?);
        let mut versions: Vec<Version> = self
            .db()
            .versions(head.id, BLAMED_VERSIONS, None)
            .await?
            .into_iter()
            .map(|row| names.version(row))
            .collect();
        versions.reverse();
        let store = Arc::clone(&self.store);
        let paragraphs = blocking(move || {
            let mut bodies = Vec::with_capacity(versions.len());
            for version in &versions {
                bodies.push(Card::read(&store.text(&version.blob)?).0.body().to_owned());
            }
            Ok::<_, ReadError>(blamed(&bodies, &versions))
        })
        .await??;
        Ok(Credits {
            attribution: self.attribution(snapshot, head, &view, base_url).await?,
            contributors: contributors
                .into_iter()
                .map(|author| Contributor {
                    name: author.name,
                    organisation: author.organisation,
                    versions: author.versions,
                    last: author.last,
                })
                .collect(),
            paragraphs,
        })
    }
}

fn blamed(bodies: &[String], versions: &[Version]) -> Vec<(String, Version)> {
    let Some(last) = bodies.last() else {
        return Vec::new();
    };
    let texts: Vec<&str> = bodies.iter().map(String::as_str).collect();
    blame(&texts)
        .into_iter()
        .map(|(range, origin)| (last[range].to_owned(), versions[origin].clone()))
        .collect()
}
