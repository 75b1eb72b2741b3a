//! A conflict: two people changed the same words. The three texts stand side by side, each place is chosen or written anew,
//! and the whole text that was typed stays on the page.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use terreau_card::{Card, CardPath, Choice, Conflict, Conflicts, Merged, Place, Value, merge};
use terreau_commons::{CardEdit, CommitId, EditConflict, PublishError};

use crate::api::said as one_line;
use crate::facts::label_of;
use crate::failure::FailureKind;
use crate::layout;
use crate::pages::compare::spoken;
use crate::pages::edit::{Consent, END, Inputs, ProblemLine, Said, consent, said_of_change};
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// The page.
#[derive(Template)]
#[template(path = "conflict/page.html")]
struct ConflictPage {
    layout: Layout,
    title: String,
    card_href: String,
    action: String,
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

/// What the person chose, and what is wrong with it, to show it again.
#[derive(Default)]
struct Chosen<'a> {
    typed: Option<&'a Inputs>,
    problems: Vec<ProblemLine>,
}

/// Shows the places to choose between.
pub fn page(
    site: &Site,
    reader: &Reader,
    path: &CardPath,
    conflict: &EditConflict,
    message: &str,
) -> Answer {
    let texts = Texts {
        base: &conflict.base,
        published: &conflict.published,
        sent: &conflict.sent,
        head: conflict.head,
    };
    show(
        site,
        reader,
        path,
        &texts,
        &conflict.conflicts,
        message,
        Chosen::default(),
    )
}

/// The three texts, and the version that shows the published one.
struct Texts<'a> {
    base: &'a str,
    published: &'a str,
    sent: &'a str,
    head: CommitId,
}

fn show(
    site: &Site,
    reader: &Reader,
    path: &CardPath,
    texts: &Texts<'_>,
    conflicts: &Conflicts,
    message: &str,
    chosen: Chosen<'_>,
) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let title = Card::read(texts.published).0.title().to_owned();
    let asks = chosen.typed.is_some();
    let places: Vec<PlaceView> = conflicts
        .conflicts()
        .enumerate()
        .map(|(index, conflict)| view(index, conflict, chosen.typed, words))
        .collect();
    let has_consent = chosen
        .typed
        .is_none_or(|typed| typed.one("accord") == "oui");
    let said = Said {
        text: message.to_owned(),
        problem: said_of_change(message, words).err().filter(|_| asks),
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
    let page = ConflictPage {
        layout: Layout::new(
            site,
            reader,
            words.tell("conflict-page-title", "title", &title),
        )
        .within("edit"),
        title,
        card_href: url::card(path),
        action: format!("/{path}/conflit"),
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
    let malformed = || Failure::of(FailureKind::Malformed);
    if !typed.has(END) {
        return Err(malformed());
    }
    let path = CardPath::parse(&path).map_err(|_| Failure::missing())?;
    let head = CommitId::parse(typed.one("tete")).map_err(|_| malformed())?;
    let published = site.commons.text_at(&path, &head).await?;
    let texts = Texts {
        base: typed.one("depart"),
        published: &published,
        sent: typed.one("envoi"),
        head,
    };
    let message = typed.one("motif").to_owned();
    let (conflicts, text) = match merge(texts.base, texts.published, texts.sent) {
        Merged::Clean(text) => (None, text),
        Merged::Conflicted(conflicts) => {
            let text = conflicts.resolve(&choices(&conflicts, &typed));
            (Some(conflicts), text)
        }
    };
    let again = |conflicts: Option<Conflicts>, problems: Vec<ProblemLine>| {
        let conflicts = conflicts.unwrap_or(Conflicts { parts: Vec::new() });
        let chosen = Chosen {
            typed: Some(&typed),
            problems,
        };
        show(&site, &reader, &path, &texts, &conflicts, &message, chosen)
    };
    let (Some(said), true) = (one_line(&message), typed.one("accord") == "oui") else {
        return again(conflicts, Vec::new());
    };
    let edit = CardEdit {
        path: path.clone(),
        text,
        base: Some(head),
        message: said,
        request_key: None,
    };
    match site.commons.publish(&reader.actor, edit, Utc::now()).await {
        Ok(saved) => Ok(layout::see_other(url::with_query(
            &url::card(&saved.path),
            &[("fait", "publiee")],
        ))),
        Err(PublishError::Conflict(conflict)) => page(&site, &reader, &path, &conflict, &message),
        Err(PublishError::SignIn) => {
            let text = reader.words().say("edit-standing-signed-out");
            again(
                conflicts,
                vec![ProblemLine {
                    href: Some(url::sign_in(&url::card(&path))),
                    text,
                    help: String::new(),
                }],
            )
        }
        Err(PublishError::Invalid(problems)) => {
            let lines = problems
                .iter()
                .filter(|problem| problem.is_error())
                .map(|problem| ProblemLine {
                    href: None,
                    text: problem.message(reader.language),
                    help: problem.help(reader.language),
                });
            again(conflicts, lines.collect())
        }
        Err(other) => Err(other.into()),
    }
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
