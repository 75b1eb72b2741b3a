//! What people do to a proposal. Each form carries the revision that was read; what is refused comes back as it was typed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use chrono::Utc;
use serde::Deserialize;
use terreau_commons::{CommitId, NewRemark, ProposalError};
use terreau_community::Verdict;

use super::forms::{Tried, What};
use super::show::{Refusal, again};
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::{Answer, Failure, Reader, Site, url};

/// What the forms of a proposal's page send.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ActForm {
    tete: String,
    avis: String,
    mots: String,
    fichier: String,
    passage: String,
    fil: String,
    regle: String,
}

impl ActForm {
    /// Returns the revision that was read.
    fn head(&self) -> Result<CommitId, Failure> {
        CommitId::parse(&self.tete).map_err(|_| Failure::of(FailureKind::Malformed))
    }

    /// Returns the place that a remark is about.
    fn place(&self) -> Result<Option<(String, usize)>, Failure> {
        if self.fichier.is_empty() {
            return Ok(None);
        }
        let block = self.passage.parse();
        let block = block.map_err(|_| Failure::of(FailureKind::Malformed))?;
        Ok(Some((self.fichier.clone(), block)))
    }

    /// Returns the thread that a remark answers.
    fn thread(&self) -> Result<Option<i64>, Failure> {
        if self.fil.is_empty() {
            return Ok(None);
        }
        let thread = self.fil.parse();
        thread
            .map(Some)
            .map_err(|_| Failure::of(FailureKind::Malformed))
    }

    fn tried(self, what: What) -> Tried {
        Tried {
            what,
            place: self.place().ok().flatten(),
            thread: self.thread().ok().flatten(),
            words: self.mots.replace("\r\n", "\n"),
            problem: None,
            seen: self.tete,
        }
    }
}

/// Approves a proposal, or asks for changes.
///
/// `POST /propositions/{number}/relire` → 303 · 401, 403, 409 and 422 with the page and what was typed · 404
pub async fn review(
    number: Path<u64>,
    reader: Reader,
    form: Form<ActForm>,
    site: Data<Site>,
) -> Answer {
    let form = form.into_inner();
    let (verdict, word) = match form.avis.as_str() {
        "accepter" => (Verdict::Approve, "acceptee"),
        "demander" => (Verdict::AskChanges, "demandee"),
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    let head = form.head()?;
    let done = site
        .commons
        .review(
            &reader.actor,
            *number,
            &head,
            verdict,
            &form.mots,
            Utc::now(),
        )
        .await
        .map(|()| told(*number, word));
    answer(&site, &reader, *number, done, form.tried(What::Review)).await
}

/// Publishes a proposal.
///
/// `POST /propositions/{number}/publier` → 303 · 401, 403, 409 and 422 with the page · 404
pub async fn publish(
    number: Path<u64>,
    reader: Reader,
    form: Form<ActForm>,
    site: Data<Site>,
) -> Answer {
    let form = form.into_inner();
    let head = form.head()?;
    let done = site
        .commons
        .publish_proposal(&reader.actor, *number, &head, Utc::now())
        .await
        .map(|_| told(*number, "publiee"));
    answer(&site, &reader, *number, done, form.tried(What::Publish)).await
}

/// Decides against a proposal.
///
/// `POST /propositions/{number}/refuser` → 303 · 401, 403, 409 and 422 with the page and what was typed · 404
pub async fn decline(
    number: Path<u64>,
    reader: Reader,
    form: Form<ActForm>,
    site: Data<Site>,
) -> Answer {
    let form = form.into_inner();
    let done = match is_current(&site, &reader, *number, &form).await {
        Ok(()) => {
            let declined = site
                .commons
                .decline(&reader.actor, *number, &form.mots, Utc::now());
            declined.await.map(|()| told(*number, "refusee"))
        }
        Err(error) => Err(error),
    };
    answer(&site, &reader, *number, done, form.tried(What::Decline)).await
}

/// Takes a proposal back.
///
/// `POST /propositions/{number}/retirer` → 303 · 401, 403, 409 and 422 with the page and what was typed · 404
pub async fn withdraw(
    number: Path<u64>,
    reader: Reader,
    form: Form<ActForm>,
    site: Data<Site>,
) -> Answer {
    let form = form.into_inner();
    let done = match is_current(&site, &reader, *number, &form).await {
        Ok(()) => {
            let withdrawn = site
                .commons
                .withdraw(&reader.actor, *number, &form.mots, Utc::now());
            withdrawn.await.map(|()| told(*number, "retiree"))
        }
        Err(error) => Err(error),
    };
    answer(&site, &reader, *number, done, form.tried(What::Withdraw)).await
}

/// Says something of a proposal, of one of its paragraphs, or in a thread.
///
/// `POST /propositions/{number}/remarques` → 303 to the thread · 401, 403, 409 and 422 with the page and what was typed · 404
pub async fn remark(
    number: Path<u64>,
    reader: Reader,
    form: Form<ActForm>,
    site: Data<Site>,
) -> Answer {
    let form = form.into_inner();
    let (place, thread) = (form.place()?, form.thread()?);
    // The place of a paragraph means something in the revision that was read.
    let seen = match place {
        Some(_) => is_current(&site, &reader, *number, &form).await,
        None => Ok(()),
    };
    let done = match seen {
        Ok(()) => {
            let remark = NewRemark {
                thread,
                place,
                body: form.mots.clone(),
            };
            let kept = site
                .commons
                .remark(&reader.actor, *number, remark, Utc::now())
                .await;
            kept.map(|id| to_thread(*number, thread.unwrap_or(id)))
        }
        Err(error) => Err(error),
    };
    answer(&site, &reader, *number, done, form.tried(What::Remark)).await
}

/// Says that a thread is settled, or opens it again.
///
/// `POST /propositions/{number}/remarques/{id}/regler` → 303 to the thread · 401 and 403 with the page · 404
pub async fn settle_thread(
    path: Path<(u64, i64)>,
    reader: Reader,
    form: Form<ActForm>,
    site: Data<Site>,
) -> Answer {
    let ((number, thread), form) = (path.into_inner(), form.into_inner());
    let is_settled = match form.regle.as_str() {
        "oui" => true,
        "non" => false,
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    let done = site
        .commons
        .resolve_thread(&reader.actor, number, thread, is_settled, Utc::now())
        .await
        .map(|()| to_thread(number, thread));
    answer(&site, &reader, number, done, form.tried(What::Settle)).await
}

/// Refuses what is about another revision than the present one.
async fn is_current(
    site: &Site,
    reader: &Reader,
    number: u64,
    form: &ActForm,
) -> Result<(), ProposalError> {
    if reader.is_anonymous() {
        return Err(ProposalError::SignIn);
    }
    let found = site.commons.proposal(&reader.actor, number).await?;
    if found.row.head == form.tete {
        Ok(())
    } else {
        Err(ProposalError::Outdated)
    }
}

fn told(number: u64, word: &str) -> String {
    url::with_query(&url::proposal(number), &[("fait", word)])
}

fn to_thread(number: u64, thread: i64) -> String {
    format!("{}#fil-{thread}", url::proposal(number))
}

/// Goes on to the page that shows what was done, or shows what was sent again.
async fn answer(
    site: &Site,
    reader: &Reader,
    number: u64,
    done: Result<String, ProposalError>,
    mut tried: Tried,
) -> Answer {
    let words = reader.words();
    let (status, refusal) = match done {
        Ok(to) => {
            site.waiting.forget();
            return Ok(see_other(to));
        }
        Err(error @ (ProposalError::Missing | ProposalError::Unexpected(_))) => {
            return Err(error.into());
        }
        Err(ProposalError::Outdated) => (StatusCode::CONFLICT, Refusal::Outdated),
        Err(ProposalError::SignIn) => {
            let text = words.say("proposals-signed-out");
            (StatusCode::UNAUTHORIZED, Refusal::Because(text))
        }
        Err(ProposalError::NeedsWords) => {
            let text = words.say(match tried.what {
                What::Review => "proposals-review-needs-words",
                What::Decline => "proposals-decline-needs-words",
                What::Withdraw => "proposals-withdraw-needs-words",
                _ => "proposals-remark-needs-words",
            });
            tried.problem = Some(text.clone());
            (StatusCode::UNPROCESSABLE_ENTITY, Refusal::Field(text))
        }
        Err(other) => {
            let failure = Failure::from(other);
            if failure.source().is_some() {
                return Err(failure);
            }
            let text = failure.explanation(words);
            (failure.kind.status(), Refusal::Because(text))
        }
    };
    again(site, reader, number, &tried, status, refusal).await
}
