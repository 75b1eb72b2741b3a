//! Cards in lists: what a method is made of, the steps of a pathway, the panels of an exhibition.

use terreau_card::{CardPath, Value};

use super::{CardLine, Content, Part, PathwayStep, part};
use crate::facts::{Telling, line, say};

pub(super) fn card_lines(value: Option<&Value>, telling: &Telling<'_>) -> Vec<CardLine> {
    let paths = value.and_then(Value::as_list).unwrap_or_default();
    paths
        .iter()
        .filter_map(Value::as_text)
        .map(|path| card_line(path, telling))
        .collect()
}

pub(super) fn card_line(path: &str, telling: &Telling<'_>) -> CardLine {
    let head = CardPath::parse(path)
        .ok()
        .and_then(|path| telling.snapshot.head(&path).cloned());
    CardLine {
        version: None,
        title: telling.card_link(path),
        summary: head
            .as_ref()
            .map(|head| head.summary.clone())
            .unwrap_or_default(),
        line: head
            .map(|head| line(&head.facts, None, telling.words))
            .unwrap_or_default(),
    }
}

pub(super) fn pathway(telling: &Telling<'_>) -> Option<Part> {
    let steps: Vec<PathwayStep> = telling
        .value("steps")?
        .as_list()?
        .iter()
        .filter_map(|step| {
            let text = |key: &str| step.get(key).and_then(Value::plain);
            let (min, max) = step
                .get("duration")
                .map(say::duration_range)
                .unwrap_or_default();
            let options = step
                .get("options")
                .and_then(Value::as_list)
                .unwrap_or_default();
            Some(PathwayStep {
                title: text("title")?,
                aim: text("aim"),
                time: say::durations(min, max, telling.words),
                cards: card_lines(step.get("cards"), telling),
                options: options
                    .iter()
                    .filter_map(Value::as_text)
                    .map(|path| telling.card_link(path))
                    .collect(),
                deliverable: text("deliverable"),
                go_on_when: text("go_on_when"),
            })
        })
        .collect();
    (!steps.is_empty()).then(|| part("etapes", "steps", telling, Content::Pathway(steps)))
}

pub(super) fn panels(telling: &Telling<'_>) -> Option<Part> {
    let panels: Vec<_> = telling
        .value("panels")?
        .as_list()?
        .iter()
        .filter_map(|panel| {
            let mut card = panel
                .get("card")
                .and_then(Value::as_text)
                .map(|path| telling.card_link(path));
            if let (Some(card), Some(section)) =
                (&mut card, panel.get("section").and_then(Value::plain))
            {
                card.text = format!("{} · {section}", card.text);
            }
            Some((panel.get("title")?.plain()?, card))
        })
        .collect();
    (!panels.is_empty()).then(|| part("panneaux", "panels", telling, Content::Panels(panels)))
}
