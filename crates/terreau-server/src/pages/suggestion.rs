//! A guest's suggestion after it was sent: look at one's letters, then confirm by a button, since mail scanners open links.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_commons::{Confirmed, GuestError, PeopleError};

use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::mail::Mailer;
use crate::{Answer, Failure, Layout, Reader, Site, url};

/// What became of a suggestion.
#[derive(Debug, Default, Deserialize)]
pub struct Told {
    /// `attend`: somebody looks at it first; `brouillon`: it waits in the account; `rien`: it was published already; else its letter left.
    #[serde(default)]
    issue: String,
}

#[derive(Template)]
#[template(path = "suggestion/told.html")]
struct ToldPage {
    layout: Layout,
    lead: String,
    /// What comes next, in a sentence.
    then: String,
    /// Whether to offer to sign in.
    offers_sign_in: bool,
    in_the_log: bool,
}

/// Tells a guest where their suggestion is.
///
/// `GET /propositions/suggestion` → 200
pub async fn show(
    reader: Reader,
    told: Query<Told>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    let words = reader.words();
    let word = match told.issue.as_str() {
        "brouillon" => "kept",
        "rien" => "nothing",
        "attend" => "held",
        _ => "sent",
    };
    let title = words.say(&format!("suggestion-{word}-title"));
    let mut layout = Layout::new(&site, &reader, title).within("proposals");
    let has_left = word == "sent";
    layout.sign_in = url::sign_in("/compte");
    let days = terreau_commons::HELD_LIFE.num_days();
    page(
        StatusCode::OK,
        &ToldPage {
            layout,
            lead: words.tell(&format!("suggestion-{word}-lead"), "days", days),
            then: words.say(&format!("suggestion-{word}-then")),
            offers_sign_in: matches!(word, "kept" | "held"),
            in_the_log: has_left && !mailer.sends(),
        },
    )
}

#[derive(Template)]
#[template(path = "suggestion/confirm.html")]
struct ConfirmPage {
    layout: Layout,
    action: String,
    title: String,
    name: String,
    reason: String,
}

/// Shows what a link would confirm; nothing is done yet.
///
/// `GET /propositions/confirmer/{token}` → 200 · 410 when the link no longer opens anything
pub async fn look(reader: Reader, token: Path<String>, site: Data<Site>) -> Answer {
    let held = site.commons.held_change(&token, Utc::now()).await;
    let held = held.map_err(dead)?;
    let snapshot = site.commons.snapshot();
    let title = snapshot
        .head(&held.path)
        .map_or_else(|| held.path.to_string(), |head| head.title.clone());
    let words = reader.words();
    let mut layout =
        Layout::new(&site, &reader, words.say("suggestion-confirm-title")).within("proposals");
    // The secret of this page's address goes nowhere else: neither into another form, nor into a link.
    layout.here = url::PROPOSALS.to_owned();
    layout.sign_in = url::sign_in(url::PROPOSALS);
    let shown = ConfirmPage {
        layout,
        action: format!("{}{}", url::CONFIRM, url::encode(&token)),
        title,
        name: held.name.to_string(),
        reason: held.reason,
    };
    let mut answer = page(StatusCode::OK, &shown)?;
    answer.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    Ok(answer)
}

/// Makes a proposal of the suggestion, once; nobody is signed in by it.
///
/// `POST /propositions/confirmer/{token}` → 303 to the proposal, or to where the suggestion waits · 403 for a suspended account ·
/// 410 · 503 read-only
pub async fn confirm(token: Path<String>, site: Data<Site>) -> Answer {
    let confirmed = match site.commons.confirm_change(&token, Utc::now()).await {
        Err(GuestError::Person(error)) => return Err(dead(error)),
        confirmed => confirmed?,
    };
    site.waiting.forget();
    let told = |word| url::with_query(url::SUGGESTION, &[("issue", word)]);
    Ok(see_other(match confirmed {
        Confirmed::Proposed(number) => {
            url::with_query(&url::proposal(number), &[("fait", url::CONFIRMED)])
        }
        Confirmed::Held(_) => told("attend"),
        Confirmed::Kept => told("brouillon"),
        Confirmed::Nothing => told("rien"),
    }))
}

fn dead(error: PeopleError) -> Failure {
    match error {
        PeopleError::DeadLink => Failure::of(FailureKind::Withdrawn)
            .message("suggestion-dead-link")
            .next("proposals-next-desk", url::PROPOSALS),
        other => other.into(),
    }
}
