//! Up to three cards side by side, in the address: nothing is kept of it.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::{CardPath, Kind};
use terreau_commons::{CardView, Head, Resolved, Snapshot};

use crate::facts::{Fact, Piece, Telling, both};
use crate::layout::{kept_search, made_now};
use crate::pages::search::pairs;
use crate::{Answer, Layout, Reader, Site, Words, url};

/// The address of the table.
const SIDE_BY_SIDE: &str = "/comparer";
/// How many cards stand side by side at most.
pub const MOST: usize = 3;

/// A card at the head of a column.
struct Column {
    kind: String,
    title: String,
    href: String,
    summary: String,
    language: Option<String>,
    /// The table without it.
    without: String,
}

/// A row: what it is about, and what each card says.
struct Row<T> {
    label: String,
    /// Whether the cards that say something say different things.
    differs: bool,
    cells: Vec<Option<T>>,
}

#[derive(Template)]
#[template(path = "side_by_side/page.html")]
struct Table {
    layout: Layout,
    columns: Vec<Column>,
    facts: Vec<Row<Fact>>,
    sections: Vec<Row<String>>,
    /// Where another card is looked for.
    add: Option<String>,
}

/// Shows cards side by side.
///
/// `GET /comparer?fiche=<path>&fiche=<path>` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let words = reader.words();
    let heads = read(request.uri().query().unwrap_or_default(), &snapshot);
    let mut views = Vec::with_capacity(heads.len());
    for head in &heads {
        views.push(site.commons.read_card(&snapshot, head).await?);
    }
    let cards: Vec<(&Arc<Head>, &Arc<CardView>)> = heads.iter().zip(&views).collect();
    let page = Table {
        layout: Layout::new(&site, &reader, words.say("side-by-side-title"))
            .described(words.say("side-by-side-lead"))
            .within("side-by-side"),
        columns: columns(&heads, &snapshot, words),
        facts: facts(&cards, &snapshot, words),
        sections: sections(&cards, &snapshot, words),
        add: (heads.len() < MOST).then(|| add_url(&heads)),
    };
    if site.commons.search_shows(snapshot.commit()) {
        kept_search(&site, &request, &reader, snapshot.commit(), &page)
    } else {
        made_now(&site, &request, &reader, &page)
    }
}

/// Returns the address of a table.
pub fn url_of<'a>(paths: impl IntoIterator<Item = &'a CardPath>) -> String {
    let pairs: Vec<(&str, &str)> = paths
        .into_iter()
        .map(|path| ("fiche", path.as_str()))
        .collect();
    url::with_query(SIDE_BY_SIDE, &pairs)
}

/// Reads the cards of an address, each once, under their present paths; what is no card is passed over.
fn read(query: &str, snapshot: &Snapshot) -> Vec<Arc<Head>> {
    let mut heads: Vec<Arc<Head>> = Vec::new();
    for (_, value) in pairs(query).filter(|(name, _)| name == "fiche") {
        let head = match snapshot.resolve(value.trim()) {
            Resolved::Card(head) => Some(head),
            Resolved::Moved(path) => snapshot.head(&path).cloned(),
            _ => None,
        };
        if let Some(head) = head
            && heads.len() < MOST
            && !heads.iter().any(|other| other.id == head.id)
        {
            heads.push(head);
        }
    }
    heads
}

/// Returns where another card is looked for: among those of the kinds that are there.
fn add_url(heads: &[Arc<Head>]) -> String {
    let mut kinds: Vec<Kind> = heads.iter().map(|head| head.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut pairs: Vec<(&str, &str)> = kinds.iter().map(|kind| ("kind", kind.as_str())).collect();
    pairs.extend(heads.iter().map(|head| ("comparer", head.path.as_str())));
    url::with_query("/recherche", &pairs)
}

fn columns(heads: &[Arc<Head>], snapshot: &Snapshot, words: Words) -> Vec<Column> {
    let config = snapshot.config();
    heads
        .iter()
        .map(|head| {
            let others = heads.iter().filter(|other| other.id != head.id);
            let language = head.language_or(config.default_language);
            Column {
                kind: config.kind(head.kind).label.get(words.language).to_owned(),
                title: head.title.clone(),
                href: url::card(&head.path),
                summary: head.summary.clone(),
                language: (language != words.language).then(|| language.code().to_owned()),
                without: url_of(others.map(|other| &other.path)),
            }
        })
        .collect()
}

/// Returns the facts of the cards, a row for each thing that at least one of them says, in the order of the first.
fn facts(
    cards: &[(&Arc<Head>, &Arc<CardView>)],
    snapshot: &Snapshot,
    words: Words,
) -> Vec<Row<Fact>> {
    let said: Vec<Vec<Fact>> = cards
        .iter()
        .map(|(head, view)| {
            let telling = Telling {
                card: &view.card,
                snapshot,
                words,
            };
            let (band, details) = both(head.kind, &telling);
            // Remarks of the band come back among the details, under the same label.
            let mut facts: Vec<Fact> = Vec::new();
            for fact in band.into_iter().chain(details) {
                match facts.iter_mut().find(|known| known.label == fact.label) {
                    Some(known) => {
                        known.note = known.note.take().or_else(|| Some(text_of(&fact.pieces)));
                    }
                    None => facts.push(fact),
                }
            }
            facts
        })
        .collect();
    let mut labels: Vec<&str> = Vec::new();
    for fact in said.iter().flatten() {
        if !labels.contains(&fact.label.as_str()) {
            labels.push(&fact.label);
        }
    }
    labels
        .iter()
        .map(|label| {
            let cells: Vec<Option<Fact>> = said
                .iter()
                .map(|facts| facts.iter().find(|fact| fact.label == *label).cloned())
                .collect();
            let mut texts: Vec<Option<String>> = cells
                .iter()
                .map(|cell| cell.as_ref().map(|fact| text_of(&fact.pieces)))
                .collect();
            texts.dedup();
            Row {
                label: (*label).to_owned(),
                differs: texts.len() > 1,
                cells,
            }
        })
        .collect()
}

fn text_of(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| piece.text.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Returns the sections that help to choose, a row for each that at least one card has. Steps are read on the card.
fn sections(
    cards: &[(&Arc<Head>, &Arc<CardView>)],
    snapshot: &Snapshot,
    words: Words,
) -> Vec<Row<String>> {
    let mut codes: Vec<(String, String)> = Vec::new();
    for (head, _) in cards {
        for section in &snapshot.config().kind(head.kind).sections {
            let is_known = codes.iter().any(|(code, _)| *code == section.code);
            if !is_known && section.code != terreau_card::STEPS {
                let label = section.label.get(words.language).to_owned();
                codes.push((section.code.clone(), label));
            }
        }
    }
    codes
        .into_iter()
        .filter_map(|(code, label)| {
            let cells: Vec<Option<String>> = cards
                .iter()
                .map(|(_, view)| {
                    view.rendered
                        .sections
                        .iter()
                        .find(|section| section.code.as_deref() == Some(&code))
                        .map(|section| without_ids(section.html.as_str()))
                        .filter(|html| !html.trim().is_empty())
                })
                .collect();
            cells.iter().any(Option::is_some).then_some(Row {
                label,
                differs: false,
                cells,
            })
        })
        .collect()
}

/// Takes the fragments out of safe HTML: two cards may have the same ones, and a page has each once.
fn without_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(" id=\"") {
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let value = &after[5..];
        rest = value.find('"').map_or("", |end| &value[end + 1..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_taken_out() {
        assert_eq!(
            without_ids("<h3 id=\"a-b\">A</h3><p>id=\"x\" dit-elle</p>"),
            "<h3>A</h3><p>id=\"x\" dit-elle</p>"
        );
    }

    #[test]
    fn a_table_has_an_address() {
        let path = |path: &str| CardPath::parse(path).expect("a path");
        assert_eq!(
            url_of([&path("outils/a"), &path("outils/b")]),
            "/comparer?fiche=outils/a&fiche=outils/b"
        );
        assert_eq!(url_of([]), "/comparer");
    }
}
