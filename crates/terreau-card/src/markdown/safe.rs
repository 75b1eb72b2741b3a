//! HTML that passed the allow-list, which is always the last thing that happens to it.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::runs::broken_up;

/// HTML that may be written into a page as it is: only the sanitiser of this crate makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Returns the HTML.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Tells whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps of `html` what a rendered card may hold.
    pub(crate) fn of_card(html: &str) -> SafeHtml {
        SafeHtml(CARD.clean(&broken_up(html)).to_string())
    }

    /// Keeps of `html` what an attribution may hold.
    pub(crate) fn of_attribution(html: &str) -> SafeHtml {
        SafeHtml(ATTRIBUTION.clean(html).to_string())
    }

    /// Adds a piece: each one is closed, so that together they are as safe as they are alone.
    pub(crate) fn push(&mut self, piece: &SafeHtml) {
        self.0.push_str(&piece.0);
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a link out of the commons says of itself.
pub(crate) const OUTSIDE_REL: &str = "noopener noreferrer ugc";

/// What a link to the work that a card was made from says of itself.
pub(crate) const ORIGIN_REL: &str = "dct:source noopener noreferrer ugc";

/// The ids that a rendered card may give: a word, a hyphen, the rest. No property of a page's scripts has a hyphen, and
/// the templates use none of these words, so that a card can't take the place of anything.
pub(crate) const ID_WORDS: [&str; 4] = ["section", "note", "noteref", "question"];

/// The elements of a rendered card, with the attributes and the classes of each.
const ELEMENTS: &[(&str, &[&str], &[&str])] = &[
    (
        "a",
        &["href", "title", "rel", "id", "aria-label"],
        &["noteref", "back"],
    ),
    ("blockquote", &[], &[]),
    ("br", &[], &[]),
    ("code", &[], &[]),
    ("del", &[], &[]),
    (
        "div",
        &["tabindex", "role", "aria-label"],
        &["table", "questions"],
    ),
    ("em", &[], &[]),
    ("figcaption", &[], &[]),
    ("figure", &[], &[]),
    ("h2", &["id"], &[]),
    ("h3", &["id"], &[]),
    ("h4", &["id"], &[]),
    ("h5", &["id"], &[]),
    ("h6", &["id"], &[]),
    ("hr", &[], &[]),
    ("img", &["src", "alt", "title", "loading"], &[]),
    ("input", &["type", "checked", "aria-label"], &[]),
    ("li", &["id"], &["task"]),
    ("ol", &["start", "aria-label"], &["notes"]),
    (
        "p",
        &[],
        &[
            "question", "hint", "answer", "probes", "relevant", "note", "cut",
        ],
    ),
    ("pre", &["tabindex"], &[]),
    ("span", &[], &["mark"]),
    ("strong", &[], &[]),
    ("sup", &[], &[]),
    ("table", &[], &[]),
    ("tbody", &[], &[]),
    ("td", &[], &["center", "end"]),
    ("th", &["scope"], &["center", "end"]),
    ("thead", &[], &[]),
    ("tr", &[], &[]),
    ("ul", &[], &["choices", "probes"]),
    ("wbr", &[], &[]),
];

/// The elements whose content goes with them: nobody should read a script.
const DROPPED_WHOLE: [&str; 12] = [
    "script", "style", "svg", "math", "iframe", "object", "embed", "noscript", "template", "title",
    "textarea", "select",
];

static CARD: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = strict();
    builder
        .tags(ELEMENTS.iter().map(|(tag, _, _)| *tag).collect())
        .tag_attributes(
            ELEMENTS
                .iter()
                .map(|(tag, attributes, _)| (*tag, attributes.iter().copied().collect()))
                .collect(),
        )
        .allowed_classes(
            ELEMENTS
                .iter()
                .filter(|(_, _, classes)| !classes.is_empty())
                .map(|(tag, _, classes)| (*tag, classes.iter().copied().collect()))
                .collect(),
        )
        // One attribute only: several would come in any order, and the same card must give the same bytes.
        .set_tag_attribute_value("input", "disabled", "")
        .attribute_filter(|tag, attribute, value| {
            allowed(tag, attribute, value).then(|| value.into())
        });
    builder
});

static ATTRIBUTION: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes = |names: &[&'static str]| names.iter().copied().collect::<HashSet<_>>();
    let mut builder = strict();
    builder
        .tags(attributes(&["span", "a", "strong", "em", "time"]))
        .tag_attributes(HashMap::from([
            ("span", attributes(&["property", "prefix", "about"])),
            ("a", attributes(&["href", "rel", "property"])),
            ("strong", attributes(&["property"])),
            ("em", attributes(&["property"])),
            ("time", attributes(&["property", "datetime"])),
        ]))
        .allowed_classes(HashMap::from([("span", attributes(&["attribution"]))]))
        .attribute_filter(|_, attribute, value| {
            let kept = match attribute {
                "href" => is_link(value),
                "rel" => matches!(value, "license" | "cc:attributionURL" | ORIGIN_REL),
                _ => true,
            };
            kept.then(|| value.into())
        });
    builder
});

/// Returns a sanitiser that lets nothing through yet.
fn strict() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .generic_attributes(HashSet::new())
        .clean_content_tags(HashSet::from(DROPPED_WHOLE))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
}

/// Tells whether an attribute of the allow-list may have this value.
fn allowed(tag: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "id" => is_own_id(value),
        "href" => is_link(value),
        "src" => is_site_path(value),
        "rel" => value == OUTSIDE_REL,
        "role" => value == "region",
        "tabindex" => value == "0",
        "scope" => value == "col",
        "loading" => value == "lazy",
        "start" => {
            !value.is_empty() && value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit())
        }
        "checked" | "disabled" => value.is_empty(),
        "type" => tag == "input" && value == "checkbox",
        "class" | "title" | "alt" | "aria-label" => true,
        _ => false,
    }
}

/// Tells whether an id is one that this crate gives.
pub(crate) fn is_own_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(word, rest)| {
        ID_WORDS.contains(&word)
            && !rest.is_empty()
            && rest
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    })
}

/// Tells whether an address leads within the page, within the site, to the web or to a mailbox.
///
/// What browsers read otherwise than it looks (`//host`, `/\host`, tabs and line ends inside) is refused.
fn is_link(address: &str) -> bool {
    let lower = address
        .get(..8.min(address.len()))
        .map(str::to_ascii_lowercase)
        .unwrap_or_default();
    let starts_well = address.strip_prefix('#').is_some_and(is_own_id)
        || is_site_path(address)
        || ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme));
    starts_well && !has_odd_letters(address)
}

fn is_site_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !has_odd_letters(address)
}

fn has_odd_letters(address: &str) -> bool {
    address
        .chars()
        .any(|letter| letter <= ' ' || letter == '\\' || letter.is_control())
}
