//! What is believed of a provider's words: tokens whose signature, issuer, audience, nonce and times hold, and nothing else.

use std::str::FromStr;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreUserInfoJsonWebToken,
    CoreUserInfoVerifier,
};
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, ClientSecret, IssuerUrl,
    Nonce, SignatureVerificationError, SubjectIdentifier,
};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::{Algorithm, ProviderSettings, Refusal, untrusted};

/// How far two clocks may be apart.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(60);
/// The longest subject, in bytes. Source: OpenID Connect Core 1.0 §2.
const LONGEST_SUBJECT: usize = 255;

/// Who somebody is, as a provider says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Believed {
    pub(super) subject: String,
    pub(super) email: Option<String>,
    pub(super) is_verified: bool,
}

/// What tokens must agree with.
pub(super) struct Expected<'a> {
    pub(super) settings: &'a ProviderSettings,
    pub(super) keys: CoreJsonWebKeySet,
    pub(super) now: DateTime<Utc>,
}

/// Reads the provider's public keys; keys of unknown kinds are left out.
pub(super) fn keys(body: &[u8]) -> Result<CoreJsonWebKeySet, Refusal> {
    serde_json::from_slice(body).map_err(|_| untrusted("the keys are not readable"))
}

impl Expected<'_> {
    /// Verifies an ID token. Source: OpenID Connect Core 1.0 §3.1.3.7 and §3.1.3.8.
    pub(super) fn id_token(
        &self,
        text: &str,
        nonce: &Nonce,
        access_token: &str,
    ) -> Result<Believed, Refusal> {
        let token =
            CoreIdToken::from_str(text).map_err(|_| untrusted("the ID token is not readable"))?;
        let verifier = self.verifier()?;
        let claims = token
            .claims(&verifier, nonce)
            .map_err(|error| untrusted(format!("the ID token: {}", cause(&error))))?;
        let is_ours = claims
            .authorized_party()
            .is_none_or(|party| party.as_str() == self.settings.client_id);
        if !is_ours {
            return Err(untrusted("the ID token was made for another site (azp)"));
        }
        if let Some(hash) = claims.access_token_hash() {
            let made = token
                .signing_alg()
                .and_then(|algorithm| {
                    let key = token.signing_key(&verifier)?;
                    Ok((algorithm, key))
                })
                .ok()
                .and_then(|(algorithm, key)| {
                    let access = AccessToken::new(access_token.to_owned());
                    AccessTokenHash::from_token(&access, algorithm, key).ok()
                });
            // Tokens made with the secret have no public key to find; their access token came with them.
            if made.is_some_and(|made| made != *hash) {
                return Err(untrusted(
                    "the access token is not the ID token's (at_hash)",
                ));
            }
        }
        Ok(Believed {
            subject: subject(claims.subject().as_str())?,
            email: claims.email().map(|email| email.as_str().to_owned()),
            is_verified: claims.email_verified() == Some(true),
        })
    }

    /// Reads the userinfo of the person of an ID token; a signed one is verified, and only that is believed when the settings
    /// say that it comes signed. Source: OpenID Connect Core 1.0 §5.3.
    pub(super) fn userinfo(
        &self,
        body: &[u8],
        is_jwt: bool,
        known: &Believed,
    ) -> Result<Believed, Refusal> {
        if self.settings.signed_userinfo && !is_jwt {
            return Err(untrusted("the userinfo is not signed"));
        }
        let (email, is_verified) = if is_jwt {
            self.signed_userinfo(body, known)?
        } else {
            let told: Value = serde_json::from_slice(body)
                .map_err(|_| untrusted("the userinfo is not readable"))?;
            if told["sub"].as_str() != Some(known.subject.as_str()) {
                return Err(untrusted("the userinfo is about somebody else"));
            }
            (text_of(&told["email"]), is_true(&told["email_verified"]))
        };
        Ok(Believed {
            subject: known.subject.clone(),
            is_verified: email.is_some() && is_verified,
            email,
        })
    }

    fn signed_userinfo(
        &self,
        body: &[u8],
        known: &Believed,
    ) -> Result<(Option<String>, bool), Refusal> {
        let text = String::from_utf8_lossy(body);
        let token: CoreUserInfoJsonWebToken =
            serde_json::from_value(Value::String(text.trim().to_owned()))
                .map_err(|_| untrusted("the signed userinfo is not readable"))?;
        let verifier = CoreUserInfoVerifier::new(
            ClientId::new(self.settings.client_id.clone()),
            self.issuer()?,
            self.keys.clone(),
            Some(SubjectIdentifier::new(known.subject.clone())),
        );
        let claims = token
            .claims(&verifier)
            .map_err(|error| untrusted(format!("the signed userinfo: {}", cause(&error))))?;
        Ok((
            claims.email().map(|email| email.as_str().to_owned()),
            claims.email_verified() == Some(true),
        ))
    }

    fn verifier(&self) -> Result<CoreIdTokenVerifier<'static>, Refusal> {
        let client = ClientId::new(self.settings.client_id.clone());
        let (issuer, keys, now) = (self.issuer()?, self.keys.clone(), self.now);
        let allowed = &self.settings.algorithms;
        let verifier = match &self.settings.client_secret {
            // The secret verifies nothing unless the settings say so: a public key is never taken for a secret.
            Some(secret) if allowed.contains(&Algorithm::HS256) => {
                let secret = ClientSecret::new(secret.expose_secret().to_owned());
                CoreIdTokenVerifier::new_confidential_client(client, secret, issuer, keys)
            }
            _ => CoreIdTokenVerifier::new_public_client(client, issuer, keys),
        };
        Ok(verifier
            .set_allowed_algs(allowed.iter().map(|one| one.of_the_library()))
            .set_time_fn(move || now - CLOCKS_APART)
            .set_issue_time_verifier_fn(move |issued| {
                if issued <= now + CLOCKS_APART {
                    Ok(())
                } else {
                    Err("issued in the future".to_owned())
                }
            }))
    }

    fn issuer(&self) -> Result<IssuerUrl, Refusal> {
        IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|_| untrusted("the issuer is not an address"))
    }
}

/// Reads the profile of a forge: a JSON object with the claims that the settings name.
pub(super) fn profile(body: &[u8], settings: &ProviderSettings) -> Result<Believed, Refusal> {
    let told: Value =
        serde_json::from_slice(body).map_err(|_| untrusted("the userinfo is not readable"))?;
    let claim = |name: &Option<String>, usual: &str| &told[name.as_deref().unwrap_or(usual)];
    let named = match claim(&settings.subject_claim, "id") {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return Err(untrusted("the userinfo does not say who it is about")),
    };
    Ok(Believed {
        subject: subject(&named)?,
        email: text_of(claim(&settings.email_claim, "email")),
        is_verified: is_true(claim(&settings.email_verified_claim, "email_verified")),
    })
}

/// Returns the verified address of a forge's list: the primary one, else the first.
pub(super) fn verified_of_list(body: &[u8]) -> Result<Option<String>, Refusal> {
    let told: Value =
        serde_json::from_slice(body).map_err(|_| untrusted("the addresses are not readable"))?;
    let list = told
        .as_array()
        .ok_or_else(|| untrusted("the addresses are no list"))?;
    let verified = || list.iter().filter(|one| is_true(&one["verified"]));
    let chosen = verified()
        .find(|one| is_true(&one["primary"]))
        .or_else(|| verified().next());
    Ok(chosen.and_then(|one| text_of(&one["email"])))
}

fn subject(text: &str) -> Result<String, Refusal> {
    let is_fit =
        !text.is_empty() && text.len() <= LONGEST_SUBJECT && !text.chars().any(char::is_control);
    if is_fit {
        Ok(text.to_owned())
    } else {
        Err(untrusted("the subject is empty, too long or not printable"))
    }
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn is_true(value: &Value) -> bool {
    *value == Value::Bool(true)
}

/// Says which check failed, without the claims themselves.
fn cause(error: &ClaimsVerificationError) -> &'static str {
    use SignatureVerificationError as Signature;
    match error {
        ClaimsVerificationError::Expired(_) => "it has expired, or is not valid yet",
        ClaimsVerificationError::InvalidAudience(_) => "it was made for another site (aud)",
        ClaimsVerificationError::InvalidIssuer(_) => "another issuer made it (iss)",
        ClaimsVerificationError::InvalidNonce(_) => "it belongs to another sign-in (nonce)",
        ClaimsVerificationError::InvalidSubject(_) => "it is about somebody else (sub)",
        ClaimsVerificationError::SignatureVerification(Signature::DisallowedAlg(_)) => {
            "its algorithm is not among those of the settings"
        }
        ClaimsVerificationError::SignatureVerification(Signature::NoSignature) => {
            "it is not signed"
        }
        ClaimsVerificationError::SignatureVerification(Signature::NoMatchingKey) => {
            "the provider has no such key"
        }
        ClaimsVerificationError::SignatureVerification(_) => "its signature does not hold",
        _ => "it is not acceptable",
    }
}
