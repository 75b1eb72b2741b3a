//! Renaming: a card gets another address, links to it follow, and the old address leads to the new one for ever.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_card::{CardPath, PathRefusal, slug_of};
use terreau_commons::{CardChange, Head, PublishError, Snapshot};
use terreau_community::Act;

use crate::api::said as one_line;
use crate::layout::{page, see_other};
use crate::pages::card::find;
use crate::pages::edit::{Doors, Said, doors, propose_change, publish_problem};
use crate::{Answer, Layout, Reader, Site, url};

/// What the form asks for.
#[derive(Debug, Default, Deserialize)]
pub struct RenameForm {
    /// The new address, folder and slug.
    #[serde(default)]
    adresse: String,
    /// Why.
    #[serde(default)]
    motif: String,
}

#[derive(Template)]
#[template(path = "rename/page.html")]
struct RenamePage {
    layout: Layout,
    title: String,
    card_href: String,
    action: String,
    path: String,
    address: String,
    address_problem: Option<String>,
    message: Said,
    linking: usize,
    doors: Doors,
    problem: Option<String>,
}

/// Shows the form.
///
/// `GET /{path}/renommer` → 200 · 301 · 303 to sign in · 404
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/renommer", request.uri().query())?;
    reader.signed_in()?;
    let shown = rename_page(
        &site,
        &reader,
        &snapshot,
        &head,
        head.path.to_string(),
        Said::default(),
    );
    page(StatusCode::OK, &shown)
}

fn rename_page(
    site: &Site,
    reader: &Reader,
    snapshot: &Snapshot,
    head: &Head,
    address: String,
    message: Said,
) -> RenamePage {
    RenamePage {
        layout: Layout::new(
            site,
            reader,
            reader.words().tell("rename-title", "title", &head.title),
        )
        .within("edit"),
        title: head.title.clone(),
        card_href: url::card(&head.path),
        action: format!("/{}/renommer", head.path),
        path: head.path.to_string(),
        address,
        address_problem: None,
        message,
        linking: snapshot.links_to(&head.path).len(),
        // Where the card would go is not known yet: where it is decides which button is shown.
        doors: doors(
            site,
            reader,
            &Act::Archive {
                path: head.path.as_str(),
            },
        ),
        problem: None,
    }
}

/// Renames the card.
///
/// `POST /{path}/renommer` → 303 to the new address · 403 · 422 form with its problems
pub async fn send(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    form: Form<RenameForm>,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/renommer", request.uri().query())?;
    reader.signed_in()?;
    let words = reader.words();
    let RenameForm { adresse, motif } = form.into_inner();
    let to = CardPath::parse(adresse.trim().trim_matches('/').trim_end_matches(".md"));
    let near: Vec<String> = adresse
        .trim()
        .trim_matches('/')
        .split('/')
        .map(slug_of)
        .collect();
    let near = near.join("/");
    let message = Said::of(motif, words);
    let mut shown = rename_page(&site, &reader, &snapshot, &head, adresse, message);
    shown.address_problem = match &to {
        Ok(to) if *to == head.path => Some(words.say("rename-same")),
        Ok(_) => None,
        Err(PathRefusal::NotASlug { .. }) => Some(words.tell("rename-not-a-slug", "near", near)),
        Err(PathRefusal::Reserved(word)) => Some(words.tell("rename-reserved", "word", word)),
        Err(PathRefusal::NoFolder) => Some(words.say("rename-no-folder")),
        Err(_) => Some(words.say("rename-refused")),
    };
    if let (Ok(to), None, Some(said)) = (&to, &shown.address_problem, one_line(&shown.message.text))
    {
        let act = Act::Rename {
            from: head.path.as_str(),
            to: to.as_str(),
        };
        if !site.commons.may(&reader.actor, &act).is_yes() {
            let change = CardChange::Rename {
                from: head.path.clone(),
                to: to.clone(),
            };
            match propose_change(&site, &reader, change, said).await? {
                Ok(answer) => return Ok(answer),
                Err(problem) => shown.problem = Some(problem),
            }
            return page(StatusCode::UNPROCESSABLE_ENTITY, &shown);
        }
        match site
            .commons
            .rename(&reader.actor, &head.path, to, said, Utc::now())
            .await
        {
            Ok(saved) => {
                return Ok(see_other(url::with_query(
                    &url::card(&saved.path),
                    &[("fait", "renommee")],
                )));
            }
            Err(PublishError::Exists) => {
                shown.address_problem = Some(words.say("new-card-place-taken"));
            }
            Err(error) => match publish_problem(&error, words) {
                Some(problem) => shown.problem = Some(problem),
                None => return Err(error.into()),
            },
        }
    }
    page(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
