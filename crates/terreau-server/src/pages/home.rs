//! The home page: one search field, three doors, what is new, how much there is, how to take it all away.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_commons::{Head, Snapshot};

use crate::dates::Moment;
use crate::layout::kept;
use crate::{Answer, Layout, Reader, Site, facts, url};

/// How many new cards the page shows.
const NEWEST: usize = 6;

/// A card in a list.
struct Newest {
    kind: String,
    title: String,
    href: String,
    summary: String,
    line: String,
    updated: Moment,
}

/// Where a reader may begin.
struct Door {
    title: String,
    text: String,
    href: String,
}

#[derive(Template)]
#[template(path = "home/page.html")]
struct HomePage {
    layout: Layout,
    description: String,
    doors: Vec<Door>,
    newest: Vec<Newest>,
    counts: Vec<(String, usize, String)>,
    total: usize,
    clone: String,
}

/// Shows the home page.
///
/// `GET /` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let words = reader.words();
    let newest = snapshot
        .newest(NEWEST)
        .iter()
        .map(|head| newest(head, &snapshot, &reader))
        .collect();
    let counts: Vec<_> = snapshot
        .counts()
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            let names = config.kind(kind);
            let name = if count == 1 {
                &names.label
            } else {
                &names.plural
            };
            (
                name.get(reader.language).to_owned(),
                count,
                url::with_query("/recherche", &[("kind", kind.as_str())]),
            )
        })
        .collect();
    let description = config.description.get(reader.language).to_owned();
    let name = config.name.get(reader.language).to_owned();
    let page = HomePage {
        layout: Layout::new(&site, &reader, name)
            .described(description.clone())
            .at(&site, "/")
            .searching(None)
            .within("home"),
        description,
        doors: vec![
            Door {
                title: words.say("home-door-begin"),
                text: words.say("home-door-begin-text"),
                href: crate::pages::begin::BEGIN.into(),
            },
            Door {
                title: words.say("home-door-method"),
                text: words.say("home-door-method-text"),
                href: "/recherche?kind=method&kind=tool".into(),
            },
            Door {
                title: words.say("home-door-tell"),
                text: words.say("home-door-tell-text"),
                href: "/nouvelle-fiche?genre=experience".into(),
            },
        ],
        newest,
        total: counts.iter().map(|(_, count, _)| count).sum(),
        counts,
        clone: format!("git clone {}/commons.git", site.base_url()),
    };
    kept(
        &site,
        &request,
        &reader,
        snapshot.commit(),
        snapshot.commit().short(),
        &page,
    )
    .await
}

fn newest(head: &Head, snapshot: &Snapshot, reader: &Reader) -> Newest {
    Newest {
        kind: snapshot
            .config()
            .kind(head.kind)
            .label
            .get(reader.language)
            .to_owned(),
        title: head.title.clone(),
        href: url::card(&head.path),
        summary: head.summary.clone(),
        line: facts::line(&head.facts, None, reader.words()),
        updated: Moment::of(head.updated, reader.language),
    }
}
