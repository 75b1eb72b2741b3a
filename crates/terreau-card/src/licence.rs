//! Licences: their names, their addresses, and which of them may flow into a CC BY-SA 4.0 card.
//!
//! Source: the licence table of the card format, Creative Commons' list of compatible licences, SPDX.

/// A licence that the commons knows.
#[derive(Debug, PartialEq, Eq)]
pub struct Licence {
    /// SPDX identifier, `CC-BY-SA-4.0`.
    pub spdx: &'static str,
    /// Name to show, `CC BY-SA 4.0`.
    pub name: &'static str,
    /// Canonical address of the licence.
    pub url: &'static str,
    /// Address of a summary in French, when there is one.
    pub deed_fr: Option<&'static str>,
    /// Whether text under it may be merged into a CC BY-SA 4.0 card.
    pub joins_by_sa: bool,
}

/// What an SPDX expression allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The text may be merged into a CC BY-SA 4.0 card.
    Joins,
    /// The text may be linked or shortly quoted, but not merged: this licence forbids it.
    Refuses(&'static Licence),
    /// This part of the expression names no licence that we know.
    Unknown(String),
}

/// The licence that a commons starts with.
pub const DEFAULT: &str = "CC-BY-SA-4.0";

/// Finds a licence by its SPDX identifier, upper or lower case.
pub fn find(spdx: &str) -> Option<&'static Licence> {
    let wanted = spdx.trim();
    all()
        .iter()
        .find(|licence| licence.spdx.eq_ignore_ascii_case(wanted))
}

/// Returns every licence known, in the order of a choice list.
pub fn all() -> &'static [Licence] {
    TABLE
}

/// Returns the name to show of an SPDX expression: `CC BY 4.0 ou CC0 1.0` when `or` is « ou »; what is none stays as it is.
pub fn name_of(expression: &str, and: &str, or: &str) -> String {
    if matches!(flow(expression), Flow::Unknown(_)) {
        return expression.trim().to_owned();
    }
    let mut shown = Vec::new();
    for word in words(expression) {
        match find(word) {
            Some(licence) => shown.push(licence.name),
            None if word.eq_ignore_ascii_case("AND") => shown.push(and),
            None if word.eq_ignore_ascii_case("OR") => shown.push(or),
            None => shown.push(word),
        }
    }
    shown.join(" ").replace("( ", "(").replace(" )", ")")
}

/// Says whether text under an SPDX expression (`CC-BY-4.0 OR CC0-1.0`) may be merged into a CC BY-SA 4.0 card.
///
/// Of `OR` one side is enough, of `AND` both are needed; `AND` binds closer, brackets closer still.
pub fn flow(expression: &str) -> Flow {
    let words = words(expression);
    let mut reader = Reader {
        words: &words,
        next: 0,
        depth: 0,
    };
    let flow = reader.either();
    match reader.words.get(reader.next) {
        Some(rest) => Flow::Unknown((*rest).to_owned()),
        None => flow,
    }
}

/// Cuts an expression into names, operators and brackets.
fn words(expression: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in expression.split_whitespace() {
        let mut start = 0;
        for (at, bracket) in word.match_indices(['(', ')']) {
            if start < at {
                words.push(&word[start..at]);
            }
            words.push(bracket);
            start = at + bracket.len();
        }
        if start < word.len() {
            words.push(&word[start..]);
        }
    }
    words
}

/// Reads an expression from left to right.
struct Reader<'a> {
    words: &'a [&'a str],
    next: usize,
    depth: usize,
}

/// Brackets deeper than this are no licence that people write.
const MAX_DEPTH: usize = 8;

impl<'a> Reader<'a> {
    fn either(&mut self) -> Flow {
        let mut flow = self.both();
        while self.take("OR") {
            let other = self.both();
            flow = match (flow, other) {
                (Flow::Unknown(word), _) | (_, Flow::Unknown(word)) => Flow::Unknown(word),
                (Flow::Joins, _) | (_, Flow::Joins) => Flow::Joins,
                (refuses, _) => refuses,
            };
        }
        flow
    }

    fn both(&mut self) -> Flow {
        let mut flow = self.one();
        while self.take("AND") {
            let other = self.one();
            flow = match (flow, other) {
                (Flow::Unknown(word), _) | (_, Flow::Unknown(word)) => Flow::Unknown(word),
                (Flow::Joins, other) => other,
                (refuses, _) => refuses,
            };
        }
        flow
    }

    fn one(&mut self) -> Flow {
        if self.depth < MAX_DEPTH && self.take("(") {
            self.depth += 1;
            let flow = self.either();
            self.depth -= 1;
            return if self.take(")") {
                flow
            } else {
                Flow::Unknown("(".to_owned())
            };
        }
        let Some(word) = self.word() else {
            return Flow::Unknown(String::new());
        };
        match find(word) {
            Some(licence) if licence.joins_by_sa => Flow::Joins,
            Some(licence) => Flow::Refuses(licence),
            None => Flow::Unknown(word.to_owned()),
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.next).copied();
        self.next += usize::from(word.is_some());
        word
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self
            .words
            .get(self.next)
            .is_some_and(|word| word.eq_ignore_ascii_case(wanted));
        self.next += usize::from(found);
        found
    }
}

/// Writes one Creative Commons licence: its address and deed follow from its path.
macro_rules! creative_commons {
    ($spdx:literal, $name:literal, $path:literal, $joins:literal) => {
        Licence {
            spdx: $spdx,
            name: $name,
            url: concat!("https://creativecommons.org/", $path, "/"),
            deed_fr: Some(concat!("https://creativecommons.org/", $path, "/deed.fr")),
            joins_by_sa: $joins,
        }
    };
}

/// Writes a licence that is not one of Creative Commons.
const fn other(
    spdx: &'static str,
    name: &'static str,
    url: &'static str,
    joins_by_sa: bool,
) -> Licence {
    Licence {
        spdx,
        name,
        url,
        deed_fr: None,
        joins_by_sa,
    }
}

const TABLE: &[Licence] = &[
    creative_commons!("CC-BY-SA-4.0", "CC BY-SA 4.0", "licenses/by-sa/4.0", true),
    creative_commons!("CC-BY-4.0", "CC BY 4.0", "licenses/by/4.0", true),
    creative_commons!("CC0-1.0", "CC0 1.0", "publicdomain/zero/1.0", true),
    creative_commons!(
        "CC-PDM-1.0",
        "Domaine public",
        "publicdomain/mark/1.0",
        true
    ),
    other(
        "etalab-2.0",
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        true,
    ),
    other(
        "LicenseRef-etalab-1.0",
        "Licence Ouverte 1.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        true,
    ),
    other(
        "LAL-1.3",
        "Licence Art Libre 1.3",
        "https://artlibre.org/licence/lal/",
        true,
    ),
    creative_commons!("CC-BY-SA-3.0", "CC BY-SA 3.0", "licenses/by-sa/3.0", true),
    creative_commons!("CC-BY-SA-2.5", "CC BY-SA 2.5", "licenses/by-sa/2.5", true),
    creative_commons!("CC-BY-SA-2.0", "CC BY-SA 2.0", "licenses/by-sa/2.0", true),
    creative_commons!("CC-BY-3.0", "CC BY 3.0", "licenses/by/3.0", true),
    creative_commons!("CC-BY-2.5", "CC BY 2.5", "licenses/by/2.5", true),
    creative_commons!("CC-BY-2.0", "CC BY 2.0", "licenses/by/2.0", true),
    creative_commons!("CC-BY-1.0", "CC BY 1.0", "licenses/by/1.0", true),
    creative_commons!("CC-BY-SA-1.0", "CC BY-SA 1.0", "licenses/by-sa/1.0", false),
    creative_commons!("CC-BY-NC-4.0", "CC BY-NC 4.0", "licenses/by-nc/4.0", false),
    creative_commons!(
        "CC-BY-NC-SA-4.0",
        "CC BY-NC-SA 4.0",
        "licenses/by-nc-sa/4.0",
        false
    ),
    creative_commons!(
        "CC-BY-NC-ND-4.0",
        "CC BY-NC-ND 4.0",
        "licenses/by-nc-nd/4.0",
        false
    ),
    creative_commons!("CC-BY-ND-4.0", "CC BY-ND 4.0", "licenses/by-nd/4.0", false),
    creative_commons!("CC-BY-NC-3.0", "CC BY-NC 3.0", "licenses/by-nc/3.0", false),
    creative_commons!(
        "CC-BY-NC-SA-3.0",
        "CC BY-NC-SA 3.0",
        "licenses/by-nc-sa/3.0",
        false
    ),
    creative_commons!(
        "CC-BY-NC-ND-3.0",
        "CC BY-NC-ND 3.0",
        "licenses/by-nc-nd/3.0",
        false
    ),
    creative_commons!("CC-BY-ND-3.0", "CC BY-ND 3.0", "licenses/by-nd/3.0", false),
    creative_commons!(
        "CC-BY-NC-SA-2.0-FR",
        "CC BY-NC-SA 2.0 France",
        "licenses/by-nc-sa/2.0/fr",
        false
    ),
    other(
        "LAL-1.2",
        "Licence Art Libre 1.2",
        "https://artlibre.org/licence/lal/licence-art-libre-12/",
        false,
    ),
    other(
        "GFDL-1.3-only",
        "GNU FDL 1.3",
        "https://www.gnu.org/licenses/fdl-1.3.html",
        false,
    ),
    other(
        "GFDL-1.3-or-later",
        "GNU FDL 1.3 ou plus récente",
        "https://www.gnu.org/licenses/fdl-1.3.html",
        false,
    ),
    other(
        "GFDL-1.2-only",
        "GNU FDL 1.2",
        "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html",
        false,
    ),
    other(
        "GFDL-1.2-or-later",
        "GNU FDL 1.2 ou plus récente",
        "https://www.gnu.org/licenses/old-licenses/fdl-1.2.html",
        false,
    ),
    other(
        "GPL-3.0-only",
        "GNU GPL 3.0",
        "https://www.gnu.org/licenses/gpl-3.0.html",
        false,
    ),
    other(
        "GPL-3.0-or-later",
        "GNU GPL 3.0 ou plus récente",
        "https://www.gnu.org/licenses/gpl-3.0.html",
        false,
    ),
    other(
        "GPL-2.0-only",
        "GNU GPL 2.0",
        "https://www.gnu.org/licenses/old-licenses/gpl-2.0.html",
        false,
    ),
    other(
        "GPL-2.0-or-later",
        "GNU GPL 2.0 ou plus récente",
        "https://www.gnu.org/licenses/old-licenses/gpl-2.0.html",
        false,
    ),
    other(
        "AGPL-3.0-only",
        "GNU AGPL 3.0",
        "https://www.gnu.org/licenses/agpl-3.0.html",
        false,
    ),
    other(
        "AGPL-3.0-or-later",
        "GNU AGPL 3.0 ou plus récente",
        "https://www.gnu.org/licenses/agpl-3.0.html",
        false,
    ),
    other(
        "ODbL-1.0",
        "ODbL 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        false,
    ),
    other(
        "LicenseRef-all-rights-reserved",
        "Tous droits réservés",
        "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006069414/",
        false,
    ),
];

#[cfg(test)]
mod tests;
