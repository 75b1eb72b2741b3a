//! Attachments: the photos and documents of a try-out. They wait in the database; accepted with it, they are files of the commons,
//! in the same proposal as the card that shows them.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use terreau_card::{Card, CardPath, Value, licence};
use terreau_community::Actor;
use terreau_db::{
    Attached, AttachmentId, AttachmentRow, AttachmentWords, DbError, TryOutId, TryOutRow,
};
use terreau_media::{Format, Refusal};
use tokio::sync::Semaphore;

use crate::blocking::blocking;
use crate::proposals::proposed;
use crate::{CardChange, Commons, ProposalError, TryOutError};

/// How many attachments are sent at most from one place of the network in a day.
const SENT_A_DAY: u32 = 60;
/// How long what is said of an attachment is at most, in characters.
pub const LONGEST_ALT: usize = 300;
/// How long its credit is at most, in characters.
pub const LONGEST_CREDIT: usize = 150;
/// How many pictures are unpacked at once: one takes up to some 200 MB.
static UNPACKING: Semaphore = Semaphore::const_new(1);

/// An attachment, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is known by.
    pub id: AttachmentId,
    /// What it is.
    pub format: Format,
    /// Width and height in pixels, of a picture.
    pub size: Option<(u32, u32)>,
    /// How many bytes it has.
    pub length: u64,
    /// What is said of it.
    pub words: AttachmentWords,
    hash: [u8; 32],
}

/// Where a file stands that comes with a card: `media/`, the slug of the card, and a name that its content makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaPath(String);

impl MediaPath {
    /// Names a file by its card and its content, so that no name from outside is ever a path.
    fn of(card: &CardPath, attachment: &Attachment) -> MediaPath {
        let short: String = attachment.hash[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let (slug, ending) = (card.slug(), attachment.format.ending());
        MediaPath(format!("{MEDIA_FOLDER}/{slug}/{short}.{ending}"))
    }
}

impl fmt::Display for MediaPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The folder of the files that come with cards.
pub const MEDIA_FOLDER: &str = "media";

/// Why an attachment was not kept, or not changed.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// The file is of no use: see [`Refusal`].
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The try-out has the very same file already.
    #[error("attached already")]
    Already,
    /// The try-out has as many as it can, or there is no room.
    #[error("there is no room for it")]
    Full,
    /// Too many were sent today from this place.
    #[error("too many today")]
    TooMany,
    /// Something must be said of it and was not, or cannot be said.
    #[error("what is said of it cannot be kept")]
    Words,
    /// The try-out: there is none, or it was decided.
    #[error(transparent)]
    TryOut(#[from] TryOutError),
}

impl Commons {
    /// Returns the attachments of a try-out to its sender.
    ///
    /// # Errors
    /// `Missing` when the link opens nothing.
    pub async fn own_attachments(&self, token: &str) -> Result<Vec<Attachment>, TryOutError> {
        let row = self.own_try_out(token).await?;
        self.attachments_of(row.id).await
    }

    /// Returns an attachment to its sender, with its bytes.
    ///
    /// # Errors
    /// `Missing` when the link opens nothing, or its try-out has no such attachment.
    pub async fn own_attachment(
        &self,
        token: &str,
        id: AttachmentId,
    ) -> Result<(Attachment, Vec<u8>), TryOutError> {
        let row = self.own_try_out(token).await?;
        self.attachment_of(row.id, id).await
    }

    /// Returns the attachments of a try-out to somebody who decides.
    ///
    /// # Errors
    /// `NotAllowed` but for those who decide; `Missing`, also before its sender confirmed their address.
    pub async fn attachments(
        &self,
        actor: &Actor,
        of: TryOutId,
    ) -> Result<Vec<Attachment>, TryOutError> {
        let row = self.try_out(actor, of).await?;
        self.attachments_of(row.id).await
    }

    /// Returns an attachment to somebody who decides, with its bytes.
    ///
    /// # Errors
    /// Those of [`Commons::attachments`].
    pub async fn attachment(
        &self,
        actor: &Actor,
        of: TryOutId,
        id: AttachmentId,
    ) -> Result<(Attachment, Vec<u8>), TryOutError> {
        let row = self.try_out(actor, of).await?;
        self.attachment_of(row.id, id).await
    }

    /// Keeps a file that the sender of a try-out attaches to it, made anew when it is a picture.
    ///
    /// # Errors
    /// See [`AttachError`]; nothing is kept then.
    pub async fn attach(
        &self,
        token: &str,
        bytes: Vec<u8>,
        words: AttachmentWords,
        visitor: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<(), AttachError> {
        let row = self.own_try_out(token).await?;
        self.still_open(&row)?;
        let words = proper(words)?;
        let tallied = self.tally("attach", visitor, SENT_A_DAY, now).await;
        if !tallied.map_err(TryOutError::from)? {
            return Err(AttachError::TooMany);
        }
        let kept = {
            let _turn = UNPACKING.acquire().await.expect("it is never closed");
            // Whatever makes a decoder stop short, the file is at fault and not the site.
            match blocking(move || terreau_media::read(&bytes)).await {
                Ok(kept) => kept?,
                Err(error) => {
                    tracing::error!(%error, "an attachment could not be read");
                    return Err(Refusal::Damaged.into());
                }
            }
        };
        let new = AttachmentRow {
            id: AttachmentId::new(uuid::Uuid::now_v7()),
            format: kept.format.ending().to_owned(),
            size: kept.size,
            words,
            hash: Sha256::digest(&kept.bytes).into(),
            length: kept.bytes.len() as u64,
            created_at: now,
        };
        match self.db().add_attachment(row.id, &new, kept.bytes).await {
            Ok(Attached::Kept) => Ok(()),
            Ok(Attached::Already) => Err(AttachError::Already),
            Ok(Attached::Closed) => Err(TryOutError::Outdated.into()),
            Err(DbError::Full) => Err(AttachError::Full),
            Err(other) => Err(TryOutError::from(other).into()),
        }
    }

    /// Keeps what the sender of a try-out now says of an attachment.
    ///
    /// # Errors
    /// See [`AttachError`].
    pub async fn describe_attachment(
        &self,
        token: &str,
        id: AttachmentId,
        words: AttachmentWords,
        now: DateTime<Utc>,
    ) -> Result<(), AttachError> {
        let row = self.own_try_out(token).await?;
        self.still_open(&row)?;
        let words = proper(words)?;
        let changed = self.db().change_attachment(row.id, id, &words, now).await;
        match changed.map_err(TryOutError::from)? {
            true => Ok(()),
            false => Err(TryOutError::Missing.into()),
        }
    }

    /// Takes an attachment away; it may be gone already.
    ///
    /// # Errors
    /// `Missing` when the link opens nothing; `Outdated` once the try-out was decided.
    pub async fn detach(
        &self,
        token: &str,
        id: AttachmentId,
        now: DateTime<Utc>,
    ) -> Result<(), TryOutError> {
        let row = self.own_try_out(token).await?;
        self.still_open(&row)?;
        self.db().remove_attachment(row.id, id, now).await?;
        Ok(())
    }

    /// Returns a file that a proposal puts beside a card, with what it is.
    ///
    /// # Errors
    /// `Missing` when the proposal has no such file, or the actor may not see it.
    pub async fn proposed_media(
        &self,
        actor: &Actor,
        number: u64,
        file: &str,
    ) -> Result<(Format, Vec<u8>), ProposalError> {
        let row = self.seen_proposal(actor, number).await?;
        let format = format_of_media(file).ok_or(ProposalError::Missing)?;
        if !row.files.iter().any(|one| one.path == file) {
            return Err(ProposalError::Missing);
        }
        let (store, of) = (Arc::clone(&self.store), proposed(&row)?);
        let file = file.to_owned();
        let bytes = blocking(move || store.proposed_file(&of, &file)).await??;
        Ok((format, bytes.ok_or(ProposalError::Missing)?))
    }

    /// Returns the card of a try-out with what is attached to it, and the changes that put the files beside the card.
    pub(crate) async fn with_attachments(
        &self,
        row: &TryOutRow,
        path: &CardPath,
    ) -> Result<(String, Vec<CardChange>), TryOutError> {
        let card = Card::read(&row.text).0;
        let (mut files, mut entries) = (Vec::new(), Vec::new());
        for one in self.attachments_of(row.id).await? {
            let (attachment, bytes) = self.attachment_of(row.id, one.id).await?;
            let path = MediaPath::of(path, &attachment);
            entries.push((path.to_string(), entry(&attachment.words)));
            files.push(CardChange::Media { path, bytes });
        }
        if entries.is_empty() {
            return Ok((row.text.clone(), files));
        }
        let mut media = match card.value("media") {
            Some(Value::Map(entries)) => entries.clone(),
            _ => Vec::new(),
        };
        media.retain(|(path, _)| entries.iter().all(|(new, _)| new != path));
        media.extend(entries);
        let card = card.with("media", Some(Value::Map(media)));
        Ok((card.text().to_owned(), files))
    }

    pub(crate) async fn attachments_of(
        &self,
        of: TryOutId,
    ) -> Result<Vec<Attachment>, TryOutError> {
        let rows = self.db().attachments(of).await?;
        rows.into_iter().map(attachment).collect()
    }

    async fn attachment_of(
        &self,
        of: TryOutId,
        id: AttachmentId,
    ) -> Result<(Attachment, Vec<u8>), TryOutError> {
        let found = self.db().attachment(of, id).await?;
        let (row, bytes) = found.ok_or(TryOutError::Missing)?;
        Ok((attachment(row)?, bytes))
    }
}

fn attachment(row: AttachmentRow) -> Result<Attachment, TryOutError> {
    let format = Format::of_ending(&row.format)
        .ok_or_else(|| anyhow::anyhow!("an attachment of no format: {}", row.format))?;
    Ok(Attachment {
        id: row.id,
        format,
        size: row.size,
        length: row.length,
        words: row.words,
        hash: row.hash,
    })
}

/// Returns what a file of the commons is, when it is one that comes with cards.
pub fn format_of_media(file: &str) -> Option<Format> {
    let (folder, name) = file.split_once('/')?;
    let (_, ending) = name.rsplit_once('.')?;
    Format::of_ending(ending).filter(|_| folder == MEDIA_FOLDER)
}

/// Returns what is said of an attachment as a card keeps it: one line each, a licence that joins.
fn proper(words: AttachmentWords) -> Result<AttachmentWords, AttachError> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = AttachmentWords {
        alt: line(&words.alt),
        credit: line(&words.credit),
        licence: words.licence.trim().to_owned(),
    };
    let is_short =
        words.alt.chars().count() <= LONGEST_ALT && words.credit.chars().count() <= LONGEST_CREDIT;
    let is_licensed = licence::find(&words.licence).is_some_and(|licence| licence.joins_by_sa);
    match !words.alt.is_empty() && is_short && is_licensed {
        true => Ok(words),
        false => Err(AttachError::Words),
    }
}

/// Returns the entry of the front matter for an attachment.
fn entry(words: &AttachmentWords) -> Value {
    let text = |key: &str, text: &str| (key.to_owned(), Value::Text(text.to_owned()));
    let mut entry = vec![text("alt", &words.alt)];
    if !words.credit.is_empty() {
        entry.push(text("credit", &words.credit));
    }
    entry.push(text("licence", &words.licence));
    Value::Map(entry)
}
