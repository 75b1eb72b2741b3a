//! What people are told, what they watch, and the end of the letters.

mod stop;
mod watch;

use actix_web::HttpRequest;
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use askama::Template;
use terreau_commons::{Notice, Subject};
use terreau_community::{CreditName, NoticeKind};

use crate::dates::Moment;
use crate::layout::page;
use crate::pages::account::own_account;
use crate::pages::comments;
use crate::{Answer, Layout, Reader, Site, Words, url};

pub use stop::{look as look_at_stop, stop as stop_letters};
pub use watch::{WatchButton, watch};

/// Where notices are read.
pub const NOTICES: &str = "/compte/avis";

#[derive(Template)]
#[template(path = "notices/page.html")]
struct NoticesPage {
    layout: Layout,
    lines: Vec<Line>,
    mails: String,
    watched: Vec<Watched>,
    watches_everything: bool,
    topics: Vec<(String, String)>,
}

struct Line {
    says: String,
    href: Option<String>,
    at: Moment,
    is_new: bool,
}

struct Watched {
    subject: String,
    label: String,
    kind: String,
    href: Option<String>,
}

/// Shows one's notices; those that are shown are seen.
///
/// `GET /compte/avis` → 200 · sign-in when nobody is
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    let words = reader.words();
    let notices = site.commons.notices(&reader.actor).await?;
    let newest = notices.iter().map(|notice| notice.row.at).max();
    let has_new = notices.iter().any(|notice| notice.row.seen_at.is_none());
    if let (Some(newest), true, &Method::GET) = (newest, has_new, request.method()) {
        site.commons.see_notices(&reader.actor, newest).await?;
    }
    let watches = site.commons.watches(&reader.actor).await?;
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let topics = config
        .terms("topics")
        .iter()
        .filter(|term| !watches.contains(&Subject::Topic(term.code.clone())))
        .map(|term| {
            (
                term.code.clone(),
                term.label.get(reader.language).to_owned(),
            )
        })
        .collect();
    let mut layout = Layout::new(&site, &reader, words.say("notices-title")).within("notices");
    layout.unseen = 0;
    let shown = NoticesPage {
        layout,
        lines: notices
            .iter()
            .map(|notice| Line {
                says: say_notice(notice, words),
                href: href(notice),
                at: Moment::with_time(notice.row.at, reader.language),
                is_new: notice.row.seen_at.is_none(),
            })
            .collect(),
        mails: words.say(&format!("notices-mails-{}", account.notices)),
        watches_everything: watches.contains(&Subject::Everything),
        watched: watches
            .into_iter()
            .filter_map(|subject| watched(subject, &site, &reader))
            .collect(),
        topics,
    };
    page(StatusCode::OK, &shown)
}

fn watched(subject: Subject, site: &Site, reader: &Reader) -> Option<Watched> {
    let (snapshot, words) = (site.commons.snapshot(), reader.words());
    let named = watch::named(&subject);
    Some(match subject {
        Subject::Everything => Watched {
            subject: named,
            label: words.say("notices-watch-everything"),
            kind: String::new(),
            href: None,
        },
        Subject::Topic(code) => Watched {
            subject: named,
            label: snapshot
                .config()
                .label("topics", &code, reader.language)
                .to_owned(),
            kind: words.say("notices-watch-topic"),
            href: Some(url::with_query("/recherche", &[("topic", &code)])),
        },
        Subject::Search(question) => Watched {
            subject: named,
            label: crate::pages::search::say_question(&question, snapshot.config(), words),
            kind: words.say("notices-watch-search"),
            href: Some(format!("/recherche?{question}")),
        },
        Subject::Card(card) => {
            let head = snapshot.by_id(&card)?;
            Watched {
                subject: named,
                label: head.title.clone(),
                kind: words.say("notices-watch-card"),
                href: Some(url::card(&head.path)),
            }
        }
    })
}

/// Returns where a notice leads.
pub fn href(notice: &Notice) -> Option<String> {
    let is_talk = matches!(
        notice.row.what,
        NoticeKind::Comment
            | NoticeKind::CommentAnswered
            | NoticeKind::CommentShown
            | NoticeKind::CommentAsked
            | NoticeKind::CommentDeclined
    );
    let card = notice.card.as_ref().map(|(path, _)| match is_talk {
        true => comments::address(path),
        false => url::card(path),
    });
    notice.row.number.map(url::proposal).or(card)
}

/// Says a notice in one sentence.
pub fn say_notice(notice: &Notice, words: Words) -> String {
    let who = match &notice.row.by {
        Some(person) => person.name.as_ref().map_or_else(
            || words.say("notices-who-gone"),
            |name| CreditName::as_str(name).to_owned(),
        ),
        None => words.say("notices-who-unknown"),
    };
    let title = match (&notice.proposal, notice.row.number, &notice.card) {
        (Some(title), _, _) => title.clone(),
        (None, Some(number), _) => words.tell("notices-proposal", "number", number),
        (None, None, Some((_, title))) => title.clone(),
        (None, None, None) => words.say("notices-card-unknown"),
    };
    let key = match notice.row.what {
        NoticeKind::ReviewAsked => "notices-says-review-asked",
        NoticeKind::Remark => "notices-says-remark",
        NoticeKind::ChangesAsked => "notices-says-changes-asked",
        NoticeKind::Approved => "notices-says-approved",
        NoticeKind::Published => "notices-says-published",
        NoticeKind::Declined => "notices-says-declined",
        NoticeKind::Conflict => "notices-says-conflict",
        NoticeKind::WatchedChange => "notices-says-watched-change",
        NoticeKind::SearchAnswered => "notices-says-search-answered",
        NoticeKind::Comment => "notices-says-comment",
        NoticeKind::CommentAnswered => "notices-says-comment-answered",
        NoticeKind::CommentShown => "notices-says-comment-shown",
        NoticeKind::CommentAsked => "notices-says-comment-asked",
        NoticeKind::CommentDeclined => "notices-says-comment-declined",
    };
    words.tell_two(key, "who", who, "title", title)
}
