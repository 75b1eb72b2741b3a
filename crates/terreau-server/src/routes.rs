//! Every address of the site, in one list.

use actix_web::guard::{Any, Get, Head};
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Resource, Responder};

use crate::{assets, git, pages};

/// Adds every route. The addresses of cards come last: they take any path that nothing else took.
pub fn configure(app: &mut ServiceConfig) {
    app.service(read("/", pages::home::show))
        .service(read("/recherche", pages::search::show))
        .service(read("/a-propos", pages::about::show))
        .service(web::resource("/langue").route(web::post().to(pages::about::choose_language)))
        .service(read("/static/{name}", assets::show))
        .service(read("/favicon.ico", assets::favicon))
        .service(read("/robots.txt", pages::machines::robots))
        .service(read("/sitemap.xml", pages::machines::sitemap))
        .service(read("/opensearch.xml", pages::machines::opensearch))
        .service(read("/healthz", pages::machines::healthy))
        .service(read("/readyz", pages::machines::ready))
        .configure(git::routes)
        // The actions of a card, then the card itself.
        .service(read("/{path:.+}/historique", pages::history::list))
        .service(read("/{path:.+}/versions/{commit}", pages::history::version))
        .service(read("/{path:.+}/comparer", pages::compare::show))
        .service(read("/{path:.+}/attribution", pages::attribution::show))
        .service(read("/{path:.+}", pages::card::show));
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
