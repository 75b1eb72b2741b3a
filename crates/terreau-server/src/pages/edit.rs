//! Editing a card: a form of real fields and one text for each section, which works without scripts and loses nothing typed.
//!
//! The form is compared with what it showed, so that a card saved untouched keeps every byte and a word changed is a word
//! changed in git.

mod choices;
pub(crate) mod draft;
mod duration;
mod fields;
mod groups;
mod guest;
mod inputs;
mod labels;
mod page;
mod problems;
mod revise;
mod sent;
mod shown;
mod standing;
mod text;
mod typed;
mod work;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use terreau_card::{Card, CardPath, Kind, Problem, check_card, prose_diff, render};
use terreau_commons::{
    CommitId, DraftOf, Head, ProposalError, PublishError, ReadError, Resolved, Snapshot,
};
use terreau_community::Act;

use crate::failure::FailureKind;
use crate::layout;
use crate::mail::Mailer;
use crate::pages::card::find;
use crate::pages::compare::ChangeView;
use crate::visitor::visitor;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

pub use choices::Choice;
pub use fields::{Control, FieldView};
pub use guest::{Guest, is_guest, robotic};
pub use inputs::Inputs;
pub use page::{
    Consent, EditPage, FormParts, NewPlace, Panel, Preview, ProblemLine, Said, Standing, TextView,
};
pub use problems::{name_of as input_of_problem, said as said_problem};
pub use revise::{send as send_revision, show as show_revision};
pub use sent::{Sent, consent, place_of, said_of_change};
pub use standing::{Doors, ReasonForm, doors, propose_change, publish_problem, sent_to_review};
pub use work::{Composed, Work};

/// What the last input of the form is called: a form that came without its end was cut on the way.
pub const END: &str = "fin";

/// Tells whether the form has a field of this key: identity, kind and old addresses are not typed.
fn is_edited(key: &str) -> bool {
    !matches!(key, "id" | "kind" | "aliases")
}

/// Which view of the form.
#[derive(Debug, Default, Deserialize)]
pub struct View {
    /// `source` shows the whole file.
    #[serde(default)]
    vue: String,
    /// `reprendre` takes a draft up again.
    #[serde(default)]
    brouillon: String,
}

/// The card being edited and all that surrounds it.
pub struct Desk {
    /// The moment that the page shows.
    pub snapshot: Arc<Snapshot>,
    /// Where the card is; none while it is new.
    pub head: Option<Arc<Head>>,
    /// Where it would be checked.
    pub path: CardPath,
    /// The version that the form was made from; none for a new card.
    pub base: Option<CommitId>,
    /// The card on the table.
    pub work: Work,
    /// The proposal that is revised; none when the published card is edited.
    pub revised: Option<Revised>,
    /// The drafts that the person may take up again instead.
    pub found: Vec<draft::Found>,
}

/// A proposal whose card is on the table.
#[derive(Clone, Copy)]
pub struct Revised {
    /// Its number.
    pub number: u64,
    /// The revision that the form was made from.
    pub revision: u32,
}

/// Shows the form.
///
/// `GET /{path}/modifier` → 200, also for guests · 301 to its present path · 404
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    view: Query<View>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/modifier", request.uri().query())?;
    if !site.commons.may(&reader.actor, &Act::Suggest).is_yes() {
        reader.signed_in()?;
    }
    let found = draft::find(&site, &reader, &DraftOf::Card(head.id)).await?;
    if let Some(found) = &found
        && view.brouillon == "reprendre"
        && let Some(base) = found.base
        && let Ok(desk) = desk(Arc::clone(&snapshot), &site, Arc::clone(&head), base).await
    {
        return taken_up(&site, &reader, &desk, found);
    }
    let base = *snapshot.commit();
    let mut desk = desk(snapshot, &site, head, base).await?;
    desk.found = found
        .iter()
        .map(|found| draft::Found::of(found, &site, &reader))
        .collect();
    let sent = Sent::nothing(&desk, view.vue == "source");
    edit_page(
        &site,
        &reader,
        &desk,
        &sent,
        StatusCode::OK,
        &[],
        Panel::None,
    )
}

/// Puts a card on the table, as it was in a published version.
async fn desk(
    snapshot: Arc<Snapshot>,
    site: &Site,
    head: Arc<Head>,
    base: CommitId,
) -> Result<Desk, ReadError> {
    let text = text_then(site, &head, base).await?;
    let card = Card::read(&text).0;
    let kind = card.kind().unwrap_or(head.kind);
    let work = Work::on(card, kind, snapshot.config());
    Ok(Desk {
        path: head.path.clone(),
        head: Some(head),
        base: Some(base),
        snapshot,
        work,
        revised: None,
        found: Vec::new(),
    })
}

/// Returns the text that a card had in a published version, wherever it was then.
async fn text_then(site: &Site, head: &Head, base: CommitId) -> Result<Arc<str>, ReadError> {
    for path in std::iter::once(&head.path).chain(&head.aliases) {
        match site.commons.text_at(path, &base).await {
            Err(ReadError::Missing) => {}
            text => return text,
        }
    }
    Err(ReadError::Missing)
}

/// Shows the form with what a draft kept.
pub fn taken_up(
    site: &Site,
    reader: &Reader,
    desk: &Desk,
    draft: &terreau_commons::Draft,
) -> Answer {
    let typed = Inputs::from_pairs(draft.typed.clone());
    let sent = Sent::of(typed, desk, site.base_url());
    edit_page(site, reader, desk, &sent, StatusCode::OK, &[], Panel::None)
}

/// Takes what was typed: shows it as a card, shows what it changes, gives it to keep, keeps it as a draft, suggests, proposes or
/// publishes it.
///
/// `POST /{path}/modifier` → 303 to the card · 200 preview, changes or file · 204 draft kept for a script · 401 and 403 with the
/// form · 409 page with the three texts · 422 form with its problems · 429 with the form
pub async fn send(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    let typed = Inputs::from_pairs(form.into_inner());
    if !typed.has(END) {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let snapshot = site.commons.snapshot();
    let head = match snapshot.resolve(&path) {
        Resolved::Card(head) => head,
        Resolved::Moved(to) => Arc::clone(snapshot.head(&to).ok_or_else(Failure::missing)?),
        _ => return Err(Failure::missing()),
    };
    let base =
        CommitId::parse(typed.one("base")).map_err(|_| Failure::of(FailureKind::Malformed))?;
    let desk = desk(snapshot, &site, head, base).await?;
    let sent = Sent::of(typed, &desk, site.base_url());
    if sent.button() == "suggerer" && is_guest(&site, &reader, &desk, &sent.typed, true) {
        let visitor = visitor(&request);
        return guest::suggest(&site, &reader, &mailer, visitor, &desk, &sent).await;
    }
    act(&site, &reader, &desk, &sent).await
}

/// Does what the pressed button asks.
pub async fn act(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent) -> Answer {
    let only_looks = matches!(sent.button(), "" | "apercu" | "changements" | "telecharger");
    let is_guest = is_guest(site, reader, desk, &sent.typed, sent.was_sent);
    if reader.is_anonymous() && !(is_guest && only_looks) {
        return edit_page(
            site,
            reader,
            desk,
            sent,
            StatusCode::UNAUTHORIZED,
            &[],
            Panel::None,
        );
    }
    match sent.button() {
        "telecharger" => Ok(download(desk, &sent.card)),
        "apercu" => edit_page(
            site,
            reader,
            desk,
            sent,
            StatusCode::OK,
            &[],
            preview(desk, sent, reader.words()),
        ),
        "changements" => {
            let snapshot = site.commons.snapshot();
            let kind = sent.card.kind().unwrap_or(Kind::Page);
            let change = ChangeView::of(
                &prose_diff(&desk.work.card, &sent.card),
                kind,
                snapshot.config(),
                reader.words(),
            );
            edit_page(
                site,
                reader,
                desk,
                sent,
                StatusCode::OK,
                &[],
                Panel::Changes(Box::new(change)),
            )
        }
        "publier" => publish(site, reader, desk, sent).await,
        "proposer" => propose(site, reader, desk, sent).await,
        "brouillon" => draft::save(site, reader, desk, sent).await,
        _ => edit_page(site, reader, desk, sent, StatusCode::OK, &[], Panel::None),
    }
}

/// Sends what was typed to those who review: as a new proposal, or as another revision of one.
async fn propose(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent) -> Answer {
    let again = |status, problems: &[Problem]| {
        edit_page(site, reader, desk, sent, status, problems, Panel::None)
    };
    if sent.wants_care(reader.words()) {
        return again(StatusCode::UNPROCESSABLE_ENTITY, &[]);
    }
    let error = match sent.propose(site, reader, desk).await {
        Ok(number) => {
            draft::forget(site, reader, draft::subject(desk)).await;
            return Ok(sent_to_review(site, number, desk.revised.is_some()));
        }
        Err(error) => error,
    };
    match error {
        ProposalError::Unpublishable(PublishError::Conflict(conflict))
            if desk.revised.is_none() =>
        {
            crate::pages::conflict::propose(site, reader, &desk.path, &conflict, &sent.message())
        }
        ProposalError::Unpublishable(PublishError::Invalid(problems)) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, &problems)
        }
        ProposalError::SignIn => again(StatusCode::UNAUTHORIZED, &[]),
        ProposalError::NotAllowed(_) => again(StatusCode::FORBIDDEN, &[]),
        ProposalError::Outdated => blamed(site, reader, desk, sent, "edit-revised-meanwhile"),
        ProposalError::Closed(_) => blamed(site, reader, desk, sent, "edit-closed-meanwhile"),
        ProposalError::Nothing => blamed(site, reader, desk, sent, "edit-nothing-to-propose"),
        ProposalError::Unpublishable(PublishError::Exists) if desk.base.is_none() => {
            place_taken(site, reader, desk, sent)
        }
        other => Err(other.into()),
    }
}

/// Shows the form of a new card again: another card is where it would be.
fn place_taken(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent) -> Answer {
    let mut blamed = sent.clone();
    blamed.place_problem = Some("new-card-place-taken");
    edit_page(
        site,
        reader,
        desk,
        &blamed,
        StatusCode::UNPROCESSABLE_ENTITY,
        &[],
        Panel::None,
    )
}

/// Shows the form again with what kept it from being sent; nothing typed is lost.
fn blamed(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent, key: &'static str) -> Answer {
    let mut blamed = sent.clone();
    blamed.blame = Some(key);
    edit_page(
        site,
        reader,
        desk,
        &blamed,
        StatusCode::UNPROCESSABLE_ENTITY,
        &[],
        Panel::None,
    )
}

async fn publish(site: &Site, reader: &Reader, desk: &Desk, sent: &Sent) -> Answer {
    if sent.wants_care(reader.words()) {
        return edit_page(
            site,
            reader,
            desk,
            sent,
            StatusCode::UNPROCESSABLE_ENTITY,
            &[],
            Panel::None,
        );
    }
    match sent.publish(site, reader, desk).await {
        Ok(saved) => {
            draft::forget(site, reader, draft::subject(desk)).await;
            let done = match (saved.unchanged, saved.merged, desk.base.is_none()) {
                (true, ..) => "inchangee",
                (_, true, _) => "reunie",
                (_, _, true) => "creee",
                _ => "publiee",
            };
            Ok(layout::see_other(url::with_query(
                &url::card(&saved.path),
                &[("fait", done)],
            )))
        }
        Err(PublishError::Conflict(conflict)) => {
            crate::pages::conflict::page(site, reader, &desk.path, &conflict, &sent.message())
        }
        Err(PublishError::Invalid(problems)) => edit_page(
            site,
            reader,
            desk,
            sent,
            StatusCode::UNPROCESSABLE_ENTITY,
            &problems,
            Panel::None,
        ),
        Err(PublishError::SignIn) => edit_page(
            site,
            reader,
            desk,
            sent,
            StatusCode::UNAUTHORIZED,
            &[],
            Panel::None,
        ),
        Err(PublishError::NotAllowed(_)) => edit_page(
            site,
            reader,
            desk,
            sent,
            StatusCode::FORBIDDEN,
            &[],
            Panel::None,
        ),
        Err(PublishError::Exists) if desk.base.is_none() => place_taken(site, reader, desk, sent),
        Err(other) => Err(other.into()),
    }
}

fn preview(desk: &Desk, sent: &Sent, words: Words) -> Panel {
    let config = desk.snapshot.config();
    Panel::Preview(Box::new(Preview {
        kind: config
            .kind(desk.work.kind)
            .label
            .get(words.language)
            .to_owned(),
        title: sent.card.title().to_owned(),
        summary: sent.card.summary().to_owned(),
        rendered: render(&sent.card, &desk.path, config),
    }))
}

/// Gives what was typed as a file to keep.
fn download(desk: &Desk, card: &Card) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/markdown; charset=utf-8")
        .insert_header((
            "content-disposition",
            format!("attachment; filename=\"{}.md\"", desk.path.slug()),
        ))
        .insert_header(("cache-control", "private, no-store"))
        .body(card.text().to_owned())
}

/// Shows the form with what was typed and what is wrong with it.
pub fn edit_page(
    site: &Site,
    reader: &Reader,
    desk: &Desk,
    sent: &Sent,
    status: StatusCode,
    refused: &[Problem],
    panel: Panel,
) -> Answer {
    let words = reader.words();
    let config = desk.snapshot.config();
    let asks = sent.is_final();
    let mut found: Vec<Problem> = check_card(&desk.path, &sent.card, config);
    // What the whole commons says of the card is said once.
    found.retain(|problem| !refused.contains(problem));
    found.splice(0..0, refused.iter().cloned());
    // Nobody is scolded for what they did not type yet.
    let told: Vec<&Problem> = found
        .iter()
        .filter(|problem| asks || (sent.was_sent && !problem.is_error()))
        .collect();
    let placed: Vec<(Option<String>, &Problem)> = told
        .iter()
        .map(|problem| {
            (
                problems::name_of(problem, &sent.card, &desk.work.texts, config),
                *problem,
            )
        })
        .collect();
    let wrong = sent.wrong(&placed, words);
    let parts = FormParts::of(
        &desk.work,
        &sent.typed,
        config,
        words,
        &wrong,
        desk.base.is_none(),
    );
    let (mut problems, advice) = sent.lines(&placed, &parts, words, asks);
    let guest = Guest::of(site, reader, desk, sent);
    problems.extend(guest.iter().flat_map(Guest::lines));

    let heading = match &desk.head {
        _ if desk.revised.is_some() => {
            words.tell("edit-page-revise", "title", desk.work.card.title())
        }
        Some(head) => words.tell("edit-page-title", "title", &head.title),
        None => words.tell(
            "edit-page-new",
            "kind",
            config.kind(desk.work.kind).label.get(words.language),
        ),
    };
    let section = if desk.head.is_some() { "edit" } else { "new" };
    let action = sent.action(desk);
    let mut around = Layout::new(site, reader, heading.clone())
        .within(section)
        .with_script(site, "edit.js");
    if matches!(
        desk.work.kind,
        Kind::Experience | Kind::Territory | Kind::Organisation
    ) {
        around = around.with_script(site, "territory.js");
    }
    around.here.clone_from(&action);
    around.sign_in = url::sign_in(&action);
    let page = EditPage {
        layout: around,
        heading,
        card_href: match (&desk.revised, &desk.head) {
            (Some(revised), _) => Some(url::proposal(revised.number)),
            (None, head) => head.as_ref().map(|head| url::card(&head.path)),
        },
        doors: Doors::of(site, reader, desk),
        other_view: sent.other_view(desk),
        hidden: sent.hidden(desk),
        draft: draft::subject(desk).map_or_else(String::new, |of| of.to_string()),
        keeps_drafts: draft::are_kept(site, reader),
        found: desk.found.clone(),
        source: sent.is_source.then(|| sent.source(desk)),
        essential: parts.essential,
        place: sent.place(desk, words),
        texts: parts.texts,
        groups: parts.groups,
        licences: fields::licences(),
        message: sent.said(words, asks),
        consent: consent(reader, config, sent.typed.one("accord") == "oui", asks),
        standing: match &guest {
            Some(_) => None,
            None => standing::of(site, reader, desk),
        },
        guest,
        problems,
        advice,
        panel,
        action,
    };
    layout::page(status, &page)
}

#[cfg(test)]
mod tests;
