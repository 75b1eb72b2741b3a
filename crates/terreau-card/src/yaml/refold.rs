//! Text folded over several lines, written again with its old line breaks, so that one changed word changes one line.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Style, emit};

/// A piece of folded text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Piece {
    /// A word as written in the file.
    Word(String),
    /// As many line breaks in the text (one more in the file).
    Break(usize),
}

/// Returns a `>` block that says `new`.
pub(super) fn folded(raw: &str, new: &str) -> Option<String> {
    let (header, content) = raw.split_once('\n')?;
    let header = header.trim_end_matches('\r');
    if header
        .split('#')
        .next()?
        .contains(|letter: char| letter == '+' || letter.is_ascii_digit())
    {
        return None;
    }
    let margin = margin(content);
    // More deeply indented lines are not folded.
    if content
        .lines()
        .any(|line| line.trim_start().len() + margin < line.len() && !line.trim().is_empty())
    {
        return None;
    }
    Some(format!(
        "{header}\n{}",
        refold(content, new, margin, true, str::to_owned)?
    ))
}

/// Returns a plain or quoted scalar over several lines that says `new`.
pub(super) fn flow(raw: &str, style: Style, new: &str) -> Option<String> {
    let later = raw.split_once('\n').map_or("", |(_, later)| later);
    let margin = margin(later);
    match style {
        Style::Plain => refold(raw, new, margin, false, str::to_owned),
        Style::Single => {
            let inside = raw.strip_prefix('\'')?.strip_suffix('\'')?;
            Some(format!(
                "'{}'",
                refold(inside, new, margin, false, |word| word.replace('\'', "''"))?
            ))
        }
        Style::Double => {
            let inside = raw.strip_prefix('"')?.strip_suffix('"')?;
            let escaped = |word: &str| {
                let mut out = String::new();
                word.chars()
                    .for_each(|letter| emit::escape_into(&mut out, letter));
                out
            };
            Some(format!(
                "\"{}\"",
                refold(inside, new, margin, false, escaped)?
            ))
        }
        Style::Literal | Style::Folded => None,
    }
}

/// Returns how far the first line with something on it is indented.
pub(super) fn margin(content: &str) -> usize {
    content
        .lines()
        .find(|line| !line.trim().is_empty())
        .map_or(0, |line| line.len() - line.trim_start().len())
}

fn refold(
    old: &str,
    new: &str,
    margin: usize,
    indent_first: bool,
    write: impl Fn(&str) -> String,
) -> Option<String> {
    let old = old_pieces(old)?;
    let new = new_pieces(new, write)?;
    let old_words: Vec<&Piece> = old.iter().map(|(piece, _)| piece).collect();
    let new_words: Vec<&Piece> = new.iter().collect();
    let mut begins_line = vec![false; new.len()];
    let mut owed = false;
    for change in capture_diff_slices(Algorithm::Myers, &old_words, &new_words) {
        let (_, old_range, new_range) = change.as_tag_tuple();
        for (offset, index) in new_range.clone().enumerate() {
            let was = old
                .get(old_range.start + offset)
                .filter(|_| offset < old_range.len());
            begins_line[index] =
                was.is_some_and(|(_, begins)| *begins) || std::mem::take(&mut owed);
        }
        if matches!(change, DiffOp::Delete { .. } | DiffOp::Replace { .. })
            && old_range.len() > new_range.len()
        {
            owed |= old[old_range.start + new_range.len()..old_range.end]
                .iter()
                .any(|(_, begins)| *begins);
        }
    }
    let pad = " ".repeat(margin);
    let mut out = if indent_first {
        pad.clone()
    } else {
        String::new()
    };
    let mut fresh = true;
    for (piece, begins) in new.iter().zip(begins_line) {
        match piece {
            Piece::Break(count) => {
                out.push_str(&"\n".repeat(count + 1));
                out.push_str(&pad);
                fresh = true;
            }
            Piece::Word(word) => {
                if !fresh {
                    out.push_str(&if begins {
                        format!("\n{pad}")
                    } else {
                        " ".to_owned()
                    });
                }
                out.push_str(word);
                fresh = false;
            }
        }
    }
    Some(out)
}

/// The pieces of the old source, and whether each began a line.
fn old_pieces(source: &str) -> Option<Vec<(Piece, bool)>> {
    let mut pieces: Vec<(Piece, bool)> = Vec::new();
    let mut empty = 0;
    for line in source.lines() {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if line.ends_with('\\') {
            return None;
        }
        if empty > 0 && !pieces.is_empty() {
            pieces.push((Piece::Break(empty), false));
        }
        empty = 0;
        for (index, word) in line.split(' ').enumerate() {
            if word.is_empty() {
                return None;
            }
            pieces.push((Piece::Word(word.to_owned()), index == 0));
        }
    }
    Some(pieces)
}

fn new_pieces(text: &str, write: impl Fn(&str) -> String) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut breaks = 0;
    for (index, line) in text.split('\n').enumerate() {
        breaks += usize::from(index > 0);
        if line.is_empty() {
            continue;
        }
        if breaks > 0 {
            if pieces.is_empty() {
                return None;
            }
            pieces.push(Piece::Break(breaks));
        }
        breaks = 0;
        for word in line.split(' ') {
            if word.is_empty() {
                return None;
            }
            pieces.push(Piece::Word(write(word)));
        }
    }
    if breaks > 0 || pieces.is_empty() {
        None
    } else {
        Some(pieces)
    }
}
