//! From the line of a problem to the field that it is about.

use terreau_card::{Card, CommonsConfig, Problem};

use super::text;

/// Returns the name of the input that a problem is about: a row's part, a field, or a text.
pub fn name_of(
    problem: &Problem,
    card: &Card,
    texts: &text::Layout,
    config: &CommonsConfig,
) -> Option<String> {
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
