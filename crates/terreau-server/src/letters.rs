//! Letters of notices, beside the requests: one to each person for all that waits for them. The mail server's moods are not the
//! readers': while it does not answer, letters wait, longer and longer; what one mailbox refuses holds nobody else up.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::time::Duration;

use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::ExposeSecret;
use terreau_commons::{Notice, NoticeLetter};
use terreau_community::{AccountId, HowOften};

use crate::mail::{Delivery, Letter, Mailer};
use crate::pages::notices::{href, say_notice};
use crate::{Site, Words, url};

/// The longest wait between two rounds.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);
/// How often what has expired is forgotten.
const TIDY_EVERY: TimeDelta = TimeDelta::hours(24);
/// How many notices one letter tells; the others are on the site.
const TOLD: usize = 50;

/// Writes letters until the program ends, looking for news every so often.
pub async fn run(site: Data<Site>, mailer: Mailer, every: Duration) {
    let mut postman = Postman::default();
    loop {
        let failed = match postman.round(&site, &mailer, Utc::now()).await {
            Ok(is_open) => !is_open,
            Err(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "letters of notices could not be written"
                );
                true
            }
        };
        postman.failures = if failed {
            postman.failures.saturating_add(1)
        } else {
            0
        };
        tokio::time::sleep(wait(every, postman.failures)).await;
    }
}

/// Returns how long to wait after so many rounds in a row that failed: twice as long each time.
fn wait(every: Duration, failures: u32) -> Duration {
    every
        .saturating_mul(1_u32.checked_shl(failures.min(16)).unwrap_or(u32::MAX))
        .min(LONGEST_WAIT.max(every))
}

/// What is remembered from round to round; a restart forgets it, and tries again.
#[derive(Default)]
struct Postman {
    failures: u32,
    /// Mailboxes that refused: how often, and until when they are left alone.
    refused: HashMap<AccountId, (u32, DateTime<Utc>)>,
    tidied: Option<DateTime<Utc>>,
}

impl Postman {
    /// Sends what waits; tells whether the mail server took part.
    async fn round(
        &mut self,
        site: &Site,
        mailer: &Mailer,
        now: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        if self.tidied.is_none_or(|last| last + TIDY_EVERY <= now) {
            site.commons.people().tidy(now).await?;
            self.tidied = Some(now);
        }
        if !self.send_all(site, mailer, HowOften::AtOnce, now).await? {
            return Ok(false);
        }
        if site.commons.are_daily_letters_due(now).await? {
            if !self.send_all(site, mailer, HowOften::Daily, now).await? {
                return Ok(false);
            }
            site.commons.daily_letters_left(now).await?;
        }
        Ok(true)
    }

    async fn send_all(
        &mut self,
        site: &Site,
        mailer: &Mailer,
        how: HowOften,
        now: DateTime<Utc>,
    ) -> anyhow::Result<bool> {
        let mut passed = self
            .refused
            .iter()
            .filter(|(_, (_, until))| *until > now)
            .map(|(account, _)| *account)
            .collect();
        while let Some(letter) = site.commons.next_letter(how, &passed, now).await? {
            let id = letter.account.id;
            match mailer.deliver(&write(site, &letter)?).await {
                Delivery::Taken => {
                    site.commons.letter_left(&letter, now).await?;
                    self.refused.remove(&id);
                }
                Delivery::Refused => {
                    passed.insert(id);
                    self.leave_alone(id, now);
                }
                Delivery::Closed => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Leaves a mailbox alone, from a minute to half a day.
    fn leave_alone(&mut self, id: AccountId, now: DateTime<Utc>) {
        let (times, until) = self.refused.entry(id).or_insert((0, now));
        let minutes = 1_i64 << (*times).min(10);
        *until = now + TimeDelta::minutes(minutes.min(12 * 60));
        *times = times.saturating_add(1);
    }
}

#[derive(Template)]
#[template(path = "mail/notices.txt")]
struct NoticesLetter<'a> {
    words: Words,
    commons: &'a str,
    news: String,
    stop: &'a str,
    settings: String,
}

/// Writes a letter in its person's language.
fn write(site: &Site, letter: &NoticeLetter) -> anyhow::Result<Letter> {
    let words = Words::of(letter.account.language);
    let snapshot = site.commons.snapshot();
    let commons = snapshot.config().name.get(words.language);
    let base = site.base_url();
    let line = |notice: &Notice| {
        let href = href(notice).unwrap_or_else(|| "/compte/avis".to_owned());
        let said = say_notice(notice, words).replace(char::is_control, " ");
        (said, format!("{base}{href}"))
    };
    let lines: Vec<_> = letter.notices.iter().take(TOLD).map(line).collect();
    let mut news: Vec<String> = lines
        .iter()
        .map(|(said, href)| format!("- {said}\n  {href}"))
        .collect();
    let more = letter.notices.len() - lines.len();
    if more > 0 {
        let said = words.tell("mail-notices-more", "count", more);
        news.push(format!("- {said}\n  {base}/compte/avis"));
    }
    let subject = match lines.as_slice() {
        [(said, _)] => said.clone(),
        _ => words.tell_two(
            "mail-notices-subject",
            "count",
            letter.notices.len(),
            "commons",
            commons,
        ),
    };
    let stop = url::stop_letters(base, letter.stop.expose_secret());
    let text = NoticesLetter {
        words,
        commons,
        news: news.join("\n\n"),
        stop: &stop,
        settings: format!("{base}/compte#profil"),
    }
    .render()?;
    Ok(Letter {
        to: letter.account.email.clone(),
        subject,
        text,
        link: None,
        unsubscribe: Some(stop),
    })
}
