//! All that is kept of oneself, as one file to take away.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Data;
use chrono::Utc;
use serde_json::{Value, json};
use terreau_commons::{OwnData, Person, ProposalRow, Subject, TokenRow};
use terreau_community::CreditName;

use super::own_account;
use crate::{Answer, Reader, Site};

/// Gives one's own data.
///
/// `GET /compte/donnees` → 200 a file of JSON · sign-in when nobody is
pub async fn own_data(reader: Reader, site: Data<Site>) -> Answer {
    own_account(&reader, &site)?;
    let now = Utc::now();
    let own = site.commons.own_data(&reader.actor, now).await?;
    let name = format!("terreau-{}.json", now.format("%Y-%m-%d"));
    let mut told = told(&own, &site);
    told["made_at"] = json!(now);
    let text = serde_json::to_string_pretty(&told).map_err(crate::Failure::unexpected)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .body(text))
}

fn told(own: &OwnData, site: &Site) -> Value {
    let account = &own.account;
    json!({
        "commons": site.base_url(),
        "account": {
            "id": account.id.to_string(),
            "email": account.email.as_str(),
            "credit_name": account.credit_name.as_str(),
            "organisation": account.organisation.as_ref().map(ToString::to_string),
            "role": account.role.as_str(),
            "language": account.language.code(),
            "notices": account.notices.as_str(),
            "created_at": account.created_at,
        },
        "identities": own.identities.iter().map(|identity| json!({
            "issuer": identity.issuer,
            "linked_at": identity.linked_at,
            "last_used_at": identity.last_used_at,
        })).collect::<Vec<_>>(),
        "sessions": own.sessions.iter().map(|session| json!({
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
            "expires_at": session.expires_at,
        })).collect::<Vec<_>>(),
        "tokens": own.tokens.iter().map(token).collect::<Vec<_>>(),
        "watches": own.watches.iter().map(watch).collect::<Vec<_>>(),
        "drafts": own.drafts.iter().map(|draft| json!({
            "key": draft.key,
            "content": serde_json::from_str(&draft.content).unwrap_or(Value::String(draft.content.clone())),
            "base": draft.base,
            "updated_at": draft.updated_at,
        })).collect::<Vec<_>>(),
        "try_outs": own.try_outs.iter().map(|(told, attached)| json!({
            "name": told.name.as_str(),
            "organisation": told.organisation.as_ref().map(ToString::to_string),
            "about": told.about.as_str(),
            "text": told.text,
            "state": told.state.as_str(),
            "answer": told.answer,
            "created_at": told.created_at,
            "attachments": attached.iter().map(|one| json!({
                "media_type": one.format.media_type(),
                "bytes": one.length,
                "alt": one.words.alt,
                "credit": one.words.credit,
                "licence": one.words.licence,
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "suggestions_to_confirm": own.held.iter().map(|held| json!({
            "name": held.name.as_str(),
            "card": held.path.as_str(),
            "text": held.text,
            "reason": held.reason,
            "created_at": held.created_at,
            "expires_at": held.expires_at,
        })).collect::<Vec<_>>(),
        "notices": own.notices.iter().map(|notice| json!({
            "what": notice.what.as_str(),
            "proposal": notice.number,
            "card": notice.card.map(|card| card.to_string()),
            "by": notice.by.as_ref().and_then(name),
            "at": notice.at,
            "seen_at": notice.seen_at,
        })).collect::<Vec<_>>(),
        "proposals": own.proposals.iter().map(proposal).collect::<Vec<_>>(),
        "remarks": own.remarks.iter().map(|remark| json!({
            "proposal": remark.number,
            "revision": remark.revision,
            "file": remark.place.as_ref().map(|place| place.file.as_str()),
            "body": remark.body,
            "at": remark.at,
        })).collect::<Vec<_>>(),
        "comments": own.comments.iter().map(|comment| json!({
            "id": comment.id,
            "card": comment.card.to_string(),
            "answers": comment.thread,
            "text": comment.body,
            "state": comment.state.as_str(),
            "note": comment.note,
            "at": comment.at,
        })).collect::<Vec<_>>(),
        "reported_comments": own.reports.iter().map(|(comment, report)| json!({
            "comment": comment,
            "reason": report.reason,
            "at": report.at,
        })).collect::<Vec<_>>(),
        "private_remarks": own.private_remarks.iter().map(|remark| json!({
            "card": remark.card.to_string(),
            "text": remark.body,
            "at": remark.at,
        })).collect::<Vec<_>>(),
        "useful_cards": own.useful.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "reviews": own.reviews.iter().map(|review| json!({
            "proposal": review.number,
            "verdict": review.verdict.as_str(),
            "body": review.body,
            "commit": review.head,
            "at": review.at,
        })).collect::<Vec<_>>(),
        "contributions": own.contributions.iter().map(|version| json!({
            "path": version.path.as_str(),
            "commit": version.commit.to_string(),
            "author": version.author,
            "organisation": version.organisation,
            "date": version.date,
            "message": version.message,
            "proposal": version.proposal,
            "change": version.change.as_str(),
        })).collect::<Vec<_>>(),
        "journal": own.events.iter().map(|event| json!({
            "what": event.what,
            "about": event.about,
            "at": event.at,
        })).collect::<Vec<_>>(),
    })
}

fn token(token: &TokenRow) -> Value {
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
    json!({
        "name": token.name,
        "scopes": scopes,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "last_used_at": token.last_used_at,
        "revoked_at": token.revoked_at,
    })
}

fn proposal(row: &ProposalRow) -> Value {
    json!({
        "number": row.number,
        "title": row.title,
        "reason": row.reason,
        "state": row.state.as_str(),
        "revision": row.revision,
        "commit": row.head,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "decided_at": row.decided_at,
        "decision": row.decision,
        "published": row.published,
        "files": row.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
    })
}

fn watch(subject: &Subject) -> Value {
    match subject {
        Subject::Card(card) => json!({ "card": card.to_string() }),
        Subject::Topic(code) => json!({ "topic": code }),
        Subject::Search(question) => json!({ "search": question }),
        Subject::Everything => json!("everything"),
    }
}

fn name(person: &Person) -> Option<&str> {
    person.name.as_ref().map(CreditName::as_str)
}
