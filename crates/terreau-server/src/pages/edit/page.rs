//! The page of the form: every value finished for its template.

use askama::Template;
use terreau_card::{CommonsConfig, Kind, Rendered, SectionDef};

use super::draft::Found;
use super::fields::{self, Control, FieldView, Making};
use super::groups::Group;
use super::guest::Guest;
use super::inputs::Inputs;
use super::sent::said_of_change;
use super::standing::Doors;
use super::text::{Part, Place};
use super::work::Work;
use crate::pages::compare::ChangeView;
use crate::{Layout, Words};

/// The page.
#[derive(Template)]
#[template(path = "edit/page.html")]
pub struct EditPage {
    /// What is around it.
    pub layout: Layout,
    /// Its first heading.
    pub heading: String,
    /// Where the card, or the proposal, is read, once it is there.
    pub card_href: Option<String>,
    /// What the person can do with what they typed.
    pub doors: Doors,
    /// Where the form is sent.
    pub action: String,
    /// The same form, or the same text, in the other view; none where there is but one.
    pub other_view: Option<String>,
    /// What the form carries and nobody types.
    pub hidden: Vec<(&'static str, String)>,
    /// What drafts call it.
    pub draft: String,
    /// Whether drafts are kept in the person's account.
    pub keeps_drafts: bool,
    /// The drafts that the person may take up again instead.
    pub found: Vec<Found>,
    /// What is asked of somebody without an account.
    pub guest: Option<Guest>,
    /// The whole file, in the view of those who know it.
    pub source: Option<String>,
    /// Title and summary.
    pub essential: Vec<FieldView>,
    /// Where a new card will be.
    pub place: Option<NewPlace>,
    /// The texts.
    pub texts: Vec<TextView>,
    /// The other fields.
    pub groups: Vec<GroupView>,
    /// Licences to offer.
    pub licences: Vec<(&'static str, &'static str)>,
    /// What the editor says of the change.
    pub message: Said,
    /// The consent.
    pub consent: Consent,
    /// What keeps the person from publishing, if anything does.
    pub standing: Option<Standing>,
    /// What must be mended.
    pub problems: Vec<ProblemLine>,
    /// What could be better.
    pub advice: Vec<ProblemLine>,
    /// What is shown above the form.
    pub panel: Panel,
}

/// Where a new card will be.
pub struct NewPlace {
    /// The folder of its kind.
    pub folder: String,
    /// The slug, as typed.
    pub slug: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// What the editor says of the change.
#[derive(Default)]
pub struct Said {
    /// As typed.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

impl Said {
    /// Returns what was typed, with what is wrong with it.
    pub fn of(typed: String, words: Words) -> Said {
        Said {
            problem: said_of_change(&typed, words).err(),
            text: typed,
        }
    }
}

/// The consent to the licence.
#[derive(Default)]
pub struct Consent {
    /// Whether it is given.
    pub is_given: bool,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// The name that will be credited.
    pub name: String,
    /// Name and address of the licence.
    pub licence: (String, String),
}

/// What keeps the person from publishing.
pub struct Standing {
    /// In a few words.
    pub title: String,
    /// In a few sentences.
    pub text: String,
    /// Where to go, and the words of it.
    pub next: Option<(String, String)>,
}

/// One thing to mend.
pub struct ProblemLine {
    /// Where it is in the form.
    pub href: Option<String>,
    /// What is wrong.
    pub text: String,
    /// What to do.
    pub help: String,
}

/// What is shown above the form.
pub enum Panel {
    /// Nothing.
    None,
    /// The card as it would be read.
    Preview(Box<Preview>),
    /// What would change.
    Changes(Box<ChangeView>),
}

/// The card as it would be read.
pub struct Preview {
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: String,
    /// Its body.
    pub rendered: Rendered,
}

/// One text of the form.
pub struct TextView {
    /// The name of its input.
    pub name: String,
    /// Its `id`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What to write there.
    pub hint: String,
    /// Whether the card needs it.
    pub is_required: bool,
    /// Its own heading, as typed, when it has one.
    pub heading: Option<String>,
    /// Whether it is there only if somebody wants it.
    pub is_extra: bool,
    /// What it holds.
    pub value: String,
    /// How many lines are shown.
    pub rows: usize,
    /// What is wrong with it.
    pub problems: Vec<String>,
}

/// Fields that stand together.
pub struct GroupView {
    /// Its word, for anchors.
    pub word: &'static str,
    /// Its title.
    pub title: String,
    /// The fields.
    pub fields: Vec<FieldView>,
    /// Whether it stands open.
    pub is_open: bool,
    /// The names of what is filled in it, in a few words.
    pub filled: String,
}

/// Makes the fields and texts of a form from what its inputs hold.
pub struct FormParts {
    /// Title and summary.
    pub essential: Vec<FieldView>,
    /// The texts.
    pub texts: Vec<TextView>,
    /// The other fields.
    pub groups: Vec<GroupView>,
}

impl FormParts {
    /// Makes them; `wrong` names the inputs that have problems.
    pub fn of(
        work: &Work,
        inputs: &Inputs,
        config: &CommonsConfig,
        words: Words,
        wrong: &[(String, String)],
        is_new: bool,
    ) -> FormParts {
        let making = Making {
            kind: work.kind,
            config,
            inputs,
            words,
            problems: wrong,
        };
        let essential = Group::Essential
            .fields(work.kind)
            .map(|field| making.field(field))
            .collect();
        let groups = Group::AFTER_TEXT.into_iter().map(|group| {
            let fields: Vec<FieldView> = group
                .fields(work.kind)
                .map(|field| making.field(field))
                .collect();
            let filled: Vec<&str> = fields
                .iter()
                .filter(|field| !inputs.is_blank(&field.name))
                .map(|field| field.label.as_str())
                .collect();
            let needs_care = fields.iter().any(|field| {
                wrong.iter().any(|(name, _)| {
                    *name == field.name || name.starts_with(&format!("{}.", field.name))
                }) || (is_new && field.is_required)
            });
            GroupView {
                word: group.word(),
                title: words.say(&format!("edit-group-{}", group.word())),
                is_open: needs_care,
                filled: filled.join(", "),
                fields,
            }
        });
        let groups = groups.filter(|group| !group.fields.is_empty()).collect();
        let texts = work
            .texts
            .places
            .iter()
            .map(|place| text_view(place, work.kind, inputs, config, words, wrong))
            .collect();
        FormParts {
            essential,
            texts,
            groups,
        }
    }

    /// Returns the `id` of the input of a name, or of the nearest thing around it that the form has.
    pub fn anchor(&self, name: &str) -> Option<String> {
        let mut name = name;
        loop {
            if self.has(name) {
                return Some(fields::id_of(name));
            }
            name = name.rsplit_once('.')?.0;
        }
    }

    fn has(&self, name: &str) -> bool {
        let fields = self
            .essential
            .iter()
            .chain(self.groups.iter().flat_map(|group| &group.fields));
        self.texts.iter().any(|text| text.name == name)
            || fields.into_iter().any(|field| holds(field, name))
    }
}

fn holds(field: &FieldView, name: &str) -> bool {
    field.name == name
        || match &field.control {
            Control::Group { fields, .. } => fields.iter().any(|field| holds(field, name)),
            Control::Rows { rows } => rows
                .iter()
                .any(|row| row.fields.iter().any(|field| holds(field, name))),
            _ => false,
        }
}

fn text_view(
    place: &Place,
    kind: Kind,
    inputs: &Inputs,
    config: &CommonsConfig,
    words: Words,
    wrong: &[(String, String)],
) -> TextView {
    let def: Option<&SectionDef> = match &place.part {
        Part::Known(code) => config.kind(kind).section(code),
        _ => None,
    };
    let label = match &place.part {
        Part::Whole => words.say("edit-text-whole"),
        Part::Lead => words.say("edit-text-lead"),
        Part::Known(code) => def
            .map_or(code.as_str(), |def| def.label.get(words.language))
            .to_owned(),
        Part::Own(heading) => heading.clone(),
        Part::Added => words.say("edit-text-added"),
    };
    let hint = match &place.part {
        Part::Added => words.say("edit-text-added-hint"),
        _ => def
            .map_or("", |def| def.hint.get(words.language))
            .to_owned(),
    };
    let value = inputs.one(&place.name).to_owned();
    let lines: usize = value
        .lines()
        .map(|line| 1 + line.chars().count() / 75)
        .sum();
    let heading_name = format!("{}.heading", place.name);
    let has_heading = matches!(place.part, Part::Own(_) | Part::Added);
    TextView {
        id: fields::id_of(&place.name),
        label,
        hint,
        is_required: def.is_some_and(|def| def.required),
        heading: has_heading.then(|| inputs.one(&heading_name).to_owned()),
        is_extra: place.part == Part::Added,
        rows: (lines + 1).clamp(if place.part == Part::Whole { 16 } else { 4 }, 24),
        value,
        problems: wrong
            .iter()
            .filter(|(name, _)| *name == place.name)
            .map(|(_, problem)| problem.clone())
            .collect(),
        name: place.name.clone(),
    }
}
