//! From the line of a problem to the field that it is about.

use terreau_card::{Card, CommonsConfig, Problem, Rule};

use super::{labels, text};
use crate::Words;

/// Returns the name of the input that a problem is about: a row's part, a field, or a text.
pub fn name_of(
    problem: &Problem,
    card: &Card,
    texts: &text::Layout,
    config: &CommonsConfig,
) -> Option<String> {
    if let Some(way) = way(&problem.rule) {
        return Some(name_of_way(way));
    }
    if let Some(heading) = heading(&problem.rule)
        && let Some(place) = texts.place_of(heading, config, card.kind()?)
    {
        return Some(place.name.clone());
    }
    if problem.line >= card.body_line() {
        return text_name(problem.line, card, texts, config);
    }
    let lines: Vec<&str> = card.text().lines().take(problem.line as usize).collect();
    let at = lines
        .iter()
        .rposition(|line| key_of(line).is_some_and(|_| !line.starts_with([' ', '-'])))?;
    let key = key_of(lines[at])?;
    let mut name = format!("f.{key}");
    let inside = &lines[at + 1..];
    let is_item = |line: &&&str| line.trim_start().starts_with("- ");
    if let Some(depth) = inside.iter().find(is_item).map(|line| indent(line)) {
        let items = inside
            .iter()
            .filter(is_item)
            .filter(|line| indent(line) == depth)
            .count();
        name.push_str(&format!(".{}", items - 1));
    }
    if let Some(part) = inside
        .last()
        .and_then(|line| key_of(line.trim_start().trim_start_matches("- ")))
    {
        name.push_str(&format!(".{part}"));
    }
    Some(name)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Says a problem to somebody who fills a form: by the label of the field, not by its key or its line.
pub fn said(problem: &Problem, words: Words) -> (String, String) {
    let plain = match &problem.rule {
        Rule::MissingKey { key } | Rule::EmptyValue { key } => {
            let keys: Vec<&str> = key
                .split('.')
                .map(|part| part.split('[').next().unwrap_or(part))
                .collect();
            let ends = match keys.as_slice() {
                [key, .., part] => vec![*key, *part],
                all => all.to_vec(),
            };
            Some(words.tell("edit-needs-field", "field", labels::label(words, &ends)))
        }
        Rule::MissingSection { heading } | Rule::EmptySection { heading } => {
            Some(words.tell("edit-needs-section", "section", heading))
        }
        _ => None,
    };
    match plain {
        Some(text) => (text, String::new()),
        None => (
            problem.message(words.language),
            problem.help(words.language),
        ),
    }
}

/// The way to the key that a rule names, when it names one: `sources[2].title`.
fn way(rule: &Rule) -> Option<&str> {
    match rule {
        Rule::MissingKey { key }
        | Rule::EmptyValue { key }
        | Rule::WrongShape { key, .. }
        | Rule::TooLong { key, .. }
        | Rule::NotOneLine { key }
        | Rule::MarkdownInText { key }
        | Rule::OutOfBounds { key, .. }
        | Rule::NotOneOf { key, .. }
        | Rule::WrongLevel { key, .. }
        | Rule::Twice { key, .. }
        | Rule::WrongCount { key, .. }
        | Rule::MinAboveMax { key } => Some(key),
        _ => None,
    }
}

fn heading(rule: &Rule) -> Option<&str> {
    match rule {
        Rule::MissingSection { heading }
        | Rule::EmptySection { heading }
        | Rule::SectionTwice { heading } => Some(heading),
        _ => None,
    }
}

/// Rows are counted from 1 in messages and from 0 in forms; what is named by a file keeps only its list.
fn name_of_way(way: &str) -> String {
    let mut name = "f".to_owned();
    for part in way.split('.') {
        let (key, row) = part.split_once('[').unwrap_or((part, ""));
        name.push('.');
        name.push_str(key);
        if let Ok(row) = row.trim_end_matches(']').parse::<usize>() {
            name.push_str(&format!(".{}", row.saturating_sub(1)));
        } else if !row.is_empty() {
            break;
        }
    }
    name
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let key = key.trim();
    let plain = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    plain.then_some(key)
}

fn text_name(
    line: u32,
    card: &Card,
    texts: &text::Layout,
    config: &CommonsConfig,
) -> Option<String> {
    let within = (line - card.body_line()) as usize;
    let heading = card
        .body()
        .lines()
        .take(within + 1)
        .filter_map(|line| line.strip_prefix("## "))
        .last();
    let kind = card.kind()?;
    match heading {
        Some(heading) => texts
            .place_of(heading.trim(), config, kind)
            .map(|place| place.name.clone()),
        None => texts.places.first().map(|place| place.name.clone()),
    }
}
