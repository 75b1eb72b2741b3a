//! Names as the commons shows them: git's mailmap, a file of the commons that names addresses anew. Commits stay as they are.
//!
//! Source: gitmailmap(5). Whoever asks that their name be hidden gets a line there, published like any other change.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use terreau_community::{Act, Actor, hidden_name};
use terreau_db::{Credited, VersionRow};
use terreau_store::{Change, Credit, Edit, MAILMAP_FILE};

use crate::blocking::blocking;
use crate::people::require;
use crate::publish::real_credit;
use crate::read::{ReadError, Version};
use crate::{Commons, PeopleError};

/// The names that a mailmap gives, by address.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Mailmap(HashMap<String, String>);

impl Mailmap {
    /// Reads a mailmap; lines that give no name, or that are about one name of an address only, say nothing here.
    fn read(text: &str) -> Mailmap {
        let mut names = HashMap::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            let Some((name, rest)) = line.split_once('<') else {
                continue;
            };
            let Some(rest) = rest.strip_suffix('>') else {
                continue;
            };
            // `Name <address>`, or `Name <new address> <address>`.
            let address = match rest.split_once('>') {
                None => rest,
                Some((_, after)) => match after.trim().strip_prefix('<') {
                    Some(address) => address,
                    None => continue,
                },
            };
            if !name.trim().is_empty() {
                names.insert(address.trim().to_lowercase(), name.trim().to_owned());
            }
        }
        Mailmap(names)
    }

    /// Returns the name and the organisation to show for an address; a hidden name takes its organisation with it.
    pub(crate) fn shown(
        &self,
        address: &str,
        name: String,
        organisation: Option<String>,
    ) -> (String, Option<String>) {
        match self.0.get(&address.to_lowercase()) {
            None => (name, organisation),
            Some(shown) => {
                let organisation = organisation.filter(|_| !is_hidden(shown));
                (shown.clone(), organisation)
            }
        }
    }

    /// Reads a version, with its author as the mailmap names them.
    pub(crate) fn version(&self, mut row: VersionRow) -> Version {
        (row.author, row.organisation) =
            self.shown(&row.author_address, row.author, row.organisation);
        crate::read::version(row)
    }

    /// Names people as the mailmap does: those who are now called the same are one.
    pub(crate) fn credited(&self, people: Vec<Credited>) -> Vec<Credited> {
        let mut shown: Vec<Credited> = Vec::new();
        for mut one in people {
            (one.name, one.organisation) = self.shown(&one.address, one.name, one.organisation);
            let same = shown
                .iter_mut()
                .find(|other| other.name == one.name && other.organisation == one.organisation);
            match same {
                Some(other) => {
                    other.versions += one.versions;
                    other.last = other.last.max(one.last);
                    other.last_seq = other.last_seq.max(one.last_seq);
                }
                None => shown.push(one),
            }
        }
        shown.sort_by_key(|one| std::cmp::Reverse(one.versions));
        shown
    }
}

/// Tells whether a name is one that stands for somebody who asked that theirs be hidden.
pub(crate) fn is_hidden(name: &str) -> bool {
    terreau_card::Language::ALL
        .into_iter()
        .any(|language| hidden_name(language).as_str() == name)
}

/// Returns a mailmap with a line for an address, or without; all other lines stay.
fn with_line(text: &str, address: &str, name: Option<&str>) -> String {
    let own = format!("<{address}>");
    let mut lines: Vec<String> = text
        .lines()
        .filter(|line| !line.trim_end().ends_with(&own))
        .map(str::to_owned)
        .collect();
    lines.extend(name.map(|name| format!("{name} {own}")));
    lines
        .iter()
        .fold(String::new(), |all, line| all + line + "\n")
}

impl Commons {
    /// Returns the names that the published commons gives.
    pub(crate) async fn mailmap(&self) -> Result<Arc<Mailmap>, ReadError> {
        let Some(blob) = self.snapshot().file(MAILMAP_FILE) else {
            return Ok(Arc::default());
        };
        if let Some(known) = self.mailmaps.get(&blob) {
            return Ok(known);
        }
        let store = Arc::clone(&self.store);
        let bytes = blocking(move || store.blob(&blob)).await??;
        let read = Arc::new(Mailmap::read(&String::from_utf8_lossy(&bytes)));
        self.mailmaps.insert(blob, Arc::clone(&read));
        Ok(read)
    }

    /// Hides the name of the person who asks, everywhere that this commons shows it and in what is cloned of it from now on, or
    /// shows it again. History keeps its commits; what they sign from now on is signed without their name.
    ///
    /// # Errors
    /// `NotAllowed` unless somebody asks in a browser; `Unexpected` while the commons is read-only.
    pub async fn hide_name(
        &self,
        actor: &Actor,
        hidden: bool,
        now: DateTime<Utc>,
    ) -> Result<(), PeopleError> {
        let actor = self.people().fresh(actor).await?;
        let account = actor.account().ok_or(PeopleError::NotAllowed)?;
        require(&actor, &Act::EditAccount { owner: account.id })?;
        let _turn = self.desk.lock().await;
        self.writable()?;
        let address = self.store.address(&real_credit(account));
        let name = hidden_name(account.language);
        let text = match self.snapshot().file(MAILMAP_FILE) {
            None => String::new(),
            Some(blob) => {
                let store = Arc::clone(&self.store);
                let bytes = blocking(move || store.blob(&blob)).await?;
                let bytes = bytes.map_err(anyhow::Error::from)?;
                String::from_utf8_lossy(&bytes).into_owned()
            }
        };
        let becomes = with_line(&text, &address, hidden.then(|| name.as_str()));
        let change = Change {
            edits: vec![Edit::PutFile {
                path: MAILMAP_FILE.to_owned(),
                bytes: becomes.into_bytes(),
                base: None,
            }],
            // The instance writes it: the history does not name whoever asks not to be named.
            author: Credit {
                name: self.instance_name.clone(),
                organisation: None,
                account: uuid::Uuid::nil(),
            },
            message: "Noms à montrer".to_owned(),
            trailers: Vec::new(),
        };
        let published = self.publish_change(change, now).await?;
        published.map_err(anyhow::Error::from)?;
        Ok(self.db().set_hides_name(account.id, hidden, now).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailmap_reads_as_git_reads_it() {
        let map = Mailmap::read(
            "# a comment\nZoé <zoe@a.org>\nAli <new@a.org> <Ali@B.org> # a person\n<only@a.org> <x@a.org>\nOnly one name <a@a.org> Other <b@a.org>\nnonsense\n",
        );
        let shown = |address: &str| map.shown(address, "X".to_owned(), Some("O".to_owned())).0;
        assert_eq!(shown("zoe@a.org"), "Zoé");
        assert_eq!(shown("ali@b.org"), "Ali");
        for other in ["new@a.org", "x@a.org", "a@a.org", "b@a.org", ""] {
            assert_eq!(shown(other), "X", "{other}");
        }
    }

    #[test]
    fn a_line_comes_and_goes_and_others_stay() {
        let one = with_line("# kept\nZoé <zoe@a.org>\n", "u@users.a", Some("Quelqu’un"));
        assert_eq!(one, "# kept\nZoé <zoe@a.org>\nQuelqu’un <u@users.a>\n");
        assert_eq!(with_line(&one, "u@users.a", Some("Quelqu’un")), one);
        assert_eq!(
            with_line(&one, "u@users.a", None),
            "# kept\nZoé <zoe@a.org>\n"
        );
        assert_eq!(with_line("", "u@users.a", None), "");
    }
}
