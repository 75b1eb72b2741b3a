//! The paragraphs of a body, the units that merging and blaming work on.

use std::ops::Range;

/// What a paragraph looks like, as far as its neighbours care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Heading,
    Item,
    Row,
    Quote,
    Fence,
    Definition,
}

/// A paragraph and the white space before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paragraph<'a> {
    /// The white space between the paragraph before and this one.
    pub gap: &'a str,
    /// The paragraph, without the end of its last line.
    pub text: &'a str,
    pub shape: Shape,
    /// Where the text starts in the body.
    pub start: usize,
}

/// Returns where each paragraph, heading, list item, table row and code block of a body stands, without the blank lines between.
pub fn paragraphs(body: &str) -> Vec<Range<usize>> {
    cut(body)
        .0
        .iter()
        .map(|paragraph| paragraph.start..paragraph.start + paragraph.text.len())
        .collect()
}

/// Cuts a body into its paragraphs and the white space after the last one: together they hold every byte.
pub(crate) fn cut(body: &str) -> (Vec<Paragraph<'_>>, &str) {
    let mut found: Vec<(Range<usize>, Shape)> = Vec::new();
    let mut open = false; // Whether the last paragraph may still grow.
    let mut fence: Option<Fence> = None;
    let mut line_start = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        let place = line_start..line_start + text.len();
        line_start += line.len();
        if let Some(opening) = fence {
            extend(&mut found, place.end);
            if opening.closes(text) {
                fence = None;
                open = false;
            }
            continue;
        }
        if text.trim().is_empty() {
            open = false;
            continue;
        }
        let shape = shape_of(text);
        if open
            && found
                .last()
                .is_some_and(|(_, before)| continues(*before, shape))
        {
            extend(&mut found, place.end);
        } else {
            found.push((place, shape));
        }
        open = true;
        fence = Fence::opened_by(text);
    }
    let mut end = 0;
    let mut cut = Vec::with_capacity(found.len());
    for (place, shape) in found {
        cut.push(Paragraph {
            gap: &body[end..place.start],
            text: &body[place.clone()],
            shape,
            start: place.start,
        });
        end = place.end;
    }
    (cut, &body[end..])
}

/// Tells whether two paragraphs would become one if only an end of line stood between them.
pub(crate) fn would_run_together(before: Shape, after: Shape) -> bool {
    continues(before, after)
}

fn extend(found: &mut [(Range<usize>, Shape)], end: usize) {
    if let Some((place, _)) = found.last_mut() {
        place.end = end;
    }
}

/// Tells whether a line of a shape goes on with the paragraph just before it.
fn continues(before: Shape, line: Shape) -> bool {
    match line {
        Shape::Text => matches!(
            before,
            Shape::Text | Shape::Item | Shape::Quote | Shape::Definition
        ),
        Shape::Quote => before == Shape::Quote,
        Shape::Heading | Shape::Item | Shape::Row | Shape::Fence | Shape::Definition => false,
    }
}

fn shape_of(line: &str) -> Shape {
    let text = line.trim_start();
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) && matches!(text.as_bytes().get(hashes), None | Some(b' ' | b'\t'))
    {
        Shape::Heading
    } else if Fence::opened_by(text).is_some() {
        Shape::Fence
    } else if text.starts_with('>') {
        Shape::Quote
    } else if text.starts_with('|') {
        Shape::Row
    } else if after_item_mark(text).is_some() {
        Shape::Item
    } else if text.starts_with('[')
        && text
            .find("]:")
            .is_some_and(|end| !text[..end].contains([' ', '(']))
    {
        Shape::Definition
    } else {
        Shape::Text
    }
}

/// Returns what follows the mark of a list item: `- `, `* `, `+ `, `1. `, `1) `.
fn after_item_mark(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => text.strip_prefix(['-', '*', '+'])?,
        1..=9 => text[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then(|| rest.trim_start())
}

/// The mark that opened a block of code.
#[derive(Clone, Copy)]
struct Fence {
    mark: u8,
    length: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Fence> {
        let text = line.trim_start();
        let text = after_item_mark(text).unwrap_or(text);
        let mark = *text
            .as_bytes()
            .first()
            .filter(|byte| matches!(byte, b'`' | b'~'))?;
        let length = run(text, mark);
        (length >= 3 && (mark == b'~' || !text[length..].contains('`')))
            .then_some(Fence { mark, length })
    }

    fn closes(self, line: &str) -> bool {
        let text = line.trim();
        let length = run(text, self.mark);
        length >= self.length && length == text.len()
    }
}

fn run(text: &str, mark: u8) -> usize {
    text.bytes().take_while(|byte| *byte == mark).count()
}

#[cfg(test)]
mod tests;
