//! What goes into the index, what is asked of it and what it answers.

use std::collections::BTreeMap;

use terreau_card::facets::Facet;
use terreau_card::{CardId, CardPath, Kind, Language};

/// A card as the index wants it: plain text, no Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Identity: a new document with the same id takes the place of the old one.
    pub id: CardId,
    /// Where the card lives.
    pub path: CardPath,
    /// Kind of card.
    pub kind: Kind,
    /// Language of the card as a BCP 47 tag ("fr"); may be empty.
    pub language: String,
    /// Title, the heaviest field.
    pub title: String,
    /// Summary, heavier than the text; shown when the text has nothing to show.
    pub summary: String,
    /// What a reader reads, headings included; snippets are cut from it.
    pub text: String,
    /// Free words that find the card as the summary does.
    pub tags: Vec<String>,
    /// The questions that it answers, as people ask them: they find the card nearly as its title does.
    pub asked: Vec<String>,
    /// Moment of the last change, in seconds since 1970 (UTC): an empty query lists the newest first.
    pub updated: i64,
    /// What filters find it by. Every level of a tree is a value: "axis", "axis/orientation".
    pub facets: Vec<(Facet, String)>,
    /// How long it takes, for how many, what it costs, from and to: facets hold the classes of these.
    pub measures: Vec<(Facet, f64, f64)>,
    /// The words that people read for its codes ("Alimentation", "Mobiliser"): they find the card, lightly.
    pub labels: Vec<String>,
    /// How many experiences tell of it.
    pub tried: u32,
    /// When it was last reviewed, in seconds since 1970 (UTC).
    pub reviewed: Option<i64>,
    /// For an experience: the cards it tells of.
    pub about: Vec<CardId>,
    /// The cards that it sends its readers to.
    pub named: Vec<CardPath>,
}

/// The order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best answers first; newest first when no word was asked for.
    #[default]
    Relevance,
    /// Tried most often first.
    MostTried,
    /// Changed last first.
    Newest,
}

/// A question asked of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the reader typed, as typed; blank means every card.
    pub text: String,
    /// What cards must have: any of the values of one facet, and this for each facet that is named.
    pub filters: Vec<(Facet, String)>,
    /// Takes the text as it is: nothing is corrected, no filter is read in it.
    pub as_typed: bool,
    /// The order of the hits.
    pub sort: Sort,
    /// Language of the reader, whose cards come a little earlier.
    pub language: Option<Language>,
    /// The present, in seconds since 1970 (UTC), to tell what was reviewed recently.
    pub now: Option<i64>,
    /// Says why each card stands where it stands.
    pub explain: bool,
    /// Only says which cards, each by itself: without passages, nor near-duplicates together. For long lists.
    pub is_bare: bool,
    /// How many hits to return at most.
    pub limit: usize,
    /// How many hits to pass over first.
    pub offset: usize,
}

impl Default for Query {
    fn default() -> Self {
        Query {
            text: String::new(),
            filters: Vec::new(),
            as_typed: false,
            sort: Sort::default(),
            language: None,
            now: None,
            explain: false,
            is_bare: false,
            limit: 20,
            offset: 0,
        }
    }
}

/// What the index answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Number of cards found, whatever the limit.
    pub total: usize,
    /// The hits asked for, in the order asked for.
    pub hits: Vec<Hit>,
    /// Cards by value, as choosing that value alone in its facet would give with the other filters; zeros are left out.
    pub counts: BTreeMap<Facet, Vec<(String, usize)>>,
    /// Filters read in the text and applied.
    pub understood: Vec<Understood>,
    /// The text as it may have been meant, with words of the commons in place of unknown ones.
    pub corrected: Option<String>,
    /// What was searched in the end.
    pub searched: Searched,
    /// What to drop when nothing was found.
    pub ways_out: Vec<WayOut>,
}

/// A filter read in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// Its facet.
    pub facet: Facet,
    /// Its value.
    pub code: String,
    /// The words it was read from, as typed.
    pub words: String,
    /// The text without these words.
    pub rest: String,
}

/// What was searched in the end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Searched {
    /// The text as typed.
    #[default]
    AsTyped,
    /// This text: nothing has what was typed.
    Corrected(String),
    /// Some of the words: no card has them all.
    SomeWords,
}

/// Something to drop, and what that gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// What to drop.
    pub drop: Dropped,
    /// The text to ask then.
    pub query_text: String,
    /// How many cards that gives.
    pub total: usize,
}

/// What may be dropped from a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dropped {
    /// A filter, chosen or read in the text.
    Filter(Facet, String),
    /// A word or a phrase of the text, as typed.
    Word(String),
}

/// A card found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Identity of the card.
    pub id: CardId,
    /// Where the card lives.
    pub path: CardPath,
    /// Kind of card.
    pub kind: Kind,
    /// Title as written.
    pub title: String,
    /// Title again, with the words found marked.
    pub marked_title: Vec<Fragment>,
    /// Summary as written.
    pub summary: String,
    /// The passage of the text that shows the words best, else the summary.
    pub snippet: Vec<Fragment>,
    /// The question that it answers, as people ask it, when that is nearest to the query.
    pub asked: Option<Vec<Fragment>>,
    /// Score; only its order means something. Zero when no word was asked for.
    pub score: f32,
    /// How many experiences tell of it.
    pub tried: u32,
    /// Cards that say nearly the same, grouped under this one.
    pub alike: Vec<CardPath>,
    /// Why it stands where it stands, when that was asked.
    pub why: Option<Why>,
}

/// Why a card stands where it stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Why {
    /// Each reason and what it adds or multiplies, most important first.
    pub reasons: Vec<(Reason, f32)>,
}

/// One reason for a place in the results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A word of the query, as the card has it, and where: adds.
    Word(String, Where),
    /// Words that stand side by side as in the query: adds.
    Together(String),
    /// The title has words of the query, the more so when it says little else: adds.
    WholeTitle,
    /// One of the questions that it answers has words of the query: adds.
    Answers,
    /// A best answer sends to it, or it sends to one: adds.
    Company,
    /// The share of the query that the card has: multiplies.
    Coverage,
    /// Keeps closely to the filters read in the text: multiplies.
    Focus,
    /// Tried in the field: multiplies.
    Tried,
    /// Reviewed recently: multiplies.
    Reviewed,
    /// In the language of the reader, or not: multiplies.
    Language,
    /// The kind of card answers such a question more or less often: multiplies.
    Kind,
}

/// Where in a card a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// In its title.
    Title,
    /// In its free words.
    Tags,
    /// In its summary.
    Summary,
    /// Among the labels of its codes.
    Labels,
    /// In a question that it answers.
    Asked,
    /// In its text.
    Text,
}

/// A stretch of plain text, never HTML, marked when it is a word found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The text with its own accents and case.
    pub text: String,
    /// True when the query found this word.
    pub marked: bool,
}

/// The words of a commons, for queries; replaced as a whole after a publication, without indexing anything again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lexicon {
    /// Words that find each other.
    pub synonyms: Vec<SynonymGroup>,
    /// Words that are filters when typed: facet, code, and how people write it in either language, plurals too.
    pub names: Vec<(Facet, String, Vec<String>)>,
}

/// Words that find each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SynonymGroup {
    /// With it, only this word finds the others; without, each finds all.
    pub from: Option<String>,
    /// The words, each of one or several.
    pub words: Vec<String>,
}
