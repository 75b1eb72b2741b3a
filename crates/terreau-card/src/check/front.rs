//! Keys and the shapes of their values.

use std::collections::HashSet;

use super::{
    Told,
    values::{
        duration_minutes, has_markdown, is_date, is_file_path, is_partial_date, is_web_address,
    },
};
use crate::{
    Card, CardId, CardPath, CommonsConfig, Kind, Rule, Value,
    language::is_language_tag,
    licence,
    problem::near,
    schema::{self, Field, Shape},
    yaml::{Data, Entry, Node, Style, looks_typed},
};

pub(super) fn check(told: &mut Told<'_>, config: &CommonsConfig) {
    let card = told.card;
    let kind = card.kind();
    let mut fields: Vec<Field> = match kind {
        Some(kind) => schema::fields_of(kind).copied().collect(),
        None => schema::common_fields().to_vec(),
    };
    for field in &mut fields {
        field.required = schema::is_required(kind.unwrap_or(Kind::Page), field)
            || (kind.is_none() && field.key == "summary");
    }
    let start = card.front_range().map_or(0, |range| range.start);
    let mut walk = Walk {
        told,
        config,
        knows_kind: kind.is_some(),
    };
    walk.map(
        card.root().map(Node::entries).unwrap_or_default(),
        &fields,
        "",
        start,
    );
}

struct Walk<'a, 'b> {
    told: &'a mut Told<'b>,
    config: &'a CommonsConfig,
    knows_kind: bool,
}

impl Walk<'_, '_> {
    fn tell(&mut self, node: &Node, rule: Rule) {
        self.told.tell(node.span.start, rule);
    }

    fn map(&mut self, entries: &[Entry], fields: &[Field], way: &str, start: usize) {
        for field in fields.iter().filter(|field| field.required) {
            let key = join(way, field.key);
            match entries.iter().find(|entry| entry.key == field.key) {
                None => self.told.tell(start, Rule::MissingKey { key }),
                Some(entry) if entry.node.value().is_empty() => self
                    .told
                    .tell(entry.key_span.start, Rule::EmptyValue { key }),
                Some(_) => {}
            }
        }
        for entry in entries {
            let key = join(way, &entry.key);
            match fields.iter().find(|field| field.key == entry.key) {
                Some(field) => self.value(&entry.node, &field.shape, &key),
                // It has been told already.
                None if entry.key == "<<" => {}
                None => {
                    let near = near(&entry.key, fields.iter().map(|field| field.key));
                    // Without a kind, only what looks like a key of every card is known to be wrong.
                    if self.knows_kind || !way.is_empty() || near.is_some() {
                        self.told
                            .tell(entry.key_span.start, Rule::UnknownKey { key, near });
                    }
                }
            }
        }
    }

    fn value(&mut self, node: &Node, shape: &Shape, way: &str) {
        match shape {
            _ if node.value().is_empty() => {}
            Shape::List(item) => self.list(node, item, way),
            Shape::Map(fields) => self.fields(node, fields, shape, way),
            Shape::PathOr(fields) => match &node.data {
                Data::Map { .. } => self.fields(node, fields, shape, way),
                _ => self.value(node, &Shape::CardPath, way),
            },
            Shape::MediaMap(fields) => self.media(node, fields, shape, way),
            Shape::Marks { min, max } => self.marks(node, shape, way, (*min, *max)),
            _ => match &node.data {
                Data::Scalar { value, style } => self.scalar(node, value, *style, shape, way),
                _ => self.wrong(node, shape, way),
            },
        }
    }

    fn wrong(&mut self, node: &Node, shape: &Shape, way: &str) {
        self.tell(
            node,
            Rule::WrongShape {
                key: way.to_owned(),
                expected: *shape,
            },
        );
    }

    fn list(&mut self, node: &Node, item: &'static Shape, way: &str) {
        let Data::List { items, .. } = &node.data else {
            return self.wrong(node, &Shape::List(item), way);
        };
        let mut seen: HashSet<String> = HashSet::new();
        for (index, node) in items.iter().enumerate() {
            let way = format!("{way}[{}]", index + 1);
            let value = node.value();
            if value.is_empty() {
                self.tell(node, Rule::EmptyValue { key: way });
                continue;
            }
            if let Some(text) = value.plain()
                && !seen.insert(text.clone())
            {
                self.tell(
                    node,
                    Rule::Twice {
                        key: way.clone(),
                        item: text,
                    },
                );
            }
            self.value(node, item, &way);
        }
    }

    fn fields(&mut self, node: &Node, fields: &[Field], shape: &Shape, way: &str) {
        match &node.data {
            Data::Map { entries, .. } => {
                self.map(entries, fields, way, node.span.start);
                self.order(node, way);
            }
            _ => self.wrong(node, shape, way),
        }
    }

    /// `min` isn't above `max`.
    fn order(&mut self, node: &Node, way: &str) {
        let bound = |key: &str| {
            let value = node.entry(key)?.node.value();
            value
                .as_decimal()
                .or_else(|| duration_minutes(value.as_text()?))
        };
        if let (Some(min), Some(max)) = (bound("min"), bound("max"))
            && min > max
        {
            self.tell(
                node,
                Rule::MinAboveMax {
                    key: way.to_owned(),
                },
            );
        }
    }

    fn media(&mut self, node: &Node, fields: &[Field], shape: &Shape, way: &str) {
        let Data::Map { entries, .. } = &node.data else {
            return self.wrong(node, shape, way);
        };
        for entry in entries {
            if !is_file_path(&entry.key) {
                self.told.tell(
                    entry.key_span.start,
                    Rule::BadFilePath {
                        text: entry.key.clone(),
                    },
                );
            }
            let way = format!("{way}[{}]", entry.key);
            match &entry.node.data {
                Data::Map { entries, .. } => self.map(entries, fields, &way, entry.key_span.start),
                _ => self.told.tell(
                    entry.key_span.start,
                    Rule::MissingKey {
                        key: join(&way, "alt"),
                    },
                ),
            }
        }
    }

    fn marks(&mut self, node: &Node, shape: &Shape, way: &str, (min, max): (i64, i64)) {
        let Data::Map { entries, .. } = &node.data else {
            return self.wrong(node, shape, way);
        };
        let criteria = &self.config.criteria;
        for entry in entries {
            if !criteria.is_empty() && criteria.iter().all(|term| term.code != entry.key) {
                let near = near(&entry.key, criteria.iter().map(|term| term.code.as_str()));
                let rule = Rule::UnknownCode {
                    vocabulary: "criteria".to_owned(),
                    code: entry.key.clone(),
                    near,
                };
                self.told.tell(entry.key_span.start, rule);
            }
            self.value(
                &entry.node,
                &Shape::Integer { min, max },
                &join(way, &entry.key),
            );
        }
    }

    fn scalar(&mut self, node: &Node, value: &Value, style: Style, shape: &Shape, way: &str) {
        let raw = &self.told.card.text()[node.span.clone()];
        let written = match value {
            Value::Text(text) => text.clone(),
            _ => raw.to_owned(),
        };
        let is_text = matches!(value, Value::Text(_));
        let good = match shape {
            Shape::Text { max } | Shape::Paragraph { max } => {
                let one_line = matches!(shape, Shape::Text { .. });
                return self.text(node, &written, (style, is_text), *max, one_line, way);
            }
            Shape::Integer { min, max } | Shape::Scale { min, max, .. } => {
                return match value.as_integer() {
                    Some(number) => {
                        self.bounds(node, number as f64, (*min as f64, *max as f64), way);
                    }
                    None => self.wrong(node, shape, way),
                };
            }
            Shape::Decimal { min, max } => {
                return match value.as_decimal() {
                    Some(number) => self.bounds(node, number, (*min, *max), way),
                    None => self.wrong(node, shape, way),
                };
            }
            Shape::OneOf(words) => return self.word(node, &written, words, way),
            Shape::Code(vocabulary) => return self.code(node, &written, vocabulary),
            Shape::Licence => return self.licence(node, &written),
            Shape::CardPath => return self.path(node, &written),
            Shape::Bool => matches!(value, Value::Bool(_)),
            Shape::Date => is_text && is_date(&written),
            Shape::PartialDate => is_partial_date(&written),
            Shape::Uuid => is_text && written.parse::<CardId>().is_ok(),
            Shape::Language => is_text && is_language_tag(&written),
            Shape::Url => is_text && is_web_address(&written),
            Shape::Duration => is_text && duration_minutes(&written).is_some(),
            Shape::FilePath => is_text && is_file_path(&written),
            Shape::List(_)
            | Shape::Map(_)
            | Shape::PathOr(_)
            | Shape::MediaMap(_)
            | Shape::Marks { .. } => false,
        };
        if !good {
            self.wrong(node, shape, way);
        }
    }

    fn text(
        &mut self,
        node: &Node,
        written: &str,
        (style, is_text): (Style, bool),
        max: usize,
        one_line: bool,
        way: &str,
    ) {
        if !is_text || (style == Style::Plain && written.len() > 1 && looks_typed(written)) {
            self.tell(
                node,
                Rule::NeedsQuotes {
                    text: written.to_owned(),
                },
            );
        }
        let length = written.chars().count();
        if length > max {
            self.tell(
                node,
                Rule::TooLong {
                    key: way.to_owned(),
                    max,
                    length,
                },
            );
        }
        if one_line && written.contains('\n') {
            self.tell(
                node,
                Rule::NotOneLine {
                    key: way.to_owned(),
                },
            );
        }
        if matches!(way, "title" | "summary") && has_markdown(written) {
            self.tell(
                node,
                Rule::MarkdownInText {
                    key: way.to_owned(),
                },
            );
        }
    }

    fn bounds(&mut self, node: &Node, number: f64, (min, max): (f64, f64), way: &str) {
        if number < min || number > max {
            self.tell(
                node,
                Rule::OutOfBounds {
                    key: way.to_owned(),
                    min,
                    max,
                },
            );
        }
    }

    fn word(&mut self, node: &Node, written: &str, words: &[&str], way: &str) {
        if !words.contains(&written) {
            let near = near(written, words.iter().copied());
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            self.tell(
                node,
                Rule::NotOneOf {
                    key: way.to_owned(),
                    word: written.to_owned(),
                    words,
                    near,
                },
            );
        }
    }

    fn code(&mut self, node: &Node, code: &str, vocabulary: &str) {
        // A commons that doesn't keep a vocabulary leaves its words free.
        if !self.config.terms(vocabulary).is_empty() && self.config.term(vocabulary, code).is_none()
        {
            let mut codes = Vec::new();
            gather(self.config.terms(vocabulary), &mut codes);
            let near = near(code, codes.into_iter());
            self.tell(
                node,
                Rule::UnknownCode {
                    vocabulary: vocabulary.to_owned(),
                    code: code.to_owned(),
                    near,
                },
            );
        }
    }

    fn licence(&mut self, node: &Node, written: &str) {
        if let licence::Flow::Unknown(text) = licence::flow(written)
            && !text.starts_with("LicenseRef-")
        {
            self.tell(node, Rule::UnknownLicence { text });
        }
    }

    fn path(&mut self, node: &Node, written: &str) {
        if let Err(refusal) = CardPath::parse(written) {
            self.tell(
                node,
                Rule::BadPath {
                    text: written.to_owned(),
                    refusal,
                },
            );
        }
    }
}

fn gather<'a>(terms: &'a [crate::Term], codes: &mut Vec<&'a str>) {
    for term in terms {
        codes.push(&term.code);
        gather(&term.terms, codes);
    }
}

fn join(way: &str, key: &str) -> String {
    if way.is_empty() {
        key.to_owned()
    } else {
        format!("{way}.{key}")
    }
}

impl Card {
    /// Says whether the whole front matter could be read.
    pub(crate) fn is_readable(&self) -> bool {
        self.front_range().is_some() && !self.is_broken()
    }
}
