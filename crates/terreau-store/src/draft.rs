//! A change being prepared: the snapshot with edits laid over it, seen by the checks as the commons it would become.

use std::collections::{BTreeMap, BTreeSet};

use terreau_card::{Card, CardId, CardPath, CommonsConfig, Neighbours, Problem};

use crate::snapshot::CONFIG_FILE;
use crate::{Snapshot, StoreError};

/// A card as it would be.
pub(crate) struct DraftCard {
    pub card: Card,
    /// What reading it said.
    pub problems: Vec<Problem>,
}

/// The commons as it would be.
pub(crate) struct Draft<'a> {
    snapshot: &'a Snapshot,
    /// Cards written, and paths left (`None`).
    pub cards: BTreeMap<CardPath, Option<DraftCard>>,
    /// Other files written.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The configuration, when it changed.
    pub config: Option<CommonsConfig>,
    /// Cards that the edits are about, for the trailers; not those that only had a link rewritten.
    pub about: BTreeSet<CardPath>,
    /// Whether something was joined with what was published meanwhile.
    pub merged: bool,
}

impl<'a> Draft<'a> {
    /// Returns the commit that the draft starts from.
    pub(crate) fn commit(&self) -> crate::CommitId {
        *self.snapshot.commit()
    }

    pub(crate) fn new(snapshot: &'a Snapshot) -> Self {
        Draft {
            snapshot,
            cards: BTreeMap::new(),
            files: BTreeMap::new(),
            config: None,
            about: BTreeSet::new(),
            merged: false,
        }
    }

    pub(crate) fn snapshot(&self) -> &'a Snapshot {
        self.snapshot
    }

    pub(crate) fn config(&self) -> &CommonsConfig {
        self.config
            .as_ref()
            .unwrap_or_else(|| self.snapshot.config())
    }

    /// Lays a card over the snapshot.
    pub(crate) fn write(&mut self, path: &CardPath, text: &str) {
        let (card, problems) = Card::read(text);
        self.cards
            .insert(path.clone(), Some(DraftCard { card, problems }));
    }

    /// Takes a card from its path.
    pub(crate) fn leave(&mut self, path: &CardPath) {
        self.cards.insert(path.clone(), None);
    }

    /// Returns the card drafted at a path.
    pub(crate) fn drafted(&self, path: &CardPath) -> Option<&Card> {
        self.cards.get(path)?.as_ref().map(|draft| &draft.card)
    }

    /// Returns the identity that a path has now, drafted or published.
    pub(crate) fn id_at(&self, path: &CardPath) -> Option<CardId> {
        match self.cards.get(path) {
            Some(draft) => draft.as_ref()?.card.id(),
            None => self.snapshot.head(path).map(|head| head.id),
        }
    }

    /// Returns the cards that name this one now, drafted or published.
    pub(crate) fn naming(&self, path: &CardPath) -> BTreeSet<CardPath> {
        let published = self
            .snapshot
            .links_to(path)
            .into_iter()
            .map(|link| link.from);
        let mut naming: BTreeSet<CardPath> = published
            .filter(|from| !self.cards.contains_key(from))
            .collect();
        for (from, card) in self.drafted_cards() {
            if terreau_card::card_links(card, from)
                .iter()
                .any(|mention| mention.to == *path)
            {
                naming.insert(from.clone());
            }
        }
        naming
    }

    /// Refuses a new file where a folder is, under a file, or beside one that differs in capitals only.
    pub(crate) fn refuse_if_taken(&self, file: &str) -> Result<(), StoreError> {
        let taken = |reason| {
            let path = file.to_owned();
            Err(StoreError::Unacceptable { path, reason })
        };
        // Only names at the root may have capitals, so folders have none.
        if self.has_below(&file.to_ascii_lowercase()) {
            return taken("there is a folder of that name");
        }
        for (end, _) in file.match_indices('/') {
            let folder = &file[..end];
            if self.has_file(folder) || (!self.has_below(folder) && self.root_has_nearly(folder)) {
                return taken("a folder cannot have the name of a file");
            }
        }
        if !self.has_file(file) && self.root_has_nearly(file) {
            return taken("another file has the same name but for capitals");
        }
        Ok(())
    }

    /// Says whether a folder holds anything.
    fn has_below(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        self.snapshot.has_below(folder)
            || self.files.keys().any(|file| file.starts_with(&start))
            || self
                .drafted_cards()
                .any(|(path, _)| path.as_str().starts_with(&start))
    }

    /// Says whether the root holds a file of this name, but for capitals.
    fn root_has_nearly(&self, name: &str) -> bool {
        let published = self.snapshot.files().map(|(path, _)| path);
        let mut files = published.chain(self.files.keys().map(String::as_str));
        !name.contains('/') && files.any(|file| file.eq_ignore_ascii_case(name))
    }

    fn drafted_cards(&self) -> impl Iterator<Item = (&CardPath, &Card)> {
        self.cards
            .iter()
            .filter_map(|(path, draft)| Some((path, &draft.as_ref()?.card)))
    }
}

impl Neighbours for Draft<'_> {
    fn has_card(&self, path: &CardPath) -> bool {
        match self.cards.get(path) {
            Some(draft) => draft.is_some(),
            None => self.snapshot.head(path).is_some(),
        }
    }

    fn has_file(&self, path: &str) -> bool {
        path == CONFIG_FILE
            || self.files.contains_key(path)
            || self.snapshot.file(path).is_some()
            || CardPath::from_file(path).is_some_and(|card| self.has_card(&card))
    }

    fn moved(&self, path: &CardPath) -> Option<CardPath> {
        let drafted = self
            .drafted_cards()
            .find(|(_, card)| card.aliases().contains(path));
        let published = || {
            self.snapshot
                .alias(path)
                .filter(|owner| !self.cards.contains_key(*owner))
        };
        drafted.map(|(owner, _)| owner).or_else(published).cloned()
    }

    fn other_with_id(&self, id: CardId, but: &CardPath) -> Option<CardPath> {
        let drafted = self
            .drafted_cards()
            .find(|(path, card)| *path != but && card.id() == Some(id));
        let published = || {
            let head = self.snapshot.by_id(&id)?;
            (head.path != *but && !self.cards.contains_key(&head.path)).then_some(&head.path)
        };
        drafted.map(|(path, _)| path).or_else(published).cloned()
    }

    fn other_with_alias(&self, alias: &CardPath, but: &CardPath) -> Option<CardPath> {
        let drafted = self
            .drafted_cards()
            .find(|(path, card)| *path != but && card.aliases().contains(alias));
        let published = || {
            self.snapshot
                .alias(alias)
                .filter(|owner| *owner != but && !self.cards.contains_key(*owner))
        };
        drafted.map(|(path, _)| path).or_else(published).cloned()
    }

    fn paths(&self) -> Box<dyn Iterator<Item = &CardPath> + '_> {
        let published = self
            .snapshot
            .heads()
            .map(|head| &head.path)
            .filter(|path| !self.cards.contains_key(*path));
        Box::new(published.chain(self.drafted_cards().map(|(path, _)| path)))
    }
}
