//! From text to card.

use super::{Front, Inner};
use crate::{
    Problem, Rule, Value,
    yaml::{self, Caps, Data},
};

/// What front matter may hold.
const CAPS: Caps = Caps {
    bytes: 16 * 1024,
    depth: 8,
    keys: 200,
};

pub(super) fn read(text: &str) -> Inner {
    let Some(fences) = fences(text) else {
        let begins = first_line(text).trim_end() == "---";
        let rule = if begins {
            Rule::FrontMatterOpen
        } else {
            Rule::NoFrontMatter
        };
        let body = text.len() - text.trim_start_matches('\u{FEFF}').len();
        let problems = vec![Problem::at(text, body, rule)];
        return Inner {
            text: text.to_owned(),
            front: None,
            values: Vec::new(),
            problems,
            body,
        };
    };
    let parsed = yaml::parse(text, fences.front.clone(), CAPS);
    let mut problems: Vec<Problem> = parsed
        .faults
        .into_iter()
        .map(|(byte, rule)| Problem::at(text, byte, rule))
        .collect();
    let mut broken = parsed.broken;
    let values = match &parsed.root {
        Some(node) if !matches!(node.data, Data::Map { .. }) && node.value() != Value::Null => {
            problems.push(Problem::at(text, node.span.start, Rule::NotAMapping));
            broken = true;
            Vec::new()
        }
        Some(node) => match node.value() {
            Value::Map(values) => values,
            _ => Vec::new(),
        },
        None => Vec::new(),
    };
    let front = Front {
        range: fences.front,
        root: parsed.root,
        broken,
    };
    Inner {
        text: text.to_owned(),
        front: Some(front),
        values,
        problems,
        body: fences.body,
    }
}

struct Fences {
    front: std::ops::Range<usize>,
    body: usize,
}

/// Finds the two `---` lines.
fn fences(text: &str) -> Option<Fences> {
    let first = first_line(text);
    if first.trim_end() != "---" {
        return None;
    }
    let start = text.len() - text.trim_start_matches('\u{FEFF}').len() + first.len();
    let mut line_start = start;
    for line in text[start..].split_inclusive('\n') {
        let line_end = line_start + line.len();
        if line.starts_with("---") && line.trim_end() == "---" {
            return Some(Fences {
                front: start..line_start,
                body: after_blank_lines(text, line_end),
            });
        }
        line_start = line_end;
    }
    None
}

fn first_line(text: &str) -> &str {
    text.trim_start_matches('\u{FEFF}')
        .split_inclusive('\n')
        .next()
        .unwrap_or_default()
}

fn after_blank_lines(text: &str, from: usize) -> usize {
    let mut body = from;
    for line in text[from..].split_inclusive('\n') {
        if !line.trim_matches([' ', '\t', '\r', '\n']).is_empty() {
            break;
        }
        body += line.len();
    }
    body
}
