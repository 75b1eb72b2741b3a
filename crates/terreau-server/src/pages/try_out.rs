//! “I tried it”: what somebody tells in two minutes of a card that they tried, with or without an account.

mod answers;
mod attachments;
mod decide;
mod own;
mod steps;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use chrono::Utc;
use secrecy::ExposeSecret;
use serde::Deserialize;
use terreau_card::Kind;
use terreau_commons::{Head, NewTryOut, Resolved, Snapshot, TryOutError, UNCONFIRMED_LIFE};
use terreau_community::Act;
use terreau_experience::Again;

use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::mail::{Mailer, Sending, TryOutLetter};
use crate::pages::edit::{Choice, Consent, END, Inputs, consent, robotic};
use crate::pages::sign_in::LIMITS;
use crate::place_input::Choice as PlaceChoice;
use crate::visitor::visitor;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

pub use attachments::{
    attach, change as change_attachment, moderated as moderated_attachment, own as own_attachment,
    show as show_attachments,
};
pub use decide::{TryOutLine, decide, lines, look};
pub use own::{act, show as show_own};
pub use steps::{save as save_step, show as show_step};

use answers::{Answers, CRITERIA, Wrong};

/// The kinds of cards that are tried.
const TRIED: [Kind; 5] = [
    Kind::Method,
    Kind::Tool,
    Kind::Action,
    Kind::Survey,
    Kind::Pathway,
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
    wrong: Wrong,
    /// What keeps it from being sent, beside what is said at the fields.
    blame: Option<String>,
    /// What looks like personal data in what was typed; sent again, it passes.
    private: Vec<String>,
    places: Vec<PlaceChoice>,
    months: Vec<Choice>,
    criteria: Vec<Criterion>,
    again: Vec<Choice>,
    is_guest: bool,
    opened: i64,
    consent: Consent,
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
    let form = Shown::new(typed);
    form_page(&site, &reader, &head, form, StatusCode::OK)
}

fn allowed(site: &Site, reader: &Reader) -> Result<(), Failure> {
    if site.commons.may(&reader.actor, &Act::ReportBack).is_yes() {
        return Ok(());
    }
    reader.signed_in()?;
    Err(Failure::of(FailureKind::Refused))
}

/// Returns the card that was tried.
fn tried(snapshot: &Snapshot, path: &str) -> Result<std::sync::Arc<Head>, Failure> {
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
struct Shown {
    typed: Inputs,
    wrong: Wrong,
    blame: Option<&'static str>,
    private: Vec<String>,
    places: Vec<PlaceChoice>,
    asks: bool,
}

impl Shown {
    fn new(typed: Inputs) -> Shown {
        Shown {
            typed,
            wrong: Wrong::default(),
            blame: None,
            private: Vec::new(),
            places: Vec::new(),
            asks: false,
        }
    }
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
        blame: shown.blame.map(|key| words.say(key)),
        wrong: shown.wrong,
        private: shown.private,
        places: shown.places,
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
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let head = tried(&snapshot, typed.one("fiche"))?;
    let again = |mut shown: Shown, blame: Option<&'static str>, status: StatusCode| {
        shown.blame = blame;
        shown.asks = true;
        form_page(&site, &reader, &head, shown, status)
    };
    let bad = StatusCode::UNPROCESSABLE_ENTITY;
    if reader.is_anonymous()
        && let Some(key) = robotic(typed.one("relais"), typed.one("ouvert"))
    {
        return again(Shown::new(typed), Some(key), bad);
    }
    let answers = Answers::read(&typed, &snapshot, &head, &reader);
    let mut shown = Shown::new(typed);
    let (told, email) = match answers {
        Ok(answers) => answers,
        Err(problems) => {
            shown.wrong = problems.wrong;
            shown.places = problems.places;
            return again(shown, None, bad);
        }
    };
    if shown.typed.one("accord") != "oui" {
        return again(shown, None, bad);
    }
    let private = answers::private(&told, words);
    if !private.is_empty() && shown.typed.one("vu") != "oui" {
        shown.private = private;
        return again(shown, None, bad);
    }
    let peer = request.peer_addr();
    let is_flooded = reader.is_anonymous()
        && (!LIMITS.allow_visitor(peer)
            || email
                .as_ref()
                .is_some_and(|email| !LIMITS.allow_letter(email)));
    if is_flooded {
        let status = StatusCode::TOO_MANY_REQUESTS;
        return again(shown, Some("edit-guest-too-many-letters"), status);
    }
    let new = NewTryOut {
        name: told.name.clone(),
        organisation: told.organisation.clone(),
        told: told.try_out,
        email,
        visitor: visitor(&request),
    };
    let sent = match site
        .commons
        .send_try_out(&reader.actor, new, Utc::now())
        .await
    {
        Ok(sent) => sent,
        Err(TryOutError::Full) => {
            return again(shown, Some("try-out-full"), StatusCode::TOO_MANY_REQUESTS);
        }
        Err(TryOutError::Blocked) => {
            let status = StatusCode::FORBIDDEN;
            return again(shown, Some("comments-refused-blocked"), status);
        }
        Err(error) if !error.problems().is_empty() => {
            let problems = error.problems().iter();
            let said = problems.map(|problem| problem.message(words.language));
            shown.wrong.others = said.collect();
            return again(shown, None, bad);
        }
        Err(other) => return Err(other.into()),
    };
    site.waiting.forget();
    let link = url::own_try_out(site.base_url(), sent.token.expose_secret());
    let letter = TryOutLetter::confirm(
        words,
        sent.email,
        snapshot.config().name.get(words.language),
        &head.title,
        &link,
        reader.is_anonymous(),
    )?;
    match mailer.send(letter).first_try().await {
        // Whoever is signed in needs no letter to go on.
        _ if !reader.is_anonymous() => {
            Ok(see_other(url::own_try_out("", sent.token.expose_secret())))
        }
        Sending::Sent | Sending::Later => Ok(see_other(url::TRY_OUT_SENT)),
        Sending::Refused => {
            let now = Utc::now();
            site.commons
                .withdraw_try_out(sent.token.expose_secret(), now)
                .await?;
            let status = StatusCode::SERVICE_UNAVAILABLE;
            again(shown, Some("sign-in-mail-refused"), status)
        }
    }
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
