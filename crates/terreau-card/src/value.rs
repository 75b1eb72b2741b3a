//! The values that front matter holds: plain scalars, lists and mappings.

/// A value read from front matter, or to be written there.
///
/// Two values are equal when they say the same: the order of the keys of a mapping doesn't count, and 5 is 5.0.
#[derive(Debug, Clone)]
pub enum Value {
    /// Nothing: an empty value, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number in its usual writing; `01004` is text, so that codes keep their zeros.
    Integer(i64),
    /// A finite number with a decimal point.
    Decimal(f64),
    /// Text, dates and everything else.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in the order of the file.
    Map(Vec<(String, Value)>),
}

impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(one), Value::Bool(two)) => one == two,
            (Value::Integer(one), Value::Integer(two)) => one == two,
            (Value::Decimal(one), Value::Decimal(two)) => one == two,
            (Value::Integer(whole), Value::Decimal(number))
            | (Value::Decimal(number), Value::Integer(whole)) => {
                number.fract() == 0.0 && number.abs() < 9e15 && *whole == *number as i64
            }
            (Value::Text(one), Value::Text(two)) => one == two,
            (Value::List(one), Value::List(two)) => one == two,
            (Value::Map(one), Value::Map(two)) => {
                let has = |key: &str, value: &Value| {
                    two.iter()
                        .any(|(other, same)| other == key && same == value)
                };
                one.len() == two.len() && one.iter().all(|(key, value)| has(key, value))
            }
            _ => false,
        }
    }
}

impl Value {
    /// Returns the value of a key of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_map()?
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// Returns the text of a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the items of a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the entries of a mapping.
    pub fn as_map(&self) -> Option<&[(String, Value)]> {
        match self {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// Returns a whole number.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Value::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns a number, whole or not.
    pub fn as_decimal(&self) -> Option<f64> {
        match self {
            Value::Integer(number) => Some(*number as f64),
            Value::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// Returns `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(answer) => Some(*answer),
            _ => None,
        }
    }

    /// Says whether there is nothing to read here: null, empty text, empty list or empty mapping.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        }
    }

    /// Returns a scalar as people would type it; nothing for null, lists and mappings.
    pub fn plain(&self) -> Option<String> {
        match self {
            Value::Bool(answer) => Some(answer.to_string()),
            Value::Integer(number) => Some(number.to_string()),
            Value::Decimal(number) => Some(number.to_string()),
            Value::Text(text) => Some(text.clone()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Integer(number)
    }
}

impl From<bool> for Value {
    fn from(answer: bool) -> Self {
        Value::Bool(answer)
    }
}
