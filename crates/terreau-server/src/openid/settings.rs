//! What the site is told of each provider.

use openidconnect::core::CoreJwsSigningAlgorithm;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::fetch;

/// One provider: `[site.sign_in.<word>]`. The word stands in addresses; register `<base_url>/connexion/retour/<word>` as the
/// redirect address there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// The name that people read on the button.
    pub name: String,
    /// How it vouches. Default `oidc`.
    #[serde(default)]
    pub kind: ProviderKind,
    /// Its address as it writes it in its own tokens, byte by byte; for `oauth2`, the address that names it.
    pub issuer: String,
    /// How it calls this site.
    pub client_id: String,
    /// What proves that we are this site; none for a public client.
    pub client_secret: Option<SecretString>,
    /// What is asked for. Default `openid email`, nothing for `oauth2`.
    pub scopes: Option<Vec<String>>,
    /// How its tokens may be signed; those made with the client secret only when named here. Default RS256, PS256, ES256 and
    /// EdDSA.
    #[serde(default = "Algorithm::usual")]
    pub algorithms: Vec<Algorithm>,
    /// Whether the userinfo comes signed (RS256), as with ProConnect; then nothing else is believed. Default false.
    #[serde(default)]
    pub signed_userinfo: bool,
    /// Whether every address that it gives is verified, though it does not say so each time. Default false.
    #[serde(default)]
    pub email_is_verified: bool,
    /// How the secret is sent to the token address. Default: as the discovery says, else `basic`.
    pub token_auth: Option<TokenAuth>,
    /// `oauth2`: where people are sent.
    pub authorize_url: Option<String>,
    /// `oauth2`: where codes are exchanged.
    pub token_url: Option<String>,
    /// `oauth2`: where it says who somebody is.
    pub userinfo_url: Option<String>,
    /// `oauth2`: where it lists addresses as `[{"email", "primary", "verified"}]`, when the profile has none.
    pub emails_url: Option<String>,
    /// `oauth2`: what the profile calls the name that is never given to another person. Default `id`.
    pub subject_claim: Option<String>,
    /// `oauth2`: what it calls the address. Default `email`.
    pub email_claim: Option<String>,
    /// `oauth2`: what it calls the word that the address is verified. Default `email_verified`.
    pub email_verified_claim: Option<String>,
}

/// How a provider vouches.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum ProviderKind {
    /// By OpenID Connect, found by discovery.
    #[default]
    Oidc,
    /// By OAuth2 and an address that says who somebody is.
    Oauth2,
}

/// How our secret is sent.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum TokenAuth {
    /// In the `Authorization` header.
    Basic,
    /// In the form.
    Post,
}

/// How a token may be signed; `none` is no way.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA with SHA-256.
    RS256,
    /// RSA with SHA-384.
    RS384,
    /// RSA with SHA-512.
    RS512,
    /// RSA-PSS with SHA-256.
    PS256,
    /// ECDSA on P-256.
    ES256,
    /// ECDSA on P-384.
    ES384,
    /// Ed25519.
    EdDSA,
    /// The client secret itself, with SHA-256: only for a provider whose registration says so.
    HS256,
}

impl Algorithm {
    fn usual() -> Vec<Algorithm> {
        vec![
            Algorithm::RS256,
            Algorithm::PS256,
            Algorithm::ES256,
            Algorithm::EdDSA,
        ]
    }

    pub(super) fn of_the_library(self) -> CoreJwsSigningAlgorithm {
        match self {
            Algorithm::RS256 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            Algorithm::RS384 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
            Algorithm::RS512 => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
            Algorithm::PS256 => CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            Algorithm::ES256 => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            Algorithm::ES384 => CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            Algorithm::EdDSA => CoreJwsSigningAlgorithm::EdDsa,
            Algorithm::HS256 => CoreJwsSigningAlgorithm::HmacSha256,
        }
    }
}

impl ProviderSettings {
    /// Returns what is asked for.
    pub(super) fn scopes(&self) -> Vec<&str> {
        match (&self.scopes, self.kind) {
            (Some(scopes), _) => scopes.iter().map(String::as_str).collect(),
            (None, ProviderKind::Oidc) => vec!["openid", "email"],
            (None, ProviderKind::Oauth2) => Vec::new(),
        }
    }

    /// Refuses what makes no sense or is not safe.
    pub(super) fn check(&self, code: &str) -> anyhow::Result<()> {
        let is_word = !code.is_empty()
            && code.len() <= 40
            && code
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        anyhow::ensure!(is_word, "a provider's word is made of a-z, 0-9 and _");
        anyhow::ensure!(!self.name.trim().is_empty(), "name: it is empty");
        anyhow::ensure!(!self.client_id.is_empty(), "client_id: it is empty");
        anyhow::ensure!(!self.algorithms.is_empty(), "algorithms: the list is empty");
        anyhow::ensure!(
            !self.algorithms.contains(&Algorithm::HS256) || self.has_long_secret(),
            "algorithms: HS256 needs a client_secret of 32 bytes or more"
        );
        let told = [
            ("authorize_url", &self.authorize_url),
            ("token_url", &self.token_url),
            ("userinfo_url", &self.userinfo_url),
        ];
        let issuer = Some(self.issuer.clone());
        let named = [("issuer", &issuer), ("emails_url", &self.emails_url)];
        for (key, address) in named.iter().chain(&told) {
            if let Some(address) = address {
                fetch::safe(address).map_err(|why| anyhow::anyhow!("{key}: {why}"))?;
            }
        }
        let first_told = told.iter().find(|(_, address)| address.is_some());
        let first_untold = told.iter().find(|(_, address)| address.is_none());
        match (self.kind, first_told, first_untold) {
            (ProviderKind::Oidc, Some((key, _)), _) => {
                anyhow::bail!("{key}: an oidc provider says this itself")
            }
            (ProviderKind::Oidc, None, _) => anyhow::ensure!(
                self.scopes().contains(&"openid"),
                "scopes: an oidc provider needs openid"
            ),
            (ProviderKind::Oauth2, _, Some((key, _))) => {
                anyhow::bail!("{key}: an oauth2 provider needs it")
            }
            (ProviderKind::Oauth2, _, None) => anyhow::ensure!(
                !self.signed_userinfo,
                "signed_userinfo: only an oidc provider signs"
            ),
        }
        Ok(())
    }

    fn has_long_secret(&self) -> bool {
        self.client_secret
            .as_ref()
            .is_some_and(|secret| secret.expose_secret().len() >= 32)
    }
}
