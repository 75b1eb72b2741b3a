//! A correction by somebody without an account: a name to credit and a mailbox that confirms it, asked for at the end of the form.

use std::net::IpAddr;

use actix_web::http::StatusCode;
use chrono::Utc;
use secrecy::ExposeSecret;
use terreau_commons::{GuestChange, GuestError, ProposalError, PublishError};
use terreau_community::{Act, CreditName, EmailAddress};

use super::draft::kept;
use super::page::{Panel, ProblemLine};
use super::{Desk, Inputs, Sent, edit_page};
use crate::api::said as one_line;
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::mail::{ConfirmLetter, Mailer, Sending};
use crate::pages::account::say_refusal;
use crate::pages::sign_in::LIMITS;
use crate::{Answer, Failure, Reader, Site, url};

/// The least time that a person takes to change a card, in seconds.
const LEAST_TIME_S: i64 = 3;
/// The input that no person sees; robots fill it.
const TRAP: &str = "relais";

/// What a guest says of themselves, and what is wrong with it.
#[derive(Clone, Default)]
pub struct Guest {
    /// The name to credit.
    pub name: String,
    /// What is wrong with it.
    pub name_problem: Option<String>,
    /// Their address.
    pub email: String,
    /// What is wrong with it.
    pub email_problem: Option<String>,
    /// When they first saw the form, in seconds; their browser says so.
    pub opened: i64,
    /// What looks private in what they bring: said once, then taken.
    pub private: Option<String>,
}

impl Guest {
    /// Reads what a guest typed; nobody is scolded for what they did not send yet.
    pub fn of(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent) -> Option<Guest> {
        if !is_guest(site, reader, desk, &sent.typed, sent.was_sent) {
            return None;
        }
        let now = Utc::now().timestamp();
        let opened = sent.typed.one("ouvert").parse().unwrap_or(now);
        let (name, email) = (sent.typed.one("nom"), sent.typed.one("email"));
        let asks = sent.is_final();
        let words = reader.words();
        let name_problem = CreditName::parse(name).err();
        Some(Guest {
            name: name.to_owned(),
            name_problem: name_problem
                .filter(|_| asks)
                .map(|refusal| say_refusal(words, refusal)),
            email: email.to_owned(),
            email_problem: EmailAddress::parse(email)
                .err()
                .filter(|_| asks)
                .map(|_| words.say("sign-in-ask-not-an-address")),
            opened,
            private: private_news(desk, sent).filter(|_| asks),
        })
    }

    /// Returns what is wrong, each with the way to it.
    pub fn lines(&self) -> impl Iterator<Item = ProblemLine> {
        [
            ("#nom", &self.name_problem),
            ("#email", &self.email_problem),
        ]
        .into_iter()
        .filter_map(|(href, problem)| {
            Some(ProblemLine {
                href: Some(href.to_owned()),
                text: problem.clone()?,
                help: String::new(),
            })
        })
    }
}

/// Tells whether a form is a guest's, and not that of somebody whose session ended while they wrote.
pub fn is_guest(site: &Site, reader: &Reader, desk: &Desk, typed: &Inputs, was_sent: bool) -> bool {
    reader.is_anonymous()
        && desk.head.is_some()
        && desk.revised.is_none()
        && (!was_sent || typed.has("invite"))
        && site.commons.may(&reader.actor, &Act::Suggest).is_yes()
}

/// Holds what a guest typed, and sends the letter that confirms it. The answer tells nothing of the address.
pub async fn suggest(
    site: &Site,
    reader: &Reader,
    mailer: &Mailer,
    visitor: IpAddr,
    desk: &Desk,
    sent: &Sent,
) -> Answer {
    let words = reader.words();
    let again = |status, key: Option<&'static str>| {
        let mut blamed = sent.clone();
        blamed.blame = key;
        edit_page(site, reader, desk, &blamed, status, &[], Panel::None)
    };
    if let Some(key) = robotic(sent.typed.one(TRAP), sent.typed.one("ouvert")) {
        return again(StatusCode::UNPROCESSABLE_ENTITY, Some(key));
    }
    let (Ok(name), Ok(email), Some(base), false) = (
        CreditName::parse(sent.typed.one("nom")),
        EmailAddress::parse(sent.typed.one("email")),
        desk.base,
        sent.wants_care(words),
    ) else {
        return again(StatusCode::UNPROCESSABLE_ENTITY, None);
    };
    if sent.typed.one("averti") != "oui" && private_news(desk, sent).is_some() {
        return again(StatusCode::UNPROCESSABLE_ENTITY, Some("edit-guest-private"));
    }
    if !LIMITS.allow_visitor(visitor) || !LIMITS.allow_letter(&email) {
        return again(
            StatusCode::TOO_MANY_REQUESTS,
            Some("edit-guest-too-many-letters"),
        );
    }
    let change = GuestChange {
        email: email.clone(),
        name,
        language: reader.language,
        path: desk.path.clone(),
        base,
        text: sent.card.text().to_owned(),
        typed: kept(&sent.typed),
        reason: one_line(sent.typed.one("motif")).unwrap_or_default(),
    };
    let held = site.commons.hold_change(&reader.actor, change, Utc::now());
    let token = match held.await {
        Ok(token) => token,
        Err(GuestError::Full) => {
            return again(StatusCode::TOO_MANY_REQUESTS, Some("edit-guest-full"));
        }
        Err(GuestError::Blocked) => {
            return again(StatusCode::FORBIDDEN, Some("comments-refused-blocked"));
        }
        Err(GuestError::Nothing) => {
            return again(
                StatusCode::UNPROCESSABLE_ENTITY,
                Some("edit-nothing-to-propose"),
            );
        }
        Err(GuestError::Unpublishable(PublishError::Invalid(problems))) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return edit_page(site, reader, desk, sent, status, &problems, Panel::None);
        }
        Err(other) => return Err(other.into()),
    };
    let snapshot = site.commons.snapshot();
    let letter = ConfirmLetter::write(
        words,
        email,
        snapshot.config().name.get(words.language),
        desk.head.as_ref().map_or("", |head| &head.title),
        &url::confirm_link(site.base_url(), token.expose_secret()),
    )?;
    match mailer.send(letter).first_try().await {
        Sending::Sent | Sending::Later => Ok(see_other(url::SUGGESTION)),
        Sending::Refused => {
            site.commons.forget_held(token.expose_secret()).await?;
            again(
                StatusCode::SERVICE_UNAVAILABLE,
                Some("sign-in-mail-refused"),
            )
        }
    }
}

/// Returns what looks private in what a guest brings, beyond what the card said before.
fn private_news(desk: &Desk, sent: &Sent) -> Option<String> {
    let before = desk.work.card.text();
    let lines: String = sent
        .card
        .text()
        .lines()
        .chain([sent.typed.one("motif")])
        .filter(|line| !before.contains(line.trim()))
        .flat_map(|line| [line, "\n"])
        .collect();
    let found = terreau_card::private_things(&lines);
    let found = found.first()?;
    Some(lines[found.0.clone()].to_owned())
}

/// Says what looks like a robot's doing; a person sends the form again and gets through.
pub fn robotic(trap: &str, opened: &str) -> Option<&'static str> {
    let opened: Option<i64> = opened.parse().ok();
    let took = opened.map_or(0, |opened| Utc::now().timestamp() - opened);
    if !trap.is_empty() {
        Some("edit-guest-trapped")
    } else if took < LEAST_TIME_S {
        Some("edit-guest-too-fast")
    } else {
        None
    }
}

impl From<GuestError> for Failure {
    fn from(error: GuestError) -> Failure {
        match error {
            GuestError::NotAsGuest => Failure::of(FailureKind::Refused),
            GuestError::Blocked => {
                Failure::of(FailureKind::Refused).message("comments-refused-blocked")
            }
            GuestError::Full => Failure::of(FailureKind::TooMany),
            GuestError::Nothing => ProposalError::Nothing.into(),
            GuestError::Unpublishable(error) => error.into(),
            GuestError::Person(error) => error.into(),
            GuestError::Proposal(error) => error.into(),
            GuestError::Unexpected(source) => Failure::unexpected(source),
        }
    }
}
