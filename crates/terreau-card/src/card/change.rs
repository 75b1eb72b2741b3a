//! From a card to a changed card.

use super::{Card, Front};
use crate::{
    Kind, Value,
    schema::{COMMON, kind_fields},
    yaml,
};

pub(super) fn with(card: &Card, key: &str, value: Option<Value>) -> Card {
    if card.value(key) == value.as_ref() {
        return card.clone();
    }
    let entries = entries_with(card, key, value);
    let Some(front) = &card.0.front else {
        let text = card.text().trim_start_matches('\u{FEFF}');
        let gap = if text.is_empty() { "" } else { "\n" };
        return Card::read(&format!("---\n{}---\n{gap}{text}", lines(&entries))).0;
    };
    let attempts = [false, true]
        .into_iter()
        .filter(|_| !front.broken)
        .filter_map(|whole| patched(card, front, &entries, whole));
    attempts
        .chain([rewritten(card, front, &entries)])
        .find(|changed| says(changed, card, &entries))
        .unwrap_or_else(|| {
            let text = rewritten_text(card, front, &entries);
            Card::read(&text).0
        })
}

pub(super) fn with_body(card: &Card, body: &str) -> Card {
    let old = card.body();
    let body = if card.text().contains('\r') {
        body.to_owned()
    } else {
        body.replace("\r\n", "\n")
    };
    if body == old {
        return card.clone();
    }
    let mut text = card.text()[..card.body_start()].to_owned();
    // What belongs to the gap after the front matter can't begin a body.
    let body = body.trim_start_matches(['\n', '\r']);
    if !body.is_empty() {
        if card.0.front.is_some() && !text.ends_with("\n\n") && !text.ends_with("\r\n\r\n") {
            if !text.ends_with('\n') {
                text.push('\n');
            }
            text.push('\n');
        }
        text.push_str(body);
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    Card::read(&text).0
}

/// The values of the card with one changed, a new key standing after those that come before it in the format.
fn entries_with(card: &Card, key: &str, value: Option<Value>) -> Vec<(String, Value)> {
    let mut entries = card.0.values.clone();
    let place = entries.iter().position(|(name, _)| name == key);
    match (place, value) {
        (Some(place), Some(value)) => entries[place].1 = value,
        (Some(place), None) => {
            entries.remove(place);
        }
        (None, None) => {}
        (None, Some(value)) => {
            let order = order(card, key);
            let before = order.iter().take_while(|name| **name != key);
            let known = order.contains(&key);
            let place = match known {
                true => before
                    .filter_map(|name| entries.iter().rposition(|(key, _)| key == name))
                    .max()
                    .map_or(0, |last| last + 1),
                false => entries.len(),
            };
            entries.insert(place, (key.to_owned(), value));
        }
    }
    entries
}

/// The order of the format for the kind of the card, or for the first kind that has the key.
fn order(card: &Card, key: &str) -> Vec<&'static str> {
    let knows = |kind: &Kind| kind_fields(*kind).iter().any(|field| field.key == key);
    let kind = card.kind().or_else(|| Kind::ALL.into_iter().find(knows));
    let own = kind.map_or(&[][..], kind_fields);
    COMMON.iter().chain(own).map(|field| field.key).collect()
}

fn patched(card: &Card, front: &Front, entries: &[(String, Value)], whole: bool) -> Option<Card> {
    let patch = match &front.root {
        Some(root) if !root.entries().is_empty() => {
            yaml::patch_entry(card.text(), root, entries, whole)?
        }
        _ => vec![(front.range.end..front.range.end, lines(entries))],
    };
    Some(Card::read(&yaml::apply(card.text(), patch)?).0)
}

fn rewritten(card: &Card, front: &Front, entries: &[(String, Value)]) -> Card {
    Card::read(&rewritten_text(card, front, entries)).0
}

/// The front matter written again from its values; what couldn't be read is kept as comments.
fn rewritten_text(card: &Card, front: &Front, entries: &[(String, Value)]) -> String {
    let mut inside = lines(entries);
    if front.broken {
        for line in card.text()[front.range.clone()].lines() {
            inside.push_str(&format!("# {line}").replace('\0', "\u{FFFD}"));
            inside.push('\n');
        }
    }
    if card.text().contains("\r\n") {
        inside = inside.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    yaml::apply(card.text(), vec![(front.range.clone(), String::new())])
        .map(|mut text| {
            text.insert_str(front.range.start, &inside);
            text
        })
        .unwrap_or_default()
}

fn lines(entries: &[(String, Value)]) -> String {
    entries
        .iter()
        .map(|(key, value)| yaml::entry_lines(key, value, 0) + "\n")
        .collect()
}

/// Says whether a changed card says what was asked, and no more.
fn says(changed: &Card, old: &Card, entries: &[(String, Value)]) -> bool {
    let whole = changed.0.front.as_ref().is_some_and(|front| !front.broken);
    whole
        && changed.body() == old.body()
        && Value::Map(changed.0.values.clone()) == Value::Map(entries.to_vec())
}
