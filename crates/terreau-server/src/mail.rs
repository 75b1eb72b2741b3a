//! Mail: short letters in plain text, sent behind the request's back; without a mail server they are written to the log.
//!
//! Whoever asks for a letter may wait a moment for the first try, the same whoever they are, so that a mail server that refuses
//! is told on the page and not only in the log.

#[cfg(test)]
mod tests;

use std::time::Duration;

use anyhow::Context;
use askama::Template;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::ExposeSecret;
use terreau_community::EmailAddress;
use tokio::sync::oneshot;

use crate::settings::SmtpSettings;
use crate::words::Words;

/// How long the mail server may take to answer one command.
const SMTP_PATIENCE: Duration = Duration::from_secs(30);
/// How long a page waits for the first try.
const PAGE_PATIENCE: Duration = Duration::from_secs(5);
/// How often a letter is tried; the waits between grow from one to four minutes.
const TRIES: u32 = 3;

/// One letter to one person.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Whom it goes to.
    pub to: EmailAddress,
    /// One line.
    pub subject: String,
    /// The whole text.
    pub text: String,
    /// The address that the letter exists for, told on a line of its own when the letter goes to the log.
    pub link: Option<String>,
    /// The address that ends such letters by one `POST`, told to mail programs.
    pub unsubscribe: Option<String>,
}

/// What became of a letter that is tried once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The mail server took it, or it is in the log.
    Taken,
    /// The mail server has something against this letter or its mailbox.
    Refused,
    /// The mail server takes nothing at the moment.
    Closed,
}

/// What became of the first try to send a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    /// The mail server took it, or it is in the log.
    Sent,
    /// The mail server will not have it.
    Refused,
    /// Nobody knows yet; it is tried again.
    Later,
}

/// A letter on its way.
#[derive(Debug)]
pub struct OnItsWay {
    first: oneshot::Receiver<Sending>,
}

impl OnItsWay {
    fn known(sending: Sending) -> OnItsWay {
        let (tell, first) = oneshot::channel();
        let _ = tell.send(sending);
        OnItsWay { first }
    }

    /// Waits a little for the first try.
    pub async fn first_try(self) -> Sending {
        match tokio::time::timeout(PAGE_PATIENCE, self.first).await {
            Ok(Ok(sending)) => sending,
            Ok(Err(_)) | Err(_) => Sending::Later,
        }
    }
}

/// The way letters leave.
#[derive(Clone)]
pub struct Mailer {
    way: Option<(AsyncSmtpTransport<Tokio1Executor>, Mailbox)>,
}

impl Mailer {
    /// Prepares the way out; nothing is connected before the first letter.
    ///
    /// # Errors
    /// When the server's address or the sender is not readable; the words never hold the password.
    pub fn new(settings: Option<&SmtpSettings>) -> anyhow::Result<Mailer> {
        let Some(settings) = settings else {
            return Ok(Mailer { way: None });
        };
        let from: Mailbox = settings
            .from
            .parse()
            .context("the sender of mails is not a mail address")?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(
            settings.url.expose_secret(),
        )
        .map_err(|_| {
            anyhow::anyhow!(
                "the address of the mail server is not of the form smtps://user:password@host"
            )
        })?
        .timeout(Some(SMTP_PATIENCE))
        .build();
        Ok(Mailer {
            way: Some((transport, from)),
        })
    }

    /// Tells whether letters reach people; otherwise they go to the log.
    pub fn sends(&self) -> bool {
        self.way.is_some()
    }

    /// Tries a letter once, and waits for what becomes of it.
    pub async fn deliver(&self, letter: &Letter) -> Delivery {
        let Some((transport, from)) = &self.way else {
            write_to_log(letter);
            return Delivery::Taken;
        };
        let message = match message(letter, from.clone()) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, "a letter could not be written");
                return Delivery::Refused;
            }
        };
        match transport.send(message).await {
            Ok(_) => Delivery::Taken,
            Err(error) => {
                tracing::warn!(error = %kind_of(&error), "a letter of notices could not be sent yet");
                let code = error.status().map(u16::from);
                if code.is_none_or(is_closed) {
                    Delivery::Closed
                } else {
                    Delivery::Refused
                }
            }
        }
    }

    /// Sends a letter in the background; dropping the answer stops nothing.
    pub fn send(&self, letter: Letter) -> OnItsWay {
        let Some((transport, from)) = self.way.clone() else {
            write_to_log(&letter);
            return OnItsWay::known(Sending::Sent);
        };
        let message = match message(&letter, from) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(%error, "a letter could not be written");
                return OnItsWay::known(Sending::Refused);
            }
        };
        let (tell, first) = oneshot::channel();
        tokio::spawn(async move {
            let mut tell = Some(tell);
            for attempt in 1..=TRIES {
                let (sending, is_last) = match transport.send(message.clone()).await {
                    Ok(_) => {
                        tracing::info!(subject = letter.subject, "letter sent");
                        (Sending::Sent, true)
                    }
                    Err(error) if error.is_permanent() || attempt == TRIES => {
                        tracing::error!(error = %kind_of(&error), attempt, "a letter could not be sent");
                        (Sending::Refused, true)
                    }
                    Err(error) => {
                        tracing::warn!(error = %kind_of(&error), attempt, "a letter could not be sent yet");
                        (Sending::Later, false)
                    }
                };
                if let Some(tell) = tell.take() {
                    let _ = tell.send(sending);
                }
                if is_last {
                    return;
                }
                tokio::time::sleep(Duration::from_secs(60 << (attempt - 1))).await;
            }
        });
        OnItsWay { first }
    }
}

/// Tells what went wrong without the server's own words, which may repeat the person's address.
fn kind_of(error: &lettre::transport::smtp::Error) -> String {
    let kind = if error.is_timeout() {
        "the mail server did not answer in time"
    } else if error.is_tls() {
        "no safe connection to the mail server"
    } else if error.is_permanent() {
        "the mail server refused it"
    } else if error.is_transient() {
        "the mail server asks to try later"
    } else {
        "the mail server cannot be reached"
    };
    match error.status() {
        Some(code) => format!("{kind} ({code})"),
        None => kind.to_owned(),
    }
}

/// Tells whether a code is about the mail server or our entry there, not about a mailbox.
///
/// Source: RFC 5321, section 4.2.3; RFC 4954, section 6; RFC 3207, section 4.
fn is_closed(code: u16) -> bool {
    matches!(code, 421 | 454 | 530 | 534 | 535 | 538)
}

fn write_to_log(letter: &Letter) {
    if let Some(link) = &letter.link {
        tracing::info!(
            "no mail server is set; the letter to {} would hold this link: {link}",
            letter.to.as_str()
        );
    }
    tracing::info!(
        subject = letter.subject,
        "no mail server is set; the letter reads:\n{}",
        letter.text
    );
}

/// Writes the letter as it goes over the wire.
fn message(letter: &Letter, from: Mailbox) -> anyhow::Result<Message> {
    let address: Address = letter.to.as_str().parse().context("not a mail address")?;
    let id = format!("<{}@{}>", uuid::Uuid::new_v4(), from.email.domain());
    let subject: String = letter
        .subject
        .chars()
        .filter(|character| !character.is_control())
        .collect();
    let mut message = Message::builder()
        .from(from)
        .to(Mailbox::new(None, address))
        .subject(subject)
        .message_id(Some(id))
        .date_now()
        .singlepart(
            SinglePart::builder()
                .header(ContentType::TEXT_PLAIN)
                .header(ContentTransferEncoding::QuotedPrintable)
                .body(letter.text.clone()),
        )?;
    // Holiday answerers stay silent for what a machine wrote (source: RFC 3834, section 5).
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    let headers = message.headers_mut();
    headers.insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
    if let Some(address) = &letter.unsubscribe {
        // Source: RFC 8058, section 3.1.
        for (name, value) in [
            ("List-Unsubscribe", format!("<{address}>")),
            (
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            ),
        ] {
            let name = HeaderName::new_from_ascii_str(name);
            // Kept on one line: these headers are never folded or encoded.
            headers.insert_raw(HeaderValue::dangerous_new_pre_encoded(
                name,
                value.clone(),
                value,
            ));
        }
    }
    Ok(message)
}

/// The letter that holds a sign-in link.
#[derive(Template)]
#[template(path = "mail/sign_in.txt")]
pub struct SignInLetter<'a> {
    words: Words,
    commons: &'a str,
    link: &'a str,
    minutes: i64,
}

impl SignInLetter<'_> {
    /// Writes the letter that opens the door to `to`.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn write(
        words: Words,
        to: EmailAddress,
        commons: &str,
        link: &str,
        minutes: i64,
    ) -> Result<Letter, askama::Error> {
        let text = SignInLetter {
            words,
            commons,
            link,
            minutes,
        }
        .render()?;
        let subject = words.tell("mail-sign-in-subject", "commons", commons);
        Ok(Letter {
            to,
            subject,
            text,
            link: Some(link.to_owned()),
            unsubscribe: None,
        })
    }
}

/// The letter by which a guest confirms a suggestion.
#[derive(Template)]
#[template(path = "mail/confirm.txt")]
pub struct ConfirmLetter<'a> {
    words: Words,
    commons: &'a str,
    title: &'a str,
    days: i64,
    link: &'a str,
}

impl ConfirmLetter<'_> {
    /// Writes the letter that confirms a suggestion for the card of a title; it repeats nothing that the guest typed, since
    /// anyone can type anyone's address.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn write(
        words: Words,
        to: EmailAddress,
        commons: &str,
        title: &str,
        link: &str,
    ) -> Result<Letter, askama::Error> {
        let text = ConfirmLetter {
            words,
            commons,
            title,
            days: terreau_commons::HELD_LIFE.num_days(),
            link,
        }
        .render()?;
        let subject = words.tell("mail-confirm-subject", "title", title);
        Ok(Letter {
            to,
            subject,
            text,
            link: Some(link.to_owned()),
            unsubscribe: None,
        })
    }
}

/// The letters to somebody who told of a card that they tried.
pub struct TryOutLetter;

#[derive(Template)]
#[template(path = "mail/try_out.txt")]
struct TryOutText<'a> {
    words: Words,
    commons: &'a str,
    title: &'a str,
    days: i64,
    link: &'a str,
    is_guest: bool,
}

#[derive(Template)]
#[template(path = "mail/try_out_answer.txt")]
struct TryOutAnswer<'a> {
    words: Words,
    what: String,
    said: &'a str,
    link: &'a str,
}

impl TryOutLetter {
    /// Writes the letter that holds the sender's link; it repeats nothing that was typed, since anyone can type anyone's address.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn confirm(
        words: Words,
        to: EmailAddress,
        commons: &str,
        title: &str,
        link: &str,
        is_guest: bool,
    ) -> Result<Letter, askama::Error> {
        let text = TryOutText {
            words,
            commons,
            title,
            days: terreau_commons::UNCONFIRMED_LIFE.num_days(),
            link,
            is_guest,
        }
        .render()?;
        Ok(Letter {
            to,
            subject: words.tell("mail-try-out-subject", "title", title),
            text,
            link: Some(link.to_owned()),
            unsubscribe: None,
        })
    }

    /// Writes what was decided: `asked`, `declined`, `proposed` or `published`.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn answer(
        words: Words,
        to: EmailAddress,
        what: &str,
        title: &str,
        said: &str,
        link: &str,
    ) -> Result<Letter, askama::Error> {
        let text = TryOutAnswer {
            words,
            what: words.tell(&format!("mail-try-out-{what}"), "title", title),
            said,
            link,
        }
        .render()?;
        Ok(Letter {
            to,
            subject: words.tell("mail-try-out-answer-subject", "title", title),
            text,
            link: Some(link.to_owned()).filter(|link| !link.is_empty()),
            unsubscribe: None,
        })
    }
}

/// The letter that holds an invitation.
#[derive(Template)]
#[template(path = "mail/invitation.txt")]
pub struct InvitationLetter<'a> {
    words: Words,
    commons: &'a str,
    by: &'a str,
    role: &'a str,
    link: &'a str,
}

impl InvitationLetter<'_> {
    /// Writes the letter by which `by` invites `to`.
    ///
    /// # Errors
    /// When the template cannot be filled.
    pub fn write(
        words: Words,
        to: EmailAddress,
        commons: &str,
        by: &str,
        role: &str,
        link: &str,
    ) -> Result<Letter, askama::Error> {
        let text = InvitationLetter {
            words,
            commons,
            by,
            role,
            link,
        }
        .render()?;
        let subject = words.tell_two("mail-invitation-subject", "by", by, "commons", commons);
        Ok(Letter {
            to,
            subject,
            text,
            link: Some(link.to_owned()),
            unsubscribe: None,
        })
    }
}
