//! Where a provider is asked what: by its discovery document, or as the settings say.

use std::time::Duration;

use openidconnect::url::Url;
use serde::Deserialize;

use super::fetch::{Fetch, safe};
use super::{ProviderSettings, Refusal, TokenAuth, untrusted};

/// How long a discovery document is believed.
pub(super) const METADATA_LIFE: Duration = Duration::from_secs(10 * 60);

/// The addresses of a provider; all were checked.
#[derive(Clone, Debug)]
pub(super) struct Endpoints {
    pub(super) authorize: Url,
    pub(super) token: Url,
    pub(super) userinfo: Option<Url>,
    pub(super) emails: Option<Url>,
    pub(super) keys: Option<Url>,
    pub(super) token_auth: TokenAuth,
    /// Whether its answers always name their issuer (RFC 9207).
    pub(super) says_who_answers: bool,
}

/// What is read of a discovery document. Source: OpenID Connect Discovery 1.0 §3.
#[derive(Deserialize)]
pub(super) struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: Option<String>,
    jwks_uri: String,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

pub(super) async fn discover(
    settings: &ProviderSettings,
    fetch: &Fetch,
) -> Result<Endpoints, Refusal> {
    let address = format!(
        "{}/.well-known/openid-configuration",
        settings.issuer.trim_end_matches('/')
    );
    let address = checked("issuer", &address)?;
    let answer = fetch.get(&address, None).await?;
    answer.checked("the discovery document")?;
    Document::endpoints(answer.json("the discovery document")?, settings)
}

impl Document {
    pub(super) fn endpoints(self, settings: &ProviderSettings) -> Result<Endpoints, Refusal> {
        if self.issuer != settings.issuer {
            return Err(untrusted("the discovery document names another issuer"));
        }
        let offered = self.token_endpoint_auth_methods_supported;
        let takes = |method: &str| {
            offered
                .as_ref()
                .is_none_or(|methods| methods.iter().any(|one| one == method))
        };
        let found = if !takes("client_secret_basic") && takes("client_secret_post") {
            TokenAuth::Post
        } else {
            TokenAuth::Basic
        };
        Ok(Endpoints {
            authorize: checked("authorization_endpoint", &self.authorization_endpoint)?,
            token: checked("token_endpoint", &self.token_endpoint)?,
            userinfo: maybe("userinfo_endpoint", self.userinfo_endpoint.as_deref())?,
            emails: None,
            keys: Some(checked("jwks_uri", &self.jwks_uri)?),
            token_auth: settings.token_auth.unwrap_or(found),
            says_who_answers: self.authorization_response_iss_parameter_supported,
        })
    }
}

/// Returns the addresses that the settings name.
pub(super) fn told(settings: &ProviderSettings) -> Result<Endpoints, Refusal> {
    let needed = |key: &str, address: &Option<String>| {
        maybe(key, address.as_deref())?
            .ok_or_else(|| untrusted(format!("the settings name no {key}")))
    };
    Ok(Endpoints {
        authorize: needed("authorize_url", &settings.authorize_url)?,
        token: needed("token_url", &settings.token_url)?,
        userinfo: Some(needed("userinfo_url", &settings.userinfo_url)?),
        emails: maybe("emails_url", settings.emails_url.as_deref())?,
        keys: None,
        token_auth: settings.token_auth.unwrap_or(TokenAuth::Basic),
        says_who_answers: false,
    })
}

fn maybe(key: &str, address: Option<&str>) -> Result<Option<Url>, Refusal> {
    address.map(|address| checked(key, address)).transpose()
}

fn checked(key: &str, address: &str) -> Result<Url, Refusal> {
    safe(address).map_err(|why| untrusted(format!("{key}: {why}")))
}
