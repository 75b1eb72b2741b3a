//! Who is reading, and in which language.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::Utc;
use secrecy::{ExposeSecret, SecretString};
use terreau_card::Language;
use terreau_community::{Account, Actor};

use crate::{Failure, Site, Words, url};

/// The session cookie behind HTTPS; browsers refuse the prefix to anything less safe.
const SECURE_SESSION: &str = "__Host-sid";
/// The session cookie on a plain connection: one machine, or a private network.
const PLAIN_SESSION: &str = "sid";
/// The cookie that remembers a language somebody chose; nothing else makes it.
const LANGUAGE: &str = "lang";

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Who acts.
    pub actor: Actor,
    /// The language of the pages that they get.
    pub language: Language,
    /// The secret of their session, to end it.
    pub session: Option<SecretString>,
    /// Where they are: path and query.
    pub here: String,
    /// How many proposals wait for them, when they are signed in on a page.
    pub waiting: usize,
    /// How many things wait for moderation, when they are signed in on a page and may moderate.
    pub to_moderate: Option<u64>,
    /// How many notices they have not seen, when they are signed in on a page.
    pub unseen: u64,
}

impl Reader {
    /// Returns the words of the reader's language.
    pub fn words(&self) -> Words {
        Words::of(self.language)
    }

    /// Returns their account, when they are signed in.
    pub fn account(&self) -> Option<&Arc<Account>> {
        self.actor.account()
    }

    /// Tells whether nobody is signed in.
    pub fn is_anonymous(&self) -> bool {
        self.account().is_none()
    }

    /// Returns their account, or the failure that offers to sign in and come back here.
    ///
    /// # Errors
    /// `Anonymous` when nobody is signed in.
    pub fn signed_in(&self) -> Result<&Arc<Account>, Failure> {
        self.account().ok_or_else(|| Failure::anonymous(&self.here))
    }

    /// Returns a reader of whom nothing is known but the request.
    pub fn nobody(request: &HttpRequest) -> Reader {
        let (path_and_query, headers) = (path_and_query(request), request.headers());
        Reader {
            actor: Actor::Anonymous,
            language: asked_language(headers, request.uri().query()),
            session: None,
            here: url::within_site(path_and_query).to_owned(),
            waiting: 0,
            to_moderate: None,
            unseen: 0,
        }
    }
}

/// Returns the path and query of a request.
pub fn path_and_query(request: &HttpRequest) -> &str {
    request
        .uri()
        .path_and_query()
        .map_or("/", |path_and_query| path_and_query.as_str())
}

impl FromRequest for Reader {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Reader, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let known = request.extensions().get::<Reader>().cloned();
            if let Some(reader) = known {
                return Ok(reader);
            }
            let reader = recognise(&request).await?;
            request.extensions_mut().insert(reader.clone());
            Ok(reader)
        })
    }
}

async fn recognise(request: &HttpRequest) -> Result<Reader, Failure> {
    let mut reader = Reader::nobody(request);
    let Some(site) = request.app_data::<Data<Site>>() else {
        return Ok(reader);
    };
    let people = site.commons.people();
    if let Some(token) = bearer(request.headers()) {
        // A token that opens nothing is said so at once, rather than read as nobody's.
        reader.actor = match people
            .by_token(token, Utc::now())
            .await
            .map_err(Failure::unexpected)?
        {
            Some(actor) => actor,
            None => return Err(Failure::anonymous("/").message("failure-dead-token")),
        };
    } else if let Some(secret) = session(request.headers(), site.is_https())
        && let Some(actor) = people
            .by_session(secret, Utc::now())
            .await
            .map_err(Failure::unexpected)?
    {
        if !request.path().starts_with("/api/") {
            let waits = site.waiting.count(&site.commons, &actor).await;
            (reader.waiting, reader.to_moderate) = (waits.proposals, waits.to_moderate);
            reader.unseen = unseen(site, &actor).await;
        }
        reader.actor = actor;
        reader.session = Some(SecretString::from(secret.to_owned()));
    }
    let chosen_here = query_language(request.uri().query()).is_some();
    if let (Some(account), false) = (reader.actor.account(), chosen_here) {
        reader.language = account.language;
    }
    Ok(reader)
}

/// Returns how many notices somebody has not seen; none when that cannot be known now: no page fails for a number.
async fn unseen(site: &Site, actor: &Actor) -> u64 {
    let Some(account) = actor.account() else {
        return 0;
    };
    match site.commons.unseen_notices(account.id).await {
        Ok(count) => count,
        Err(error) => {
            tracing::error!(
                error = format!("{error:#}"),
                "the notices cannot be counted"
            );
            0
        }
    }
}

/// Returns the secret of a session cookie.
pub fn session(headers: &HeaderMap, is_https: bool) -> Option<&str> {
    cookie(
        headers,
        if is_https {
            SECURE_SESSION
        } else {
            PLAIN_SESSION
        },
    )
}

/// Tells whether a request comes from somebody whom we might know: its answer is theirs alone.
pub fn may_be_known(headers: &HeaderMap, is_https: bool) -> bool {
    headers.contains_key(header::AUTHORIZATION) || session(headers, is_https).is_some()
}

/// Returns the cookie that keeps a session.
pub fn session_cookie(site: &Site, session: &SecretString) -> Cookie<'static> {
    let name = if site.is_https() {
        SECURE_SESSION
    } else {
        PLAIN_SESSION
    };
    Cookie::build(name, session.expose_secret().to_owned())
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::days(30))
        .finish()
}

/// Returns the cookie that makes a browser forget its session.
pub fn no_session_cookie(site: &Site) -> Cookie<'static> {
    let mut cookie = session_cookie(site, &SecretString::from(String::new()));
    cookie.make_removal();
    cookie
}

/// Returns the cookie that keeps a chosen language.
pub fn language_cookie(site: &Site, language: Language) -> Cookie<'static> {
    Cookie::build(LANGUAGE, language.code())
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::days(365))
        .finish()
}

/// Returns the language that a request asks for: in its address, by an earlier choice, or as the browser prefers; else French.
pub fn asked_language(headers: &HeaderMap, query: Option<&str>) -> Language {
    query_language(query)
        .or_else(|| cookie(headers, LANGUAGE).and_then(Language::parse))
        .or_else(|| preferred_language(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
        .unwrap_or_default()
}

fn query_language(query: Option<&str>) -> Option<Language> {
    query?
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(Language::parse)
}

/// Returns the language of ours that weighs most in an `Accept-Language`.
fn preferred_language(accepted: &str) -> Option<Language> {
    let mut best: Option<(Language, f32)> = None;
    for item in accepted.split(',') {
        let (tag, parameters) = item.split_once(';').unwrap_or((item, ""));
        let weight = parameters
            .trim()
            .strip_prefix("q=")
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        if let Some(language) = Language::parse(tag)
            && weight > best.map_or(0.0, |(_, weight)| weight)
        {
            best = Some((language, weight));
        }
    }
    best.map(|(language, _)| language)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Returns the value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .filter_map(|value| value.to_str().ok())
        .find_map(|cookies| {
            cookies
                .split(';')
                .find_map(|cookie| cookie.trim().strip_prefix(name)?.strip_prefix('='))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn the_language_is_asked_chosen_preferred_or_french() {
        let english = headers(&[(header::ACCEPT_LANGUAGE, "en-GB,en;q=0.9")]);
        for (accepted, language) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Language::French),
            ("en-GB,en;q=0.9,fr;q=0.8", Language::English),
            ("de,en;q=0.5,fr;q=0.7", Language::French),
            ("de", Language::French),
            ("", Language::French),
            ("en;q=0", Language::French),
        ] {
            assert_eq!(
                asked_language(&headers(&[(header::ACCEPT_LANGUAGE, accepted)]), None),
                language,
                "{accepted}"
            );
        }
        assert_eq!(asked_language(&HeaderMap::new(), None), Language::French);
        assert_eq!(
            asked_language(&english, Some("q=a&lang=fr")),
            Language::French
        );
        assert_eq!(asked_language(&english, Some("lang=xx")), Language::English);
        let chosen = headers(&[
            (header::ACCEPT_LANGUAGE, "en"),
            (header::COOKIE, "a=b; lang=fr"),
        ]);
        assert_eq!(asked_language(&chosen, None), Language::French);
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let held = headers(&[(header::COOKIE, "xsid=1; sid=2")]);
        assert_eq!(session(&held, false), Some("2"));
        assert_eq!(session(&held, true), None);
        assert!(may_be_known(&held, false));
        assert!(!may_be_known(
            &headers(&[(header::COOKIE, "lang=en")]),
            false
        ));
        assert!(may_be_known(
            &headers(&[(header::AUTHORIZATION, "Bearer a")]),
            false
        ));
    }
}
