//! Which paragraph of an old text became which paragraph of a new one.

use std::{
    collections::hash_map::DefaultHasher,
    hash::{Hash, Hasher},
    ops::Range,
};

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A run of old pieces that became a run of new ones; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub old: Range<usize>,
    pub new: Range<usize>,
    /// Whether both are one and the same piece.
    pub same: bool,
}

/// Above this many comparisons, a rewritten stretch is taken as one.
const MAX_COMPARISONS: usize = 10_000;
/// Two pieces that share less than this are not versions of each other.
const ALIKE: f32 = 0.4;

/// Above this many pieces, what stands between the common beginning and the common end is taken as one.
const MAX_PIECES: usize = 20_000;

/// Compares two sequences.
pub(crate) fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    if old.len() + new.len() <= MAX_PIECES {
        return capture_diff_slices(Algorithm::Patience, old, new);
    }
    let pairs = || old.iter().zip(new);
    let start = pairs().take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - start;
    let end = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(old, new)| old == new)
        .count();
    let (old_len, new_len) = (old.len() - start - end, new.len() - start - end);
    vec![
        DiffOp::Equal {
            old_index: 0,
            new_index: 0,
            len: start,
        },
        DiffOp::Replace {
            old_index: start,
            old_len,
            new_index: start,
            new_len,
        },
        DiffOp::Equal {
            old_index: start + old_len,
            new_index: start + new_len,
            len: end,
        },
    ]
}

/// Walks from `old` to `new`: equal pieces first, then the most alike of what is left, always in order.
pub(crate) fn align(old: &[&str], new: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    for op in operations(old, new) {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                steps.extend((0..len).map(|at| Step {
                    old: old_index + at..old_index + at + 1,
                    new: new_index + at..new_index + at + 1,
                    same: true,
                }));
            }
            DiffOp::Delete {
                old_index,
                old_len,
                new_index,
            } => {
                push(
                    &mut steps,
                    old_index..old_index + old_len,
                    new_index..new_index,
                );
            }
            DiffOp::Insert {
                old_index,
                new_index,
                new_len,
            } => {
                push(
                    &mut steps,
                    old_index..old_index,
                    new_index..new_index + new_len,
                );
            }
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                refine(
                    &mut steps,
                    old,
                    new,
                    old_index..old_index + old_len,
                    new_index..new_index + new_len,
                );
            }
        }
    }
    steps
}

/// Adds a step; what is deleted goes piece by piece.
fn push(steps: &mut Vec<Step>, old: Range<usize>, new: Range<usize>) {
    if old.is_empty() && new.is_empty() {
        // A replacement of nothing by nothing, from two long texts that are the same.
    } else if new.is_empty() {
        steps.extend(old.map(|at| Step {
            old: at..at + 1,
            new: new.clone(),
            same: false,
        }));
    } else {
        steps.push(Step {
            old,
            new,
            same: false,
        });
    }
}

/// Pairs the pieces of a rewritten stretch by likeness.
fn refine(
    steps: &mut Vec<Step>,
    old: &[&str],
    new: &[&str],
    olds: Range<usize>,
    news: Range<usize>,
) {
    let (rows, columns) = (olds.len(), news.len());
    if rows * columns > MAX_COMPARISONS || rows * columns == 1 {
        return push(steps, olds, news);
    }
    let old_words: Vec<Vec<u64>> = old[olds.clone()]
        .iter()
        .map(|text| word_hashes(text))
        .collect();
    let new_words: Vec<Vec<u64>> = new[news.clone()]
        .iter()
        .map(|text| word_hashes(text))
        .collect();
    // best[r][c]: the greatest likeness that the pieces from row r and column c on can reach.
    let mut best = vec![vec![0.0_f32; columns + 1]; rows + 1];
    let mut alike = vec![vec![0.0_f32; columns]; rows];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let likeness = likeness(&old_words[row], &new_words[column]);
            alike[row][column] = if likeness >= ALIKE { likeness } else { 0.0 };
            let paired = alike[row][column] + best[row + 1][column + 1];
            best[row][column] = paired.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let (mut row, mut column) = (0, 0);
    let (mut row_from, mut column_from) = (0, 0);
    while row < rows && column < columns {
        if alike[row][column] > 0.0
            && best[row][column] == alike[row][column] + best[row + 1][column + 1]
        {
            stretch(
                steps,
                olds.start + row_from..olds.start + row,
                news.start + column_from..news.start + column,
            );
            push(
                steps,
                olds.start + row..olds.start + row + 1,
                news.start + column..news.start + column + 1,
            );
            row += 1;
            column += 1;
            (row_from, column_from) = (row, column);
        } else if best[row][column] == best[row + 1][column] {
            row += 1;
        } else {
            column += 1;
        }
    }
    stretch(
        steps,
        olds.start + row_from..olds.end,
        news.start + column_from..news.end,
    );
}

/// Adds what stands between two pairs; as many old as new pieces are taken one for one.
fn stretch(steps: &mut Vec<Step>, olds: Range<usize>, news: Range<usize>) {
    if olds.len() == news.len() {
        for (old, new) in olds.zip(news) {
            push(steps, old..old + 1, new..new + 1);
        }
    } else {
        push(steps, olds, news);
    }
}

/// Returns how much of two pieces is the same words, from 0 to 1.
pub(crate) fn likeness(left: &[u64], right: &[u64]) -> f32 {
    let (mut l, mut r, mut common) = (0, 0, 0_usize);
    while l < left.len() && r < right.len() {
        match left[l].cmp(&right[r]) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                l += 1;
                r += 1;
            }
        }
    }
    match left.len() + right.len() {
        0 => 0.0,
        all => 2.0 * common as f32 / all as f32,
    }
}

/// Returns the words of a piece as sorted numbers, to be compared by [`likeness`].
pub(crate) fn word_hashes(text: &str) -> Vec<u64> {
    let mut hashes: Vec<u64> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            word.to_lowercase().hash(&mut hasher);
            hasher.finish()
        })
        .collect();
    hashes.sort_unstable();
    hashes
}

#[cfg(test)]
mod tests;
