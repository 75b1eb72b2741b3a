//! Roles of people and scopes of their tokens.

use std::fmt;
use std::str::FromStr;

/// A word that names no role or no scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord(pub String);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown word: {:?}", self.0)
    }
}

impl std::error::Error for UnknownWord {}

/// What a person does in the commons; each role may do all that the roles before it may, unless governance says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads; also the role of everyone without an account.
    Reader,
    /// Proposes changes and reports back.
    Contributor,
    /// Reviews, and publishes where governance lets editors.
    Editor,
    /// Looks after accounts, partners and governance.
    Steward,
}

impl Role {
    /// All roles, from the least to the most entrusted.
    pub const ALL: [Role; 4] = [Role::Reader, Role::Contributor, Role::Editor, Role::Steward];

    /// Returns the word that stands for the role in `commons.toml`, on the command line and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::Contributor => "contributor",
            Role::Editor => "editor",
            Role::Steward => "steward",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Role::ALL
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or_else(|| UnknownWord(word.to_owned()))
    }
}

/// What a token may be used for; never more than its account may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Publishes cards.
    CardWrite,
    /// Makes proposals.
    ProposalWrite,
    /// Reviews proposals.
    ReviewWrite,
    /// Sends field reports.
    ExperienceWrite,
    /// Pushes a mirror's changes.
    MirrorPush,
    /// Reads and manages accounts.
    Admin,
}

impl Scope {
    /// All scopes, in the order of the documentation.
    pub const ALL: [Scope; 6] = [
        Scope::CardWrite,
        Scope::ProposalWrite,
        Scope::ReviewWrite,
        Scope::ExperienceWrite,
        Scope::MirrorPush,
        Scope::Admin,
    ];

    /// Returns the word that stands for the scope on the command line, in the API and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scope::CardWrite => "card:write",
            Scope::ProposalWrite => "proposal:write",
            Scope::ReviewWrite => "review:write",
            Scope::ExperienceWrite => "experience:write",
            Scope::MirrorPush => "mirror:push",
            Scope::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Scope::ALL
            .into_iter()
            .find(|scope| scope.as_str() == word)
            .ok_or_else(|| UnknownWord(word.to_owned()))
    }
}
