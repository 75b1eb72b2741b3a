//! What `terreau doctor` asks of the store: is everything that was promised still there?

use std::collections::{HashMap, HashSet};
use std::path::Path;

use git2::{ObjectType, Odb, Oid, Repository};
use terreau_card::{Language, check_commons, text_of};

use crate::heads_cache::{HeadsCache, Kept};
use crate::repo::MAIN;
use crate::snapshot::CONFIG_FILE;
use crate::{Head, Snapshot, StoreError, load, lock};

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: FindingSeverity,
    /// Where: a file of the repository, an object, a card.
    pub place: String,
    /// What is wrong, in plain words.
    pub what: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingSeverity {
    /// Mends itself, or does no harm.
    Note,
    /// Readers or writers will meet it.
    Fault,
}

/// Collects what is found; a step that cannot be done is a finding itself.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn fault(&mut self, place: impl ToString, what: impl ToString) {
        self.0.push(Finding {
            severity: FindingSeverity::Fault,
            place: place.to_string(),
            what: what.to_string(),
        });
    }

    fn note(&mut self, place: impl ToString, what: impl ToString) {
        self.0.push(Finding {
            severity: FindingSeverity::Note,
            place: place.to_string(),
            what: what.to_string(),
        });
    }

    fn step<T>(&mut self, place: &str, answer: Result<T, StoreError>) -> Option<T> {
        answer
            .map_err(|error| self.fault(place, chain(&error)))
            .ok()
    }
}

/// Looks at refs, objects, leftovers, cards, and at what is kept of them.
pub(crate) fn verify(repo: &Repository, snapshot: &Snapshot, heads_file: &Path) -> Vec<Finding> {
    let mut findings = Findings::default();
    leftovers(repo, &mut findings);
    let tips = refs(repo, snapshot, &mut findings);
    let whole = objects(repo, &tips, &mut findings);
    if whole {
        cards(repo, snapshot, &mut findings);
        heads(repo, snapshot, heads_file, &mut findings);
    }
    findings.0
}

fn leftovers(repo: &Repository, findings: &mut Findings) {
    match lock::leftovers(repo.path()) {
        Ok(paths) => {
            for path in paths {
                findings.note(
                    path.display(),
                    "left by a stopped process; the next start removes it",
                );
            }
        }
        Err(error) => findings.fault(repo.path().display(), error),
    }
}

/// Returns every commit that a ref names.
fn refs(repo: &Repository, snapshot: &Snapshot, findings: &mut Findings) -> Vec<Oid> {
    match repo
        .find_reference("HEAD")
        .map(|head| head.symbolic_target().ok().flatten().map(str::to_owned))
    {
        Ok(Some(target)) if target == MAIN => {}
        Ok(target) => findings.fault("HEAD", format!("leads to {target:?} and not to {MAIN}")),
        Err(error) => findings.fault("HEAD", error.message()),
    }
    match load::main_commit(repo) {
        Ok(main) if main == snapshot.commit().oid() => {}
        Ok(main) => findings.note(
            MAIN,
            format!("is at {main}, which was published by another program and not read yet"),
        ),
        Err(error) => findings.fault(MAIN, chain(&error)),
    }
    let mut tips = Vec::new();
    let all = match repo.references() {
        Ok(all) => all,
        Err(error) => {
            findings.fault("refs", error.message());
            return tips;
        }
    };
    for reference in all {
        match reference {
            Ok(reference) => {
                let name = String::from_utf8_lossy(reference.name_bytes()).into_owned();
                match reference.resolve().map(|direct| direct.target()) {
                    Ok(Some(oid)) => tips.push(oid),
                    Ok(None) => findings.fault(name, "leads nowhere"),
                    Err(error) => findings.fault(name, error.message()),
                }
            }
            Err(error) => findings.fault("refs", error.message()),
        }
    }
    tips
}

/// Reads every object that a ref leads to; reading compares it with its hash. Returns whether all are there.
fn objects(repo: &Repository, tips: &[Oid], findings: &mut Findings) -> bool {
    let odb = match repo.odb() {
        Ok(odb) => odb,
        Err(error) => {
            findings.fault("objects", error.message());
            return false;
        }
    };
    let before = findings.0.len();
    let mut seen: HashSet<Oid> = HashSet::new();
    let mut to_read: Vec<Oid> = tips.to_vec();
    while let Some(oid) = to_read.pop() {
        if !seen.insert(oid) {
            continue;
        }
        if let Err(error) = read_object(repo, &odb, oid, &mut to_read) {
            findings.fault(oid, error.message());
        }
    }
    findings.0.len() == before
}

fn read_object(
    repo: &Repository,
    odb: &Odb<'_>,
    oid: Oid,
    to_read: &mut Vec<Oid>,
) -> Result<(), git2::Error> {
    match odb.read(oid)?.kind() {
        ObjectType::Commit => {
            let commit = repo.find_commit(oid)?;
            to_read.push(commit.tree_id());
            to_read.extend(commit.parent_ids());
        }
        ObjectType::Tree => {
            for entry in &repo.find_tree(oid)? {
                if entry.kind() != Some(ObjectType::Commit) {
                    to_read.push(entry.id());
                }
            }
        }
        ObjectType::Tag => to_read.push(repo.find_tag(oid)?.target_id()),
        _ => {}
    }
    Ok(())
}

/// Checks the whole commons as `terreau check` does.
fn cards(repo: &Repository, snapshot: &Snapshot, findings: &mut Findings) {
    let mut files = Vec::new();
    let mut read = |path: &str, blob: Oid, findings: &mut Findings| match repo.find_blob(blob) {
        Ok(blob) => files.push((path.to_owned(), blob.content().to_vec())),
        Err(error) => findings.fault(path, error.message()),
    };
    for head in snapshot.heads() {
        read(&head.path.file(), head.blob.oid(), findings);
    }
    for (path, blob) in snapshot
        .files()
        .filter(|(path, _)| *path == CONFIG_FILE || path.ends_with(".md"))
    {
        read(path, blob.oid(), findings);
    }
    let mut config = "";
    let mut texts = Vec::new();
    for (path, bytes) in &files {
        match text_of(bytes) {
            Ok(text) if path == CONFIG_FILE => config = text,
            Ok(text) => texts.push((path.clone(), text)),
            Err(problem) => findings.fault(path, problem.message(Language::English)),
        }
    }
    let pictures = snapshot
        .files()
        .filter(|(path, _)| *path != CONFIG_FILE && !path.ends_with(".md"));
    texts.extend(pictures.map(|(path, _)| (path.to_owned(), "")));
    for (path, problem) in check_commons(config, &texts) {
        let place = format!("{path}:{}:{}", problem.line, problem.column);
        if problem.is_error() {
            findings.fault(place, problem.message(Language::English));
        }
    }
}

/// Compares the heads in memory and on disk with heads read from nothing.
fn heads(repo: &Repository, snapshot: &Snapshot, heads_file: &Path, findings: &mut Findings) {
    let Some(rebuilt) = findings.step("heads", load::whole(repo, &mut Kept::default())) else {
        return;
    };
    if rebuilt.snapshot.commit() != snapshot.commit() {
        return;
    }
    let fresh: HashMap<_, &Head> = rebuilt
        .snapshot
        .heads()
        .map(|head| (&head.path, head.as_ref()))
        .collect();
    if fresh.len() != snapshot.count() {
        findings.fault(
            "heads",
            format!(
                "{} cards are shown, {} are published",
                snapshot.count(),
                fresh.len()
            ),
        );
    }
    for head in snapshot.heads() {
        if fresh.get(&head.path).copied() != Some(head.as_ref()) {
            findings.fault(
                &head.path,
                "what is shown in lists is not what the card says",
            );
        }
    }
    let (_, kept) = HeadsCache::load(heads_file);
    if kept.commit.as_ref() != Some(snapshot.commit()) {
        findings.note(
            "cache/heads.log",
            "is behind or was spoiled; the next start reads the missing cards again",
        );
        return;
    }
    let differs = |head: &&Head| {
        kept.heads
            .get(&head.path)
            .is_some_and(|other| other != *head)
    };
    if fresh.values().copied().filter(differs).count() > 0 {
        findings.note(
            "cache/heads.log",
            "differs from the cards; remove it and it is made again",
        );
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}
