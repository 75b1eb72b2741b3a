//! Taking a try-out, from the form or from a program: the same refusals, the same limits, the same letter.

use std::net::IpAddr;

use chrono::Utc;
use secrecy::{ExposeSecret, SecretString};
use terreau_commons::{CommitId, Head, NewTryOut, PublishError, TryOutError};

use super::answers::{Answers, Sent, Wrong};
use crate::failure::FailureKind;
use crate::mail::{Mailer, Sending, TryOutLetter};
use crate::pages::comments::private_line;
use crate::pages::sign_in::LIMITS;
use crate::{Failure, Reader, Site, url};

/// Why a try-out was not taken. Nothing is kept of it: the caller still holds what was sent.
pub enum Refusal {
    /// Fields are wrong.
    Wrong(Wrong),
    /// The sender does not agree to the licence.
    NotAgreed,
    /// It seems to hold this, which is private; sent again with a word, it passes.
    Private(String),
    /// Its card breaks rules of the format, or cannot be published.
    Unpublishable(PublishError),
    /// It cannot be taken now, or not from them: the key of the words.
    Closed(FailureKind, &'static str),
    /// Anything else.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Refusal {
    fn from(error: E) -> Refusal {
        Refusal::Failed(error.into())
    }
}

/// Returns the version of a card that its reader names, when it was published.
pub async fn version_read(
    site: &Site,
    head: &Head,
    written: &str,
) -> Result<Option<CommitId>, Failure> {
    let Ok(commit) = CommitId::parse(written) else {
        return Ok(None);
    };
    let showed = site.commons.showed(head, &commit).await?;
    Ok(showed.then_some(commit))
}

/// Keeps a try-out of a card and writes to its sender; returns the secret of their link, which guests find in the letter only.
pub async fn take(
    site: &Site,
    reader: &Reader,
    mailer: &Mailer,
    visitor: IpAddr,
    head: &Head,
    sent: &Sent,
) -> Result<Option<SecretString>, Refusal> {
    let (words, snapshot) = (reader.words(), site.commons.snapshot());
    let answers = Answers::read(sent, &snapshot, head, reader).map_err(Refusal::Wrong)?;
    if !sent.agrees {
        return Err(Refusal::NotAgreed);
    }
    let private = private_line(&answers.try_out.told.texts(), words);
    if let Some(private) = private.filter(|_| !sent.was_warned) {
        return Err(Refusal::Private(private));
    }
    let is_flooded = answers
        .email
        .as_ref()
        .is_some_and(|email| !LIMITS.allow_visitor(visitor) || !LIMITS.allow_letter(email));
    if is_flooded {
        let key = "edit-guest-too-many-letters";
        return Err(Refusal::Closed(FailureKind::TooMany, key));
    }
    let new = NewTryOut {
        told: answers.try_out,
        email: answers.email,
        name: answers.name,
        organisation: answers.organisation,
        visitor,
    };
    let kept = site.commons.send_try_out(&reader.actor, new, Utc::now());
    let kept = kept.await.map_err(|error| match error {
        TryOutError::Full => Refusal::Closed(FailureKind::TooMany, "try-out-full"),
        TryOutError::Blocked => Refusal::Closed(FailureKind::Refused, "comments-refused-blocked"),
        TryOutError::Unpublishable(error) => Refusal::Unpublishable(error),
        other => other.into(),
    })?;
    site.waiting.forget();
    let link = url::own_try_out(site.base_url(), kept.token.expose_secret());
    let letter = TryOutLetter::confirm(
        words,
        kept.email,
        snapshot.config().name.get(words.language),
        &head.title,
        &link,
        reader.is_anonymous(),
    )?;
    match mailer.send(letter).first_try().await {
        // Whoever is signed in needs no letter to go on.
        _ if !reader.is_anonymous() => Ok(Some(kept.token)),
        Sending::Sent | Sending::Later => Ok(None),
        Sending::Refused => {
            let token = kept.token.expose_secret();
            site.commons.withdraw_try_out(token, Utc::now()).await?;
            let key = "sign-in-mail-refused";
            Err(Refusal::Closed(FailureKind::Unavailable, key))
        }
    }
}
