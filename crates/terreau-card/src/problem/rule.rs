//! The rules of the format, each with what its message needs.

mod facts;

use crate::{CardId, CardPath, PathRefusal, schema::Shape};

/// A rule of the format that a file breaks.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    // The text.
    /// The file isn't UTF-8.
    NotUtf8,
    /// The file begins with an invisible byte order mark.
    ByteOrderMark,
    /// Lines end as on Windows.
    CarriageReturn,
    /// Accents are written in two characters.
    NotNfc,
    /// An invisible control character.
    ControlCharacter {
        /// Its code point.
        code: u32,
    },
    /// An invisible character that turns the direction of reading.
    BidiCharacter {
        /// Its code point.
        code: u32,
    },

    // The front matter as YAML.
    /// The file doesn't begin with `---`.
    NoFrontMatter,
    /// The second `---` is missing.
    FrontMatterOpen,
    /// More bytes than front matter may have.
    FrontMatterTooBig {
        /// How many there are.
        bytes: usize,
        /// How many there may be.
        max: usize,
    },
    /// Lists in mappings in lists, too many times.
    FrontMatterTooDeep {
        /// How many levels there may be.
        max: usize,
    },
    /// More keys than front matter may have.
    TooManyKeys {
        /// How many there may be.
        max: usize,
    },
    /// It isn't YAML.
    BadYaml(YamlFault),
    /// It isn't `key: value` lines.
    NotAMapping,
    /// A key that is a list, a block or nothing.
    KeyNotText,
    /// A second document inside the front matter.
    SeveralDocuments,
    /// `&name`.
    Anchor,
    /// `*name`.
    Alias,
    /// `!tag`.
    Tag,
    /// `<<`.
    MergeKey,
    /// A key written twice.
    DuplicateKey {
        /// The key.
        key: String,
    },

    // Keys and their values.
    /// A key that a card can't do without.
    MissingKey {
        /// The key, with the way to it.
        key: String,
    },
    /// A key with nothing in it.
    EmptyValue {
        /// The key.
        key: String,
    },
    /// A key that the format doesn't know.
    UnknownKey {
        /// The key.
        key: String,
        /// A known one that looks like it.
        near: Option<String>,
    },
    /// A value of another shape.
    WrongShape {
        /// The key.
        key: String,
        /// What was expected.
        expected: Shape,
    },
    /// Text without quotes that other readers take for a number or a truth value.
    NeedsQuotes {
        /// The text.
        text: String,
    },
    /// More characters than fit.
    TooLong {
        /// The key.
        key: String,
        /// How many there may be.
        max: usize,
        /// How many there are.
        length: usize,
    },
    /// A line break where one line is expected.
    NotOneLine {
        /// The key.
        key: String,
    },
    /// Markdown where plain text is expected.
    MarkdownInText {
        /// The key.
        key: String,
    },
    /// A number outside its bounds.
    OutOfBounds {
        /// The key.
        key: String,
        /// The smallest.
        min: f64,
        /// The greatest.
        max: f64,
    },
    /// A word that isn't one of the format's.
    NotOneOf {
        /// The key.
        key: String,
        /// The word.
        word: String,
        /// The words of the format.
        words: Vec<String>,
        /// The one that looks like it.
        near: Option<String>,
    },
    /// A code that isn't in the vocabulary.
    UnknownCode {
        /// The vocabulary.
        vocabulary: String,
        /// The code.
        code: String,
        /// One that looks like it.
        near: Option<String>,
    },
    /// A code that stands at another level of the tree than the key wants.
    WrongLevel {
        /// The key.
        key: String,
        /// The code.
        code: String,
    },
    /// A code that isn't under the one it should be under.
    NotUnder {
        /// The code.
        code: String,
        /// The one above.
        above: String,
    },
    /// Something chosen twice.
    Twice {
        /// The key.
        key: String,
        /// What was chosen.
        item: String,
    },
    /// Too many or too few items.
    WrongCount {
        /// The key.
        key: String,
        /// At least.
        min: usize,
        /// At most.
        max: usize,
    },
    /// `min` above `max`.
    MinAboveMax {
        /// The key.
        key: String,
    },
    /// The end before the start.
    EndBeforeStart,
    /// A licence that nobody has heard of.
    UnknownLicence {
        /// As written.
        text: String,
    },
    /// A licence under which a text may not join a CC BY-SA card.
    LicenceCantJoin {
        /// The licence.
        licence: String,
    },
    /// An adapted or translated source, or an image, without a licence.
    LicenceMissing,
    /// A path that can't be the path of a card.
    BadPath {
        /// As written.
        text: String,
        /// Why not.
        refusal: PathRefusal,
    },
    /// A path that can't be the path of a file.
    BadFilePath {
        /// As written.
        text: String,
    },

    // The body.
    /// A section that the kind can't do without.
    MissingSection {
        /// Its heading.
        heading: String,
    },
    /// A section with nothing in it.
    EmptySection {
        /// Its heading.
        heading: String,
    },
    /// Two sections with one heading.
    SectionTwice {
        /// The heading.
        heading: String,
    },
    /// A first-level heading in the body.
    TitleInBody,
    /// HTML, which is shown as text.
    RawHtml,
    /// An image that has no entry in `media`.
    MissingMedia {
        /// The file.
        path: String,
    },
    /// An image kept elsewhere.
    ForeignImage {
        /// Its address.
        url: String,
    },
    /// A link to a card that only works on the site.
    SiteLink {
        /// As written.
        text: String,
        /// What works everywhere.
        better: String,
    },
    /// What looks like personal data.
    Private {
        /// Which.
        thing: PrivateThing,
    },
    /// Something wrong in the `questions` block.
    Questions(QuestionFault),

    // The card among others.
    /// No card there.
    MissingCard {
        /// The path.
        path: String,
        /// One that looks like it.
        near: Option<CardPath>,
    },
    /// The card moved.
    MovedCard {
        /// The old path.
        path: String,
        /// The new one.
        to: CardPath,
    },
    /// A card that names itself.
    NamesItself,
    /// No file there.
    MissingFile {
        /// The path.
        path: String,
        /// One that looks like it.
        near: Option<String>,
    },
    /// Two cards with one identity.
    SameId {
        /// The identity.
        id: CardId,
        /// The other card.
        other: CardPath,
    },
    /// An alias that is taken.
    AliasTaken {
        /// The alias.
        alias: CardPath,
        /// By whom.
        by: CardPath,
    },
    /// Two files that are one on some systems.
    TwinFile {
        /// The other file.
        other: String,
    },
    /// A folder of cards that is also a card.
    FileName {
        /// The file.
        file: String,
        /// Why it can't be a card.
        refusal: PathRefusal,
    },

    // `commons.toml`.
    /// There is none.
    NoConfig,
    /// It isn't TOML.
    BadToml {
        /// What the reader of TOML says.
        detail: String,
    },
    /// A version of the format that we don't know.
    UnknownFormat,
    /// A key that the file can't do without.
    ConfigMissing {
        /// The key.
        key: String,
    },
    /// A key that the file doesn't have.
    ConfigUnknown {
        /// The key.
        key: String,
        /// A known one that looks like it.
        near: Option<String>,
    },
    /// A value of another shape.
    ConfigShape {
        /// The key.
        key: String,
        /// What was expected: one of the words of the messages.
        expected: &'static str,
    },
    /// A code that isn't `[a-z0-9]+(-[a-z0-9]+)*`.
    ConfigCode {
        /// As written.
        code: String,
        /// What it could be.
        near: String,
    },
    /// A code used twice.
    ConfigTwice {
        /// The code.
        code: String,
    },

    // `synonymes.toml`.
    /// A group of one word.
    SynonymAlone,
    /// A synonym without any letter, or too long.
    BadSynonym {
        /// As written.
        word: String,
    },
    /// A word that stands in two groups that go both ways.
    SynonymTwice {
        /// The word.
        word: String,
        /// The first word of the group it stands in already.
        with: String,
    },
}

/// What keeps a text from being YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YamlFault {
    /// A tab where spaces belong.
    Tab,
    /// A quote that isn't closed, or an escape that doesn't exist.
    Quote,
    /// A bracket that isn't closed.
    Bracket,
    /// A colon too many, or one that is missing.
    Colon,
    /// Lines that aren't aligned.
    Indentation,
    /// Anything else.
    Other,
}

impl YamlFault {
    /// Sorts a message of the reader.
    pub(crate) fn of(info: &str) -> YamlFault {
        let says = |words: &[&str]| words.iter().any(|word| info.contains(word));
        if says(&["tab"]) {
            YamlFault::Tab
        } else if says(&["quote", "escape"]) {
            YamlFault::Quote
        } else if says(&["flow", "bracket", "','"]) {
            YamlFault::Bracket
        } else if says(&["mapping values", "simple key", "':'"]) {
            YamlFault::Colon
        } else if says(&["indent", "block", "column"]) {
            YamlFault::Indentation
        } else {
            YamlFault::Other
        }
    }
}

/// What looks like personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrivateThing {
    /// A telephone number.
    Telephone,
    /// The e-mail address of a person.
    Email,
    /// Where someone lives.
    Address,
}

/// What is wrong in a `questions` block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionFault {
    /// A survey has one block; this is another.
    Second,
    /// A survey without questionnaire.
    None,
    /// Not a list of sections or questions.
    NotAList,
    /// A section or a question that isn't a mapping.
    NotAMapping,
    /// A key of a section or a question that is missing.
    Missing(String),
    /// A key that isn't one of theirs.
    Unknown(String),
    /// A value of another shape.
    Shape(String),
    /// A name that isn't letters, digits and `_`.
    Name(String),
    /// A name used twice.
    NameTwice(String),
    /// A type that doesn't exist.
    Type(String),
    /// A choice to make without choices.
    NoChoices(String),
    /// Choices without a choice to make.
    Choices(String),
    /// A condition on a question that isn't asked before.
    Relevant {
        /// The question that has the condition.
        name: String,
        /// The one it asks about.
        other: String,
    },
    /// A range without bounds in order.
    Range(String),
}
