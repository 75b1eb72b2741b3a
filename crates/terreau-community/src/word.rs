//! Words: sets of values that are each written as one word in files, in the database and in the API.

use std::fmt;

/// A word that names nothing in its set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord(pub String);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown word: {:?}", self.0)
    }
}

impl std::error::Error for UnknownWord {}

/// Makes an enum of words, with `ALL`, `as_str`, `Display` and `FromStr`.
macro_rules! words {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$about_one:meta])* $one:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$about_one])* $one,)+
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$one),+];

            /// Returns the word that stands for it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$one => $word,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .into_iter()
                    .find(|one| one.as_str() == word)
                    .ok_or_else(|| crate::UnknownWord(word.to_owned()))
            }
        }
    };
}

pub(crate) use words;
