//! Providers that vouch for people: OpenID Connect, and plain OAuth2 for forges that only answer who somebody is.
//!
//! A sign-in leaves with a `state`, a nonce and a PKCE challenge that only the browser's own secret can answer for, and comes
//! back with a code; [`Provider::identify`] exchanges it and checks every claim before anything is believed. Nothing here
//! touches the database, and nothing that a provider says is followed without a check: see `fetch`.
//!
//! Source: OpenID Connect Core 1.0 §3.1, RFC 7636 (PKCE), RFC 9207 (`iss` in the answer), RFC 9700 (OAuth2 good practice).

mod claims;
mod discovery;
mod fetch;
mod proof;
mod settings;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use moka::sync::Cache;
use openidconnect::url::Url;
use openidconnect::url::form_urlencoded::byte_serialize;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use terreau_commons::Identity;
use terreau_community::EmailAddress;

use claims::{Believed, Expected};
use discovery::{Endpoints, METADATA_LIFE};
use fetch::Fetch;
use proof::Proof;

pub use settings::{Algorithm, ProviderKind, ProviderSettings, TokenAuth};

/// The longest code or error that is read from an answer, in bytes.
const LONGEST_ANSWER: usize = 4096;

/// Every provider of the site, by its word in the settings.
#[derive(Default)]
pub struct Providers {
    all: BTreeMap<String, Provider>,
}

/// One provider, ready to be asked.
pub struct Provider {
    code: String,
    settings: ProviderSettings,
    redirect: String,
    fetch: Fetch,
    metadata: Cache<(), Endpoints>,
}

/// Who came back, as far as the provider vouches for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouched {
    /// Who they are there.
    pub identity: Identity,
    /// Their address, when the provider says that it verified it.
    pub verified_email: Option<EmailAddress>,
}

/// What the provider sends back through the browser.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Return {
    /// The code to exchange.
    pub code: String,
    /// What we sent along.
    pub state: String,
    /// Why there is no code.
    pub error: String,
    /// Who answers.
    pub iss: Option<String>,
}

/// Why somebody was not let in through a provider. The words are for the log: they hold no secret and no claim.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The person, or the provider on their behalf, said no.
    #[error("the provider answered {0}")]
    Declined(String),
    /// The provider does not answer, or not now.
    #[error("the provider cannot be used: {0}")]
    Unavailable(String),
    /// What came back cannot be believed.
    #[error("the answer cannot be believed: {0}")]
    Untrusted(String),
}

impl Providers {
    /// Checks the settings of every provider; nothing is asked of them before somebody signs in.
    ///
    /// # Errors
    /// When a setting makes no sense or is not safe; the words never hold a secret.
    pub fn new(
        settings: &BTreeMap<String, ProviderSettings>,
        base_url: &str,
    ) -> anyhow::Result<Providers> {
        if settings.is_empty() {
            return Ok(Providers::default());
        }
        let fetch = Fetch::new()?;
        let mut all = BTreeMap::new();
        for (code, one) in settings {
            one.check(code)
                .with_context(|| format!("site.sign_in.{code}"))?;
            let provider = Provider {
                code: code.clone(),
                settings: one.clone(),
                redirect: format!("{base_url}/connexion/retour/{code}"),
                fetch: fetch.clone(),
                metadata: Cache::builder().time_to_live(METADATA_LIFE).build(),
            };
            all.insert(code.clone(), provider);
        }
        Ok(Providers { all })
    }

    /// Returns a provider by its word in the settings.
    pub fn get(&self, code: &str) -> Option<&Provider> {
        self.all.get(code)
    }

    /// Returns every provider, by their words.
    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.all.values()
    }

    /// Returns the name to show of whoever vouches under this address: ours if it is still set, else its host.
    pub fn name_of(&self, issuer: &str) -> String {
        let known = self.iter().find(|one| one.settings.issuer == issuer);
        known.map_or_else(
            || {
                let host = Url::parse(issuer)
                    .ok()
                    .and_then(|url| url.host_str().map(str::to_owned));
                host.unwrap_or_else(|| issuer.to_owned())
            },
            |one| one.settings.name.clone(),
        )
    }
}

impl Provider {
    /// Returns the word of the settings.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the address under which it vouches.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Returns the name that people read.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Returns the address at the provider where a sign-in goes.
    ///
    /// # Errors
    /// `Unavailable` when the provider does not say where that is.
    pub async fn leave(
        &self,
        state: &SecretString,
        browser: &SecretString,
    ) -> Result<String, Refusal> {
        let endpoints = self.endpoints().await?;
        let proof = Proof::of(state.expose_secret(), browser.expose_secret());
        let mut url = endpoints.authorize;
        let mut query = url.query_pairs_mut();
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.settings.client_id)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("state", state.expose_secret())
            .append_pair("code_challenge", &proof.challenge())
            .append_pair("code_challenge_method", "S256");
        let scopes = self.settings.scopes();
        if !scopes.is_empty() {
            query.append_pair("scope", &scopes.join(" "));
        }
        if self.settings.kind == ProviderKind::Oidc {
            query.append_pair("nonce", proof.nonce.secret());
        }
        drop(query);
        Ok(url.into())
    }

    /// Returns who came back, once every check has passed. The caller took the state before: a code is exchanged once.
    ///
    /// # Errors
    /// `Declined`, `Unavailable` or `Untrusted`, each with a cause for the log.
    pub async fn identify(
        &self,
        answer: &Return,
        browser: &str,
        now: DateTime<Utc>,
    ) -> Result<Vouched, Refusal> {
        if answer
            .iss
            .as_ref()
            .is_some_and(|iss| *iss != self.settings.issuer)
        {
            return Err(untrusted("another issuer answered (iss)"));
        }
        if !answer.error.is_empty() {
            return Err(declined(&answer.error));
        }
        if answer.code.is_empty() || answer.code.len() > LONGEST_ANSWER {
            return Err(untrusted("the answer holds no code"));
        }
        let endpoints = self.endpoints().await?;
        if endpoints.says_who_answers && answer.iss.is_none() {
            return Err(untrusted("the answer does not say its issuer (iss)"));
        }
        let proof = Proof::of(&answer.state, browser);
        let tokens = self.exchange(&endpoints, &answer.code, &proof).await?;
        match self.settings.kind {
            ProviderKind::Oidc => self.by_id_token(&endpoints, &tokens, &proof, now).await,
            ProviderKind::Oauth2 => self.by_profile(&endpoints, &tokens).await,
        }
    }

    async fn exchange(
        &self,
        endpoints: &Endpoints,
        code: &str,
        proof: &Proof,
    ) -> Result<Tokens, Refusal> {
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.redirect.as_str()),
            ("code_verifier", proof.verifier.secret()),
        ];
        let id = self.settings.client_id.as_str();
        let secret = self.settings.client_secret.as_ref();
        let basic = match (secret, endpoints.token_auth) {
            // Source: RFC 6749 §2.3.1: both halves are encoded as form values first.
            (Some(secret), TokenAuth::Basic) => {
                Some((encoded(id), encoded(secret.expose_secret())))
            }
            (Some(secret), TokenAuth::Post) => {
                form.extend([("client_id", id), ("client_secret", secret.expose_secret())]);
                None
            }
            (None, _) => {
                form.push(("client_id", id));
                None
            }
        };
        let answer = self.fetch.post(&endpoints.token, basic, &form).await?;
        let said: TokenAnswer = answer.json("the token answer")?;
        if let Some(error) = said.error {
            return Err(untrusted(format!(
                "the code was not exchanged: {}",
                word_of(&error)
            )));
        }
        if !answer.is_success() {
            return Err(answer.refusal("the token address"));
        }
        let access = said
            .access_token
            .ok_or_else(|| untrusted("the token answer holds no access token"))?;
        Ok(Tokens {
            access,
            id: said.id_token,
        })
    }

    async fn by_id_token(
        &self,
        endpoints: &Endpoints,
        tokens: &Tokens,
        proof: &Proof,
        now: DateTime<Utc>,
    ) -> Result<Vouched, Refusal> {
        let token = tokens
            .id
            .as_ref()
            .ok_or_else(|| untrusted("the token answer holds no ID token"))?;
        // Asked anew each time: a provider that changed its keys is understood at once, and sign-ins are rare.
        let keys = match &endpoints.keys {
            Some(address) => self.fetch.get(address, None).await?.checked("the keys")?,
            None => return Err(untrusted("the provider names no keys")),
        };
        let expected = Expected {
            settings: &self.settings,
            keys: claims::keys(&keys)?,
            now,
        };
        let mut believed = expected.id_token(
            token.expose_secret(),
            &proof.nonce,
            tokens.access.expose_secret(),
        )?;
        let ask_more = self.settings.signed_userinfo || believed.email.is_none();
        if let (true, Some(address)) = (ask_more, &endpoints.userinfo) {
            let answer = self.fetch.get(address, Some(&tokens.access)).await?;
            let more = answer.checked("the userinfo")?;
            believed = expected.userinfo(&more, answer.is_jwt(), &believed)?;
        } else if self.settings.signed_userinfo {
            return Err(untrusted("the provider has no userinfo"));
        }
        Ok(self.vouched(believed))
    }

    async fn by_profile(&self, endpoints: &Endpoints, tokens: &Tokens) -> Result<Vouched, Refusal> {
        let address = endpoints
            .userinfo
            .as_ref()
            .ok_or_else(|| untrusted("the settings name no userinfo_url"))?;
        let profile = self.fetch.get(address, Some(&tokens.access)).await?;
        let mut believed = claims::profile(&profile.checked("the userinfo")?, &self.settings)?;
        if let Some(address) = &endpoints.emails {
            let list = self.fetch.get(address, Some(&tokens.access)).await?;
            (believed.email, believed.is_verified) =
                match claims::verified_of_list(&list.checked("the addresses")?)? {
                    Some(email) => (Some(email), true),
                    None => (None, false),
                };
        }
        Ok(self.vouched(believed))
    }

    fn vouched(&self, believed: Believed) -> Vouched {
        let is_verified = believed.is_verified || self.settings.email_is_verified;
        Vouched {
            identity: Identity {
                issuer: self.settings.issuer.clone(),
                subject: believed.subject,
            },
            verified_email: believed
                .email
                .filter(|_| is_verified)
                .and_then(|email| EmailAddress::parse(&email).ok()),
        }
    }

    async fn endpoints(&self) -> Result<Endpoints, Refusal> {
        if let Some(known) = self.metadata.get(&()) {
            return Ok(known);
        }
        let found = match self.settings.kind {
            ProviderKind::Oidc => discovery::discover(&self.settings, &self.fetch).await?,
            ProviderKind::Oauth2 => discovery::told(&self.settings)?,
        };
        self.metadata.insert((), found.clone());
        Ok(found)
    }
}

struct Tokens {
    access: SecretString,
    id: Option<SecretString>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Option<SecretString>,
    id_token: Option<SecretString>,
    error: Option<String>,
}

fn untrusted(cause: impl Into<String>) -> Refusal {
    Refusal::Untrusted(cause.into())
}

fn declined(error: &str) -> Refusal {
    match error {
        "server_error" | "temporarily_unavailable" => Refusal::Unavailable(error.to_owned()),
        error => Refusal::Declined(word_of(error)),
    }
}

/// Returns an error code as it may stand in the log: what came from outside is cut to the letters that codes are made of.
fn word_of(error: &str) -> String {
    error
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "_-.".contains(*letter))
        .take(60)
        .collect()
}
