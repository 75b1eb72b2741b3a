//! Secrets that open doors: 256 random bits shown once, and the hash that is kept.

use secrecy::SecretString;
use sha2::{Digest, Sha256};
use terreau_db::SecretHash;

/// A secret to hand out and the SHA-256 that the database keeps in its place.
pub struct Secret {
    /// The text to give away: 64 hexadecimal digits, after a prefix that tells scanners what it is.
    pub text: SecretString,
    /// What is stored.
    pub hash: SecretHash,
}

/// Makes a secret from the system's randomness.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new_secret(prefix: &str) -> anyhow::Result<Secret> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let text = format!("{prefix}{}", hex(&bytes));
    let hash = hash(&text);
    Ok(Secret {
        text: SecretString::from(text),
        hash,
    })
}

/// Returns the hash under which a secret is stored.
pub fn hash(secret: &str) -> SecretHash {
    SecretHash::new(Sha256::digest(secret.as_bytes()).into())
}

/// Returns the SHA-256 of a text as hexadecimal digits.
pub fn hex_digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a String cannot fail");
            text
        })
}
