//! The body by sections: second-level headings that equal a label of the kind.

#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use crate::{Language, SectionDef, markdown};

/// A part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The code of the section, when its heading is a label of the kind.
    pub code: Option<String>,
    /// The text of its heading; none for what precedes the first heading.
    pub heading: Option<String>,
    /// What follows the heading, without blank lines around.
    pub text: String,
}

/// A section and its bytes in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub code: Option<String>,
    pub heading: Option<String>,
    /// The heading and everything up to the next one.
    pub range: Range<usize>,
    /// The line of the heading; empty for the lead.
    pub heading_line: Range<usize>,
    /// The text without the blank lines around it.
    pub text: Range<usize>,
}

impl Part {
    /// Returns the section that the part holds.
    pub fn section(&self, body: &str) -> Section {
        Section {
            code: self.code.clone(),
            heading: self.heading.clone(),
            text: body[self.text.clone()].to_owned(),
        }
    }
}

/// Cuts a body at its second-level headings that begin with `##`; together the parts hold every byte of it.
pub(crate) fn split(body: &str, defs: &[SectionDef], language: Language) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut open = Part {
        code: None,
        heading: None,
        range: 0..0,
        heading_line: 0..0,
        text: 0..0,
    };
    for (line, heading) in headings(body) {
        open.range.end = line.start;
        close(&mut parts, open, body);
        open = Part {
            code: code_of(&heading, defs, language),
            heading: Some(heading),
            range: line.clone(),
            heading_line: line,
            text: 0..0,
        };
    }
    open.range.end = body.len();
    close(&mut parts, open, body);
    parts
}

fn close(parts: &mut Vec<Part>, mut part: Part, body: &str) {
    let content = part.heading_line.end..part.range.end;
    let text = &body[content.clone()];
    // A first line may be indented code: only whole blank lines go.
    let lead: usize = text
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty())
        .map(str::len)
        .sum();
    let length = text.trim_end_matches(['\n', '\r', ' ', '\t']).len();
    part.text = content.start + lead.min(length)..content.start + length.max(lead.min(length));
    if part.heading.is_some() || !part.text.is_empty() {
        parts.push(part);
    }
}

/// The top-level `##` headings: their lines, and their text without Markdown or attributes.
fn headings(body: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut open: Option<(Range<usize>, String)> = None;
    for (event, place) in Parser::new_ext(body, markdown::options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) if depth == 0 => {
                depth += 1;
                if body[place.clone()].trim_start().starts_with('#') {
                    let start = body[..place.start]
                        .rfind('\n')
                        .map_or(0, |line_break| line_break + 1);
                    let end = body[place.start..]
                        .find('\n')
                        .map_or(body.len(), |length| place.start + length + 1);
                    open = Some((start..end, String::new()));
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                depth = depth.saturating_sub(1);
                found.extend(
                    open.take()
                        .map(|(line, text)| (line, text.trim().to_owned())),
                );
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, heading)) = &mut open {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    found
}

/// The code of the section with this heading, in the language of the card first.
pub(crate) fn code_of(heading: &str, defs: &[SectionDef], language: Language) -> Option<String> {
    let heading = plain(heading);
    let other = Language::ALL.into_iter().filter(|other| *other != language);
    let labelled = |language| {
        defs.iter()
            .find(|def| plain(def.label.get(language)) == heading)
    };
    std::iter::once(language)
        .chain(other)
        .find_map(labelled)
        .map(|def| def.code.clone())
}

/// A heading as people compare it: one kind of apostrophe, one kind of space.
fn plain(heading: &str) -> String {
    heading
        .replace('\u{2019}', "'")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns a body with other sections; parts that stay the same keep their bytes.
pub(crate) fn join(
    body: &str,
    defs: &[SectionDef],
    language: Language,
    sections: &[Section],
) -> String {
    let parts = split(body, defs, language);
    let mut free: Vec<bool> = vec![true; parts.len()];
    let mut blocks: Vec<Block> = Vec::new();
    let mut fresh: Vec<Block> = Vec::new();
    for section in sections {
        let is_same_place = |part: &Part| match &section.code {
            Some(code) => part.code.as_ref() == Some(code),
            None => part.code.is_none() && part.heading == section.heading,
        };
        let place = (0..parts.len()).find(|index| free[*index] && is_same_place(&parts[*index]));
        let part = place.map(|index| {
            free[index] = false;
            &parts[index]
        });
        let text = tidy(&section.text, body);
        match part {
            Some(part) if body[part.text.clone()] == text => blocks.push(Block::kept(part, body)),
            Some(part) if text.is_empty() && (part.code.is_some() || part.heading.is_none()) => {}
            Some(part) => blocks.push(Block::changed(part, body, &text)),
            None if text.is_empty() && (section.code.is_some() || section.heading.is_none()) => {}
            None => {
                let def = section
                    .code
                    .as_ref()
                    .and_then(|code| defs.iter().find(|def| def.code == *code));
                let heading = match (def, &section.heading) {
                    (Some(def), _) => Some(def.label.get(language).to_owned()),
                    (None, heading) => heading.clone(),
                };
                let block = Block {
                    code: section.code.clone(),
                    text: new_text(heading.as_deref(), &text),
                    place: None,
                };
                match def {
                    Some(_) => fresh.push(block),
                    None if section.heading.is_none() => blocks.insert(0, block),
                    None => blocks.push(block),
                }
            }
        }
    }
    for block in fresh {
        let place = place_of(&blocks, &block, defs);
        blocks.insert(place, block);
    }
    glue(&blocks, body)
}

/// A section ready to be written.
struct Block {
    code: Option<String>,
    text: String,
    /// Where it stood in the old body.
    place: Option<Range<usize>>,
}

impl Block {
    fn kept(part: &Part, body: &str) -> Block {
        Block {
            code: part.code.clone(),
            text: body[part.range.clone()].to_owned(),
            place: Some(part.range.clone()),
        }
    }

    /// The heading, the blank lines and the end of the old part around another text.
    fn changed(part: &Part, body: &str, text: &str) -> Block {
        let mut before = body[part.range.start..part.text.start].to_owned();
        let after = &body[part.text.end..part.range.end];
        if part.text.is_empty() && part.heading.is_some() {
            before = format!("{}\n\n", body[part.heading_line.clone()].trim_end());
        }
        Block {
            code: part.code.clone(),
            text: format!("{before}{text}{after}"),
            place: Some(part.range.clone()),
        }
    }
}

fn new_text(heading: Option<&str>, text: &str) -> String {
    match (heading, text.is_empty()) {
        (Some(heading), true) => format!("## {heading}\n"),
        (Some(heading), false) => format!("## {heading}\n\n{text}\n"),
        (None, _) => format!("{text}\n"),
    }
}

/// After the last section that comes before it in the order of the commons, else before the first that comes after.
fn place_of(blocks: &[Block], new: &Block, defs: &[SectionDef]) -> usize {
    let rank = |block: &Block| {
        block
            .code
            .as_ref()
            .and_then(|code| defs.iter().position(|def| def.code == *code))
    };
    let own = rank(new);
    let before = blocks
        .iter()
        .rposition(|block| rank(block).is_some_and(|rank| Some(rank) < own));
    let after = blocks
        .iter()
        .position(|block| rank(block).is_some_and(|rank| Some(rank) > own));
    before
        .map(|index| index + 1)
        .or(after)
        .unwrap_or(blocks.len())
}

/// Puts sections one after the other with a blank line between, and the end of the old body at the end.
fn glue(blocks: &[Block], body: &str) -> String {
    let line_break = if body.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(body.len() + 256);
    let mut before: Option<&Block> = None;
    for block in blocks {
        let follows = before.is_none_or(|before| match (&before.place, &block.place) {
            (Some(one), Some(two)) => one.end == two.start,
            _ => false,
        });
        if !follows && !ends_with_blank_line(&out) {
            if !out.ends_with('\n') {
                out.push_str(line_break);
            }
            out.push_str(line_break);
        }
        out.push_str(&block.text);
        before = Some(block);
    }
    let end = &body[body.trim_end_matches(['\n', '\r', ' ', '\t']).len()..];
    let length = out.trim_end_matches(['\n', '\r', ' ', '\t']).len();
    if length > 0 {
        out.truncate(length);
        out.push_str(if end.is_empty() && !body.is_empty() {
            ""
        } else if end.is_empty() {
            "\n"
        } else {
            end
        });
    }
    out
}

fn ends_with_blank_line(text: &str) -> bool {
    text.strip_suffix('\n')
        .is_some_and(|rest| rest.trim_end_matches([' ', '\t', '\r']).ends_with('\n'))
}

/// Text from a form: its line breaks made those of the body, without blank lines around.
fn tidy(text: &str, body: &str) -> String {
    let text = if body.contains('\r') {
        text.to_owned()
    } else {
        text.replace("\r\n", "\n")
    };
    let lead: usize = text
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty())
        .map(str::len)
        .sum();
    text[lead..]
        .trim_end_matches(['\n', '\r', ' ', '\t'])
        .to_owned()
}
