//! What the API reads and writes, as JSON sees it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value as Json};
use terreau_card::{Problem as CardProblem, Severity, Value};
use terreau_commons::Version;
use utoipa::ToSchema;

use crate::Words;

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchAnswer {
    /// The words asked for.
    pub query: String,
    /// How many cards there are in all.
    pub total: usize,
    /// The words as they may have been meant.
    pub suggestion: Option<String>,
    /// What was searched instead, when no card has what was typed: other words, or, when empty, some of the words.
    pub searched: Option<String>,
    /// The filters that were read in the words, and applied.
    pub understood: Vec<ReadFilter>,
    /// The cards, best first.
    pub hits: Vec<SearchHit>,
    /// What the search can be narrowed with, by parameter: `kind`, `topic`, `duration` …
    pub facets: std::collections::BTreeMap<&'static str, Vec<FacetValue>>,
}

/// One card found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHit {
    /// Where the card is.
    pub path: String,
    /// Its identity, which renaming does not change.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// The passage that answers best, as HTML in which only `mark` occurs.
    pub snippet: String,
    /// How well it answers; only its order means something.
    pub score: f32,
    /// How many experiences tell of it.
    pub tried: u32,
    /// The paths of cards that say nearly the same.
    pub alike: Vec<String>,
}

/// A filter that was read in the words of a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadFilter {
    /// The parameter that asks the same.
    pub facet: &'static str,
    /// Its value.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// The words that it was read from.
    pub words: String,
    /// The question without them.
    pub rest: String,
}

/// One value that narrows a search.
#[derive(Debug, Serialize, ToSchema)]
pub struct FacetValue {
    /// What to send.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// How many cards have it.
    pub count: usize,
    /// Whether it is asked for.
    pub selected: bool,
}

/// Completions of what somebody types.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// What was typed.
    pub query: String,
    /// At most eight.
    pub suggestions: Vec<String>,
}

/// Some cards of the commons, in the order of their paths.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardList {
    /// The commit that this list shows.
    pub commit: String,
    /// How many cards the question has in all.
    pub total: usize,
    /// The cards.
    pub cards: Vec<CardSummary>,
    /// What to send as `cursor` for those that follow; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One card in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardSummary {
    /// Where the card is.
    pub path: String,
    /// Its identity.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// The language that it is written in.
    pub language: String,
    /// `active`, `to-review` or `archived`.
    pub status: &'static str,
    /// The codes of its topics.
    pub topics: Vec<String>,
    /// When it last changed.
    pub updated: DateTime<Utc>,
    /// The git object that holds its text.
    pub blob: String,
}

/// A whole card.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeCard {
    /// Where the card is.
    pub path: String,
    /// Its identity.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// A commit that shows this text: the `base` of an edit.
    pub commit: String,
    /// The git object that holds its text.
    pub blob: String,
    /// When it last changed.
    pub updated: DateTime<Utc>,
    /// Its front matter.
    #[schema(value_type = Object)]
    pub meta: Json,
    /// Its body, as written.
    pub body: String,
    /// The whole file, as written.
    pub content: String,
    /// Its body as safe HTML.
    pub html: String,
    /// The sentence to copy when reusing it.
    pub attribution: Credit,
    /// Its licence.
    pub licence: LicenceName,
    /// Its page for people.
    pub url: String,
    /// Its versions.
    pub history_url: String,
}

/// The sentence that credits a card, in three writings.
#[derive(Debug, Serialize, ToSchema)]
pub struct Credit {
    /// As plain text.
    pub text: String,
    /// As HTML.
    pub html: String,
    /// As Markdown.
    pub markdown: String,
}

/// A licence.
#[derive(Debug, Serialize, ToSchema)]
pub struct LicenceName {
    /// Its SPDX expression.
    pub spdx: String,
    /// What people call it.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
}

/// The versions of a card.
#[derive(Debug, Serialize, ToSchema)]
pub struct History {
    /// Where the card is.
    pub path: String,
    /// Its identity.
    pub id: String,
    /// How many versions it has in all.
    pub total: usize,
    /// Newest first.
    pub versions: Vec<HistoryVersion>,
    /// What to send as `cursor` for those that follow; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One version of a card.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryVersion {
    /// The commit that made it.
    pub commit: String,
    /// When it was published.
    pub date: DateTime<Utc>,
    /// Under which name.
    pub author: String,
    /// For which organisation.
    pub organisation: Option<String>,
    /// What its author said of it.
    pub message: String,
    /// The proposal that it came from.
    pub proposal: Option<i64>,
    /// `created`, `changed`, `renamed`, `archived` or `restored`.
    pub change: String,
    /// Where the card was then.
    pub path: String,
}

/// The commons.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommonsAnswer {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The licence of cards that name none.
    pub licence: LicenceName,
    /// The languages that its cards are written in.
    pub languages: Vec<String>,
    /// How many cards there are.
    pub counts: Counts,
    /// The newest commit.
    pub head: String,
    /// When it was published.
    pub updated: DateTime<Utc>,
    /// What `git clone` wants.
    pub clone_url: String,
    /// Where the same commons can be read too.
    pub mirrors: Vec<String>,
    /// The site for people.
    pub url: String,
}

/// How many cards a commons has.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// In all, archived ones included.
    pub cards: usize,
    /// By kind, without archived ones.
    pub kinds: std::collections::BTreeMap<&'static str, usize>,
}

/// An edit of a card.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardPut {
    /// The whole file.
    pub content: String,
    /// What you say of your change, in one line.
    pub message: String,
    /// The commit that you started from; absent for a new card.
    #[serde(default)]
    pub base: Option<String>,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardSaved {
    /// Where the card is.
    pub path: String,
    /// The commit that shows it.
    pub commit: String,
    /// Whether your edit was joined with another that was published meanwhile.
    pub merged: bool,
    /// Whether there was nothing to change.
    pub unchanged: bool,
}

/// Something wrong in a card.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemInCard {
    /// The name of the rule, which does not change.
    pub code: String,
    /// `error` keeps the card from being published, `warning` does not.
    pub severity: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// A failure, as RFC 9457 has it; some have more members.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The address of an explanation.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Why, and what to do.
    pub detail: String,
    /// What was asked for.
    pub instance: String,
}

/// A conflict: somebody published another change of the same words.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictProblem {
    /// The members of every problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// The text that you started from.
    pub base: String,
    /// The text that is published.
    pub ours: String,
    /// The text that you sent.
    pub theirs: String,
    /// All three in one text, the places of conflict between marks.
    pub merged_with_markers: String,
    /// The commit that shows `ours`: the `base` of your next try.
    pub head: String,
}

/// A card that breaks rules of the format.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvalidCardProblem {
    /// The members of every problem.
    #[serde(flatten)]
    pub problem: Problem,
    /// What is wrong, by line.
    pub problems: Vec<ProblemInCard>,
}

impl ProblemInCard {
    pub(super) fn of(problem: &CardProblem, words: Words) -> ProblemInCard {
        ProblemInCard {
            code: problem.code().to_owned(),
            severity: if problem.severity == Severity::Error {
                "error"
            } else {
                "warning"
            },
            line: problem.line,
            column: problem.column,
            message: problem.message(words.language),
            help: problem.help(words.language),
        }
    }
}

impl LicenceName {
    pub(super) fn of(spdx: &str) -> LicenceName {
        let known = terreau_card::licence::find(spdx);
        LicenceName {
            spdx: spdx.to_owned(),
            name: known.map_or(spdx, |licence| licence.name).to_owned(),
            url: known.map(|licence| licence.url.to_owned()),
        }
    }
}

impl From<Version> for HistoryVersion {
    fn from(version: Version) -> Self {
        HistoryVersion {
            commit: version.commit.to_string(),
            date: version.date,
            author: version.author,
            organisation: version.organisation,
            message: version.message,
            proposal: version.proposal,
            change: version.change.to_string(),
            path: version.path.to_string(),
        }
    }
}

/// Writes a value of front matter as JSON.
pub(super) fn json_of(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(answer) => Json::Bool(*answer),
        Value::Integer(number) => Json::Number((*number).into()),
        Value::Decimal(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(json_of).collect()),
        Value::Map(entries) => {
            let members: Map<String, Json> = entries
                .iter()
                .map(|(key, value)| (key.clone(), json_of(value)))
                .collect();
            Json::Object(members)
        }
    }
}
