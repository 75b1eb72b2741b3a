//! The full report: every field of an experience, in steps that can be left and taken up again.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use askama::Template;
use chrono::Utc;
use terreau_card::{Card, Kind, check_card};
use terreau_commons::TryOutError;

use super::own::{open_card, private_layout, unreferred};
use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::pages::edit::{
    Control, END, FieldView, FormParts, Inputs, TextView, Work, input_of_problem, said_problem,
};
use crate::pages::new_card::somewhere;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// A step of the full report.
pub struct Step {
    /// Its word in addresses and in keys of words.
    pub word: &'static str,
    /// The fields that it asks for.
    keys: &'static [&'static str],
    /// Whether it asks for the text.
    has_text: bool,
}

/// The steps, in order.
pub const STEPS: [Step; 6] = [
    step(
        "lieu",
        &[
            "title",
            "summary",
            "about",
            "territories",
            "start",
            "end",
            "state",
        ],
    ),
    step(
        "equipe",
        &[
            "leads",
            "partners",
            "funders",
            "participants",
            "participation",
            "independence",
        ],
    ),
    step("moyens", &["duration", "cost", "staff"]),
    Step {
        word: "recit",
        keys: &[],
        has_text: true,
    },
    step(
        "resultats",
        &[
            "figures",
            "satisfactions",
            "obstacles",
            "tips",
            "surprises",
            "testimonies",
        ],
    ),
    step(
        "bilan",
        &[
            "adaptations",
            "again",
            "marks",
            "conflicting_facts",
            "topics",
            "authors",
            "sources",
        ],
    ),
];

const fn step(word: &'static str, keys: &'static [&'static str]) -> Step {
    Step {
        word,
        keys,
        has_text: false,
    }
}

/// Returns the addresses and titles of all steps, photos and documents last, and whether each is the one of this word.
pub fn ways(token: &str, here: &str, words: Words) -> Vec<(String, String, bool)> {
    let back = url::own_try_out("", token);
    let steps = STEPS.iter().map(|step| {
        (
            format!("{back}/completer/{}", step.word),
            title_of(step, words),
            step.word == here,
        )
    });
    let photos = words.say("media-title");
    let last = (url::attachments(token), photos, here.is_empty());
    steps.chain([last]).collect()
}

/// Returns the title of a step.
fn title_of(step: &Step, words: Words) -> String {
    words.say(&format!("try-out-step-{}", step.word))
}

#[derive(Template)]
#[template(path = "try_out/step.html")]
struct StepPage {
    layout: Layout,
    action: String,
    /// Back to the try-out.
    back: String,
    /// Addresses and titles of all steps, and whether each is shown.
    steps: Vec<(String, String, bool)>,
    title: String,
    fields: Vec<FieldView>,
    texts: Vec<TextView>,
    problems: Vec<String>,
}

/// Shows a step.
///
/// `GET /essais/{token}/completer/{step}` → 200 · 404 · 409 once it was decided · 410
pub async fn show(reader: Reader, path: Path<(String, String)>, site: Data<Site>) -> Answer {
    let (token, word) = path.into_inner();
    let number = number_of(&word)?;
    let row = site.commons.own_try_out(&token).await?;
    let card = open_card(&row)?;
    let work = Work::on(card, Kind::Experience, site.commons.snapshot().config());
    let inputs = work.shown.clone();
    step_page(&site, &reader, &token, number, &work, &inputs, &[])
}

fn number_of(word: &str) -> Result<usize, Failure> {
    let number = STEPS.iter().position(|step| step.word == word);
    number.ok_or_else(Failure::missing)
}

fn step_page(
    site: &Site,
    reader: &Reader,
    token: &str,
    number: usize,
    work: &Work,
    inputs: &Inputs,
    wrong: &[(String, String)],
) -> Answer {
    let words = reader.words();
    let step = &STEPS[number];
    let snapshot = site.commons.snapshot();
    let parts = FormParts::of(work, inputs, snapshot.config(), words, wrong, false);
    let groups = parts.groups.into_iter().flat_map(|group| group.fields);
    let mut fields: Vec<FieldView> = parts
        .essential
        .into_iter()
        .chain(groups)
        .filter(|field| key_of(&field.name).is_some_and(|key| step.keys.contains(&key)))
        .collect();
    fields.sort_by_key(|field| {
        let key = key_of(&field.name).unwrap_or_default();
        step.keys.iter().position(|one| *one == key)
    });
    let back = url::own_try_out("", token);
    let shown = StepPage {
        layout: private_layout(site, reader, title_of(step, words)).with_script(site, "edit.js"),
        action: format!("{back}/completer/{}", step.word),
        steps: ways(token, step.word, words),
        title: title_of(step, words),
        fields,
        texts: if step.has_text {
            parts.texts
        } else {
            Vec::new()
        },
        problems: wrong.iter().map(|(_, said)| said.clone()).collect(),
        back,
    };
    let status = if wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(unreferred(page(status, &shown)?))
}

/// Returns the key of the front matter that an input is for.
fn key_of(name: &str) -> Option<&str> {
    name.strip_prefix("f.")?.split('.').next()
}

/// Keeps what a step holds, and goes on.
///
/// `POST /essais/{token}/completer/{step}` → 303 to the next step, or to the try-out · 409 · 410 · 422 the step
pub async fn save(
    reader: Reader,
    path: Path<(String, String)>,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let (token, word) = path.into_inner();
    let number = number_of(&word)?;
    let typed = Inputs::from_pairs(form.into_inner());
    if !typed.has(END) {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let row = site.commons.own_try_out(&token).await?;
    let before = open_card(&row)?;
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let work = Work::on(before.clone(), Kind::Experience, config);
    let step = &STEPS[number];
    let is_asked = |name: &str| match key_of(name) {
        Some(key) => step.keys.contains(&key),
        None => step.has_text,
    };
    let inputs = work.shown.with_some(&typed, is_asked);
    let composed = work.compose(&inputs, config, site.base_url());
    let words = reader.words();
    let mut wrong: Vec<(String, String)> = composed
        .mistyped
        .iter()
        .map(|mistyped| (mistyped.name.clone(), words.say(mistyped.words)))
        .collect();
    // What was wrong before, on another step, keeps nobody from leaving this one.
    let path = somewhere(config, Kind::Experience);
    let known = check_card(&path, &before, config);
    let found = check_card(&path, &composed.card, config);
    let new = found
        .iter()
        .filter(|problem| problem.is_error() && !known.contains(problem));
    wrong.extend(new.map(|problem| {
        let name = input_of_problem(problem, &composed.card, &work.texts, config);
        (name.unwrap_or_default(), said_problem(problem, words).0)
    }));
    if !wrong.is_empty() {
        return step_page(&site, &reader, &token, number, &work, &inputs, &wrong);
    }
    match keep(&site, &token, &before, &composed.card).await {
        Ok(()) => {}
        Err(TryOutError::Outdated) => {
            let changed = words.say("try-out-changed-meanwhile");
            let wrong = [(String::new(), changed)];
            return step_page(&site, &reader, &token, number, &work, &inputs, &wrong);
        }
        Err(other) => return Err(other.into()),
    }
    let back = url::own_try_out("", &token);
    if typed.one("geste") != "suite" {
        return Ok(see_other(url::with_query(&back, &[("fait", "completee")])));
    }
    Ok(see_other(match STEPS.get(number + 1) {
        Some(step) => format!("{back}/completer/{}", step.word),
        None => url::attachments(&token),
    }))
}

async fn keep(site: &Site, token: &str, before: &Card, after: &Card) -> Result<(), TryOutError> {
    if before.text() == after.text() {
        return Ok(());
    }
    let now = Utc::now();
    site.commons
        .complete_try_out(token, before, after, now)
        .await
}
