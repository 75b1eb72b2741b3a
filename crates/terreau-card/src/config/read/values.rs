//! Values of TOML, told when they are missing or of another shape.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{Reader, Value};
use crate::{
    Labels, Language, Rule,
    path::{is_slug, slug_of},
    problem::near,
};

impl Reader<'_> {
    /// Reads a code, tells when it is missing, odd or there already.
    pub(super) fn code(
        &mut self,
        table: &DeTable<'_>,
        span: &Range<usize>,
        way: &str,
        seen: &mut Vec<String>,
    ) -> Option<String> {
        let Some(value) = table.get("code") else {
            self.tell(
                span.start,
                Rule::ConfigMissing {
                    key: format!("{way}.code"),
                },
            );
            return None;
        };
        let code = self.text(table, "code")?;
        let place = value.span().start;
        if !is_slug(&code) {
            self.tell(
                place,
                Rule::ConfigCode {
                    near: slug_of(&code),
                    code: code.clone(),
                },
            );
        } else if seen.contains(&code) {
            self.tell(place, Rule::ConfigTwice { code: code.clone() });
        }
        seen.push(code.clone());
        Some(code)
    }

    pub(super) fn label(&mut self, table: &DeTable<'_>, span: &Range<usize>, way: &str) -> Labels {
        match table.get("label") {
            Some(label) => self.labels(label, &format!("{way}.label")),
            None => {
                self.tell(
                    span.start,
                    Rule::ConfigMissing {
                        key: format!("{way}.label"),
                    },
                );
                Labels::default()
            }
        }
    }

    pub(super) fn labels(&mut self, value: &Value<'_>, way: &str) -> Labels {
        let DeValue::Table(table) = value.get_ref() else {
            self.shape(value, way, "labels");
            return Labels::default();
        };
        self.known(table, &format!("{way}."), &["fr", "en"]);
        let labels = Labels {
            fr: self.text(table, "fr").unwrap_or_default(),
            en: self.text(table, "en").unwrap_or_default(),
        };
        if labels.get(Language::French).trim().is_empty() {
            self.shape(value, way, "labels");
        }
        labels
    }

    /// The tables of an array of tables, with their places.
    pub fn tables<'v, 't>(
        &mut self,
        value: &'v Value<'t>,
        way: &str,
    ) -> Vec<(&'v DeTable<'t>, Range<usize>)> {
        let DeValue::Array(items) = value.get_ref() else {
            self.shape(value, way, "tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((table, item.span())),
                _ => self.shape(item, way, "table"),
            }
        }
        tables
    }

    pub(super) fn table<'v, 't>(
        &mut self,
        table: &'v DeTable<'t>,
        key: &str,
        way: &str,
    ) -> Option<&'v DeTable<'t>> {
        match table.get(key)?.get_ref() {
            DeValue::Table(inner) => Some(inner),
            _ => {
                self.wrong(table, key, way, "table");
                None
            }
        }
    }

    pub fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        match table.get(key)?.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            _ => {
                self.wrong(table, key, key, "text");
                None
            }
        }
    }

    pub fn texts(&mut self, table: &DeTable<'_>, key: &str, way: &str) -> Vec<(String, usize)> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.shape(value, way, "texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.to_string(), item.span().start)),
                _ => self.shape(item, way, "text"),
            }
        }
        texts
    }

    pub(super) fn number(&mut self, table: &DeTable<'_>, key: &str) -> Option<i64> {
        let number = match table.get(key)?.get_ref() {
            DeValue::Integer(number) => {
                i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
            }
            _ => None,
        };
        if number.is_none() {
            self.wrong(table, key, key, "number");
        }
        number
    }

    pub(super) fn wrong(
        &mut self,
        table: &DeTable<'_>,
        key: &str,
        way: &str,
        expected: &'static str,
    ) {
        if let Some(value) = table.get(key) {
            self.shape(value, way, expected);
        }
    }

    pub(super) fn shape(&mut self, value: &Value<'_>, way: &str, expected: &'static str) {
        self.tell(
            value.span().start,
            Rule::ConfigShape {
                key: way.to_owned(),
                expected,
            },
        );
    }

    pub fn known(&mut self, table: &DeTable<'_>, way: &str, keys: &[&str]) {
        for (key, _) in table {
            let name: &str = key.get_ref();
            if !keys.contains(&name) {
                let near = near(name, keys.iter().copied());
                self.tell(
                    key.span().start,
                    Rule::ConfigUnknown {
                        key: format!("{way}{name}"),
                        near,
                    },
                );
            }
        }
    }
}
