//! What changed between two versions of a card: as people read it, and as it is stored.

use actix_web::HttpRequest;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;
use terreau_card::schema::field_in;
use terreau_card::{
    BlockKind, Change, CommonsConfig, DiffBlock, Kind, ProseDiff, SourceLine, Span, Value,
};
use terreau_commons::{CommitId, Head, Version};

use crate::facts::label_of;
use crate::facts::spoken::Speaker;
use crate::layout::made_now;
use crate::pages::card::find;
use crate::pages::history::VersionView;
use crate::pages::proposals::Beside;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// Unchanged blocks shown around a change.
const AROUND: usize = 1;

/// Which versions, and how the change is shown.
#[derive(Deserialize)]
pub struct Between {
    de: Option<String>,
    a: Option<String>,
    #[serde(rename = "jusqu-a")]
    until: Option<String>,
    vue: Option<String>,
}

/// A field that differs.
pub struct FieldView {
    /// Its label.
    pub label: String,
    /// What it was; nothing when it is new.
    pub was: Vec<SpanView>,
    /// What it becomes; nothing when it is gone.
    pub becomes: Vec<SpanView>,
}

/// A stretch of the comparison: blocks shown as they are, or folded away because nothing changed in them.
pub struct Stretch {
    /// What stands for the blocks while they are folded.
    pub folded: Option<String>,
    /// The blocks.
    pub blocks: Vec<BlockView>,
}

/// A block of the body with its changed words.
pub struct BlockView {
    /// The class of what it is: `heading`, `paragraph`, `item`, `quote`, `code`, `row`.
    pub kind: &'static str,
    /// The class of what happened to it: `same`, `changed`, `inserted`, `deleted`.
    pub change: &'static str,
    /// What happened to it, for those who do not see colours.
    pub said: Option<String>,
    /// Its words.
    pub spans: Vec<SpanView>,
    /// What was remarked on it, on the pages where people do.
    pub beside: Option<Box<Beside>>,
}

/// Words that share one fate.
pub struct SpanView {
    /// `same`, `inserted` or `deleted`.
    pub change: &'static str,
    /// The words.
    pub text: String,
}

/// A line of the source.
pub struct LineView {
    /// `same`, `inserted` or `deleted`.
    pub change: &'static str,
    /// `+`, `−` or a space.
    pub mark: char,
    /// Its number before.
    pub old: String,
    /// Its number after.
    pub new: String,
    /// The line.
    pub text: String,
}

/// The change between two cards, ready to show; the pages that preview an edit use it too.
pub struct ChangeView {
    /// Fields that differ.
    pub fields: Vec<FieldView>,
    /// What the table of the fields is called.
    pub fields_label: String,
    /// The body.
    pub stretches: Vec<Stretch>,
    /// Whether a reader sees no difference.
    pub is_empty: bool,
}

impl ChangeView {
    /// Makes the view of a change in a card of a kind.
    pub fn of(prose: &ProseDiff, kind: Kind, config: &CommonsConfig, words: Words) -> ChangeView {
        let speaker = Speaker { config, words };
        let fields = prose
            .fields
            .iter()
            .map(|field| {
                let shape = field_in(kind, &field.key).map(|known| &known.shape);
                let said = |value: &Option<Value>| {
                    value.as_ref().and_then(|value| speaker.say(value, shape))
                };
                self::field(
                    label_of(&field.key, words),
                    said(&field.was),
                    said(&field.becomes),
                )
            })
            .collect();
        ChangeView {
            fields,
            fields_label: words.say("compare-fields"),
            stretches: stretches(&prose.blocks, words),
            is_empty: prose.is_empty(),
        }
    }
}

/// Shows what a field was and becomes.
pub fn field(label: String, was: Option<String>, becomes: Option<String>) -> FieldView {
    let (was, becomes) = changed_words(was, becomes);
    FieldView {
        label,
        was,
        becomes,
    }
}

/// Returns lines of the source as the page shows them.
pub fn lines(source: &[SourceLine]) -> Vec<LineView> {
    let number = |line: Option<u32>| line.map(|line| line.to_string()).unwrap_or_default();
    source
        .iter()
        .map(|line| LineView {
            change: class(line.change),
            mark: match line.change {
                Change::Inserted => '+',
                Change::Deleted => '\u{2212}',
                _ => ' ',
            },
            old: number(line.old_line),
            new: number(line.new_line),
            text: line.text.clone(),
        })
        .collect()
}

fn class(change: Change) -> &'static str {
    match change {
        Change::Same => "same",
        Change::Changed => "changed",
        Change::Inserted => "inserted",
        Change::Deleted => "deleted",
    }
}

fn stretches(blocks: &[DiffBlock], words: Words) -> Vec<Stretch> {
    let is_near_change = |index: usize| {
        let from = index.saturating_sub(AROUND);
        blocks[from..(index + AROUND + 1).min(blocks.len())]
            .iter()
            .any(|block| block.change != Change::Same)
    };
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut was_near = None;
    for (index, block) in blocks.iter().enumerate() {
        let is_near = is_near_change(index);
        if was_near.replace(is_near) != Some(is_near) {
            stretches.push(Stretch {
                folded: (!is_near).then(String::new),
                blocks: Vec::new(),
            });
        }
        stretches
            .last_mut()
            .expect("the first block opens a stretch")
            .blocks
            .push(block_view(block, words));
    }
    for stretch in &mut stretches {
        // One block alone is shorter than the line that would stand for it.
        stretch.folded = stretch
            .folded
            .take()
            .filter(|_| stretch.blocks.len() > 1)
            .map(|_| words.tell("compare-folded", "count", stretch.blocks.len()));
    }
    stretches
}

fn block_view(block: &DiffBlock, words: Words) -> BlockView {
    let kind = match block.kind {
        BlockKind::Heading(_) => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item => "item",
        BlockKind::Quote => "quote",
        BlockKind::Code => "code",
        BlockKind::Row => "row",
    };
    let said = match block.change {
        Change::Inserted => Some(words.say("compare-block-inserted")),
        Change::Deleted => Some(words.say("compare-block-deleted")),
        _ => None,
    };
    let spans = block
        .spans
        .iter()
        .map(|span: &Span| SpanView {
            change: class(span.change),
            text: span.text.clone(),
        })
        .collect();
    BlockView {
        kind,
        change: class(block.change),
        said,
        spans,
        beside: None,
    }
}

/// Marks the words between the first and the last that differ; what begins and ends alike is left alone.
fn changed_words(was: Option<String>, becomes: Option<String>) -> (Vec<SpanView>, Vec<SpanView>) {
    let (Some(was), Some(becomes)) = (&was, &becomes) else {
        let whole = |text: Option<String>, change| {
            text.map(|text| SpanView { change, text })
                .into_iter()
                .collect()
        };
        return (whole(was, "deleted"), whole(becomes, "inserted"));
    };
    let old: Vec<&str> = was.split_inclusive(char::is_whitespace).collect();
    let new: Vec<&str> = becomes.split_inclusive(char::is_whitespace).collect();
    let first = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let last = old[first..]
        .iter()
        .rev()
        .zip(new[first..].iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let spans = |words: &[&str], change| {
        [
            (&words[..first], "same"),
            (&words[first..words.len() - last], change),
            (&words[words.len() - last..], "same"),
        ]
        .into_iter()
        .filter(|(words, _)| !words.is_empty())
        .map(|(words, change)| SpanView {
            change,
            text: words.concat(),
        })
        .collect()
    };
    (spans(&old, "deleted"), spans(&new, "inserted"))
}

/// Says a value of front matter in one text: lists by commas, mappings by semicolons.
pub fn spoken(value: &Value) -> Option<String> {
    match value {
        Value::List(items) => {
            let said: Vec<String> = items.iter().filter_map(spoken).collect();
            let is_plain = items.iter().all(|item| item.plain().is_some());
            Some(said.join(if is_plain { ", " } else { "\n" })).filter(|text| !text.is_empty())
        }
        Value::Map(entries) => {
            let said: Vec<String> = entries
                .iter()
                .filter_map(|(key, value)| Some(format!("{key} : {}", spoken(value)?)))
                .collect();
            Some(said.join(" ; ")).filter(|text| !text.is_empty())
        }
        scalar => scalar.plain().filter(|text| !text.is_empty()),
    }
}

#[derive(Template)]
#[template(path = "compare/page.html")]
struct ComparePage {
    layout: Layout,
    path: String,
    title: String,
    from: VersionView,
    to: VersionView,
    change: ChangeView,
    source: Option<Vec<LineView>>,
    source_label: String,
    prose_href: String,
    source_href: String,
    undo: Option<String>,
}

/// Shows what changed in a card between two of its versions; without a choice, the last change.
///
/// `GET /{path}/comparer?de=&a=&vue=source` → 200 · 301 · 303 to the choice made for the reader · 304 · 404
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    between: Query<Between>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/comparer", request.uri().query())?;
    let missing = || Failure::missing().next("failure-next-history", url::history(&head.path));
    let (Some(from), Some(to)) = (between.de.as_deref(), between.a.as_deref()) else {
        let (from, to) = chosen(&site, &head, between.until.as_deref())
            .await?
            .ok_or_else(missing)?;
        return Ok(crate::layout::see_other(url::compare(
            &head.path,
            from.commit,
            to.commit,
        )));
    };
    let from = CommitId::parse(from).map_err(|_| missing())?;
    let to = CommitId::parse(to).map_err(|_| missing())?;
    let comparison =
        site.commons
            .compare(&head, &from, &to)
            .await
            .map_err(|error| match error {
                terreau_commons::ReadError::Missing => missing(),
                other => other.into(),
            })?;
    let before = site.commons.version_before(&head, &to).await?;
    let is_one_change = before.is_some_and(|before| before.commit == from);
    let words = reader.words();
    let card = head.path.as_str();
    let prose_href = url::compare(card, from, to);
    let template = ComparePage {
        layout: Layout::new(
            &site,
            &reader,
            words.tell("compare-title", "title", &head.title),
        )
        .within("history"),
        path: url::card(card),
        title: head.title.clone(),
        from: VersionView::of(card, &comparison.from, None, false, words),
        to: VersionView::of(card, &comparison.to, None, false, words),
        change: ChangeView::of(&comparison.prose, head.kind, snapshot.config(), words),
        source: (between.vue.as_deref() == Some("source")).then(|| lines(&comparison.source)),
        source_label: words.say("compare-view-source"),
        source_href: format!("{prose_href}&vue=source"),
        undo: is_one_change.then(|| format!("{}/annuler", url::version(card, to))),
        prose_href,
    };
    made_now(&site, &request, &reader, &template)
}

/// Returns the last change, or the one that made a version; none when nothing came before.
async fn chosen(
    site: &Site,
    head: &Head,
    until: Option<&str>,
) -> Result<Option<(Version, Version)>, Failure> {
    let mut newer: Option<Version> = None;
    let mut number = 1;
    loop {
        let page = site.commons.versions(head, number).await?;
        for version in page.versions {
            match newer {
                Some(newer) => return Ok(Some((version, newer))),
                None if until.is_none_or(|until| until == version.commit.as_str()) => {
                    newer = Some(version);
                }
                None => {}
            }
        }
        if number >= page.pages {
            return Ok(None);
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests;
