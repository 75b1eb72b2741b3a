//! The keys of what happens somewhere: experiences, territories, organisations.

use super::{
    Field, Shape,
    keys::{AMOUNT, COUNT, DURATIONS, LINE, NAME, NOTE, field, required},
};

const YEAR: Shape = Shape::Integer {
    min: 1_000,
    max: 2_999,
};
const NUMBER: Shape = Shape::Decimal {
    min: -1e15,
    max: 1e15,
};
const NOTES: Shape = Shape::List(&NOTE);
const ORGANISATIONS: Shape = Shape::List(&Shape::Map(&[required("organisation", NAME)]));

const INLINE_TERRITORY: &[Field] = &[
    required("name", NAME),
    field("insee", Shape::Text { max: 12 }),
    field("vintage", YEAR),
    field("population", COUNT),
    field("population_year", YEAR),
    field("department", NAME),
    field("region", NAME),
    field("country", NAME),
];

pub(super) const EXPERIENCE: &[Field] = &[
    field(
        "about",
        Shape::List(&Shape::Map(&[
            required("card", Shape::CardPath),
            field("commit", Shape::Text { max: 64 }),
        ])),
    ),
    field("territories", Shape::List(&Shape::PathOr(INLINE_TERRITORY))),
    field("start", Shape::PartialDate),
    field("end", Shape::PartialDate),
    field(
        "state",
        Shape::OneOf(&["planned", "running", "finished", "stopped"]),
    ),
    field("leads", ORGANISATIONS),
    field("partners", ORGANISATIONS),
    field("funders", ORGANISATIONS),
    field(
        "participants",
        Shape::Map(&[
            field("count", COUNT),
            field("exact", Shape::Bool),
            field("audiences", Shape::List(&Shape::Code("audiences"))),
        ]),
    ),
    field("participation", Shape::Code("participation")),
    field("duration", DURATIONS),
    field(
        "cost",
        Shape::Map(&[
            required("amount_eur", AMOUNT),
            required("per", Shape::OneOf(&["total", "year", "month"])),
            field("includes", NOTE),
        ]),
    ),
    field(
        "staff",
        Shape::Map(&[
            field("fte", AMOUNT),
            field("people", COUNT),
            field("days", AMOUNT),
        ]),
    ),
    field(
        "figures",
        Shape::List(&Shape::Map(&[
            required("value", NUMBER),
            field("unit", Shape::Text { max: 60 }),
            required("label", LINE),
            field("date", Shape::PartialDate),
            required(
                "nature",
                Shape::OneOf(&["observed", "planned", "estimated"]),
            ),
            field("source", LINE),
        ])),
    ),
    field("satisfactions", NOTES),
    field("obstacles", NOTES),
    field("tips", NOTES),
    field("surprises", NOTES),
    field(
        "testimonies",
        Shape::List(&Shape::Map(&[
            required("text", NOTE),
            required("role", NAME),
            field("consent_date", Shape::Date),
        ])),
    ),
    field(
        "adaptations",
        Shape::List(&Shape::Map(&[
            field("kept", NOTE),
            required("changed", NOTE),
            field("why", NOTE),
        ])),
    ),
    field(
        "again",
        Shape::OneOf(&["as-is", "adapted", "no", "unknown"]),
    ),
    field("marks", Shape::Marks { min: 1, max: 4 }),
    field(
        "independence",
        Shape::OneOf(&["lead", "participant", "observer", "evaluator"]),
    ),
    field("conflicting_facts", NOTE),
];

pub(super) const TERRITORY: &[Field] = &[
    field("nature", Shape::Code("natures")),
    field("code", Shape::Text { max: 20 }),
    field("vintage", YEAR),
    field("former_names", Shape::List(&NAME)),
    field("population", COUNT),
    field("population_year", YEAR),
    field(
        "location",
        Shape::Map(&[
            required(
                "lat",
                Shape::Decimal {
                    min: -90.0,
                    max: 90.0,
                },
            ),
            required(
                "lon",
                Shape::Decimal {
                    min: -180.0,
                    max: 180.0,
                },
            ),
            field("source", LINE),
        ]),
    ),
    field("part_of", Shape::List(&Shape::PathOr(INLINE_TERRITORY))),
    field("members", Shape::List(&Shape::PathOr(INLINE_TERRITORY))),
    field("programmes", Shape::List(&Shape::Code("programmes"))),
    field("challenges", NOTES),
];

pub(super) const ORGANISATION: &[Field] = &[
    field("short_name", Shape::Text { max: 60 }),
    field("form", Shape::Code("forms")),
    field("website", Shape::Url),
    field("territories", Shape::List(&Shape::PathOr(INLINE_TERRITORY))),
    field("roles", Shape::List(&Shape::Code("roles"))),
    field("approach", NOTE),
    field("mirror", Shape::Map(&[required("url", Shape::Url)])),
];
