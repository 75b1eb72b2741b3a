//! Asking a provider something: in time, within bounds, only where it is safe, and never elsewhere than asked.

use std::time::Duration;

use anyhow::Context;
use openidconnect::url::{Host, Url};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;

use super::{Refusal, untrusted};

/// How long a provider may take to be reached.
const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
/// How long it may take for one whole answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most that is read of an answer, in bytes.
const MOST: usize = 256 << 10;

/// The one way out to providers.
#[derive(Clone)]
pub(super) struct Fetch {
    client: Client,
}

/// An answer, read whole.
pub(super) struct Fetched {
    status: StatusCode,
    content_type: Option<HeaderValue>,
    body: Vec<u8>,
}

/// Reads an address that may be asked: https, or http on this very machine, and no name or password in it.
///
/// # Errors
/// Says why it may not.
pub(super) fn safe(address: &str) -> Result<Url, &'static str> {
    let url = Url::parse(address).map_err(|_| "it is not an address")?;
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return Err("it has no host"),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_here => {}
        _ => return Err("it must begin with https:// (http:// only on this machine)"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it must hold no name and no password");
    }
    if url.fragment().is_some() {
        return Err("it must hold no #");
    }
    Ok(url)
}

impl Fetch {
    pub(super) fn new() -> anyhow::Result<Fetch> {
        // Another part of the program may have chosen already; ring is the only one in the tree.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .user_agent("Terreau")
            .redirect(Policy::none())
            .connect_timeout(CONNECT_PATIENCE)
            .timeout(PATIENCE)
            // Sign-ins are rare, and each worker has a runtime of its own: nothing is kept open.
            .pool_max_idle_per_host(0)
            .build()
            .context("the client for sign-in providers cannot be made")?;
        Ok(Fetch { client })
    }

    pub(super) async fn get(
        &self,
        address: &Url,
        bearer: Option<&SecretString>,
    ) -> Result<Fetched, Refusal> {
        let request = self.client.get(address.clone());
        send(match bearer {
            Some(token) => request.bearer_auth(token.expose_secret()),
            None => request,
        })
        .await
    }

    pub(super) async fn post(
        &self,
        address: &Url,
        basic: Option<(String, String)>,
        form: &[(&str, &str)],
    ) -> Result<Fetched, Refusal> {
        let request = self.client.post(address.clone()).form(form);
        send(match basic {
            Some((id, secret)) => request.basic_auth(id, Some(secret)),
            None => request,
        })
        .await
    }
}

async fn send(request: RequestBuilder) -> Result<Fetched, Refusal> {
    let gone = |error: reqwest::Error| Refusal::Unavailable(plain(&error.without_url()));
    let mut answer = request
        .header(ACCEPT, "application/json, application/jwt;q=0.9")
        .send()
        .await
        .map_err(gone)?;
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(gone)? {
        if body.len() + part.len() > MOST {
            return Err(untrusted(format!("an answer is larger than {MOST} bytes")));
        }
        body.extend_from_slice(&part);
    }
    Ok(Fetched {
        status: answer.status(),
        content_type: answer.headers().get(CONTENT_TYPE).cloned(),
        body,
    })
}

/// Tells what went wrong on the way, with its causes.
fn plain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(one) = cause {
        text.push_str(": ");
        text.push_str(&one.to_string());
        cause = one.source();
    }
    text
}

impl Fetched {
    pub(super) fn is_success(&self) -> bool {
        self.status == StatusCode::OK
    }

    pub(super) fn is_jwt(&self) -> bool {
        self.content_type
            .as_ref()
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/jwt"))
    }

    /// Returns the body of a good answer.
    pub(super) fn checked(&self, what: &str) -> Result<Vec<u8>, Refusal> {
        if self.is_success() {
            Ok(self.body.clone())
        } else {
            Err(self.refusal(what))
        }
    }

    /// Returns why an answer of this status is of no use.
    pub(super) fn refusal(&self, what: &str) -> Refusal {
        let cause = format!("{what}: status {}", self.status.as_u16());
        if self.status.is_server_error() || self.status == StatusCode::TOO_MANY_REQUESTS {
            Refusal::Unavailable(cause)
        } else {
            Refusal::Untrusted(cause)
        }
    }

    /// Reads the body as JSON, whatever the status: errors of OAuth2 come as JSON too.
    pub(super) fn json<T: DeserializeOwned>(&self, what: &str) -> Result<T, Refusal> {
        serde_json::from_slice(&self.body).map_err(|_| {
            if self.is_success() {
                untrusted(format!("{what} is not readable"))
            } else {
                self.refusal(what)
            }
        })
    }
}
