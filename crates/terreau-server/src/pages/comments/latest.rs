//! The latest comments of the whole commons, and those that hold some words.

use actix_web::HttpRequest;
use actix_web::web::{Data, Query};
use askama::Template;
use serde::Deserialize;
use terreau_commons::{CommentRow, Head};

use super::{address, paragraphs};
use crate::dates::Moment;
use crate::facts::Piece;
use crate::layout::made_now;
use crate::pages::proposals::say_person;
use crate::{Answer, Layout, Reader, Site, Words, url};

/// What the address asks.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    /// Before which comment the page begins.
    avant: String,
}

/// One comment.
struct Line {
    /// The comment among those of its card.
    href: String,
    card: String,
    title: String,
    author: String,
    when: Moment,
    body: Vec<Vec<Piece>>,
}

#[derive(Template)]
#[template(path = "comments/latest.html")]
struct LatestPage {
    layout: Layout,
    /// What is looked for.
    text: String,
    lines: Vec<Line>,
    /// Said when what is looked for may be further on.
    looked_through: Option<String>,
    /// Where the newest are, on the pages that follow.
    newest: Option<String>,
    next: Option<String>,
}

/// Shows the latest comments that everyone sees, the same to everyone: what waits is found under its card by who wrote it, and
/// in the queue of moderators.
///
/// `GET /commentaires?q=&avant=` → 200 · 304
pub async fn latest(
    request: HttpRequest,
    asked: Query<Asked>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let words = reader.words();
    let text = url::sought(&asked.q);
    let before: Option<i64> = asked.avant.parse().ok();
    let found = site.commons.latest_comments(&text, before).await?;
    let address = |before: &str| url::with_query(url::COMMENTS, &[("q", &text), ("avant", before)]);
    let page = LatestPage {
        layout: Layout::new(&site, &reader, words.say("comments-latest-title")),
        lines: found
            .comments
            .into_iter()
            .map(|(row, head)| line(row, &head, words))
            .collect(),
        looked_through: found
            .looked_through
            .map(|count| words.tell("comments-latest-looked-through", "count", count)),
        newest: before.map(|_| address("")),
        next: found.next.map(|id| address(&id.to_string())),
        text,
    };
    made_now(&site, &request, &reader, &page)
}

fn line(row: CommentRow, head: &Head, words: Words) -> Line {
    Line {
        href: format!("{}#commentaire-{}", address(&head.path), row.id),
        card: url::card(&head.path),
        title: head.title.clone(),
        author: say_person(&row.author, words),
        when: Moment::of(row.at, words.language),
        body: paragraphs(&row.body),
    }
}
