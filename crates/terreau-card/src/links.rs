//! What a card names: other cards, images and files.

mod rename;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

pub use rename::{move_links, rename_mentions};

use crate::{
    Card, CardPath, Value, markdown,
    problem::Places,
    schema::{COMMON, Field, Shape, kind_fields},
    yaml::{Data, Node},
};

/// A card that names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The card that is named.
    pub to: CardPath,
    /// How: the relation of a link, the key (`parts`, `steps`, `about`, `territories` …), nothing for a link in the body.
    pub relation: Option<String>,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// An image that the body shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageMention {
    /// The file, from the root of the commons.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

/// Returns every card that a card names, in the order of the file.
pub fn card_links(card: &Card, path: &CardPath) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut places = Places::new(card.text());
    let mut tell = |to: CardPath, relation: Option<String>, byte: usize| {
        let (line, column) = places.of(byte);
        found.push(Mention {
            to,
            relation,
            line,
            column,
        });
    };
    for named in named_in_front(card) {
        if let Ok(to) = CardPath::parse(&named.text) {
            tell(to, Some(named.relation), named.place.start);
        }
    }
    for link in body_links(card) {
        if let (false, Target::Card { path: to, .. }) = (link.image, target(path, &link.written)) {
            tell(to, None, link.place.start);
        }
    }
    found
}

/// Returns every image of the commons that the body shows, in the order of the file.
pub fn image_paths(card: &Card, path: &CardPath) -> Vec<ImageMention> {
    let mut places = Places::new(card.text());
    let images = body_links(card).into_iter().filter(|link| link.image);
    images
        .filter_map(|link| match target(path, &link.written) {
            Target::File { path } => {
                let (line, column) = places.of(link.place.start);
                Some(ImageMention { path, line, column })
            }
            _ => None,
        })
        .collect()
}

/// A card path as it is written in front matter.
pub(crate) struct Named {
    pub text: String,
    pub relation: String,
    pub place: Range<usize>,
}

/// Finds every card path of the front matter but the aliases.
pub(crate) fn named_in_front(card: &Card) -> Vec<Named> {
    let own = card.kind().map_or(&[][..], kind_fields);
    let mut found = Vec::new();
    for entry in card.root().map(Node::entries).unwrap_or_default() {
        let field = COMMON
            .iter()
            .chain(own)
            .find(|field| field.key == entry.key && field.key != "aliases");
        if let Some(field) = field {
            collect(&entry.node, &field.shape, &entry.key, &mut found);
        }
    }
    found
}

fn collect(node: &Node, shape: &Shape, relation: &str, found: &mut Vec<Named>) {
    match (shape, &node.data) {
        (
            Shape::CardPath | Shape::PathOr(_),
            Data::Scalar {
                value: Value::Text(text),
                ..
            },
        ) => {
            found.push(Named {
                text: text.clone(),
                relation: relation.to_owned(),
                place: node.span.clone(),
            });
        }
        (Shape::List(item), Data::List { items, .. }) => items
            .iter()
            .for_each(|node| collect(node, item, relation, found)),
        (Shape::Map(fields), Data::Map { entries, .. }) => {
            let said = entries
                .iter()
                .find(|entry| entry.key == "relation")
                .and_then(|entry| entry.node.value().plain());
            let relation = said.as_deref().unwrap_or(relation);
            for entry in entries {
                if let Some(Field { shape, .. }) =
                    fields.iter().find(|field| field.key == entry.key)
                {
                    collect(&entry.node, shape, relation, found);
                }
            }
        }
        _ => {}
    }
}

/// A link or an image of the body, as it is written.
pub(crate) struct BodyLink {
    pub written: String,
    pub image: bool,
    /// Where it stands in the whole text.
    pub place: Range<usize>,
}

/// Finds every link and image of the body.
pub(crate) fn body_links(card: &Card) -> Vec<BodyLink> {
    let base = card.body_start();
    let events = Parser::new_ext(card.body(), markdown::options()).into_offset_iter();
    events
        .filter_map(|(event, place)| {
            let (written, image) = match event {
                Event::Start(Tag::Link { dest_url, .. }) => (dest_url, false),
                Event::Start(Tag::Image { dest_url, .. }) => (dest_url, true),
                _ => return None,
            };
            Some(BodyLink {
                written: written.into_string(),
                image,
                place: base + place.start..base + place.end,
            })
        })
        .collect()
}

/// Where an address written in a body leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A card, through its file as it should be, or through another way that only works on the site.
    Card { path: CardPath, portable: bool },
    /// Another file of the commons.
    File { path: String },
    /// Elsewhere: the web, a mailbox, a place on the same page.
    Elsewhere,
    /// Outside of the commons, or to a `.md` file that can't be a card.
    Lost { text: String },
}

/// Resolves an address written in the card at `path`.
pub(crate) fn target(path: &CardPath, written: &str) -> Target {
    let place = written.split(['#', '?']).next().unwrap_or_default();
    let scheme = place.split('/').next().unwrap_or_default().contains(':');
    if place.is_empty() || scheme || place.starts_with("//") {
        return Target::Elsewhere;
    }
    let Some(file) = resolve(path.folder(), &decoded(place)) else {
        return Target::Lost {
            text: place.to_owned(),
        };
    };
    let name = file.rsplit('/').next().unwrap_or_default();
    match file.strip_suffix(".md") {
        Some(card) => match CardPath::parse(card) {
            Ok(path) => Target::Card {
                path,
                portable: !place.starts_with('/'),
            },
            Err(_) if name == "README.md" || !file.contains('/') => Target::File { path: file },
            Err(_) => Target::Lost {
                text: place.to_owned(),
            },
        },
        None if name.contains('.') => Target::File { path: file },
        None => match CardPath::parse(&file) {
            Ok(path) => Target::Card {
                path,
                portable: false,
            },
            Err(_) => Target::Elsewhere,
        },
    }
}

/// Walks from a folder; `None` above the root of the commons.
fn resolve(folder: &str, place: &str) -> Option<String> {
    let mut segments: Vec<&str> = Vec::new();
    if !place.starts_with('/') {
        segments.extend(folder.split('/').filter(|segment| !segment.is_empty()));
    }
    for segment in place.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()?),
            _ => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

/// Returns the relative address of a file of the commons, seen from a card.
pub(crate) fn relative(from: &CardPath, file: &str) -> String {
    let here: Vec<&str> = from
        .folder()
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    let there: Vec<&str> = file.split('/').collect();
    let shared = here
        .iter()
        .zip(&there[..there.len() - 1])
        .take_while(|(one, two)| one == two)
        .count();
    let up = std::iter::repeat_n("..", here.len() - shared);
    up.chain(there[shared..].iter().copied())
        .collect::<Vec<_>>()
        .join("/")
}

fn decoded(place: &str) -> String {
    let mut bytes = Vec::with_capacity(place.len());
    let mut rest = place.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match hex.filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| place.to_owned())
}
