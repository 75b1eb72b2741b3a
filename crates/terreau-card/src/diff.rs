//! What changed between two versions: word by word as people read it, and line by line in the source.

use similar::{ChangeTag, DiffTag, TextDiff};

use crate::{
    Card, Value,
    align::{align, likeness, operations, word_hashes},
    markdown::{Block, blocks},
};

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

/// A block that shares less than this with its old version is shown as another block: nobody reads confetti.
const LEAST_COMMON: f32 = 1.0 / 3.0;
/// Blocks of so few words are still read as one.
const FEW_WORDS: usize = 3;
/// Blocks with more words than this are not compared word by word.
const MAX_WORDS: usize = 4_000;

/// Compares two versions of a card as people read them.
pub fn prose_diff(old: &Card, new: &Card) -> ProseDiff {
    ProseDiff {
        fields: changed_fields(old, new),
        blocks: changed_blocks(&blocks(old.body()), &blocks(new.body())),
    }
}

fn changed_fields(old: &Card, new: &Card) -> Vec<FieldChange> {
    let removed = old.keys().filter(|key| new.value(key).is_none());
    new.keys()
        .chain(removed)
        .filter(|key| old.value(key) != new.value(key))
        .map(|key| FieldChange {
            key: key.to_owned(),
            was: old.value(key).cloned(),
            becomes: new.value(key).cloned(),
        })
        .collect()
}

fn changed_blocks(old: &[Block], new: &[Block]) -> Vec<DiffBlock> {
    let texts = |blocks: &'_ [Block]| -> Vec<String> {
        blocks.iter().map(|block| block.text.clone()).collect()
    };
    let (old_texts, new_texts) = (texts(old), texts(new));
    let old_texts: Vec<&str> = old_texts.iter().map(String::as_str).collect();
    let new_texts: Vec<&str> = new_texts.iter().map(String::as_str).collect();
    let mut changed = Vec::new();
    for step in align(&old_texts, &new_texts) {
        match (&old[step.old], &new[step.new]) {
            ([was], [becomes]) => changed.extend(compare(was, becomes)),
            (gone, come) => {
                changed.extend(gone.iter().map(|block| whole(block, Change::Deleted)));
                changed.extend(come.iter().map(|block| whole(block, Change::Inserted)));
            }
        }
    }
    changed
}

fn whole(block: &Block, change: Change) -> DiffBlock {
    let mut spans = vec![Span {
        change,
        text: block.text.clone(),
    }];
    spans.retain(|span| !span.text.is_empty());
    spans.extend(
        block
            .targets
            .iter()
            .filter(|_| change != Change::Same)
            .map(|target| target_span(target, change)),
    );
    DiffBlock {
        kind: block.kind,
        change,
        spans,
    }
}

/// Compares two versions of a block.
fn compare(was: &Block, becomes: &Block) -> Vec<DiffBlock> {
    if was == becomes {
        return vec![whole(becomes, Change::Same)];
    }
    let (old_words, new_words) = (word_hashes(&was.text), word_hashes(&becomes.text));
    let few = old_words.len() <= FEW_WORDS && new_words.len() <= FEW_WORDS;
    let alike = few || likeness(&old_words, &new_words) >= LEAST_COMMON;
    if was.text != becomes.text && (!alike || old_words.len() + new_words.len() > MAX_WORDS) {
        return vec![
            whole(was, Change::Deleted),
            whole(becomes, Change::Inserted),
        ];
    }
    let mut spans = word_diff(&was.text, &becomes.text);
    if was.targets != becomes.targets {
        let gone = was
            .targets
            .iter()
            .filter(|target| !becomes.targets.contains(target));
        let come = becomes
            .targets
            .iter()
            .filter(|target| !was.targets.contains(target));
        spans.extend(gone.map(|target| target_span(target, Change::Deleted)));
        spans.extend(come.map(|target| target_span(target, Change::Inserted)));
    }
    vec![DiffBlock {
        kind: becomes.kind,
        change: Change::Changed,
        spans,
    }]
}

/// Shows where a link leads, when that changes.
fn target_span(target: &str, change: Change) -> Span {
    Span {
        change,
        text: format!(" → {target}"),
    }
}

/// Compares two texts word by word; « habitant·es » is one word.
pub fn word_diff(old: &str, new: &str) -> Vec<Span> {
    let mut runs: Vec<Run> = Vec::new();
    for change in TextDiff::from_unicode_words(old, new).iter_all_changes() {
        let last = runs.last_mut();
        match (change.tag(), last) {
            (ChangeTag::Equal, Some(Run::Same(text))) => text.push_str(change.value()),
            (ChangeTag::Equal, _) => runs.push(Run::Same(change.value().to_owned())),
            (ChangeTag::Delete, Some(Run::Changed { old, .. })) => old.push_str(change.value()),
            (ChangeTag::Delete, _) => runs.push(Run::Changed {
                old: change.value().to_owned(),
                new: String::new(),
            }),
            (ChangeTag::Insert, Some(Run::Changed { new, .. })) => new.push_str(change.value()),
            (ChangeTag::Insert, _) => runs.push(Run::Changed {
                old: String::new(),
                new: change.value().to_owned(),
            }),
        }
    }
    let mut spans = Vec::new();
    for run in bridged(runs) {
        let (same, old, new) = match run {
            Run::Same(text) => (text, String::new(), String::new()),
            Run::Changed { old, new } => (String::new(), old, new),
        };
        for (change, text) in [
            (Change::Same, same),
            (Change::Deleted, old),
            (Change::Inserted, new),
        ] {
            if !text.is_empty() {
                spans.push(Span { change, text });
            }
        }
    }
    spans
}

/// A stretch of words with one fate in both versions.
enum Run {
    Same(String),
    Changed { old: String, new: String },
}

/// Joins replaced words that only white space or punctuation parts: « une grande » → « deux petites » is one change.
fn bridged(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        let bridge = match (&run, joined.as_slice()) {
            (
                Run::Changed { old: o2, new: n2 },
                [.., Run::Changed { old: o1, new: n1 }, Run::Same(between)],
            ) => {
                !between.contains(char::is_alphanumeric)
                    && [o1, n1, o2, n2].iter().all(|text| !text.is_empty())
            }
            _ => false,
        };
        match (bridge, run) {
            (
                true,
                Run::Changed {
                    old: next_old,
                    new: next_new,
                },
            ) => {
                let between = joined.pop();
                if let (Some(Run::Same(between)), Some(Run::Changed { old, new })) =
                    (between, joined.last_mut())
                {
                    old.extend([between.as_str(), next_old.as_str()]);
                    new.extend([between.as_str(), next_new.as_str()]);
                }
            }
            (_, run) => joined.push(run),
        }
    }
    joined
}

/// Compares two texts line by line.
pub fn source_diff(old: &str, new: &str) -> Vec<SourceLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut lines = Vec::new();
    for operation in operations(&old, &new) {
        let (tag, olds, news) = operation.as_tag_tuple();
        if tag == DiffTag::Equal {
            lines.extend(
                olds.zip(news).map(|(at, place)| {
                    source_line(Change::Same, Some(at), Some(place), new[place])
                }),
            );
        } else {
            lines.extend(olds.map(|at| source_line(Change::Deleted, Some(at), None, old[at])));
            lines.extend(news.map(|at| source_line(Change::Inserted, None, Some(at), new[at])));
        }
    }
    lines
}

fn source_line(change: Change, old: Option<usize>, new: Option<usize>, text: &str) -> SourceLine {
    let number = |at: usize| u32::try_from(at + 1).unwrap_or(u32::MAX);
    SourceLine {
        change,
        old_line: old.map(number),
        new_line: new.map(number),
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
