//! How grave each rule is, and its name.

use super::{QuestionFault, Rule};
use crate::Severity;

impl Rule {
    /// Says whether the rule keeps a card from being published.
    pub fn severity(&self) -> Severity {
        match self {
            Rule::NeedsQuotes { .. }
            | Rule::UnknownKey { .. }
            | Rule::MarkdownInText { .. }
            | Rule::Twice { .. }
            | Rule::TitleInBody
            | Rule::RawHtml
            | Rule::SectionTwice { .. }
            | Rule::ForeignImage { .. }
            | Rule::SiteLink { .. }
            | Rule::Private { .. }
            | Rule::MovedCard { .. }
            | Rule::NamesItself
            | Rule::ConfigUnknown { .. }
            | Rule::SynonymAlone
            | Rule::BadSynonym { .. }
            | Rule::SynonymTwice { .. }
            | Rule::Questions(
                QuestionFault::Unknown(_) | QuestionFault::Choices(_) | QuestionFault::None,
            ) => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Returns the stable name of the rule, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Rule::NotUtf8 => "not-utf8",
            Rule::ByteOrderMark => "byte-order-mark",
            Rule::CarriageReturn => "carriage-return",
            Rule::NotNfc => "not-nfc",
            Rule::ControlCharacter { .. } => "control-character",
            Rule::BidiCharacter { .. } => "bidi-character",
            Rule::NoFrontMatter => "no-front-matter",
            Rule::FrontMatterOpen => "front-matter-open",
            Rule::FrontMatterTooBig { .. } => "front-matter-too-big",
            Rule::FrontMatterTooDeep { .. } => "front-matter-too-deep",
            Rule::TooManyKeys { .. } => "too-many-keys",
            Rule::BadYaml(_) => "bad-yaml",
            Rule::NotAMapping => "not-a-mapping",
            Rule::KeyNotText => "key-not-text",
            Rule::SeveralDocuments => "several-documents",
            Rule::Anchor => "anchor",
            Rule::Alias => "alias",
            Rule::Tag => "tag",
            Rule::MergeKey => "merge-key",
            Rule::DuplicateKey { .. } => "duplicate-key",
            Rule::MissingKey { .. } => "missing-key",
            Rule::EmptyValue { .. } => "empty-value",
            Rule::UnknownKey { .. } => "unknown-key",
            Rule::WrongShape { .. } => "wrong-shape",
            Rule::NeedsQuotes { .. } => "needs-quotes",
            Rule::TooLong { .. } => "too-long",
            Rule::NotOneLine { .. } => "not-one-line",
            Rule::MarkdownInText { .. } => "markdown-in-text",
            Rule::OutOfBounds { .. } => "out-of-bounds",
            Rule::NotOneOf { .. } => "not-one-of",
            Rule::UnknownCode { .. } => "unknown-code",
            Rule::WrongLevel { .. } => "wrong-level",
            Rule::NotUnder { .. } => "not-under",
            Rule::Twice { .. } => "twice",
            Rule::WrongCount { .. } => "wrong-count",
            Rule::MinAboveMax { .. } => "min-above-max",
            Rule::EndBeforeStart => "end-before-start",
            Rule::UnknownLicence { .. } => "unknown-licence",
            Rule::LicenceCantJoin { .. } => "licence-cant-join",
            Rule::LicenceMissing => "licence-missing",
            Rule::BadPath { .. } => "bad-path",
            Rule::BadFilePath { .. } => "bad-file-path",
            Rule::MissingSection { .. } => "missing-section",
            Rule::EmptySection { .. } => "empty-section",
            Rule::SectionTwice { .. } => "section-twice",
            Rule::TitleInBody => "title-in-body",
            Rule::RawHtml => "raw-html",
            Rule::MissingMedia { .. } => "missing-media",
            Rule::ForeignImage { .. } => "foreign-image",
            Rule::SiteLink { .. } => "site-link",
            Rule::Private { .. } => "private",
            Rule::Questions(_) => "questions",
            Rule::MissingCard { .. } => "missing-card",
            Rule::MovedCard { .. } => "moved-card",
            Rule::NamesItself => "names-itself",
            Rule::MissingFile { .. } => "missing-file",
            Rule::SameId { .. } => "same-id",
            Rule::AliasTaken { .. } => "alias-taken",
            Rule::TwinFile { .. } => "twin-file",
            Rule::FileName { .. } => "file-name",
            Rule::NoConfig => "no-config",
            Rule::BadToml { .. } => "bad-toml",
            Rule::UnknownFormat => "unknown-format",
            Rule::ConfigMissing { .. } => "config-missing",
            Rule::ConfigUnknown { .. } => "config-unknown",
            Rule::ConfigShape { .. } => "config-shape",
            Rule::ConfigCode { .. } => "config-code",
            Rule::ConfigTwice { .. } => "config-twice",
            Rule::SynonymAlone => "synonym-alone",
            Rule::BadSynonym { .. } => "bad-synonym",
            Rule::SynonymTwice { .. } => "synonym-twice",
        }
    }
}
