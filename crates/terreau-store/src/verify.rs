//! What `terreau doctor` asks of the store: is everything that was promised still there?

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
