//! Links that follow a card when it moves.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::{Target, named_in_front, relative, target};
use crate::{Card, CardPath, markdown, yaml};

/// Returns the card at `path` with every mention of `from` naming `to`, for when another card is renamed.
pub fn rename_mentions(card: &Card, path: &CardPath, from: &CardPath, to: &CardPath) -> Card {
    let mut patch = front_patch(card, from, to);
    for (place, written) in destinations(card) {
        if let Target::Card {
            path: named,
            portable,
        } = target(path, &written)
            && named == *from
        {
            patch.push((place, rewritten(&written, path, to, portable)));
        }
    }
    patched(card, patch)
}

/// Returns the card with its relative links mended for its own move; what it says of itself follows.
pub fn move_links(card: &Card, from: &CardPath, to: &CardPath) -> Card {
    let mut patch = front_patch(card, from, to);
    for (place, written) in destinations(card) {
        let new = match target(from, &written) {
            Target::Card { path, portable } => rewritten(
                &written,
                to,
                if path == *from { to } else { &path },
                portable,
            ),
            Target::File { path } if !written.starts_with('/') => {
                format!("{}{}", encoded(&relative(to, &path)), tail(&written))
            }
            _ => continue,
        };
        if new != written {
            patch.push((place, new));
        }
    }
    patched(card, patch)
}

/// The paths of the front matter are slugs: a plain one can be written where another stood, quoted or not.
fn front_patch(card: &Card, from: &CardPath, to: &CardPath) -> Vec<(Range<usize>, String)> {
    let named = named_in_front(card)
        .into_iter()
        .filter(|named| named.text == from.as_str());
    named
        .filter_map(|named| {
            let raw = &card.text()[named.place.clone()];
            let start = named.place.start + raw.find(from.as_str())?;
            Some((start..start + from.as_str().len(), to.to_string()))
        })
        .collect()
}

fn patched(card: &Card, mut patch: Vec<(Range<usize>, String)>) -> Card {
    // Several links may share one definition.
    patch.sort_by_key(|(place, _)| (place.start, place.end));
    patch.dedup();
    if patch.is_empty() {
        return card.clone();
    }
    yaml::apply(card.text(), patch).map_or_else(|| card.clone(), |text| Card::read(&text).0)
}

/// Finds the destinations of links and images, where they are written: in the link or in its definition.
fn destinations(card: &Card) -> Vec<(Range<usize>, String)> {
    let body = card.body();
    let base = card.body_start();
    let parser = Parser::new_ext(body, markdown::options());
    let definitions = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone(), true));
    let mut found: Vec<(String, Range<usize>, bool)> = definitions.collect();
    for (event, place) in parser.into_offset_iter() {
        if let Event::Start(
            Tag::Link {
                link_type,
                dest_url,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                ..
            },
        ) = event
            && link_type == LinkType::Inline
        {
            found.push((dest_url.into_string(), place, false));
        }
    }
    found
        .into_iter()
        .filter(|(written, ..)| !written.is_empty())
        .filter_map(|(written, place, definition)| {
            let source = &body[place.clone()];
            let lead = if definition {
                source.find("]:")?
            } else {
                source.rfind("](")?
            };
            let start = base + place.start + lead + source[lead..].find(&written)?;
            Some((start..start + written.len(), written))
        })
        .collect()
}

fn rewritten(written: &str, here: &CardPath, to: &CardPath, portable: bool) -> String {
    let address = if portable {
        relative(here, &to.file())
    } else if written.starts_with('/') {
        let suffix = if written
            .split(['#', '?'])
            .next()
            .is_some_and(|place| place.ends_with(".md"))
        {
            ".md"
        } else {
            ""
        };
        format!("/{to}{suffix}")
    } else {
        relative(here, to.as_str())
    };
    address + tail(written)
}

/// The query and the fragment of an address.
fn tail(written: &str) -> &str {
    written
        .find(['#', '?'])
        .map_or("", |start| &written[start..])
}

fn encoded(path: &str) -> String {
    path.replace('%', "%25")
        .replace(' ', "%20")
        .replace('#', "%23")
        .replace('?', "%3F")
}
