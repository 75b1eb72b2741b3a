//! What machines ask of the site.

use actix_web::HttpResponse;

/// Tells that the process lives.
///
/// `GET /healthz` → 200
pub async fn healthy() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// Tells that the site can answer.
///
/// `GET /readyz` → 200
pub async fn ready() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain")
        .body("ready\n")
}
