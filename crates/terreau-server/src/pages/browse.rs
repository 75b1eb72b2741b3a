//! Browsing: the tree of axes, topics, intentions and kinds, each with the number of its cards.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::CommonsConfig;
use terreau_card::facets::Facet;
use terreau_commons::{Answer as Found, Query};

use crate::layout::{kept, made_now};
use crate::{Answer, Layout, Reader, Site, Words, facets, url};

/// The address of the page.
const BROWSE: &str = "/parcourir";

/// A value that one may go to.
struct Branch {
    label: String,
    count: usize,
    href: String,
    under: Vec<Branch>,
}

#[derive(Template)]
#[template(path = "browse/page.html")]
struct BrowsePage {
    layout: Layout,
    axes: Vec<Branch>,
    lists: Vec<(String, Vec<Branch>)>,
}

/// Shows everything there is, by subject and by kind.
///
/// `GET /parcourir` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let words = reader.words();
    let is_current = site.commons.search_shows(snapshot.commit());
    let everything = Query {
        limit: 0,
        ..Query::default()
    };
    let found = site.commons.search(everything).await?;
    let lists = [
        Facet::Topic,
        Facet::Intention,
        Facet::Kind,
        Facet::Territory,
    ]
    .into_iter()
    .map(|facet| {
        let branches = match facet {
            Facet::Territory => places(&found, config, words),
            _ => branches(facet, &found, config, words),
        };
        (facets::heading(facet, words), branches)
    })
    .filter(|(_, branches)| !branches.is_empty())
    .collect();
    let page = BrowsePage {
        layout: Layout::new(&site, &reader, words.say("browse-title"))
            .described(words.say("browse-lead"))
            .at(&site, BROWSE)
            .within("search"),
        axes: branches(Facet::Axis, &found, config, words),
        lists,
    };
    if is_current {
        let commit = snapshot.commit();
        kept(&site, &request, &reader, commit, commit.short(), &page).await
    } else {
        made_now(&site, &request, &reader, &page)
    }
}

fn branches(facet: Facet, found: &Found, config: &CommonsConfig, words: Words) -> Vec<Branch> {
    let values = facet.values(config);
    below(facet, &values, "", found, config, words)
}

/// Returns the regions that have cards; their departments stand under them.
fn places(found: &Found, config: &CommonsConfig, words: Words) -> Vec<Branch> {
    let mut values: Vec<String> = found
        .counts
        .get(&Facet::Territory)
        .into_iter()
        .flatten()
        .map(|(code, _)| code.clone())
        .collect();
    values.sort_by_key(|code| facets::label(Facet::Territory, code, config, words));
    below(Facet::Territory, &values, "", found, config, words)
}

fn below(
    facet: Facet,
    values: &[String],
    above: &str,
    found: &Found,
    config: &CommonsConfig,
    words: Words,
) -> Vec<Branch> {
    let depth = above.matches('/').count();
    values
        .iter()
        .filter(|code| code.starts_with(above) && code.matches('/').count() == depth)
        .map(|code| Branch {
            label: facets::label(facet, code, config, words),
            count: count(found, facet, code),
            href: url::with_query("/recherche", &[(facet.as_str(), code)]),
            under: if facet.is_tree() {
                below(facet, values, &format!("{code}/"), found, config, words)
            } else {
                Vec::new()
            },
        })
        .collect()
}

fn count(found: &Found, facet: Facet, code: &str) -> usize {
    let mut counts = found.counts.get(&facet).into_iter().flatten();
    counts
        .find(|(its, _)| its == code)
        .map_or(0, |(_, count)| *count)
}
