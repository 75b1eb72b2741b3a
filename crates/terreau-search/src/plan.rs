//! What is wanted → what to look for: each word with all that may stand for it.

mod light;
mod meaning;
mod rarity;
mod wishes;

use std::ops::Range;
use std::sync::Arc;

use tantivy::Term;
use terreau_card::facets::Facet;

use crate::analysis::Form;
use crate::find::Finder;
use crate::lexicon::{MAX_WORDS, Stems};
use crate::parse::{Asked, Wanted, Word};
use crate::{SearchError, spelling};

use self::light::{FORMS, is_light, is_nobody, is_unwanted};
use self::meaning::{acronym, joined, lead, span_means};
use self::rarity::rarity;

/// What words that say little by themselves weigh beside others.
const LIGHT: f32 = 0.2;
/// What a verb for what one would rather not do keeps of its weight: "décider sans voter".
const UNWANTED: f32 = 0.5;
/// What a word for any card weighs beside filters.
const FORM: f32 = 0.3;
/// What a word joined from two typed, or split from one, weighs.
const JOINED: f32 = 0.95;
/// What a word begun weighs.
const BEGUN: f32 = 1.0;
/// What the word nearest to an unknown one weighs.
const NEAREST: f32 = 0.8;

/// Words that an unfinished one may become.
const MAX_BEGUN: usize = 12;
/// Shortest beginning that is completed, in characters.
const MIN_BEGUN: usize = 2;
/// Things that may stand for one word.
const MAX_ALTERNATIVES: usize = 40;
/// Words beyond which each keeps but a few of them.
const MAX_RICH: usize = 10;
const FEW: usize = 4;
/// Unknown words that are looked at.
const MAX_UNKNOWN: usize = 5;

/// All that is looked for.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub concepts: Vec<Concept>,
    /// Phrases and words between quotes, which cards must have.
    pub required: Vec<Concept>,
    pub excluded: Vec<Concept>,
    /// What some words say of the card that is looked for: "séance" is short, "c’est quoi" asks for a page.
    pub wishes: Vec<Wish>,
}

/// Values of a facet that are preferred, no more.
pub(crate) type Wish = (Facet, &'static [&'static str]);

/// Something wanted, with what may stand for it.
#[derive(Debug)]
pub(crate) struct Concept {
    /// The words as typed, folded.
    pub name: String,
    /// Where they stand in the text.
    pub range: Range<usize>,
    pub alternatives: Vec<Alternative>,
    /// The word as typed, when it is one: cards that write it so come first.
    pub exact: Option<Arc<Form>>,
    /// The acronym that it is, as cards write it.
    pub acronym: Option<Box<str>>,
    /// How much it says: rarity and nature.
    pub weight: f32,
    /// Says little by itself.
    pub is_light: bool,
    /// Names the card rather than its subject ("atelier 2h"): beside filters, cards need not have it.
    pub is_optional: bool,
}

/// Something that may stand for a word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    pub what: What,
    pub weight: f32,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    /// A family of words, anywhere.
    Stem(Box<str>),
    /// A folded word, as it is.
    Word(Box<str>),
    /// Families of words side by side.
    Phrase(Stems),
    /// A value of a facet, as it is indexed.
    Value(String),
}

impl Plan {
    /// Returns the weight of the lightest word that says something by itself.
    pub fn least(&self) -> f32 {
        self.least_of(|concept| !concept.is_light)
    }

    /// Returns the weight of the lightest word.
    pub fn lightest(&self) -> f32 {
        self.least_of(|_| true)
    }

    fn least_of(&self, counts: impl Fn(&Concept) -> bool) -> f32 {
        let words = self.concepts.iter();
        let counted = words.filter(|its| !its.is_optional && its.weight > 0.0 && counts(its));
        counted.map(|its| its.weight).fold(f32::INFINITY, f32::min)
    }
}

impl Concept {
    fn new(name: &str, range: Range<usize>) -> Concept {
        Concept {
            name: name.to_owned(),
            range,
            alternatives: Vec::new(),
            exact: None,
            acronym: None,
            weight: 1.0,
            is_light: false,
            is_optional: false,
        }
    }

    fn add(&mut self, what: What, weight: f32) {
        if let Some(known) = self.alternatives.iter_mut().find(|its| its.what == what) {
            known.weight = known.weight.max(weight);
        } else if self.alternatives.len() < MAX_ALTERNATIVES {
            self.alternatives.push(Alternative { what, weight });
        }
    }

    fn add_stems(&mut self, stems: &Stems, weight: f32) {
        self.add(
            match &**stems {
                [one] => What::Stem(one.clone()),
                _ => What::Phrase(stems.clone()),
            },
            weight,
        );
    }
}

/// Plans a search.
///
/// `is_narrowed` tells that filters were read beside the words.
pub(crate) fn plan(
    finder: &Finder<'_>,
    asked: &Asked,
    is_narrowed: bool,
) -> Result<Plan, SearchError> {
    let mut plan = Plan::default();
    let mut words: Vec<Slot> = Vec::new();
    for wanted in &asked.wanted {
        match wanted {
            Wanted::Word(word) => words.push(Slot::new(word, None)),
            Wanted::Compound { joined, parts } => {
                let all = parts.len();
                if all == 0 {
                    words.push(Slot::new(
                        &Word {
                            form: joined.clone(),
                            range: 0..0,
                        },
                        None,
                    ));
                }
                for (at, part) in parts.iter().enumerate() {
                    words.push(Slot::new(part, (at == 0).then(|| (joined.clone(), all))));
                }
            }
            Wanted::Exact(..) | Wanted::Phrase(..) => plan.required.push(quoted(wanted)),
        }
    }
    for wanted in &asked.excluded {
        plan.excluded.push(excluded(wanted));
    }
    plan.concepts = concepts(finder, asked, &words)?;
    for concept in plan.concepts.iter_mut().chain(&mut plan.required) {
        concept.weight *= rarity(finder, concept)?;
    }
    plan.wishes = wishes::wishes(&asked.text);
    if is_narrowed {
        for concept in &mut plan.concepts {
            let is_form = FORMS.binary_search(&&*concept.name).is_ok();
            concept.is_optional = is_form || concept.exact.as_deref().is_some_and(is_light);
            if concept.is_optional {
                concept.weight *= FORM;
            }
        }
    }
    Ok(plan)
}

/// A word typed.
struct Slot {
    form: Arc<Form>,
    range: Range<usize>,
    /// With hyphens it is written as one word, and so many slots from here are its parts.
    joined: Option<(Arc<Form>, usize)>,
}

impl Slot {
    fn new(word: &Word, joined: Option<(Arc<Form>, usize)>) -> Slot {
        Slot {
            form: word.form.clone(),
            range: word.range.clone(),
            joined,
        }
    }
}

fn concepts(
    finder: &Finder<'_>,
    asked: &Asked,
    slots: &[Slot],
) -> Result<Vec<Concept>, SearchError> {
    let is_alone = slots.len() == 1;
    let mut concepts = Vec::with_capacity(slots.len());
    for slot in slots {
        let mut concept = Concept::new(&slot.form.folded, slot.range.clone());
        family(&mut concept, &slot.form, 1.0);
        concept.exact = Some(slot.form.clone());
        concept.acronym = acronym(finder, &slot.form)?;
        if !is_alone && (is_light(&slot.form) || is_nobody(&slot.form, &asked.text)) {
            concept.weight = LIGHT;
            concept.is_light = true;
        } else if !is_alone && is_unwanted(&asked.text, &slot.range) {
            concept.weight = UNWANTED;
        }
        concepts.push(concept);
    }
    // What several words together mean, the longest first; shorter spans inside keep silent.
    let mut covered = vec![false; slots.len()];
    for length in (1..=MAX_WORDS.min(slots.len())).rev() {
        for from in 0..=slots.len() - length {
            let span = from..from + length;
            if !covered[span.clone()].iter().any(|covered| *covered)
                && span_means(finder, &slots[span.clone()], &mut concepts[span.clone()])?
            {
                covered[span].fill(true);
            }
        }
    }
    lead(finder, slots, &mut concepts);
    // Words that belong together, written as one or apart.
    for (at, slot) in slots.iter().enumerate() {
        if let Some((joined, parts)) = &slot.joined {
            let parts = at..(at + parts).min(slots.len());
            for concept in &mut concepts[parts] {
                family(concept, joined, 1.0);
            }
        }
        if let Some(next) = slots.get(at + 1)
            && slot.joined.is_none()
            && let Some(joined) = joined(finder, slot, next)?
        {
            for concept in &mut concepts[at..=at + 1] {
                family(concept, &joined, JOINED);
            }
        }
    }
    let mut unknown = 0;
    for (at, slot) in slots.iter().enumerate() {
        let concept = &mut concepts[at];
        if unknown == MAX_UNKNOWN || finder.cards(finder.fields.words, &slot.form.folded)? > 0 {
            continue;
        }
        unknown += 1;
        let is_last = at + 1 == slots.len() && slot.range.end == asked.text.trim_end().len();
        if is_last && slot.form.folded.chars().count() >= MIN_BEGUN {
            for (word, _) in spelling::begun(finder, &slot.form.folded, MAX_BEGUN)? {
                if let Some(form) = finder.analyser.form(&word) {
                    family(concept, &form, BEGUN);
                }
            }
        }
        if spelling::cards_with(finder, &slot.form)? > 0 {
            // Its family is known, but perhaps by chance: "resiliance" is not of that of "Résilière".
            if let Some(word) = spelling::nearest(finder, &slot.form)?
                && let Some(form) = finder.analyser.form(&word)
            {
                family(concept, &form, NEAREST);
            }
            continue;
        }
        if let Some(parts) = spelling::split(finder, &slot.form.folded)? {
            concept.add_stems(&parts, JOINED);
        }
        // Beside other words a slip is forgiven silently; alone it is told.
        if !is_alone
            && concept.alternatives.len() <= 2
            && let Some(word) = spelling::nearest(finder, &slot.form)?
            && let Some(form) = finder.analyser.form(&word)
        {
            family(concept, &form, NEAREST);
        }
    }
    if concepts.len() > MAX_RICH {
        for concept in &mut concepts {
            concept.alternatives.truncate(FEW);
        }
    }
    Ok(concepts)
}

/// Adds a word in all its forms, in both languages.
fn family(concept: &mut Concept, form: &Form, weight: f32) {
    let stems = [form.stem.as_ref(), form.english.as_ref()];
    for stem in stems.into_iter().flatten() {
        concept.add(What::Stem(stem.clone()), weight);
    }
    if form.stem.is_none() {
        concept.alternatives.clear();
        concept.add(What::Word(form.folded.clone()), weight);
    }
}

fn quoted(wanted: &Wanted) -> Concept {
    match wanted {
        Wanted::Exact(form, range) => {
            let mut concept = Concept::new(&form.folded, range.clone());
            concept.add(What::Word(form.folded.clone()), 1.0);
            concept.exact = Some(form.clone());
            concept
        }
        Wanted::Phrase(forms, range) => {
            let stems: Stems = forms.iter().filter_map(|form| form.stem.clone()).collect();
            let english: Stems = forms
                .iter()
                .filter_map(|form| form.english.clone())
                .collect();
            let words: Vec<&str> = forms.iter().map(|form| &*form.folded).collect();
            let mut concept = Concept::new(&words.join(" "), range.clone());
            for stems in [stems, english] {
                if !stems.is_empty() {
                    concept.add_stems(&stems, 1.0);
                }
            }
            concept
        }
        Wanted::Word(_) | Wanted::Compound { .. } => Concept::new("", 0..0),
    }
}

fn excluded(wanted: &Wanted) -> Concept {
    match wanted {
        Wanted::Exact(..) | Wanted::Phrase(..) => quoted(wanted),
        Wanted::Word(word) => {
            let mut concept = Concept::new(&word.form.folded, word.range.clone());
            family(&mut concept, &word.form, 1.0);
            concept
        }
        Wanted::Compound { joined, parts } => {
            let mut concept = Concept::new(&joined.folded, 0..0);
            family(&mut concept, joined, 1.0);
            let stems: Stems = parts
                .iter()
                .filter_map(|part| part.form.stem.clone())
                .collect();
            if !stems.is_empty() {
                concept.add_stems(&stems, 1.0);
            }
            concept
        }
    }
}

impl Finder<'_> {
    /// Tells whether cards have each of these words, together or not.
    fn has_all(&self, stems: &Stems) -> Result<bool, SearchError> {
        for stem in stems {
            if self.cards(self.fields.all, stem)? == 0 && self.cards(self.fields.labels, stem)? == 0
            {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Returns how many cards have a term, removed ones perhaps included.
    pub fn cards(&self, field: tantivy::schema::Field, text: &str) -> Result<u64, SearchError> {
        Ok(self
            .searcher
            .doc_freq(&Term::from_field_text(field, text))?)
    }
}
