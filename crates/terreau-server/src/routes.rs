//! Every address of the site, in one list.

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Resource, Responder};

use crate::{assets, pages};

/// Adds every route. The addresses of cards come last: they take any path that nothing else took.
pub fn configure(app: &mut ServiceConfig) {
    app.service(read("/static/{name}", assets::show))
        .service(read("/favicon.ico", assets::favicon))
        .service(read("/healthz", pages::machines::healthy))
        .service(read("/readyz", pages::machines::ready));
}

/// Returns a resource that is read: `GET` and `HEAD`.
pub fn read<F, Args>(path: &str, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path).route(web::route().guard(Any(Get()).or(Head())).to(handler))
}
