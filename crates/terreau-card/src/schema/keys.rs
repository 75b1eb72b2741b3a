//! The keys themselves, in the order of the format.

use super::{
    Field, Shape,
    ground::{EXPERIENCE, ORGANISATION, TERRITORY},
};
use crate::Kind;

pub(super) const fn field(key: &'static str, shape: Shape) -> Field {
    Field {
        key,
        shape,
        required: false,
    }
}

pub(super) const fn required(key: &'static str, shape: Shape) -> Field {
    Field {
        key,
        shape,
        required: true,
    }
}

pub(super) const LINE: Shape = Shape::Text { max: 300 };
pub(super) const NAME: Shape = Shape::Text { max: 200 };
pub(super) const NOTE: Shape = Shape::Paragraph { max: 2_000 };
pub(super) const COUNT: Shape = Shape::Integer {
    min: 0,
    max: 1_000_000_000,
};
pub(super) const AMOUNT: Shape = Shape::Decimal {
    min: 0.0,
    max: 1e12,
};
const PATHS: Shape = Shape::List(&Shape::CardPath);
pub(super) const DURATIONS: Shape =
    Shape::Map(&[field("min", Shape::Duration), field("max", Shape::Duration)]);
const COUNTS: Shape = Shape::Map(&[field("min", COUNT), field("max", COUNT)]);
const AMOUNTS: Shape = Shape::Map(&[field("min", AMOUNT), field("max", AMOUNT)]);
const COST: Shape = Shape::Map(&[
    field("min", AMOUNT),
    field("max", AMOUNT),
    field("note", NOTE),
]);
const DIFFICULTY: Shape = Shape::Scale {
    vocabulary: "difficulties",
    min: 1,
    max: 3,
};
const PERSONS: Shape = Shape::List(&Shape::Map(&[
    required("name", NAME),
    field("organisation", NAME),
    field("url", Shape::Url),
    field("role", NAME),
]));

/// Roles of the parties to credit.
pub const AUTHOR_ROLES: &[&str] = &[
    "author",
    "adaptation",
    "translation",
    "review",
    "illustration",
    "testing",
    "coordination",
];
/// What a source was used for.
pub const USAGES: &[&str] = &[
    "adapted-from",
    "translated-from",
    "inspired-by",
    "quoted",
    "further-reading",
];
/// How a card stands to another.
pub const RELATIONS: &[&str] = &[
    "before",
    "after",
    "alternative",
    "variant-of",
    "part-of",
    "uses",
    "illustrates",
    "replaces",
    "close-to",
];
/// What the commons says of the life of a card.
pub const STATUSES: &[&str] = &["active", "to-review", "archived"];

/// The keys of every card, in the order of the format.
pub const COMMON: &[Field] = &[
    required("id", Shape::Uuid),
    required("kind", Shape::OneOf(&KINDS)),
    required("title", Shape::Text { max: 120 }),
    required("summary", Shape::Text { max: 300 }),
    field("language", Shape::Language),
    field("translation_of", Shape::Uuid),
    field("status", Shape::OneOf(STATUSES)),
    field("review_by", Shape::Date),
    field("topics", Shape::List(&Shape::Code("topics"))),
    field("tags", Shape::List(&Shape::Text { max: 60 })),
    field("asked", Shape::List(&Shape::Text { max: 120 })),
    field(
        "authors",
        Shape::List(&Shape::Map(&[
            required("name", NAME),
            field("organisation", NAME),
            field("url", Shape::Url),
            field("role", Shape::OneOf(AUTHOR_ROLES)),
        ])),
    ),
    field("licence", Shape::Licence),
    field(
        "sources",
        Shape::List(&Shape::Map(&[
            required("title", LINE),
            field("authors", LINE),
            field("url", Shape::Url),
            field("date", Shape::PartialDate),
            field("licence", Shape::Licence),
            required("usage", Shape::OneOf(USAGES)),
            field("changes", NOTE),
            field("commons", LINE),
            field("id", Shape::Uuid),
            field("commit", Shape::Text { max: 64 }),
        ])),
    ),
    field(
        "links",
        Shape::List(&Shape::Map(&[
            required("to", Shape::CardPath),
            required("relation", Shape::OneOf(RELATIONS)),
        ])),
    ),
    field(
        "media",
        Shape::MediaMap(&[
            required("alt", Shape::Paragraph { max: 600 }),
            field("credit", LINE),
            field("licence", Shape::Licence),
            field("source", LINE),
        ]),
    ),
    field("aliases", PATHS),
];

const KINDS: [&str; 11] = {
    let mut words = [""; 11];
    let mut index = 0;
    while index < 11 {
        words[index] = Kind::ALL[index].as_str();
        index += 1;
    }
    words
};

const METHOD: &[Field] = &[
    field("intentions", Shape::List(&Shape::Code("intentions"))),
    field("stages", Shape::List(&Shape::Code("stages"))),
    field("duration", DURATIONS),
    field("preparation", DURATIONS),
    field("participants", COUNTS),
    field("facilitators", COUNTS),
    field("skill", Shape::Code("skills")),
    field("cost_eur", COST),
    field("effort_days", AMOUNTS),
    field("difficulty", DIFFICULTY),
    field("formats", Shape::List(&Shape::Code("formats"))),
    field("places", Shape::List(&Shape::Code("places"))),
    field("participation", Shape::Code("participation")),
    field("audiences", Shape::List(&Shape::Code("audiences"))),
    field("initiators", Shape::List(&Shape::Code("initiators"))),
    field("scales", Shape::List(&Shape::Code("scales"))),
    field("population", COUNTS),
    field("axes", Shape::List(&Shape::Code("axes"))),
    field(
        "materials",
        Shape::List(&Shape::Map(&[
            required("item", LINE),
            field("quantity", Shape::Text { max: 120 }),
        ])),
    ),
    field("parts", PATHS),
];

const SURVEY_ONLY: [Field; 6] = [
    field("opening_question", LINE),
    field("mode", Shape::Code("modes")),
    field("interviewers", COUNTS),
    field("interview_duration", DURATIONS),
    field("consent", NOTE),
    field(
        "data",
        Shape::Map(&[
            field("collected", NOTE),
            field("retention", NOTE),
            field("anonymisation", NOTE),
        ]),
    ),
];

const SURVEY: [Field; METHOD.len() + SURVEY_ONLY.len()] = {
    let mut fields = [METHOD[0]; METHOD.len() + SURVEY_ONLY.len()];
    let mut index = 0;
    while index < fields.len() {
        fields[index] = if index < METHOD.len() {
            METHOD[index]
        } else {
            SURVEY_ONLY[index - METHOD.len()]
        };
        index += 1;
    }
    fields
};

const ACTION: &[Field] = &[
    field("axis", Shape::Code("axes")),
    field("orientation", Shape::Code("axes")),
    field("objective", Shape::Code("axes")),
    field("first_step", NOTE),
    field("benefits", Shape::List(&Shape::Code("benefits"))),
    field("lead", LINE),
    field("competence", Shape::Code("competences")),
    field("cost_eur", COST),
    field("effect_delay", Shape::Code("effect_delays")),
    field("difficulty", DIFFICULTY),
    field("population", COUNTS),
    field(
        "actors",
        Shape::List(&Shape::Map(&[
            required("organisation", NAME),
            field("role", LINE),
        ])),
    ),
    field(
        "funding",
        Shape::List(&Shape::Map(&[
            required("name", LINE),
            field("url", Shape::Url),
            field("checked_on", Shape::Date),
        ])),
    ),
    field(
        "indicators",
        Shape::List(&Shape::Map(&[
            required("label", LINE),
            field("unit", Shape::Text { max: 60 }),
        ])),
    ),
    field(
        "regulation",
        Shape::List(&Shape::Map(&[
            required("text", NOTE),
            field("date", Shape::PartialDate),
        ])),
    ),
];

const PATHWAY: &[Field] = &[
    field("question", LINE),
    field("audiences", Shape::List(&Shape::Code("audiences"))),
    field("population", COUNTS),
    field(
        "steps",
        Shape::List(&Shape::Map(&[
            required("title", LINE),
            field("aim", NOTE),
            required("cards", PATHS),
            field("options", PATHS),
            field("duration", DURATIONS),
            field("deliverable", NOTE),
            field("go_on_when", NOTE),
        ])),
    ),
];

const EXHIBITION: &[Field] = &[field(
    "panels",
    Shape::List(&Shape::Map(&[
        required("title", LINE),
        field("card", Shape::CardPath),
        field("section", LINE),
    ])),
)];

const EPISODE: &[Field] = &[
    field("audio", Shape::Url),
    field("duration", Shape::Duration),
    field("date", Shape::Date),
    field("guests", PERSONS),
];

/// Returns the keys that cards of a kind have besides those of every card, in the order of the format.
pub const fn kind_fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Method | Kind::Tool => METHOD,
        Kind::Survey => &SURVEY,
        Kind::Action => ACTION,
        Kind::Experience => EXPERIENCE,
        Kind::Pathway => PATHWAY,
        Kind::Territory => TERRITORY,
        Kind::Organisation => ORGANISATION,
        Kind::Exhibition => EXHIBITION,
        Kind::Episode => EPISODE,
        Kind::Page => &[],
    }
}
