//! What people are called: credit name, organisation, e-mail address. Each is checked once, when it is parsed.

use std::fmt;

use terreau_card::Language;

/// Why a name can't be published as a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameRefusal {
    /// Nothing is left once the spaces are taken away.
    Empty,
    /// It has more than `max` characters.
    TooLong {
        /// The greatest number of characters.
        max: usize,
    },
    /// It holds a character that is invisible, turns the reading order or has a meaning in git.
    Character(char),
    /// It has no letter and no digit.
    NoLetter,
}

impl fmt::Display for NameRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NameRefusal::Empty => f.write_str("the name is empty"),
            NameRefusal::TooLong { max } => {
                write!(f, "the name is longer than {max} characters")
            }
            NameRefusal::Character(c) => {
                write!(f, "the name holds the character U+{:04X}", u32::from(*c))
            }
            NameRefusal::NoLetter => f.write_str("the name has no letter and no digit"),
        }
    }
}

impl std::error::Error for NameRefusal {}

/// Tells whether a character may hide in a line, turn it around or break it.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '<' | '>' // end the name in a git signature
            | '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFF}' | '\u{E000}'..='\u{F8FF}' | '\u{E0000}'..='\u{10FFFF}')
}

/// Returns the text as one clean line: trimmed, each run of spaces made one space.
fn clean_line(text: &str, max: usize) -> Result<String, NameRefusal> {
    if let Some(c) = text.trim().chars().find(|c| is_treacherous(*c)) {
        return Err(NameRefusal::Character(c));
    }
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return Err(NameRefusal::Empty);
    }
    if line.chars().count() > max {
        return Err(NameRefusal::TooLong { max });
    }
    if !line.chars().any(char::is_alphanumeric) {
        return Err(NameRefusal::NoLetter);
    }
    Ok(line)
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $max:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The greatest number of characters.
            pub const MAX: usize = $max;

            /// Reads a name as typed, trims it and makes each run of spaces one space.
            ///
            /// # Errors
            /// Refuses an empty or too long name, one without letter or digit, and one with control,
            /// invisible or direction characters or angle brackets.
            pub fn parse(text: &str) -> Result<Self, NameRefusal> {
                clean_line(text, Self::MAX).map(Self)
            }

            /// Returns the clean name.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name under which a person chose to be credited: 1 to 80 characters on one line. It is published for ever.
    CreditName, 80
}

name! {
    /// The organisation that a person contributes for: 1 to 120 characters on one line. It is published for ever.
    OrganisationName, 120
}

/// Returns the name that stands for somebody who asked that theirs be hidden.
///
/// # Panics
/// Never: the words are names.
pub fn hidden_name(language: Language) -> CreditName {
    let name = match language {
        Language::French => "Une personne du commun",
        Language::English => "Someone of the commons",
    };
    CreditName::parse(name).expect("words of letters are a name")
}

/// Text that is not a plain e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnAddress;

impl fmt::Display for NotAnAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a plain e-mail address")
    }
}

impl std::error::Error for NotAnAddress {}

/// A plain e-mail address in lower case; private, so that neither `Debug` nor `Display` shows it.
///
/// Only ASCII is accepted: two addresses that look the same are the same, and no letter folds onto another.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address as typed: trims it and makes it lower case.
    ///
    /// # Errors
    /// Refuses anything but `local@domain` with an unquoted local part of at most 64 characters and a domain name
    /// of at least two labels, 254 characters in all.
    ///
    /// Source: RFC 5321 §4.1.2 and §4.5.3.1, without quoted strings and address literals.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let address = text.trim().to_ascii_lowercase();
        let (local, domain) = address.split_once('@').ok_or(NotAnAddress)?;
        if address.len() <= 254 && is_local_part(local) && is_domain(domain) {
            Ok(Self(address))
        } else {
            Err(NotAnAddress)
        }
    }

    /// Returns the address itself, to write to it or to keep it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(hidden)")
    }
}

fn is_local_part(local: &str) -> bool {
    local.len() <= 64
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&b))
        })
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && !domain
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()))
}
