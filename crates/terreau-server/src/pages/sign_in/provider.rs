//! Entering through a provider: leaving for it, and coming back.
//!
//! Leaving is a form of this site, so that no other page can begin a sign-in; its answer is a small page that goes on by itself,
//! since browsers hold a form to `form-action` through every redirect that follows, whoever makes it. Coming back is bound to
//! the browser that left by a short cookie, and happens once.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;
use chrono::Utc;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use terreau_commons::{ATTEMPT_LIFE, Entered, Linked, PeopleError, SignInAttempt};
use terreau_community::{AccountId, EmailAddress};

use super::{LIMITS, opened};
use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::openid::{Provider, Refusal, Return, Vouched};
use crate::pages::account::own_account;
use crate::visitor::visitor;
use crate::{Answer, Failure, Layout, Reader, Site, reader, url};

/// The cookie that ties a sign-in to a browser, behind HTTPS.
const SECURE_LOGIN: &str = "__Host-login";
/// The same on a plain connection.
const PLAIN_LOGIN: &str = "login";
/// Where the account page lists the ways in.
pub(crate) const WAYS_IN: &str = "/compte#entrer";

/// A provider to choose.
pub(crate) struct ProviderChoice {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// Lists the providers of the site, but for those that vouch under the addresses `without`.
pub(crate) fn choices(site: &Site, without: &[&str]) -> Vec<ProviderChoice> {
    site.providers
        .iter()
        .filter(|provider| !without.contains(&provider.issuer()))
        .map(|provider| ProviderChoice {
            code: provider.code().to_owned(),
            name: provider.name().to_owned(),
        })
        .collect()
}

/// What the buttons send.
#[derive(Debug, Default, Deserialize)]
pub struct LeaveForm {
    /// Where to go once signed in.
    #[serde(default)]
    suite: String,
}

#[derive(Template)]
#[template(path = "sign_in/leave.html")]
struct LeavePage {
    layout: Layout,
    name: String,
    target: String,
}

/// Leaves for a provider, to enter.
///
/// `POST /connexion/avec/{provider}` → 200 page that goes on to the provider · 404 · 429 · 503 when it does not answer
pub async fn leave_for(
    request: HttpRequest,
    reader: Reader,
    provider: Path<String>,
    form: Form<LeaveForm>,
    site: Data<Site>,
) -> Answer {
    if !LIMITS.allow_departure(visitor(&request)) {
        return Err(Failure::of(FailureKind::TooMany)
            .message("sign-in-too-many-departures")
            .retry_after(900));
    }
    let after = url::within_site(&form.suite).to_owned();
    leave(&reader, &site, &provider, &after, None).await
}

/// Leaves for a provider, to add it to one's account.
///
/// `POST /compte/entrer/{provider}` → as above · sign-in when nobody is
pub async fn leave_to_link(reader: Reader, provider: Path<String>, site: Data<Site>) -> Answer {
    let owner = own_account(&reader, &site)?.id;
    leave(&reader, &site, &provider, WAYS_IN, Some(owner)).await
}

async fn leave(
    reader: &Reader,
    site: &Site,
    code: &str,
    after: &str,
    linking: Option<AccountId>,
) -> Answer {
    let provider = site.providers.get(code).ok_or_else(Failure::missing)?;
    let attempt = site
        .commons
        .people()
        .leave_for_provider(code, after, linking, Utc::now())
        .await?;
    let target = provider
        .leave(&attempt.state, &attempt.browser)
        .await
        .map_err(|refusal| failed(provider, &refusal, after))?;
    let title = reader
        .words()
        .tell("sign-in-leave-title", "provider", provider.name());
    let mut layout = Layout::new(site, reader, title).within("sign-in");
    layout.here = "/connexion".to_owned();
    let mut answer = page(
        StatusCode::OK,
        &LeavePage {
            layout,
            name: provider.name().to_owned(),
            target,
        },
    )?;
    answer.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    answer
        .add_cookie(&login_cookie(site, &attempt.browser))
        .map_err(Failure::unexpected)?;
    Ok(answer)
}

/// Comes back from a provider, once: opens a session, or adds the identity to the account that asked for it.
///
/// `GET /connexion/retour/{provider}` → 303 with the cookie · 403 · 409 page when the address has an account · 410 · 503
pub async fn come_back(
    request: HttpRequest,
    mut reader: Reader,
    code: Path<String>,
    answer: Query<Return>,
    site: Data<Site>,
) -> Answer {
    // What the provider wrote into this address goes into no link and no form of the page that follows.
    stand(&request, &mut reader, "/connexion");
    let provider = site.providers.get(&code).ok_or_else(Failure::missing)?;
    let name = login_cookie_name(&site);
    let browser = reader::cookie(request.headers(), name).unwrap_or_default();
    let (people, now) = (site.commons.people(), Utc::now());
    let attempt = people
        .come_back_from_provider(&answer.state, browser, now)
        .await
        .map_err(|error| dead(error, provider))?;
    stand(&request, &mut reader, &attempt.after);
    if attempt.provider != provider.code() {
        let refusal = Refusal::Untrusted("another provider was asked".to_owned());
        return Err(failed(provider, &refusal, &attempt.after));
    }
    let vouched = provider
        .identify(&answer, browser, now)
        .await
        .map_err(|refusal| failed(provider, &refusal, &attempt.after))?;
    let mut done = match attempt.account {
        Some(owner) => link(&reader, &site, provider, owner, &vouched).await?,
        None => enter(&reader, &site, provider, &attempt, &vouched).await?,
    };
    let mut forgotten = login_cookie(&site, &SecretString::from(String::new()));
    forgotten.make_removal();
    done.add_cookie(&forgotten).map_err(Failure::unexpected)?;
    Ok(done)
}

/// Makes every page that follows, a failure's too, take another place for where the reader is.
fn stand(request: &HttpRequest, reader: &mut Reader, here: &str) {
    here.clone_into(&mut reader.here);
    request.extensions_mut().insert(reader.clone());
}

async fn enter(
    reader: &Reader,
    site: &Site,
    provider: &Provider,
    attempt: &SignInAttempt,
    vouched: &Vouched,
) -> Result<HttpResponse, Failure> {
    let entered = site
        .commons
        .people()
        .enter(
            &vouched.identity,
            vouched.verified_email.as_ref(),
            reader.language,
            Utc::now(),
        )
        .await?;
    match entered {
        Entered::SignedIn(signed_in) => opened(reader, site, &signed_in, &attempt.after).await,
        Entered::KnownAddress(address) => known_page(reader, site, provider, &address),
        Entered::NoAddress => Err(Failure::of(FailureKind::Refused)
            .message("sign-in-no-address")
            .with("provider", provider.name())
            .next("sign-in-by-mail", url::sign_in(&attempt.after))),
    }
}

#[derive(Template)]
#[template(path = "sign_in/known.html")]
struct KnownPage {
    layout: Layout,
    provider: String,
    email: String,
    after: &'static str,
}

fn known_page(reader: &Reader, site: &Site, provider: &Provider, address: &EmailAddress) -> Answer {
    let mut layout =
        Layout::new(site, reader, reader.words().say("sign-in-known-title")).within("sign-in");
    layout.here = "/connexion".to_owned();
    layout.sign_in = url::sign_in("/");
    page(
        StatusCode::CONFLICT,
        &KnownPage {
            layout,
            provider: provider.name().to_owned(),
            email: address.as_str().to_owned(),
            after: WAYS_IN,
        },
    )
}

async fn link(
    reader: &Reader,
    site: &Site,
    provider: &Provider,
    owner: AccountId,
    vouched: &Vouched,
) -> Result<HttpResponse, Failure> {
    // Whoever asked must still be here: their session may have ended, or be somebody else's, meanwhile.
    if own_account(reader, site)?.id != owner {
        return Err(Failure::of(FailureKind::Refused)
            .message("sign-in-link-other-account")
            .next("sign-in-to-account", WAYS_IN));
    }
    let linked = site
        .commons
        .people()
        .link_identity(&reader.actor, owner, &vouched.identity, Utc::now())
        .await?;
    match linked {
        Linked::Now | Linked::Already => Ok(see_other("/compte?fait=entree#entrer")),
        Linked::Elsewhere => Err(Failure::of(FailureKind::Conflict)
            .message("sign-in-link-elsewhere")
            .with("provider", provider.name())
            .next("sign-in-to-account", WAYS_IN)),
    }
}

/// Turns a refusal into a page with a next step; its cause goes to the log only.
fn failed(provider: &Provider, refusal: &Refusal, after: &str) -> Failure {
    tracing::warn!(provider = provider.code(), cause = %refusal, "a sign-in through a provider failed");
    let (kind, message) = match refusal {
        Refusal::Declined(_) => (FailureKind::Refused, "sign-in-provider-declined"),
        Refusal::Unavailable(_) => (FailureKind::Unavailable, "sign-in-provider-unavailable"),
        Refusal::Untrusted(_) => (FailureKind::Refused, "sign-in-provider-untrusted"),
    };
    let failure = Failure::of(kind)
        .message(message)
        .with("provider", provider.name());
    if after == WAYS_IN {
        failure.next("sign-in-to-account", WAYS_IN)
    } else {
        failure.next("sign-in-again", url::sign_in(after))
    }
}

fn dead(error: PeopleError, provider: &Provider) -> Failure {
    match error {
        PeopleError::DeadLink => Failure::of(FailureKind::Withdrawn)
            .message("sign-in-provider-dead")
            .with("provider", provider.name())
            .next("sign-in-again", "/connexion"),
        other => other.into(),
    }
}

fn login_cookie_name(site: &Site) -> &'static str {
    if site.is_https() {
        SECURE_LOGIN
    } else {
        PLAIN_LOGIN
    }
}

fn login_cookie(site: &Site, browser: &SecretString) -> Cookie<'static> {
    Cookie::build(login_cookie_name(site), browser.expose_secret().to_owned())
        .path("/")
        .http_only(true)
        .secure(site.is_https())
        // The provider sends the browser back from its own pages.
        .same_site(SameSite::Lax)
        .max_age(actix_web::cookie::time::Duration::seconds(
            ATTEMPT_LIFE.num_seconds(),
        ))
        .finish()
}
