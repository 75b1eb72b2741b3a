//! Values written as YAML that every reader understands in the same way.

use super::Style;
use crate::Value;

/// Returns `key: value` as lines at an indentation, the first one without it, without a final line break.
pub(crate) fn entry_lines(key: &str, value: &Value, indent: usize) -> String {
    format!("{}:{}", key_text(key), block_after_key(value, indent))
}

/// Returns what follows the colon of a key that stands at `indent`.
pub(crate) fn block_after_key(value: &Value, indent: usize) -> String {
    match value {
        Value::Null => String::new(),
        Value::List(items) if !items.is_empty() => {
            format!("\n{}", list_lines(items, indent + 2, true))
        }
        Value::Map(entries) if !entries.is_empty() => {
            format!("\n{}", map_lines(entries, indent + 2, true))
        }
        _ => format!(" {}", scalar(value, indent + 2)),
    }
}

/// Returns what follows the dash of an item whose dash stands at `indent`.
pub(super) fn block_after_dash(value: &Value, indent: usize) -> String {
    match value {
        Value::Null => " null".to_owned(),
        Value::List(items) if !items.is_empty() => {
            format!(" {}", list_lines(items, indent + 2, false))
        }
        Value::Map(entries) if !entries.is_empty() => {
            format!(" {}", map_lines(entries, indent + 2, false))
        }
        _ => format!(" {}", scalar(value, indent + 2)),
    }
}

fn list_lines(items: &[Value], indent: usize, indent_first: bool) -> String {
    let lines = items
        .iter()
        .map(|item| format!("-{}", block_after_dash(item, indent)));
    join(lines, indent, indent_first)
}

fn map_lines(entries: &[(String, Value)], indent: usize, indent_first: bool) -> String {
    let mut seen: Vec<&str> = Vec::new();
    let lines = entries.iter().filter_map(|(key, value)| {
        let new = !seen.contains(&key.as_str());
        seen.push(key);
        new.then(|| entry_lines(key, value, indent))
    });
    join(lines, indent, indent_first)
}

fn join(lines: impl Iterator<Item = String>, indent: usize, indent_first: bool) -> String {
    let margin = " ".repeat(indent);
    let joined = lines.collect::<Vec<_>>().join(&format!("\n{margin}"));
    if indent_first {
        margin + &joined
    } else {
        joined
    }
}

/// Returns a scalar or an empty collection; lines of a block scalar stand at `indent`.
pub(super) fn scalar(value: &Value, indent: usize) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(answer) => answer.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => decimal(*number),
        Value::Text(text) => block_text(text, indent).unwrap_or_else(|| inline_text(text, false)),
        Value::List(_) => "[]".to_owned(),
        Value::Map(_) => "{}".to_owned(),
    }
}

/// Returns a value on one line, as inside brackets.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Text(text) => inline_text(text, true),
        Value::List(items) => format!(
            "[{}]",
            items.iter().map(flow).collect::<Vec<_>>().join(", ")
        ),
        Value::Map(entries) => {
            format!(
                "{{{}}}",
                entries
                    .iter()
                    .map(|(key, value)| flow_entry(key, value))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        }
        _ => scalar(value, 0),
    }
}

pub(super) fn flow_entry(key: &str, value: &Value) -> String {
    let key = if is_plain(key, true) {
        key.to_owned()
    } else {
        quoted(key)
    };
    format!("{key}: {}", flow(value))
}

fn decimal(number: f64) -> String {
    if !number.is_finite() {
        return "null".to_owned();
    }
    let text = number.to_string();
    if text.contains('.') {
        text
    } else {
        format!("{text}.0")
    }
}

fn key_text(key: &str) -> String {
    if is_plain(key, false) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// Returns a text on one line, quoted when another reading is possible.
fn inline_text(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Returns a text in the style that it had, when that style can hold it on one line.
pub(super) fn text_like(text: &str, style: Style, in_flow: bool) -> String {
    match style {
        Style::Single if !text.chars().any(needs_escape) => {
            format!("'{}'", text.replace('\'', "''"))
        }
        Style::Double => double_quoted(text),
        _ => inline_text(text, in_flow),
    }
}

/// Returns a text of several lines as a `|` block, when nothing in it keeps it from being one.
pub(super) fn block_text(text: &str, indent: usize) -> Option<String> {
    let sane = text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with([' ', '\t', '\n'])
        && !text
            .chars()
            .any(|letter| letter != '\n' && letter != '\t' && needs_escape(letter))
        && text
            .lines()
            .all(|line| line.is_empty() || !line.trim().is_empty());
    if !sane {
        return None;
    }
    Some(format!("|-{}", margined(text, indent)))
}

/// Returns lines with a margin, each after a line break; empty lines stay empty.
pub(super) fn margined(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&margin);
            out.push_str(line);
        }
    }
    out
}

fn quoted(text: &str) -> String {
    let has = |wanted: &[char]| text.contains(wanted);
    if has(&['"', '\\']) && !text.chars().any(needs_escape) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    double_quoted(text)
}

pub(super) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        escape_into(&mut out, letter);
    }
    out.push('"');
    out
}

pub(super) fn escape_into(out: &mut String, letter: char) {
    match letter {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        _ if needs_escape(letter) => {
            let code = u32::from(letter);
            out.push_str(&if code <= 0xFFFF {
                format!("\\u{code:04X}")
            } else {
                format!("\\U{code:08X}")
            });
        }
        _ => out.push(letter),
    }
}

/// Characters that only an escape writes safely: controls, line breaks of other worlds, invisible direction marks.
fn needs_escape(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
        || crate::check::is_bidi_control(letter)
}

/// Says whether a text can stand without quotes and be read back as the same text by readers of YAML 1.1 and 1.2.
fn is_plain(text: &str, in_flow: bool) -> bool {
    const INDICATORS: &[char] = &[
        '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@',
        '`', '=', '<', '~', '.',
    ];
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(INDICATORS)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains('\t')
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':', '?']))
        && !text.chars().any(needs_escape)
        && !looks_typed(text)
}

/// Says whether some reader of YAML takes a plain scalar for something else than text. Dates stay bare.
pub(crate) fn looks_typed(text: &str) -> bool {
    const WORDS: &[&str] = &["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    if WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let Some(first) = digits.bytes().next() else {
        return false;
    };
    if !(first.is_ascii_digit() || first == b'.') {
        return false;
    }
    // Numbers in any base, with `_`, exponents, or sixty by sixty.
    digits.bytes().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'e' | b'E' | b'+' | b':')
    }) || digits.strip_prefix("0x").is_some_and(|hex| {
        hex.bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'_')
    }) || digits.strip_prefix(['0']).is_some_and(|rest| {
        rest.strip_prefix(['o', 'b']).is_some_and(|digits| {
            digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'_')
        })
    }) || exponent(digits)
        || [".inf", ".nan"]
            .iter()
            .any(|word| digits.eq_ignore_ascii_case(word))
}

fn exponent(digits: &str) -> bool {
    digits
        .split_once(['e', 'E'])
        .is_some_and(|(mantissa, power)| {
            let power = power.strip_prefix(['+', '-']).unwrap_or(power);
            !power.is_empty()
                && power.bytes().all(|byte| byte.is_ascii_digit())
                && mantissa
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'))
        })
}
