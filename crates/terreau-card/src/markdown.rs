//! Markdown made into safe HTML, into plain text, and into the parts that a page shows one by one.

use crate::{Card, CardPath, CommonsConfig};

mod safe;

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

/// Renders the body of a card that stands at `path`.
pub fn render(_card: &Card, _path: &CardPath, _config: &CommonsConfig) -> Rendered {
    todo!()
}

/// Returns what is read of a Markdown text, without any mark-up.
pub fn plain_text(_markdown: &str) -> String {
    todo!()
}
