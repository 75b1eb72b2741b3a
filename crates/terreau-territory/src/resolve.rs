//! From a name to a code: only with the department, and only where one commune bears the name there.

use crate::area::Department;
use crate::commune::Commune;
use crate::fold::fold_whole;
use crate::register::Register;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved<'r> {
    /// The one commune of that department which bears the name, or bore it.
    Commune(Commune<'r>),
    /// Communes that bear the name, or bore it, to be chosen from, the most populous first. A name without a department
    /// stays here even when a single commune bears it today: another may have borne it yesterday, or may tomorrow.
    Ambiguous(Vec<Commune<'r>>),
    /// No commune bears the name, or none in that department; or the department is unknown.
    Unknown,
}

impl Register {
    /// Returns the commune that a whole name stands for in a department, given by its code or its whole name.
    ///
    /// Accents, capitals, hyphens and apostrophes don't matter. Today's names come first: a former name is looked at when
    /// no commune of the department bears the name today.
    pub fn resolve(&self, name: &str, department: Option<&str>) -> Resolved<'_> {
        let department = match department.map(|typed| self.department_named(typed)) {
            Some(None) => return Resolved::Unknown,
            Some(found) => found,
            None => None,
        };
        let folded = fold_whole(name);
        let mut names: Vec<u32> = self.names.beginning_with(&folded).to_vec();
        names.retain(|&one| {
            self.names.name(one) == folded
                && department.is_none_or(|there| {
                    Commune::at(self, self.commune_of(one)).department() == there
                })
        });
        let is_own = |name: &u32| (*name as usize) < self.table.communes.len();
        if department.is_some() && names.iter().any(is_own) {
            names.retain(is_own);
        }
        let mut communes: Vec<Commune<'_>> = names
            .into_iter()
            .map(|name| Commune::at(self, self.commune_of(name)))
            .collect();
        communes.sort_by_key(|commune| commune.place());
        communes.dedup();
        communes.sort_by_key(|commune| std::cmp::Reverse(commune.population()));
        match (department, &communes[..]) {
            (_, []) => Resolved::Unknown,
            (Some(_), &[commune]) => Resolved::Commune(commune),
            _ => Resolved::Ambiguous(communes),
        }
    }

    fn department_named(&self, typed: &str) -> Option<Department<'_>> {
        let folded = fold_whole(typed);
        let name = without_article(&folded);
        self.departments().find(|one| {
            one.code().eq_ignore_ascii_case(typed.trim())
                || without_article(self.names.department(one.place())) == name
        })
    }
}

fn without_article(name: &str) -> &str {
    let articles = ["le ", "la ", "les ", "l "];
    articles
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}
