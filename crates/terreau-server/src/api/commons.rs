//! The commons itself: what it is, how big, how to copy it.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::types::{CommonsAnswer, Counts, LicenceName};
use super::{Caller, answer};
use crate::{Answer, Site};

/// Tells what the commons is.
///
/// `GET /api/v1/commons` → 200 · 304
#[utoipa::path(
    get,
    path = "/api/v1/commons",
    operation_id = "commons",
    responses((status = 200, description = "Name, licence, counts, newest commit, address to clone", body = CommonsAnswer))
)]
pub async fn show(request: HttpRequest, caller: Caller, site: Data<Site>) -> Answer {
    let Caller(reader) = caller;
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let languages: BTreeSet<&str> = snapshot
        .heads()
        .map(|head| head.language_or(config.default_language).code())
        .collect();
    let kinds: BTreeMap<&str, usize> = snapshot
        .counts()
        .into_iter()
        .map(|(kind, count)| (kind.as_str(), count))
        .collect();
    let body = CommonsAnswer {
        name: config.name.get(reader.language).to_owned(),
        description: config.description.get(reader.language).to_owned(),
        licence: LicenceName::of(&config.default_licence),
        languages: languages.into_iter().map(str::to_owned).collect(),
        counts: Counts {
            cards: snapshot.count(),
            kinds,
        },
        head: snapshot.commit().to_string(),
        updated: snapshot.date(),
        clone_url: format!("{}/commons.git", site.base_url()),
        mirrors: Vec::new(),
        url: format!("{}/", site.base_url()),
    };
    answer::json(&request, &reader, &body)
}
