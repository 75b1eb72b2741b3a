//! Text made harmless for HTML and for addresses.

use std::fmt::Write;

/// Adds a text to HTML, in content or between double quotes.
pub(crate) fn escape_into(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

/// Returns a text for HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    escape_into(&mut html, text);
    html
}

/// Returns an address whose white space, quotes, brackets and stray `%` are percent-encoded; other letters stay.
pub(crate) fn encode_address(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut encoded = String::with_capacity(address.len());
    for (at, letter) in address.char_indices() {
        let stray_percent =
            letter == '%' && !(is_hex(bytes.get(at + 1)) && is_hex(bytes.get(at + 2)));
        if stray_percent
            || letter <= ' '
            || matches!(
                letter,
                '"' | '\'' | '<' | '>' | '`' | '{' | '}' | '|' | '^' | '\\' | '\u{7f}'..='\u{a0}'
            )
            || is_hidden(letter)
        {
            let mut buffer = [0; 4];
            for byte in letter.encode_utf8(&mut buffer).bytes() {
                // Writing to a string can't fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        } else {
            encoded.push(letter);
        }
    }
    encoded
}

/// Tells whether a letter is a mark that shows nothing but turns what stands around it.
fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_hex(byte: Option<&u8>) -> bool {
    byte.is_some_and(u8::is_ascii_hexdigit)
}
