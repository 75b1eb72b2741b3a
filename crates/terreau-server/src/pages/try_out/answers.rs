//! What the inputs of the form say, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Utc};
use terreau_card::{PrivateThing, private_things};
use terreau_commons::{CommitId, Head, Snapshot};
use terreau_community::{CreditName, EmailAddress, OrganisationName};
use terreau_experience::{Mark, TryOut, When};

use crate::pages::account::say_refusal;
use crate::pages::edit::Inputs;
use crate::place_input::{Choice, PlaceTyped, read_place};
use crate::{Reader, Words};

/// How many criteria the short form asks for: the first ones of the commons.
pub const CRITERIA: usize = 4;
/// How long a text of the form may be, in characters.
const LONGEST: usize = 4_000;
/// How long a tip or an adaptation may be, in characters.
const LONGEST_LINE: usize = 500;
/// Before this year nothing is told in two minutes.
const FIRST_YEAR: i32 = 1950;

/// What somebody told, ready to be sent.
pub struct Answers {
    /// What it tells.
    pub try_out: TryOut,
    /// The name to credit.
    pub name: CreditName,
    /// The organisation to credit.
    pub organisation: Option<OrganisationName>,
}

/// What is wrong, by name of input.
#[derive(Debug, Default)]
pub struct Wrong {
    /// What is said at each input.
    pub at: BTreeMap<&'static str, String>,
    /// What is said of no input.
    pub others: Vec<String>,
}

impl Wrong {
    /// Returns what is wrong with an input.
    pub fn of(&self, name: &str) -> Option<&String> {
        self.at.get(name)
    }

    /// Tells whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.at.is_empty() && self.others.is_empty()
    }
}

/// Why the form comes back.
pub struct Problems {
    /// What is wrong.
    pub wrong: Wrong,
    /// The territories to choose from.
    pub places: Vec<Choice>,
}

impl Answers {
    /// Reads the inputs; a guest says where the letter goes too.
    pub fn read(
        typed: &Inputs,
        snapshot: &Snapshot,
        head: &Head,
        reader: &Reader,
    ) -> Result<(Answers, Option<EmailAddress>), Problems> {
        let words = reader.words();
        let mut wrong = Wrong::default();
        let mut places = Vec::new();
        let place = match read_place(typed.one("territoire"), typed.one("territoire.code")) {
            PlaceTyped::Several(choices) => {
                places = choices;
                wrong
                    .at
                    .insert("territoire", words.say("try-out-place-which"));
                None
            }
            place => place.written().or_else(|| {
                wrong
                    .at
                    .insert("territoire", words.say("try-out-place-empty"));
                None
            }),
        };
        let story = text(typed, "recit", LONGEST);
        if story.is_empty() {
            wrong.at.insert("recit", words.say("try-out-story-empty"));
        }
        let start = start(typed).unwrap_or_else(|key| {
            wrong.at.insert("annee", words.say(key));
            None
        });
        let people = people(typed).unwrap_or_else(|key| {
            wrong.at.insert("personnes", words.say(key));
            None
        });
        let name = CreditName::parse(typed.one("nom")).map_err(|refusal| {
            wrong.at.insert("nom", say_refusal(words, refusal));
        });
        let organisation = match typed.one("organisation").trim() {
            "" => None,
            typed => OrganisationName::parse(typed)
                .map_err(|refusal| {
                    wrong.at.insert("organisation", say_refusal(words, refusal));
                })
                .ok(),
        };
        let email = if reader.is_anonymous() {
            EmailAddress::parse(typed.one("email"))
                .map_err(|_| {
                    wrong
                        .at
                        .insert("email", words.say("sign-in-ask-not-an-address"));
                })
                .ok()
        } else {
            None
        };
        let (Some(place), Ok(name), true) = (place, name, wrong.is_empty()) else {
            return Err(Problems { wrong, places });
        };
        let version = CommitId::parse(typed.one("version")).unwrap_or(*snapshot.commit());
        let criteria = snapshot.config().criteria.iter().take(CRITERIA);
        let marks = criteria.filter_map(|criterion| {
            let mark = typed
                .one(&format!("note.{}", criterion.code))
                .parse()
                .ok()?;
            Some((criterion.code.clone(), Mark::new(mark)?))
        });
        let line = |name| Some(text(typed, name, LONGEST_LINE)).filter(|text| !text.is_empty());
        let try_out = TryOut {
            about: head.path.clone(),
            about_title: head.title.clone(),
            commit: version.to_string(),
            place,
            start,
            people,
            story,
            changed: line("change"),
            marks: marks.collect(),
            tip: line("astuce"),
            again: typed.one("referait").parse().ok(),
            name: name.to_string(),
            organisation: organisation.as_ref().map(ToString::to_string),
            language: reader.language,
        };
        let answers = Answers {
            try_out,
            name,
            organisation,
        };
        Ok((answers, email))
    }
}

/// Says what looks like personal data in what was told, each once.
pub fn private(told: &Answers, words: Words) -> Vec<String> {
    let told = &told.try_out;
    let texts = [Some(&told.story), told.changed.as_ref(), told.tip.as_ref()];
    let found = texts
        .into_iter()
        .flatten()
        .flat_map(|text| private_things(text));
    let things: BTreeSet<PrivateThing> = found.map(|(_, thing)| thing).collect();
    things
        .into_iter()
        .map(|thing| say_private(thing, words))
        .collect()
}

/// Says what something that looks like personal data is.
pub fn say_private(thing: PrivateThing, words: Words) -> String {
    words.say(match thing {
        PrivateThing::Telephone => "try-out-private-telephone",
        PrivateThing::Email => "try-out-private-email",
        PrivateThing::Address => "try-out-private-address",
    })
}

fn text(typed: &Inputs, name: &str, longest: usize) -> String {
    typed.one(name).trim().chars().take(longest).collect()
}

/// Reads when it began: a year that may be left out, a month that needs one.
fn start(typed: &Inputs) -> Result<Option<When>, &'static str> {
    let year = typed.one("annee").trim();
    if year.is_empty() {
        return Ok(None);
    }
    let now = Utc::now().year();
    let year: i32 = year.parse().map_err(|_| "try-out-year-wrong")?;
    if !(FIRST_YEAR..=now).contains(&year) {
        return Err("try-out-year-wrong");
    }
    let written = match typed.one("mois") {
        "" => year.to_string(),
        month => format!("{year}-{month}"),
    };
    When::parse(&written).map(Some).ok_or("try-out-year-wrong")
}

/// Reads how many people took part; spaces between thousands are allowed.
fn people(typed: &Inputs) -> Result<Option<u64>, &'static str> {
    let written: String = typed
        .one("personnes")
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    if written.is_empty() {
        return Ok(None);
    }
    match written.parse::<u64>() {
        Ok(people @ 1..=1_000_000) => Ok(Some(people)),
        _ => Err("try-out-people-wrong"),
    }
}
