//! What was sent of a try-out, by the form or by a program, made ready to be kept; and what is wrong with it.

use chrono::{Datelike, Utc};
use terreau_commons::{CommitId, Head, Snapshot};
use terreau_community::{CreditName, EmailAddress, OrganisationName};
use terreau_experience::{Fault, Told, TryOut, Typed};

use crate::pages::account::say_refusal;
use crate::place_input::{Choice, PlaceTyped, read_place};
use crate::{Reader, Words};

/// What was sent, before it is read.
#[derive(Debug)]
pub struct Sent {
    /// Where it was, and the key of the territory that was chosen for it.
    pub place: (String, String),
    /// What happened there.
    pub typed: Typed,
    /// The name to credit.
    pub name: String,
    /// The organisation to credit.
    pub organisation: String,
    /// Where the link of a guest goes.
    pub email: String,
    /// The published commit that shows the version that was read.
    pub version: CommitId,
    /// Whether the sender agrees to the licence.
    pub agrees: bool,
    /// Whether they were told what looks private in it.
    pub was_warned: bool,
}

/// What somebody told, ready to be sent.
pub struct Answers {
    /// What it tells.
    pub try_out: TryOut,
    /// The name to credit.
    pub name: CreditName,
    /// The organisation to credit.
    pub organisation: Option<OrganisationName>,
    /// Where the link of a guest goes.
    pub email: Option<EmailAddress>,
}

/// What is wrong with what was sent.
#[derive(Debug, Default)]
pub struct Wrong {
    /// What is said of each field, under its name in the API.
    pub fields: Vec<(&'static str, String)>,
    /// The territories to choose from.
    pub places: Vec<Choice>,
}

impl Answers {
    /// Reads what was sent of a card; a guest says where the letter goes too.
    pub fn read(
        sent: &Sent,
        snapshot: &Snapshot,
        head: &Head,
        reader: &Reader,
    ) -> Result<Answers, Wrong> {
        let words = reader.words();
        let mut wrong = Wrong::default();
        let place = match read_place(&sent.place.0, &sent.place.1) {
            PlaceTyped::Several(choices) => {
                wrong.places = choices;
                wrong.note("territory", words.say("try-out-place-which"))
            }
            place => place
                .written()
                .or_else(|| wrong.note("territory", words.say("try-out-place-empty"))),
        };
        let criteria = &snapshot.config().criteria;
        let criteria: Vec<&str> = criteria.iter().map(|one| one.code.as_str()).collect();
        let told = Told::read(&sent.typed, &criteria, Utc::now().year());
        let told = told.map_err(|faults| {
            let said = faults.into_iter();
            let said = said.map(|(field, fault)| (field, say_fault(field, fault, words)));
            wrong.fields.extend(said);
        });
        let name = CreditName::parse(&sent.name)
            .or_else(|refusal| wrong.note("name", say_refusal(words, refusal)).ok_or(()));
        let organisation = match sent.organisation.trim() {
            "" => None,
            typed => OrganisationName::parse(typed).map_or_else(
                |refusal| wrong.note("organisation", say_refusal(words, refusal)),
                Some,
            ),
        };
        let email = reader
            .is_anonymous()
            .then(|| EmailAddress::parse(&sent.email));
        let email = email.and_then(|email| {
            email.map_or_else(
                |_| wrong.note("email", words.say("sign-in-ask-not-an-address")),
                Some,
            )
        });
        let (Some(place), Ok(told), Ok(name), true) = (place, told, name, wrong.fields.is_empty())
        else {
            return Err(wrong);
        };
        let try_out = TryOut {
            about: head.path.clone(),
            about_title: head.title.clone(),
            commit: sent.version.to_string(),
            place,
            told,
            name: name.to_string(),
            organisation: organisation.as_ref().map(ToString::to_string),
            language: reader.language,
        };
        Ok(Answers {
            try_out,
            name,
            organisation,
            email,
        })
    }
}

impl Wrong {
    /// Remembers what is wrong with a field, which has no value then.
    fn note<T>(&mut self, field: &'static str, said: String) -> Option<T> {
        self.fields.push((field, said));
        None
    }
}

/// Says what is wrong with what was told.
fn say_fault(field: &str, fault: Fault, words: Words) -> String {
    match (fault, field) {
        (Fault::TooLong(most), _) => words.tell("try-out-too-long", "count", most),
        (Fault::Missing, _) => words.say("try-out-story-empty"),
        (Fault::Unusable, "start") => words.say("try-out-year-wrong"),
        (Fault::Unusable, "people") => words.say("try-out-people-wrong"),
        (Fault::Unusable, _) => words.say("try-out-choice-wrong"),
    }
}
