//! “I tried it”: what somebody tells in two minutes of a card that they tried, with or without an account.

mod answers;
mod attachments;
mod decide;
mod own;
mod steps;
mod take;

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use chrono::Utc;
use secrecy::ExposeSecret;
use serde::Deserialize;
use terreau_card::Kind;
use terreau_commons::{
    CommitId, Head, PublishError, Resolved, Snapshot, TryOutError, UNCONFIRMED_LIFE,
};
use terreau_community::Act;
use terreau_experience::{Again, Typed};

use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::mail::Mailer;
use crate::pages::edit::{Choice, Consent, END, Inputs, consent, robotic};
use crate::place_input::Choice as PlaceChoice;
use crate::visitor::visitor;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

pub use answers::{Sent, Wrong};
pub use attachments::{
    attach, change as change_attachment, moderated as moderated_attachment, own as own_attachment,
    show as show_attachments,
};
pub use decide::{TryOutLine, decide, lines, look};
pub use own::{act, show as show_own};
pub use steps::{save as save_step, show as show_step};
pub use take::{Refusal, take, version_read};

/// The kinds of cards that are tried.
const TRIED: [Kind; 5] = [
    Kind::Method,
    Kind::Tool,
    Kind::Action,
    Kind::Survey,
    Kind::Pathway,
];
/// How many criteria the form asks for: the first ones of the commons.
const CRITERIA: usize = 4;
/// The inputs of the form that are called otherwise than the fields of a try-out.
const INPUTS: [(&str, &str); 9] = [
    ("territory", "territoire"),
    ("start", "annee"),
    ("people", "personnes"),
    ("story", "recit"),
    ("changed", "change"),
    ("marks", "notes"),
    ("tip", "astuce"),
    ("again", "referait"),
    ("name", "nom"),
];
/// How many cards are offered at once.
const OFFERED: usize = 12;

/// Which card was tried.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Its path.
    #[serde(default)]
    fiche: String,
    /// Words to find it by.
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "try_out/choose.html")]
struct ChoosePage {
    layout: Layout,
    typed: String,
    /// Path, title and kind of the cards that fit.
    cards: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "try_out/form.html")]
struct FormPage {
    layout: Layout,
    /// The card that was tried.
    title: String,
    path: String,
    href: String,
    /// The version that was read.
    commit: String,
    typed: Inputs,
    /// What is wrong, by name of input.
    wrong: Vec<(&'static str, String)>,
    /// What keeps it from being sent, beside what is said at the fields.
    blames: Vec<String>,
    /// What looks like personal data in what was typed; sent again, it passes.
    private: Option<String>,
    places: Vec<PlaceChoice>,
    months: Vec<Choice>,
    criteria: Vec<Criterion>,
    again: Vec<Choice>,
    is_guest: bool,
    opened: i64,
    consent: Consent,
}

impl FormPage {
    /// Returns what is wrong with an input.
    fn wrong_of(&self, input: &str) -> Option<&String> {
        let found = self.wrong.iter().find(|(name, _)| *name == input);
        found.map(|(_, said)| said)
    }
}

/// A criterion with the mark that was chosen.
struct Criterion {
    name: String,
    label: String,
    chosen: String,
}

/// Shows the form, or how to find the card that was tried.
///
/// `GET /essais/nouveau?fiche=` → 200 · 301 to the present path of the card · 404
pub async fn show(asked: Query<Asked>, reader: Reader, site: Data<Site>) -> Answer {
    allowed(&site, &reader)?;
    if asked.fiche.is_empty() {
        return choose(&site, &reader, &asked.q).await;
    }
    let snapshot = site.commons.snapshot();
    let head = tried(&snapshot, &asked.fiche)?;
    if head.path.as_str() != asked.fiche {
        return Err(Failure::moved(url::try_out(&head.path)));
    }
    let mut typed = Inputs::default();
    typed.add("version", &snapshot.commit().to_string());
    if let Some(account) = reader.account() {
        typed.add("nom", account.credit_name.as_str());
        if let Some(organisation) = &account.organisation {
            typed.add("organisation", organisation.as_str());
        }
    }
    let form = Shown {
        typed,
        ..Shown::default()
    };
    form_page(&site, &reader, &head, form, StatusCode::OK)
}

/// Lets through whoever may tell what they tried.
pub fn allowed(site: &Site, reader: &Reader) -> Result<(), Failure> {
    if site.commons.may(&reader.actor, &Act::ReportBack).is_yes() {
        return Ok(());
    }
    reader.signed_in()?;
    Err(Failure::of(FailureKind::Refused))
}

/// Returns the card that was tried.
pub fn tried(snapshot: &Snapshot, path: &str) -> Result<Arc<Head>, Failure> {
    let head = match snapshot.resolve(path) {
        Resolved::Card(head) => Some(head),
        Resolved::Moved(to) => snapshot.head(&to).cloned(),
        _ => None,
    };
    head.filter(|head| TRIED.contains(&head.kind))
        .ok_or_else(|| Failure::missing().next("try-out-next-choose", url::TRY_OUT))
}

/// Shows the cards that fit a few words, or how to begin.
async fn choose(site: &Site, reader: &Reader, typed: &str) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let heads = if typed.trim().is_empty() {
        Vec::new()
    } else {
        let question = terreau_commons::Query {
            text: typed.to_owned(),
            filters: TRIED
                .iter()
                .map(|kind| (terreau_card::facets::Facet::Kind, kind.as_str().to_owned()))
                .collect(),
            is_bare: true,
            limit: OFFERED,
            language: Some(reader.language),
            ..terreau_commons::Query::default()
        };
        let answer = site.commons.search(question).await?;
        let found = answer.hits.iter();
        found
            .filter_map(|hit| snapshot.head(&hit.path).cloned())
            .collect::<Vec<_>>()
    };
    let cards = heads.iter().map(|head| {
        let kind = snapshot.config().kind(head.kind);
        (
            url::try_out(&head.path),
            head.title.clone(),
            kind.label.get(words.language).to_owned(),
        )
    });
    let shown = ChoosePage {
        cards: cards.collect(),
        typed: typed.to_owned(),
        layout: Layout::new(site, reader, words.say("try-out-title")).within("try-out"),
    };
    page(StatusCode::OK, &shown)
}

/// What the form shows beside the card.
#[derive(Default)]
struct Shown {
    typed: Inputs,
    wrong: Wrong,
    blames: Vec<String>,
    private: Option<String>,
    asks: bool,
}

fn form_page(
    site: &Site,
    reader: &Reader,
    head: &Head,
    shown: Shown,
    status: StatusCode,
) -> Answer {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let typed = &shown.typed;
    let chosen = |name: &str, code: &str| typed.one(name) == code;
    let months = (1..=12).map(|month: u32| {
        let code = format!("{month:02}");
        Choice {
            is_chosen: chosen("mois", &code),
            label: words.say(&format!("try-out-month-{month}")),
            code,
        }
    });
    let criteria = config.criteria.iter().take(CRITERIA).map(|criterion| {
        let name = format!("note.{}", criterion.code);
        Criterion {
            chosen: typed.one(&name).to_owned(),
            label: criterion.label.get(words.language).to_owned(),
            name,
        }
    });
    let again = Again::ALL.iter().map(|again| Choice {
        code: again.as_str().to_owned(),
        label: words.say(&format!("try-out-again-{}", again.as_str())),
        is_chosen: chosen("referait", again.as_str()),
    });
    let title = words.tell("try-out-form-title", "title", &head.title);
    let layout = Layout::new(site, reader, title)
        .within("try-out")
        .with_script(site, "territory.js");
    let opened = typed.one("ouvert").parse();
    let wrong = shown.wrong.fields.into_iter().map(|(field, said)| {
        let input = INPUTS.iter().find(|(name, _)| *name == field);
        (input.map_or(field, |(_, input)| input), said)
    });
    let form = FormPage {
        title: head.title.clone(),
        path: head.path.to_string(),
        href: url::card(&head.path),
        commit: typed.one("version").to_owned(),
        months: months.collect(),
        criteria: criteria.collect(),
        again: again.collect(),
        is_guest: reader.is_anonymous(),
        opened: opened.unwrap_or_else(|_| Utc::now().timestamp()),
        consent: consent(reader, config, typed.one("accord") == "oui", shown.asks),
        blames: shown.blames,
        wrong: wrong.collect(),
        private: shown.private,
        places: shown.wrong.places,
        typed: shown.typed,
        layout,
    };
    page(status, &form)
}

/// Takes what was told: a guest gets a letter to confirm it, an account's waits for an editor at once.
///
/// `POST /essais/nouveau` → 303 to where it is · 422 form with what is wrong · 429 form, when too many wait · 503
pub async fn send(
    request: HttpRequest,
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    allowed(&site, &reader)?;
    let typed = Inputs::from_pairs(form.into_inner());
    if !typed.has(END) {
        return Err(Failure::of(FailureKind::Malformed));
    }
    let snapshot = site.commons.snapshot();
    let head = tried(&snapshot, typed.one("fiche"))?;
    let trapped = match reader.is_anonymous() {
        true => robotic(typed.one("relais"), typed.one("ouvert")),
        false => None,
    };
    let taken = match trapped {
        Some(key) => Err(Refusal::Closed(FailureKind::Invalid, key)),
        None => {
            // Nobody typed the version: when it is none, what is told is of the present one.
            let version = version_read(&site, &head, typed.one("version")).await?;
            let sent = sent_of(&typed, version.unwrap_or(*snapshot.commit()));
            take(&site, &reader, &mailer, visitor(&request), &head, &sent).await
        }
    };
    match taken {
        Ok(Some(token)) => Ok(see_other(url::own_try_out("", token.expose_secret()))),
        Ok(None) => Ok(see_other(url::TRY_OUT_SENT)),
        Err(refusal) => refused(&site, &reader, &head, typed, refusal),
    }
}

/// Takes what the inputs of the form hold.
fn sent_of(typed: &Inputs, version: CommitId) -> Sent {
    let one = |name: &str| typed.one(name).to_owned();
    let start = match (typed.one("annee").trim(), typed.one("mois")) {
        (year, "") => year.to_owned(),
        // A month alone says nothing.
        ("", _) => String::new(),
        (year, month) => format!("{year}-{month}"),
    };
    let marks = typed.keys_under("note").into_iter();
    let marks = marks.map(|code| {
        let mark = one(&format!("note.{code}"));
        (code, mark)
    });
    Sent {
        place: (one("territoire"), one("territoire.code")),
        typed: Typed {
            story: one("recit"),
            start,
            people: one("personnes"),
            changed: one("change"),
            marks: marks.collect(),
            tip: one("astuce"),
            again: one("referait"),
        },
        name: one("nom"),
        organisation: one("organisation"),
        email: one("email"),
        version,
        agrees: typed.one("accord") == "oui",
        was_warned: typed.one("vu") == "oui",
    }
}

/// Shows the form again, with why nothing was taken.
fn refused(site: &Site, reader: &Reader, head: &Head, typed: Inputs, why: Refusal) -> Answer {
    let words = reader.words();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut shown = Shown {
        typed,
        asks: true,
        ..Shown::default()
    };
    match why {
        Refusal::Wrong(wrong) => shown.wrong = wrong,
        Refusal::NotAgreed => {}
        Refusal::Private(private) => shown.private = Some(private),
        Refusal::Unpublishable(PublishError::Invalid(problems)) => {
            let problems = problems.iter();
            let said = problems.map(|problem| problem.message(words.language));
            shown.blames = said.collect();
        }
        Refusal::Closed(kind, key) => {
            status = kind.status();
            shown.blames.push(words.say(key));
        }
        Refusal::Unpublishable(error) => return Err(error.into()),
        Refusal::Failed(failure) => return Err(failure),
    }
    form_page(site, reader, head, shown, status)
}

#[derive(Template)]
#[template(path = "try_out/sent.html")]
struct SentPage {
    layout: Layout,
    days: i64,
    in_the_log: bool,
}

/// Tells a guest to look at their letters.
///
/// `GET /essais/envoye` → 200
pub async fn sent(reader: Reader, site: Data<Site>, mailer: Data<Mailer>) -> Answer {
    let title = reader.words().say("try-out-sent-title");
    page(
        StatusCode::OK,
        &SentPage {
            layout: Layout::new(&site, &reader, title).within("try-out"),
            days: UNCONFIRMED_LIFE.num_days(),
            in_the_log: !mailer.sends(),
        },
    )
}

impl From<TryOutError> for Failure {
    fn from(error: TryOutError) -> Failure {
        match error {
            TryOutError::NotAllowed => Failure::of(FailureKind::Refused),
            TryOutError::Blocked => {
                Failure::of(FailureKind::Refused).message("comments-refused-blocked")
            }
            TryOutError::Full => Failure::of(FailureKind::TooMany).message("try-out-full"),
            TryOutError::Missing => {
                Failure::of(FailureKind::Withdrawn).message("try-out-dead-link")
            }
            TryOutError::Outdated => Failure::of(FailureKind::Conflict).message("try-out-outdated"),
            TryOutError::NeedsWords => Failure::of(FailureKind::Malformed),
            TryOutError::Unpublishable(error) => error.into(),
            TryOutError::Person(error) => error.into(),
            TryOutError::Proposal(error) => error.into(),
            TryOutError::Unexpected(source) => Failure::unexpected(source),
        }
    }
}

/// Says a state in words.
fn say_state(words: Words, state: terreau_commons::TryOutState) -> String {
    words.say(&format!("try-out-state-{}", state.as_str()))
}
