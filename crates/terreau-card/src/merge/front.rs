//! Merging two edits of a front matter, key by key, in the words of its authors: comments and unknown keys stay.

use std::collections::HashMap;

use crate::{Card, Value};

use super::{Conflict, Output, Place, three_way};

/// A card cut in two.
#[derive(Clone, Copy)]
pub(super) struct Cut<'a> {
    /// What stands between the two `---` lines, each line with its end.
    pub front: Option<&'a str>,
    pub body: &'a str,
}

/// Cuts a card in its front matter and its body.
pub(super) fn cut(text: &str) -> Cut<'_> {
    let without = Cut {
        front: None,
        body: text,
    };
    let Some(inner) = text.strip_prefix("---\n") else {
        return without;
    };
    let mut end = 0;
    for line in inner.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Cut {
                front: Some(&inner[..end]),
                body: &inner[end + line.len()..],
            };
        }
        end += line.len();
    }
    without
}

/// A key with its value, as written, with the comments above it.
struct Entry<'a> {
    /// The key and how often it came before: it should be never, but nothing may get lost.
    name: (&'a str, usize),
    text: &'a str,
}

/// The entries of a front matter, and the comments after the last one.
struct Front<'a> {
    entries: Vec<Entry<'a>>,
    tail: &'a str,
}

impl<'a> Front<'a> {
    fn read(text: &'a str) -> Front<'a> {
        let mut starts: Vec<(&'a str, usize)> = Vec::new();
        // Where the comments and blank lines began that may belong to the next key.
        let mut loose: Option<usize> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if let Some(key) = key_of(line) {
                starts.push((key, loose.take().unwrap_or(at)));
            } else if line.trim().is_empty() || line.starts_with('#') {
                loose.get_or_insert(at);
            } else if !starts.is_empty() {
                loose = None;
            } else {
                loose.get_or_insert(at);
            }
            at += line.len();
        }
        let end = loose.unwrap_or(text.len());
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([end]);
        let entries = starts
            .iter()
            .zip(ends)
            .map(|((key, start), end)| {
                let count = counts.entry(key).or_default();
                *count += 1;
                Entry {
                    name: (key, *count),
                    text: &text[*start..end],
                }
            })
            .collect();
        Front {
            entries,
            tail: &text[end..],
        }
    }

    fn get(&self, name: (&str, usize)) -> Option<&'a str> {
        self.entries
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| entry.text)
    }

    fn names(&self) -> Vec<(&'a str, usize)> {
        self.entries.iter().map(|entry| entry.name).collect()
    }
}

/// Returns the key that a line opens at its very start.
fn key_of(line: &str) -> Option<&str> {
    if line.starts_with([
        ' ', '\t', '#', '[', ']', '{', '}', '&', '*', '!', '|', '>', '%', '@', '`', ',',
    ]) || line.starts_with("- ")
    {
        return None;
    }
    let line = line.trim_end();
    let end = line
        .find(": ")
        .or_else(|| line.strip_suffix(':').map(str::len))?;
    let key = line[..end].trim().trim_matches(['"', '\'']);
    (!key.is_empty()).then_some(key)
}

/// Merges the front matters of three cards, `---` lines included.
pub(super) fn merge(output: &mut Output, texts: [&str; 3], fronts: [Option<&str>; 3]) {
    let [Some(base), Some(ours), Some(theirs)] = fronts else {
        return whole(output, fronts);
    };
    let [base, ours, theirs] = [base, ours, theirs].map(Front::read);
    let mut cards = Cards { texts, read: None };
    output.text("---\n");
    for name in order(&base, &ours, &theirs) {
        let versions = [base.get(name), ours.get(name), theirs.get(name)];
        let [in_base, in_ours, in_theirs] = versions;
        if in_ours == in_theirs || in_theirs == in_base {
            output.text(in_ours.unwrap_or_default());
        } else if in_ours == in_base {
            output.text(in_theirs.unwrap_or_default());
        } else if let Some(joined) = cards.joined(name, versions) {
            output.text(&joined);
        } else {
            let [base, ours, theirs] =
                versions.map(|text| text.unwrap_or_default().trim_end_matches('\n').to_owned());
            let (before, after) = (String::new(), "\n".to_owned());
            output.conflict(Conflict {
                place: Place::Key(name.0.to_owned()),
                base,
                ours,
                theirs,
                before,
                after,
            });
        }
    }
    output.text(three_way(base.tail, ours.tail, theirs.tail));
    output.text("---\n");
}

/// Merges front matters of which one is missing: all or nothing.
fn whole(output: &mut Output, fronts: [Option<&str>; 3]) {
    let [base, ours, theirs] = fronts.map(|front| {
        front
            .map(|front| format!("---\n{front}---\n"))
            .unwrap_or_default()
    });
    if ours == base || theirs == base || ours == theirs {
        output.text(&three_way(base, ours, theirs));
    } else {
        let [base, ours, theirs] =
            [base, ours, theirs].map(|text| text.trim_end_matches('\n').to_owned());
        let place = Place::Key("---".to_owned());
        output.conflict(Conflict {
            place,
            base,
            ours,
            theirs,
            before: String::new(),
            after: "\n".to_owned(),
        });
    }
}

/// Returns every key once: in the order of the side that changed the order, the other side's new keys after their neighbours.
fn order<'a>(base: &Front<'a>, ours: &Front<'a>, theirs: &Front<'a>) -> Vec<(&'a str, usize)> {
    let (base, ours, theirs) = (base.names(), ours.names(), theirs.names());
    let common = |names: &[(&'a str, usize)]| -> Vec<(&'a str, usize)> {
        names
            .iter()
            .copied()
            .filter(|name| base.contains(name) && ours.contains(name) && theirs.contains(name))
            .collect()
    };
    let (mut order, other) = if common(&ours) == common(&base) {
        (theirs, ours)
    } else {
        (ours, theirs)
    };
    let mut place = 0;
    for name in other.iter().chain(&base) {
        match order.iter().position(|known| known == name) {
            Some(known) => place = known + 1,
            None => {
                order.insert(place, *name);
                place += 1;
            }
        }
    }
    order
}

/// The three cards, read when they are first needed.
struct Cards<'a> {
    texts: [&'a str; 3],
    read: Option<[Card; 3]>,
}

impl Cards<'_> {
    /// Joins two edits of one value when they say the same or only add to a list, and returns the entry as text.
    fn joined(
        &mut self,
        (key, count): (&str, usize),
        versions: [Option<&str>; 3],
    ) -> Option<String> {
        let [_, Some(in_ours), Some(in_theirs)] = versions else {
            return None;
        };
        let texts = self.texts;
        let [base, ours, theirs] = self
            .read
            .get_or_insert_with(|| texts.map(|text| Card::read(text).0));
        let (our_value, their_value) = (ours.value(key)?, theirs.value(key)?);
        // A comment is text too: one that only they wrote would be lost.
        let comments_kept = in_theirs
            .lines()
            .filter(|line| line.contains('#'))
            .all(|line| in_ours.contains(line));
        if count > 1 || !comments_kept {
            return None;
        }
        if our_value == their_value {
            return Some(in_ours.to_owned());
        }
        let joined = join(key, base.value(key), our_value, their_value)?;
        let text = ours.with(key, Some(joined)).text().to_owned();
        let written = Front::read(cut(&text).front?).get((key, 1))?.to_owned();
        Some(written)
    }
}

/// Mappings whose entries stand alone; in others, such as the bounds of a range, each side's may be right and the mixture wrong.
const COLLECTIONS: [&str; 2] = ["media", "marks"];

/// Joins two edits of a list or of a collection, entry by entry.
fn join(key: &str, base: Option<&Value>, ours: &Value, theirs: &Value) -> Option<Value> {
    match (ours, theirs) {
        (Value::List(ours), Value::List(theirs)) => {
            let base = base.and_then(Value::as_list).unwrap_or_default();
            join_lists(base, ours, theirs).map(Value::List)
        }
        (Value::Map(ours), Value::Map(theirs)) if COLLECTIONS.contains(&key) => {
            let base = base.and_then(Value::as_map).unwrap_or_default();
            join_maps(base, ours, theirs).map(Value::Map)
        }
        _ => None,
    }
}

/// Adds what the other side added, after the item that it was added after; one side at least must have added only.
fn join_lists(base: &[Value], ours: &[Value], theirs: &[Value]) -> Option<Vec<Value>> {
    let keeps = |side: &[Value]| base.iter().all(|item| side.contains(item));
    let in_order = |side: &[Value]| {
        let kept: Vec<&Value> = side.iter().filter(|item| base.contains(item)).collect();
        kept == base
            .iter()
            .filter(|item| side.contains(item))
            .collect::<Vec<_>>()
    };
    let once = |side: &[Value]| {
        side.iter()
            .enumerate()
            .all(|(rank, item)| !side[..rank].contains(item))
    };
    let sides = [ours, theirs];
    if !(keeps(ours) || keeps(theirs))
        || !sides.iter().all(|side| in_order(side) && once(side))
        || !once(base)
    {
        return None;
    }
    let mut joined: Vec<Value> = ours
        .iter()
        .filter(|item| theirs.contains(item) || !base.contains(item))
        .cloned()
        .collect();
    let mut place = 0;
    for item in theirs {
        if let Some(known) = joined.iter().position(|other| other == item) {
            place = known + 1;
        } else if !base.contains(item) {
            while joined.get(place).is_some_and(|own| !base.contains(own)) {
                place += 1;
            }
            joined.insert(place, item.clone());
            place += 1;
        }
    }
    Some(joined)
}

/// Takes each entry from the side that changed it; none may have been changed by both.
fn join_maps(
    base: &[(String, Value)],
    ours: &[(String, Value)],
    theirs: &[(String, Value)],
) -> Option<Vec<(String, Value)>> {
    let get = |side: &[(String, Value)], key: &str| {
        side.iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.clone())
    };
    let mut joined = Vec::new();
    let added = theirs.iter().filter(|(key, _)| get(ours, key).is_none());
    for (key, _) in ours.iter().chain(added) {
        let (in_base, in_ours, in_theirs) = (get(base, key), get(ours, key), get(theirs, key));
        let value = if in_ours == in_theirs || in_theirs == in_base {
            in_ours
        } else if in_ours == in_base {
            in_theirs
        } else {
            return None;
        };
        joined.extend(value.map(|value| (key.clone(), value)));
    }
    Some(joined)
}
