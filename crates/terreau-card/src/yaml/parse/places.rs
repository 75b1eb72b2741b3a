//! What scalars say, and where they and the collections around them really begin and end.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::Builder;
use crate::{
    Value,
    yaml::{Data, Node, Style},
};

impl Builder<'_> {
    pub(super) fn scalar(&self, value: &str, style: ScalarStyle, span: Range<usize>) -> Node {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let span = match style {
            Style::Literal | Style::Folded => self.block_span(span),
            Style::Plain if value.is_empty() => self.empty_span(),
            _ => span,
        };
        let value = match style {
            Style::Plain => resolve(value),
            Style::Literal | Style::Folded if !self.keeps_breaks(span.start) => {
                // The last line break ends the block, not the text: `|` and `|-` say the same.
                Value::Text(value.strip_suffix('\n').unwrap_or(value).to_owned())
            }
            _ => Value::Text(value.to_owned()),
        };
        Node {
            span,
            data: Data::Scalar { value, style },
        }
    }

    /// Where an empty value stands: right after the `:` or the `-` before it.
    fn empty_span(&self) -> Range<usize> {
        let key = self.open.last().and_then(|open| open.key.as_ref());
        let (from, mark) = match key {
            Some((_, key)) => (key.end, ':'),
            None => (self.floor(), '-'),
        };
        let mut place = from;
        for line in self.text[from..self.source.end.max(from)].split_inclusive('\n') {
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            if line[blanks..].starts_with(mark) {
                return place + blanks + 1..place + blanks + 1;
            }
            if !line[blanks..].starts_with(['#', '\n', '\r']) {
                break;
            }
            place += line.len();
        }
        from..from
    }

    /// A block scalar from its header to the end of its last line of content.
    fn block_span(&self, reported: Range<usize>) -> Range<usize> {
        let floor = self.floor();
        let bytes = self.text.as_bytes();
        let mut start = floor;
        while start < reported.end && !matches!(bytes[start], b'|' | b'>') {
            let comment =
                bytes[start] == b'#' && (start == floor || bytes[start - 1].is_ascii_whitespace());
            start = match comment {
                true => self.text[start..]
                    .find('\n')
                    .map_or(reported.end, |length| start + length),
                false => start + 1,
            };
        }
        let start = start.min(reported.end);
        let header_end = self.text[start..]
            .find('\n')
            .map_or(reported.end, |length| start + length);
        let content = &self.text[start..reported.end.max(header_end)];
        let length = match self.keeps_breaks(start) {
            true => content.strip_suffix('\n').unwrap_or(content).len(),
            false => content.trim_end().len(),
        };
        start..start + length
    }

    /// Says whether a block scalar has a `+` in its header.
    fn keeps_breaks(&self, start: usize) -> bool {
        let header = self.text[start..].lines().next().unwrap_or_default();
        header
            .split('#')
            .next()
            .is_some_and(|header| header.contains('+'))
    }

    /// Where a list that is the value of a key begins: when its dashes stand under the key, the parser points after the first.
    pub(super) fn first_dash(&self, reported: usize) -> usize {
        let Some((_, key)) = self.open.last().and_then(|open| open.key.as_ref()) else {
            return reported;
        };
        let mut line_start = key.end;
        for line in self.text[key.end..reported.max(key.end)]
            .split_inclusive('\n')
            .skip(1)
        {
            line_start += self.text[line_start..]
                .find('\n')
                .map_or(0, |length| length + 1);
            let blanks = line.len() - line.trim_start_matches(' ').len();
            if line[blanks..].starts_with('-') {
                return line_start + blanks;
            }
        }
        reported
    }

    /// From where the header of a scalar can be looked for.
    fn floor(&self) -> usize {
        let opened = self
            .open
            .last()
            .map_or(self.source.start, |open| open.start);
        self.last_end.max(opened)
    }
}

/// Reads a plain scalar: what is not null, a truth value or a number in its usual writing is text.
fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) || digits.len() > 24 {
        return None;
    }
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    match digits.contains('.') {
        true => text
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
            .map(Value::Decimal),
        false if text == "-0" => None,
        false => text.parse().ok().map(Value::Integer),
    }
}
