//! Which items of a list stay, change, go or come.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::{Value, yaml::Node};

/// What becomes of an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Keep(usize),
    Change(usize, usize),
    Remove(usize),
    Insert(usize),
}

impl Step {
    pub fn old(&self) -> usize {
        match *self {
            Step::Keep(old) | Step::Change(old, _) | Step::Remove(old) => old,
            Step::Insert(_) => usize::MAX,
        }
    }
}

/// Pairs the items of a list with their new values: the same ones first, then those at the same place between them.
pub(super) fn pair(items: &[Node], new: &[Value]) -> Vec<Step> {
    // Values have no order or hash of their own; two that look different and are the same cost nothing later.
    let old: Vec<String> = items
        .iter()
        .map(|item| format!("{:?}", item.value()))
        .collect();
    let wanted: Vec<String> = new.iter().map(|value| format!("{value:?}")).collect();
    let mut steps = Vec::with_capacity(items.len().max(new.len()));
    for change in capture_diff_slices(Algorithm::Myers, &old, &wanted) {
        match change {
            DiffOp::Equal { old_index, len, .. } => {
                steps.extend((0..len).map(|index| Step::Keep(old_index + index)));
            }
            DiffOp::Delete {
                old_index, old_len, ..
            } => steps.extend((0..old_len).map(|index| Step::Remove(old_index + index))),
            DiffOp::Insert {
                new_index, new_len, ..
            } => steps.extend((0..new_len).map(|index| Step::Insert(new_index + index))),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                let both = old_len.min(new_len);
                steps.extend(
                    (0..both).map(|index| Step::Change(old_index + index, new_index + index)),
                );
                steps.extend((both..old_len).map(|index| Step::Remove(old_index + index)));
                steps.extend((both..new_len).map(|index| Step::Insert(new_index + index)));
            }
        }
    }
    steps
}
