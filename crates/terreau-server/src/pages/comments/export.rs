//! Every comment that everyone sees, one on each line of JSON.

use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use terreau_community::{CreditName, OrganisationName};

use super::address;
use crate::cached::fresh;
use crate::{Answer, Failure, Site};

/// How many comments are read at once.
const PAGE: u64 = 1_000;
/// How many comments one answer gives at most; `apres` asks for those that follow.
const MOST: usize = 50_000;

/// What the export is asked.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Asked {
    /// The last comment that is known already.
    #[serde(default)]
    apres: i64,
}

/// Gives what is public of all comments.
///
/// `GET /commentaires.jsonl?apres=` → 200 · 304
pub async fn export(
    request: HttpRequest,
    asked: actix_web::web::Query<Asked>,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let (mut text, mut after, mut given) = (String::new(), asked.apres, 0_usize);
    while given < MOST {
        let rows = site.commons.public_comments(after, PAGE).await?;
        let Some(last) = rows.last() else { break };
        after = last.id;
        given += rows.len();
        for row in rows {
            // What was said of a card that is gone speaks of nothing.
            let Some(head) = snapshot.by_id(&row.card) else {
                continue;
            };
            let place = address(&head.path);
            let line = json!({
                "id": row.id,
                "card": row.card.to_string(),
                "path": head.path.as_str(),
                "answers": row.thread,
                "author": row.author.name.as_ref().map(CreditName::as_str),
                "organisation": row.author.organisation.as_ref().map(OrganisationName::as_str),
                "at": row.at,
                "text": row.body,
                "url": format!("{}{place}#commentaire-{}", site.base_url(), row.id),
            });
            text.push_str(&serde_json::to_string(&line).map_err(Failure::unexpected)?);
            text.push('\n');
        }
    }
    let kind = HeaderValue::from_static("application/jsonl; charset=utf-8");
    let answer: HttpResponse = fresh(&request, "", Bytes::from(text), kind);
    Ok(answer)
}
