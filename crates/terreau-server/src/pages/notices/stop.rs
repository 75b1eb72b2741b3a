//! The end of the letters, from a link in each of them: it needs no sign-in, and can do nothing else.
//!
//! Source: RFC 8058: mail programs send the `POST` themselves, without cookie and without origin.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::Utc;
use terreau_commons::PeopleError;

use crate::failure::FailureKind;
use crate::layout::page;
use crate::{Answer, Failure, Layout, Reader, Site, url};

#[derive(Template)]
#[template(path = "notices/stop.html")]
struct StopPage {
    layout: Layout,
    /// Where the button leads; none once it is done.
    action: Option<String>,
}

/// Shows the button that ends the letters: mail scanners open links.
///
/// `GET /avis/arreter/{token}` → 200 · 410 when the link no longer opens anything
pub async fn look(reader: Reader, token: Path<String>, site: Data<Site>) -> Answer {
    site.commons
        .look_at_stop(&token, Utc::now())
        .await
        .map_err(dead)?;
    let action = url::stop_letters("", &url::encode(&token));
    stop_page(&reader, &site, Some(action))
}

/// Ends the letters.
///
/// `POST /avis/arreter/{token}` → 200, also when repeated · 410 when the link no longer opens anything
pub async fn stop(reader: Reader, token: Path<String>, site: Data<Site>) -> Answer {
    site.commons
        .stop_letters(&token, Utc::now())
        .await
        .map_err(dead)?;
    stop_page(&reader, &site, None)
}

fn stop_page(
    reader: &Reader,
    site: &Site,
    action: Option<String>,
) -> Result<HttpResponse, Failure> {
    let mut layout = Layout::new(site, reader, reader.words().say("notices-stop-title"));
    // The secret of this page's address goes nowhere else.
    layout.here = "/".to_owned();
    layout.sign_in = url::sign_in("/");
    let mut answer = page(StatusCode::OK, &StopPage { layout, action })?;
    answer.headers_mut().insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    Ok(answer)
}

fn dead(error: PeopleError) -> Failure {
    match error {
        PeopleError::DeadLink => Failure::of(FailureKind::Withdrawn)
            .message("notices-stop-dead")
            .next("notices-stop-settings", "/compte#profil"),
        other => other.into(),
    }
}
