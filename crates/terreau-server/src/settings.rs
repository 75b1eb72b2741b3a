//! What the site needs to be told: where it listens, how it is called, through what it sends mail, who vouches for
//! people.

use std::collections::BTreeMap;

use secrecy::SecretString;
use serde::Deserialize;

use crate::openid::ProviderSettings;

/// Settings of the site; every field has a default good for one machine and one person.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteSettings {
    /// The address and port to listen on. Default `127.0.0.1:8080`.
    pub listen: String,
    /// The public address without a final slash (`https://commun.example.org`). When set, requests for another host are
    /// refused; when not, addresses in pages name the listening address.
    pub base_url: Option<String>,
    /// How mail leaves. Without it, mails are written to the log.
    pub smtp: Option<SmtpSettings>,
    /// The providers that people may enter through beside the mailed link, each by a word of its own.
    pub sign_in: BTreeMap<String, ProviderSettings>,
    /// How often notices are looked for that wait to be mailed, in seconds. Default 60.
    pub notices_every_s: u64,
    /// How many bytes of finished pages may stay in memory. Default 48 MiB.
    pub page_cache_bytes: u64,
}

impl Default for SiteSettings {
    fn default() -> Self {
        SiteSettings {
            listen: "127.0.0.1:8080".into(),
            base_url: None,
            smtp: None,
            sign_in: BTreeMap::new(),
            notices_every_s: 60,
            page_cache_bytes: 48 << 20,
        }
    }
}

/// A mail server to send through.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// The server: `smtps://user:password@mail.example.org` or `smtp://…:587?tls=required`.
    pub url: SecretString,
    /// The sender of every mail: `Le commun <bonjour@example.org>`.
    pub from: String,
}
