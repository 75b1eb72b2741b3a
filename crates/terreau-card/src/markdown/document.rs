//! A parsed body: its events, its footnotes, its sections. The Markdown that the commons speaks is decided here.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A parsed body.
pub(crate) struct Document<'a> {
    pub events: Vec<Event<'a>>,
    /// The end of each footnote definition, by its start.
    definition_ends: HashMap<usize, usize>,
    /// The events inside each footnote definition, by its label in lower case.
    definitions: HashMap<String, Range<usize>>,
    /// The labels in the order of the text.
    labels: Vec<String>,
}

/// A heading and what stands under it.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    /// The events of the heading, with its start and end; none before the first heading.
    pub heading: Option<Range<usize>>,
    /// The events under it.
    pub events: Range<usize>,
}

/// CommonMark with tables, footnotes, strikethrough, task lists and heading attributes.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

impl<'a> Document<'a> {
    pub fn read(markdown: &'a str) -> Document<'a> {
        let events: Vec<Event<'a>> = Parser::new_ext(markdown, options()).collect();
        let mut document = Document {
            events,
            definition_ends: HashMap::new(),
            definitions: HashMap::new(),
            labels: Vec::new(),
        };
        let mut open = Vec::new();
        for (at, event) in document.events.iter().enumerate() {
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push((at, label.to_lowercase()));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    if let Some((start, label)) = open.pop() {
                        document.definition_ends.insert(start, at);
                        if !document.definitions.contains_key(&label) {
                            document.labels.push(label.clone());
                            document.definitions.insert(label, start + 1..at);
                        }
                    }
                }
                _ => {}
            }
        }
        document
    }

    /// Returns the end of the footnote definition that starts at an event.
    pub fn definition_end(&self, at: usize) -> Option<usize> {
        self.definition_ends.get(&at).copied()
    }

    /// Returns the events of a footnote.
    pub fn definition(&self, label: &str) -> Option<Range<usize>> {
        self.definitions.get(&label.to_lowercase()).cloned()
    }

    /// Returns the labels of the footnotes, in lower case, in the order of the text.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Cuts a stretch at its top headings of a level; the first piece has no heading and may be empty.
    pub fn cut(&self, range: Range<usize>, level: HeadingLevel) -> Vec<Piece> {
        let mut pieces = vec![Piece {
            heading: None,
            events: range.start..range.start,
        }];
        let mut depth = 0_usize;
        let mut at = range.start;
        while at < range.end {
            if let Some(end) = self.definition_end(at) {
                at = end;
            } else {
                match &self.events[at] {
                    Event::Start(Tag::Heading { level: found, .. })
                        if depth == 0 && *found == level =>
                    {
                        let end = self.end_of(at);
                        pieces.push(Piece {
                            heading: Some(at..end + 1),
                            events: end + 1..end + 1,
                        });
                        at = end;
                    }
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            at += 1;
            if let Some(piece) = pieces.last_mut() {
                piece.events.end = at.max(piece.events.start);
            }
        }
        pieces
    }

    /// Returns the event that ends what starts at an event.
    pub fn end_of(&self, start: usize) -> usize {
        let mut depth = 0_usize;
        for (at, event) in self.events.iter().enumerate().skip(start) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at;
            }
        }
        self.events.len().saturating_sub(1)
    }

    /// Returns what is read of a stretch, on one line.
    pub fn text_of(&self, range: Range<usize>) -> String {
        let mut text = String::new();
        for event in &self.events[range] {
            match event {
                Event::Text(words)
                | Event::Code(words)
                | Event::InlineHtml(words)
                | Event::Html(words) => {
                    text.push_str(words);
                }
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text.trim().to_owned()
    }

    /// Returns the code of a block, letter by letter.
    pub fn code_of(&self, range: Range<usize>) -> String {
        let lines = self.events[range].iter().filter_map(|event| match event {
            Event::Text(line) => Some(line.as_ref()),
            _ => None,
        });
        lines.collect()
    }
}
