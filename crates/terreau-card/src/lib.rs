//! The card: front matter, Markdown, questions, licences, attribution, merging two edits.

mod card;
mod check;
mod config;
pub mod facets;
mod id;
mod kind;
mod language;
mod links;
mod path;
mod problem;
pub mod questions;
pub mod schema;
mod sections;
mod synonyms;
mod value;
mod yaml;

mod align;
mod attribution;
mod blame;
mod diff;
pub mod licence;
mod markdown;
mod merge;
mod paragraphs;

pub use attribution::*;
pub use blame::*;
pub use card::{Author, Card, Link, Media, Source, Status};
pub use check::{Neighbours, check_among, check_card, check_commons, private_things, text_of};
pub use config::{
    CommonsConfig, GovernanceRule, KindConfig, Labels, SectionDef, Term, with_governance,
};
pub use diff::*;
pub use facets::Facet;
pub use id::CardId;
pub use kind::{Kind, UnknownKind};
pub use language::Language;
pub use links::{ImageMention, Mention, card_links, image_paths, move_links, rename_mentions};
pub use markdown::*;
pub use merge::*;
pub use paragraphs::*;
pub use path::{CardPath, PathRefusal, RESERVED, RESERVED_ACTIONS, RESERVED_BELOW, slug_of};
pub use problem::{PrivateThing, Problem, QuestionFault, Rule, Severity, YamlFault};
pub use sections::Section;
pub use synonyms::{SYNONYMS_FILE, Synonyms};
pub use value::Value;
