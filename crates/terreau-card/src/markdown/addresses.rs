//! Where the links and images of a card lead.

use crate::{CardPath, Media, slug_of};

use super::escape::encode_address;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// Within the page or the site, ready for `href`.
    Inside(String),
    /// To the web or to a mailbox, ready for `href`.
    Outside(String),
    /// Nowhere that a card may send people to.
    Nowhere,
}

/// Resolves the addresses of one card.
pub(crate) struct Addresses<'a> {
    path: &'a CardPath,
    base_url: Option<&'a str>,
    media: Vec<Media>,
}

/// What the ids of headings start with.
pub(crate) const HEADING: &str = "section-";

impl<'a> Addresses<'a> {
    pub fn new(path: &'a CardPath, base_url: Option<&'a str>, media: Vec<Media>) -> Self {
        Addresses {
            path,
            base_url: base_url.map(|url| url.trim_end_matches('/')),
            media,
        }
    }

    /// Resolves a link as it is written in the card.
    pub fn link(&self, written: &str) -> Address {
        let written = written.trim();
        if is_odd(written) || written.is_empty() {
            return Address::Nowhere;
        }
        if let Some((scheme, rest)) = scheme_of(written) {
            return match scheme.to_ascii_lowercase().as_str() {
                "http" | "https" if rest.len() > 2 && rest.starts_with("//") => self.web(written),
                "mailto" if rest.contains('@') => Address::Outside(encode_address(written)),
                _ => Address::Nowhere,
            };
        }
        let (place, fragment) = match written.split_once('#') {
            Some((place, fragment)) => (place, Some(fragment)),
            None => (written, None),
        };
        let fragment = match fragment {
            Some(fragment) if !fragment.is_empty() => format!("#{}", anchor_of(fragment)),
            _ => String::new(),
        };
        if place.is_empty() {
            return if fragment.is_empty() {
                Address::Nowhere
            } else {
                Address::Inside(fragment)
            };
        }
        match self.file(place) {
            Some(file) => {
                let place = file.strip_suffix(".md").unwrap_or(&file);
                Address::Inside(format!("/{}{fragment}", encode_address(place)))
            }
            None => Address::Nowhere,
        }
    }

    /// Resolves an image as it is written in the card: a file of the commons, nothing else is ever loaded.
    pub fn image(&self, written: &str) -> Option<(String, Option<&Media>)> {
        let written = written.trim();
        if is_odd(written) || written.contains(['#', '?']) || scheme_of(written).is_some() {
            return None;
        }
        let file = self.file(written)?;
        let media = self
            .media
            .iter()
            .find(|media| media.path == file || media.path == written);
        Some((format!("/{}", encode_address(&file)), media))
    }

    /// Returns the path in the commons of a file that the card names.
    fn file(&self, written: &str) -> Option<String> {
        if written.starts_with("//") {
            return None;
        }
        let mut segments: Vec<&str> = match written.starts_with('/') {
            true => Vec::new(),
            false => self
                .path
                .folder()
                .split('/')
                .filter(|segment| !segment.is_empty())
                .collect(),
        };
        for segment in written.split('/') {
            match segment {
                "" | "." => {}
                ".." => {
                    segments.pop()?;
                }
                _ => segments.push(segment),
            }
        }
        Some(segments.join("/"))
    }

    /// Sorts the addresses of this very commons from the others.
    fn web(&self, written: &str) -> Address {
        let own = self
            .base_url
            .filter(|base| !base.is_empty())
            .and_then(|base| written.strip_prefix(base));
        match own {
            Some(rest) if rest.is_empty() || rest.starts_with(['/', '#', '?']) => {
                Address::Inside(encode_address(written))
            }
            _ => Address::Outside(encode_address(written)),
        }
    }
}

/// No address that people follow is longer.
const LONGEST_ADDRESS: usize = 4_000;

/// Tells whether an address is not what it looks like, or nothing that people wrote.
fn is_odd(address: &str) -> bool {
    address.len() > LONGEST_ADDRESS
        || address.contains('\\')
        || address.chars().any(char::is_control)
}

/// Returns the id of the heading that a fragment names, the way that a forge writes it or the way that we do.
pub(crate) fn anchor_of(fragment: &str) -> String {
    let decoded = percent_decoded(fragment);
    let name = decoded.strip_prefix(HEADING).unwrap_or(&decoded);
    format!("{HEADING}{}", slug_of(name))
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match pair
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
        {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Cuts a scheme off an address: letters, digits, `+`, `.` and `-` before the first colon.
fn scheme_of(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'));
    // A colon in the first segment of a relative path would be read as a scheme by browsers that are kinder than we are.
    match (is_scheme, scheme.contains(['/', '#', '?'])) {
        (true, _) => Some((scheme, rest)),
        (false, true) => None,
        (false, false) => Some(("", rest)),
    }
}
