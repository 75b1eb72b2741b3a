//! What goes into the index, what is asked of it and what it answers.

use terreau_card::{CardId, CardPath, Kind};

/// A card as the index wants it: plain text, no Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Identity: a new document with the same id takes the place of the old one.
    pub id: CardId,
    /// Where the card lives.
    pub path: CardPath,
    /// Kind of card, a filter and a facet.
    pub kind: Kind,
    /// Language of the card as a BCP 47 tag ("fr"); may be empty.
    pub language: String,
    /// Title, the heaviest field.
    pub title: String,
    /// Summary, heavier than the text; shown when the text has nothing to show.
    pub summary: String,
    /// What a reader reads, headings included; snippets are cut from it.
    pub text: String,
    /// Codes of the topics, a filter and a facet.
    pub topics: Vec<String>,
    /// Free words that find the card as the summary does.
    pub tags: Vec<String>,
    /// Moment of the last change, in seconds since 1970 (UTC): an empty query lists the newest first.
    pub updated: i64,
}

/// A question asked of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What the reader typed, as typed; blank means every card.
    pub text: String,
    /// Kinds wanted (any of them); empty means all.
    pub kinds: Vec<Kind>,
    /// Codes of topics wanted (any of them); empty means all.
    pub topics: Vec<String>,
    /// How many hits to return at most.
    pub limit: usize,
    /// How many hits to pass over first.
    pub offset: usize,
}

impl Default for Query {
    fn default() -> Self {
        Query {
            text: String::new(),
            kinds: Vec::new(),
            topics: Vec::new(),
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
    /// True when no card has all the words typed, so that cards with some of them are shown.
    pub widened: bool,
    /// The text as the reader may have meant it, with words of the commons in place of unknown ones.
    pub suggestion: Option<String>,
    /// The hits asked for, best first (newest first when no word was asked for).
    pub hits: Vec<Hit>,
    /// Cards by kind, as choosing that kind alone would give with the other filters; zero counts are left out.
    pub kinds: Vec<(Kind, usize)>,
    /// Cards by topic code, likewise, most frequent first.
    pub topics: Vec<(String, usize)>,
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
    /// Score; only its order means something. Zero when no word was asked for.
    pub score: f32,
}

/// A stretch of plain text, never HTML, marked when it is a word found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// The text with its own accents and case.
    pub text: String,
    /// True when the query found this word.
    pub marked: bool,
}
