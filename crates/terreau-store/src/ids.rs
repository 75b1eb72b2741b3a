//! Names of git objects: commits and blobs, as types that cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use git2::Oid;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A text that is not the full name of a git object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a full object name: forty lower-case hexadecimal digits are expected")]
pub struct NotAnObjectName;

/// Forty lower-case hexadecimal digits, kept as text: pages and caches use them as such.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Hex([u8; 40]);

impl Hex {
    fn parse(text: &str) -> Result<Hex, NotAnObjectName> {
        let bytes: [u8; 40] = text.as_bytes().try_into().map_err(|_| NotAnObjectName)?;
        let hexadecimal = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        if bytes.iter().all(hexadecimal) {
            Ok(Hex(bytes))
        } else {
            Err(NotAnObjectName)
        }
    }

    fn of(oid: Oid) -> Hex {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut hex = [b'0'; 40];
        for (pair, byte) in hex.chunks_exact_mut(2).zip(oid.as_bytes()) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Hex(hex)
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("hexadecimal digits are ASCII")
    }

    fn oid(&self) -> Oid {
        Oid::from_str(self.as_str()).expect("forty hexadecimal digits are an object id")
    }
}

macro_rules! object_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Hex);

        impl $name {
            /// Reads forty lower-case hexadecimal digits; abbreviations and revision expressions are refused.
            ///
            /// # Errors
            /// [`NotAnObjectName`] for anything else.
            pub fn parse(text: &str) -> Result<Self, NotAnObjectName> {
                Hex::parse(text).map(Self)
            }

            /// Returns the forty digits.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// Returns the first ten digits, for people.
            pub fn short(&self) -> &str {
                &self.as_str()[..10]
            }

            pub(crate) fn of(oid: Oid) -> Self {
                Self(Hex::of(oid))
            }

            pub(crate) fn oid(&self) -> Oid {
                self.0.oid()
            }
        }

        impl FromStr for $name {
            type Err = NotAnObjectName;

            fn from_str(text: &str) -> Result<Self, NotAnObjectName> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(out, "{}({})", stringify!($name), self.short())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

object_name! {
    /// The name of a commit: a published version of the whole commons.
    CommitId
}

object_name! {
    /// The name of a blob: the bytes of one file. Same bytes, same name, so what is derived from a blob never goes stale.
    BlobId
}
