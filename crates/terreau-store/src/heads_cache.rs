//! What was read of the cards, kept beside the repository so that a start does not read them all again.
//!
//! A file of lines, each with its checksum: heads, and commits that say up to where the dates are true. Saves
//! append to it; a start that finds it too long or torn writes it anew. It is never synced: a line that a crash
//! spoiled is noticed, and everything in it can be read from git again.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use serde::{Deserialize, Serialize};
use terreau_card::{CardId, CardPath, Status};

use crate::{BlobId, CommitId, Facts, Head, Snapshot};

/// The layout of the lines below.
const LAYOUT: &str = "terreau heads 1";

/// The file, open for what comes next.
pub(crate) struct HeadsCache {
    path: PathBuf,
    file: Option<File>,
    lines: usize,
}

/// What the file said.
#[derive(Default)]
pub(crate) struct Kept {
    /// The last head of each path.
    pub heads: HashMap<CardPath, Head>,
    /// The commit up to which the dates are true; `None` when a line before was spoiled.
    pub commit: Option<CommitId>,
    /// Whether the same program wrote it: another may read more, or differently, from the same text.
    pub same_reader: bool,
    lines: usize,
    torn: bool,
}

impl HeadsCache {
    /// Reads the file; whatever is wrong with it only means that less is known.
    pub(crate) fn load(path: &Path) -> (HeadsCache, Kept) {
        let kept = read(path).unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!(%error, path = %path.display(), "the kept heads cannot be read; cards are read again");
            }
            Kept { torn: true, ..Kept::default() }
        });
        (
            HeadsCache {
                path: path.to_owned(),
                file: None,
                lines: kept.lines,
            },
            kept,
        )
    }

    /// Brings the file to a snapshot after a start: by appending what is new, or anew when that is better.
    pub(crate) fn settle(&mut self, kept: &Kept, snapshot: &Snapshot, new: &[Arc<Head>]) {
        let wasteful = self.lines + new.len() > 2 * snapshot.count() + 1_000;
        if kept.torn || kept.commit.is_none() || !kept.same_reader || wasteful || new.len() > 1_000
        {
            self.rewrite(snapshot);
        } else if kept.commit != Some(*snapshot.commit()) || !new.is_empty() {
            self.append(new, snapshot);
        }
    }

    /// Adds the heads that a commit changed; what fails here is only read again at the next start.
    pub(crate) fn append(&mut self, heads: &[Arc<Head>], snapshot: &Snapshot) {
        if self.lines + heads.len() > 4 * snapshot.count() + 10_000 {
            return self.rewrite(snapshot);
        }
        let mut lines = Vec::with_capacity(1_024 * (heads.len() + 1));
        for head in heads {
            head_line(&mut lines, head);
        }
        commit_line(&mut lines, *snapshot.commit());
        match self.write(&lines) {
            Ok(()) => self.lines += heads.len() + 1,
            // Given up before, or removed by hand.
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.rewrite(snapshot),
            Err(error) => self.give_up(&error),
        }
    }

    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self
                .file
                .insert(File::options().append(true).open(&self.path)?),
        };
        file.write_all(lines)
    }

    /// Writes the whole file anew, beside the old one and then over it.
    pub(crate) fn rewrite(&mut self, snapshot: &Snapshot) {
        self.file = None;
        if let Err(error) = self.try_rewrite(snapshot) {
            self.give_up(&error);
        }
    }

    fn try_rewrite(&mut self, snapshot: &Snapshot) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let fresh = self.path.with_extension("new");
        let mut out = BufWriter::with_capacity(1 << 16, File::create(&fresh)?);
        writeln!(out, "{}", first_line())?;
        let mut line = Vec::new();
        for head in snapshot.heads() {
            line.clear();
            head_line(&mut line, head);
            out.write_all(&line)?;
        }
        line.clear();
        commit_line(&mut line, *snapshot.commit());
        out.write_all(&line)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?;
        fs::rename(&fresh, &self.path)?;
        self.lines = snapshot.count() + 1;
        Ok(())
    }

    /// A half-written line must not be continued: the file is left out until it is written anew.
    fn give_up(&mut self, error: &io::Error) {
        tracing::warn!(%error, path = %self.path.display(), "the heads cannot be kept; the next start reads them again");
        self.file = None;
        let _ = fs::remove_file(&self.path);
    }
}

fn read(path: &Path) -> io::Result<Kept> {
    let mut input = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut line = Vec::new();
    input.read_until(b'\n', &mut line)?;
    let first = String::from_utf8_lossy(&line);
    let mut kept = Kept {
        same_reader: first.trim_end() == first_line(),
        ..Kept::default()
    };
    if !first.starts_with(LAYOUT) {
        kept.torn = true;
        return Ok(kept);
    }
    let mut spoiled = false;
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.pop() != Some(b'\n') {
            // The tail of a killed process: what is before it is whole.
            kept.torn = true;
            break;
        }
        kept.lines += 1;
        match understand(&line) {
            Some(Line::Head(head)) => {
                kept.heads.insert(head.path.clone(), *head);
            }
            Some(Line::Commit(commit)) => kept.commit = Some(commit),
            None => spoiled = true,
        }
    }
    if spoiled {
        // A newer date may have been in that line, so none of them is believed; heads are named by their blob.
        kept.commit = None;
    }
    Ok(kept)
}

/// Layout and reader: an other build of the program reads the cards again, but keeps the dates.
fn first_line() -> String {
    let build = std::env::current_exe()
        .and_then(fs::metadata)
        .ok()
        .map(|program| {
            let changed = program
                .modified()
                .ok()
                .and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
            format!(
                "{}-{}",
                program.len(),
                changed.unwrap_or_default().as_nanos()
            )
        });
    format!(
        "{LAYOUT} {} {}",
        env!("CARGO_PKG_VERSION"),
        build.unwrap_or_default()
    )
}

enum Line {
    Head(Box<Head>),
    Commit(CommitId),
}

fn understand(line: &[u8]) -> Option<Line> {
    let (sum, content) = line.split_at_checked(17)?;
    let sum = u64::from_str_radix(std::str::from_utf8(sum.strip_suffix(b" ")?).ok()?, 16).ok()?;
    if sum != checksum(content) {
        return None;
    }
    match content.split_at_checked(2)? {
        (b"H ", row) => serde_json::from_slice::<Row>(row)
            .ok()?
            .head()
            .map(|head| Line::Head(Box::new(head))),
        (b"C ", name) => CommitId::parse(std::str::from_utf8(name).ok()?)
            .ok()
            .map(Line::Commit),
        _ => None,
    }
}

fn head_line(out: &mut Vec<u8>, head: &Head) {
    let mut content = b"H ".to_vec();
    serde_json::to_writer(&mut content, &Row::of(head)).expect("a row is plain data");
    checked_line(out, &content);
}

fn commit_line(out: &mut Vec<u8>, commit: CommitId) {
    checked_line(out, format!("C {commit}").as_bytes());
}

fn checked_line(out: &mut Vec<u8>, content: &[u8]) {
    out.extend_from_slice(format!("{:016x} ", checksum(content)).as_bytes());
    out.extend_from_slice(content);
    out.push(b'\n');
}

/// FNV-1a: not against malice, only against torn and stale disk blocks.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A head as it is written: short keys, nothing that is empty.
#[derive(Serialize, Deserialize)]
struct Row {
    p: CardPath,
    b: BlobId,
    u: i64,
    i: CardId,
    k: String,
    t: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    s: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    l: Option<String>,
    #[serde(default, skip_serializing_if = "is_zero")]
    st: u8,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    to: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ta: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    al: Vec<CardPath>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    m: Vec<(CardPath, Option<String>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r: Option<NaiveDate>,
    #[serde(default)]
    f: Facts,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    c: Vec<String>,
}

const STATUSES: [Status; 3] = [Status::Active, Status::ToReview, Status::Archived];

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

impl Row {
    fn of(head: &Head) -> Row {
        let status = STATUSES.iter().position(|status| *status == head.status);
        Row {
            p: head.path.clone(),
            b: head.blob,
            u: head.updated.timestamp(),
            i: head.id,
            k: head.kind.as_str().to_owned(),
            t: head.title.clone(),
            s: head.summary.clone(),
            l: head.language.clone(),
            st: status
                .and_then(|place| u8::try_from(place).ok())
                .unwrap_or_default(),
            to: head.topics.clone(),
            ta: head.tags.clone(),
            al: head.aliases.clone(),
            m: head.mentions.clone(),
            r: head.review_by,
            f: head.facts.clone(),
            c: head.credited.clone(),
        }
    }

    fn head(self) -> Option<Head> {
        Some(Head {
            path: self.p,
            blob: self.b,
            id: self.i,
            kind: self.k.parse().ok()?,
            title: self.t,
            summary: self.s,
            language: self.l,
            status: *STATUSES.get(usize::from(self.st))?,
            topics: self.to,
            tags: self.ta,
            aliases: self.al,
            mentions: self.m,
            updated: DateTime::from_timestamp(self.u, 0)?,
            review_by: self.r,
            facts: self.f,
            credited: self.c,
        })
    }
}
