//! The starter commons: every code and link means something, every card has substance, no two say the same.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use terreau_card::schema::{Field, Shape, fields_of};
use terreau_card::{Card, CardPath, CommonsConfig, Kind, Value, card_links};

/// The shortest passage that two cards may not share, in words.
const PASSAGE: usize = 25;

/// How much a card of a kind says at least.
struct Substance {
    kind: Kind,
    /// How many cards of the kind there are.
    cards: usize,
    /// Words of its body.
    words: usize,
    /// Sections that it has, each written.
    sections: &'static [&'static str],
}

const SUBSTANCE: [Substance; 11] = [
    Substance {
        kind: Kind::Method,
        cards: 16,
        words: 700,
        sections: &[
            "quand",
            "quand-pas",
            "resultat",
            "preparation",
            "deroule",
            "vigilance",
            "objections",
            "variantes",
            "inclusion",
            "adapter",
        ],
    },
    Substance {
        kind: Kind::Tool,
        cards: 16,
        words: 700,
        sections: &[
            "quand",
            "quand-pas",
            "resultat",
            "preparation",
            "deroule",
            "vigilance",
            "objections",
            "variantes",
            "inclusion",
            "adapter",
        ],
    },
    Substance {
        kind: Kind::Action,
        cards: 20,
        words: 450,
        sections: &[
            "pourquoi",
            "mise-en-oeuvre",
            "moyens",
            "avec-qui",
            "vigilance",
            "mesurer",
        ],
    },
    Substance {
        kind: Kind::Survey,
        cards: 3,
        words: 1_200,
        sections: &["preparation", "questionnaire", "biais", "donnees"],
    },
    Substance {
        kind: Kind::Pathway,
        cards: 5,
        words: 300,
        sections: &["pour-qui", "vigilance", "suite"],
    },
    Substance {
        kind: Kind::Experience,
        cards: 10,
        words: 180,
        sections: &[],
    },
    Substance {
        kind: Kind::Territory,
        cards: 10,
        words: 40,
        sections: &[],
    },
    Substance {
        kind: Kind::Organisation,
        cards: 5,
        words: 40,
        sections: &[],
    },
    Substance {
        kind: Kind::Exhibition,
        cards: 1,
        words: 800,
        sections: &[],
    },
    Substance {
        kind: Kind::Episode,
        cards: 1,
        words: 800,
        sections: &[],
    },
    Substance {
        kind: Kind::Page,
        cards: 9,
        words: 300,
        sections: &[],
    },
];

/// What people write where something is still to be written.
const PLACEHOLDERS: [&str; 7] = [
    "lorem ipsum",
    "todo",
    "fixme",
    "xxx",
    "à rédiger",
    "texte à venir",
    "bientôt disponible",
];

struct Starter {
    config: CommonsConfig,
    cards: BTreeMap<CardPath, Card>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content")
}

impl Starter {
    fn read() -> Starter {
        let folder = folder();
        let config = std::fs::read_to_string(folder.join("commons.toml")).unwrap();
        let mut cards = BTreeMap::new();
        for kind_folder in std::fs::read_dir(&folder).unwrap() {
            let kind_folder = kind_folder.unwrap().path();
            if !kind_folder.is_dir() {
                continue;
            }
            for file in std::fs::read_dir(kind_folder).unwrap() {
                let file = file.unwrap().path();
                let path = file.strip_prefix(&folder).unwrap().with_extension("");
                let (card, problems) = Card::read(&std::fs::read_to_string(&file).unwrap());
                assert!(problems.is_empty(), "{}: {problems:?}", file.display());
                cards.insert(CardPath::parse(path.to_str().unwrap()).unwrap(), card);
            }
        }
        Starter {
            config: CommonsConfig::read(&config).unwrap(),
            cards,
        }
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = (&CardPath, &Card)> {
        self.cards
            .iter()
            .filter(move |(_, card)| card.kind() == Some(kind))
    }
}

/// Collects every code of a vocabulary below a value, as (vocabulary, code).
fn codes(shape: &Shape, value: &Value, found: &mut Vec<(&'static str, String)>) {
    match (shape, value) {
        (Shape::Code(vocabulary), Value::Text(code)) => found.push((vocabulary, code.clone())),
        (Shape::Scale { vocabulary, .. }, Value::Integer(step)) => {
            found.push((vocabulary, step.to_string()));
        }
        (Shape::List(item), Value::List(values)) => {
            for value in values {
                codes(item, value, found);
            }
        }
        (Shape::Map(fields) | Shape::PathOr(fields), Value::Map(entries)) => {
            for (key, value) in entries {
                if let Some(field) = fields.iter().find(|field: &&Field| field.key == key) {
                    codes(&field.shape, value, found);
                }
            }
        }
        _ => {}
    }
}

fn text<'a>(card: &'a Card, key: &str) -> &'a str {
    match card.value(key) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[test]
fn every_code_used_is_in_its_vocabulary() {
    let starter = Starter::read();
    let mut seen = 0;
    for (path, card) in &starter.cards {
        for field in fields_of(card.kind().unwrap()) {
            let mut found = Vec::new();
            if let Some(value) = card.value(field.key) {
                codes(&field.shape, value, &mut found);
            }
            seen += found.len();
            for (vocabulary, code) in found {
                let term = starter.config.term(vocabulary, &code);
                let term = term.unwrap_or_else(|| panic!("{path}: {vocabulary} has no {code}"));
                assert!(
                    !term.label.fr.is_empty() && !term.label.en.is_empty(),
                    "{vocabulary} {code} lacks a label"
                );
            }
        }
    }
    assert!(seen > 1_000, "only {seen} codes were looked at");
}

#[test]
fn every_link_leads_to_a_card_and_every_method_is_made_of_cards_that_stand_alone() {
    let starter = Starter::read();
    for (path, card) in &starter.cards {
        for mention in card_links(card, path) {
            assert!(
                starter.cards.contains_key(&mention.to),
                "{path} line {}: there is no card {}",
                mention.line,
                mention.to
            );
        }
    }
    for (path, card) in starter.of(Kind::Method) {
        let parts: Vec<&Card> = card_links(card, path)
            .iter()
            .filter(|mention| mention.relation.as_deref() == Some("parts"))
            .map(|mention| &starter.cards[&mention.to])
            .collect();
        assert!(parts.len() >= 2, "{path} names fewer than two parts");
        for part in parts {
            assert!(
                !matches!(part.kind(), Some(Kind::Method | Kind::Page)),
                "{path} is made of something that cannot be used alone"
            );
        }
    }
}

#[test]
fn every_axis_has_actions_under_orientations_and_objectives_of_its_own() {
    let starter = Starter::read();
    let axes = starter.config.terms("axes");
    assert_eq!(axes.len(), 5);
    for axis in axes {
        let actions: Vec<_> = starter
            .of(Kind::Action)
            .filter(|(_, card)| text(card, "axis") == axis.code)
            .collect();
        assert!(actions.len() >= 4, "{} has too few actions", axis.code);
        assert!(
            axis.terms.len() >= 4,
            "{} has too few orientations",
            axis.code
        );
        for (path, card) in actions {
            let (orientation, objective) = (text(card, "orientation"), text(card, "objective"));
            let under = axis.terms.iter().find(|term| term.code == orientation);
            let under = under.unwrap_or_else(|| panic!("{path}: {orientation} is elsewhere"));
            assert!(
                under.terms.iter().any(|term| term.code == objective),
                "{path}: {objective} is not an objective of {orientation}"
            );
        }
    }
}

#[test]
fn every_card_says_enough_to_be_used() {
    let starter = Starter::read();
    for substance in &SUBSTANCE {
        let count = starter.of(substance.kind).count();
        assert!(count >= substance.cards, "{:?}: {count}", substance.kind);
        for (path, card) in starter.of(substance.kind) {
            let length = words(card.body()).len();
            assert!(length >= substance.words, "{path} has {length} words");
            let sections = card.sections(&starter.config);
            let required = starter.config.kind(substance.kind).sections.iter();
            let required = required
                .filter(|section| section.required)
                .map(|section| section.code.as_str())
                .chain(substance.sections.iter().copied());
            for code in required {
                let section = sections
                    .iter()
                    .find(|section| section.code.as_deref() == Some(code));
                let section = section.unwrap_or_else(|| panic!("{path} lacks {code}"));
                assert!(
                    words(&section.text).len() >= 6,
                    "{path}: {code} is hardly written"
                );
            }
            for section in &sections {
                assert!(
                    section.heading.is_none() || !section.text.trim().is_empty(),
                    "{path}: {:?} is empty",
                    section.heading
                );
            }
            let said = card.text().to_lowercase();
            for placeholder in PLACEHOLDERS {
                let holds = said
                    .match_indices(placeholder)
                    .any(|(at, _)| stands_alone(&said, at, placeholder.len()));
                assert!(!holds, "{path} still says « {placeholder} »");
            }
        }
    }
}

fn stands_alone(text: &str, at: usize, length: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[test]
fn tools_give_their_instructions_and_the_time_of_their_steps() {
    let starter = Starter::read();
    for (path, card) in starter.of(Kind::Tool) {
        let steps = card
            .sections(&starter.config)
            .into_iter()
            .find(|section| section.code.as_deref() == Some(terreau_card::STEPS))
            .unwrap();
        let headings = steps.text.lines().filter(|line| line.starts_with("### "));
        let (timed, all): (Vec<_>, Vec<_>) =
            headings.map(|line| (line.contains(" ("), line)).unzip();
        assert!(all.len() >= 2, "{path} has {} steps", all.len());
        assert!(
            timed.iter().all(|is_timed| *is_timed),
            "{path} has a step without its time"
        );
        assert!(
            steps.text.lines().any(|line| line.starts_with("> ")),
            "{path} gives no instruction to say"
        );
    }
}

#[test]
fn no_two_cards_share_a_passage() {
    let starter = Starter::read();
    let mut seen: HashMap<Vec<String>, &CardPath> = HashMap::new();
    for (path, card) in &starter.cards {
        let words = words(card.body());
        for passage in words.windows(PASSAGE) {
            let first = *seen.entry(passage.to_vec()).or_insert(path);
            assert_eq!(first, path, "both say « {} »", passage.join(" "));
        }
    }
    assert!(seen.len() > 50_000, "only {} passages", seen.len());
}

#[test]
fn the_words_of_the_search_have_many_groups() {
    let synonyms = std::fs::read_to_string(folder().join("synonymes.toml")).unwrap();
    let groups = synonyms
        .lines()
        .filter(|line| *line == "[[groups]]")
        .count();
    assert!(groups >= 250, "{groups} groups");
}
