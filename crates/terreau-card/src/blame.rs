//! Who wrote which paragraph.

use std::{collections::HashMap, ops::Range};

use crate::{align::align, paragraphs::cut};

/// Returns, for each paragraph of the last of `bodies` (oldest first), where it stands and the index of the version that last changed it.
///
/// A paragraph that only moved keeps its version.
pub fn blame(bodies: &[&str]) -> Vec<(Range<usize>, usize)> {
    let mut before: Vec<(&str, usize)> = Vec::new();
    for (version, body) in bodies.iter().enumerate() {
        let texts: Vec<&str> = cut(body).0.iter().map(|paragraph| paragraph.text).collect();
        before = inherit(&before, &texts, version);
    }
    let last = bodies.last().map(|body| cut(body).0).unwrap_or_default();
    last.iter()
        .zip(before)
        .map(|(paragraph, (_, version))| {
            (
                paragraph.start..paragraph.start + paragraph.text.len(),
                version,
            )
        })
        .collect()
}

/// Hands the versions of the old paragraphs on to those of the new ones that are equal.
fn inherit<'a>(
    before: &[(&str, usize)],
    texts: &[&'a str],
    version: usize,
) -> Vec<(&'a str, usize)> {
    let old: Vec<&str> = before.iter().map(|(text, _)| *text).collect();
    let mut versions: Vec<Option<usize>> = vec![None; texts.len()];
    let mut gone: HashMap<&str, Vec<usize>> = HashMap::new();
    for step in align(&old, texts) {
        if step.same {
            versions[step.new.start] = Some(before[step.old.start].1);
        } else {
            for (text, version) in &before[step.old] {
                gone.entry(text).or_default().push(*version);
            }
        }
    }
    texts
        .iter()
        .zip(versions)
        .map(|(text, known)| {
            let moved = || gone.get_mut(text).and_then(Vec::pop);
            (*text, known.or_else(moved).unwrap_or(version))
        })
        .collect()
}

#[cfg(test)]
mod tests;
