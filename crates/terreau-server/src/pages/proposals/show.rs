//! The page of a proposal: what it changes, what was said of it, what it still needs, and what the reader can do.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_commons::ProposalPage;
use terreau_community::{Act, ProposalState};

use super::cards::{self, CardView};
use super::forms::{Forms, Tried, What};
use super::said::{Age, beginning, does, listed, others, title};
use super::standing::{self, Check, NeedView, Outcome, ReviewView, RevisionView};
use super::talk::{RemarkForm, Talk, ThreadView};
use crate::layout::{made_now, page};
use crate::pages::edit::ProblemLine;
use crate::{Answer, Layout, Reader, Site, Words, url};

/// Which view of the change.
#[derive(Debug, Default, Deserialize)]
pub struct View {
    /// `source` shows lines of the files.
    #[serde(default)]
    vue: String,
}

/// The page.
#[derive(Template)]
#[template(path = "proposals/page.html")]
pub struct ShownProposal {
    layout: Layout,
    number: u64,
    title: String,
    others: Option<String>,
    state: &'static str,
    state_label: String,
    does: String,
    kind: Option<String>,
    reason: String,
    author: String,
    with: Option<String>,
    proposed: Age,
    revised: Option<Age>,
    held: Option<HeldNotice>,
    outcome: Option<Outcome>,
    needs: Vec<NeedView>,
    checks: Vec<Check>,
    cards: Vec<CardView>,
    is_source: bool,
    prose_href: String,
    source_href: String,
    threads: Vec<ThreadView>,
    settled: Vec<ThreadView>,
    remark: Option<RemarkForm>,
    reviews: Vec<ReviewView>,
    revisions: Vec<RevisionView>,
    forms: Forms,
    problems: Vec<ProblemLine>,
    kept: Option<String>,
}

/// That only some people see the proposal.
pub struct HeldNotice {
    /// In a sentence.
    says: String,
    /// Whether the reader may let everyone see it.
    may_show: bool,
}

impl HeldNotice {
    fn of(site: &Site, reader: &Reader, found: &ProposalPage) -> Option<HeldNotice> {
        let may_show = site.commons.may(&reader.actor, &Act::Moderate).is_yes();
        let key = match (found.row.state, may_show) {
            (ProposalState::Open, true) => "proposals-held-moderator",
            (ProposalState::Open, false) => "proposals-held-author",
            _ => "proposals-held-closed",
        };
        found.row.held.then(|| HeldNotice {
            says: reader.words().say(key),
            may_show: may_show && found.row.state == ProposalState::Open,
        })
    }
}

/// Shows a proposal.
///
/// `GET /propositions/{number}?vue=source` → 200 · 304 · 404
pub async fn show(
    request: HttpRequest,
    number: Path<u64>,
    view: Query<View>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let found = site.commons.proposal(&reader.actor, *number).await?;
    let shown = ShownProposal::of(&site, &reader, &found, view.vue == "source", None);
    made_now(&site, &request, &reader, &shown)
}

/// Why what was sent was not done.
pub enum Refusal {
    /// The revision that was read is no longer the present one.
    Outdated,
    /// A field needs something.
    Field(String),
    /// Anything else, in a sentence.
    Because(String),
}

/// Shows a proposal again with what was sent and why it was not done.
pub async fn again(
    site: &Site,
    reader: &Reader,
    number: u64,
    tried: &Tried,
    status: StatusCode,
    refusal: Refusal,
) -> Answer {
    let found = site.commons.proposal(&reader.actor, number).await?;
    let mut shown = ShownProposal::of(site, reader, &found, false, Some(tried));
    // The page is that of the proposal, not of the form that was sent.
    shown.layout.here = url::proposal(number);
    shown.layout.sign_in = url::sign_in(&shown.layout.here);
    if reader.is_anonymous() {
        shown.forms.sign_in = Some(shown.layout.sign_in.clone());
    }
    shown.problems = match refusal {
        Refusal::Field(text) => vec![line(Some(field_of(tried, &found)), text)],
        Refusal::Because(text) => vec![line(None, text)],
        Refusal::Outdated => outdated(&shown, &found, tried, reader.words()),
    };
    page(status, &shown)
}

fn line(href: Option<String>, text: String) -> ProblemLine {
    ProblemLine {
        href,
        text,
        help: String::new(),
    }
}

/// Returns the anchor of the text that needs something.
fn field_of(tried: &Tried, found: &ProposalPage) -> String {
    let card = |file: &str| found.cards.iter().position(|card| card.file == file);
    match (tried.what, tried.thread, &tried.place) {
        (What::Decline, ..) => "#mots-refuser".to_owned(),
        (What::Withdraw, ..) => "#mots-retirer".to_owned(),
        (What::Remark, Some(thread), _) => format!("#reponse-{thread}"),
        (What::Remark, None, Some((file, block))) => match card(file) {
            Some(card) => format!("#remarque-{}-{}", card + 1, block + 1),
            None => "#remarque".to_owned(),
        },
        (What::Remark, ..) => "#remarque".to_owned(),
        _ => "#mots-relire".to_owned(),
    }
}

/// Says what changed since somebody looked: each revision that they have not read.
fn outdated(
    shown: &ShownProposal,
    found: &ProposalPage,
    tried: &Tried,
    words: Words,
) -> Vec<ProblemLine> {
    let mut lines = vec![line(None, words.say("proposals-outdated"))];
    let read = found.revisions.iter().rev();
    let newer = read
        .take_while(|revision| revision.head != tried.seen)
        .count();
    // One that is in none of the revisions says nothing of what was read.
    if newer < found.revisions.len() {
        let told = shown.revisions.iter().take(newer).map(|revision| {
            let text = words.tell_two(
                "proposals-outdated-revision",
                "version",
                &revision.label,
                "author",
                &revision.author,
            );
            ProblemLine {
                href: Some("#changements".to_owned()),
                text: format!("{text} ({})", revision.when.said),
                help: format!("« {} »", beginning(&revision.message, 200)),
            }
        });
        lines.extend(told);
    }
    lines
}

impl ShownProposal {
    fn of(
        site: &Site,
        reader: &Reader,
        found: &ProposalPage,
        is_source: bool,
        tried: Option<&Tried>,
    ) -> ShownProposal {
        let (words, snapshot, now) = (reader.words(), site.commons.snapshot(), Utc::now());
        let row = &found.row;
        let talk = Talk {
            site,
            reader,
            page: found,
            authors: found.authors.iter().map(|person| person.id).collect(),
            tried,
            now,
        };
        let (threads, settled) = talk.on_the_whole();
        let forms = Forms::of(&talk);
        let remark = talk.form();
        let with: Vec<String> = found
            .authors
            .iter()
            .filter(|person| person.id != row.author)
            .map(|person| standing::author(found, person.id, words))
            .collect();
        let href = url::proposal(row.number);
        let is_open = row.state == ProposalState::Open;
        let about = title(&row.title, words);
        let title = words.tell_two(
            "proposals-page-title",
            "number",
            row.number,
            "title",
            &about,
        );
        ShownProposal {
            layout: Layout::new(site, reader, title).within("proposals"),
            number: row.number,
            title: about,
            others: others(&row.files, words),
            state: row.state.as_str(),
            state_label: words.say(&format!("proposals-state-{}", row.state)),
            does: does(&row.files, words),
            kind: cards::kind_of_first(found, &snapshot).map(|kind| {
                let label = &snapshot.config().kind(kind).label;
                label.get(reader.language).to_owned()
            }),
            reason: row.reason.clone(),
            author: standing::author(found, row.author, words),
            with: (!with.is_empty()).then(|| listed(&with, words)),
            proposed: Age::of(row.created_at, now, words),
            revised: found
                .revisions
                .last()
                .filter(|_| row.revision > 1)
                .map(|revision| Age::of(revision.at, now, words)),
            held: HeldNotice::of(site, reader, found),
            outcome: standing::outcome(found, &snapshot, now, words),
            needs: if is_open {
                standing::needs(found, words)
            } else {
                Vec::new()
            },
            checks: standing::checks(found, &snapshot, words),
            cards: cards::views(&talk, &snapshot, is_source),
            is_source,
            source_href: format!("{href}?vue=source"),
            prose_href: href,
            threads,
            settled,
            kept: kept(tried, found, &forms, remark.as_ref()),
            remark,
            reviews: standing::reviews(found, now, words),
            revisions: standing::revisions(found, now, words),
            forms,
            problems: Vec::new(),
        }
    }

    /// Tells whether words are marked as inserted or deleted somewhere.
    fn has_marks(&self) -> bool {
        self.cards
            .iter()
            .any(|card| !card.is_new && card.change.as_ref().is_some_and(|change| !change.is_empty))
    }

    /// Tells whether something was said of the whole.
    fn is_discussed(&self) -> bool {
        !self.threads.is_empty() || !self.settled.is_empty()
    }
}

/// Returns what was typed when no form of the page holds it any more.
fn kept(
    tried: Option<&Tried>,
    found: &ProposalPage,
    forms: &Forms,
    remark: Option<&RemarkForm>,
) -> Option<String> {
    let tried = tried?;
    let has_form = match tried.what {
        What::Review => forms.review.is_some(),
        What::Decline => forms.decline.is_some(),
        What::Withdraw => forms.withdraw.is_some(),
        What::Publish | What::Settle => true,
        What::Remark => match tried.thread {
            Some(id) => {
                found.allowed.remark && found.threads.iter().any(|thread| thread.first.id == id)
            }
            None => remark.is_some(),
        },
    };
    (!has_form && !tried.words.trim().is_empty()).then(|| tried.words.clone())
}
