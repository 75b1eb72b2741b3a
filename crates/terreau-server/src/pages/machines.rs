//! What machines ask of the site: whether it lives, what it holds, how to search it.

use std::fmt::Write;

use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};

use crate::cached::fresh;
use crate::failure::FailureKind;
use crate::pages::search::pairs;
use crate::{Answer, Failure, Reader, Site, url};

/// The most addresses that one site map may hold. Source: sitemaps.org, protocol.
const SITEMAP_LIMIT: usize = 50_000;

/// The longest text that is completed, in characters.
const LONGEST_TYPED: usize = 200;

/// Tells that the process lives.
///
/// `GET /healthz` → 200
pub async fn healthy() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok\n")
}

/// Tells that the site shows the published commit everywhere: pages always do, search and history follow.
///
/// `GET /readyz` → 200 · 503
pub async fn ready(site: Data<Site>) -> Answer {
    if !site.commons.is_caught_up() {
        return Err(Failure::of(FailureKind::Unavailable).retry_after(5));
    }
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ready\n"))
}

/// Tells robots what to leave alone: versions and comparisons are many and old, forms are for people.
///
/// `GET /robots.txt` → 200 · 304
pub async fn robots(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let text = format!(
        "User-agent: *\nDisallow: /recherche?\nDisallow: /recherche.\nDisallow: /carte?\nDisallow: /carte.\nDisallow: /territoires/completer\nDisallow: /suggest\nDisallow: /comparer\nDisallow: /commencer?\nDisallow: /api/\nDisallow: /commons.git/\nDisallow: /connexion\nDisallow: /compte\n\
         Disallow: /nouvelle-fiche\nDisallow: /retours?\nDisallow: /retours.\nDisallow: /grille\nDisallow: /doublons\nDisallow: /*/modifier\nDisallow: /*/versions/\nDisallow: /*/comparer\nDisallow: /*/historique\n\n\
         Sitemap: {}/sitemap.xml\n",
        site.base_url()
    );
    fresh(
        &request,
        "",
        Bytes::from(text),
        HeaderValue::from_static("text/plain; charset=utf-8"),
    )
}

/// Lists the cards that are not archived.
///
/// `GET /sitemap.xml` → 200 · 304
pub async fn sitemap(request: HttpRequest, site: Data<Site>) -> HttpResponse {
    let snapshot = site.commons.snapshot();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let base = escape(site.base_url());
    write!(
        xml,
        "<url><loc>{base}/</loc></url>\n<url><loc>{base}/a-propos</loc></url>\n<url><loc>{base}/commencer</loc></url>\n<url><loc>{base}/parcourir</loc></url>\n<url><loc>{base}/carte</loc></url>\n<url><loc>{base}/retours</loc></url>\n<url><loc>{base}/bilan</loc></url>\n"
    )
    .expect("writing to a String cannot fail");
    for head in snapshot
        .heads()
        .filter(|head| !head.is_archived())
        .take(SITEMAP_LIMIT - 7)
    {
        writeln!(
            xml,
            "<url><loc>{base}{}</loc><lastmod>{}</lastmod></url>",
            url::card(&head.path),
            head.updated.format("%Y-%m-%d")
        )
        .expect("writing to a String cannot fail");
    }
    xml.push_str("</urlset>\n");
    fresh(
        &request,
        snapshot.commit().short(),
        Bytes::from(xml),
        HeaderValue::from_static("application/xml"),
    )
}

/// Tells browsers how to search the commons.
///
/// `GET /opensearch.xml` → 200 · 304
pub async fn opensearch(request: HttpRequest, reader: Reader, site: Data<Site>) -> HttpResponse {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let (name, base) = (
        escape(config.name.get(reader.language)),
        escape(site.base_url()),
    );
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\
         <ShortName>{}</ShortName><Description>{}</Description><InputEncoding>UTF-8</InputEncoding>\
         <Url type=\"text/html\" template=\"{base}/recherche?q={{searchTerms}}\"/>\
         <Url type=\"application/atom+xml\" template=\"{base}/recherche.atom?q={{searchTerms}}\"/>\
         <Url type=\"application/x-suggestions+json\" template=\"{base}/suggest?q={{searchTerms}}\"/></OpenSearchDescription>\n",
        name.chars().take(16).collect::<String>(),
        escape(config.description.get(reader.language)),
    );
    fresh(
        &request,
        "",
        Bytes::from(xml),
        HeaderValue::from_static("application/opensearchdescription+xml"),
    )
}

/// Completes what somebody types, for browsers and for the search field.
///
/// `GET /suggest?q=` → 200 · 304. Source: OpenSearch 1.1, suggestions extension.
pub async fn suggest(request: HttpRequest, site: Data<Site>) -> Answer {
    let typed: String = pairs(request.uri().query().unwrap_or_default())
        .find(|(name, _)| name == "q")
        .map(|(_, value)| value.chars().take(LONGEST_TYPED).collect())
        .unwrap_or_default();
    let completions = match typed.trim() {
        "" => Vec::new(),
        _ => site.commons.suggest(typed.clone()).await?,
    };
    Ok(fresh(
        &request,
        "",
        Bytes::from(serde_json::json!([typed, completions]).to_string()),
        HeaderValue::from_static("application/x-suggestions+json; charset=utf-8"),
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
