//! A new card: choose its kind, then the same form as for editing; its address comes from its title.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use serde::Deserialize;
use terreau_card::{Card, CardId, CardPath, CommonsConfig, Kind};
use terreau_commons::DraftOf;

use crate::failure::FailureKind;
use crate::layout::page;
use crate::pages::edit::{
    Desk, END, Inputs, Panel, Sent, Work, act, draft, edit_page, place_of, taken_up,
};
use crate::{Answer, Failure, Layout, Reader, Site};

/// Which kind of card.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The kind.
    #[serde(default)]
    genre: String,
    /// The identity of a card whose draft is taken up again.
    #[serde(default)]
    brouillon: String,
}

#[derive(Template)]
#[template(path = "new_card/choose.html")]
struct ChoosePage {
    layout: Layout,
    kinds: Vec<KindChoice>,
}

struct KindChoice {
    href: String,
    label: String,
    says: String,
}

/// Shows the kinds, or the form of the kind chosen.
///
/// `GET /nouvelle-fiche?genre=` → 200 · 303 to sign in
pub async fn show(asked: Query<Asked>, reader: Reader, site: Data<Site>) -> Answer {
    let Ok(kind) = asked.genre.parse::<Kind>() else {
        return choose(&reader, &site);
    };
    reader.signed_in()?;
    if let Ok(id) = asked.brouillon.parse()
        && let Some(found) = draft::find(&site, &reader, &DraftOf::New { kind, id }).await?
    {
        let desk = desk(&site, &reader, kind, id);
        return taken_up(&site, &reader, &desk, &found);
    }
    let mut desk = desk(&site, &reader, kind, fresh_id());
    if draft::are_kept(&site, &reader) {
        let drafts = site.commons.drafts(&reader.actor).await?;
        desk.found = drafts
            .iter()
            .filter(|draft| matches!(&draft.of, DraftOf::New { kind: of, .. } if *of == kind))
            .map(|draft| draft::Found::of(draft, &site, &reader))
            .collect();
    }
    let sent = Sent::nothing(&desk, false);
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

fn choose(reader: &Reader, site: &Site) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let kinds = Kind::ALL.into_iter().map(|kind| KindChoice {
        href: format!("/nouvelle-fiche?genre={}", kind.as_str()),
        label: snapshot
            .config()
            .kind(kind)
            .label
            .get(reader.language)
            .to_owned(),
        says: words.say(&format!("new-card-kind-{}", kind.as_str())),
    });
    let layout = Layout::new(site, reader, words.say("new-card-title")).within("new");
    page(
        StatusCode::OK,
        &ChoosePage {
            layout,
            kinds: kinds.collect(),
        },
    )
}

/// Puts an empty card on the table.
fn desk(site: &Site, reader: &Reader, kind: Kind, id: CardId) -> Desk {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let work = Work::on(Card::new(kind, id, reader.language), kind, config);
    let path = somewhere(config, kind);
    Desk {
        head: None,
        path,
        base: None,
        work,
        snapshot,
        revised: None,
        found: Vec::new(),
    }
}

fn fresh_id() -> CardId {
    CardId(uuid::Uuid::now_v7())
}

/// Where a card is checked before it has a title.
pub(crate) fn somewhere(config: &CommonsConfig, kind: Kind) -> CardPath {
    let path = CardPath::parse(&format!("{}/nouvelle", config.kind(kind).folder));
    path.or_else(|_| CardPath::parse("pages/nouvelle"))
        .expect("a folder and a slug are a path")
}

/// Takes what was typed, as for editing.
///
/// `POST /nouvelle-fiche?genre=` → 303 to the card · 200 preview, changes or file · 422 form with its problems
pub async fn send(
    asked: Query<Asked>,
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let typed = Inputs::from_pairs(form.into_inner());
    let kind: Kind = asked
        .genre
        .parse()
        .map_err(|_| Failure::of(FailureKind::Malformed))?;
    if !typed.has(END) {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let id = typed.one("id").parse().unwrap_or_else(|_| fresh_id());
    let mut desk = desk(&site, &reader, kind, id);
    let mut sent = Sent::of(typed, &desk, site.base_url());
    let folder = desk.snapshot.config().kind(kind).folder.clone();
    match place_of(&sent.typed, &folder, sent.card.title()) {
        Ok(path) => {
            let is_taken =
                desk.snapshot.head(&path).is_some() || desk.snapshot.alias(&path).is_some();
            sent.place_problem = is_taken
                .then_some("new-card-place-taken")
                .filter(|_| sent.is_final());
            desk.path = path;
        }
        Err(problem) => sent.place_problem = Some(problem).filter(|_| sent.is_final()),
    }
    act(&site, &reader, &desk, &sent).await
}
