//! The end of one's account.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;

use super::own_account;
use crate::layout::{page, see_other};
use crate::pages::sign_in::goodbye;
use crate::{Answer, Failure, Layout, Reader, Site};

#[derive(Template)]
#[template(path = "account/delete.html")]
struct DeletePage {
    layout: Layout,
    name: String,
    typed: String,
    /// Whether the name is to be hidden in what stays.
    hides: bool,
    problem: Option<String>,
}

/// What the form asks for.
#[derive(Debug, Deserialize)]
pub struct DeleteForm {
    /// The credit name, typed again.
    #[serde(default)]
    nom: String,
    /// `oui` hides the name in what stays.
    #[serde(default)]
    masquer: String,
}

/// Says what goes and what stays.
///
/// `GET /compte/supprimer` → 200 · sign-in when nobody is
pub async fn ask_delete(reader: Reader, site: Data<Site>) -> Answer {
    delete_page(&reader, &site, String::new(), false, None)
}

fn delete_page(
    reader: &Reader,
    site: &Site,
    typed: String,
    hides: bool,
    problem: Option<String>,
) -> Answer {
    let account = own_account(reader, site)?;
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let layout =
        Layout::new(site, reader, reader.words().say("account-delete-title")).within("account");
    page(
        status,
        &DeletePage {
            layout,
            name: account.credit_name.to_string(),
            typed,
            hides: hides || account.hides_name,
            problem,
        },
    )
}

/// Ends the account, once its owner typed its name.
///
/// `POST /compte/supprimer` → 303 to a goodbye · 409 for the last steward · 422 page when the name is another · 503 read-only
pub async fn delete(reader: Reader, form: Form<DeleteForm>, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    let words = reader.words();
    if form.nom.trim() != account.credit_name.as_str() {
        let problem = words.say("account-delete-other-name");
        let hides = form.masquer == "oui";
        return delete_page(&reader, &site, form.into_inner().nom, hides, Some(problem));
    }
    if form.masquer == "oui" {
        site.commons
            .hide_name(&reader.actor, true, Utc::now())
            .await?;
    }
    site.commons
        .delete_account(
            &reader.actor,
            &words.say("account-delete-withdrawn"),
            Utc::now(),
        )
        .await?;
    site.waiting.forget();
    let mut answer = goodbye(&site)?;
    let to = see_other("/compte/supprime");
    for (name, value) in to.headers() {
        answer.headers_mut().insert(name.clone(), value.clone());
    }
    Ok(answer)
}

#[derive(Template)]
#[template(path = "account/deleted.html")]
struct DeletedPage {
    layout: Layout,
}

/// Says goodbye.
///
/// `GET /compte/supprime` → 200
pub async fn deleted(reader: Reader, site: Data<Site>) -> Result<actix_web::HttpResponse, Failure> {
    let layout = Layout::new(&site, &reader, reader.words().say("account-deleted-title"));
    page(StatusCode::OK, &DeletedPage { layout })
}
