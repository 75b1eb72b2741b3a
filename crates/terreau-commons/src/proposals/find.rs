//! Finding proposals by words.

use std::collections::HashMap;
use std::sync::Arc;

use terreau_card::CardPath;
use terreau_community::{CreditName, OrganisationName};
use terreau_db::{Person, ProposalRow, RemarkRow};

use super::ProposalError;
use crate::Commons;
use crate::blocking::blocking;
use crate::sought::Sought;

/// How many remarks are read through at most, the newest first.
const MOST_REMARKS: u64 = 2_000;

impl Commons {
    /// Keeps the proposals that hold every word: in their title or reason, in the addresses of their cards or the titles under
    /// which these are published, in the names of their authors as everyone sees them, in what was remarked. They are at most
    /// as many as the desk looks through, and the actor sees them: whoever sees a proposal sees its remarks.
    pub(super) async fn holding(
        &self,
        rows: Vec<ProposalRow>,
        sought: Sought,
    ) -> Result<Vec<ProposalRow>, ProposalError> {
        let numbers: Vec<u64> = rows.iter().map(|row| row.number).collect();
        let mut authors: HashMap<u64, Vec<Person>> = HashMap::new();
        for (number, person) in self.db().authors_of_proposals(&numbers).await? {
            authors.entry(number).or_default().push(person);
        }
        let mut remarks: HashMap<u64, Vec<RemarkRow>> = HashMap::new();
        for remark in self.db().remarks_on(&numbers, MOST_REMARKS).await? {
            remarks.entry(remark.number).or_default().push(remark);
        }
        let snapshot = self.snapshot();
        let kept = blocking(move || {
            let is_kept = |row: &ProposalRow| {
                let files = row
                    .files
                    .iter()
                    .flat_map(|file| std::iter::once(&file.path).chain(&file.old_path));
                let heads: Vec<Arc<terreau_store::Head>> = files
                    .clone()
                    .filter_map(|file| snapshot.head(&CardPath::from_file(file)?).cloned())
                    .collect();
                let people = authors.get(&row.number).into_iter().flatten();
                let names = people.flat_map(|person| {
                    let name = person.name.as_ref().map(CreditName::as_str);
                    let organisation = person.organisation.as_ref().map(OrganisationName::as_str);
                    name.into_iter().chain(organisation)
                });
                let said = remarks.get(&row.number).into_iter().flatten();
                let texts = [row.title.as_str(), row.reason.as_str()]
                    .into_iter()
                    .chain(files.map(String::as_str))
                    .chain(heads.iter().map(|head| head.title.as_str()))
                    .chain(names)
                    .chain(said.map(|remark| remark.body.as_str()));
                sought.is_in(texts)
            };
            rows.into_iter().filter(is_kept).collect()
        });
        Ok(kept.await?)
    }
}
