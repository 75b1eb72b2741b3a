//! Lines that come and go, and where things stand on them.

use super::{Outcome, Patcher, TooOdd};
use crate::yaml::Entry;

impl Patcher<'_> {
    /// Adds lines after the line on which `anchor` is, or before what stands at `first`.
    pub(super) fn insert_lines(
        &mut self,
        anchor: Option<usize>,
        first: usize,
        indent: usize,
        lines: &str,
    ) {
        let margin = " ".repeat(indent);
        match anchor {
            Some(end) => {
                let place = self.line_end(end);
                self.edit(place..place, format!("\n{margin}{lines}"));
            }
            None => self.edit(first..first, format!("{lines}\n{margin}")),
        }
    }

    /// Takes the lines from `start` to `end` away, when nothing else stands on them.
    pub(super) fn remove_lines(&mut self, start: usize, end: usize) -> Outcome {
        if !self.begins_line(start) {
            return Err(TooOdd);
        }
        let line_end = self.line_end(end);
        let rest = &self.text[line_end..];
        let length = if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(rest.starts_with('\n'))
        };
        self.edit(self.line_start(start)..line_end + length, "");
        Ok(())
    }

    pub(super) fn after_colon(&self, entry: &Entry) -> Result<usize, TooOdd> {
        let rest = &self.text[entry.key_span.end..];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        if rest[blanks..].starts_with(':') {
            Ok(entry.key_span.end + blanks + 1)
        } else {
            Err(TooOdd)
        }
    }

    /// Looks for a mark from a place on, over blanks and comments only.
    pub(super) fn find(&self, from: usize, mark: u8) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut place = from;
        loop {
            match *bytes.get(place)? {
                byte if byte == mark => return Some(place),
                b' ' | b'\t' | b'\r' | b'\n' => place += 1,
                b'#' => place = self.line_end(place),
                _ => return None,
            }
        }
    }

    pub(super) fn line_start(&self, place: usize) -> usize {
        self.text[..place]
            .rfind('\n')
            .map_or(0, |line_break| line_break + 1)
    }

    pub(super) fn line_end(&self, place: usize) -> usize {
        let end = self.text[place..]
            .find('\n')
            .map_or(self.text.len(), |length| place + length);
        if end > place && self.text.as_bytes()[end - 1] == b'\r' {
            end - 1
        } else {
            end
        }
    }

    pub(super) fn begins_line(&self, place: usize) -> bool {
        self.text[self.line_start(place)..place]
            .bytes()
            .all(|byte| byte == b' ')
    }

    pub(super) fn column(&self, place: usize) -> usize {
        self.text[self.line_start(place)..place].chars().count()
    }
}
