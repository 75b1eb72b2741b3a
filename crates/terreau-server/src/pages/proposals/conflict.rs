//! A proposal that meets what was published since: card by card, the three texts, and a new revision of what is chosen.

use actix_web::web::{Data, Form, Path};
use chrono::Utc;
use terreau_card::CardPath;
use terreau_commons::{
    CardChange, CommitId, EditConflict, Joins, ProposalError, PublishError, Suggestion,
};

use crate::api::said as one_line;
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::pages::conflict::{
    Chosen, Meeting, Settled, Texts, problem_lines, show as choose, signed_out,
};
use crate::pages::edit::{Inputs, ProblemLine};
use crate::{Answer, Failure, Reader, Site, url};

/// Shows the places to choose between, of the first card that does not join.
///
/// `GET /propositions/{number}/conflit` → 409 page · 303 to sign in, or to the proposal when everything joins · 403 · 404
pub async fn show(number: Path<u64>, reader: Reader, site: Data<Site>) -> Answer {
    reader.signed_in()?;
    let found = site.commons.proposal(&reader.actor, *number).await?;
    let Joins::Not(error) = &found.joins else {
        return Ok(see_other(url::proposal(*number)));
    };
    let PublishError::Conflict(conflict) = error.as_ref() else {
        return Ok(see_other(url::proposal(*number)));
    };
    if !found.allowed.revise {
        return Err(Failure::of(FailureKind::Refused)
            .message("proposals-check-conflict-who")
            .next("proposals-next-proposal", url::proposal(*number)));
    }
    let message = reader.words().say("proposals-conflict-message");
    let seen = found.row.revision.to_string();
    let hidden = hidden(&conflict.path, &seen, &[]);
    choose(&site, &reader, meeting(*number, conflict, &message, hidden))
}

/// A card whose conflict was settled on a page before: it waits for the others.
pub(super) struct Done {
    pub(super) path: CardPath,
    pub(super) head: CommitId,
    pub(super) text: String,
}

/// Keeps what was chosen as a revision; when another card does not join either, its page follows with what is chosen so far.
///
/// `POST /propositions/{number}/conflit` → 303 to the proposal · 401 · 403 · 404 · 409 page of the next card · 422 page with what
/// is missing
pub async fn settle(
    number: Path<u64>,
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let typed = Inputs::from_pairs(form.into_inner());
    let malformed = || Failure::of(FailureKind::Malformed);
    let path = CardPath::parse(typed.one("chemin")).map_err(|_| malformed())?;
    let seen: u32 = typed.one("vue").parse().map_err(|_| malformed())?;
    let before = done_before(&typed).ok_or_else(malformed)?;
    let settled = Settled::read(&site, &path, &typed).await?;
    let message = typed.one("motif").to_owned();
    let again = |problems: Vec<ProblemLine>| {
        let chosen = Chosen {
            typed: Some(&typed),
            problems,
        };
        let meeting = Meeting {
            feature: "proposals-conflict",
            texts: settled.texts(&typed),
            conflicts: &settled.conflicts,
            message: &message,
            action: action(*number),
            back: url::proposal(*number),
            hidden: hidden(&path, typed.one("vue"), &before),
            chosen,
        };
        choose(&site, &reader, meeting)
    };
    let (Some(reason), true) = (one_line(&message), typed.one("accord") == "oui") else {
        return again(Vec::new());
    };
    let now_done = Done {
        path: path.clone(),
        head: settled.head,
        text: settled.text.clone(),
    };
    let changes = before.iter().chain([&now_done]).map(Done::change).collect();
    let suggestion = Suggestion {
        changes,
        reason,
        request_key: None,
    };
    let revised = site
        .commons
        .revise(&reader.actor, *number, seen, suggestion, Utc::now());
    match revised.await {
        Ok(_) => {
            site.waiting.forget();
            Ok(see_other(url::with_query(
                &url::proposal(*number),
                &[("fait", "reunies")],
            )))
        }
        Err(ProposalError::Unpublishable(PublishError::Conflict(next))) => {
            let mut done: Vec<Done> = before;
            if next.path != path {
                done.push(now_done);
            }
            let hidden = hidden(&next.path, typed.one("vue"), &done);
            choose(&site, &reader, meeting(*number, &next, &message, hidden))
        }
        Err(ProposalError::Unpublishable(PublishError::Invalid(problems))) => {
            again(problem_lines(&problems, &reader))
        }
        Err(ProposalError::SignIn) => again(vec![signed_out(&reader, &action(*number))]),
        Err(ProposalError::Outdated) => again(vec![ProblemLine {
            href: Some(url::proposal(*number)),
            text: reader.words().say("proposals-conflict-outdated"),
            help: String::new(),
        }]),
        Err(other) => Err(other.into()),
    }
}

impl Done {
    fn change(&self) -> CardChange {
        CardChange::Write {
            path: self.path.clone(),
            text: self.text.clone(),
            base: Some(self.head),
        }
    }
}

fn action(number: u64) -> String {
    format!("{}/conflit", url::proposal(number))
}

fn meeting<'a>(
    number: u64,
    conflict: &'a EditConflict,
    message: &'a str,
    hidden: Vec<(String, String)>,
) -> Meeting<'a> {
    Meeting {
        feature: "proposals-conflict",
        texts: Texts::of(conflict),
        conflicts: &conflict.conflicts,
        message,
        action: action(number),
        back: url::proposal(number),
        hidden,
        chosen: Chosen::default(),
    }
}

/// Returns what the form carries: the card, the revision that is settled, and the cards settled before.
pub(super) fn hidden(path: &CardPath, seen: &str, done: &[Done]) -> Vec<(String, String)> {
    let mut hidden = vec![
        ("chemin".to_owned(), path.to_string()),
        ("vue".to_owned(), seen.to_owned()),
    ];
    for (row, card) in done.iter().enumerate() {
        hidden.push((format!("reuni.{row}.chemin"), card.path.to_string()));
        hidden.push((format!("reuni.{row}.tete"), card.head.to_string()));
        hidden.push((format!("reuni.{row}.texte"), card.text.clone()));
    }
    hidden
}

pub(super) fn done_before(typed: &Inputs) -> Option<Vec<Done>> {
    let rows = typed.rows("reuni").into_iter();
    rows.map(|row| {
        let of = |thing: &str| typed.one(&format!("reuni.{row}.{thing}"));
        Some(Done {
            path: CardPath::parse(of("chemin")).ok()?,
            head: CommitId::parse(of("tete")).ok()?,
            text: of("texte").to_owned(),
        })
    })
    .collect()
}
