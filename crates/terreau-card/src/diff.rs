//! What changed between two versions: word by word as people read it, and line by line in the source.

use crate::{Card, Value};

/// What happened to a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// In both versions.
    Same,
    /// In both versions, with other words.
    Changed,
    /// In the new version only.
    Inserted,
    /// In the old version only.
    Deleted,
}

/// A field of the front matter that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The key.
    pub key: String,
    /// The old value.
    pub was: Option<Value>,
    /// The new value.
    pub becomes: Option<Value>,
}

/// What a block of a body is to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading and its level.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// Preformatted text.
    Code,
    /// A row of a table.
    Row,
}

/// A block of the body, with the words that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffBlock {
    /// What it is.
    pub kind: BlockKind,
    /// What happened to it.
    pub change: Change,
    /// Its words.
    pub spans: Vec<Span>,
}

/// Words that share one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What happened to them; never `Changed`.
    pub change: Change,
    /// The words.
    pub text: String,
}

/// The difference between two versions, as people read it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProseDiff {
    /// Fields that differ, in the order of the new version.
    pub fields: Vec<FieldChange>,
    /// Every block of the body, unchanged ones too.
    pub blocks: Vec<DiffBlock>,
}

/// A line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// What happened to it; never `Changed`.
    pub change: Change,
    /// Its number in the old version, from 1.
    pub old_line: Option<u32>,
    /// Its number in the new version, from 1.
    pub new_line: Option<u32>,
    /// The line without its end.
    pub text: String,
}

impl ProseDiff {
    /// Tells whether a reader sees no difference.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.blocks.iter().all(|block| block.change == Change::Same)
    }
}

/// Compares two versions of a card as people read them.
pub fn prose_diff(_old: &Card, _new: &Card) -> ProseDiff {
    todo!()
}

/// Compares two texts line by line.
pub fn source_diff(_old: &str, _new: &str) -> Vec<SourceLine> {
    todo!()
}
