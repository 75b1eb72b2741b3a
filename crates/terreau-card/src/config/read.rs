//! From TOML to words: forgiving, so that every problem is told at once.

mod values;

use std::collections::BTreeMap;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{CommonsConfig, GovernanceRule, KindConfig, Labels, SectionDef, Term};
use crate::{CardPath, Kind, Language, Problem, Rule, licence, problem::near};

/// The most that is read, in bytes.
const MAX_BYTES: usize = 1024 * 1024;
/// How deep terms may stand under terms.
const MAX_LEVELS: usize = 5;
/// At most so many errors of TOML are told.
const MOST: usize = 3;
const ROLES: &[&str] = &["contributor", "editor", "steward"];

/// Reads `commons.toml`: what could be read, and what was wrong.
pub(crate) fn read(text: &str) -> (CommonsConfig, Vec<Problem>) {
    Reader::read(text, config)
}

fn config(reader: &mut Reader<'_>, root: &DeTable<'_>) -> CommonsConfig {
    reader.config(root)
}

type Value<'a> = Spanned<DeValue<'a>>;

/// A file of TOML that is being read, and what was wrong in it so far.
pub(crate) struct Reader<'a> {
    text: &'a str,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Reads a file with `make`, which sees as much of it as is TOML.
    pub fn read<T>(
        text: &str,
        make: impl FnOnce(&mut Reader<'_>, &DeTable<'_>) -> T,
    ) -> (T, Vec<Problem>) {
        let mut reader = Reader {
            text,
            problems: Vec::new(),
        };
        if text.len() > MAX_BYTES {
            reader.tell(
                0,
                Rule::FrontMatterTooBig {
                    bytes: text.len(),
                    max: MAX_BYTES,
                },
            );
            return (make(&mut reader, &DeTable::new()), reader.problems);
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        // One mistake makes many errors.
        for error in errors.iter().take(MOST) {
            let place = error.span().map_or(0, |span| span.start);
            reader.tell(
                place,
                Rule::BadToml {
                    detail: error.message().to_owned(),
                },
            );
        }
        let made = make(&mut reader, table.get_ref());
        let mut problems = reader.problems;
        if !errors.is_empty() {
            // What follows from broken TOML is noise.
            problems.truncate(errors.len().min(MOST));
        }
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems.dedup();
        (made, problems)
    }

    pub fn tell(&mut self, place: usize, rule: Rule) {
        self.problems.push(Problem::at(self.text, place, rule));
    }

    fn config(&mut self, root: &DeTable<'_>) -> CommonsConfig {
        const KEYS: &[&str] = &[
            "format",
            "name",
            "description",
            "base_url",
            "default_language",
            "default_licence",
            "kinds",
            "vocabularies",
            "criteria",
            "governance",
        ];
        self.known(root, "", KEYS);
        let format = self.format(root);
        let name = match root.get("name") {
            Some(value) => self.labels(value, "name"),
            None => {
                self.tell(
                    0,
                    Rule::ConfigMissing {
                        key: "name".to_owned(),
                    },
                );
                Labels::default()
            }
        };
        CommonsConfig {
            format: format.unwrap_or(1),
            name,
            description: root
                .get("description")
                .map(|value| self.labels(value, "description"))
                .unwrap_or_default(),
            base_url: self.base_url(root),
            default_language: self.default_language(root),
            default_licence: self.default_licence(root),
            kinds: self.kinds(root),
            vocabularies: self.vocabularies(root),
            criteria: root
                .get("criteria")
                .map(|value| self.terms(value, "criteria", &mut Vec::new(), MAX_LEVELS))
                .unwrap_or_default(),
            governance: self.governance(root),
        }
    }

    /// Reads the version of the format, and tells when it is missing or unknown.
    pub fn format(&mut self, root: &DeTable<'_>) -> Option<i64> {
        let format = self.number(root, "format");
        match (format, root.get("format")) {
            (None, None) => self.tell(
                0,
                Rule::ConfigMissing {
                    key: "format".to_owned(),
                },
            ),
            (Some(number), Some(value)) if number != 1 => {
                self.tell(value.span().start, Rule::UnknownFormat);
            }
            _ => {}
        }
        format
    }

    fn base_url(&mut self, root: &DeTable<'_>) -> Option<String> {
        let url = self.text(root, "base_url")?;
        let sane = crate::check::is_web_address(&url);
        if !sane {
            self.wrong(root, "base_url", "base_url", "url");
        }
        sane.then(|| url.trim_end_matches('/').to_owned())
    }

    fn default_language(&mut self, root: &DeTable<'_>) -> Language {
        let Some(tag) = self.text(root, "default_language") else {
            return Language::default();
        };
        Language::parse(&tag).unwrap_or_else(|| {
            self.wrong(root, "default_language", "default_language", "language");
            Language::default()
        })
    }

    fn default_licence(&mut self, root: &DeTable<'_>) -> String {
        let Some(licence) = self.text(root, "default_licence") else {
            return licence::DEFAULT.to_owned();
        };
        if let (licence::Flow::Unknown(text), Some(value)) =
            (licence::flow(&licence), root.get("default_licence"))
        {
            self.tell(value.span().start, Rule::UnknownLicence { text });
        }
        licence
    }

    fn kinds(&mut self, root: &DeTable<'_>) -> BTreeMap<Kind, KindConfig> {
        let mut kinds: BTreeMap<Kind, KindConfig> = Kind::ALL
            .into_iter()
            .map(|kind| (kind, plain_kind(kind)))
            .collect();
        let words: Vec<&str> = Kind::ALL.into_iter().map(Kind::as_str).collect();
        let Some(table) = self.table(root, "kinds", "kinds") else {
            return kinds;
        };
        self.known(table, "kinds.", &words);
        for kind in Kind::ALL {
            let Some(value) = table.get(kind.as_str()) else {
                continue;
            };
            let way = format!("kinds.{kind}");
            let DeValue::Table(table) = value.get_ref() else {
                self.shape(value, &way, "table");
                continue;
            };
            self.known(
                table,
                &format!("{way}."),
                &["folder", "label", "plural", "sections"],
            );
            let config = kinds.get_mut(&kind).expect("every kind was put there");
            if let Some(folder) = self.text(table, "folder") {
                if CardPath::parse(&format!("{folder}/x")).is_err() {
                    self.wrong(table, "folder", &format!("{way}.folder"), "folder");
                } else {
                    config.folder = folder;
                }
            }
            if let Some(label) = table.get("label") {
                config.label = self.labels(label, &format!("{way}.label"));
                config.plural = config.label.clone();
            }
            if let Some(plural) = table.get("plural") {
                config.plural = self.labels(plural, &format!("{way}.plural"));
            }
            if let Some(sections) = table.get("sections") {
                config.sections = self.sections(sections, &format!("{way}.sections"));
            }
        }
        kinds
    }

    fn sections(&mut self, value: &Value<'_>, way: &str) -> Vec<SectionDef> {
        let mut seen = Vec::new();
        let mut sections = Vec::new();
        for (table, span) in self.tables(value, way) {
            self.known(
                table,
                &format!("{way}."),
                &["code", "label", "hint", "required"],
            );
            let Some(code) = self.code(table, &span, way, &mut seen) else {
                continue;
            };
            let label = self.label(table, &span, way);
            let hint = table
                .get("hint")
                .map(|hint| self.labels(hint, &format!("{way}.hint")))
                .unwrap_or_default();
            let required = match table.get("required").map(|value| (value, value.get_ref())) {
                None => false,
                Some((_, DeValue::Boolean(answer))) => *answer,
                Some((value, _)) => {
                    self.shape(value, &format!("{way}.required"), "bool");
                    false
                }
            };
            sections.push(SectionDef {
                code,
                label,
                hint,
                required,
            });
        }
        sections
    }

    fn vocabularies(&mut self, root: &DeTable<'_>) -> BTreeMap<String, Vec<Term>> {
        let Some(table) = self.table(root, "vocabularies", "vocabularies") else {
            return BTreeMap::new();
        };
        let read = |(name, value): (&Spanned<_>, _)| {
            let name: &std::borrow::Cow<'_, str> = name.get_ref();
            (
                name.to_string(),
                self.terms(
                    value,
                    &format!("vocabularies.{name}"),
                    &mut Vec::new(),
                    MAX_LEVELS,
                ),
            )
        };
        table.iter().map(read).collect()
    }

    fn terms(
        &mut self,
        value: &Value<'_>,
        way: &str,
        seen: &mut Vec<String>,
        levels: usize,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for (table, span) in self.tables(value, way) {
            self.known(table, &format!("{way}."), &["code", "label", "terms"]);
            let Some(code) = self.code(table, &span, way, seen) else {
                continue;
            };
            let label = self.label(table, &span, way);
            let below = match table.get("terms") {
                Some(below) if levels > 1 => {
                    self.terms(below, &format!("{way}.terms"), seen, levels - 1)
                }
                _ => Vec::new(),
            };
            terms.push(Term {
                code,
                label,
                terms: below,
            });
        }
        terms
    }

    fn governance(&mut self, root: &DeTable<'_>) -> Vec<GovernanceRule> {
        let Some(value) = root.get("governance") else {
            return Vec::new();
        };
        let mut rules = Vec::new();
        for (table, span) in self.tables(value, "governance") {
            let keys = [
                "name",
                "paths",
                "approvals",
                "organisations",
                "publishers",
                "stewards",
            ];
            self.known(table, "governance.", &keys);
            let publishers = self.texts(table, "publishers", "governance.publishers");
            for (word, place) in &publishers {
                if !ROLES.contains(&word.as_str()) {
                    let rule = Rule::NotOneOf {
                        key: "governance.publishers".to_owned(),
                        word: word.clone(),
                        words: ROLES.iter().map(|&role| role.to_owned()).collect(),
                        near: near(word, ROLES.iter().copied()),
                    };
                    self.tell(*place, rule);
                }
            }
            let paths = self.texts(table, "paths", "governance.paths");
            if paths.is_empty() {
                self.tell(
                    span.start,
                    Rule::ConfigMissing {
                        key: "governance.paths".to_owned(),
                    },
                );
            }
            let only_texts =
                |texts: Vec<(String, usize)>| texts.into_iter().map(|(text, _)| text).collect();
            rules.push(GovernanceRule {
                name: self.text(table, "name").unwrap_or_default(),
                paths: only_texts(paths),
                approvals: self.count(table, "approvals"),
                organisations: self.count(table, "organisations"),
                publishers: only_texts(publishers),
                stewards: only_texts(self.texts(table, "stewards", "governance.stewards")),
            });
        }
        rules
    }

    fn count(&mut self, table: &DeTable<'_>, key: &str) -> u32 {
        let number = self.number(table, key).unwrap_or(0);
        u32::try_from(number)
            .ok()
            .filter(|number| *number <= 100)
            .unwrap_or_else(|| {
                self.wrong(table, key, &format!("governance.{key}"), "count");
                0
            })
    }
}

/// A kind of which the commons says nothing.
fn plain_kind(kind: Kind) -> KindConfig {
    let (folder, fr, frs, en, ens) = match kind {
        Kind::Method => ("methodes", "Méthode", "Méthodes", "Method", "Methods"),
        Kind::Tool => ("outils", "Outil", "Outils", "Tool", "Tools"),
        Kind::Action => ("actions", "Action", "Actions", "Action", "Actions"),
        Kind::Survey => ("enquetes", "Enquête", "Enquêtes", "Survey", "Surveys"),
        Kind::Pathway => ("parcours", "Parcours", "Parcours", "Pathway", "Pathways"),
        Kind::Experience => (
            "experiences",
            "Expérience",
            "Expériences",
            "Experience",
            "Experiences",
        ),
        Kind::Territory => (
            "territoires",
            "Territoire",
            "Territoires",
            "Territory",
            "Territories",
        ),
        Kind::Organisation => (
            "organisations",
            "Organisation",
            "Organisations",
            "Organisation",
            "Organisations",
        ),
        Kind::Exhibition => (
            "expositions",
            "Exposition",
            "Expositions",
            "Exhibition",
            "Exhibitions",
        ),
        Kind::Episode => ("episodes", "Épisode", "Épisodes", "Episode", "Episodes"),
        Kind::Page => ("pages", "Page", "Pages", "Page", "Pages"),
    };
    let labels = |fr: &str, en: &str| Labels {
        fr: fr.to_owned(),
        en: en.to_owned(),
    };
    KindConfig {
        folder: folder.to_owned(),
        label: labels(fr, en),
        plural: labels(frs, ens),
        sections: Vec::new(),
    }
}
