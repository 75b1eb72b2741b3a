//! Where a card lives: one path, the same on disk, on a forge and on the web.

#[cfg(test)]
mod tests;

use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use unicode_normalization::UnicodeNormalization;

/// First segments that belong to the site.
pub const RESERVED: &[&str] = &[
    "a-propos",
    "administration",
    "api",
    "assets",
    "bilan",
    "carte",
    "commencer",
    "commentaires",
    "commons",
    "comparer",
    "compte",
    "connexion",
    "deconnexion",
    "doublons",
    "essais",
    "flux",
    "grille",
    "healthz",
    "langue",
    "media",
    "metrics",
    "moderation",
    "nouvelle-fiche",
    "oai",
    "opensearch",
    "parcourir",
    "personnes",
    "propositions",
    "readyz",
    "recherche",
    "retours",
    "robots",
    "rss",
    "sitemap",
    "sparql",
    "static",
    "well-known",
];

/// Words that stand for an action when they follow the path of a card.
pub const RESERVED_ACTIONS: &[&str] = &[
    "adapter",
    "apercu",
    "archiver",
    "attribution",
    "commentaires",
    "comparer",
    "conflit",
    "discussion",
    "historique",
    "imprimer",
    "modifier",
    "renommer",
    "restaurer",
    "utile",
    "versions",
];

/// First and second segments that belong to the site together: pages of territories that have no card, beside the folder
/// of those that have one.
pub const RESERVED_BELOW: &[&str] = &[
    "territoires/completer",
    "territoires/departement",
    "territoires/insee",
    "territoires/region",
    "territoires/siren",
];

/// Names that some systems keep for devices.
const DEVICES: &[&str] = &[
    "aux", "con", "nul", "prn", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

const MAX_SEGMENTS: usize = 6;
const MAX_PATH_BYTES: usize = 200;
const MAX_SLUG_BYTES: usize = 80;

/// The path of a card without `.md`, such as `methodes/enquete-collective`.
///
/// At least one folder, then the slug; every segment is `[a-z0-9]+(-[a-z0-9]+)*`. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardPath(Arc<str>);

/// Why a text is not the path of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathRefusal {
    /// There is nothing.
    Empty,
    /// A card lives in a folder.
    NoFolder,
    /// More folders or letters than a path may have.
    TooLong,
    /// A segment that is not a slug; the nearest slug is given.
    NotASlug {
        /// The segment as written.
        segment: String,
        /// What it could be.
        near: String,
    },
    /// A word that the site or a system keeps for itself.
    Reserved(String),
}

impl fmt::Display for PathRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathRefusal::Empty => f.write_str("empty path"),
            PathRefusal::NoFolder => f.write_str("a card lives in a folder"),
            PathRefusal::TooLong => f.write_str("path too long"),
            PathRefusal::NotASlug { segment, near } => {
                write!(f, "`{segment}` is not a slug, `{near}` would be")
            }
            PathRefusal::Reserved(word) => write!(f, "`{word}` is reserved"),
        }
    }
}

impl std::error::Error for PathRefusal {}

impl CardPath {
    /// Reads a path such as `methodes/enquete-collective`.
    ///
    /// # Errors
    /// Says what keeps the text from being the path of a card.
    pub fn parse(text: &str) -> Result<CardPath, PathRefusal> {
        if text.is_empty() {
            return Err(PathRefusal::Empty);
        }
        if text.len() > MAX_PATH_BYTES {
            return Err(PathRefusal::TooLong);
        }
        for (index, segment) in text.split('/').enumerate() {
            if index >= MAX_SEGMENTS {
                return Err(PathRefusal::TooLong);
            }
            if !is_slug(segment) {
                return Err(PathRefusal::NotASlug {
                    segment: segment.to_owned(),
                    near: slug_of(segment),
                });
            }
            let kept = if index == 0 {
                RESERVED
            } else {
                RESERVED_ACTIONS
            };
            if kept.contains(&segment) || DEVICES.contains(&segment) {
                return Err(PathRefusal::Reserved(segment.to_owned()));
            }
        }
        if !text.contains('/') {
            return Err(PathRefusal::NoFolder);
        }
        let is_below = |kept: &&&str| {
            text.strip_prefix(**kept)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if let Some(kept) = RESERVED_BELOW.iter().find(is_below) {
            return Err(PathRefusal::Reserved((*kept).to_owned()));
        }
        Ok(CardPath(text.into()))
    }

    /// Returns the path of the card kept in a file such as `methodes/enquete-collective.md`.
    pub fn from_file(file: &str) -> Option<CardPath> {
        CardPath::parse(file.strip_suffix(".md")?).ok()
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the file that keeps the card.
    pub fn file(&self) -> String {
        format!("{}.md", self.0)
    }

    /// Returns everything before the slug: `methodes`, or `territoires/bretagne`.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the last segment.
    pub fn slug(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, slug)| slug)
    }
}

impl fmt::Display for CardPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CardPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl FromStr for CardPath {
    type Err = PathRefusal;

    fn from_str(text: &str) -> Result<Self, PathRefusal> {
        CardPath::parse(text)
    }
}

impl AsRef<str> for CardPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for CardPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Serialize for CardPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CardPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CardPath::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Says whether a text is `[a-z0-9]+(-[a-z0-9]+)*`.
pub(crate) fn is_slug(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Returns the slug of a title: « L’enquête collective » gives `l-enquete-collective`.
///
/// At most 80 letters, cut between words; `fiche` when nothing is left.
pub fn slug_of(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for letter in title.nfkd().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'œ' => slug.push_str("oe"),
            'æ' => slug.push_str("ae"),
            'ß' => slug.push_str("ss"),
            'ø' => slug.push('o'),
            'ł' => slug.push('l'),
            'đ' => slug.push('d'),
            _ if unicode_normalization::char::is_combining_mark(letter) => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    if slug.len() > MAX_SLUG_BYTES {
        let cut = slug[..=MAX_SLUG_BYTES].rfind('-').unwrap_or(MAX_SLUG_BYTES);
        slug.truncate(cut);
    }
    while slug.ends_with('-') {
        slug.pop();
    }
    if slug.is_empty() {
        "fiche".to_owned()
    } else {
        slug
    }
}
