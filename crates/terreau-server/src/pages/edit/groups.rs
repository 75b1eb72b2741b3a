//! Which field stands where in the form.

use terreau_card::Kind;
use terreau_card::schema::{Field, fields_of};

use super::is_edited;

/// A part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What every reader sees first.
    Essential,
    /// What the card is for.
    Purpose,
    /// Time, people, money, things.
    Practical,
    /// Where, with whom, for whom.
    People,
    /// What happened, what was found.
    Findings,
    /// What else the kind has.
    Details,
    /// Who made it, from what, and what stands near it.
    Credits,
    /// What is seldom changed.
    Advanced,
}

impl Group {
    /// The groups that stand after the text, in order.
    pub const AFTER_TEXT: [Group; 7] = [
        Group::Purpose,
        Group::Practical,
        Group::People,
        Group::Findings,
        Group::Details,
        Group::Credits,
        Group::Advanced,
    ];

    /// Returns the word of the group in keys of words and in anchors.
    pub fn word(self) -> &'static str {
        match self {
            Group::Essential => "essential",
            Group::Purpose => "purpose",
            Group::Practical => "practical",
            Group::People => "people",
            Group::Findings => "findings",
            Group::Details => "details",
            Group::Credits => "credits",
            Group::Advanced => "advanced",
        }
    }

    /// Returns the fields of a group, in the order of the format.
    pub fn fields(self, kind: Kind) -> impl Iterator<Item = &'static Field> {
        fields_of(kind).filter(move |field| is_edited(field.key) && group_of(field.key) == self)
    }
}

fn group_of(key: &str) -> Group {
    match key {
        "title" | "summary" => Group::Essential,
        "topics" | "tags" | "intentions" | "stages" | "axes" | "axis" | "orientation"
        | "objective" | "benefits" | "question" | "asked" | "challenges" | "opening_question"
        | "first_step" | "about" => Group::Purpose,
        "duration" | "preparation" | "participants" | "facilitators" | "skill" | "cost_eur"
        | "effort_days" | "difficulty" | "materials" | "parts" | "mode" | "interviewers"
        | "interview_duration" | "effect_delay" | "start" | "end" | "state" | "cost" | "staff" => {
            Group::Practical
        }
        "formats" | "places" | "participation" | "audiences" | "initiators" | "scales"
        | "population" | "lead" | "competence" | "actors" | "territories" | "leads"
        | "partners" | "funders" | "funding" => Group::People,
        "figures" | "satisfactions" | "obstacles" | "tips" | "surprises" | "testimonies"
        | "adaptations" | "again" | "marks" | "independence" | "conflicting_facts"
        | "indicators" => Group::Findings,
        "authors" | "sources" | "links" | "media" => Group::Credits,
        "language" | "translation_of" | "status" | "review_by" | "licence" => Group::Advanced,
        _ => Group::Details,
    }
}
