//! Revising a proposal: the form of a card, on the text that is proposed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path, Query};
use terreau_card::{Card, CardPath, Kind};
use terreau_commons::CommitId;
use terreau_community::ProposalState;

use super::{Desk, END, Inputs, Panel, Revised, Sent, View, Work, act, draft, edit_page, taken_up};
use crate::failure::FailureKind;
use crate::{Answer, Failure, Reader, Site, url};

/// Shows the form on the text that a proposal has for a card, or on the published one when it does not touch it yet.
///
/// `GET /propositions/{number}/modifier/{path}` → 200 · 303 to sign in · 403 · 404
pub async fn show(
    place: Path<(u64, String)>,
    view: Query<View>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    reader.signed_in()?;
    let (number, path) = place.into_inner();
    let mut desk = desk(&site, &reader, number, &path).await?;
    if let Some(of) = draft::subject(&desk)
        && let Some(found) = draft::find(&site, &reader, &of).await?
    {
        if view.brouillon == "reprendre" {
            // What it was typed over: a revision made meanwhile is noticed when it is sent.
            let over = found.typed.iter().find(|(name, _)| name == "revision");
            if let (Some(revised), Some((_, over))) = (&mut desk.revised, over) {
                revised.revision = over.parse().unwrap_or(revised.revision);
            }
            return taken_up(&site, &reader, &desk, &found);
        }
        desk.found = vec![draft::Found::of(&found, &site, &reader)];
    }
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

/// Takes what was typed, as for editing; what is sent becomes the next revision.
///
/// `POST /propositions/{number}/modifier/{path}` → 303 to the proposal · 200 preview, changes or file · 422 form with its
/// problems
pub async fn send(
    place: Path<(u64, String)>,
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let typed = Inputs::from_pairs(form.into_inner());
    if !typed.has(END) {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let (number, path) = place.into_inner();
    let mut desk = desk(&site, &reader, number, &path).await?;
    if let Some(revised) = &mut desk.revised {
        // A revision made meanwhile is noticed when this one is sent.
        revised.revision = typed
            .one("revision")
            .parse()
            .map_err(|_| Failure::of(FailureKind::Malformed))?;
    }
    let sent = Sent::of(typed, &desk, site.base_url());
    act(&site, &reader, &desk, &sent).await
}

async fn desk(site: &Site, reader: &Reader, number: u64, path: &str) -> Result<Desk, Failure> {
    let path = CardPath::parse(path).map_err(|_| Failure::missing())?;
    let found = site.commons.proposal(&reader.actor, number).await?;
    if found.row.state != ProposalState::Open {
        return Err(terreau_commons::ProposalError::Closed(found.row.state).into());
    }
    if !found.allowed.revise {
        return Err(Failure::of(FailureKind::Refused)
            .message("edit-refused-revise")
            .next("proposals-next-proposal", url::proposal(number)));
    }
    let text = site
        .commons
        .proposed_text(&reader.actor, number, &path)
        .await?;
    let card = Card::read(&text).0;
    let snapshot = site.commons.snapshot();
    let kind = card.kind().unwrap_or(Kind::Page);
    let is_new = found
        .cards
        .iter()
        .any(|one| one.is_new && one.path.as_ref() == Some(&path));
    let base = CommitId::parse(&found.row.base).map_err(Failure::unexpected)?;
    Ok(Desk {
        head: snapshot.head(&path).cloned(),
        base: (!is_new).then_some(base),
        work: Work::on(card, kind, snapshot.config()),
        revised: Some(Revised {
            number,
            revision: found.row.revision,
        }),
        path,
        snapshot,
        found: Vec::new(),
    })
}
