//! A bare actix-web handler that returns one body from memory: the raw limit that `cargo xtask bench` compares pages with.
//!
//! `bare_server FILE ETAG` serves the bytes of FILE as brotli HTML on a free port, and prints its address.

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

struct Page {
    body: Bytes,
    etag: String,
}

async fn page(request: HttpRequest, page: Data<Page>) -> HttpResponse {
    let known = request.headers().get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == page.etag.as_bytes()) {
        return HttpResponse::NotModified()
            .insert_header((header::ETAG, page.etag.as_str()))
            .finish();
    }
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_ENCODING, "br"))
        .insert_header((header::ETAG, page.etag.as_str()))
        .body(page.body.clone())
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = || std::io::Error::other("bare_server FILE ETAG");
    let body = std::fs::read(arguments.next().ok_or_else(usage)?)?;
    let etag = arguments.next().ok_or_else(usage)?;
    let state = Data::new(Page {
        body: body.into(),
        etag,
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .route("/", web::get().to(page))
    })
    .tcp_nodelay(true)
    .bind("127.0.0.1:0")?;
    println!("http://{}", server.addrs()[0]);
    server.run().await
}
