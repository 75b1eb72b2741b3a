//! What front matter says, in types.

use super::{Author, Card, Link, Media, Source, Status};
use crate::{CardId, CardPath, Kind, Value, yaml::Data};

impl Card {
    /// Returns the identity, when there is a good one.
    pub fn id(&self) -> Option<CardId> {
        self.text_of("id")?.parse().ok()
    }

    /// Returns the kind, when it is one of the format.
    pub fn kind(&self) -> Option<Kind> {
        self.text_of("kind")?.parse().ok()
    }

    /// Returns the title, empty when there is none.
    pub fn title(&self) -> &str {
        self.text_of("title").unwrap_or_default()
    }

    /// Returns the summary, empty when there is none.
    pub fn summary(&self) -> &str {
        self.text_of("summary").unwrap_or_default()
    }

    /// Returns the language tag, when the card names one.
    pub fn language(&self) -> Option<&str> {
        self.text_of("language").filter(|tag| !tag.is_empty())
    }

    /// Returns the life of the card.
    pub fn status(&self) -> Status {
        match self.text_of("status") {
            Some("to-review") => Status::ToReview,
            Some("archived") => Status::Archived,
            _ => Status::Active,
        }
    }

    /// Returns the codes of its topics.
    pub fn topics(&self) -> Vec<&str> {
        self.texts("topics")
    }

    /// Returns its free words.
    pub fn tags(&self) -> Vec<&str> {
        self.texts("tags")
    }

    /// Returns the questions that it answers, as people ask them.
    pub fn asked(&self) -> Vec<&str> {
        let mut asked = self.texts("asked");
        if self.kind() == Some(Kind::Pathway) {
            asked.extend(self.text_of("question"));
        }
        asked
    }

    /// Returns the paths where the card lived before.
    pub fn aliases(&self) -> Vec<CardPath> {
        self.texts("aliases")
            .into_iter()
            .filter_map(|path| CardPath::parse(path).ok())
            .collect()
    }

    /// Returns the parties to credit.
    pub fn authors(&self) -> Vec<Author> {
        self.list("authors")
            .iter()
            .filter_map(|item| {
                let name = item
                    .plain()
                    .or_else(|| text(item, "name"))
                    .filter(|name| !name.is_empty())?;
                Some(Author {
                    name,
                    organisation: text(item, "organisation"),
                    url: text(item, "url"),
                    role: text(item, "role"),
                })
            })
            .collect()
    }

    /// Returns what it comes from.
    pub fn sources(&self) -> Vec<Source> {
        self.list("sources")
            .iter()
            .filter_map(|item| {
                Some(Source {
                    title: item
                        .plain()
                        .or_else(|| text(item, "title"))
                        .filter(|title| !title.is_empty())?,
                    authors: text(item, "authors"),
                    url: text(item, "url"),
                    date: text(item, "date"),
                    licence: text(item, "licence"),
                    usage: text(item, "usage").unwrap_or_default(),
                    changes: text(item, "changes"),
                    commons: text(item, "commons"),
                    id: text(item, "id").and_then(|id| id.parse().ok()),
                    commit: text(item, "commit"),
                })
            })
            .collect()
    }

    /// Returns its links to other cards.
    pub fn links(&self) -> Vec<Link> {
        self.list("links")
            .iter()
            .filter_map(|item| {
                let to = CardPath::parse(&text(item, "to")?).ok()?;
                Some(Link {
                    to,
                    relation: text(item, "relation").unwrap_or_default(),
                })
            })
            .collect()
    }

    /// Returns its licence, when it names one.
    pub fn licence(&self) -> Option<&str> {
        self.text_of("licence")
            .filter(|licence| !licence.is_empty())
    }

    /// Returns the images and files that it uses.
    pub fn media(&self) -> Vec<Media> {
        let entries = self
            .value("media")
            .and_then(Value::as_map)
            .unwrap_or_default();
        entries
            .iter()
            .map(|(path, what)| Media {
                path: path.clone(),
                alt: text(what, "alt").unwrap_or_default(),
                credit: text(what, "credit"),
                licence: text(what, "licence"),
                source: text(what, "source"),
            })
            .collect()
    }

    /// Returns a scalar as it is written, whatever it looks like: a title may be a year.
    fn text_of(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            Value::Text(text) => Some(text),
            Value::Bool(_) | Value::Integer(_) | Value::Decimal(_) => {
                let node = &self.root()?.entry(key)?.node;
                matches!(node.data, Data::Scalar { .. }).then(|| &self.text()[node.span.clone()])
            }
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    fn list(&self, key: &str) -> &[Value] {
        self.value(key).and_then(Value::as_list).unwrap_or_default()
    }

    fn texts(&self, key: &str) -> Vec<&str> {
        self.list(key).iter().filter_map(Value::as_text).collect()
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.plain().filter(|text| !text.is_empty())
}
