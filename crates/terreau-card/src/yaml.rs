//! Front matter as a tree that knows where each node stands, so that saving changes only what differs.

mod emit;
mod parse;
mod patch;
mod refold;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use emit::{entry_lines, looks_typed};
pub(crate) use parse::{Caps, parse};
pub(crate) use patch::{apply, patch_entry};

use crate::Value;

/// A node of the tree, with its place in bytes of the whole text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// From the first to the last byte of the node; a block scalar begins at its `|` or `>`.
    pub span: Range<usize>,
    /// What it holds.
    pub data: Data,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Data {
    Scalar { value: Value, style: Style },
    List { flow: bool, items: Vec<Node> },
    Map { flow: bool, entries: Vec<Entry> },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub key: String,
    pub key_span: Range<usize>,
    pub node: Node,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

impl Style {
    pub fn is_block(self) -> bool {
        matches!(self, Style::Literal | Style::Folded)
    }
}

impl Entry {
    /// From the key to the end of the value.
    pub fn span(&self) -> Range<usize> {
        self.key_span.start..self.node.span.end.max(self.key_span.end)
    }
}

impl Node {
    /// Returns what the node says, without its places.
    pub fn value(&self) -> Value {
        match &self.data {
            Data::Scalar { value, .. } => value.clone(),
            Data::List { items, .. } => Value::List(items.iter().map(Node::value).collect()),
            Data::Map { entries, .. } => {
                let mut values: Vec<(String, Value)> = Vec::with_capacity(entries.len());
                for entry in entries {
                    if !values.iter().any(|(key, _)| *key == entry.key) {
                        values.push((entry.key.clone(), entry.node.value()));
                    }
                }
                Value::Map(values)
            }
        }
    }

    /// Returns the entries of a mapping, none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    /// Returns the items of a list, none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.data {
            Data::List { items, .. } => items,
            _ => &[],
        }
    }

    /// Returns the entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }
}
