//! Telling people of what is published, whoever published it and however: those who watch it, and those whose proposals no
//! longer join with it. Each publication once, from where the last telling ended.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use anyhow::Context;
use terreau_card::CardId;
use terreau_community::{AccountId, NoticeKind, ProposalState};
use terreau_db::{Held, NewEvent, NewNotice, ProposalFilter};
use terreau_search::Searched;
use terreau_store::{CommitId, LoggedCommit};
use tokio::sync::mpsc;

use crate::projections::send_log;
use crate::{Commons, Joins, PublishError, Question};

/// How many cards of one publication a person is told of at most: a big import is one piece of news.
const MOST_CARDS: usize = 10;
/// How many open proposals are held against what was published.
const MOST_OPEN: u64 = 500;
/// Among how many of somebody's notices one is looked for.
const LOOKED_BACK: u64 = 100;
/// How many questions are asked again after a publication.
const MOST_QUESTIONS: u64 = 2_000;
/// Among how many of the newest answers to a question a new card is looked for.
const LOOKED_THROUGH: usize = 50;
/// The file of the commons' own rules.
const RULES: &str = "commons.toml";

impl Commons {
    /// Says, the first time that a commons is opened, from where people are told: what is there already is no news.
    pub(crate) async fn begin_telling(&self) -> anyhow::Result<()> {
        if self.db().told().await?.is_none() {
            let head = self.snapshot().commit().to_string();
            self.db().tell(None, &head, &[], Vec::new()).await?;
        }
        Ok(())
    }

    /// Tells watchers what was published since the last telling, and the journal what changed in the rules.
    pub(crate) async fn tell_of_publications(&self) -> anyhow::Result<()> {
        let mut told = self.db().told().await?;
        let head = *self.snapshot().commit();
        if told.as_deref() == Some(head.as_str()) {
            return Ok(());
        }
        let since = told.as_deref().map(CommitId::parse).transpose()?;
        let is_known = match &since {
            Some(commit) => self.store.is_published(commit)?,
            None => false,
        };
        if !is_known {
            // History was written anew: what was published before is no news.
            self.db()
                .tell(told.as_deref(), head.as_str(), &[], Vec::new())
                .await?;
            return Ok(());
        }
        let (sender, mut batches) = mpsc::channel::<Vec<LoggedCommit>>(2);
        let store = Arc::clone(&self.store);
        let walk = tokio::task::spawn_blocking(move || send_log(&store, since.as_ref(), &sender));
        while let Some(batch) = batches.recv().await {
            let Some(last) = batch.last().map(|logged| logged.commit.to_string()) else {
                continue;
            };
            let (notices, events) = self.news(&batch).await?;
            if !self
                .db()
                .tell(told.as_deref(), &last, &notices, events)
                .await?
            {
                break; // told by another at the same moment
            }
            told = Some(last);
        }
        walk.await.context("the walk through history stopped")??;
        Ok(())
    }

    async fn news(
        &self,
        batch: &[LoggedCommit],
    ) -> anyhow::Result<(Vec<NewNotice>, Vec<NewEvent>)> {
        let is_watched = self.db().is_watched().await?;
        let (mut notices, mut events) = (Vec::new(), Vec::new());
        for logged in batch {
            let by = account_of(&logged.author_address);
            if logged.changes.iter().any(|change| change.path == RULES) {
                events.push(NewEvent {
                    at: logged.date,
                    by,
                    what: "publish-rules".to_owned(),
                    about: RULES.to_owned(),
                    detail: format!("{{\"commit\":\"{}\"}}", logged.commit),
                });
            }
            if is_watched {
                notices.extend(self.watched(logged, by).await?);
            }
        }
        if is_watched {
            notices.extend(self.answered(batch).await?);
        }
        notices.extend(self.conflicts(batch).await?);
        Ok((notices, events))
    }

    /// Returns the notices to those whose open proposals no longer join with what was published; once for each of their
    /// revisions.
    async fn conflicts(&self, batch: &[LoggedCommit]) -> anyhow::Result<Vec<NewNotice>> {
        let changes = batch.iter().flat_map(|logged| &logged.changes);
        let changed: HashSet<&str> = changes
            .flat_map(|change| [Some(change.path.as_str()), change.old_path.as_deref()])
            .flatten()
            .collect();
        let Some(at) = batch.last().map(|logged| logged.date) else {
            return Ok(Vec::new());
        };
        let open = ProposalFilter {
            states: vec![ProposalState::Open],
            limit: MOST_OPEN,
            held: Held::All,
            ..ProposalFilter::default()
        };
        let mut notices = Vec::new();
        for row in self.db().proposals(&open).await?.0 {
            let paths = row
                .files
                .iter()
                .flat_map(|file| [Some(file.path.as_str()), file.old_path.as_deref()]);
            if !paths.flatten().any(|path| changed.contains(path)) {
                continue;
            }
            match self.joins(&row).await {
                Ok(Joins::Not(error)) if matches!(*error, PublishError::Conflict(_)) => {}
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(number = row.number, %error, "a proposal cannot be looked at");
                    continue;
                }
            }
            for account in self.db().authors(row.number).await? {
                let told = self.db().notices(account, LOOKED_BACK).await?;
                let is_told = told.iter().any(|notice| {
                    notice.what == NoticeKind::Conflict
                        && notice.number == Some(row.number)
                        && notice.at >= row.updated_at
                });
                if !is_told {
                    notices.push(NewNotice {
                        account,
                        what: NoticeKind::Conflict,
                        number: Some(row.number),
                        card: None,
                        by: None,
                        at,
                    });
                }
            }
        }
        Ok(notices)
    }

    /// Returns the notices of new cards to those whose questions they answer, but for those who wrote them. The index shows
    /// these publications already.
    async fn answered(&self, batch: &[LoggedCommit]) -> anyhow::Result<Vec<NewNotice>> {
        let new: HashMap<CardId, &LoggedCommit> = batch
            .iter()
            .flat_map(|logged| logged.changes.iter().map(move |change| (logged, change)))
            .filter(|(_, change)| change.created)
            .filter_map(|(logged, change)| Some((change.card?, logged)))
            .collect();
        if new.is_empty() {
            return Ok(Vec::new());
        }
        let mut notices = Vec::new();
        let mut known: Option<(String, Vec<CardId>)> = None;
        for (account, written) in self.db().watched_questions(MOST_QUESTIONS).await? {
            let cards = match known.take() {
                Some((question, cards)) if question == written => cards,
                _ => self.newest_answers(&written).await?,
            };
            let told = cards
                .iter()
                .filter_map(|card| Some((*card, *new.get(card)?)));
            notices.extend(
                told.filter(|(_, logged)| account_of(&logged.author_address) != Some(account))
                    .take(MOST_CARDS)
                    .map(|(card, logged)| NewNotice {
                        account,
                        what: NoticeKind::SearchAnswered,
                        number: None,
                        card: Some(card),
                        by: account_of(&logged.author_address),
                        at: logged.date,
                    }),
            );
            known = Some((written, cards));
        }
        Ok(notices)
    }

    /// Returns the newest cards that answer a question as it was asked; none when only other words would find some.
    async fn newest_answers(&self, written: &str) -> anyhow::Result<Vec<CardId>> {
        let Some(question) = Question::read(written) else {
            return Ok(Vec::new());
        };
        let answer = self.search(question.newest(LOOKED_THROUGH)).await?;
        if answer.searched != Searched::AsTyped {
            return Ok(Vec::new());
        }
        Ok(answer.hits.into_iter().map(|hit| hit.id).collect())
    }

    /// Returns the notices of one publication: to those who watch its cards, but for those who wrote it.
    async fn watched(
        &self,
        logged: &LoggedCommit,
        by: Option<AccountId>,
    ) -> anyhow::Result<Vec<NewNotice>> {
        let snapshot = self.snapshot();
        let mut authors: Vec<AccountId> = logged
            .trailers
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case("Co-authored-by"))
            .filter_map(|(_, value)| account_of(value.rsplit_once('<')?.1))
            .collect();
        authors.extend(by);
        let mut told: HashMap<AccountId, usize> = HashMap::new();
        let mut notices = Vec::new();
        for card in logged.changes.iter().filter_map(|change| change.card) {
            let topics = snapshot
                .by_id(&card)
                .map(|head| head.topics.clone())
                .unwrap_or_default();
            for account in self.db().watchers_of(card, &topics).await? {
                let cards = told.entry(account).or_default();
                if authors.contains(&account) || *cards >= MOST_CARDS {
                    continue;
                }
                *cards += 1;
                notices.push(NewNotice {
                    account,
                    what: NoticeKind::WatchedChange,
                    number: None,
                    card: Some(card),
                    by,
                    at: logged.date,
                });
            }
        }
        Ok(notices)
    }
}

/// Returns the account of an address `<uuid>@users.<host>`.
fn account_of(address: &str) -> Option<AccountId> {
    let (local, domain) = address.split_once('@')?;
    domain
        .starts_with("users.")
        .then(|| local.parse().ok())
        .flatten()
}
