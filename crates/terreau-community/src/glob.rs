//! The paths of governance rules: which rule speaks of a path, and which of two is more specific.
//!
//! A pattern is written as in `commons.toml`: `**` stands for any folders, `*` for any characters within one segment.
//! A card is named alike with and without its `.md`, in the rule and in the path.

/// How closely a pattern describes a path; the greater one wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Specificity {
    exact: bool,
    literal_segments: usize,
    partial_segments: usize,
}

impl Specificity {
    /// Tells whether the pattern named this very path, without a wildcard.
    pub(crate) fn is_exact(self) -> bool {
        self.exact
    }
}

/// Tells whether a repository path is one that a rule can speak of: relative, without empty or dotted segments.
pub(crate) fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && path
            .split('/')
            .all(|segment| !segment.is_empty() && !segment.starts_with('.'))
        && !path.contains(['\\', '\0', '\n', '\r'])
}

/// Returns how specifically the pattern matches the path, or nothing when it does not.
pub(crate) fn matches(pattern: &str, path: &str) -> Option<Specificity> {
    let pattern: Vec<&str> = without_extension(pattern).split('/').collect();
    let path: Vec<&str> = without_extension(path).split('/').collect();
    if !segments_match(&pattern, &path) {
        return None;
    }
    let wild = pattern
        .iter()
        .filter(|segment| segment.contains('*'))
        .count();
    let deep = pattern.iter().filter(|segment| **segment == "**").count();
    Some(Specificity {
        exact: wild == 0,
        literal_segments: pattern.len() - wild,
        partial_segments: wild - deep,
    })
}

fn without_extension(path: &str) -> &str {
    path.strip_suffix(".md").unwrap_or(path)
}

fn segments_match(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", [])), rest) => rest.is_some(), // a trailing ** needs something inside the folder
        (Some((&"**", rest)), Some((_, deeper))) => {
            segments_match(rest, path) || segments_match(pattern, deeper)
        }
        (Some((first, rest)), Some((segment, deeper))) => {
            segment_matches(first, segment) && segments_match(rest, deeper)
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}

/// Matches one segment; `*` stands for any characters. Linear: each piece is taken at its first place.
fn segment_matches(pattern: &str, segment: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = segment.strip_prefix(first) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return rest.is_empty();
    };
    for piece in pieces {
        let Some(at) = rest.find(piece) else {
            return false;
        };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}
