//! The reports as data, for those who count further.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use terreau_export::{Dataset, Told};

use super::{REPORTS, read};
use crate::cached::fresh;
use crate::{Answer, Failure, Reader, Site, url};

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
const JSON_LINES: HeaderValue = HeaderValue::from_static("application/jsonl; charset=utf-8");
const JSON_LD: HeaderValue = HeaderValue::from_static("application/ld+json");

/// Gives the reports as a table.
///
/// `GET /retours.csv?fiche=` → 200 · 304 · 404
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime, what is wanted of any"
)]
pub async fn csv(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    give(request, reader, site, CSV, |set| set.csv()).await
}

/// Gives the reports as lines of JSON.
///
/// `GET /retours.jsonl?fiche=` → 200 · 304 · 404
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime, what is wanted of any"
)]
pub async fn json_lines(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    give(request, reader, site, JSON_LINES, |set| set.json_lines()).await
}

/// Gives the reports as linked data.
///
/// `GET /retours.jsonld?fiche=` → 200 · 304 · 404
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime, what is wanted of any"
)]
pub async fn json_ld(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    give(request, reader, site, JSON_LD, |set| set.json_ld()).await
}

async fn give(
    request: HttpRequest,
    reader: Reader,
    site: Data<Site>,
    content_type: HeaderValue,
    written: fn(&Dataset<'_>) -> String,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let asked = read(&request, &snapshot)?;
    let reports = site.commons.reports(&snapshot).await?;
    let (language, words) = (reader.language, reader.words());
    let base_url = site.base_url().to_owned();
    let commit = *snapshot.commit();
    let body = actix_web::web::block(move || {
        let config = snapshot.config();
        let publisher = config.name.get(language);
        let of_card = asked.card.as_ref().map(|head| &head.path);
        let name = match &asked.card {
            Some(head) => words.tell("reports-title-of", "card", &head.title),
            None => words.tell("reports-title-all", "commons", publisher),
        };
        let told = |report| Told {
            report,
            updated: snapshot
                .head(&report_path(report))
                .map_or_else(|| snapshot.date(), |head| head.updated),
        };
        let reports = match of_card {
            Some(path) => {
                let its = reports.of_card(path);
                its.map(|its| its.reports().chain(its.planned()).map(told).collect())
                    .unwrap_or_default()
            }
            None => reports.all().map(|report| told(report)).collect(),
        };
        let of_card = of_card.map_or("", |path| path.as_str());
        let page = format!(
            "{base_url}{}",
            url::with_query(REPORTS, &[("fiche", of_card)])
        );
        written(&Dataset {
            name: &name,
            description: &words.say("reports-lead"),
            page: &page,
            base_url: &base_url,
            publisher,
            licence: &config.default_licence,
            language: language.code(),
            register_vintage: terreau_territory::Register::load().vintage(),
            commit: commit.as_str(),
            published: snapshot.date(),
            reports,
        })
    })
    .await
    .map_err(Failure::unexpected)?;
    Ok(fresh(
        &request,
        commit.short(),
        Bytes::from(body),
        content_type,
    ))
}

fn report_path(report: &terreau_experience::Report) -> terreau_card::CardPath {
    report.path.clone()
}
