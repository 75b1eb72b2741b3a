//! From YAML to questions.

use std::ops::Range;

use super::{Choice, Question, QuestionKind, QuestionRange, QuestionSection, Questionnaire};
use crate::{
    Problem, Rule, Value,
    path::slug_of,
    problem::QuestionFault as Fault,
    yaml::{self, Caps, Data, Entry, Node},
};

/// A questionnaire may be longer than front matter, not deeper.
const CAPS: Caps = Caps {
    bytes: 128 * 1024,
    depth: 8,
    keys: 5_000,
};

/// At most so many problems of a questionnaire are told.
const MOST: usize = 100;

const SECTION_KEYS: &[&str] = &["section", "title", "intro", "questions"];
const QUESTION_KEYS: &[&str] = &[
    "name",
    "label",
    "type",
    "choices",
    "hint",
    "probes",
    "relevant",
    "required",
    "sensitive",
    "min",
    "max",
    "step",
];

/// Returns what stands between the fences of a code block.
pub(crate) fn inside(text: &str, block: Range<usize>) -> Range<usize> {
    let source = &text[block.clone()];
    let start = source.find('\n').map_or(source.len(), |length| length + 1);
    let trimmed = source.trim_end();
    let last = trimmed.rfind('\n').map_or(0, |line_break| line_break + 1);
    let closed = last >= start
        && ["```", "~~~"]
            .iter()
            .any(|fence| trimmed[last..].trim_start().starts_with(fence));
    block.start + start..block.start + if closed { last } else { source.len() }
}

/// Reads the questionnaire that stands at `range` of `text`.
pub(crate) fn read(text: &str, range: Range<usize>) -> (Questionnaire, Vec<Problem>) {
    let parsed = yaml::parse(text, range.clone(), CAPS);
    let mut reader = Reader {
        text,
        problems: Vec::new(),
        names: Vec::new(),
    };
    for (place, rule) in parsed.faults.into_iter().take(MOST) {
        reader.problems.push(Problem::at(text, place, rule));
    }
    let questionnaire = match parsed.root {
        Some(root) => reader.questionnaire(&root),
        None if parsed.broken => Questionnaire::default(),
        None => {
            reader.tell(range.start, Fault::NotAList);
            Questionnaire::default()
        }
    };
    (questionnaire, reader.problems)
}

struct Reader<'a> {
    text: &'a str,
    problems: Vec<Problem>,
    /// The names of the questions so far.
    names: Vec<String>,
}

impl Reader<'_> {
    fn tell(&mut self, place: usize, fault: Fault) {
        if self.problems.len() >= MOST {
            return;
        }
        self.problems
            .push(Problem::at(self.text, place, Rule::Questions(fault)));
    }

    fn questionnaire(&mut self, root: &Node) -> Questionnaire {
        let Data::List { items, .. } = &root.data else {
            self.tell(root.span.start, Fault::NotAList);
            return Questionnaire::default();
        };
        let mut sections: Vec<QuestionSection> = Vec::new();
        // Questions that stand alone go together, until a section begins.
        let mut loose = false;
        for item in items {
            if !matches!(item.data, Data::Map { .. }) {
                self.tell(item.span.start, Fault::NotAMapping);
            } else if item.entry("questions").is_some() || item.entry("section").is_some() {
                sections.push(self.section(item));
                loose = false;
            } else if let Some(question) = self.question(item) {
                if !loose {
                    sections.push(QuestionSection::default());
                    loose = true;
                }
                if let Some(section) = sections.last_mut() {
                    section.questions.push(question);
                }
            }
        }
        Questionnaire { sections }
    }

    fn section(&mut self, node: &Node) -> QuestionSection {
        self.known(node, SECTION_KEYS);
        let title = self
            .text(node, "section")
            .or_else(|| self.text(node, "title"));
        let intro = self.text(node, "intro");
        let mut questions = Vec::new();
        match node
            .entry("questions")
            .map(|entry| (entry, &entry.node.data))
        {
            None => self.tell(node.span.start, Fault::Missing("questions".to_owned())),
            Some((_, Data::List { items, .. })) => {
                for item in items {
                    match item.data {
                        Data::Map { .. } => questions.extend(self.question(item)),
                        _ => self.tell(item.span.start, Fault::NotAMapping),
                    }
                }
            }
            Some((entry, _)) => self.tell(entry.key_span.start, Fault::NotAList),
        }
        QuestionSection {
            title,
            intro,
            questions,
        }
    }

    fn question(&mut self, node: &Node) -> Option<Question> {
        self.known(node, QUESTION_KEYS);
        let kind = self.kind(node);
        let label = self
            .text(node, "label")
            .filter(|label| !label.trim().is_empty());
        if label.is_none() {
            self.tell(node.span.start, Fault::Missing("label".to_owned()));
        }
        let name = self.name(node, kind);
        let (kind, label, name) = (kind?, label?, name?);
        let choices = self.choices(node, kind, &name);
        let question = Question {
            kind,
            label,
            choices,
            hint: self.text(node, "hint"),
            probes: self.texts(node, "probes"),
            relevant: self.relevant(node, &name),
            required: self.truth(node, "required"),
            sensitive: self.truth(node, "sensitive"),
            range: self.range(node, kind, &name),
            name: name.clone(),
        };
        self.names.push(name);
        Some(question)
    }

    fn kind(&mut self, node: &Node) -> Option<QuestionKind> {
        let Some(entry) = node.entry("type") else {
            self.tell(node.span.start, Fault::Missing("type".to_owned()));
            return None;
        };
        let word = entry.node.value().plain().unwrap_or_default();
        let kind = QuestionKind::parse(&word);
        if kind.is_none() {
            self.tell(entry.node.span.start, Fault::Type(word));
        }
        kind
    }

    /// A note may go without a name.
    fn name(&mut self, node: &Node, kind: Option<QuestionKind>) -> Option<String> {
        let Some(entry) = node.entry("name") else {
            if kind == Some(QuestionKind::Note) {
                return Some(format!("note_{}", self.names.len() + 1));
            }
            self.tell(node.span.start, Fault::Missing("name".to_owned()));
            return None;
        };
        let name = entry.node.value().plain().unwrap_or_default();
        if !is_name(&name) {
            self.tell(entry.node.span.start, Fault::Name(name));
            return None;
        }
        if self.names.contains(&name) {
            self.tell(entry.node.span.start, Fault::NameTwice(name.clone()));
        }
        Some(name)
    }

    fn choices(&mut self, node: &Node, kind: QuestionKind, name: &str) -> Vec<Choice> {
        let Some(entry) = node.entry("choices") else {
            if kind.has_choices() {
                self.tell(node.span.start, Fault::NoChoices(name.to_owned()));
            }
            return Vec::new();
        };
        let Data::List { items, .. } = &entry.node.data else {
            self.tell(entry.key_span.start, Fault::Shape("choices".to_owned()));
            return Vec::new();
        };
        if !kind.has_choices() {
            self.tell(entry.key_span.start, Fault::Choices(name.to_owned()));
        } else if items.is_empty() {
            self.tell(entry.key_span.start, Fault::NoChoices(name.to_owned()));
        }
        let mut choices: Vec<Choice> = Vec::new();
        for item in items {
            let label = item
                .value()
                .plain()
                .or_else(|| item.entry("label")?.node.value().plain());
            let Some(label) = label.filter(|label| !label.trim().is_empty()) else {
                self.tell(item.span.start, Fault::Shape("choices".to_owned()));
                continue;
            };
            let code = item
                .entry("name")
                .and_then(|entry| entry.node.value().plain());
            let code = code.unwrap_or_else(|| slug_of(&label).replace('-', "_"));
            if choices.iter().any(|choice| choice.name == code) {
                self.tell(item.span.start, Fault::NameTwice(code.clone()));
            }
            choices.push(Choice { name: code, label });
        }
        choices
    }

    /// A condition names questions that were asked before: `${age} > 18`.
    fn relevant(&mut self, node: &Node, name: &str) -> Option<String> {
        let condition = self.text(node, "relevant")?;
        let entry = node.entry("relevant")?;
        let mut rest = condition.as_str();
        while let Some(start) = rest.find("${") {
            rest = &rest[start + 2..];
            let other = rest.split('}').next().unwrap_or_default();
            if !self.names.iter().any(|name| name == other) {
                let fault = Fault::Relevant {
                    name: name.to_owned(),
                    other: other.to_owned(),
                };
                self.tell(entry.node.span.start, fault);
            }
        }
        Some(condition)
    }

    fn range(&mut self, node: &Node, kind: QuestionKind, name: &str) -> Option<QuestionRange> {
        if kind != QuestionKind::Range {
            return None;
        }
        let number = |key: &str| {
            node.entry(key)
                .and_then(|entry| entry.node.value().as_decimal())
        };
        let step = number("step").unwrap_or(1.0);
        match (number("min"), number("max")) {
            (Some(min), Some(max)) if min < max && step > 0.0 => {
                Some(QuestionRange { min, max, step })
            }
            _ => {
                self.tell(node.span.start, Fault::Range(name.to_owned()));
                None
            }
        }
    }

    fn text(&mut self, node: &Node, key: &str) -> Option<String> {
        let entry = node.entry(key)?;
        match entry.node.value() {
            Value::Null => None,
            value => value.plain().or_else(|| self.odd(entry)),
        }
    }

    fn texts(&mut self, node: &Node, key: &str) -> Vec<String> {
        let Some(entry) = node.entry(key) else {
            return Vec::new();
        };
        match entry.node.value() {
            Value::Null => Vec::new(),
            Value::List(items) => {
                let texts: Vec<String> = items.iter().filter_map(Value::plain).collect();
                if texts.len() < items.len() {
                    self.odd(entry);
                }
                texts
            }
            value => value
                .plain()
                .or_else(|| self.odd(entry))
                .into_iter()
                .collect(),
        }
    }

    fn truth(&mut self, node: &Node, key: &str) -> bool {
        let Some(entry) = node.entry(key) else {
            return false;
        };
        entry.node.value().as_bool().unwrap_or_else(|| {
            self.odd(entry);
            false
        })
    }

    fn odd(&mut self, entry: &Entry) -> Option<String> {
        self.tell(entry.key_span.start, Fault::Shape(entry.key.clone()));
        None
    }

    fn known(&mut self, node: &Node, keys: &[&str]) {
        for entry in node.entries() {
            if !keys.contains(&entry.key.as_str()) {
                self.tell(entry.key_span.start, Fault::Unknown(entry.key.clone()));
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
        && name.len() <= 64
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
