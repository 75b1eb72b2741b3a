//! A list of cards as an Atom feed. Source: RFC 4287.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};

/// A feed.
pub struct Feed<'a> {
    /// Its permanent name: an address that never changes.
    pub id: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// Where it is.
    pub here: &'a str,
    /// The page that shows the same.
    pub page: &'a str,
    /// Its language, BCP 47.
    pub language: &'a str,
    /// Who publishes it.
    pub author: &'a str,
    /// The rights under which its entries are, in one sentence.
    pub rights: &'a str,
    /// When the newest of what it can hold changed: a feed without entries has a date too.
    pub updated: DateTime<Utc>,
    /// What it holds, newest first.
    pub entries: Vec<Entry<'a>>,
}

/// An entry of a feed.
pub struct Entry<'a> {
    /// Its permanent name.
    pub id: String,
    /// What it is called.
    pub title: &'a str,
    /// Where it is.
    pub page: String,
    /// When it changed.
    pub updated: DateTime<Utc>,
    /// What it tells, as text.
    pub summary: &'a str,
    /// The kind of thing that it is.
    pub category: &'a str,
}

/// Writes a feed.
pub fn atom(feed: &Feed<'_>) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = write!(
        xml,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{}</id>\n<title>{}</title>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<updated>{}</updated>\n<author><name>{}</name></author>\n<rights>{}</rights>\n",
        escaped(feed.language),
        escaped(feed.id),
        escaped(feed.title),
        escaped(feed.here),
        escaped(feed.page),
        moment(feed.updated),
        escaped(feed.author),
        escaped(feed.rights),
    );
    for entry in &feed.entries {
        let _ = write!(
            xml,
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<updated>{}</updated>\n<category term=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            escaped(&entry.id),
            escaped(entry.title),
            escaped(&entry.page),
            moment(entry.updated),
            escaped(entry.category),
            escaped(entry.summary),
        );
    }
    xml.push_str("</feed>\n");
    xml
}

fn moment(when: DateTime<Utc>) -> String {
    when.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Escapes a text for XML, in content and in attributes; characters that XML 1.0 does not have become U+FFFD.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(letter),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(letter),
        }
    }
    safe
}
