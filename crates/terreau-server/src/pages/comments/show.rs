//! The page of the comments on a card.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::Utc;
use terreau_commons::{CommentRow, CommentThread, Head, MAX_COMMENT, TalkError};
use terreau_community::{Act, CommentState};

use super::act::{Tried, What};
use super::foot::TalkFoot;
use super::said::paragraphs;
use super::{address, refusal_key};
use crate::dates::Moment;
use crate::facts::Piece;
use crate::layout::{made_now, page};
use crate::pages::card::find;
use crate::pages::edit::ProblemLine;
use crate::pages::proposals::say_person;
use crate::{Answer, Failure, Layout, Reader, Site, url};

/// A comment, ready to show.
pub struct CommentView {
    /// Names it in addresses.
    pub id: i64,
    /// Who; nobody when they took it back.
    pub author: Option<String>,
    /// When.
    pub when: Moment,
    /// What they said.
    pub body: Vec<Vec<Piece>>,
    /// As they typed it, to write it anew.
    pub text: String,
    /// Where it is in its life, when others do not see it.
    pub state: Option<String>,
    /// What a moderator asks or why they declined it.
    pub note: Option<String>,
    /// Whether the person may take it back.
    pub may_delete: bool,
    /// Whether the person may write it anew.
    pub may_rewrite: bool,
    /// Whether it can be spoken against.
    pub may_report: bool,
}

/// A comment and its answers, ready to show.
struct ThreadView {
    /// Names it, by the comment that began it.
    id: i64,
    /// What was said, that one first.
    comments: Vec<CommentView>,
    is_closed: bool,
    may_answer: bool,
    may_close: bool,
}

/// What somebody sent that was not done, as the forms show it again.
#[derive(Default)]
pub struct Again {
    /// The form it is about: a comment's identifier, or 0.
    id: i64,
    what: Option<What>,
    words: String,
    name: String,
    email: String,
    is_warned: bool,
}

impl Again {
    /// Returns what was typed in a form of this kind.
    fn typed(&self, what: What, id: i64) -> &str {
        if self.is_of(what, id) {
            &self.words
        } else {
            ""
        }
    }

    /// Tells whether what looks private was said already.
    fn is_warned(&self) -> bool {
        self.is_warned
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn email(&self) -> &str {
        &self.email
    }

    fn is_of(&self, what: What, id: i64) -> bool {
        self.what == Some(what) && self.id == id
    }
}

#[derive(Template)]
#[template(path = "comments/page.html")]
struct CommentsPage {
    layout: Layout,
    title: String,
    card: String,
    action: String,
    talk: TalkFoot,
    threads: Vec<ThreadView>,
    /// Whether the person may comment.
    may_comment: bool,
    /// Whether what they comment waits.
    waits: bool,
    /// Whether they must say who they are to tell the stewards something.
    is_guest: bool,
    opened: i64,
    limit: usize,
    again: Again,
    problems: Vec<ProblemLine>,
    /// What was typed in a form that is no longer there.
    kept: Option<String>,
}

impl CommentsPage {
    fn answer_words(&self, thread: &i64) -> &str {
        self.again.typed(What::Comment, *thread)
    }

    fn is_answered(&self, thread: &i64) -> bool {
        self.again.is_of(What::Comment, *thread)
    }

    fn comment_words(&self) -> &str {
        self.again.typed(What::Comment, 0)
    }

    fn private_words(&self) -> &str {
        self.again.typed(What::Private, 0)
    }

    fn is_private(&self) -> bool {
        self.again.what == Some(What::Private)
    }

    fn report_words(&self, id: &i64) -> &str {
        self.again.typed(What::Report, *id)
    }

    fn is_reported(&self, id: &i64) -> bool {
        self.again.is_of(What::Report, *id)
    }

    /// Returns what stands in the form that writes a comment anew.
    fn rewritten<'a>(&'a self, comment: &'a CommentView) -> &'a str {
        if self.again.is_of(What::Rewrite, comment.id) {
            &self.again.words
        } else {
            &comment.text
        }
    }
}

/// Shows the comments on a card.
///
/// `GET /{path}/commentaires` → 200 · 301 to its present path · 304 · 404
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let query = request.uri().query();
    let head = find(&snapshot, &path, "/commentaires", query)?;
    let shown = make(&site, &reader, &head, None).await?;
    made_now(&site, &request, &reader, &shown)
}

/// Shows the page again with what was sent and why it was not done.
pub async fn again(site: &Site, reader: &Reader, head: &Head, tried: Tried) -> Answer {
    let status = tried.status();
    let mut shown = make(site, reader, head, Some(tried)).await?;
    // The page is that of the comments, not of the form that was sent.
    shown.layout.here = address(&head.path);
    shown.layout.sign_in = url::sign_in(&shown.layout.here);
    page(status, &shown)
}

async fn make(
    site: &Site,
    reader: &Reader,
    head: &Head,
    tried: Option<Tried>,
) -> Result<CommentsPage, Failure> {
    let words = reader.words();
    let may = |act: &Act<'_>| site.commons.may(&reader.actor, act).is_yes();
    let (may_comment, may_moderate) = (may(&Act::Comment), may(&Act::Moderate));
    let threads = site.commons.comments(&reader.actor, head.id).await?;
    let me = reader.account().map(|account| account.id);
    let view = |row: CommentRow| view(row, reader, me);
    let threads: Vec<ThreadView> = threads
        .into_iter()
        .map(|CommentThread { first, answers }| {
            let is_closed = first.closed_at.is_some();
            let is_shown = first.state == CommentState::Shown;
            ThreadView {
                is_closed,
                may_answer: may_comment && is_shown && !is_closed,
                may_close: may_moderate && is_shown,
                id: first.id,
                comments: std::iter::once(first).chain(answers).map(view).collect(),
            }
        })
        .collect();
    let title = words.tell("comments-title", "title", &head.title);
    let now = Utc::now().timestamp();
    let mut shown = CommentsPage {
        layout: Layout::new(site, reader, title)
            .at(site, &address(&head.path))
            .within("card"),
        title: head.title.clone(),
        card: url::card(&head.path),
        action: address(&head.path),
        talk: TalkFoot::of(site, reader, head).await?,
        threads,
        may_comment,
        waits: reader
            .account()
            .is_some_and(|account| terreau_community::is_stranger(account)),
        is_guest: reader.is_anonymous(),
        opened: now,
        limit: MAX_COMMENT,
        again: Again::default(),
        problems: Vec::new(),
        kept: None,
    };
    if let Some(tried) = tried {
        shown.take_up(tried, reader);
    }
    Ok(shown)
}

impl CommentsPage {
    /// Puts what was sent back where it was typed, with what is wrong.
    fn take_up(&mut self, tried: Tried, reader: &Reader) {
        let words = reader.words();
        self.opened = tried.opened.unwrap_or(self.opened);
        let has_form = match tried.what {
            What::Private => true,
            What::Comment if tried.id == 0 => self.may_comment,
            What::Comment => self
                .threads
                .iter()
                .any(|thread| thread.id == tried.id && thread.may_answer),
            What::Rewrite => self.all().any(|one| one.id == tried.id && one.may_rewrite),
            What::Report => self.all().any(|one| one.id == tried.id && one.may_report),
        };
        let field = match tried.what {
            What::Private => "prive".to_owned(),
            What::Comment if tried.id == 0 => "mots".to_owned(),
            What::Comment => format!("reponse-{}", tried.id),
            What::Rewrite => format!("reprise-{}", tried.id),
            What::Report => format!("raison-{}", tried.id),
        };
        self.problems = tried
            .problems(words)
            .into_iter()
            .map(|text| ProblemLine {
                href: has_form.then(|| format!("#{field}")),
                text,
                help: String::new(),
            })
            .collect();
        if !has_form && !tried.words.trim().is_empty() {
            self.kept = Some(tried.words.clone());
        }
        self.again = Again {
            id: tried.id,
            what: Some(tried.what),
            is_warned: tried.is_warned(),
            words: tried.words,
            name: tried.name,
            email: tried.email,
        };
    }

    fn all(&self) -> impl Iterator<Item = &CommentView> {
        self.threads.iter().flat_map(|thread| &thread.comments)
    }
}

fn view(row: CommentRow, reader: &Reader, me: Option<terreau_community::AccountId>) -> CommentView {
    let words = reader.words();
    let own = me == Some(row.author.id);
    let is_gone = row.state == CommentState::Deleted;
    CommentView {
        id: row.id,
        author: (!is_gone).then(|| say_person(&row.author, words)),
        when: Moment::with_time(row.at, reader.language),
        body: paragraphs(&row.body),
        state: match row.state {
            CommentState::Waiting => Some(words.say("comments-state-waiting")),
            CommentState::Declined => Some(words.say("comments-state-declined")),
            CommentState::Shown | CommentState::Deleted => None,
        },
        note: row.note.filter(|_| own),
        may_delete: own && !is_gone,
        may_rewrite: own && row.state == CommentState::Waiting,
        may_report: !own && row.state == CommentState::Shown,
        text: row.body,
    }
}

/// Returns the status of a page that says why something was not done.
pub fn status_of(error: &TalkError) -> StatusCode {
    match error {
        TalkError::SignIn => StatusCode::UNAUTHORIZED,
        TalkError::NotAllowed(_) | TalkError::Blocked => StatusCode::FORBIDDEN,
        TalkError::Closed | TalkError::Already => StatusCode::CONFLICT,
        TalkError::Full | TalkError::Enough => StatusCode::TOO_MANY_REQUESTS,
        TalkError::Missing => StatusCode::NOT_FOUND,
        TalkError::NeedsWords | TalkError::TooLong => StatusCode::UNPROCESSABLE_ENTITY,
        TalkError::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Says why something was not done.
pub fn say_refusal(error: &TalkError, words: crate::Words) -> String {
    match error {
        TalkError::TooLong => words.tell(refusal_key(error), "count", MAX_COMMENT),
        other => words.say(refusal_key(other)),
    }
}
