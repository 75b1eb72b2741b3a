//! What somebody said, ready to show: paragraphs of plain text, in which addresses of the web are links.

use terreau_card::{PrivateThing, private_things};

use crate::Words;
use crate::facts::Piece;

/// What an address does not end with: it belongs to the sentence around.
const AFTER: &[char] = &[
    '.', ',', ';', ':', '!', '?', ')', ']', '»', '"', '\'', '’', '”',
];

/// Parts a text into paragraphs, and each into words and links.
pub fn paragraphs(text: &str) -> Vec<Vec<Piece>> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim_end) {
        match (line.is_empty(), goes_on) {
            (true, _) => goes_on = false,
            (false, true) => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.push('\n');
                    paragraph.push_str(line);
                }
            }
            (false, false) => {
                paragraphs.push(line.to_owned());
                goes_on = true;
            }
        }
    }
    paragraphs.iter().map(|text| pieces(text)).collect()
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let plain = |text: &str| Piece {
        text: text.to_owned(),
        href: None,
    };
    while let Some(start) = next_address(rest) {
        let end = rest[start..]
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"'))
            .map_or(rest.len(), |length| start + length);
        let address = rest[start..end].trim_end_matches(AFTER);
        if start > 0 {
            pieces.push(plain(&rest[..start]));
        }
        pieces.push(Piece {
            text: address.to_owned(),
            href: Some(address.to_owned()),
        });
        rest = &rest[start + address.len()..];
    }
    if !rest.is_empty() {
        pieces.push(plain(rest));
    }
    pieces
}

/// Finds where the next address of the web begins; it has a host.
fn next_address(text: &str) -> Option<usize> {
    let schemes = ["https://", "http://"];
    let mut from = 0;
    while let Some(start) = schemes
        .iter()
        .filter_map(|scheme| text[from..].find(scheme))
        .min()
    {
        let start = from + start;
        let after = text[start..]
            .split_once("://")
            .map_or("", |(_, after)| after);
        let is_whole = !text[..start].ends_with(|letter: char| letter.is_alphanumeric());
        if is_whole && after.starts_with(|letter: char| letter.is_alphanumeric()) {
            return Some(start);
        }
        from = start + "http".len();
    }
    None
}

/// Says what looks private in a text, if anything does.
pub fn private_line(text: &str, words: Words) -> Option<String> {
    let found = private_things(text);
    if found.is_empty() {
        return None;
    }
    let said: Vec<String> = found
        .iter()
        .map(|(place, thing)| {
            let key = match thing {
                PrivateThing::Telephone => "comments-private-telephone",
                PrivateThing::Email => "comments-private-email",
                PrivateThing::Address => "comments-private-address",
            };
            words.tell(key, "text", text[place.clone()].trim())
        })
        .collect();
    Some(said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use terreau_card::Language;

    fn told(text: &str) -> Vec<Vec<(String, bool)>> {
        paragraphs(text)
            .into_iter()
            .map(|pieces| {
                let pieces = pieces.into_iter();
                pieces
                    .map(|piece| (piece.text, piece.href.is_some()))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn paragraphs_are_parted_and_addresses_are_links() {
        let plain = |text: &str| (text.to_owned(), false);
        let link = |text: &str| (text.to_owned(), true);
        assert_eq!(
            told("Un\nDeux\n\n\nTrois"),
            [vec![plain("Un\nDeux")], vec![plain("Trois")]]
        );
        assert_eq!(
            told("Voir https://a.fr/b?c=d, et (http://é.fr/x)."),
            [vec![
                plain("Voir "),
                link("https://a.fr/b?c=d"),
                plain(", et ("),
                link("http://é.fr/x"),
                plain(").")
            ]]
        );
        for text in [
            "https://",
            "xhttps://a.fr",
            "javascript:alert(1)",
            "http:// a",
        ] {
            assert_eq!(told(text), [vec![plain(text)]], "{text}");
        }
        assert_eq!(told("  \n "), Vec::<Vec<_>>::new());
    }

    #[test]
    fn what_looks_private_is_named() {
        let words = Words::of(Language::French);
        assert_eq!(private_line("Une heure suffit.", words), None);
        let said = private_line("Appelez-moi :\n06 12 34 56 78", words);
        assert!(said.is_some_and(|said| said.contains("06 12 34 56 78")));
    }
}
