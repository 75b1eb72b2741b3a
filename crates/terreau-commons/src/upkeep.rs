//! Upkeep: making the projections again, and telling whether everything is sound.

use std::sync::Arc;

use anyhow::Context;

use terreau_store::FindingSeverity;

use crate::blocking::blocking;
use crate::{Commons, Coordinates, OpenError, Settings};

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where: `git`, `history`, `search`, `database` or `coordinates`.
    pub part: &'static str,
    /// What is wrong, in one sentence.
    pub what: String,
}

/// Throws the projections of a data folder away and makes them again.
///
/// # Errors
/// `InUse` while a server runs on the folder.
pub async fn rebuild(settings: Settings) -> Result<Arc<Commons>, OpenError> {
    terreau_store::forget_heads(&settings.dir).context("the cache of parsed cards")?;
    let commons = Commons::open(settings, || {
        anyhow::bail!("there is no commons in this folder")
    })
    .await?;
    commons
        .db()
        .clear_history()
        .await
        .context("the history table")?;
    let index = Arc::clone(&commons.index);
    // An index that shows no commit is made again from the first card.
    blocking(move || index.rebuild(Vec::new(), ""))
        .await?
        .context("the search index")?;
    commons.catch_up().await?;
    Ok(commons)
}

impl Commons {
    /// Checks everything: git objects, refs and locks, the database, projections equal to a rebuild.
    ///
    /// # Errors
    /// When a part cannot even be read.
    pub async fn doctor(&self) -> anyhow::Result<Vec<Finding>> {
        let store = Arc::clone(&self.store);
        let mut findings: Vec<Finding> = blocking(move || store.verify())
            .await?
            .into_iter()
            .filter(|finding| finding.severity == FindingSeverity::Fault)
            .map(|finding| Finding {
                part: "git",
                what: format!("{}: {}", finding.place, finding.what),
            })
            .collect();
        for what in self.db().integrity().await? {
            findings.push(Finding {
                part: "database",
                what,
            });
        }
        let dir = self.dir.clone();
        if let Err(error) = blocking(move || Coordinates::load(&dir)).await? {
            findings.push(Finding {
                part: "coordinates",
                what: format!("{error:#}"),
            });
        }
        self.catch_up().await?;
        findings.extend(self.history_findings().await?);
        findings.extend(self.search_findings().await?);
        Ok(findings)
    }

    /// Compares the history table with a fresh walk through git.
    async fn history_findings(&self) -> anyhow::Result<Vec<Finding>> {
        let store = Arc::clone(&self.store);
        let expected = blocking(move || {
            let mut versions = 0_i64;
            store.log_since(None, &mut |logged| {
                versions += crate::projections::version_rows(&logged).count() as i64;
            })?;
            Ok::<_, terreau_store::StoreError>(versions)
        })
        .await??;
        // Places in the history have no gaps, so the last one is their number.
        let found = self
            .db()
            .latest_versions(1)
            .await?
            .first()
            .map_or(0, |version| version.seq);
        if found == expected {
            return Ok(Vec::new());
        }
        Ok(vec![Finding {
            part: "history",
            what: format!("the history table holds {found} versions where git holds {expected}"),
        }])
    }

    async fn search_findings(&self) -> anyhow::Result<Vec<Finding>> {
        let expected: usize = self
            .snapshot()
            .counts()
            .iter()
            .map(|(_, count)| count)
            .sum();
        let found = self.index.len();
        if found == expected {
            return Ok(Vec::new());
        }
        Ok(vec![Finding {
            part: "search",
            what: format!(
                "the search index holds {found} cards where the commons holds {expected}"
            ),
        }])
    }
}
