//! What went wrong, for the person who meets it: one kind, one message, what to do next.

use std::borrow::Cow;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde_json::{Map, Value};

use crate::Words;

/// The kinds of failure; each has its status, its title (`failure-<kind>-title`) and its usual message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// It has another address now: 301.
    Moved,
    /// Nobody is signed in and somebody must be: 401.
    Anonymous,
    /// The person may not: 403.
    Refused,
    /// The request came from another site: 403.
    CrossSite,
    /// There is no such thing: 404.
    Missing,
    /// This address is read, or written, but not so: 405.
    Method,
    /// It is no longer there and will not come back: 410.
    Withdrawn,
    /// Somebody changed it meanwhile: 409.
    Conflict,
    /// More was sent than is read: 413.
    TooLarge,
    /// The content is not of a kind that is read here: 415.
    MediaType,
    /// The request is for another site: 421.
    WrongHost,
    /// What was sent cannot be used: 422.
    Invalid,
    /// What was sent cannot even be read: 400.
    Malformed,
    /// Too often: 429.
    TooMany,
    /// Not now: 503.
    Unavailable,
    /// Our fault: 500.
    Unexpected,
}

impl FailureKind {
    /// Every kind.
    pub const ALL: [FailureKind; 16] = [
        FailureKind::Moved,
        FailureKind::Anonymous,
        FailureKind::Refused,
        FailureKind::CrossSite,
        FailureKind::Missing,
        FailureKind::Method,
        FailureKind::Withdrawn,
        FailureKind::Conflict,
        FailureKind::TooLarge,
        FailureKind::MediaType,
        FailureKind::WrongHost,
        FailureKind::Invalid,
        FailureKind::Malformed,
        FailureKind::TooMany,
        FailureKind::Unavailable,
        FailureKind::Unexpected,
    ];

    /// Returns the HTTP status.
    pub fn status(self) -> StatusCode {
        match self {
            FailureKind::Moved => StatusCode::MOVED_PERMANENTLY,
            FailureKind::Anonymous => StatusCode::UNAUTHORIZED,
            FailureKind::Refused | FailureKind::CrossSite => StatusCode::FORBIDDEN,
            FailureKind::Missing => StatusCode::NOT_FOUND,
            FailureKind::Method => StatusCode::METHOD_NOT_ALLOWED,
            FailureKind::Withdrawn => StatusCode::GONE,
            FailureKind::Conflict => StatusCode::CONFLICT,
            FailureKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            FailureKind::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            FailureKind::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            FailureKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            FailureKind::Malformed => StatusCode::BAD_REQUEST,
            FailureKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            FailureKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            FailureKind::Unexpected => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns the word of the kind in message keys and problem types.
    pub fn word(self) -> &'static str {
        match self {
            FailureKind::Moved => "moved",
            FailureKind::Anonymous => "anonymous",
            FailureKind::Refused => "refused",
            FailureKind::CrossSite => "cross-site",
            FailureKind::Missing => "missing",
            FailureKind::Method => "method",
            FailureKind::Withdrawn => "withdrawn",
            FailureKind::Conflict => "conflict",
            FailureKind::TooLarge => "too-large",
            FailureKind::MediaType => "media-type",
            FailureKind::WrongHost => "wrong-host",
            FailureKind::Invalid => "invalid",
            FailureKind::Malformed => "malformed",
            FailureKind::TooMany => "too-many",
            FailureKind::Unavailable => "unavailable",
            FailureKind::Unexpected => "unexpected",
        }
    }

    /// Returns the kind that fits the status of a failure that the web framework found by itself.
    pub fn of_status(status: StatusCode) -> FailureKind {
        FailureKind::ALL
            .into_iter()
            .find(|kind| kind.status() == status)
            .unwrap_or(if status.is_server_error() {
                FailureKind::Unexpected
            } else {
                FailureKind::Malformed
            })
    }
}

/// Something to do after a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The key of its words.
    pub key: &'static str,
    /// Where it leads.
    pub href: String,
}

/// Why a request could not be answered, and what the person can do about it.
///
/// Page files only write `From<TheirError>`; the front turns it into a page or a problem document in the reader's language.
#[derive(Debug)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The rest, boxed: failures are rare, and every answer has room for one.
    more: Box<More>,
}

#[derive(Debug, Default)]
struct More {
    message: Option<&'static str>,
    argument: Option<(&'static str, String)>,
    next_steps: Vec<NextStep>,
    details: Map<String, Value>,
    location: Option<String>,
    retry_after: Option<u32>,
    source: Option<anyhow::Error>,
}

impl Failure {
    /// Makes a failure with the usual message of its kind.
    pub fn of(kind: FailureKind) -> Failure {
        Failure {
            kind,
            more: Box::default(),
        }
    }

    /// Returns what one can do now, best first.
    pub fn next_steps(&self) -> &[NextStep] {
        &self.more.next_steps
    }

    /// Returns where it is now, when it moved.
    pub fn location(&self) -> Option<&str> {
        self.more.location.as_deref()
    }

    /// Returns after how many seconds to try again.
    pub fn seconds_to_wait(&self) -> Option<u32> {
        self.more.retry_after
    }

    /// Returns what lies behind; it is logged, never shown.
    pub fn source(&self) -> Option<&anyhow::Error> {
        self.more.source.as_ref()
    }

    /// Nobody is signed in; the page offers to, and comes back to `here`.
    pub fn anonymous(here: &str) -> Failure {
        Failure::of(FailureKind::Anonymous).next("failure-next-sign-in", crate::url::sign_in(here))
    }

    /// There is no such thing.
    pub fn missing() -> Failure {
        Failure::of(FailureKind::Missing)
    }

    /// It is at `to` now; the query of the request is kept by the caller.
    pub fn moved(to: impl Into<String>) -> Failure {
        let to = to.into();
        let mut failure = Failure::of(FailureKind::Moved).next("failure-next-moved", to.clone());
        failure.more.location = Some(to);
        failure
    }

    /// Something failed on our side; it is logged with its chain.
    ///
    /// When stewards stopped all changes, nothing failed: it says so.
    pub fn unexpected(source: impl Into<anyhow::Error>) -> Failure {
        let source = source.into();
        if source.is::<terreau_commons::ReadOnly>() {
            return Failure::of(FailureKind::Unavailable).message("failure-read-only");
        }
        let mut failure = Failure::of(FailureKind::Unexpected);
        failure.more.source = Some(source);
        failure
    }

    /// Says something more precise than the usual message of the kind.
    #[must_use]
    pub fn message(mut self, key: &'static str) -> Failure {
        self.more.message = Some(key);
        self
    }

    /// Gives the message its argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Failure {
        self.more.argument = Some((name, value.into()));
        self
    }

    /// Adds something to do next.
    #[must_use]
    pub fn next(mut self, key: &'static str, href: impl Into<String>) -> Failure {
        self.more.next_steps.push(NextStep {
            key,
            href: href.into(),
        });
        self
    }

    /// Adds a member to the problem document.
    #[must_use]
    pub fn detail(mut self, name: &str, value: impl Into<Value>) -> Failure {
        self.more.details.insert(name.to_owned(), value.into());
        self
    }

    /// Says when to try again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Failure {
        self.more.retry_after = Some(seconds);
        self
    }

    /// Says what happened, in a few words.
    pub fn title(&self, words: Words) -> String {
        words.say(&format!("failure-{}-title", self.kind.word()))
    }

    /// Says why, in a sentence or two.
    pub fn explanation(&self, words: Words) -> String {
        let key = self.more.message.map_or_else(
            || Cow::Owned(format!("failure-{}-message", self.kind.word())),
            Cow::Borrowed,
        );
        match &self.more.argument {
            Some((name, value)) => words.tell(&key, name, value),
            None => words.say(&key),
        }
    }

    /// Returns the problem document of RFC 9457.
    pub fn problem(&self, words: Words, instance: &str) -> Value {
        let mut problem = Map::new();
        problem.insert(
            "type".into(),
            format!("/api/problems/{}", self.kind.word()).into(),
        );
        problem.insert("title".into(), self.title(words).into());
        problem.insert("status".into(), self.kind.status().as_u16().into());
        problem.insert("detail".into(), self.explanation(words).into());
        problem.insert("instance".into(), instance.into());
        problem.extend(self.more.details.clone());
        Value::Object(problem)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.kind.word(), self.kind.status().as_u16())
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        self.kind.status()
    }

    /// Returns only the status: the front writes the body, since it knows the reader.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.kind.status())
    }
}

impl From<terreau_commons::ReadError> for Failure {
    fn from(error: terreau_commons::ReadError) -> Failure {
        match error {
            terreau_commons::ReadError::Missing => Failure::missing(),
            terreau_commons::ReadError::Unexpected(source) => Failure::unexpected(source),
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(error: askama::Error) -> Failure {
        Failure::unexpected(anyhow::Error::from(error).context("a template cannot be filled"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terreau_card::Language;

    #[test]
    fn every_kind_has_its_words_in_both_languages() {
        for language in Language::ALL {
            let words = Words::of(language);
            for kind in FailureKind::ALL {
                for part in ["title", "message"] {
                    let key = format!("failure-{}-{part}", kind.word());
                    assert!(words.maybe(&key).is_some(), "{key} in {}", language.code());
                }
            }
        }
    }

    #[test]
    fn a_problem_document_carries_its_details() {
        let failure = Failure::of(FailureKind::Conflict).detail("base", "abc");
        let problem = failure.problem(Words::of(Language::English), "/api/v1/cards/a/b");
        assert_eq!(problem["status"], 409);
        assert_eq!(problem["type"], "/api/problems/conflict");
        assert_eq!(problem["base"], "abc");
        assert_eq!(problem["instance"], "/api/v1/cards/a/b");
    }

    #[test]
    fn statuses_of_the_framework_find_their_kind() {
        assert_eq!(
            FailureKind::of_status(StatusCode::PAYLOAD_TOO_LARGE),
            FailureKind::TooLarge
        );
        assert_eq!(
            FailureKind::of_status(StatusCode::BAD_GATEWAY),
            FailureKind::Unexpected
        );
        assert_eq!(
            FailureKind::of_status(StatusCode::NOT_ACCEPTABLE),
            FailureKind::Malformed
        );
    }
}
