//! What the inputs of a form hold, by name: the one language that showing a card, typing into it and reading it back share.

use std::collections::{BTreeMap, BTreeSet};

/// The values of a form. A name may stand for several (a check list); blank values count as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs(BTreeMap<String, Vec<String>>);

impl Inputs {
    /// Takes what a browser sent: line ends are made one line feed.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Inputs {
        let mut inputs = Inputs::default();
        for (name, value) in pairs {
            inputs.add(name, &value);
        }
        inputs
    }

    /// Adds a value to a name.
    pub fn add(&mut self, name: impl Into<String>, value: &str) {
        let value = value.replace("\r\n", "\n").replace('\r', "\n");
        self.0.entry(name.into()).or_default().push(value);
    }

    /// Returns the value of a name, as typed.
    pub fn one(&self, name: &str) -> &str {
        self.0
            .get(name)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    /// Returns every value of a name that is not blank.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .get(name)
            .into_iter()
            .flatten()
            .map(String::as_str)
            .filter(|value| !value.trim().is_empty())
    }

    /// Tells whether a name is there at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Returns the numbers of the rows that stand under a name, blank ones too.
    pub fn rows(&self, name: &str) -> BTreeSet<usize> {
        self.under(name)
            .filter_map(|(key, _)| key[name.len() + 1..].split('.').next()?.parse().ok())
            .collect()
    }

    /// Tells whether everything under a name is the same here and there, spaces around and blanks aside, whatever the order
    /// of a check list.
    pub fn is_same(&self, other: &Inputs, name: &str) -> bool {
        self.said(name) == other.said(name)
    }

    /// Tells whether nothing is said under a name.
    pub fn is_blank(&self, name: &str) -> bool {
        self.said(name).is_empty()
    }

    fn said(&self, name: &str) -> BTreeMap<&str, Vec<&str>> {
        let own = self.0.get_key_value(name).into_iter();
        let mut said = BTreeMap::new();
        for (key, values) in own.chain(self.under(name)) {
            let mut values: Vec<&str> = values
                .iter()
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
                .collect();
            values.sort_unstable();
            if !values.is_empty() {
                said.insert(key.as_str(), values);
            }
        }
        // A unit without its number says nothing.
        let mute: Vec<&str> = said
            .keys()
            .filter(|key| {
                key.strip_suffix(".unit")
                    .is_some_and(|number| !said.contains_key(number))
            })
            .copied()
            .collect();
        for key in mute {
            said.remove(key);
        }
        said
    }

    fn under<'a>(
        &'a self,
        name: &str,
    ) -> impl Iterator<Item = (&'a String, &'a Vec<String>)> + use<'a> {
        let start = format!("{name}.");
        self.0
            .range(start.clone()..)
            .take_while(move |(key, _)| key.starts_with(&start))
    }
}

impl Inputs {
    /// Returns the words that stand right under a name.
    pub fn keys_under(&self, name: &str) -> BTreeSet<String> {
        self.under(name)
            .filter_map(|(key, _)| key[name.len() + 1..].split('.').next().map(str::to_owned))
            .collect()
    }

    /// Returns these inputs with those of another form for every name that `is_taken` tells; what the other leaves out is
    /// empty.
    pub fn with_some(&self, other: &Inputs, is_taken: impl Fn(&str) -> bool) -> Inputs {
        let kept = self.0.iter().filter(|(name, _)| !is_taken(name));
        let taken = other.0.iter().filter(|(name, _)| is_taken(name));
        let all = kept.chain(taken);
        Inputs(
            all.map(|(name, values)| (name.clone(), values.clone()))
                .collect(),
        )
    }

    /// Returns every name with its values.
    pub fn pairs(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        self.0.iter()
    }
}
