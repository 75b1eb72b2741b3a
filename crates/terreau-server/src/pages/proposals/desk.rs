//! The desk: proposals in lists, by what is left to do.

use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use terreau_card::{CardPath, Kind};
use terreau_commons::{Joins, Only, Order, ProposalFilter, ProposalLine, PublishError, Queue};
use terreau_community::ProposalState;

use super::said::{Age, beginning, does, others, person, standing_line, title};
use crate::layout::made_now;
use crate::{Answer, Layout, Reader, Site, Words, url};

/// How much of a reason a line shows, in characters.
const BEGINNING: usize = 140;

/// What the address asks; unknown words ask for nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskedDesk {
    liste: String,
    kind: String,
    /// A card, by its path: only the proposals that touch it.
    fiche: String,
    tri: String,
    etat: String,
    /// Words that must all be found.
    q: String,
    page: String,
}

/// The lists, in the order of their tabs.
const LISTS: [(Queue, &str, &str); 4] = [
    (Queue::Open, "", "proposals-list-open"),
    (Queue::WaitingForMe, "pour-moi", "proposals-list-waiting"),
    (Queue::Mine, "miennes", "proposals-list-mine"),
    (Queue::Closed, "closes", "proposals-list-closed"),
];

/// The orders to choose between.
const ORDERS: [(Order, &str); 4] = [
    (Order::Oldest, "anciennes"),
    (Order::Newest, "recentes"),
    (Order::Smallest, "petites"),
    (Order::Largest, "grandes"),
];

/// What the list can be narrowed to.
const ONLY: [(Only, &str); 2] = [(Only::Conflicting, "a-reunir"), (Only::Ready, "pretes")];

/// The page.
#[derive(Template)]
#[template(path = "proposals/desk.html")]
struct DeskPage {
    layout: Layout,
    tabs: Vec<Tab>,
    list: &'static str,
    /// What is looked for.
    text: String,
    /// Said when there are more than were looked through for these words.
    looked_through: Option<String>,
    kinds: Vec<Choice>,
    orders: Vec<Choice>,
    only: Vec<Choice>,
    /// The card that the list is about: its path, its address and its title.
    card: Option<(String, String, String)>,
    is_filtered: bool,
    lines: Vec<Line>,
    empty: Empty,
    place: String,
    previous: Option<String>,
    next: Option<String>,
}

/// A list to choose.
struct Tab {
    href: String,
    label: String,
    count: Option<usize>,
    is_shown: bool,
}

/// Something to choose.
struct Choice {
    word: &'static str,
    label: String,
    is_chosen: bool,
}

/// What is said when a list has nothing, and where to go on.
struct Empty {
    title: String,
    text: String,
    next: Vec<(String, String)>,
}

/// One proposal.
pub(super) struct Line {
    href: String,
    title: String,
    others: Option<String>,
    reason: String,
    author: String,
    when: Age,
    about: String,
    standing: String,
    marks: Vec<Mark>,
}

/// Something to notice.
pub(super) struct Mark {
    /// `bad`, `so-so` or `good`.
    class: &'static str,
    text: String,
}

/// Shows the desk.
///
/// `GET /propositions?liste=&kind=&fiche=&tri=&etat=&q=&page=` → 200 · 303 to sign in for lists of one's own, and for what takes
/// reading every proposal · 304
pub async fn show(
    request: HttpRequest,
    asked: Query<AskedDesk>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let words = reader.words();
    let (queue, list, _) = LISTS
        .into_iter()
        .find(|(_, list, _)| *list == asked.liste)
        .unwrap_or(LISTS[0]);
    let order = ORDERS.into_iter().find(|(_, word)| *word == asked.tri);
    let only = ONLY.into_iter().find(|(_, word)| *word == asked.etat);
    let is_weighed = matches!(order, Some((Order::Smallest | Order::Largest, _)));
    if matches!(queue, Queue::Mine | Queue::WaitingForMe) || is_weighed || only.is_some() {
        reader.signed_in()?;
    }
    let card = CardPath::parse(&asked.fiche).ok();
    let text = url::sought(&asked.q);
    let kind: Option<Kind> = asked.kind.parse().ok();
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let filter = ProposalFilter {
        queue,
        folder: kind.map(|kind| config.kind(kind).folder.clone()),
        card: card.clone(),
        only: only.map(|(only, _)| only),
        order: order.map(|(order, _)| order),
        words: text.clone(),
        page: asked.page.parse().unwrap_or(1),
        ..ProposalFilter::default()
    };
    let found = site.commons.proposals(&reader.actor, &filter).await?;
    let now = Utc::now();
    let address = |list: &str, page: usize| {
        let page = if page > 1 {
            page.to_string()
        } else {
            String::new()
        };
        let kind = kind.map_or("", Kind::as_str);
        url::with_query(
            url::PROPOSALS,
            &[
                ("liste", list),
                ("kind", kind),
                ("fiche", card.as_ref().map_or("", CardPath::as_str)),
                ("tri", order.map_or("", |(_, word)| word)),
                ("etat", only.map_or("", |(_, word)| word)),
                ("q", &text),
                ("page", &page),
            ],
        )
    };
    let tabs = LISTS
        .into_iter()
        .filter(|(queue, ..)| {
            !reader.is_anonymous() || matches!(queue, Queue::Open | Queue::Closed)
        })
        .map(|(its, list, label)| Tab {
            href: address(list, 1),
            label: words.say(label),
            count: match its {
                _ if its == queue => Some(found.total),
                Queue::WaitingForMe
                    if kind.is_none() && card.is_none() && only.is_none() && text.is_empty() =>
                {
                    Some(reader.waiting)
                }
                _ => None,
            },
            is_shown: its == queue,
        })
        .collect();
    let orders = ORDERS.into_iter().map(|(_, word)| Choice {
        word,
        label: words.say(&format!("proposals-order-{word}")),
        is_chosen: order.is_some_and(|(_, chosen)| chosen == word),
    });
    let states = ONLY.into_iter().map(|(_, word)| Choice {
        word,
        label: words.say(&format!("proposals-only-{word}")),
        is_chosen: only.is_some_and(|(_, chosen)| chosen == word),
    });
    let is_filtered = kind.is_some() || card.is_some() || only.is_some() || !text.is_empty();
    let is_known = !reader.is_anonymous();
    let kinds = Kind::ALL.into_iter().map(|its| Choice {
        word: its.as_str(),
        label: config.kind(its).plural.get(reader.language).to_owned(),
        is_chosen: kind == Some(its),
    });
    let template = DeskPage {
        layout: Layout::new(&site, &reader, words.say("proposals-title")).within("proposals"),
        tabs,
        list,
        kinds: kinds.collect(),
        // Sizes and conflicts take reading every proposal: not for everyone.
        orders: orders.take(if is_known { 4 } else { 2 }).collect(),
        only: states.take(if is_known { 2 } else { 0 }).collect(),
        card: card.as_ref().map(|path| {
            let head = snapshot.head(path);
            let title = head.map_or_else(|| path.to_string(), |head| head.title.clone());
            (path.to_string(), url::card(path), title)
        }),
        is_filtered,
        lines: found
            .lines
            .iter()
            .map(|line| Line::of(line, now, words))
            .collect(),
        empty: if text.is_empty() {
            Empty::of(queue, is_filtered, list, words)
        } else {
            Empty::of_words(queue, list, &text, words)
        },
        place: words.tell_two("search-place", "page", found.page, "pages", found.pages),
        previous: (found.page > 1).then(|| address(list, found.page - 1)),
        next: (found.page < found.pages).then(|| address(list, found.page + 1)),
        looked_through: found
            .looked_through
            .map(|count| words.tell("proposals-looked-through", "count", count)),
        text,
    };
    made_now(&site, &request, &reader, &template)
}

impl Empty {
    /// What is said when no proposal of a list holds all the words.
    fn of_words(queue: Queue, list: &str, text: &str, words: Words) -> Empty {
        // What is no longer to review is in the other list that everyone sees.
        let (other, key) = match queue {
            Queue::Closed => ("", "proposals-empty-words-open"),
            _ => ("closes", "proposals-empty-words-closed"),
        };
        let go = |key: &str, query: &[(&str, &str)]| {
            (words.say(key), url::with_query(url::PROPOSALS, query))
        };
        Empty {
            title: words.say("proposals-empty-words"),
            text: String::new(),
            next: vec![
                go(key, &[("liste", other), ("q", text)]),
                go("proposals-empty-words-all", &[("liste", list)]),
            ],
        }
    }

    fn of(queue: Queue, is_filtered: bool, list: &str, words: Words) -> Empty {
        if is_filtered {
            return Empty {
                title: words.say("proposals-empty-kind"),
                text: String::new(),
                next: vec![(
                    words.say("proposals-empty-every-kind"),
                    url::with_query(url::PROPOSALS, &[("liste", list)]),
                )],
            };
        }
        let (word, next) = match queue {
            Queue::WaitingForMe => (
                "waiting",
                vec![("proposals-empty-see-open", url::PROPOSALS)],
            ),
            Queue::Mine => (
                "mine",
                vec![
                    ("proposals-empty-find", "/recherche"),
                    ("proposals-empty-write", "/nouvelle-fiche"),
                ],
            ),
            Queue::Closed => ("closed", vec![("proposals-empty-see-open", url::PROPOSALS)]),
            _ => (
                "open",
                vec![
                    ("proposals-empty-find", "/recherche"),
                    ("proposals-empty-write", "/nouvelle-fiche"),
                ],
            ),
        };
        Empty {
            title: words.say(&format!("proposals-empty-{word}")),
            text: words.say(&format!("proposals-empty-{word}-text")),
            next: next
                .into_iter()
                .map(|(key, href)| (words.say(key), href.to_owned()))
                .collect(),
        }
    }
}

impl Line {
    pub(super) fn of(line: &ProposalLine, now: DateTime<Utc>, words: Words) -> Line {
        let row = &line.row;
        let is_open = row.state == ProposalState::Open;
        Line {
            href: url::proposal(row.number),
            title: title(&row.title, words),
            others: others(&row.files, words),
            reason: beginning(&row.reason, BEGINNING),
            author: person(&line.author, words),
            when: Age::of(row.created_at, now, words),
            about: format!(
                "{} · {}",
                does(&row.files, words),
                words.tell("proposals-size", "count", line.words)
            ),
            standing: if is_open {
                standing_line(&line.standing, words)
            } else {
                closed(line, now, words)
            },
            marks: if is_open {
                marks(line, words)
            } else {
                Vec::new()
            },
        }
    }
}

/// Says what became of a proposal, and when.
fn closed(line: &ProposalLine, now: DateTime<Utc>, words: Words) -> String {
    let state = words.say(&format!("proposals-state-{}", line.row.state));
    match line.row.decided_at {
        Some(at) => format!("{state} {}", Age::of(at, now, words).said),
        None => state,
    }
}

/// Returns what is to be noticed of an open proposal.
fn marks(line: &ProposalLine, words: Words) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |class: &'static str, key: &str| {
        marks.push(Mark {
            class,
            text: words.say(key),
        });
    };
    if line.row.held {
        mark("so-so", "proposals-mark-held");
    }
    if !line.standing.asked_changes.is_empty() {
        mark("bad", "proposals-mark-asked");
    }
    match &line.joins {
        Joins::Not(error) if matches!(error.as_ref(), PublishError::Conflict(_)) => {
            mark("bad", "proposals-mark-conflict");
        }
        Joins::Not(_) => mark("bad", "proposals-mark-blocked"),
        Joins::Joined => mark("so-so", "proposals-mark-outdated"),
        Joins::Cleanly | Joins::Closed => {}
    }
    if line.standing.is_enough() && !matches!(line.joins, Joins::Not(_)) {
        mark("good", "proposals-mark-ready");
    }
    marks
}
