//! The hash that stands for a secret. The secret itself never reaches the database.

use std::fmt;

/// The SHA-256 of the secret of a link, a session or a token.
///
/// Secrets are 256 random bits, so a plain hash is enough and looking it up tells nothing by its timing.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// Wraps a SHA-256 that the caller computed.
    pub const fn new(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }

    /// Returns the beginning of the hash, to name what the secret opens in its owner's lists: it opens nothing.
    pub fn short(self) -> String {
        short(&self.0)
    }

    pub(crate) fn to_column(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

impl From<[u8; 32]> for SecretHash {
    fn from(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(hidden)")
    }
}

/// Returns the beginning of a kept hash.
pub(crate) fn short(hash: &[u8]) -> String {
    let digits = hash.iter().take(8).map(|byte| format!("{byte:02x}"));
    digits.collect()
}
