//! What is read of a body, block by block, without mark-up: for searching, counting and comparing.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::{BlockKind, questions::is_questions};

use super::{document::Document, questionnaire};

/// A block of text as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub kind: BlockKind,
    pub text: String,
    /// Where its links lead and what its pictures show, in order: not read, but not to be changed unseen.
    pub targets: Vec<String>,
}

/// Returns the blocks of a body in reading order.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let document = Document::read(markdown);
    let mut reader = Reader {
        blocks: Vec::new(),
        current: None,
        around: Vec::new(),
        cells: 0,
    };
    let mut at = 0;
    while let Some(event) = document.events.get(at) {
        if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event
            && is_questions(info)
        {
            let end = document.end_of(at);
            let lines = questionnaire::lines(&document.code_of(at..end));
            if !lines.is_empty() {
                reader.finish();
                reader.blocks.extend(lines.into_iter().map(|text| Block {
                    kind: BlockKind::Item,
                    text,
                    targets: Vec::new(),
                }));
                at = end + 1;
                continue;
            }
        }
        reader.event(event);
        at += 1;
    }
    reader.finish();
    reader.blocks
}

struct Reader {
    blocks: Vec<Block>,
    current: Option<Block>,
    /// What the text stands in, innermost last; a list item counts once, for its first paragraph.
    around: Vec<BlockKind>,
    /// In a row, how many cells began since the last text, that one's cell included.
    cells: usize,
}

impl Reader {
    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text(text);
            }
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            Event::TaskListMarker(done) => self.text(if *done { "☑ " } else { "☐ " }),
            Event::Rule => self.finish(),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.open(None),
            Tag::Heading { level, .. } => self.open(Some(BlockKind::Heading(*level as u8))),
            Tag::CodeBlock(_) => self.open(Some(BlockKind::Code)),
            Tag::TableHead | Tag::TableRow => {
                self.open(Some(BlockKind::Row));
            }
            Tag::TableCell => {
                // A row that is too short is filled up with cells, which are nothing to read.
                self.cells += 1;
            }
            Tag::List(_) | Tag::FootnoteDefinition(_) => self.finish(),
            Tag::Item => {
                self.finish();
                self.around.push(BlockKind::Item);
            }
            Tag::BlockQuote(_) => {
                self.finish();
                self.around.push(BlockKind::Quote);
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                if self.current.is_none() {
                    self.open(None);
                }
                if let Some(block) = &mut self.current {
                    block.targets.push(dest_url.to_string());
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::HtmlBlock
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::TableHead
            | TagEnd::TableRow => {
                self.finish();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.finish();
                self.around.pop();
            }
            _ => {}
        }
    }

    /// Opens a block of a kind, by default that of what it stands in.
    fn open(&mut self, kind: Option<BlockKind>) {
        self.finish();
        let around = match self.around.last_mut() {
            // What follows the first paragraph of an item is a paragraph.
            Some(around @ BlockKind::Item) => std::mem::replace(around, BlockKind::Paragraph),
            Some(around) => *around,
            None => BlockKind::Paragraph,
        };
        self.cells = 0;
        self.current = Some(Block {
            kind: kind.unwrap_or(around),
            text: String::new(),
            targets: Vec::new(),
        });
    }

    fn text(&mut self, text: &str) {
        if self.current.is_none() {
            self.open(None);
        }
        if let Some(block) = &mut self.current {
            for _ in 1..std::mem::replace(&mut self.cells, 1) {
                block.text.push_str(" | ");
            }
            block.text.push_str(text);
        }
    }

    fn finish(&mut self) {
        if let Some(mut block) = self.current.take() {
            block.text.truncate(block.text.trim_end().len());
            if !block.text.is_empty() || !block.targets.is_empty() {
                self.blocks.push(block);
            }
        }
    }
}
