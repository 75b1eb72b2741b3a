//! Merging two edits of one card: by front-matter key, then by paragraph. A conflict is a value.

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Both edits are in this text.
    Clean(String),
    /// The edits meet in some places.
    Conflicted(Conflicts),
}

/// A text of which some places wait for a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicts {
    /// Settled text and conflicts, in reading order.
    pub parts: Vec<Part>,
}

/// A piece of a merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is settled.
    Settled(String),
    /// A place where both edits differ.
    Conflict(Conflict),
}

/// A place where both edits changed the same thing differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where it is.
    pub place: Place,
    /// What both started from; empty when both added.
    pub base: String,
    /// What our edit makes of it; empty when it removes.
    pub ours: String,
    /// What the other edit makes of it; empty when it removes.
    pub theirs: String,
}

/// Where a conflict is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A key of the front matter.
    Key(String),
    /// One or more paragraphs of the body.
    Paragraph {
        /// Heading of the section, none before the first.
        section: Option<String>,
    },
}

/// How a conflict is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Neither edit.
    Base,
    /// Our edit.
    Ours,
    /// The other edit.
    Theirs,
    /// Ours, then theirs.
    Both,
    /// Another text.
    Text(String),
}

impl Conflicts {
    /// Returns the conflicts alone, in reading order.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.parts.iter().filter_map(|part| match part {
            Part::Conflict(conflict) => Some(conflict),
            Part::Settled(_) => None,
        })
    }

    /// Writes the whole text with the three versions of each conflict between markers.
    pub fn with_markers(&self) -> String {
        todo!()
    }

    /// Writes the whole text, each conflict settled by the choice of the same rank; one without a choice keeps its markers.
    pub fn resolve(&self, _choices: &[Choice]) -> String {
        todo!()
    }
}

/// Joins two edits of `base`.
pub fn merge(_base: &str, _ours: &str, _theirs: &str) -> Merged {
    todo!()
}
