//! A whole commons.

use std::collections::{BTreeMap, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization;

use super::{Neighbours, check_among, check_card};
use crate::{
    Card, CardId, CardPath, Problem, Rule, SYNONYMS_FILE, Synonyms, config, path::PathRefusal,
};

/// Checks a whole commons; the problems stand beside the file they are in, in the order of files and lines.
///
/// `config_text` is empty when there is no `commons.toml`. `files` are all the files of the commons. Only the text of `.md` files and of `synonymes.toml` is read: others may come with an empty text.
pub fn check_commons(config_text: &str, files: &[(String, &str)]) -> Vec<(String, Problem)> {
    let (config, mut problems) = config::read(config_text);
    if config_text.is_empty() && files.iter().all(|(file, _)| file != "commons.toml") {
        problems = vec![at_top(Rule::NoConfig)];
    }
    let mut told: Vec<(String, Problem)> = problems
        .into_iter()
        .map(|problem| ("commons.toml".to_owned(), problem))
        .collect();
    let mut files: Vec<&(String, &str)> = files.iter().collect();
    files.sort_by(|one, two| one.0.cmp(&two.0));
    let mut cards = Cards {
        files: files.iter().map(|(file, _)| file.as_str()).collect(),
        ..Cards::default()
    };
    let mut twins: HashMap<String, &str> = HashMap::new();
    for (file, text) in &files {
        if let Some(other) = twins.insert(folded(file), file) {
            told.push((
                file.clone(),
                at_top(Rule::TwinFile {
                    other: other.to_owned(),
                }),
            ));
        }
        match path_of(file) {
            Some(Ok(path)) => cards.add(path, Card::read(text).0),
            Some(Err(refusal)) => told.push((
                file.clone(),
                at_top(Rule::FileName {
                    file: file.clone(),
                    refusal,
                }),
            )),
            None => {}
        }
    }
    for (path, card) in &cards.cards {
        let mut problems = check_card(path, card, &config);
        problems.extend(check_among(path, card, &cards));
        problems.sort_by_key(|problem| (problem.line, problem.column));
        told.extend(problems.into_iter().map(|problem| (path.file(), problem)));
    }
    if let Some((file, text)) = files.iter().find(|(file, _)| file == SYNONYMS_FILE)
        && !text.is_empty()
    {
        let (_, problems) = Synonyms::read(text);
        told.extend(problems.into_iter().map(|problem| (file.clone(), problem)));
    }
    told.sort_by(|one, two| one.0.cmp(&two.0));
    told
}

fn at_top(rule: Rule) -> Problem {
    Problem {
        severity: rule.severity(),
        rule,
        line: 1,
        column: 1,
    }
}

/// Which card a file is; none for what isn't one: what lies at the root, begins with a dot, or is a README.
fn path_of(file: &str) -> Option<Result<CardPath, PathRefusal>> {
    let card = file
        .strip_suffix(".md")
        .or_else(|| file.strip_suffix(".MD"))?;
    let plain = !card.contains('/')
        || card.ends_with("/README")
        || file.split('/').any(|segment| segment.starts_with('.'));
    let bad_suffix = !file.ends_with(".md");
    (!plain).then(|| match CardPath::parse(card) {
        Ok(_) if bad_suffix => Err(PathRefusal::NotASlug {
            segment: file.to_owned(),
            near: card.to_owned(),
        }),
        answer => answer,
    })
}

/// A name as systems that ignore case and the writing of accents see it.
fn folded(file: &str) -> String {
    file.nfc().flat_map(char::to_lowercase).collect()
}

/// The cards of a commons, in memory.
#[derive(Default)]
struct Cards<'a> {
    cards: BTreeMap<CardPath, Card>,
    files: HashSet<&'a str>,
    ids: HashMap<CardId, Vec<CardPath>>,
    aliases: HashMap<CardPath, Vec<CardPath>>,
}

impl Cards<'_> {
    fn add(&mut self, path: CardPath, card: Card) {
        if let Some(id) = card.id() {
            self.ids.entry(id).or_default().push(path.clone());
        }
        for alias in card.aliases() {
            self.aliases.entry(alias).or_default().push(path.clone());
        }
        self.cards.insert(path, card);
    }
}

impl Neighbours for Cards<'_> {
    fn has_card(&self, path: &CardPath) -> bool {
        self.cards.contains_key(path)
    }

    fn has_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }

    fn moved(&self, path: &CardPath) -> Option<CardPath> {
        self.aliases.get(path)?.first().cloned()
    }

    fn other_with_id(&self, id: CardId, but: &CardPath) -> Option<CardPath> {
        self.ids.get(&id)?.iter().find(|path| *path != but).cloned()
    }

    fn other_with_alias(&self, alias: &CardPath, but: &CardPath) -> Option<CardPath> {
        self.aliases
            .get(alias)?
            .iter()
            .find(|path| *path != but)
            .cloned()
    }

    fn paths(&self) -> Box<dyn Iterator<Item = &CardPath> + '_> {
        Box::new(self.cards.keys())
    }
}
