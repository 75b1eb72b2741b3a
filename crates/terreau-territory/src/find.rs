//! Completing what somebody types: names, former names, postcodes, with or without a department.

use std::cmp::Reverse;

use crate::area::{Department, Epci, Region};
use crate::commune::{Commune, OtherName};
use crate::fold::{fold, fold_whole};
use crate::register::{Matched, Register};

/// More than this of what is typed is not read.
const MAX_TYPED_CHARS: usize = 120;

/// A commune that fits what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'r> {
    /// The commune of today.
    pub commune: Commune<'r>,
    /// The other name that was typed, when it wasn't its own.
    pub as_name: Option<OtherName<'r>>,
}

/// A territory wider than a commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'r> {
    /// A grouping of communes.
    Epci(Epci<'r>),
    /// A department.
    Department(Department<'r>),
    /// A region.
    Region(Region<'r>),
}

/// How well a name fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is what was typed.
    Whole,
    /// It is what was typed, but for its article.
    WholeButArticle,
    /// It begins so.
    Beginning,
    /// A word inside begins so.
    Inside,
    /// Its words begin with those typed, in another order or with others between.
    Scattered,
}

/// One way to read what was typed.
struct Reading<'t> {
    /// Words of a name; none for a number alone.
    name: Vec<&'t str>,
    /// Departments that it may be in; none: anywhere.
    departments: Option<Vec<usize>>,
    /// Postcodes, INSEE codes and codes of departments, or their beginnings.
    numbers: Vec<&'t str>,
}

impl Register {
    /// Returns the communes that fit what was typed, best first; among equals those that bear the name today, and among
    /// these the more populous.
    ///
    /// Accents, capitals, hyphens and apostrophes don't matter, nor does `St` for `Saint`; a department may follow, by name
    /// or code; a postcode may stand before, after, or alone. What [`Commune::label`] gives finds its commune.
    pub fn find(&self, typed: &str, limit: usize) -> Vec<Found<'_>> {
        let typed: String = typed.chars().take(MAX_TYPED_CHARS).collect();
        let folded = fold(&typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let mut found = self
            .readings(&words)
            .map(|reading| self.read(&reading, limit))
            .chain(std::iter::once_with(|| self.scattered(&words)))
            .map(|fits| self.best(fits, limit))
            .find(|found| !found.is_empty())
            .unwrap_or_default();
        // A postcode may look like the code of a commune that is no more.
        if let [code] = words[..]
            && let Some(Matched::Within(commune, name)) = self.by_code(code)
            && found.len() < limit
        {
            let as_name = Some(name);
            found.push(Found { commune, as_name });
        }
        found
    }

    /// Returns the EPCI, departments and regions all of whose typed words begin a word of theirs; by code or SIREN too.
    ///
    /// Regions come first, then departments, then EPCI; those that begin as typed before others.
    pub fn find_wider(&self, typed: &str, limit: usize) -> Vec<Place<'_>> {
        let typed: String = typed.chars().take(MAX_TYPED_CHARS).collect();
        let folded = fold(&typed);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let regions = self
            .regions()
            .map(|one| (one.name(), one.code(), Place::Region(one)));
        let departments = self
            .departments()
            .map(|one| (one.name(), one.code(), Place::Department(one)));
        let epcis = self
            .epcis()
            .map(|one| (one.name(), one.siren(), Place::Epci(one)));
        let wider: Vec<_> = regions.chain(departments).chain(epcis).collect();
        let names = self.wider_names.get_or_init(|| {
            let names = wider.iter().map(|(name, ..)| fold_whole(name));
            names.collect()
        });
        let mut found: Vec<_> = wider
            .into_iter()
            .zip(names)
            .filter_map(|((_, code, place), name)| {
                let is_code = words.len() == 1 && code.eq_ignore_ascii_case(words[0]);
                (is_code || holds_all(name, &words))
                    .then(|| (!is_code && !name.starts_with(&folded), place))
            })
            .collect();
        found.sort_by_key(|(is_inside, _)| *is_inside);
        found
            .into_iter()
            .take(limit)
            .map(|(_, place)| place)
            .collect()
    }

    /// Returns the ways to read words, the likeliest first: all a name; a name and a department; numbers and a name.
    fn readings<'t>(&self, words: &[&'t str]) -> impl Iterator<Item = Reading<'t>> {
        let named = (1..=words.len()).rev().filter_map(|count| {
            let (name, rest) = words.split_at(count);
            let departments = (!rest.is_empty()).then(|| self.departments_of(rest));
            let is_possible = departments.as_ref().is_none_or(|found| !found.is_empty());
            is_possible.then(|| Reading {
                name: name.to_vec(),
                departments,
                numbers: Vec::new(),
            })
        });
        let (numbers, name): (Vec<&str>, Vec<&str>) =
            words.iter().partition(|word| is_number(word));
        let numbered = (!numbers.is_empty()).then_some(Reading {
            name,
            departments: None,
            numbers,
        });
        named.chain(numbered)
    }

    /// Returns the departments that words name: each begins a word of the name, or is the code.
    fn departments_of(&self, words: &[&str]) -> Vec<usize> {
        self.departments()
            .filter(|one| {
                let name = self.names.department(one.place());
                words
                    .iter()
                    .all(|word| one.code().eq_ignore_ascii_case(word) || holds(name, word))
            })
            .map(Department::place)
            .collect()
    }

    /// Returns the names that fit a reading; those inside a name are looked for only when the others are too few.
    fn read(&self, reading: &Reading<'_>, limit: usize) -> Vec<(Fit, u32)> {
        let allowed = |name: &u32| self.allows(reading, *name);
        if reading.name.is_empty() {
            let communes = 0..u32::try_from(self.table.communes.len()).unwrap_or(u32::MAX);
            return communes
                .filter(allowed)
                .map(|name| (Fit::Whole, name))
                .collect();
        }
        let typed = reading.name.join(" ");
        let written_out = fold_whole(&typed);
        let mut starts = vec![typed.as_str()];
        if written_out != typed {
            starts.push(&written_out);
        }
        let mut fits = Vec::new();
        for start in &starts {
            fits.extend(
                self.names
                    .beginning_with(start)
                    .iter()
                    .copied()
                    .filter(allowed)
                    .map(|name| {
                        let is_whole = self.names.name(name).len() == start.len();
                        (if is_whole { Fit::Whole } else { Fit::Beginning }, name)
                    }),
            );
            for article in ["le", "la", "les", "l"] {
                let with_article = format!("{article} {start}");
                let names = self.names.beginning_with(&with_article).iter().copied();
                let whole = names.filter(|&name| self.names.name(name).len() == with_article.len());
                fits.extend(
                    whole
                        .filter(allowed)
                        .map(|name| (Fit::WholeButArticle, name)),
                );
            }
        }
        let communes = |fits: &[(Fit, u32)]| {
            let mut communes: Vec<usize> = fits
                .iter()
                .map(|(_, name)| self.commune_of(*name))
                .collect();
            communes.sort_unstable();
            communes.dedup();
            communes.len()
        };
        if communes(&fits) < limit {
            for start in &starts {
                let names = self.names.going_on_with(start).into_iter();
                fits.extend(names.filter(allowed).map(|name| (Fit::Inside, name)));
            }
        }
        fits
    }

    /// Returns the names that hold all words, each at the beginning of a word of the name or of its department, in any
    /// order; or that are what was typed once nothing is between their letters.
    fn scattered(&self, words: &[&str]) -> Vec<(Fit, u32)> {
        let run_together: String = words.concat();
        if words.is_empty() {
            return Vec::new();
        }
        let fits = |name: u32, text: &str| {
            let mut in_name = 0;
            let all = words.iter().all(|word| {
                let is_in_name = holds(text, word);
                in_name += usize::from(is_in_name);
                let department = Commune::at(self, self.commune_of(name)).department();
                is_in_name
                    || department.code().eq_ignore_ascii_case(word)
                    || holds(self.names.department(department.place()), word)
            });
            all && in_name > 0 || run_together.len() > 3 && runs_as(text, &run_together)
        };
        self.names
            .all()
            .filter(|(name, text)| fits(*name, text))
            .map(|(name, _)| (Fit::Scattered, name))
            .collect()
    }

    fn allows(&self, reading: &Reading<'_>, name: u32) -> bool {
        let commune = Commune::at(self, self.commune_of(name));
        let department = commune.department();
        let is_there = reading
            .departments
            .as_ref()
            .is_none_or(|found| found.contains(&department.place()));
        is_there
            && reading.numbers.iter().all(|number| {
                let begins = |code: &str| {
                    code.len() >= number.len() && code[..number.len()].eq_ignore_ascii_case(number)
                };
                department.code().eq_ignore_ascii_case(number)
                    || number.len() == 5 && begins(commune.code())
                    || commune.postcodes().any(|code| begins(&code))
            })
    }

    fn best(&self, fits: Vec<(Fit, u32)>, limit: usize) -> Vec<Found<'_>> {
        // A commune's own name has a lower number than its others: at equal fit, it is the one that is told.
        let mut fits: Vec<(usize, Fit, u32)> = fits
            .into_iter()
            .map(|(fit, name)| (self.commune_of(name), fit, name))
            .collect();
        fits.sort_unstable();
        fits.dedup_by_key(|(commune, ..)| *commune);
        fits.sort_by_key(|&(commune, fit, name)| {
            let is_other = name as usize >= self.table.communes.len();
            (
                fit,
                is_other,
                Reverse(Commune::at(self, commune).population()),
                commune,
            )
        });
        fits.truncate(limit);
        fits.into_iter()
            .map(|(commune, _, name)| Found {
                commune: Commune::at(self, commune),
                as_name: (name as usize)
                    .checked_sub(self.table.communes.len())
                    .map(|place| OtherName::at(self, place)),
            })
            .collect()
    }

    /// Returns the place of the commune that a name is a name of.
    pub(crate) fn commune_of(&self, name: u32) -> usize {
        match (name as usize).checked_sub(self.table.communes.len()) {
            Some(other) => self.table.others[other].commune as usize,
            None => name as usize,
        }
    }
}

/// Says whether a word of the name begins so.
fn holds(name: &str, start: &str) -> bool {
    name.split(' ').any(|word| word.starts_with(start))
}

fn holds_all(name: &str, starts: &[&str]) -> bool {
    starts.iter().all(|start| holds(name, start))
}

/// Says whether a name begins so once the spaces are out.
fn runs_as(name: &str, start: &str) -> bool {
    let mut letters = name.chars().filter(|&letter| letter != ' ');
    start.chars().all(|letter| letters.next() == Some(letter))
}

/// Says whether a word may be a code: `34`, `34650`, `2a`, `2a004`.
pub(crate) fn is_number(word: &str) -> bool {
    let digits = word
        .strip_prefix("2a")
        .or(word.strip_prefix("2b"))
        .unwrap_or(word);
    (2..=5).contains(&word.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
