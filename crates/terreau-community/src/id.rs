//! Identifiers of people and of what they own; each its own type, so that none can stand for another.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// Text that is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier (a UUID is expected)")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID that the caller made or read.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// Returns the UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    };
}

identifier! {
    /// Names an account; it appears in git as the local part of an author's address.
    AccountId
}

identifier! {
    /// Names an API or git token in lists; it is not the secret.
    TokenId
}
