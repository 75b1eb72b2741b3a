//! Roles of people and scopes of their tokens.

use crate::word::words;

words! {
    /// What a person does in the commons, from the least to the most entrusted; each role may do all that the roles before
    /// it may, unless governance says otherwise. The words are those of `commons.toml`.
    pub enum Role {
        /// Reads; also the role of everyone without an account.
        Reader = "reader",
        /// Proposes changes and reports back.
        Contributor = "contributor",
        /// Reviews, and publishes where governance lets editors.
        Editor = "editor",
        /// Looks after accounts, partners and governance.
        Steward = "steward",
    }
}

words! {
    /// What a token may be used for; never more than its account may.
    pub enum Scope {
        /// Publishes cards.
        CardWrite = "card:write",
        /// Makes proposals.
        ProposalWrite = "proposal:write",
        /// Reviews proposals.
        ReviewWrite = "review:write",
        /// Sends field reports.
        ExperienceWrite = "experience:write",
        /// Pushes a mirror's changes.
        MirrorPush = "mirror:push",
        /// Reads and manages accounts.
        Admin = "admin",
    }
}
