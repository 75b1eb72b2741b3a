//! Finding cards: words, filters that are links, and help when nothing is found.

mod asked;
mod choices;
mod feeds;
mod results;
#[cfg(test)]
mod tests;

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::{CardPath, CommonsConfig};
use terreau_commons::{Dropped, Question, Searched, Snapshot, Sort, WayOut};
use terreau_community::Role;

pub use asked::{Asked, MAP, PER_PAGE, SEARCH, View, pairs, sort_of, sort_word};
pub use choices::{Chip, Choosing, Group};
pub use feeds::{atom, csv};
pub use results::line;

use crate::layout::{kept_search, made_now};
use crate::pages::notices::WatchButton;
use crate::pages::side_by_side;
use crate::{Answer, Layout, Reader, Site, Words, facets, url};
use results::{Found, Results};

/// An order of the results.
struct Order {
    label: String,
    href: String,
    is_on: bool,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    layout: Layout,
    heading: String,
    /// What was searched when it is not what was typed.
    searched: Option<String>,
    /// What the text may have meant: the words, and their address.
    corrected: Option<(String, String)>,
    chips: Vec<Chip>,
    /// The address that takes the text as it is, when filters were read in it.
    as_typed: Option<String>,
    clear: Option<String>,
    groups: Vec<Group>,
    more_groups: Vec<Group>,
    /// Whether a facet among those folded away is chosen.
    more_is_open: bool,
    orders: Vec<Order>,
    found: Vec<Found>,
    /// The cards being compared, to which one may add, and where they are.
    compared: Option<(String, String)>,
    /// Addresses of the pages around this one.
    previous: Option<String>,
    next: Option<String>,
    place: String,
    /// What to drop when nothing is found, with how many cards that gives.
    ways_out: Vec<(String, String)>,
    /// Where the same words are looked for in what is not a card: the name and the address.
    elsewhere: Vec<(String, String)>,
    /// The same answer on the map.
    map: String,
    atom: String,
    csv: String,
    json: String,
    /// The question, when somebody signed in may ask to be told of what answers it.
    watched: Option<WatchButton>,
}

/// Shows what a search finds.
///
/// `GET /recherche?q=&<facet>=&sort=&page=` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let words = reader.words();
    let mut asked = Asked::read(request.uri().query().unwrap_or_default(), config);
    asked.explain &= reader
        .account()
        .is_some_and(|account| account.role >= Role::Editor);
    // Asked before searching: an index that is behind makes a page that is shown once and not kept.
    let is_current = site.commons.search_shows(snapshot.commit());
    let answer = site.commons.search(asked.query(reader.language)).await?;
    let pages = answer.total.div_ceil(PER_PAGE).max(1);
    let choosing = Choosing {
        asked: &asked,
        answer: &answer,
        config,
        words,
    };
    let (groups, more_groups) = choosing.groups();
    let chips = choosing.chips();
    let results = Results {
        asked: &asked,
        snapshot: &snapshot,
        words,
    };
    let heading = heading(&asked, answer.total, words);
    let alone = asked.alone();
    let page = SearchPage {
        layout: Layout::new(&site, &reader, heading.clone())
            .searching(Some(asked.text.clone()))
            .within("search"),
        searched: searched(&answer.searched, words),
        corrected: answer
            .corrected
            .as_ref()
            .map(|text| (text.clone(), asked.saying(text).url())),
        as_typed: (!answer.understood.is_empty()).then(|| asked.as_typed().url()),
        clear: (!asked.filters.is_empty()).then(|| asked.without_filters().url()),
        more_is_open: more_groups.iter().any(|group| group.is_chosen),
        orders: orders(&asked, words),
        compared: compared(&asked.compared, &snapshot, words),
        previous: (asked.page > 1).then(|| asked.at(asked.page.min(pages + 1) - 1).url()),
        next: (asked.page < pages).then(|| asked.at(asked.page + 1).url()),
        place: words.tell_two("search-place", "page", asked.page, "pages", pages),
        ways_out: answer
            .ways_out
            .iter()
            .map(|way| way_out(way, &asked, &snapshot, words))
            .collect(),
        elsewhere: elsewhere(&asked.text, words),
        map: alone.url_at(MAP),
        atom: alone.url_at("/recherche.atom"),
        csv: alone.url_at("/recherche.csv"),
        json: alone.url_at("/api/v1/search"),
        watched: WatchButton::of_search(&asked.question(), &reader, &site).await,
        found: answer
            .hits
            .into_iter()
            .map(|hit| results.found(hit))
            .collect(),
        heading,
        chips,
        groups,
        more_groups,
    };
    if is_current {
        kept_search(&site, &request, &reader, snapshot.commit(), &page)
    } else {
        made_now(&site, &request, &reader, &page)
    }
}

/// Returns where else words are looked for, each place by its own rules.
fn elsewhere(text: &str, words: Words) -> Vec<(String, String)> {
    [
        ("search-elsewhere-proposals", url::PROPOSALS),
        ("search-elsewhere-comments", url::COMMENTS),
        ("search-elsewhere-people", url::PEOPLE),
    ]
    .into_iter()
    .map(|(key, path)| (words.say(key), url::with_query(path, &[("q", text)])))
    .collect()
}

fn heading(asked: &Asked, total: usize, words: Words) -> String {
    let count = words.tell("search-count", "count", total);
    if asked.text.is_empty() {
        count
    } else {
        words.tell_two("search-count-for", "count", &count, "text", &asked.text)
    }
}

fn searched(searched: &Searched, words: Words) -> Option<String> {
    match searched {
        Searched::AsTyped => None,
        Searched::Corrected(text) => Some(words.tell("search-corrected", "text", text)),
        Searched::SomeWords => Some(words.say("search-widened")),
    }
}

fn orders(asked: &Asked, words: Words) -> Vec<Order> {
    [
        (Sort::Relevance, "search-sort-relevance"),
        (Sort::MostTried, "search-sort-tried"),
        (Sort::Newest, "search-sort-newest"),
    ]
    .into_iter()
    .map(|(sort, key)| Order {
        label: words.say(key),
        href: asked.sorted(sort).url(),
        is_on: asked.sort == sort,
    })
    .collect()
}

fn compared(paths: &[CardPath], snapshot: &Snapshot, words: Words) -> Option<(String, String)> {
    let titles: Vec<&str> = paths
        .iter()
        .filter_map(|path| snapshot.head(path))
        .map(|head| head.title.as_str())
        .collect();
    (!titles.is_empty()).then(|| {
        (
            words.tell("search-comparing", "cards", titles.join(" · ")),
            side_by_side::url_of(paths),
        )
    })
}

fn way_out(way: &WayOut, asked: &Asked, snapshot: &Snapshot, words: Words) -> (String, String) {
    let mut other = asked.saying(&way.query_text);
    let dropped = match &way.drop {
        Dropped::Filter(facet, code) => {
            other
                .filters
                .retain(|(its, value)| its != facet || value != code);
            facets::label(*facet, code, snapshot.config(), words)
        }
        Dropped::Word(word) => word.clone(),
    };
    let count = words.tell("search-count", "count", way.total);
    (
        words.tell_two("search-without", "filter", &dropped, "count", &count),
        other.url(),
    )
}

/// Says a question that is kept: « eau » · Type de fiche : Outils.
pub fn say_question(written: &str, config: &CommonsConfig, words: Words) -> String {
    let question = Question::read(written).unwrap_or_default();
    let text = (!question.text.is_empty())
        .then(|| words.tell("search-question-text", "text", &question.text));
    let filters = question.filters.iter().map(|(facet, code)| {
        words.tell_two(
            "search-chip",
            "facet",
            facets::heading(*facet, words),
            "value",
            facets::label(*facet, code, config, words),
        )
    });
    text.into_iter()
        .chain(filters)
        .collect::<Vec<_>>()
        .join(" · ")
}
