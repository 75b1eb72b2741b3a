//! The rules that stand before every commit: nothing is published that would make the commons invalid.

use std::collections::BTreeSet;

use terreau_card::{Card, CardPath, Problem, check_among, check_card};

use super::Source;
use crate::StoreError;
use crate::draft::Draft;

/// Checks the cards that a change writes, and all of them when it changes the words of the commons.
pub(super) fn check<'c>(
    draft: &Draft<'_>,
    source: &Source<'_>,
    changed: impl Iterator<Item = &'c CardPath>,
) -> Result<(), StoreError> {
    let changed: BTreeSet<&CardPath> = changed.collect();
    for path in &changed {
        let Some(Some(drafted)) = draft.cards.get(*path) else {
            continue;
        };
        let mut problems = drafted.problems.clone();
        problems.extend(check_card(path, &drafted.card, draft.config()));
        problems.extend(check_among(path, &drafted.card, draft));
        refuse_errors(path, problems)?;
    }
    if draft.config.is_some() {
        for head in draft
            .snapshot()
            .heads()
            .filter(|head| !draft.cards.contains_key(&head.path))
        {
            let (card, _) = Card::read(&source.text(head)?);
            refuse_errors(&head.path, check_card(&head.path, &card, draft.config()))?;
        }
    }
    Ok(())
}

fn refuse_errors(path: &CardPath, mut problems: Vec<Problem>) -> Result<(), StoreError> {
    if !problems.iter().any(Problem::is_error) {
        return Ok(());
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems.dedup();
    Err(StoreError::Refused {
        path: path.file(),
        problems,
    })
}
