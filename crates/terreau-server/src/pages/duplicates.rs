//! Reports that look like the same case: their list, two of them side by side, and what an editor makes of them.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_card::schema::{field_in, fields_of};
use terreau_card::{Card, CardPath, CommonsConfig, Kind};
use terreau_commons::{ProposalError, ReadError, Settling, SideBySide};
use terreau_community::{Act, Answer as Permission};
use terreau_experience::{Alike, Matched, Meeting, Reason};

use crate::added_up::{ReportLine, say_period};
use crate::facts::label_of;
use crate::facts::spoken::Speaker;
use crate::failure::FailureKind;
use crate::layout::{page, see_other};
use crate::pages::edit::publish_problem;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// The address of the list.
pub const DUPLICATES: &str = "/doublons";
/// How many pairs the list shows: an editor settles them one by one.
const MOST_PAIRS: usize = 100;

/// Two reports in the list.
struct PairLine {
    one: ReportLine,
    other: ReportLine,
    likeness: String,
    reasons: Vec<String>,
    href: String,
}

#[derive(Template)]
#[template(path = "duplicates/page.html")]
struct ListPage {
    layout: Layout,
    pairs: Vec<PairLine>,
}

/// What both say of one thing.
struct FieldRow {
    label: String,
    differs: bool,
    one: Option<String>,
    other: Option<String>,
}

#[derive(Template)]
#[template(path = "duplicates/compare.html")]
struct ComparePage {
    layout: Layout,
    one: ReportLine,
    other: ReportLine,
    paths: (String, String),
    is_linked: bool,
    likeness: String,
    reasons: Vec<String>,
    rows: Vec<FieldRow>,
    bodies: (String, String),
    conflicting: String,
    problem: Option<String>,
}

/// Which two reports.
#[derive(Deserialize)]
pub struct Two {
    #[serde(default)]
    une: String,
    #[serde(default)]
    autre: String,
}

/// What becomes of them.
#[derive(Deserialize)]
pub struct SettleForm {
    #[serde(default)]
    une: String,
    #[serde(default)]
    autre: String,
    /// `lier`, `garder`, `reunir` (into the first) or `reunir-autre` (into the other).
    #[serde(default)]
    faire: String,
    /// Where they disagree.
    #[serde(default)]
    divergences: String,
}

/// Lists the pairs.
///
/// `GET /doublons` → 200 · 303 to sign in · 403
pub async fn list(reader: Reader, site: Data<Site>) -> Answer {
    editor(&reader, &site)?;
    let snapshot = site.commons.snapshot();
    let words = reader.words();
    let pairs = site.commons.alike_pairs(&snapshot).await?;
    let page_of_pairs = ListPage {
        layout: Layout::new(&site, &reader, words.say("duplicates-title")).within("duplicates"),
        pairs: pairs
            .iter()
            .take(MOST_PAIRS)
            .map(|pair| PairLine {
                href: compare_url(&pair.one.path, &pair.other.path),
                one: ReportLine::of(&pair.one, None, words),
                other: ReportLine::of(&pair.other, None, words),
                likeness: likeness(&pair.alike, words),
                reasons: reasons(&pair.alike, words),
            })
            .collect(),
    };
    page(StatusCode::OK, &page_of_pairs)
}

/// Shows two reports side by side.
///
/// `GET /doublons/comparer?une=&autre=` → 200 · 303 to sign in · 403 · 404
pub async fn compare(reader: Reader, two: Query<Two>, site: Data<Site>) -> Answer {
    editor(&reader, &site)?;
    let both = both(&site, &two.une, &two.autre).await?;
    page(StatusCode::OK, &compare_page(&site, &reader, &both))
}

/// Proposes what becomes of two reports.
///
/// `POST /doublons/comparer` → 303 to the proposal · 403 · 404 · 422 page with its problem
pub async fn settle(reader: Reader, form: Form<SettleForm>, site: Data<Site>) -> Answer {
    editor(&reader, &site)?;
    let form = form.into_inner();
    let words = reader.words();
    let both = both(&site, &form.une, &form.autre).await?;
    let (mut first, mut second) = (&both.one.report, &both.other.report);
    let (settling, reason) = match form.faire.as_str() {
        "lier" => (Settling::Link, "duplicates-reason-link"),
        "garder" => {
            let conflicting = form.divergences.clone();
            (Settling::KeepBoth { conflicting }, "duplicates-reason-keep")
        }
        "reunir" => (Settling::Join, "duplicates-reason-join"),
        "reunir-autre" => {
            std::mem::swap(&mut first, &mut second);
            (Settling::Join, "duplicates-reason-join")
        }
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    let is_joined = settling == Settling::Join;
    let titles = (&first.experience.title, &second.experience.title);
    let reason = words.tell_two(reason, "one", titles.0, "other", titles.1);
    let settled = site
        .commons
        .settle_reports(
            &reader.actor,
            (&first.path, &second.path),
            settling,
            reason,
            Utc::now(),
        )
        .await;
    let problem = match settled {
        Ok(number) => {
            site.waiting.forget();
            let there = if is_joined {
                url::revise(number, &first.path)
            } else {
                url::with_query(&url::proposal(number), &[("fait", "envoyee")])
            };
            return Ok(see_other(there));
        }
        Err(ProposalError::NeedsWords) => words.say("duplicates-needs-words"),
        Err(ProposalError::Nothing) => words.say("duplicates-nothing"),
        Err(ProposalError::Unpublishable(error)) => match publish_problem(&error, words) {
            Some(problem) => problem,
            None => return Err(error.into()),
        },
        Err(other) => return Err(other.into()),
    };
    let mut shown = compare_page(&site, &reader, &both);
    shown.conflicting = form.divergences;
    shown.problem = Some(problem);
    page(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// Lets editors in, and nobody else.
pub(super) fn editor(reader: &Reader, site: &Site) -> Result<(), Failure> {
    reader.signed_in()?;
    match site.commons.may(&reader.actor, &Act::Moderate) {
        Permission::Yes => Ok(()),
        Permission::SignIn | Permission::No(_) => {
            Err(Failure::of(FailureKind::Refused).message("duplicates-editors-only"))
        }
    }
}

async fn both(site: &Site, one: &str, other: &str) -> Result<SideBySide, Failure> {
    let missing = || Failure::missing().next("duplicates-next", DUPLICATES);
    let path = |text: &str| CardPath::parse(text.trim()).map_err(|_| missing());
    let (one, other) = (path(one)?, path(other)?);
    let snapshot = site.commons.snapshot();
    match site.commons.side_by_side(&snapshot, &one, &other).await {
        Err(ReadError::Missing) => Err(missing()),
        both => Ok(both?),
    }
}

/// Returns the address where two reports stand side by side.
pub fn compare_url(one: &CardPath, other: &CardPath) -> String {
    url::with_query(
        "/doublons/comparer",
        &[("une", one.as_str()), ("autre", other.as_str())],
    )
}

fn compare_page(site: &Site, reader: &Reader, both: &SideBySide) -> ComparePage {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let (one, other) = (&both.one, &both.other);
    ComparePage {
        layout: Layout::new(site, reader, words.say("duplicates-compare-title"))
            .within("duplicates"),
        one: ReportLine::of(&one.report, None, words),
        other: ReportLine::of(&other.report, None, words),
        paths: (one.report.path.to_string(), other.report.path.to_string()),
        is_linked: both.alike.is_linked,
        likeness: likeness(&both.alike, words),
        reasons: reasons(&both.alike, words),
        rows: rows(&one.view.card, &other.view.card, snapshot.config(), words),
        bodies: (
            one.view.card.body().trim().to_owned(),
            other.view.card.body().trim().to_owned(),
        ),
        conflicting: String::new(),
        problem: None,
    }
}

/// Returns what both say, key by key in the order of the format; what neither says is left out.
fn rows(one: &Card, other: &Card, config: &Arc<CommonsConfig>, words: Words) -> Vec<FieldRow> {
    const OWN: [&str; 2] = ["id", "kind"];
    let speaker = Speaker { config, words };
    let known = fields_of(Kind::Experience).map(|field| field.key);
    let mut rows: Vec<FieldRow> = known
        .filter(|key| !OWN.contains(key))
        .filter_map(|key| {
            let shape = field_in(Kind::Experience, key).map(|field| &field.shape);
            let say = |card: &Card| speaker.say(card.value(key)?, shape);
            let (one, other) = (say(one), say(other));
            (one.is_some() || other.is_some()).then(|| FieldRow {
                label: label_of(key, words),
                differs: one != other,
                one,
                other,
            })
        })
        .collect();
    // Stable: what differs is read first, each in the order of the format.
    rows.sort_by_key(|row| !row.differs);
    rows
}

fn likeness(alike: &Alike, words: Words) -> String {
    let percent = (alike.score * 100.0).round();
    words.tell("duplicates-likeness", "percent", percent)
}

/// Says why two reports look alike, or don't.
pub fn reasons(alike: &Alike, words: Words) -> Vec<String> {
    alike
        .reasons
        .iter()
        .map(|weighed| reason(&weighed.reason, words))
        .collect()
}

fn reason(reason: &Reason, words: Words) -> String {
    let percent = |share: f64| (share * 100.0).round();
    let periods = |one, two| {
        let say = |period| say_period(period, words).unwrap_or_default();
        (say(one), say(two))
    };
    match reason {
        Reason::SameTerritories { names, by, .. } => {
            let key = match by {
                Matched::Code | Matched::Card => "duplicates-because-territories",
                Matched::Name => "duplicates-because-territory-names",
            };
            words.tell(key, "names", names.join(", "))
        }
        Reason::OtherTerritories => words.say("duplicates-because-other-territories"),
        Reason::SamePeriod { one, two, meeting } => {
            let key = match meeting {
                Meeting::SameStart => "duplicates-because-start",
                _ => "duplicates-because-overlap",
            };
            let (one, two) = periods(*one, *two);
            words.tell_two(key, "one", one, "other", two)
        }
        Reason::OtherPeriod { one, two } => {
            let (one, two) = periods(*one, *two);
            words.tell_two("duplicates-because-apart", "one", one, "other", two)
        }
        Reason::SameOrganisations { names, .. } => words.tell(
            "duplicates-because-organisations",
            "names",
            names.join(", "),
        ),
        Reason::SameCards { cards } => words.tell("duplicates-because-cards", "count", cards.len()),
        Reason::OtherCards => words.say("duplicates-because-other-cards"),
        Reason::SimilarText {
            share,
            words: count,
        } => words.tell_two(
            "duplicates-because-text",
            "percent",
            percent(*share),
            "count",
            *count,
        ),
    }
}
