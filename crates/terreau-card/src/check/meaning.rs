//! What several values say together: the tree of axes, dates in order, licences that may flow.

use super::Told;
use crate::{
    CommonsConfig, Kind, Rule, Term, licence,
    yaml::{Data, Node},
};

pub(super) fn check(told: &mut Told<'_>, config: &CommonsConfig) {
    match told.card.kind() {
        Some(Kind::Method | Kind::Tool | Kind::Survey) => intentions(told),
        Some(Kind::Action) => axes(told, config),
        Some(Kind::Experience) => dates(told),
        _ => {}
    }
    licences(told);
}

fn node<'a>(told: &Told<'a>, key: &str) -> Option<&'a Node> {
    let root: Option<&'a Node> = told.card.root();
    Some(&root?.entry(key)?.node)
}

fn text(node: &Node) -> Option<String> {
    node.value().plain().filter(|text| !text.is_empty())
}

fn intentions(told: &mut Told<'_>) {
    let Some(node) = node(told, "intentions") else {
        return;
    };
    if let Data::List { items, .. } = &node.data
        && items.len() > 3
    {
        told.tell(
            items[3].span.start,
            Rule::WrongCount {
                key: "intentions".to_owned(),
                min: 1,
                max: 3,
            },
        );
    }
}

/// Each of axis, orientation and objective is a term of its level, under the one above.
fn axes(told: &mut Told<'_>, config: &CommonsConfig) {
    if config.terms("axes").is_empty() {
        return;
    }
    let mut above: Option<(String, &[Term])> = None;
    for (level, key) in ["axis", "orientation", "objective"].into_iter().enumerate() {
        let Some(node) = node(told, key) else {
            above = None;
            continue;
        };
        let Some(code) = text(node) else { continue };
        let Some(term) = config.term("axes", &code) else {
            continue;
        };
        let place = node.span.start;
        if !at_level(config.terms("axes"), &code, level) {
            told.tell(
                place,
                Rule::WrongLevel {
                    key: key.to_owned(),
                    code: code.clone(),
                },
            );
        } else if let Some((parent, terms)) = &above
            && terms.iter().all(|term| term.code != code)
        {
            told.tell(
                place,
                Rule::NotUnder {
                    code: code.clone(),
                    above: parent.clone(),
                },
            );
        }
        above = Some((code, &term.terms));
    }
}

fn at_level(terms: &[Term], code: &str, level: usize) -> bool {
    match level {
        0 => terms.iter().any(|term| term.code == code),
        _ => terms
            .iter()
            .any(|term| at_level(&term.terms, code, level - 1)),
    }
}

/// Dates that are told more or less precisely are compared as far as both go.
fn dates(told: &mut Told<'_>) {
    if let (Some(start), Some(end)) = (node(told, "start"), node(told, "end"))
        && let (Some(from), Some(to)) = (text(start), text(end))
    {
        let shared = from.len().min(to.len());
        if from.is_ascii() && to.is_ascii() && to[..shared] < from[..shared] {
            told.tell(end.span.start, Rule::EndBeforeStart);
        }
    }
}

fn licences(told: &mut Told<'_>) {
    if let Some(node) = node(told, "licence") {
        joins(told, node);
    }
    for source in node(told, "sources").map(Node::items).unwrap_or_default() {
        let usage = source.entry("usage").and_then(|entry| text(&entry.node));
        if !matches!(usage.as_deref(), Some("adapted-from" | "translated-from")) {
            continue;
        }
        match source
            .entry("licence")
            .filter(|entry| text(&entry.node).is_some())
        {
            Some(entry) => joins(told, &entry.node),
            None => told.tell(source.span.start, Rule::LicenceMissing),
        }
    }
    for entry in node(told, "media").map(Node::entries).unwrap_or_default() {
        if let Some(licence) = entry.node.entry("licence") {
            joins(told, &licence.node);
        }
    }
}

fn joins(told: &mut Told<'_>, node: &Node) {
    let Some(expression) = text(node) else { return };
    let refused = match licence::flow(&expression) {
        licence::Flow::Refuses(licence) => licence.name.to_owned(),
        licence::Flow::Unknown(text) if text.starts_with("LicenseRef-") => text,
        _ => return,
    };
    told.tell(node.span.start, Rule::LicenceCantJoin { licence: refused });
}
