//! The cards found, each with the facts that decide.

use terreau_card::CardPath;
use terreau_commons::{Fragment, Hit, Reason, Snapshot, Where, Why};

use super::Asked;
use super::asked::MOST_COMPARED;
use crate::pages::side_by_side;
use crate::{Words, facts, url};

/// A card found.
pub struct Found {
    /// Its kind.
    pub kind: String,
    /// Its title, with the words found marked.
    pub title: Vec<Fragment>,
    /// Its address.
    pub href: String,
    /// The passage that answers best.
    pub snippet: Vec<Fragment>,
    /// The question that it answers, nearest to the one asked.
    pub asked: Option<Vec<Fragment>>,
    /// The language of its words, when it is not that of the page.
    pub language: Option<String>,
    /// Duration, people, cost, difficulty, how often it was tried.
    pub line: String,
    /// Cards that say nearly the same.
    pub alike: Vec<(String, String)>,
    /// Where it is compared with those chosen before.
    pub compare: Option<String>,
    /// Why it stands where it stands.
    pub why: Vec<String>,
}

/// What results are told with.
pub struct Results<'a> {
    pub asked: &'a Asked,
    pub snapshot: &'a Snapshot,
    pub words: Words,
}

impl Results<'_> {
    /// Tells of a card found.
    pub fn found(&self, hit: Hit) -> Found {
        let config = self.snapshot.config();
        let head = self.snapshot.head(&hit.path);
        let language = head.map(|head| head.language_or(config.default_language));
        Found {
            kind: config
                .kind(hit.kind)
                .label
                .get(self.words.language)
                .to_owned(),
            line: self.line(&hit.path, hit.tried),
            compare: self.compare(&hit.path),
            why: hit
                .why
                .as_ref()
                .map(|why| self.reasons(why))
                .unwrap_or_default(),
            alike: hit
                .alike
                .iter()
                .filter_map(|path| self.snapshot.head(path))
                .map(|head| (head.title.clone(), url::card(&head.path)))
                .collect(),
            title: hit.marked_title,
            href: url::card(&hit.path),
            snippet: hit.snippet,
            asked: hit.asked,
            language: language
                .filter(|language| *language != self.words.language)
                .map(|language| language.code().to_owned()),
        }
    }

    /// Says the facts that decide: « 2 à 3 heures · 10 à 40 personnes · gratuit · facile · essayée 3 fois ».
    fn line(&self, path: &CardPath, tried: u32) -> String {
        let Some(head) = self.snapshot.head(path) else {
            return String::new();
        };
        line(head, tried, self.snapshot, self.words)
    }

    fn compare(&self, path: &CardPath) -> Option<String> {
        let compared = &self.asked.compared;
        let is_possible =
            !compared.is_empty() && compared.len() < MOST_COMPARED && !compared.contains(path);
        is_possible.then(|| side_by_side::url_of(compared.iter().chain([path])))
    }

    fn reasons(&self, why: &Why) -> Vec<String> {
        why.reasons
            .iter()
            .map(|(reason, weight)| {
                let said = self.reason(reason);
                let key = if adds(reason) {
                    "search-why-adds"
                } else {
                    "search-why-times"
                };
                let weight = facts::say::number(f64::from(*weight), self.words.language);
                self.words.tell_two(key, "reason", &said, "weight", &weight)
            })
            .collect()
    }

    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Word(word, place) => {
                let place = self.words.say(match place {
                    Where::Title => "search-why-in-title",
                    Where::Tags => "search-why-in-tags",
                    Where::Summary => "search-why-in-summary",
                    Where::Labels => "search-why-in-labels",
                    Where::Asked => "search-why-in-asked",
                    Where::Text => "search-why-in-text",
                });
                self.words
                    .tell_two("search-why-word", "word", word, "place", &place)
            }
            Reason::Together(words) => self.words.tell("search-why-together", "words", words),
            Reason::WholeTitle => self.words.say("search-why-whole-title"),
            Reason::Answers => self.words.say("search-why-answers"),
            Reason::Company => self.words.say("search-why-company"),
            Reason::Coverage => self.words.say("search-why-coverage"),
            Reason::Focus => self.words.say("search-why-focus"),
            Reason::Tried => self.words.say("search-why-tried"),
            Reason::Reviewed => self.words.say("search-why-reviewed"),
            Reason::Language => self.words.say("search-why-language"),
            Reason::Kind => self.words.say("search-why-kind"),
        }
    }
}

/// Says the facts that decide whether to open a card.
pub fn line(head: &terreau_commons::Head, tried: u32, snapshot: &Snapshot, words: Words) -> String {
    let difficulty = head.facts.difficulty.map(|step| step.to_string());
    let label = difficulty.as_deref().map(|step| {
        snapshot
            .config()
            .label("difficulties", step, words.language)
    });
    let mut said = facts::line(&head.facts, label, words);
    if tried > 0 {
        if !said.is_empty() {
            said.push_str(" · ");
        }
        said.push_str(&words.tell("search-tried", "count", tried));
    }
    said
}

const fn adds(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Word(..)
            | Reason::Together(_)
            | Reason::WholeTitle
            | Reason::Answers
            | Reason::Company
    )
}
