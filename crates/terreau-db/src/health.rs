//! Whether the database answers, and whether what it holds is sound.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::error::fault;
use crate::{Db, DbError, HISTORY, Held, ProposalFilter};

/// How many rows are looked at in one go.
const PAGE: u64 = 1_000;

/// Which engine keeps the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// A file in the data folder.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

impl Db {
    /// Returns which engine keeps the rows.
    pub fn engine(&self) -> Engine {
        match self.write.get_database_backend() {
            DbBackend::Postgres => Engine::Postgres,
            _ => Engine::Sqlite,
        }
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// `Unavailable` when none comes.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read.ping().await.map_err(fault)
    }

    /// Looks at everything that the database holds and returns what is wrong, in words for whoever runs the node.
    pub async fn integrity(&self) -> Result<Vec<String>, DbError> {
        let mut findings = Vec::new();
        if self.engine() == Engine::Sqlite {
            for (check, sound) in [("integrity_check", "ok"), ("foreign_key_check", "")] {
                for row in self.all(&format!("PRAGMA {check}")).await? {
                    let answer: String = row.try_get_by_index(0).map_err(fault)?;
                    if answer != sound {
                        findings.push(format!("SQLite {check}: {answer}"));
                    }
                }
            }
        }
        for result in [
            self.accounts().await.map(drop),
            self.all_tokens().await.map(drop),
            self.read_all_proposals().await,
            self.events(PAGE, None).await.map(drop),
            self.read_all_comments().await,
            self.private_remarks(PAGE).await.map(drop),
            self.blocked_addresses().await.map(drop),
            self.read_whole_history(&mut findings).await,
        ] {
            match result {
                Err(DbError::Unusable { reason }) => findings.push(reason),
                other => other?,
            }
        }
        Ok(findings)
    }

    /// Reads every version: each must be readable, and the places in the history must follow one another.
    async fn read_whole_history(&self, findings: &mut Vec<String>) -> Result<(), DbError> {
        let mut last = 0;
        loop {
            let page = self.versions_after(last, PAGE).await?;
            for version in &page {
                if version.seq != last + 1 {
                    findings.push(format!(
                        "history: version {} follows version {last}; `terreau rebuild` makes it again",
                        version.seq
                    ));
                }
                last = version.seq;
            }
            if page.is_empty() {
                break;
            }
        }
        if last > 0 && self.shown(HISTORY).await?.is_none() {
            findings.push(
                "history: there are versions but no commit that they show; `terreau rebuild` makes it again"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// Reads every comment that everyone sees, and those that wait: all must be readable.
    async fn read_all_comments(&self) -> Result<(), DbError> {
        self.waiting_comments(PAGE).await?;
        let mut after = 0;
        loop {
            let page = self.public_comments(after, PAGE).await?;
            match page.last() {
                Some(last) => after = last.id,
                None => return Ok(()),
            }
        }
    }

    /// Reads every proposal with what was said of it: all must be readable.
    async fn read_all_proposals(&self) -> Result<(), DbError> {
        let mut filter = ProposalFilter {
            limit: PAGE,
            held: Held::All,
            ..ProposalFilter::default()
        };
        loop {
            let (page, _) = self.proposals(&filter).await?;
            if page.is_empty() {
                return Ok(());
            }
            for proposal in page {
                self.revisions(proposal.number).await?;
                self.reviews(proposal.number).await?;
                self.remarks(proposal.number).await?;
            }
            filter.offset += PAGE;
        }
    }

    async fn all(&self, sql: &str) -> Result<Vec<sea_orm::QueryResult>, DbError> {
        let statement = Statement::from_string(self.read.get_database_backend(), sql);
        self.read.query_all_raw(statement).await.map_err(fault)
    }
}
