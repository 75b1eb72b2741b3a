//! What is told of a try-out, as it was typed in a form or sent by a program, and what is wrong with it.

use std::collections::BTreeMap;

use crate::{Again, Mark, When};

/// How long the story may be, in characters.
const LONGEST_STORY: usize = 4_000;
/// How long a tip or an adaptation may be, in characters.
const LONGEST_LINE: usize = 500;
/// Before this year nothing is told in two minutes.
const FIRST_YEAR: i32 = 1950;
/// How many people take part at most.
const MOST_PEOPLE: u64 = 1_000_000;

/// What was typed; what is blank was not told.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// What happened.
    pub story: String,
    /// A year, a month or a day: `2025`, `2025-05`.
    pub start: String,
    /// How many people; spaces between thousands are allowed.
    pub people: String,
    /// What they changed of the method.
    pub changed: String,
    /// Marks by the code of a criterion.
    pub marks: BTreeMap<String, String>,
    /// An advice.
    pub tip: String,
    /// Whether they would do it again: a word of the format.
    pub again: String,
}

/// What somebody tells of a card that they tried, beside where it was and who tells it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    /// What happened, in a few sentences.
    pub story: String,
    /// When it was.
    pub start: Option<When>,
    /// How many people took part.
    pub people: Option<u64>,
    /// What they changed of the method.
    pub changed: Option<String>,
    /// Marks by the code of a criterion.
    pub marks: BTreeMap<String, Mark>,
    /// An advice to those who come next.
    pub tip: Option<String>,
    /// Whether they would do it again.
    pub again: Option<Again>,
}

/// What is wrong with something typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It must be said.
    Missing,
    /// It has more characters than so many.
    TooLong(usize),
    /// It says nothing that can be used.
    Unusable,
}

impl Told {
    /// Reads what was typed, for the criteria of a commons, in a year.
    ///
    /// # Errors
    /// The fields that cannot be used, by their names in [`Typed`].
    pub fn read(
        typed: &Typed,
        criteria: &[&str],
        this_year: i32,
    ) -> Result<Told, Vec<(&'static str, Fault)>> {
        let mut faults = Faults::default();
        let story = text(&typed.story, LONGEST_STORY).and_then(|text| text.ok_or(Fault::Missing));
        let told = Told {
            story: faults.or_note("story", story),
            start: faults.or_note("start", start(&typed.start, this_year)),
            people: faults.or_note("people", people(&typed.people)),
            changed: faults.or_note("changed", text(&typed.changed, LONGEST_LINE)),
            marks: faults.or_note("marks", marks(&typed.marks, criteria)),
            tip: faults.or_note("tip", text(&typed.tip, LONGEST_LINE)),
            again: faults.or_note("again", again(&typed.again)),
        };
        match faults.0.is_empty() {
            true => Ok(told),
            false => Err(faults.0),
        }
    }

    /// Returns every text of it, one after the other: to look for what is private.
    pub fn texts(&self) -> String {
        let texts = [Some(&self.story), self.changed.as_ref(), self.tip.as_ref()];
        let texts: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
        texts.join("\n")
    }
}

#[derive(Default)]
struct Faults(Vec<(&'static str, Fault)>);

impl Faults {
    fn or_note<T: Default>(&mut self, field: &'static str, read: Result<T, Fault>) -> T {
        read.unwrap_or_else(|fault| {
            self.0.push((field, fault));
            T::default()
        })
    }
}

fn text(typed: &str, most: usize) -> Result<Option<String>, Fault> {
    let text = typed.trim().replace("\r\n", "\n");
    match text.chars().count() {
        0 => Ok(None),
        length if length > most => Err(Fault::TooLong(most)),
        _ => Ok(Some(text)),
    }
}

fn start(typed: &str, this_year: i32) -> Result<Option<When>, Fault> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let when = When::parse(typed).ok_or(Fault::Unusable)?;
    match (FIRST_YEAR..=this_year).contains(&when.year()) {
        true => Ok(Some(when)),
        false => Err(Fault::Unusable),
    }
}

fn people(typed: &str) -> Result<Option<u64>, Fault> {
    let written: String = typed.split_whitespace().collect();
    if written.is_empty() {
        return Ok(None);
    }
    match written.parse() {
        Ok(people @ 1..=MOST_PEOPLE) => Ok(Some(people)),
        _ => Err(Fault::Unusable),
    }
}

fn marks(
    typed: &BTreeMap<String, String>,
    criteria: &[&str],
) -> Result<BTreeMap<String, Mark>, Fault> {
    let given = typed.iter().filter(|(_, mark)| !mark.trim().is_empty());
    let read = given.map(|(code, mark)| {
        let mark = mark.trim().parse().ok().and_then(Mark::new);
        let mark = mark.filter(|_| criteria.contains(&code.as_str()));
        Ok((code.clone(), mark.ok_or(Fault::Unusable)?))
    });
    read.collect()
}

fn again(typed: &str) -> Result<Option<Again>, Fault> {
    match typed.trim() {
        "" => Ok(None),
        word => word.parse().map(Some).map_err(|_| Fault::Unusable),
    }
}
