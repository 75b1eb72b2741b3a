//! A conflict: two people changed the same words. The three texts stand side by side, each place is chosen or written anew,
//! and the whole text that was typed stays on the page. An edit that meets another and a proposal that does share the page.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use terreau_card::{
    Card, CardPath, Choice, Conflict, Conflicts, Merged, Place, Problem, Value, merge,
};
use terreau_commons::{
    CardChange, CardEdit, CommitId, DraftOf, EditConflict, ProposalError, PublishError, Suggestion,
};

use crate::api::said as one_line;
use crate::facts::label_of;
use crate::failure::FailureKind;
use crate::layout;
use crate::pages::compare::spoken;
use crate::pages::edit::{
    Consent, END, Inputs, ProblemLine, Said, consent, draft, said_of_change, sent_to_review,
};
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// What the form carries when the choice goes to those who review.
const PROPOSES: &str = "relecture";

/// The page.
#[derive(Template)]
#[template(path = "conflict/page.html")]
struct ConflictPage {
    layout: Layout,
    labels: Labels,
    back: String,
    action: String,
    hidden: Vec<(String, String)>,
    base: String,
    head: String,
    sent: String,
    places: Vec<PlaceView>,
    message: Said,
    consent: Consent,
    problems: Vec<ProblemLine>,
}

/// One place where both edits differ.
struct PlaceView {
    number: usize,
    label: String,
    base: String,
    published: String,
    mine: String,
    choice: &'static str,
    /// What is typed in place of the three; none where a list of fields can only be chosen.
    written: Option<String>,
    /// Whether both texts may stand one after the other.
    may_join: bool,
    rows: usize,
}

/// What the page calls things.
pub struct Labels {
    heading: String,
    lead: String,
    mine: String,
    keep_mine: String,
    keep_both: String,
    go: String,
    back: String,
    whole: String,
    whole_label: String,
}

impl Labels {
    /// Returns the words for one's own edit (`conflict`) or for a proposal (`proposals-conflict`).
    pub fn of(feature: &str, title: &str, words: Words) -> Labels {
        let own = |thing: &str| words.say(&format!("{feature}-{thing}"));
        Labels {
            heading: words.tell("conflict-page-title", "title", title),
            lead: own("page-lead"),
            mine: own("mine"),
            keep_mine: own("keep-mine"),
            keep_both: own("keep-both"),
            go: own("do"),
            back: own("back"),
            whole: own("whole"),
            whole_label: own("whole-label"),
        }
    }
}

/// Where two texts meet: what is chosen between, and where the choice goes.
pub struct Meeting<'a> {
    /// The feature whose words the page uses, see [`Labels::of`].
    pub feature: &'static str,
    /// The three texts.
    pub texts: Texts<'a>,
    /// The places that wait for a choice.
    pub conflicts: &'a Conflicts,
    /// What the person says of the change.
    pub message: &'a str,
    /// Where the choice is sent.
    pub action: String,
    /// Where to go instead.
    pub back: String,
    /// What the form carries and nobody types.
    pub hidden: Vec<(String, String)>,
    /// What was chosen already.
    pub chosen: Chosen<'a>,
}

/// What the person chose, and what is wrong with it, to show it again.
#[derive(Default)]
pub struct Chosen<'a> {
    /// The form that came back.
    pub typed: Option<&'a Inputs>,
    /// What is wrong with it.
    pub problems: Vec<ProblemLine>,
}

/// Shows the places to choose between.
pub fn page(
    site: &Site,
    reader: &Reader,
    path: &CardPath,
    conflict: &EditConflict,
    message: &str,
) -> Answer {
    let texts = Texts::of(conflict);
    let conflicts = &conflict.conflicts;
    show(
        site,
        reader,
        own(path, texts, conflicts, message, false, Chosen::default()),
    )
}

/// Shows the places to choose between, before what is chosen goes to those who review.
pub fn propose(
    site: &Site,
    reader: &Reader,
    path: &CardPath,
    conflict: &EditConflict,
    message: &str,
) -> Answer {
    let texts = Texts::of(conflict);
    let conflicts = &conflict.conflicts;
    show(
        site,
        reader,
        own(path, texts, conflicts, message, true, Chosen::default()),
    )
}

/// Makes the meeting of one's own edit with what is published.
fn own<'a>(
    path: &CardPath,
    texts: Texts<'a>,
    conflicts: &'a Conflicts,
    message: &'a str,
    proposes: bool,
    chosen: Chosen<'a>,
) -> Meeting<'a> {
    Meeting {
        feature: "conflict",
        texts,
        conflicts,
        message,
        action: format!("/{path}/conflit"),
        back: url::card(path),
        hidden: Vec::from_iter(proposes.then(|| ("voie".to_owned(), PROPOSES.to_owned()))),
        chosen,
    }
}

/// The three texts, and the version that shows the published one.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// What both started from.
    pub base: &'a str,
    /// What is published.
    pub published: &'a str,
    /// What was sent.
    pub sent: &'a str,
    /// The version that shows what is published.
    pub head: CommitId,
}

impl<'a> Texts<'a> {
    /// Returns the texts of a conflict.
    pub fn of(conflict: &'a EditConflict) -> Texts<'a> {
        Texts {
            base: &conflict.base,
            published: &conflict.published,
            sent: &conflict.sent,
            head: conflict.head,
        }
    }
}

/// Shows the places to choose between, with what was chosen already.
pub fn show(site: &Site, reader: &Reader, meeting: Meeting<'_>) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let Meeting { texts, chosen, .. } = meeting;
    let title = Card::read(texts.published).0.title().to_owned();
    let asks = chosen.typed.is_some();
    let places: Vec<PlaceView> = meeting
        .conflicts
        .conflicts()
        .enumerate()
        .map(|(index, conflict)| view(index, conflict, chosen.typed, words))
        .collect();
    let has_consent = chosen
        .typed
        .is_none_or(|typed| typed.one("accord") == "oui");
    let said = Said {
        text: meeting.message.to_owned(),
        problem: said_of_change(meeting.message, words)
            .err()
            .filter(|_| asks),
    };
    let consent = consent(reader, config, has_consent, asks);
    let mut problems = chosen.problems;
    for (href, problem) in [("#motif", &said.problem), ("#accord", &consent.problem)] {
        problems.extend(problem.as_ref().map(|text| ProblemLine {
            href: Some(href.to_owned()),
            text: text.clone(),
            help: String::new(),
        }));
    }
    let labels = Labels::of(meeting.feature, &title, words);
    let page = ConflictPage {
        layout: Layout::new(site, reader, labels.heading.clone()).within("edit"),
        labels,
        back: meeting.back,
        action: meeting.action,
        hidden: meeting.hidden,
        base: texts.base.to_owned(),
        head: texts.head.to_string(),
        sent: texts.sent.to_owned(),
        places,
        message: said,
        consent,
        problems,
    };
    let status = if asks {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::CONFLICT
    };
    layout::page(status, &page)
}

fn view(index: usize, conflict: &Conflict, typed: Option<&Inputs>, words: Words) -> PlaceView {
    let label = match &conflict.place {
        Place::Key(key) => label_of(key, words),
        Place::Paragraph {
            section: Some(section),
        } => section.clone(),
        Place::Paragraph { section: None } => words.say("conflict-place-lead"),
    };
    let written = writable(conflict).map(|mine| match typed {
        Some(typed) => typed.one(&format!("c.{index}.texte")).to_owned(),
        None => mine,
    });
    let choice = match typed.map(|typed| typed.one(&format!("c.{index}"))) {
        Some("publie") => "publie",
        Some("deux") => "deux",
        Some("avant") => "avant",
        Some("autre") => "autre",
        _ => "moi",
    };
    let lines = written.iter().flat_map(|text| text.lines());
    let rows = lines
        .map(|line| 1 + line.chars().count() / 75)
        .sum::<usize>()
        .clamp(2, 16);
    // In a merge, what is published is ours and what was sent is theirs.
    PlaceView {
        number: index + 1,
        label,
        base: readable(conflict, &conflict.base),
        published: readable(conflict, &conflict.ours),
        mine: readable(conflict, &conflict.theirs),
        choice,
        written,
        may_join: matches!(conflict.place, Place::Paragraph { .. }),
        rows,
    }
}

/// Returns a text of a conflict as people read it: of a field, its value.
fn readable(conflict: &Conflict, text: &str) -> String {
    match &conflict.place {
        Place::Key(key) => value(key, text)
            .and_then(|value| spoken(&value))
            .unwrap_or_else(|| text.to_owned()),
        Place::Paragraph { .. } => text.to_owned(),
    }
}

/// Returns what stands in the text area of a place, when its text can be typed: a paragraph, or a field of plain text.
fn writable(conflict: &Conflict) -> Option<String> {
    match &conflict.place {
        Place::Paragraph { .. } => Some(conflict.theirs.clone()),
        Place::Key(key) => match value(key, &conflict.theirs) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        },
    }
}

/// Reads the value of a key from its lines.
fn value(key: &str, yaml: &str) -> Option<Value> {
    alone(yaml).value(key).cloned()
}

/// Makes a card of some lines of front matter alone.
fn alone(yaml: &str) -> Card {
    Card::read(&format!("---\n{yaml}\n---\n")).0
}

/// Publishes what was chosen.
///
/// `POST /{path}/conflit` → 303 to the card · 409 when somebody published again meanwhile · 422 page with what is missing
pub async fn settle(
    path: Path<String>,
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let typed = Inputs::from_pairs(form.into_inner());
    let path = CardPath::parse(&path).map_err(|_| Failure::missing())?;
    let settled = Settled::read(&site, &path, &typed).await?;
    let message = typed.one("motif").to_owned();
    let proposes = typed.one("voie") == PROPOSES;
    let again = |problems: Vec<ProblemLine>| {
        let chosen = Chosen {
            typed: Some(&typed),
            problems,
        };
        let texts = settled.texts(&typed);
        show(
            &site,
            &reader,
            own(&path, texts, &settled.conflicts, &message, proposes, chosen),
        )
    };
    let (Some(said), true) = (one_line(&message), typed.one("accord") == "oui") else {
        return again(Vec::new());
    };
    if proposes {
        let change = CardChange::Write {
            path: path.clone(),
            text: settled.text.clone(),
            base: Some(settled.head),
        };
        let suggestion = Suggestion {
            changes: vec![change],
            reason: said,
            request_key: None,
        };
        let proposed = site.commons.propose(&reader.actor, suggestion, Utc::now());
        return match proposed.await {
            Ok(number) => {
                forget_draft(&site, &reader, &path).await;
                Ok(sent_to_review(&site, number, false))
            }
            Err(ProposalError::Unpublishable(PublishError::Conflict(conflict))) => {
                propose(&site, &reader, &path, &conflict, &message)
            }
            Err(ProposalError::Unpublishable(PublishError::Invalid(problems))) => {
                again(problem_lines(&problems, &reader))
            }
            Err(ProposalError::SignIn) => again(vec![signed_out(&reader, &url::card(&path))]),
            Err(other) => Err(other.into()),
        };
    }
    let edit = CardEdit {
        path: path.clone(),
        text: settled.text.clone(),
        base: Some(settled.head),
        message: said,
        request_key: None,
    };
    match site.commons.publish(&reader.actor, edit, Utc::now()).await {
        Ok(saved) => {
            forget_draft(&site, &reader, &path).await;
            Ok(layout::see_other(url::with_query(
                &url::card(&saved.path),
                &[("fait", "publiee")],
            )))
        }
        Err(PublishError::Conflict(conflict)) => page(&site, &reader, &path, &conflict, &message),
        Err(PublishError::SignIn) => again(vec![signed_out(&reader, &url::card(&path))]),
        Err(PublishError::Invalid(problems)) => again(problem_lines(&problems, &reader)),
        Err(other) => Err(other.into()),
    }
}

/// Forgets the draft of a card whose change was just sent.
async fn forget_draft(site: &Site, reader: &Reader, path: &CardPath) {
    let snapshot = site.commons.snapshot();
    let of = snapshot.head(path).map(|head| DraftOf::Card(head.id));
    draft::forget(site, reader, of).await;
}

/// What came back from the page.
pub struct Settled {
    /// The version that shows what is published.
    pub head: CommitId,
    /// What was chosen between; nothing when the texts join by themselves.
    pub conflicts: Conflicts,
    /// The whole text, as chosen.
    pub text: String,
    published: Arc<str>,
}

impl Settled {
    /// Reads the form.
    ///
    /// # Errors
    /// `Malformed` when it was cut on the way, `Missing` when the card was never at the path.
    pub async fn read(site: &Site, path: &CardPath, typed: &Inputs) -> Result<Settled, Failure> {
        let malformed = || Failure::of(FailureKind::Malformed);
        if !typed.has(END) {
            return Err(malformed());
        }
        let head = CommitId::parse(typed.one("tete")).map_err(|_| malformed())?;
        let published = site.commons.text_at(path, &head).await?;
        let (conflicts, text) = match merge(typed.one("depart"), &published, typed.one("envoi")) {
            Merged::Clean(text) => (Conflicts { parts: Vec::new() }, text),
            Merged::Conflicted(conflicts) => {
                let text = conflicts.resolve(&choices(&conflicts, typed));
                (conflicts, text)
            }
        };
        Ok(Settled {
            head,
            conflicts,
            text,
            published,
        })
    }

    /// Returns the three texts that were chosen between.
    pub fn texts<'a>(&'a self, typed: &'a Inputs) -> Texts<'a> {
        Texts {
            base: typed.one("depart"),
            published: &self.published,
            sent: typed.one("envoi"),
            head: self.head,
        }
    }
}

/// Says that the session ended while somebody chose.
pub fn signed_out(reader: &Reader, back: &str) -> ProblemLine {
    ProblemLine {
        href: Some(url::sign_in(back)),
        text: reader.words().say("edit-standing-signed-out"),
        help: String::new(),
    }
}

/// Says what is wrong in a card.
pub fn problem_lines(problems: &[Problem], reader: &Reader) -> Vec<ProblemLine> {
    problems
        .iter()
        .filter(|problem| problem.is_error())
        .map(|problem| ProblemLine {
            href: None,
            text: problem.message(reader.language),
            help: problem.help(reader.language),
        })
        .collect()
}

/// Returns what was chosen for each place; a text that was written anew counts, whatever is ticked.
fn choices(conflicts: &Conflicts, typed: &Inputs) -> Vec<Choice> {
    let choices = conflicts.conflicts().enumerate().map(|(index, conflict)| {
        if let Some(mine) = writable(conflict) {
            let written = typed.one(&format!("c.{index}.texte"));
            if written.trim() != mine.trim() {
                return Choice::Text(rewritten(conflict, written));
            }
        }
        match typed.one(&format!("c.{index}")) {
            "publie" => Choice::Ours,
            "avant" => Choice::Base,
            "deux" => Choice::Both,
            _ => Choice::Theirs,
        }
    });
    choices.collect()
}

/// Returns a typed text as it stands in the file.
fn rewritten(conflict: &Conflict, written: &str) -> String {
    match &conflict.place {
        Place::Paragraph { .. } => written.to_owned(),
        Place::Key(key) => {
            let text = Some(written.trim()).filter(|text| !text.is_empty());
            let card = alone(&conflict.theirs).with(key, text.map(Value::from));
            let lines: Vec<&str> = card.text().lines().filter(|line| *line != "---").collect();
            lines.join("\n")
        }
    }
}

#[cfg(test)]
mod tests;
