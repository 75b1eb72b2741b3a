//! A try-out: what somebody tells in two minutes of a card that they tried, and the experience card that comes of it.

mod told;

use terreau_card::{Card, CardId, CardPath, CommonsConfig, Kind, Language, Value, slug_of};

use crate::{State, WrittenPlace};

pub use told::{Fault, Told, Typed};

/// How long the title of a card may be, in characters.
const TITLE: usize = 120;
/// How long its summary may be, in characters.
const SUMMARY: usize = 300;

/// What somebody tells of a card that they tried.
#[derive(Debug, Clone, PartialEq)]
pub struct TryOut {
    /// The card.
    pub about: CardPath,
    /// Its title.
    pub about_title: String,
    /// The published commit that shows the version that they read, in 40 hexadecimal digits.
    pub commit: String,
    /// Where.
    pub place: WrittenPlace,
    /// What happened there, and what they think of it.
    pub told: Told,
    /// The name to credit.
    pub name: String,
    /// The organisation to credit.
    pub organisation: Option<String>,
    /// The language in which it is told.
    pub language: Language,
}

impl TryOut {
    /// Returns the card of an experience that tells this, and nothing that was not told.
    pub fn card(&self, id: CardId, config: &CommonsConfig) -> Card {
        let text = |text: &str| Value::Text(text.to_owned());
        let mut keys: Vec<(&str, Value)> = vec![
            ("title", Value::Text(self.title())),
            ("summary", Value::Text(summary_of(&self.told.story))),
            ("authors", Value::List(vec![self.author()])),
            ("about", Value::List(vec![self.about_value()])),
            ("territories", Value::List(vec![self.place.to_value()])),
            ("state", text(State::Finished.as_str())),
        ];
        // Whoever says when it was says when it was over, too.
        for key in ["start", "end"] {
            let when = self.told.start.map(|when| Value::Text(when.to_string()));
            keys.extend(when.map(|when| (key, when)));
        }
        keys.extend(self.told.people.and_then(|people| {
            let count = Value::Integer(i64::try_from(people).ok()?);
            Some((
                "participants",
                Value::Map(vec![("count".to_owned(), count)]),
            ))
        }));
        keys.extend(
            self.told
                .tip
                .iter()
                .map(|tip| ("tips", Value::List(vec![text(tip)]))),
        );
        keys.extend(self.told.changed.iter().map(|changed| {
            let adaptation = Value::Map(vec![("changed".to_owned(), text(changed))]);
            ("adaptations", Value::List(vec![adaptation]))
        }));
        keys.extend(self.told.again.map(|again| ("again", text(again.as_str()))));
        if !self.told.marks.is_empty() {
            let marks = self.told.marks.iter();
            let marks = marks.map(|(code, mark)| (code.clone(), Value::Integer(mark.get().into())));
            keys.push(("marks", Value::Map(marks.collect())));
        }
        let card = Card::new(Kind::Experience, id, self.language);
        let card = keys
            .into_iter()
            .fold(card, |card, (key, value)| card.with(key, Some(value)));
        card.with_body(&self.body(config))
    }

    /// Returns what the address of the card ends with, when nothing else is there: `porteur-de-parole-combloux-2025`.
    pub fn slug(&self) -> String {
        slug_of(&self.title())
    }

    fn title(&self) -> String {
        let year = self.told.start.map(|start| format!(" ({})", start.year()));
        let end = format!(", {}{}", self.place.name, year.unwrap_or_default());
        let room = TITLE.saturating_sub(end.chars().count());
        shorten(&format!("{}{end}", shorten(&self.about_title, room)), TITLE)
    }

    /// Returns the sections that the commons asks of every experience, each with what was told for it.
    fn body(&self, config: &CommonsConfig) -> String {
        let sections = config.kind(Kind::Experience).sections.iter();
        let told = sections.filter_map(|section| {
            let text = match section.code.as_str() {
                STORY => self.told.story.trim().to_owned(),
                CONTEXT => self.context(),
                _ if section.required => self.say("À compléter.", "To be completed.").to_owned(),
                _ => return None,
            };
            Some(format!(
                "## {}\n\n{text}\n",
                section.label.get(self.language)
            ))
        });
        let told: Vec<String> = told.collect();
        if told.is_empty() {
            return format!("{}\n", self.told.story.trim());
        }
        told.join("\n")
    }

    /// Returns where and when it was, in a few words.
    fn context(&self) -> String {
        let within = [
            &self.place.department,
            &self.place.region,
            &self.place.country,
        ];
        let within = within.into_iter().flatten().next();
        let within = within
            .map(|within| format!(" ({within})"))
            .unwrap_or_default();
        let mut words = format!(
            "{} {}{within}.",
            self.say("Lieu\u{a0}:", "Place:"),
            self.place.name
        );
        if let Some(start) = self.told.start {
            words.push_str(&format!(
                " {} {}.",
                self.say("Année\u{a0}:", "Year:"),
                start.year()
            ));
        }
        if let Some(people) = self.told.people {
            let who = self.say("Personnes présentes\u{a0}:", "People present:");
            words.push_str(&format!(" {who} {people}."));
        }
        words
    }

    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        match self.language {
            Language::French => french,
            Language::English => english,
        }
    }

    fn author(&self) -> Value {
        let mut author = vec![("name".to_owned(), Value::Text(self.name.clone()))];
        let organisation = self.organisation.clone();
        author.extend(organisation.map(|name| ("organisation".to_owned(), Value::Text(name))));
        author.push(("role".to_owned(), Value::Text("testing".to_owned())));
        Value::Map(author)
    }

    fn about_value(&self) -> Value {
        Value::Map(vec![
            ("card".to_owned(), Value::Text(self.about.to_string())),
            ("commit".to_owned(), Value::Text(self.commit.clone())),
        ])
    }
}

/// The section that tells what was done.
const STORY: &str = "recit";
/// The section that tells where and when.
const CONTEXT: &str = "contexte";

/// Returns the first sentences of a text that a summary has room for.
fn summary_of(story: &str) -> String {
    let line = story.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUMMARY {
        return line;
    }
    let room = shorten(&line, SUMMARY);
    match room.rfind(['.', '!', '?']) {
        Some(end) if end > SUMMARY / 3 => room[..=end].to_owned(),
        _ => room,
    }
}

/// Cuts a text between two words, with an ellipsis, when it is longer than so many characters.
fn shorten(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let cut: String = text.chars().take(room.saturating_sub(1)).collect();
    let cut = cut.rfind(' ').map_or(cut.as_str(), |space| &cut[..space]);
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':', '.']))
}
