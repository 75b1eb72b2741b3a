//! Markdown made into safe HTML, into plain text, and into the parts that a page shows one by one.

use pulldown_cmark::HeadingLevel;

use crate::{Card, CardPath, CommonsConfig, Language, sections::code_of};

use addresses::Addresses;
use document::{Document, Piece};
use words::Words;
use writer::Writer;

mod addresses;
mod document;
mod escape;
mod ids;
mod levels;
mod pictures;
mod questionnaire;
mod reading;
mod runs;
mod safe;
mod steps;
mod words;
mod writer;

pub(crate) use document::options;
pub(crate) use escape::{encode_address, escape};
pub(crate) use reading::{Block, blocks};
pub(crate) use safe::ORIGIN_REL;
pub use safe::SafeHtml;

/// A card's body, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The whole body.
    pub html: SafeHtml,
    /// The same, section by section; what stands before the first heading comes first when there is any.
    pub sections: Vec<RenderedSection>,
    /// The headings, in reading order.
    pub contents: Vec<ContentsEntry>,
    /// How many words there are to read.
    pub words: usize,
    /// How long reading takes, at least one minute.
    pub reading_minutes: u32,
    /// What is read, without any mark-up.
    pub plain_text: String,
}

/// One second-level section of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedSection {
    /// The code of the kind's section that the heading names.
    pub code: Option<String>,
    /// The heading as text; none for what stands before the first one.
    pub heading: Option<String>,
    /// The fragment that leads here, without `#`; empty for what stands before the first heading.
    pub anchor: String,
    /// The text under the heading, without the heading and without the steps.
    pub html: SafeHtml,
    /// The steps, in the section whose code is [`STEPS`].
    pub steps: Vec<Step>,
}

/// One step of a course of action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The title without its duration.
    pub title: String,
    /// The duration written after the title.
    pub minutes: Option<u32>,
    /// The fragment that leads here, without `#`.
    pub anchor: String,
    /// What to do.
    pub html: SafeHtml,
}

/// One line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentsEntry {
    /// The level shown, from 2.
    pub level: u8,
    /// The heading as text.
    pub text: String,
    /// The fragment that leads to it, without `#`.
    pub anchor: String,
}

/// The code of the section whose third-level headings are steps.
pub const STEPS: &str = "deroule";

/// How many words people read in a minute.
const WORDS_PER_MINUTE: usize = 200;

/// Renders the body of a card that stands at `path`.
///
/// Footnotes stand at the end of the section or step that mentions them first, with one numbering for the whole body.
pub fn render(card: &Card, path: &CardPath, config: &CommonsConfig) -> Rendered {
    let body = card.body();
    let document = Document::read(body);
    let addresses = Addresses::new(path, config.base_url.as_deref(), card.media());
    let words = Words(language_of(card, config));
    let mut writer = Writer::new(&document, &addresses, words, body.len());

    let mut html = SafeHtml::default();
    let mut sections = Vec::new();
    let pieces = document.cut(0..document.events.len(), HeadingLevel::H2);
    let last = pieces.len() - 1;
    for (rank, piece) in pieces.into_iter().enumerate() {
        let Piece { heading, events } = piece;
        let Some(heading) = heading else {
            let lead = writer.fragment(events, 1, rank == last);
            if !lead.is_empty() {
                html.push(&lead);
                sections.push(RenderedSection {
                    code: None,
                    heading: None,
                    anchor: String::new(),
                    html: lead,
                    steps: Vec::new(),
                });
            }
            continue;
        };
        let text = document.text_of(heading.clone());
        let code = section_code(card, config, &text);
        let anchor = writer.heading_id(&heading);
        writer.contents.push(ContentsEntry {
            level: 2,
            text: text.clone(),
            anchor: anchor.clone(),
        });
        html.push(&writer.heading(heading, 2, &anchor));

        let mut parts = match code.as_deref() {
            Some(STEPS) => document.cut(events, HeadingLevel::H3),
            _ => vec![Piece {
                heading: None,
                events,
            }],
        };
        let steps_from = parts.split_off(1);
        let no_steps = steps_from.is_empty();
        let lead = parts.pop().map(|part| part.events).unwrap_or_default();
        let lead = writer.fragment(lead, 2, rank == last && no_steps);
        html.push(&lead);
        let mut steps = Vec::new();
        let last_step = steps_from.len().saturating_sub(1);
        for (step_rank, part) in steps_from.into_iter().enumerate() {
            let Some(heading) = part.heading else {
                continue;
            };
            let text = document.text_of(heading.clone());
            let anchor = writer.heading_id(&heading);
            writer.contents.push(ContentsEntry {
                level: 3,
                text: text.clone(),
                anchor: anchor.clone(),
            });
            html.push(&writer.heading(heading, 3, &anchor));
            let step = writer.fragment(part.events, 3, rank == last && step_rank == last_step);
            html.push(&step);
            let (title, minutes) = steps::title_and_minutes(&text);
            steps.push(Step {
                title,
                minutes,
                anchor,
                html: step,
            });
        }
        sections.push(RenderedSection {
            code,
            heading: Some(text),
            anchor,
            html: lead,
            steps,
        });
    }
    let contents = writer.contents;
    let plain_text = plain_text(body);
    let words = count_words(&plain_text);
    let reading_minutes =
        u32::try_from(words.div_ceil(WORDS_PER_MINUTE).max(1)).unwrap_or(u32::MAX);
    Rendered {
        html,
        sections,
        contents,
        words,
        reading_minutes,
        plain_text,
    }
}

/// Returns what is read of a Markdown text, without any mark-up: one line a block.
pub fn plain_text(markdown: &str) -> String {
    let lines: Vec<String> = blocks(markdown)
        .into_iter()
        .map(|block| block.text)
        .filter(|text| !text.is_empty())
        .collect();
    lines.join("\n")
}

fn count_words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// Returns the language of the words that rendering adds: the card's, else the commons'.
fn language_of(card: &Card, config: &CommonsConfig) -> Language {
    card.language()
        .and_then(Language::parse)
        .unwrap_or(config.default_language)
}

/// Returns the code of the section that a heading names.
fn section_code(card: &Card, config: &CommonsConfig, heading: &str) -> Option<String> {
    code_of(
        heading,
        &config.kind(card.kind()?).sections,
        language_of(card, config),
    )
}

#[cfg(test)]
mod tests;
