//! The published commons at one moment: immutable, cheap to share, and cheap to derive the next one from.
//!
//! Everything here is a persistent map, so that a save touches the few entries that it changes and the
//! snapshot before it stays whole for whoever still reads it.

use std::cmp::Reverse;
use std::ops::Bound;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use imbl::{HashMap, OrdMap, OrdSet};
use terreau_card::{CardId, CardPath, CommonsConfig, Kind};

use crate::{BlobId, CommitId, Head};

/// The file that makes a repository a commons.
pub const CONFIG_FILE: &str = "commons.toml";

/// The published commons at one moment.
#[derive(Clone)]
#[cfg_attr(test, derive(PartialEq))]
pub struct Snapshot {
    commit: CommitId,
    date: DateTime<Utc>,
    config: Arc<CommonsConfig>,
    heads: OrdMap<CardPath, Arc<Head>>,
    paths: HashMap<CardId, CardPath>,
    aliases: OrdSet<(CardPath, Option<CardPath>)>,
    links: OrdSet<LinkKey>,
    newest: OrdSet<(Reverse<DateTime<Utc>>, CardPath)>,
    files: OrdMap<Arc<str>, BlobId>,
    kinds: [usize; Kind::ALL.len()],
}

/// What a path of the commons leads to.
#[derive(Debug, Clone)]
pub enum Resolved {
    /// A card.
    Card(Arc<Head>),
    /// A card that was renamed: its present path.
    Moved(CardPath),
    /// A file that is no card: its blob and its media type.
    File(BlobId, &'static str),
    /// Nothing.
    Missing,
}

/// A card that names another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlink {
    /// The card that names it.
    pub from: CardPath,
    /// How it stands to it, when it says so.
    pub relation: Option<String>,
}

/// One link, ordered by its target first; `None` sorts before every card, so it opens the range of a target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct LinkKey {
    to: CardPath,
    from: Option<CardPath>,
    relation: Option<Arc<str>>,
}

/// What a commit changes in a snapshot.
#[derive(Default)]
pub(crate) struct Delta {
    /// Cards written, with what is known of them.
    pub heads: Vec<Head>,
    /// Cards that are gone from their path.
    pub gone_cards: Vec<CardPath>,
    /// Other files written.
    pub files: Vec<(String, BlobId)>,
    /// Other files that are gone.
    pub gone_files: Vec<String>,
    /// The configuration, when it changed.
    pub config: Option<CommonsConfig>,
}

impl Snapshot {
    /// Makes the snapshot of a commons without any file.
    pub(crate) fn empty(commit: CommitId, date: DateTime<Utc>, config: CommonsConfig) -> Snapshot {
        Snapshot {
            commit,
            date,
            config: Arc::new(config),
            heads: OrdMap::new(),
            paths: HashMap::new(),
            aliases: OrdSet::new(),
            links: OrdSet::new(),
            newest: OrdSet::new(),
            files: OrdMap::new(),
            kinds: [0; Kind::ALL.len()],
        }
    }

    /// Returns the commit that this is.
    pub fn commit(&self) -> &CommitId {
        &self.commit
    }

    /// Returns when that commit was published.
    pub fn date(&self) -> DateTime<Utc> {
        self.date
    }

    /// Returns the configuration of the commons.
    pub fn config(&self) -> &Arc<CommonsConfig> {
        &self.config
    }

    /// Returns the card at a path; old paths are not followed.
    pub fn head(&self, path: &CardPath) -> Option<&Arc<Head>> {
        self.heads.get(path)
    }

    /// Returns the card with this identity.
    pub fn by_id(&self, id: &CardId) -> Option<&Arc<Head>> {
        self.heads.get(self.paths.get(id)?)
    }

    /// Returns the present path of a card from an old one.
    pub fn alias(&self, old: &CardPath) -> Option<&CardPath> {
        let (alias, path) = self.aliases.range((old.clone(), None)..).next()?;
        if alias == old { path.as_ref() } else { None }
    }

    /// Says what a path leads to: a card's path, an old path of a card, or a file; a leading `/` is fine.
    pub fn resolve(&self, path: &str) -> Resolved {
        let path = path.trim_start_matches('/');
        if let Ok(card) = CardPath::parse(path) {
            if let Some(head) = self.heads.get(&card) {
                return Resolved::Card(Arc::clone(head));
            }
            if let Some(present) = self.alias(&card) {
                return Resolved::Moved(present.clone());
            }
        }
        match self.files.get(path) {
            Some(blob) => Resolved::File(*blob, media_type(path)),
            None => Resolved::Missing,
        }
    }

    /// Returns the blob of a file that is no card.
    pub fn file(&self, path: &str) -> Option<BlobId> {
        self.files.get(path).copied()
    }

    /// Says whether a folder holds a card or another file.
    pub(crate) fn has_below(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        let from = |start| (Bound::Included(start), Bound::Unbounded);
        let card = self.heads.range::<_, str>(from(start.as_str())).next();
        let file = self.files.range::<_, str>(from(start.as_str())).next();
        card.is_some_and(|(path, _)| path.as_str().starts_with(&start))
            || file.is_some_and(|(path, _)| path.starts_with(&start))
    }

    /// Iterates over the files that are no cards, in path order.
    pub fn files(&self) -> impl Iterator<Item = (&str, BlobId)> {
        self.files.iter().map(|(path, blob)| (&**path, *blob))
    }

    /// Iterates over every card, archived ones too, in path order.
    pub fn heads(&self) -> impl Iterator<Item = &Arc<Head>> {
        self.heads.values()
    }

    /// Returns the cards that name this one, in path order.
    pub fn links_to(&self, path: &CardPath) -> Vec<Backlink> {
        let start = LinkKey {
            to: path.clone(),
            from: None,
            relation: None,
        };
        self.links
            .range(start..)
            .take_while(|link| link.to == *path)
            .filter_map(|link| {
                let relation = link.relation.as_deref().map(str::to_owned);
                Some(Backlink {
                    from: link.from.clone()?,
                    relation,
                })
            })
            .collect()
    }

    /// Returns the cards changed last, newest first, without archived ones.
    pub fn newest(&self, count: usize) -> Vec<Arc<Head>> {
        self.newest
            .iter()
            .filter_map(|(_, path)| self.heads.get(path))
            .take(count)
            .cloned()
            .collect()
    }

    /// Returns how many cards there are, archived ones included.
    pub fn count(&self) -> usize {
        self.heads.len()
    }

    /// Returns how many cards of a kind there are, without archived ones.
    pub fn count_of(&self, kind: Kind) -> usize {
        self.kinds[kind as usize]
    }

    /// Returns how many cards there are of each kind, in the order of the format, without archived ones.
    pub fn counts(&self) -> Vec<(Kind, usize)> {
        Kind::ALL
            .into_iter()
            .map(|kind| (kind, self.count_of(kind)))
            .collect()
    }

    /// Returns the snapshot that a commit makes of this one; the cost is that of the change, not of the commons.
    pub(crate) fn with(&self, commit: CommitId, date: DateTime<Utc>, delta: Delta) -> Snapshot {
        let mut next = self.clone();
        next.commit = commit;
        next.date = date;
        for path in &delta.gone_cards {
            next.take_out(path);
        }
        for head in delta.heads {
            next.take_out(&head.path);
            next.put_in(head);
        }
        for path in &delta.gone_files {
            next.files.remove(path.as_str());
        }
        for (path, blob) in delta.files {
            next.files.insert(path.into(), blob);
        }
        if let Some(config) = delta.config {
            next.config = Arc::new(config);
        }
        next
    }

    fn take_out(&mut self, path: &CardPath) {
        let Some(head) = self.heads.remove(path) else {
            return;
        };
        if self.paths.get(&head.id) == Some(path) {
            self.paths.remove(&head.id);
        }
        for alias in &head.aliases {
            self.aliases.remove(&(alias.clone(), Some(path.clone())));
        }
        for (to, relation) in &head.mentions {
            self.links.remove(&link(to, path, relation.as_deref()));
        }
        if !head.is_archived() {
            self.newest.remove(&(Reverse(head.updated), path.clone()));
            self.kinds[head.kind as usize] -= 1;
        }
    }

    fn put_in(&mut self, head: Head) {
        // Two cards with one identity are refused when they are written; in a repository that says so
        // anyway the first path keeps it, and `verify` tells.
        if !self.paths.contains_key(&head.id) {
            self.paths.insert(head.id, head.path.clone());
        }
        for alias in &head.aliases {
            self.aliases
                .insert((alias.clone(), Some(head.path.clone())));
        }
        for (to, relation) in &head.mentions {
            self.links.insert(link(to, &head.path, relation.as_deref()));
        }
        if !head.is_archived() {
            self.newest
                .insert((Reverse(head.updated), head.path.clone()));
            self.kinds[head.kind as usize] += 1;
        }
        self.heads.insert(head.path.clone(), Arc::new(head));
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Snapshot")
            .field("commit", &self.commit)
            .field("cards", &self.heads.len())
            .finish_non_exhaustive()
    }
}

fn link(to: &CardPath, from: &CardPath, relation: Option<&str>) -> LinkKey {
    LinkKey {
        to: to.clone(),
        from: Some(from.clone()),
        relation: relation.map(Arc::from),
    }
}

/// Returns the media type of a file by its ending; what is not known is only bytes.
pub(crate) fn media_type(path: &str) -> &'static str {
    match path
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase()
        .as_str()
    {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "toml" | "md" | "txt" | "mailmap" | "yaml" | "yml" | "csv" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
