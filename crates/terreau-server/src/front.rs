//! The one middleware: refuses other hosts and foreign origins, answers finished anonymous pages before any routing, adds
//! the security headers, and turns failures into pages or problem documents.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use askama::Template;
use futures_util::future::Either;

use crate::cached::compress_once;
use crate::failure::FailureKind;
use crate::layout::FailurePage;
use crate::{Failure, Reader, Site, headers, reader, url};

/// How long browsers and relays may keep an anonymous page.
pub const ANONYMOUS: &str = "public, max-age=60, stale-while-revalidate=600";

/// Where the git wire lives: its clients are no browsers and send no origin.
const GIT_WIRE: &str = "/commons.git/";

/// The middleware.
pub struct Front {
    site: Arc<Site>,
}

impl Front {
    /// Makes the front of a site.
    pub fn new(site: Arc<Site>) -> Front {
        Front { site }
    }
}

impl<S> Transform<S, ServiceRequest> for Front
where
    S: Service<ServiceRequest, Response = ServiceResponse<BoxBody>, Error = Error> + 'static,
    S::Future: 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type InitError = ();
    type Transform = FrontService<S>;
    type Future = Ready<Result<FrontService<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(FrontService {
            inner,
            site: Arc::clone(&self.site),
        }))
    }
}

/// The middleware around the routes of one worker.
pub struct FrontService<S> {
    inner: S,
    site: Arc<Site>,
}

type Answered = Ready<Result<ServiceResponse<BoxBody>, Error>>;
type Answering = Pin<Box<dyn Future<Output = Result<ServiceResponse<BoxBody>, Error>>>>;

impl<S> Service<ServiceRequest> for FrontService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<BoxBody>, Error = Error> + 'static,
    S::Future: 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future = Either<Answered, Answering>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        if let Some(answer) = early(&self.site, request.request()) {
            return Either::Left(ready(Ok(request.into_response(answer))));
        }
        let (site, answering) = (Arc::clone(&self.site), self.inner.call(request));
        Either::Right(Box::pin(async move {
            let answered = answering.await?;
            let (request, answer) = answered.into_parts();
            let answer = finished(&site, &request, answer);
            let mut answer = compress_once(request.headers(), answer);
            headers::secure(answer.headers_mut(), site.is_https());
            Ok(ServiceResponse::new(request, answer))
        }))
    }
}

/// Returns the answer that needs no route: a refusal, or a finished page.
fn early(site: &Site, request: &HttpRequest) -> Option<HttpResponse> {
    let asked = request.headers();
    let mut answer = if !headers::is_our_host(asked, request.uri(), site.public_host()) {
        failed(
            site,
            request,
            &Failure::of(FailureKind::WrongHost)
                .next("failure-next-home", format!("{}/", site.base_url())),
        )
    } else if *request.method() == Method::GET || *request.method() == Method::HEAD {
        if reader::may_be_known(asked, site.is_https()) {
            return None;
        }
        let language = reader::asked_language(asked, request.uri().query());
        let address = reader::path_and_query(request);
        let commit = *site.commons.snapshot().commit();
        let page = site
            .pages
            .get(address, language, &commit)
            .or_else(|| site.searches.get(address, language, &commit))?;
        return Some(page.answer(asked, site.is_https()));
    } else if headers::may_change(request.method(), asked, site.public_origin())
        || request.path().starts_with(GIT_WIRE)
        // Mail programs end letters themselves; what it may do is in its address.
        || request.path().starts_with(url::STOP_LETTERS)
    {
        return None;
    } else {
        failed(site, request, &Failure::of(FailureKind::CrossSite))
    };
    headers::secure(answer.headers_mut(), site.is_https());
    Some(answer)
}

/// Returns the answer as it is, or the page of the failure that it stands for.
fn finished(site: &Site, request: &HttpRequest, answer: HttpResponse) -> HttpResponse {
    // What has moved is told as a failure, too: its answer says where to look.
    if let Some(failure) = answer.error().and_then(|error| error.as_error::<Failure>()) {
        return failed(site, request, failure);
    }
    if !(answer.status().is_client_error() || answer.status().is_server_error()) {
        return answer;
    }
    // A handler's own page of problems has a content type; the framework's bare errors have none, or plain text.
    let is_bare = answer.error().is_some() || !answer.headers().contains_key(header::CONTENT_TYPE);
    if !is_bare {
        return answer;
    }
    let mut page = failed(
        site,
        request,
        &Failure::of(FailureKind::of_status(answer.status())),
    );
    if let Some(allowed) = answer.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    page
}

/// Returns what the log may say of an address: no query, and the pattern of the route where the path holds a secret.
fn loggable(request: &HttpRequest) -> String {
    request
        .match_pattern()
        .filter(|pattern| pattern.contains("{token}"))
        .unwrap_or_else(|| request.path().to_owned())
}

/// Returns a failure as the reader can use it: a page in their language, or a problem document under `/api`.
fn failed(site: &Site, request: &HttpRequest, failure: &Failure) -> HttpResponse {
    let path = reader::path_and_query(request);
    if let Some(source) = failure.source() {
        tracing::error!(error = format!("{source:#}"), method = %request.method(), path = loggable(request), "a request failed");
    }
    let reader = request
        .extensions()
        .get::<Reader>()
        .cloned()
        .unwrap_or_else(|| Reader::nobody(request));
    let is_api = request.path().starts_with("/api/");
    let mut answer = if is_api {
        let problem = failure.problem(reader.words(), path);
        HttpResponse::build(failure.kind.status())
            .content_type("application/problem+json")
            .body(problem.to_string())
    } else if failure.kind == FailureKind::Anonymous
        && *request.method() == Method::GET
        && !request.headers().contains_key(header::AUTHORIZATION)
    {
        return crate::layout::see_other(url::sign_in(&reader.here));
    } else {
        match FailurePage::of(site, &reader, failure).render() {
            Ok(page) => HttpResponse::build(failure.kind.status())
                .content_type("text/html; charset=utf-8")
                .body(page),
            Err(error) => {
                tracing::error!(%error, "the page of a failure cannot be filled");
                HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    };
    let headers = answer.headers_mut();
    if failure.kind == FailureKind::Anonymous {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(location) = failure.location().and_then(|to| to.parse().ok()) {
        headers.insert(header::LOCATION, location);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(ANONYMOUS));
    }
    if let Some(seconds) = failure.seconds_to_wait() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer
}

#[cfg(test)]
mod tests {
    use actix_web::{App, HttpRequest, test, web};

    use super::loggable;

    #[actix_web::test]
    async fn the_log_learns_no_secret_of_an_address() {
        let said = async |request: HttpRequest| loggable(&request);
        let app = App::new()
            .route("/connexion/{token}", web::get().to(said))
            .route("/{path:.*}", web::get().to(said));
        let app = test::init_service(app).await;
        for (asked, said) in [
            ("/connexion/s3cr3t", "/connexion/{token}"),
            ("/connexion/s3cr3t?vers=/", "/connexion/{token}"),
            ("/connexion/retour/ami?code=s3cr3t", "/connexion/retour/ami"),
            ("/outils/carte?q=mots", "/outils/carte"),
        ] {
            let request = test::TestRequest::get().uri(asked).to_request();
            let body = test::call_and_read_body(&app, request).await;
            assert_eq!(body, said, "{asked}");
        }
    }
}
