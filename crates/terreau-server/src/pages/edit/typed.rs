//! From what was typed back to values: what is as the form showed it stays the very value that it was.

use terreau_card::schema::{Field, Shape};
use terreau_card::{CardPath, Value};

use super::duration;
use super::inputs::Inputs;

/// Why something typed is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistyped {
    /// The name of the input.
    pub name: String,
    /// The key of the words that say it.
    pub words: &'static str,
}

/// Reads one form against what it showed.
pub struct Reading<'a> {
    /// What the form showed.
    pub shown: &'a Inputs,
    /// What came back.
    pub typed: &'a Inputs,
    /// The address of this site, which people paste with the paths of cards.
    pub base_url: &'a str,
    /// What could not be read so far.
    pub mistyped: Vec<Mistyped>,
}

impl Reading<'_> {
    /// Returns the value under a name: `old` itself when nothing was typed there.
    pub fn value(&mut self, shape: &Shape, name: &str, old: Option<&Value>) -> Option<Value> {
        if self.shown.is_same(self.typed, name) {
            return old.cloned();
        }
        match shape {
            Shape::List(item) => {
                self.list(item, name, old.and_then(Value::as_list).unwrap_or_default())
            }
            Shape::Map(fields) => self.map(fields, name, old),
            Shape::MediaMap(fields) => self.media(fields, name, old),
            Shape::Marks { min, max } => self.marks(name, old, *min, *max),
            Shape::PathOr(fields) => self.path_or(fields, name, old),
            _ => self.scalar(shape, name, old),
        }
    }

    fn scalar(&mut self, shape: &Shape, name: &str, old: Option<&Value>) -> Option<Value> {
        let typed = self.typed.one(name).trim().to_owned();
        if typed.is_empty() {
            return None;
        }
        let read = match shape {
            Shape::Integer { .. } | Shape::Scale { .. } => {
                integer(&typed).ok_or("edit-not-a-whole-number")
            }
            Shape::Decimal { .. } => decimal(&typed).ok_or("edit-not-a-number"),
            Shape::Duration => duration::read(&typed, self.typed.one(&format!("{name}.unit")))
                .map(Value::Text)
                .ok_or("edit-not-a-duration"),
            Shape::Bool => match typed.as_str() {
                "true" => Ok(Value::Bool(true)),
                "false" => Ok(Value::Bool(false)),
                _ => Err("edit-not-a-choice"),
            },
            Shape::CardPath => Ok(Value::Text(self.path(&typed))),
            Shape::Date | Shape::PartialDate => {
                date(&typed).map(Value::Text).ok_or("edit-not-a-date")
            }
            _ => Ok(Value::Text(typed)),
        };
        match read {
            Ok(value) => Some(value),
            Err(words) => {
                self.mistyped.push(Mistyped {
                    name: name.to_owned(),
                    words,
                });
                old.cloned()
            }
        }
    }

    fn list(&mut self, item: &Shape, name: &str, old: &[Value]) -> Option<Value> {
        let items = match item {
            Shape::Code(_) => self.codes(name, old),
            Shape::Paragraph { .. } | Shape::Map(_) | Shape::PathOr(_) => {
                self.rows(item, name, old)
            }
            _ => self.lines(item, name, old),
        };
        (!items.is_empty()).then_some(Value::List(items))
    }

    /// Ticked codes: those that were there stay where they were, new ones follow in the order of the list.
    fn codes(&mut self, name: &str, old: &[Value]) -> Vec<Value> {
        let ticked: Vec<&str> = self.typed.all(name).collect();
        let is_ticked = |value: &&Value| {
            value
                .plain()
                .is_none_or(|code| ticked.contains(&code.as_str()))
        };
        let mut items: Vec<Value> = old.iter().filter(is_ticked).cloned().collect();
        for code in ticked {
            if !items
                .iter()
                .any(|item| item.plain().as_deref() == Some(code))
            {
                items.push(Value::from(code));
            }
        }
        items
    }

    fn rows(&mut self, item: &Shape, name: &str, old: &[Value]) -> Vec<Value> {
        let mut numbers = self.typed.rows(name);
        numbers.extend(0..old.len());
        numbers
            .into_iter()
            .filter_map(|row| self.value(item, &format!("{name}.{row}"), old.get(row)))
            .collect()
    }

    fn lines(&mut self, item: &Shape, name: &str, old: &[Value]) -> Vec<Value> {
        let typed = self.typed.one(name).to_owned();
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let text = if *item == Shape::CardPath {
                    self.path(line)
                } else {
                    line.to_owned()
                };
                let same = old
                    .iter()
                    .find(|value| value.plain().as_deref() == Some(text.as_str()));
                same.cloned().unwrap_or(Value::Text(text))
            })
            .collect()
    }

    /// A mapping: keys that the form does not know stay where they are.
    fn map(&mut self, fields: &[Field], name: &str, old: Option<&Value>) -> Option<Value> {
        let mut entries: Vec<(String, Value)> =
            old.and_then(Value::as_map).unwrap_or_default().to_vec();
        for (order, field) in fields.iter().enumerate() {
            let at = entries.iter().position(|(key, _)| key == field.key);
            let before = at.map(|at| entries[at].1.clone());
            match (
                at,
                self.value(
                    &field.shape,
                    &format!("{name}.{}", field.key),
                    before.as_ref(),
                ),
            ) {
                (Some(at), Some(value)) => entries[at].1 = value,
                (Some(at), None) => drop(entries.remove(at)),
                (None, Some(value)) => {
                    let follows = |key: &str| {
                        fields
                            .iter()
                            .position(|field| field.key == key)
                            .is_some_and(|place| place > order)
                    };
                    let at = entries
                        .iter()
                        .position(|(key, _)| follows(key))
                        .unwrap_or(entries.len());
                    entries.insert(at, (field.key.to_owned(), value));
                }
                (None, None) => {}
            }
        }
        // What only the file knows of an item goes with the item.
        let is_blank = self.typed.is_blank(name);
        (!entries.is_empty() && !is_blank).then_some(Value::Map(entries))
    }

    fn media(&mut self, fields: &[Field], name: &str, old: Option<&Value>) -> Option<Value> {
        let old = old.and_then(Value::as_map).unwrap_or_default();
        let mut numbers = self.typed.rows(name);
        numbers.extend(0..old.len());
        let mut entries = Vec::new();
        for row in numbers {
            let row_name = format!("{name}.{row}");
            let before = old.get(row);
            if self.shown.is_same(self.typed, &row_name) {
                entries.extend(before.cloned());
                continue;
            }
            let path = self
                .typed
                .one(&format!("{row_name}.path"))
                .trim()
                .trim_start_matches('/')
                .to_owned();
            let entry = self.map(fields, &row_name, before.map(|(_, entry)| entry));
            match (path.is_empty(), entry) {
                (true, None) => {}
                (true, Some(_)) => {
                    self.mistyped.push(Mistyped {
                        name: format!("{row_name}.path"),
                        words: "edit-media-needs-path",
                    });
                    entries.extend(before.cloned());
                }
                (false, entry) => entries.push((path, entry.unwrap_or(Value::Map(Vec::new())))),
            }
        }
        (!entries.is_empty()).then_some(Value::Map(entries))
    }

    fn marks(&mut self, name: &str, old: Option<&Value>, min: i64, max: i64) -> Option<Value> {
        let mut entries: Vec<(String, Value)> =
            old.and_then(Value::as_map).unwrap_or_default().to_vec();
        for criterion in self
            .typed
            .keys_under(name)
            .into_iter()
            .chain(self.shown.keys_under(name))
        {
            let mark_name = format!("{name}.{criterion}");
            if self.shown.is_same(self.typed, &mark_name) {
                continue;
            }
            entries.retain(|(key, _)| *key != criterion);
            match integer(self.typed.one(&mark_name).trim()) {
                Some(Value::Integer(mark)) if (min..=max).contains(&mark) => {
                    entries.push((criterion, Value::Integer(mark)));
                }
                _ => {}
            }
        }
        (!entries.is_empty()).then_some(Value::Map(entries))
    }

    fn path_or(&mut self, fields: &[Field], name: &str, old: Option<&Value>) -> Option<Value> {
        let path = self.typed.one(&format!("{name}.path")).trim().to_owned();
        if path.is_empty() {
            return self.map(fields, name, old.filter(|value| value.as_map().is_some()));
        }
        Some(Value::Text(self.path(&path)))
    }

    /// Returns the path of a card from what people paste: an address of this site, a file, a path with a slash before it.
    fn path(&self, typed: &str) -> String {
        let path = typed.strip_prefix(self.base_url).unwrap_or(typed);
        let path = path
            .split(['?', '#'])
            .next()
            .unwrap_or(path)
            .trim_matches('/');
        let path = path.strip_suffix(".md").unwrap_or(path);
        if CardPath::parse(path).is_ok() {
            path.to_owned()
        } else {
            typed.to_owned()
        }
    }
}

fn integer(typed: &str) -> Option<Value> {
    let digits: String = typed
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    digits.parse().ok().map(Value::Integer)
}

fn decimal(typed: &str) -> Option<Value> {
    let number: String = typed
        .chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| if character == ',' { '.' } else { character })
        .collect();
    if let Ok(whole) = number.parse() {
        return Some(Value::Integer(whole));
    }
    let plain = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    number
        .parse()
        .ok()
        .filter(|value: &f64| plain && value.is_finite())
        .map(Value::Decimal)
}

/// Reads a date as people write it: 2026-05-31, 2026-05, 2026, 31/05/2026 or 05/2026.
fn date(typed: &str) -> Option<String> {
    let numbers = |separator: char| -> Option<Vec<&str>> {
        let parts: Vec<&str> = typed.split(separator).map(str::trim).collect();
        let digits = parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        digits.then_some(parts)
    };
    if let Some(parts) = numbers('-') {
        let fits = parts[0].len() == 4
            && parts.len() <= 3
            && parts[1..].iter().all(|part| part.len() == 2);
        return fits.then(|| typed.to_owned());
    }
    match numbers('/')?.as_slice() {
        [day, month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}-{day:0>2}")),
        [month, year] if year.len() == 4 => Some(format!("{year}-{month:0>2}")),
        _ => None,
    }
}
