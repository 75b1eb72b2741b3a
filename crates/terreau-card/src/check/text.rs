//! The characters of a file.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::Told;
use crate::Rule;

/// At most so many of the same trouble are told.
const MOST: usize = 5;

pub(super) fn check(told: &mut Told<'_>) {
    let text = told.card.text();
    if text.starts_with('\u{FEFF}') {
        told.tell(0, Rule::ByteOrderMark);
    }
    if let Some(place) = text.find('\r') {
        told.tell(place, Rule::CarriageReturn);
    }
    let troubles = text.char_indices().filter_map(|(place, letter)| {
        let code = u32::from(letter);
        match letter {
            '\n' | '\t' | '\r' => None,
            '\u{FEFF}' if place == 0 => None,
            _ if is_bidi_control(letter) => Some((place, Rule::BidiCharacter { code })),
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' => Some((place, Rule::ControlCharacter { code })),
            _ if letter.is_control() => Some((place, Rule::ControlCharacter { code })),
            _ => None,
        }
    });
    for (place, rule) in troubles.take(MOST).collect::<Vec<_>>() {
        told.tell(place, rule);
    }
    if let Some(place) = first_not_nfc(text) {
        told.tell(place, Rule::NotNfc);
    }
}

/// Finds the first character that NFC would write otherwise.
fn first_not_nfc(text: &str) -> Option<usize> {
    if is_nfc(text) {
        return None;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !is_nfc(line) {
            let same = line
                .chars()
                .zip(line.nfc())
                .take_while(|(one, two)| one == two)
                .map(|(letter, _)| letter.len_utf8());
            return Some(start + same.sum::<usize>());
        }
        start += line.len();
    }
    Some(0)
}

/// Characters that turn the direction of reading without being seen.
pub(crate) fn is_bidi_control(letter: char) -> bool {
    matches!(letter, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
