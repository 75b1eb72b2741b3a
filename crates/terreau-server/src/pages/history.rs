//! The versions of a card: the list, and one of them.

use actix_web::HttpRequest;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;
use terreau_commons::{CommitId, KindOfChange, ProposalFilter, Version};

use crate::dates::Moment;
use crate::facts::{self, Fact, Telling};
use crate::layout::{kept, made_now};
use crate::pages::card::find;
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// Which page of a long list.
#[derive(Deserialize)]
pub struct Place {
    page: Option<String>,
}

/// A version in the list.
pub struct VersionView {
    /// The commit, short, to say which one.
    pub short: String,
    /// The whole commit.
    pub commit: String,
    /// When.
    pub when: Moment,
    /// Who, with their organisation.
    pub author: String,
    /// What they said of it.
    pub message: String,
    /// What kind of change it was.
    pub change: String,
    /// Where it is read.
    pub href: String,
    /// Where it is compared with the one before; none for the first.
    pub changes: Option<String>,
    /// Whether it is the published one.
    pub is_current: bool,
}

impl VersionView {
    /// Makes the view of a version; `before` is the one that it changed.
    pub fn of(
        path: &str,
        version: &Version,
        before: Option<&Version>,
        is_current: bool,
        words: Words,
    ) -> VersionView {
        let author = match &version.organisation {
            Some(organisation) => format!("{} ({organisation})", version.author),
            None => version.author.clone(),
        };
        VersionView {
            short: version.commit.short().to_owned(),
            commit: version.commit.as_str().to_owned(),
            when: Moment::with_time(version.date, words.language),
            author,
            message: version.message.clone(),
            change: words
                .maybe(&format!("history-change-{}", version.change))
                .unwrap_or_default(),
            href: url::version(path, version.commit),
            changes: before.map(|before| url::compare(path, before.commit, version.commit)),
            is_current,
        }
    }
}

#[derive(Template)]
#[template(path = "history/list.html")]
struct HistoryPage {
    layout: Layout,
    path: String,
    title: String,
    versions: Vec<VersionView>,
    count: String,
    place: String,
    previous: Option<String>,
    next: Option<String>,
    /// How many proposals wait for this card, and where they are listed.
    proposals: Option<(String, String)>,
    clone: String,
    file: String,
}

/// Shows the versions of a card, newest first.
///
/// `GET /{path}/historique?page=` → 200 · 301 · 304 · 404
pub async fn list(
    request: HttpRequest,
    path: Path<String>,
    place: Query<Place>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/historique", request.uri().query())?;
    let number = place
        .page
        .as_deref()
        .map_or(Ok(1), str::parse)
        .map_err(|_| Failure::missing())?;
    let page = site.commons.versions(&head, number).await?;
    let words = reader.words();
    let card = head.path.as_str();
    let versions = page
        .versions
        .iter()
        .enumerate()
        .map(|(index, version)| {
            // The first version of this page that has none after it may still have one on the next page.
            let before = page.versions.get(index + 1);
            let mut view = VersionView::of(card, version, before, number == 1 && index == 0, words);
            if before.is_none() && page.page < page.pages {
                view.changes = Some(format!(
                    "{}?jusqu-a={}",
                    url::compare_page(card),
                    version.commit
                ));
            }
            view
        })
        .collect();
    let waiting = ProposalFilter {
        card: Some(head.path.clone()),
        limit: 1,
        ..ProposalFilter::default()
    };
    let waiting = site.commons.proposals(&reader.actor, &waiting).await?.total;
    let template = HistoryPage {
        proposals: (waiting > 0).then(|| {
            (
                url::with_query(url::PROPOSALS, &[("fiche", card)]),
                words.tell("history-proposals", "count", waiting),
            )
        }),
        layout: Layout::new(
            &site,
            &reader,
            words.tell("history-title", "title", &head.title),
        )
        .within("history"),
        path: url::card(card),
        title: head.title.clone(),
        versions,
        count: words.tell("history-count", "count", page.total),
        place: words.tell_two("search-place", "page", page.page, "pages", page.pages),
        previous: (page.page > 1).then(|| url::history_page(card, page.page - 1)),
        next: (page.page < page.pages).then(|| url::history_page(card, page.page + 1)),
        clone: format!("git clone {}/commons.git", site.base_url()),
        file: head.path.file(),
    };
    made_now(&site, &request, &reader, &template)
}

#[derive(Template)]
#[template(path = "history/version.html")]
struct VersionPage {
    layout: Layout,
    path: String,
    title: String,
    summary: String,
    kind_label: String,
    version: VersionView,
    compare: Option<String>,
    undo: Option<String>,
    band: Vec<Fact>,
    html: String,
}

/// Shows a card as it was.
///
/// `GET /{path}/versions/{commit}` → 200 · 301 · 304 · 404 when the commit did not change this card
pub async fn version(
    request: HttpRequest,
    path: Path<(String, String)>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let (path, commit) = path.into_inner();
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, &format!("/versions/{commit}"), None)?;
    let missing = || Failure::missing().next("failure-next-history", url::history(&head.path));
    let commit = CommitId::parse(&commit).map_err(|_| missing())?;
    let old = site
        .commons
        .old_version(&snapshot, &head, &commit)
        .await
        .map_err(|error| match error {
            terreau_commons::ReadError::Missing => missing(),
            other => other.into(),
        })?;
    let words = reader.words();
    let newest = site
        .commons
        .versions(&head, 1)
        .await?
        .versions
        .into_iter()
        .next();
    let is_current = newest
        .as_ref()
        .is_some_and(|newest| newest.commit == commit);
    let card = &old.view.card;
    let telling = Telling {
        card,
        snapshot: &snapshot,
        words,
    };
    let kind = card.kind().unwrap_or(head.kind);
    let title = card.title().to_owned();
    let template = VersionPage {
        layout: Layout::new(
            &site,
            &reader,
            words.tell_two(
                "history-version-title",
                "title",
                &title,
                "day",
                crate::dates::say_day(old.version.date.date_naive(), reader.language),
            ),
        )
        .within("history"),
        path: url::card(&head.path),
        summary: card.summary().to_owned(),
        kind_label: snapshot
            .config()
            .kind(kind)
            .label
            .get(reader.language)
            .to_owned(),
        version: VersionView::of(head.path.as_str(), &old.version, None, is_current, words),
        undo: matches!(
            old.version.change,
            KindOfChange::Changed | KindOfChange::Archived | KindOfChange::Restored
        )
        .then(|| format!("{}/annuler", url::version(&head.path, commit))),
        compare: newest
            .filter(|_| !is_current)
            .map(|newest| url::compare(&head.path, commit, newest.commit)),
        band: facts::both(kind, &telling).0,
        html: old.view.rendered.html.as_str().to_owned(),
        title,
    };
    kept(
        &site,
        &request,
        &reader,
        snapshot.commit(),
        commit.short(),
        &template,
    )
    .await
}
