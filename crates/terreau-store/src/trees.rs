//! Reading trees quickly: listing all files of a version, and telling two versions apart without looking into
//! folders that are the same.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use git2::{Odb, Oid, Repository};

use crate::StoreError;

/// A file that differs between two versions: its path, what it was, what it is.
pub(crate) struct Differing {
    /// The path from the root.
    pub path: String,
    /// The blob before.
    pub old: Option<Oid>,
    /// The blob after.
    pub new: Option<Oid>,
}

/// One line of a tree.
#[derive(Clone, Copy)]
struct Entry<'raw> {
    folder: bool,
    file: bool,
    name: &'raw [u8],
    oid: Oid,
}

/// A reader of raw trees that remembers the last ones: neighbours in history share all but one or two.
pub(crate) struct Trees<'repo> {
    odb: Odb<'repo>,
    recent: HashMap<Oid, Rc<[u8]>>,
}

/// How many trees are remembered; more than the folders that two neighbouring versions differ in.
const RECENT: usize = 48;

/// Deeper folders are not cards': git itself is told to refuse them (`core.maxTreeDepth`).
const MAX_DEPTH: usize = 64;

impl<'repo> Trees<'repo> {
    pub(crate) fn new(repo: &'repo Repository) -> Result<Self, StoreError> {
        Ok(Trees {
            odb: repo.odb()?,
            recent: HashMap::new(),
        })
    }

    /// Lists every file of a tree in path order of git; links and submodules are none.
    pub(crate) fn files(&mut self, tree: Oid) -> Result<Vec<(String, Oid)>, StoreError> {
        let mut files = Vec::new();
        self.differing(None, Some(tree), &mut |file| {
            if let Some(blob) = file.new {
                files.push((file.path, blob));
            }
        })?;
        Ok(files)
    }

    /// Tells each file that differs between two trees.
    pub(crate) fn differing(
        &mut self,
        old: Option<Oid>,
        new: Option<Oid>,
        each: &mut dyn FnMut(Differing),
    ) -> Result<(), StoreError> {
        self.folder("", old, new, 0, each)
    }

    fn folder(
        &mut self,
        prefix: &str,
        old: Option<Oid>,
        new: Option<Oid>,
        depth: usize,
        each: &mut dyn FnMut(Differing),
    ) -> Result<(), StoreError> {
        if old == new {
            return Ok(());
        }
        if depth > MAX_DEPTH {
            return Err(StoreError::Damaged(format!("folders too deep at {prefix}")));
        }
        let (old_raw, new_raw) = (self.raw(old)?, self.raw(new)?);
        let (mut before, mut after) = (Entries(&old_raw).peekable(), Entries(&new_raw).peekable());
        loop {
            let order = match (before.peek(), after.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(a), Some(b)) => tree_order(a, b),
            };
            let a = if order.is_le() { before.next() } else { None };
            let b = if order.is_ge() { after.next() } else { None };
            let (a_oid, b_oid) = (a.map(|entry| entry.oid), b.map(|entry| entry.oid));
            if a_oid == b_oid && a.map(|entry| entry.file) == b.map(|entry| entry.file) {
                continue;
            }
            let Some(entry) = a.or(b) else { continue };
            let Ok(name) = std::str::from_utf8(entry.name) else {
                continue;
            };
            let path = if prefix.is_empty() {
                name.to_owned()
            } else {
                format!("{prefix}/{name}")
            };
            if entry.folder {
                self.folder(&path, a_oid, b_oid, depth + 1, each)?;
            } else {
                let old = a.filter(|entry| entry.file).map(|entry| entry.oid);
                let new = b.filter(|entry| entry.file).map(|entry| entry.oid);
                if old != new {
                    each(Differing { path, old, new });
                }
            }
        }
    }

    fn raw(&mut self, tree: Option<Oid>) -> Result<Rc<[u8]>, StoreError> {
        let Some(oid) = tree else {
            return Ok(Rc::from([]));
        };
        if let Some(raw) = self.recent.get(&oid) {
            return Ok(Rc::clone(raw));
        }
        let raw: Rc<[u8]> = self.odb.read(oid)?.data().into();
        if self.recent.len() >= RECENT {
            self.recent.clear();
        }
        self.recent.insert(oid, Rc::clone(&raw));
        Ok(raw)
    }
}

/// Git orders a folder as if its name ended with a slash.
fn tree_order(a: &Entry<'_>, b: &Entry<'_>) -> Ordering {
    let end = |entry: &Entry<'_>| if entry.folder { b'/' } else { 0 };
    let shared = a.name.len().min(b.name.len());
    a.name[..shared].cmp(&b.name[..shared]).then_with(|| {
        let next = |entry: &Entry<'_>| {
            entry
                .name
                .get(shared)
                .copied()
                .unwrap_or_else(|| end(entry))
        };
        next(a).cmp(&next(b))
    })
}

/// The lines of a raw tree: `<mode> <name>\0<20 bytes>`; it ends where that is not so.
struct Entries<'raw>(&'raw [u8]);

impl<'raw> Iterator for Entries<'raw> {
    type Item = Entry<'raw>;

    fn next(&mut self) -> Option<Entry<'raw>> {
        let space = self.0.iter().position(|byte| *byte == b' ')?;
        let (mode, rest) = self.0.split_at(space);
        let zero = rest.iter().position(|byte| *byte == 0)?;
        let oid = Oid::from_bytes(rest.get(zero + 1..zero + 21)?).ok()?;
        self.0 = &rest[zero + 21..];
        Some(Entry {
            folder: mode == b"40000",
            file: mode.starts_with(b"100"),
            name: &rest[1..zero],
            oid,
        })
    }
}
