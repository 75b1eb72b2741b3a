//! What the reports of a card say on its page, and which versions an experience used on its own.

use std::sync::Arc;

use actix_web::web::Data;
use terreau_commons::{CardView, CommitId, Head, Snapshot};
use terreau_experience::Experience;

use super::parts::{Content, Part, USED};
use crate::added_up::{Saying, Section, can_be_tried};
use crate::dates::Moment;
use crate::facts::Piece;
use crate::{Failure, Reader, Site, url};

/// Returns what the reports of a card say together, derived once for each commit and language.
pub(super) async fn section(
    site: &Data<Site>,
    reader: &Reader,
    snapshot: &Arc<Snapshot>,
    head: &Head,
    view: &Arc<CardView>,
) -> Result<Option<Arc<Section>>, Failure> {
    if !can_be_tried(head.kind) {
        return Ok(None);
    }
    let reports = site.commons.reports(snapshot).await?;
    let Some(added_up) = reports.of_card(&head.path).cloned() else {
        return Ok(None);
    };
    let key = (*snapshot.commit(), head.path.clone(), reader.language);
    if let Some(section) = site.told.get(&key) {
        return Ok(Some(section));
    }
    let (snapshot, view, words) = (Arc::clone(snapshot), Arc::clone(view), reader.words());
    let path = head.path.clone();
    let section = actix_web::web::block(move || {
        let saying = Saying {
            card: &path,
            added_up: &added_up,
            reports: &reports,
            snapshot: &snapshot,
            words,
        };
        Arc::new(Section::of(&saying, &view.card))
    })
    .await
    .map_err(Failure::unexpected)?;
    site.told.insert(key, Arc::clone(&section));
    Ok(Some(section))
}

/// Says beside each card that an experience used which version it was, with the way to it.
pub(super) async fn name_versions(
    site: &Data<Site>,
    reader: &Reader,
    snapshot: &Arc<Snapshot>,
    view: &CardView,
    parts: &mut [Part],
) -> Result<(), Failure> {
    let Some(lines) = parts.iter_mut().find_map(|part| match &mut part.content {
        Content::Cards(lines) if part.anchor == USED => Some(lines),
        _ => None,
    }) else {
        return Ok(());
    };
    let used = Experience::read(&view.card).about;
    for (card, commit) in used
        .into_iter()
        .filter_map(|used| Some((used.card, CommitId::parse(&used.commit?).ok()?)))
    {
        let Some(head) = snapshot.head(&card) else {
            continue;
        };
        let Some(version) = site.commons.version_used(head, &commit).await? else {
            continue;
        };
        let day = Moment::of(version.date, reader.language).said;
        let said = reader.words().tell("added-up-version-of", "day", day);
        let href = url::card(&card);
        for line in lines
            .iter_mut()
            .filter(|line| line.title.href.as_deref() == Some(&href))
        {
            let there = url::version(&card, version.commit);
            line.version = Some(Piece::link(said.clone(), there));
        }
    }
    Ok(())
}
