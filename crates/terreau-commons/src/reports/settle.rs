//! What an editor makes of two reports that look like the same case: a proposal, read by others like any change.

use chrono::{DateTime, Utc};
use terreau_card::{Card, CardPath, Value};
use terreau_community::Actor;

use crate::{CardChange, Commons, ProposalError, Suggestion};

/// The lists that reports of one case bring together.
const JOINED: [&str; 15] = [
    "topics",
    "tags",
    "authors",
    "sources",
    "about",
    "leads",
    "partners",
    "funders",
    "figures",
    "satisfactions",
    "obstacles",
    "tips",
    "surprises",
    "testimonies",
    "adaptations",
];

/// What becomes of two reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settling {
    /// They are close, and each stands for itself.
    Link,
    /// Both stay, and say where they disagree.
    KeepBoth {
        /// Where.
        conflicting: String,
    },
    /// The first takes up what the other lists; the other goes into the archive.
    Join,
}

impl Commons {
    /// Proposes what becomes of two reports; returns the number of the proposal. Whoever joins two of them mends the text
    /// of the one that stays in the proposal.
    ///
    /// # Errors
    /// `NeedsWords` when they disagree and nobody says where; see [`ProposalError`].
    pub async fn settle_reports(
        &self,
        actor: &Actor,
        (one, other): (&CardPath, &CardPath),
        settling: Settling,
        reason: String,
        now: DateTime<Utc>,
    ) -> Result<u64, ProposalError> {
        if one == other {
            return Err(ProposalError::Missing);
        }
        let snapshot = self.snapshot();
        let base = Some(*snapshot.commit());
        let mut cards = Vec::new();
        for path in [one, other] {
            let head = snapshot.head(path).ok_or(ProposalError::Missing)?;
            cards.push(self.read_card(&snapshot, head).await?);
        }
        let (first, second) = (&cards[0].card, &cards[1].card);
        let write = |path: &CardPath, card: Card| CardChange::Write {
            path: path.clone(),
            text: card.text().to_owned(),
            base,
        };
        let changes = match settling {
            Settling::Link => vec![write(one, linked(first, other, "close-to"))],
            Settling::KeepBoth { conflicting } => {
                let conflicting = conflicting.trim();
                if conflicting.is_empty() {
                    return Err(ProposalError::NeedsWords);
                }
                let first = linked(first, other, "close-to");
                vec![
                    write(one, disagreeing(&first, conflicting)),
                    write(other, disagreeing(second, conflicting)),
                ]
            }
            Settling::Join => vec![
                write(one, linked(&joined(first, second), other, "replaces")),
                CardChange::Archive {
                    path: other.clone(),
                    archived: true,
                },
            ],
        };
        let suggestion = Suggestion {
            changes,
            reason,
            request_key: None,
        };
        self.propose(actor, suggestion, now).await
    }
}

fn linked(card: &Card, to: &CardPath, relation: &str) -> Card {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut links = items(card, "links");
    let is_to = |link: &Value| link.get("to").and_then(Value::as_text) == Some(to.as_str());
    links.retain(|link| !is_to(link));
    links.push(Value::Map(vec![
        ("to".to_owned(), text(to.as_str())),
        ("relation".to_owned(), text(relation)),
    ]));
    card.with("links", Some(Value::List(links)))
}

fn disagreeing(card: &Card, conflicting: &str) -> Card {
    let before = card.value("conflicting_facts").and_then(Value::plain);
    let text = match before {
        Some(before) if before.contains(conflicting) => before,
        Some(before) => format!("{}\n{conflicting}", before.trim_end()),
        None => conflicting.to_owned(),
    };
    card.with("conflicting_facts", Some(Value::Text(text)))
}

/// Adds what only the other card lists; what both say differently stays as it is here, for people to mend.
fn joined(card: &Card, other: &Card) -> Card {
    JOINED.iter().fold(card.clone(), |card, key| {
        let mut all = items(&card, key);
        let before = all.len();
        for item in items(other, key) {
            if !all.contains(&item) {
                all.push(item);
            }
        }
        if all.len() == before {
            return card;
        }
        card.with(key, Some(Value::List(all)))
    })
}

fn items(card: &Card, key: &str) -> Vec<Value> {
    let list = card.value(key).and_then(Value::as_list);
    list.map(<[Value]>::to_vec).unwrap_or_default()
}
