//! What a grid holds, as its address says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use terreau_card::{CardPath, Kind};
use terreau_commons::{Head, Reports, Resolved, Snapshot};
use terreau_experience::Mark;

use crate::pages::search::pairs;
use crate::url;

/// The longest name that is kept, in letters.
const LONGEST: usize = 120;

/// One thing that is evaluated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Column {
    /// What it is called.
    pub name: String,
    /// When: a day, a month or a year; empty when nobody says.
    pub date: String,
    /// The marks by the code of their criterion.
    pub marks: BTreeMap<String, Mark>,
}

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The method that is evaluated.
    pub card: Option<Arc<Head>>,
    /// One column, or two.
    pub columns: Vec<Column>,
}

impl Asked {
    /// Reads an address; none when it names a card that nobody has.
    pub fn read(query: &str, snapshot: &Snapshot, reports: &Reports) -> Option<Asked> {
        let mut asked = Asked {
            card: None,
            columns: vec![Column::default()],
        };
        let mut begins: Vec<(usize, Column)> = Vec::new();
        for (name, value) in pairs(query) {
            let value = value.trim();
            // An empty field says nothing, but for the second column that somebody asked for.
            let (name, place) = match name.as_str() {
                "nom2" | "date2" | "retour2" => (name.trim_end_matches('2'), 1),
                _ => match name.strip_prefix("m2.") {
                    Some(_) => (name.as_str(), 1),
                    None => (name.as_str(), 0),
                },
            };
            if name == "deux" && value == "1" {
                asked.second();
            }
            if value.is_empty() {
                continue;
            }
            match name {
                "fiche" => asked.card = Some(head(value, snapshot)?),
                "retour" => begins.push((place, of_report(value, snapshot, reports)?)),
                "nom" => asked.column(place).name = value.chars().take(LONGEST).collect(),
                "date" if terreau_experience::When::parse(value).is_some() => {
                    asked.column(place).date = value.to_owned();
                }
                _ => {
                    let code = name.strip_prefix("m.").or_else(|| name.strip_prefix("m2."));
                    let criteria = &snapshot.config().criteria;
                    let known = code.filter(|code| criteria.iter().any(|one| one.code == *code));
                    let mark = value.parse().ok().and_then(Mark::new);
                    if let (Some(code), Some(mark)) = (known, mark) {
                        asked.column(place).marks.insert(code.to_owned(), mark);
                    }
                }
            }
        }
        // What is typed goes before what a report says.
        for (place, report) in begins {
            let column = asked.column(place);
            if column.name.is_empty() {
                column.name = report.name;
            }
            if column.date.is_empty() {
                column.date = report.date;
            }
            if column.marks.is_empty() {
                column.marks = report.marks;
            }
        }
        if let (Some(head), true) = (&asked.card, asked.columns[0].name.is_empty()) {
            let title = head.title.clone();
            asked.columns[0].name = title;
        }
        Some(asked)
    }

    fn second(&mut self) -> &mut Column {
        if self.columns.len() < 2 {
            self.columns.push(Column::default());
        }
        &mut self.columns[1]
    }

    fn column(&mut self, place: usize) -> &mut Column {
        match place {
            0 => &mut self.columns[0],
            _ => self.second(),
        }
    }

    /// Returns the same with a second column.
    pub fn with_second(&self) -> Asked {
        let mut other = self.clone();
        other.second();
        other
    }

    /// Returns the same without its second column.
    pub fn without_second(&self) -> Asked {
        let mut other = self.clone();
        other.columns.truncate(1);
        other
    }

    /// Returns what a form of the grid must send besides what is typed.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        let card = self
            .card
            .as_ref()
            .map(|head| ("fiche", head.path.to_string()));
        let second = (self.columns.len() == 2).then(|| ("deux", "1".to_owned()));
        card.into_iter().chain(second).collect()
    }

    /// Returns its address at a path.
    pub fn url_at(&self, path: &str) -> String {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in self.kept() {
            pairs.push((name.to_owned(), value));
        }
        for (column, suffix) in self.columns.iter().zip(["", "2"]) {
            pairs.push((format!("nom{suffix}"), column.name.clone()));
            pairs.push((format!("date{suffix}"), column.date.clone()));
            for (code, mark) in &column.marks {
                pairs.push((format!("m{suffix}.{code}"), mark.get().to_string()));
            }
        }
        let pairs: Vec<(&str, &str)> = pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        url::with_query(path, &pairs)
    }
}

fn head(path: &str, snapshot: &Snapshot) -> Option<Arc<Head>> {
    match snapshot.resolve(path) {
        Resolved::Card(head) => Some(head),
        Resolved::Moved(path) => snapshot.head(&path).cloned(),
        _ => None,
    }
}

/// Returns what a report says of itself.
fn of_report(path: &str, snapshot: &Snapshot, reports: &Reports) -> Option<Column> {
    let head = head(path, snapshot).filter(|head| head.kind == Kind::Experience)?;
    let path: &CardPath = &head.path;
    let said = &reports.at(path)?.experience;
    Some(Column {
        name: head.title.chars().take(LONGEST).collect(),
        date: said
            .period
            .start
            .map(|when| when.to_string())
            .unwrap_or_default(),
        marks: said.marks.clone(),
    })
}
