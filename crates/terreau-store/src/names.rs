//! Which files the commons can hold, so that every disk, forge and mirror can hold them too.

use terreau_card::CardPath;

/// The file that names people anew; the one whose name begins with a dot.
pub const MAILMAP_FILE: &str = ".mailmap";

/// The largest card, configuration or other text, in bytes.
pub(crate) const MAX_TEXT_BYTES: usize = 1 << 20;
/// The largest other file, in bytes.
pub(crate) const MAX_FILE_BYTES: usize = 10 << 20;

const MAX_FOLDERS: usize = 6;
const MAX_NAME: usize = 80;

/// Says why a file that is no card cannot have this path.
///
/// Lower-case ASCII names, at most six deep; at the root a name such as `README.md` may have capitals.
/// Source: the tree policy for whatever enters from outside.
pub(crate) fn refusal(path: &str) -> Option<&'static str> {
    if path == MAILMAP_FILE {
        return None;
    }
    let names: Vec<&str> = path.split('/').collect();
    let at_root = names.len() == 1;
    if names.len() > MAX_FOLDERS {
        return Some("too many folders");
    }
    for name in &names {
        if name.is_empty() || name.len() > MAX_NAME {
            return Some("a name is empty or longer than 80 characters");
        }
        let capitals = at_root && name.chars().any(|letter| letter.is_ascii_uppercase());
        let allowed = |letter: char| {
            letter.is_ascii_lowercase()
                || letter.is_ascii_digit()
                || matches!(letter, '.' | '_' | '-')
                || (capitals && letter.is_ascii_uppercase())
        };
        if !name.starts_with(|first: char| first.is_ascii_alphanumeric())
            || !name.chars().all(allowed)
        {
            return Some(
                "names are made of lower-case letters without accents, digits, dots, dashes and underscores",
            );
        }
        if name.ends_with('.') || is_device(name) {
            return Some("some systems cannot hold a file of that name");
        }
    }
    if path.ends_with(".md") && !at_root {
        return Some("Markdown files in folders are cards");
    }
    None
}

/// Says whether a file is at the place of a card.
pub(crate) fn card(path: &str) -> Option<CardPath> {
    CardPath::from_file(path)
}

/// Says whether Windows keeps the name for a device, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let port = |kind: &str| {
        stem.strip_prefix(kind)
            .is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || port("com") || port("lpt")
}
