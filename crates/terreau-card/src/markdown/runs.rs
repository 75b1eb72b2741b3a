//! Long runs of text, broken up: serialisers look from each special letter to the end of its text node, which takes for
//! ever when a whole card is one.

use std::borrow::Cow;

/// Runs longer than this get a place where browsers may break the line, and nothing that people see.
pub(crate) const LONGEST_RUN: usize = 8 * 1024;
/// How far a break waits for a space.
const PATIENCE: usize = 256;

/// Puts a `<wbr>` into runs of text that are too long. The HTML must be of our own making: no `>` in attributes.
pub(crate) fn broken_up(html: &str) -> Cow<'_, str> {
    if html.len() <= LONGEST_RUN {
        return Cow::Borrowed(html);
    }
    let mut broken = String::new();
    let (mut copied, mut run) = (0, 0);
    let (mut in_tag, mut in_entity, mut after_space) = (false, false, false);
    for (at, byte) in html.bytes().enumerate() {
        in_tag |= byte == b'<';
        if in_tag {
            in_tag = byte != b'>';
            (run, in_entity) = (0, false);
            continue;
        }
        let may_break = !in_entity
            && html.is_char_boundary(at)
            && (after_space || run >= LONGEST_RUN + PATIENCE);
        if run >= LONGEST_RUN && may_break {
            broken.push_str(&html[copied..at]);
            broken.push_str("<wbr>");
            (copied, run) = (at, 0);
        }
        run += 1;
        in_entity = byte == b'&' || in_entity && byte != b';';
        after_space = byte.is_ascii_whitespace();
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    broken.push_str(&html[copied..]);
    Cow::Owned(broken)
}

/// Returns the beginning of a text for an attribute; nobody reads a longer one.
pub(crate) fn shortened(text: &str) -> &str {
    const LONGEST: usize = 1_000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
