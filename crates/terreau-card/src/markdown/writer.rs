//! Events written as HTML, fragment by fragment; each fragment is sanitised when it is complete.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag};

use crate::questions::is_questions;

use super::{
    ContentsEntry, SafeHtml,
    addresses::Addresses,
    document::Document,
    escape::{escape, escape_into},
    ids::{Ids, Notes, mention_id},
    levels::Levels,
    pictures, questionnaire,
    words::Words,
};

mod tags;

/// Marks nested deeper than this are left out; their text stays.
const MAX_DEPTH: usize = 64;
/// What a small card may grow to, in bytes.
const SMALLEST_BUDGET: usize = 256 * 1024;
/// How many bytes of HTML each byte of Markdown may become beyond that.
const GROWTH: usize = 12;

/// Writes the fragments of one card.
pub(crate) struct Writer<'w, 'e> {
    pub document: &'w Document<'e>,
    pub addresses: &'w Addresses<'w>,
    pub words: Words,
    pub ids: Ids,
    pub contents: Vec<ContentsEntry>,
    notes: Notes,
    budget: usize,
    cut: bool,
}

/// A fragment being written.
struct Fragment<'f> {
    html: &'f mut String,
    /// What closes each open event; empty for those that were left out.
    open: Vec<&'static str>,
    depth: usize,
    levels: Levels,
    /// Whether headings go into the table of contents.
    listed: bool,
    links: usize,
    columns: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl<'w, 'e> Writer<'w, 'e> {
    pub fn new(
        document: &'w Document<'e>,
        addresses: &'w Addresses<'w>,
        words: Words,
        source_bytes: usize,
    ) -> Self {
        Writer {
            document,
            addresses,
            words,
            ids: Ids::default(),
            contents: Vec::new(),
            notes: Notes::default(),
            budget: SMALLEST_BUDGET.max(source_bytes.saturating_mul(GROWTH)),
            cut: false,
        }
    }

    /// Writes a stretch that stands under a heading of a level, and the notes that it is the first to mention.
    pub fn fragment(&mut self, events: Range<usize>, level: u8, last: bool) -> SafeHtml {
        if self.cut {
            return SafeHtml::default();
        }
        let mut html = String::new();
        self.stretch(&mut html, events, level, true);
        if last && !self.cut {
            for label in self.document.labels() {
                self.notes.number(label);
            }
        }
        self.write_notes(&mut html);
        let mut safe = SafeHtml::of_card(&html);
        if self.cut {
            safe.push(&SafeHtml::of_card(&format!(
                "<p class=\"cut\">{}</p>\n",
                escape(self.words.cut())
            )));
        }
        self.budget = self.budget.saturating_sub(html.len());
        safe
    }

    /// Writes a heading of its own, `heading` with its start and end.
    pub fn heading(&mut self, heading: Range<usize>, level: u8, id: &str) -> SafeHtml {
        let mut html = format!("<h{level} id=\"{id}\">");
        self.stretch(
            &mut html,
            heading.start + 1..heading.end.saturating_sub(1),
            level,
            false,
        );
        html.push_str(&format!("</h{level}>\n"));
        SafeHtml::of_card(&html)
    }

    /// Returns the id that a heading gets: from its attribute or from its text.
    pub fn heading_id(&mut self, heading: &Range<usize>) -> String {
        match self.document.events.get(heading.start) {
            Some(Event::Start(Tag::Heading { id: Some(id), .. })) => self.ids.give("section", id),
            _ => self
                .ids
                .give("section", &self.document.text_of(heading.clone())),
        }
    }

    fn write_notes(&mut self, html: &mut String) {
        let Some((first, _)) = self.notes.waiting.front() else {
            return;
        };
        html.push_str(&format!(
            "<ol class=\"notes\" aria-label=\"{}\" start=\"{first}\">\n",
            escape(self.words.notes())
        ));
        while let Some((number, label)) = self.notes.waiting.pop_front() {
            let Some(events) = self.document.definition(&label) else {
                continue;
            };
            html.push_str(&format!("<li id=\"note-{number}\">"));
            self.stretch(html, events, 5, false);
            // The way back stands at the end of the last line, not under it.
            let line_end = "</p>\n";
            let in_line = html.ends_with(line_end);
            if in_line {
                html.truncate(html.len() - line_end.len());
            }
            for rank in 1..=self.notes.mentions(number) {
                let (back, label) = (mention_id(number, rank), escape(self.words.back_to_text()));
                html.push_str(&format!(
                    " <a class=\"back\" href=\"#{back}\" aria-label=\"{label}\">↩</a>"
                ));
                self.check_budget(html);
                if self.cut {
                    break;
                }
            }
            if in_line {
                html.push_str(line_end);
            }
            html.push_str("</li>\n");
            if self.cut {
                break;
            }
        }
        html.push_str("</ol>\n");
    }

    fn check_budget(&mut self, html: &str) {
        self.cut |= html.len() > self.budget;
    }

    fn stretch(&mut self, html: &mut String, events: Range<usize>, level: u8, listed: bool) {
        let document = self.document;
        let mut fragment = Fragment {
            html,
            open: Vec::new(),
            depth: 0,
            levels: Levels::under(level),
            listed,
            links: 0,
            columns: Vec::new(),
            column: 0,
            in_head: false,
        };
        let mut at = events.start;
        while at < events.end && !self.cut {
            if let Some(end) = document.definition_end(at) {
                at = end + 1;
                continue;
            }
            at = match &document.events[at] {
                Event::Start(tag) => self.start(&mut fragment, tag, at),
                Event::End(_) => {
                    let close = fragment.open.pop().unwrap_or_default();
                    fragment.links -= usize::from(close == "</a>");
                    fragment.depth -= usize::from(!close.is_empty());
                    fragment.html.push_str(close);
                    at + 1
                }
                event => {
                    self.leaf(&mut fragment, event);
                    at + 1
                }
            };
            self.check_budget(fragment.html);
        }
        while let Some(close) = fragment.open.pop() {
            fragment.html.push_str(close);
        }
    }

    fn leaf(&mut self, fragment: &mut Fragment<'_>, event: &Event<'_>) {
        let html = &mut *fragment.html;
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                escape_into(html, text);
            }
            Event::Code(text) => {
                html.push_str("<code>");
                escape_into(html, text);
                html.push_str("</code>");
            }
            Event::SoftBreak => html.push('\n'),
            Event::HardBreak => html.push_str("<br>\n"),
            Event::Rule => html.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked" } else { "" };
                let label = escape(self.words.task(*done));
                html.push_str(&format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            Event::FootnoteReference(label) => {
                if self.document.definition(label).is_none() {
                    escape_into(html, &format!("[^{label}]"));
                } else if fragment.links == 0 {
                    let (number, rank) = self.notes.mention(label);
                    let (id, name) = (mention_id(number, rank), escape(&self.words.note(number)));
                    html.push_str(&format!(
                        "<sup><a class=\"noteref\" href=\"#note-{number}\" id=\"{id}\" aria-label=\"{name}\">{number}</a></sup>"
                    ));
                } else {
                    html.push_str(&format!("<sup>{}</sup>", self.notes.number(label)));
                }
            }
            // Not switched on, or handled with the rest of what is open.
            Event::Start(_) | Event::End(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Opens a tag and returns the event to go on with.
    fn start(&mut self, fragment: &mut Fragment<'_>, tag: &Tag<'_>, at: usize) -> usize {
        let deep = fragment.depth >= MAX_DEPTH;
        match tag {
            Tag::Image {
                dest_url, title, ..
            } => {
                let end = self.document.end_of(at);
                let alt = self.document.text_of(at..end);
                let in_link = fragment.links > 0;
                pictures::write(
                    fragment.html,
                    self.addresses,
                    dest_url,
                    title,
                    &alt,
                    in_link,
                );
                return end + 1;
            }
            Tag::Paragraph => {
                if let Some(end) = self.figure(fragment, at) {
                    return end + 1;
                }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if is_questions(info) => {
                let end = self.document.end_of(at);
                let level = fragment.levels.next();
                let text = self.document.code_of(at..end);
                if questionnaire::write(fragment.html, &text, level, self.words, &mut self.ids) {
                    return end + 1;
                }
            }
            _ => {}
        }
        let (open, close) = if deep {
            (String::new(), "")
        } else {
            self.tags(fragment, tag, at)
        };
        fragment.links += usize::from(close == "</a>");
        fragment.depth += usize::from(!close.is_empty());
        fragment.html.push_str(&open);
        fragment.open.push(close);
        at + 1
    }
}
