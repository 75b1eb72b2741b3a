//! Signing in by a link received by mail, and signing out; `provider` is the other way in.
//!
//! Nothing tells whether an address has an account. Opening the link changes nothing, since mail scanners open links: a button
//! on its page does.

mod limits;
mod provider;

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use chrono::Utc;
use secrecy::ExposeSecret;
use serde::Deserialize;
use terreau_commons::{LinkPurpose, PeopleError, SignedIn};
use terreau_community::EmailAddress;

use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::mail::{Mailer, Sending, SignInLetter};
use crate::visitor::visitor;
use crate::{Answer, Failure, Layout, Reader, Site, Words, reader, url};

use limits::Limits;

pub(crate) use provider::{ProviderChoice, WAYS_IN, choices};
pub use provider::{come_back, leave_for, leave_to_link};

/// How long a link works, as letters say it.
const LINK_MINUTES: i64 = terreau_commons::LINK_LIFE.num_minutes();

/// How often letters may be asked for.
pub(crate) static LIMITS: LazyLock<Limits> = LazyLock::new(Limits::default);

/// Where to go once signed in.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    /// A path of this site.
    #[serde(default)]
    suite: String,
}

impl After {
    /// Returns the place, made safe.
    fn place(&self) -> &str {
        url::within_site(&self.suite)
    }
}

/// What the form asks for.
#[derive(Debug, Deserialize)]
pub struct AskForm {
    /// The address.
    #[serde(default)]
    email: String,
    /// Where to go once signed in.
    #[serde(default)]
    suite: String,
}

#[derive(Template)]
#[template(path = "sign_in/ask.html")]
struct AskPage {
    layout: Layout,
    email: String,
    after: String,
    problem: Option<String>,
    providers: Vec<ProviderChoice>,
}

/// Shows the form.
///
/// `GET /connexion` → 200 · 303 when signed in already
pub async fn ask(reader: Reader, after: Query<After>, site: Data<Site>) -> Answer {
    if !reader.is_anonymous() {
        return Ok(see_other(after.place()));
    }
    ask_page(&reader, &site, String::new(), after.place(), None)
}

fn ask_page(
    reader: &Reader,
    site: &Site,
    email: String,
    after: &str,
    problem: Option<String>,
) -> Answer {
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let mut layout =
        Layout::new(site, reader, reader.words().say("sign-in-ask-title")).within("sign-in");
    layout.sign_in = url::sign_in(after);
    page(
        status,
        &AskPage {
            layout,
            email,
            after: after.to_owned(),
            problem,
            providers: choices(site, &[]),
        },
    )
}

/// Sends the letter.
///
/// `POST /connexion` → 303, the same whoever asks · 422 form when it is no address · 429 · 503 when the mail server refuses
pub async fn send(
    request: HttpRequest,
    reader: Reader,
    form: Form<AskForm>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    let AskForm {
        email: typed,
        suite,
    } = form.into_inner();
    let after = url::within_site(&suite);
    let Ok(email) = EmailAddress::parse(&typed) else {
        let problem = reader.words().say("sign-in-ask-not-an-address");
        return ask_page(&reader, &site, typed, after, Some(problem));
    };
    if !LIMITS.allow_visitor(visitor(&request)) {
        return Err(Failure::of(FailureKind::TooMany)
            .message("sign-in-too-many")
            .retry_after(900));
    }
    let sent = see_other(url::with_query(
        "/connexion/envoye",
        &[("suite", if after == "/" { "" } else { after })],
    ));
    // Too many letters to one address: the same answer, and no letter.
    if !LIMITS.allow_letter(&email) {
        return Ok(sent);
    }
    let asked = site
        .commons
        .people()
        .ask_sign_in(&email, Utc::now())
        .await?;
    let words = Words::of(asked.language.unwrap_or(reader.language));
    let link = url::sign_in_link(site.base_url(), asked.token.expose_secret());
    let link = url::with_query(&link, &[("suite", if after == "/" { "" } else { after })]);
    let snapshot = site.commons.snapshot();
    let name = snapshot.config().name.get(words.language);
    let letter = SignInLetter::write(words, asked.email, name, &link, LINK_MINUTES)?;
    match mailer.send(letter).first_try().await {
        Sending::Refused => Err(Failure::of(FailureKind::Unavailable)
            .message("sign-in-mail-refused")
            .next("sign-in-again", url::sign_in(after))),
        Sending::Sent | Sending::Later => Ok(sent),
    }
}

#[derive(Template)]
#[template(path = "sign_in/sent.html")]
struct SentPage {
    layout: Layout,
    minutes: i64,
    again: String,
    in_the_log: bool,
}

/// Tells to look at one's letters.
///
/// `GET /connexion/envoye` → 200
pub async fn sent(
    reader: Reader,
    after: Query<After>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    let layout =
        Layout::new(&site, &reader, reader.words().say("sign-in-sent-title")).within("sign-in");
    let again = url::sign_in(after.place());
    page(
        StatusCode::OK,
        &SentPage {
            layout,
            minutes: LINK_MINUTES,
            again,
            in_the_log: !mailer.sends(),
        },
    )
}

#[derive(Template)]
#[template(path = "sign_in/confirm.html")]
struct ConfirmPage {
    layout: Layout,
    action: String,
    after: String,
    is_first_steward: bool,
    /// What an invitation says.
    invitation: Option<String>,
    email: String,
    problem: Option<String>,
}

/// Shows the button that signs in; the link is not used yet.
///
/// `GET /connexion/{token}` → 200 · 410 when the link no longer opens anything
pub async fn confirm(
    reader: Reader,
    token: Path<String>,
    after: Query<After>,
    site: Data<Site>,
) -> Answer {
    let purpose = site
        .commons
        .people()
        .link_purpose(&token, Utc::now())
        .await?;
    confirm_page(
        &reader,
        &site,
        &token,
        purpose,
        after.place(),
        String::new(),
        None,
    )
}

fn confirm_page(
    reader: &Reader,
    site: &Site,
    token: &str,
    purpose: LinkPurpose,
    after: &str,
    email: String,
    problem: Option<String>,
) -> Answer {
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let mut layout =
        Layout::new(site, reader, reader.words().say("sign-in-confirm-title")).within("sign-in");
    // The secret of this page's address goes nowhere else: neither into another form, nor into a link.
    layout.here = "/connexion".to_owned();
    layout.sign_in = url::sign_in(after);
    let (words, commons_name) = (reader.words(), layout.commons_name.clone());
    let shown = ConfirmPage {
        layout,
        action: format!("/connexion/{}", url::encode(token)),
        after: after.to_owned(),
        is_first_steward: purpose == LinkPurpose::FirstSteward,
        invitation: match purpose {
            LinkPurpose::Invitation { role, .. } => Some(words.tell_two(
                "sign-in-confirm-invited",
                "role",
                words.say(&format!("account-role-{role}")),
                "commons",
                &commons_name,
            )),
            _ => None,
        },
        email,
        problem,
    };
    let mut answer = page(status, &shown)?;
    answer.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    Ok(answer)
}

/// Uses the link, once, and opens a session under a new name.
///
/// `POST /connexion/{token}` → 303 with the cookie · 410 · 422 when the first steward gave no address
pub async fn enter(
    reader: Reader,
    token: Path<String>,
    form: Form<AskForm>,
    site: Data<Site>,
) -> Answer {
    let people = site.commons.people();
    let AskForm {
        email: typed,
        suite,
    } = form.into_inner();
    let after = url::within_site(&suite);
    let purpose = people.link_purpose(&token, Utc::now()).await?;
    let email = EmailAddress::parse(&typed).ok();
    if purpose == LinkPurpose::FirstSteward && email.is_none() {
        let problem = reader.words().say("sign-in-ask-not-an-address");
        return confirm_page(&reader, &site, &token, purpose, after, typed, Some(problem));
    }
    let signed_in = people
        .sign_in(&token, email.as_ref(), reader.language, Utc::now())
        .await?;
    opened(&reader, &site, &signed_in, after).await
}

/// Answers somebody who just signed in: the session of before ends, whoever's it was, and theirs is new.
async fn opened(reader: &Reader, site: &Site, signed_in: &SignedIn, after: &str) -> Answer {
    if let Some(session) = &reader.session {
        site.commons
            .people()
            .sign_out(session.expose_secret())
            .await?;
    }
    let to = match (signed_in.is_unnamed, after) {
        (false, after) => after.to_owned(),
        (true, "/") => "/compte/bienvenue".to_owned(),
        (true, after) => url::with_query("/compte/bienvenue", &[("suite", after)]),
    };
    let mut answer = see_other(to);
    answer
        .add_cookie(&reader::session_cookie(site, &signed_in.session))
        .map_err(Failure::unexpected)?;
    Ok(answer)
}

/// Ends the session.
///
/// `POST /deconnexion` → 303
pub async fn leave(reader: Reader, site: Data<Site>) -> Answer {
    if let Some(session) = &reader.session {
        site.commons
            .people()
            .sign_out(session.expose_secret())
            .await?;
    }
    goodbye(&site)
}

/// Answers by the home page, without a session.
pub fn goodbye(site: &Site) -> Result<HttpResponse, Failure> {
    let mut answer = see_other("/");
    answer
        .add_cookie(&reader::no_session_cookie(site))
        .map_err(Failure::unexpected)?;
    // What this browser kept of pages made for the person goes too.
    answer.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\""),
    );
    Ok(answer)
}

impl From<PeopleError> for Failure {
    fn from(error: PeopleError) -> Failure {
        match error {
            PeopleError::DeadLink => Failure::of(FailureKind::Withdrawn)
                .message("sign-in-dead-link")
                .next("sign-in-ask-again", "/connexion"),
            PeopleError::Suspended => {
                Failure::of(FailureKind::Refused).message("sign-in-suspended")
            }
            PeopleError::Taken => {
                Failure::of(FailureKind::Conflict).message("administration-invite-taken")
            }
            PeopleError::Full => Failure::of(FailureKind::TooMany).message("edit-draft-full"),
            PeopleError::LastSteward => {
                Failure::of(FailureKind::Conflict).message("administration-last-steward")
            }
            PeopleError::NotAllowed => Failure::of(FailureKind::Refused),
            PeopleError::Missing => Failure::missing(),
            PeopleError::Unexpected(source) => Failure::unexpected(source),
        }
    }
}

#[cfg(test)]
mod tests;
