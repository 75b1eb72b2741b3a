//! All names, folded, in one text: looked up whole, from their beginning, or from the beginning of a word inside.

use std::ops::Range;

use crate::fold::fold_whole;
use crate::table::Table;

/// Every name of every commune. A number below the count of communes is a commune's own name; above, another name.
#[derive(Debug)]
pub(crate) struct Names {
    /// One line for each name, opened by a space so that each word has one before it.
    text: String,
    /// Where the line of each name begins.
    starts: Vec<u32>,
    /// The names in the order of their folded text.
    sorted: Vec<u32>,
    /// The folded name of each department.
    departments: Vec<String>,
}

impl Names {
    pub(crate) fn of(table: &Table) -> Self {
        let mut text = String::with_capacity(table.text.len() / 2);
        let own = table.communes.iter().map(|row| row.name);
        let mut starts = Vec::with_capacity(table.communes.len() + table.others.len());
        for name in own.chain(table.others.iter().map(|row| row.name)) {
            starts.push(u32::try_from(text.len()).expect("the table is a few megabytes"));
            text.push(' ');
            text.push_str(&fold_whole(table.get(name)));
            text.push('\n');
        }
        text.shrink_to_fit();
        let departments = table
            .departments
            .iter()
            .map(|row| fold_whole(table.get(row.name)));
        let mut names = Self {
            text,
            starts,
            sorted: Vec::new(),
            departments: departments.collect(),
        };
        let mut sorted: Vec<u32> = (0..).take(names.starts.len()).collect();
        sorted.sort_by(|&a, &b| names.name(a).cmp(names.name(b)));
        names.sorted = sorted;
        names
    }

    /// Returns a folded name.
    pub(crate) fn name(&self, name: u32) -> &str {
        let line = self.line(name as usize);
        &self.text[line.start + 1..line.end - 1]
    }

    /// Returns the folded name of a department.
    pub(crate) fn department(&self, place: usize) -> &str {
        &self.departments[place]
    }

    /// Returns all folded names with their numbers.
    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..)
            .take(self.starts.len())
            .map(|name| (name, self.name(name)))
    }

    /// Returns the names that begin with this, in their order.
    pub(crate) fn beginning_with(&self, start: &str) -> &[u32] {
        let first = self.sorted.partition_point(|&name| self.name(name) < start);
        let count =
            self.sorted[first..].partition_point(|&name| self.name(name).starts_with(start));
        &self.sorted[first..first + count]
    }

    /// Returns the names one of whose words after the first begins this, in the order of communes.
    pub(crate) fn going_on_with(&self, start: &str) -> Vec<u32> {
        let needle = format!(" {start}");
        let mut found: Vec<u32> = Vec::new();
        for (at, _) in self.text.match_indices(&needle) {
            let name = self.starts.partition_point(|&start| start as usize <= at) - 1;
            let name = u32::try_from(name).expect("names are numbered so");
            if at > self.line(name as usize).start && found.last() != Some(&name) {
                found.push(name);
            }
        }
        found
    }

    fn line(&self, place: usize) -> Range<usize> {
        let end = self
            .starts
            .get(place + 1)
            .map_or(self.text.len(), |&next| next as usize);
        self.starts[place] as usize..end
    }
}
