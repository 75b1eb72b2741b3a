//! A card among the others of its commons.

use super::{Told, in_order};
use crate::{
    Card, CardId, CardPath, Problem, Rule,
    links::{Target, body_links, named_in_front, target},
    problem::near,
    yaml::Node,
};

/// What a card needs to know of the commons around it.
pub trait Neighbours {
    /// Says whether there is a card at this path.
    fn has_card(&self, path: &CardPath) -> bool;
    /// Says whether there is a file, an image for example.
    fn has_file(&self, path: &str) -> bool;
    /// Returns where a card that lived here has gone.
    fn moved(&self, path: &CardPath) -> Option<CardPath>;
    /// Returns another card than the one at `but` that holds this identity.
    fn other_with_id(&self, id: CardId, but: &CardPath) -> Option<CardPath>;
    /// Returns another card than the one at `but` that has this alias.
    fn other_with_alias(&self, alias: &CardPath, but: &CardPath) -> Option<CardPath>;
    /// Returns the paths among which a misspelt one is looked for.
    fn paths(&self) -> Box<dyn Iterator<Item = &CardPath> + '_>;
}

/// Checks what a card says of others: links, parts, images, identity, aliases.
pub fn check_among(path: &CardPath, card: &Card, neighbours: &dyn Neighbours) -> Vec<Problem> {
    let mut told = Told {
        card,
        problems: Vec::new(),
    };
    identity(&mut told, path, neighbours);
    for named in named_in_front(card) {
        if let Ok(to) = CardPath::parse(&named.text) {
            mention(&mut told, path, &to, named.place.start, neighbours);
        }
    }
    let links = body_links(card);
    for link in &links {
        let place = link.place.start;
        match target(path, &link.written) {
            Target::Card { path: to, .. } if !link.image => {
                mention(&mut told, path, &to, place, neighbours);
            }
            Target::File { path: file } if !neighbours.has_file(&file) => {
                told.tell(
                    place,
                    Rule::MissingFile {
                        path: file,
                        near: None,
                    },
                );
            }
            _ => {}
        }
    }
    for entry in card
        .root()
        .and_then(|root| root.entry("media"))
        .map(|entry| entry.node.entries())
        .unwrap_or_default()
    {
        // An entry may be written as in the body, seen from the card; the body then tells when the file is missing.
        let is_shown = links
            .iter()
            .any(|link| link.image && link.written == entry.key);
        if !is_shown && !neighbours.has_file(&entry.key) {
            told.tell(
                entry.key_span.start,
                Rule::MissingFile {
                    path: entry.key.clone(),
                    near: None,
                },
            );
        }
    }
    in_order(told.problems)
}

fn identity(told: &mut Told<'_>, path: &CardPath, neighbours: &dyn Neighbours) {
    let card = told.card;
    let entry = |key: &str| card.root().and_then(|root| root.entry(key));
    if let (Some(id), Some(entry)) = (card.id(), entry("id"))
        && let Some(other) = neighbours.other_with_id(id, path)
    {
        told.tell(entry.node.span.start, Rule::SameId { id, other });
    }
    for item in entry("aliases")
        .map(|entry| entry.node.items())
        .unwrap_or_default()
    {
        let Some(alias) = alias_of(item) else {
            continue;
        };
        let by = match () {
            () if alias == *path => Some(path.clone()),
            () if neighbours.has_card(&alias) => Some(alias.clone()),
            () => neighbours.other_with_alias(&alias, path),
        };
        if let Some(by) = by {
            told.tell(item.span.start, Rule::AliasTaken { alias, by });
        }
    }
}

fn alias_of(item: &Node) -> Option<CardPath> {
    CardPath::parse(item.value().as_text()?).ok()
}

fn mention(
    told: &mut Told<'_>,
    path: &CardPath,
    to: &CardPath,
    place: usize,
    neighbours: &dyn Neighbours,
) {
    if to == path {
        told.tell(place, Rule::NamesItself);
    } else if neighbours.has_card(to) {
    } else if let Some(new) = neighbours.moved(to) {
        told.tell(
            place,
            Rule::MovedCard {
                path: to.to_string(),
                to: new,
            },
        );
    } else {
        told.tell(
            place,
            Rule::MissingCard {
                path: to.to_string(),
                near: nearest(to, neighbours),
            },
        );
    }
}

/// The same slug in another folder, else the most similar path.
fn nearest(to: &CardPath, neighbours: &dyn Neighbours) -> Option<CardPath> {
    let same_slug = neighbours
        .paths()
        .find(|path| path.slug() == to.slug())
        .cloned();
    same_slug.or_else(|| {
        CardPath::parse(&near(
            to.as_str(),
            neighbours.paths().map(CardPath::as_str),
        )?)
        .ok()
    })
}
