//! Field reports by program: what was tried where, and how it went. Each waits to be read, as those of the form do.

use std::collections::BTreeMap;

use actix_web::web::{Data, Json, Path};
use actix_web::{HttpRequest, HttpResponse};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use terreau_commons::{Head, Snapshot, TryOutRow};
use terreau_experience::Typed;
use utoipa::ToSchema;

use super::types::Problem;
use super::write::refused;
use super::{Caller, answer};
use crate::failure::FailureKind;
use crate::mail::Mailer;
use crate::pages::try_out::{Refusal, Sent, Wrong, allowed, take, tried, version_read};
use crate::visitor::visitor;
use crate::{Answer, Failure, Reader, Site, url};

/// What somebody tells of a card that they tried.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExperiencePost {
    /// The path of the card: a method, a tool, an action, a survey or a pathway.
    pub card: String,
    /// The published commit that shows the version that was read; absent for the present one.
    #[serde(default)]
    pub version: Option<String>,
    /// Where: the name of a commune, a group of communes, a department or a region, or a place abroad.
    pub territory: String,
    /// Its code, to tell it from its namesakes: one of those that a refusal offers, or `libre` to keep the name as written.
    #[serde(default)]
    pub territory_code: String,
    /// When it was: `2025`, `2025-05` or `2025-05-31`.
    #[serde(default)]
    pub start: String,
    /// How many people took part.
    #[serde(default)]
    pub people: Option<u64>,
    /// What happened, in at most 4,000 characters.
    pub story: String,
    /// What was changed of the method, in at most 500 characters.
    #[serde(default)]
    pub changed: String,
    /// Marks from 1 to 4 by the code of a criterion of the commons.
    #[serde(default)]
    pub marks: BTreeMap<String, i64>,
    /// A tip for those who come next, in at most 500 characters.
    #[serde(default)]
    pub tip: String,
    /// Whether they would do it again: `as-is`, `adapted`, `no` or `unknown`.
    #[serde(default)]
    pub again: String,
    /// The name to credit; absent for that of the account, with its organisation.
    #[serde(default)]
    pub name: Option<String>,
    /// The organisation to credit.
    #[serde(default)]
    pub organisation: Option<String>,
    /// Where the link that confirms the report goes; needed without a token, and never published.
    #[serde(default)]
    pub email: String,
    /// Whether those who tell it agree to the licence of the commons; nothing is taken otherwise.
    #[serde(default)]
    pub agrees: bool,
    /// Whether what looks like a telephone number or an address in it may be published.
    #[serde(default)]
    pub not_private: bool,
}

/// A field report on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExperienceSent {
    /// `unconfirmed` until the mailed link was used, `waiting` to be read, `asked` something, `accepted`, `declined` or `withdrawn`.
    pub state: &'static str,
    /// What was answered to its sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The number of the proposal that it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<u64>,
    /// The path of its card, once published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The page where its sender completes, corrects or withdraws it; its address is a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Why a field report was not taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvalidExperienceProblem {
    /// The members of every problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// What is wrong, by field.
    pub fields: BTreeMap<String, String>,
    /// The codes of the territories of that name, when there are several, with what tells them apart.
    pub territories: BTreeMap<String, String>,
}

/// Sends a field report.
///
/// `POST /api/v1/experiences` → 202 · 400 · 401 · 403 · 404 no such card · 422 with what is wrong · 429 · 503
#[utoipa::path(
    post,
    path = "/api/v1/experiences",
    operation_id = "report_back",
    request_body = ExperiencePost,
    responses(
        (status = 202, description = "It waits to be read; without a token, to be confirmed by the mailed link first", body = ExperienceSent),
        (status = 401, description = "A token that opens nothing", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The scopes of the token do not allow it, or nothing more is taken from this address", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such card, or it is none that is tried", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields are wrong; or the card that would come of it breaks rules, as elsewhere", body = InvalidExperienceProblem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wait already", body = Problem, content_type = "application/problem+json"),
    ),
    security((), ("token" = ["experience:write"]))
)]
pub async fn send(
    request: HttpRequest,
    caller: Caller,
    site: Data<Site>,
    mailer: Data<Mailer>,
    body: Json<ExperiencePost>,
) -> Answer {
    let Caller(reader) = caller;
    allowed(&site, &reader)?;
    let body = body.into_inner();
    let snapshot = site.commons.snapshot();
    let head = tried(&snapshot, &body.card)?;
    let taken = match sent_of(body, &site, &snapshot, &head, &reader).await {
        Ok(sent) => take(&site, &reader, &mailer, visitor(&request), &head, &sent).await,
        Err(refusal) => Err(refusal),
    };
    let token = taken.map_err(|refusal| why_not(refusal, &reader))?;
    let mut answer = HttpResponse::Accepted();
    let Some(token) = token else {
        return Ok(answer.json(ExperienceSent {
            state: terreau_commons::TryOutState::Unconfirmed.as_str(),
            answer: None,
            proposal: None,
            card: None,
            url: None,
        }));
    };
    let row = site.commons.own_try_out(token.expose_secret()).await?;
    let place = format!("/api/v1/experiences/{}", token.expose_secret());
    Ok(answer.insert_header(("location", place)).json(told(
        &row,
        &site,
        &snapshot,
        token.expose_secret(),
    )))
}

/// Tells the sender of a field report what became of it.
///
/// `GET /api/v1/experiences/{token}` → 200 · 304 · 410 when the token opens nothing
#[utoipa::path(
    get,
    path = "/api/v1/experiences/{token}",
    operation_id = "experience_sent",
    params(("token" = String, Path, description = "The secret that was answered when it was sent")),
    responses(
        (status = 200, description = "Where it is", body = ExperienceSent),
        (status = 410, description = "The secret opens nothing, or no longer", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    request: HttpRequest,
    token: Path<String>,
    caller: Caller,
    site: Data<Site>,
) -> Answer {
    let Caller(reader) = caller;
    let row = site.commons.own_try_out(&token).await?;
    let body = told(&row, &site, &site.commons.snapshot(), &token);
    let mut answer = answer::json(&request, &reader, &body)?;
    answer::keep_private(&mut answer);
    Ok(answer)
}

fn told(row: &TryOutRow, site: &Site, snapshot: &Snapshot, token: &str) -> ExperienceSent {
    let path = row.path.as_ref();
    let published = path.filter(|path| snapshot.head(path).is_some());
    ExperienceSent {
        state: row.state.as_str(),
        answer: row.answer.clone(),
        proposal: row.proposal,
        card: published.map(ToString::to_string),
        url: Some(url::own_try_out(site.base_url(), token)),
    }
}

/// Reads a body as what the form sends.
async fn sent_of(
    body: ExperiencePost,
    site: &Site,
    snapshot: &Snapshot,
    head: &Head,
    reader: &Reader,
) -> Result<Sent, Refusal> {
    let version = match &body.version {
        None => *snapshot.commit(),
        Some(written) => match version_read(site, head, written).await? {
            Some(commit) => commit,
            None => {
                let said = reader.words().say("api-wrong-version");
                return Err(Refusal::Wrong(Wrong {
                    fields: vec![("version", said)],
                    places: Vec::new(),
                }));
            }
        },
    };
    let (name, organisation) = match (body.name, reader.account()) {
        (None, Some(account)) => (
            account.credit_name.to_string(),
            body.organisation
                .or_else(|| account.organisation.as_ref().map(ToString::to_string)),
        ),
        (name, _) => (name.unwrap_or_default(), body.organisation),
    };
    let marks = body.marks.into_iter();
    Ok(Sent {
        place: (body.territory, body.territory_code),
        typed: Typed {
            story: body.story,
            start: body.start,
            people: body
                .people
                .map(|people| people.to_string())
                .unwrap_or_default(),
            changed: body.changed,
            marks: marks.map(|(code, mark)| (code, mark.to_string())).collect(),
            tip: body.tip,
            again: body.again,
        },
        name,
        organisation: organisation.unwrap_or_default(),
        email: body.email,
        version,
        agrees: body.agrees,
        was_warned: body.not_private,
    })
}

/// Tells a program why nothing was taken.
fn why_not(refusal: Refusal, reader: &Reader) -> Failure {
    let words = reader.words();
    let wrong = |fields: Vec<(&str, String)>| {
        let fields = fields.into_iter();
        let fields: serde_json::Map<_, _> = fields
            .map(|(field, said)| (field.to_owned(), said.into()))
            .collect();
        Failure::of(FailureKind::Invalid)
            .message("api-wrong-experience")
            .detail("fields", fields)
    };
    match refusal {
        Refusal::Wrong(Wrong { fields, places }) => {
            let places = places.into_iter();
            let places: serde_json::Map<_, _> = places
                .map(|place| (place.code, place.label.into()))
                .collect();
            wrong(fields).detail("territories", places)
        }
        Refusal::NotAgreed => wrong(vec![("agrees", words.say("edit-consent-needed"))]),
        Refusal::Private(found) => {
            let said = words.tell("try-out-private", "found", found);
            wrong(vec![("not_private", said)])
        }
        Refusal::Unpublishable(error) => refused(error, words),
        Refusal::Closed(kind, key) => Failure::of(kind).message(key),
        Refusal::Failed(failure) => failure,
    }
}
