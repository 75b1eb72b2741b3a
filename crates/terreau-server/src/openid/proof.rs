//! What ties a sign-in to the browser that began it.

use openidconnect::{Nonce, PkceCodeChallenge, PkceCodeVerifier};
use sha2::{Digest, Sha256};

/// The nonce and the PKCE verifier of one sign-in: made from its state and the browser's secret, so that neither is kept
/// anywhere, and no other browser can answer for them.
pub(super) struct Proof {
    pub(super) nonce: Nonce,
    pub(super) verifier: PkceCodeVerifier,
}

impl Proof {
    pub(super) fn of(state: &str, browser: &str) -> Proof {
        Proof {
            nonce: Nonce::new(derived("nonce", state, browser)),
            verifier: PkceCodeVerifier::new(derived("verifier", state, browser)),
        }
    }

    /// Returns the challenge that the provider holds against the verifier: its SHA-256.
    pub(super) fn challenge(&self) -> String {
        PkceCodeChallenge::from_code_verifier_sha256(&self.verifier)
            .as_str()
            .to_owned()
    }
}

/// Returns 64 hexadecimal digits; the parts are told apart by their lengths.
fn derived(what: &str, state: &str, browser: &str) -> String {
    let mut digest = Sha256::new();
    for part in [what, browser, state] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_in_has_its_own_nonce_and_verifier() {
        let one = Proof::of("state", "browser");
        assert_eq!(
            one.nonce.secret().len(),
            64,
            "ProConnect asks for 32 at least"
        );
        assert_eq!(
            one.verifier.secret().len(),
            64,
            "RFC 7636 asks for 43 to 128"
        );
        assert_ne!(one.nonce.secret(), one.verifier.secret());
        for (state, browser) in [
            ("state2", "browser"),
            ("state", "browser2"),
            ("stateb", "rowser"),
        ] {
            let other = Proof::of(state, browser);
            assert_ne!(other.nonce.secret(), one.nonce.secret());
            assert_ne!(other.verifier.secret(), one.verifier.secret());
        }
        assert_eq!(Proof::of("state", "browser").challenge(), one.challenge());
    }

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // Source: RFC 7636, appendix B.
        let proof = Proof {
            nonce: Nonce::new(String::new()),
            verifier: PkceCodeVerifier::new(
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned(),
            ),
        };
        assert_eq!(
            proof.challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
