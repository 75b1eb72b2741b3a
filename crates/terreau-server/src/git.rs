//! The git wire: copying the whole commons with `git clone` and `git fetch`, over smart HTTP, reading only.
//!
//! The decision what to run is made from the path alone; everything else under `/commons.git` is refused in plain words,
//! which the git client prints after `remote:`.

mod body;
mod child;
mod protocol;
mod stream;
mod version;
mod wants;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{self, Bytes, Data, Payload, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use tokio::sync::Semaphore;

use child::Git;
use protocol::Protocol;

/// Where the site explains how to copy the commons.
const ABOUT_COPYING: &str = "/a-propos#copier";
/// How many packs are made at once: each is one process that reads the repository.
const PACKS_AT_ONCE: usize = 4;
/// How long a client waits for its turn before it is told to come back.
const TURN_WAIT: Duration = Duration::from_secs(20);

const REQUEST_TYPE: &str = "application/x-git-upload-pack-request";
const RESULT_TYPE: &str = "application/x-git-upload-pack-result";
const ADVERTISEMENT_TYPE: &str = "application/x-git-upload-pack-advertisement";

/// One repository that can be copied, and the number of copies that may run at once.
pub struct GitWire {
    git: Git,
    packs: Arc<Semaphore>,
}

impl GitWire {
    /// Serves the bare repository at `dir`.
    pub fn new(dir: &Path) -> Self {
        let dir = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
        GitWire {
            git: Git::new(program(), dir),
            packs: Arc::new(Semaphore::new(PACKS_AT_ONCE)),
        }
    }

    /// Says in the log what is wrong with the git that is installed, if anything is.
    pub async fn look_at_version(&self) {
        version::look(self.git.version()).await;
    }
}

/// Finds git in the server's own search path, so that children need no search path from outside.
fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("git"))
        .find(|program| program.is_file())
        .unwrap_or_else(|| PathBuf::from("/usr/bin/git"))
}

/// Registers everything under `/commons.git`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/commons.git", web::get().to(explain))
        .route("/commons.git", web::head().to(explain))
        .route("/commons.git/", web::get().to(explain))
        .route("/commons.git/info/refs", web::get().to(info_refs))
        .route("/commons.git/git-upload-pack", web::post().to(upload_pack))
        .service(web::resource("/commons.git{rest:(/.*)?}").default_service(web::to(refused)));
}

/// Sends a browser to the page that explains copying.
///
/// `GET /commons.git` → 303
async fn explain() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, ABOUT_COPYING))
        .finish()
}

/// Tells which refs there are.
///
/// `GET /commons.git/info/refs?service=git-upload-pack` → 200 stream · 403 any other service · 503 when too many copy at once
async fn info_refs(request: HttpRequest, wire: Data<GitWire>) -> HttpResponse {
    if request.query_string() != "service=git-upload-pack" {
        return refused(request).await;
    }
    let protocol = Protocol::of(request.headers());
    let Some(turn) = turn(&wire).await else {
        return busy();
    };
    let child = match wire.git.advertise(protocol).spawn() {
        Ok(child) => child,
        Err(error) => return no_git(&error),
    };
    stream::answer(
        child,
        Bytes::new(),
        protocol.advertisement_prefix(),
        turn,
        ADVERTISEMENT_TYPE,
    )
    .await
}

/// Answers a negotiation: lists refs (protocol 2) or sends a pack.
///
/// `POST /commons.git/git-upload-pack` → 200 stream · 400 · 403 for what is not published · 408 · 413 · 503
async fn upload_pack(request: HttpRequest, payload: Payload, wire: Data<GitWire>) -> HttpResponse {
    let asked = request
        .headers()
        .get(header::CONTENT_TYPE)
        .map(HeaderValue::as_bytes);
    if asked != Some(REQUEST_TYPE.as_bytes()) || !request.query_string().is_empty() {
        return refused(request).await;
    }
    let protocol = Protocol::of(request.headers());
    // The request is read whole before a process is started: it is small, a slow sender then holds nobody's turn, and
    // git never sees a wish that was not checked.
    let body = match body::read(request.headers(), payload).await {
        Ok(body) => body,
        Err(refusal) => return plain(refusal.status(), refusal.words()),
    };
    if protocol == Protocol::Two
        && let Err(refusal) = wants::check(&wire.git, &body).await
    {
        return plain(refusal.status(), refusal.words());
    }
    let Some(turn) = turn(&wire).await else {
        return busy();
    };
    let child = match wire.git.answer(protocol).spawn() {
        Ok(child) => child,
        Err(error) => return no_git(&error),
    };
    stream::answer(child, body, &[], turn, RESULT_TYPE).await
}

/// Refuses pushes, dumb files and everything that is not the reading wire.
async fn refused(request: HttpRequest) -> HttpResponse {
    let asks_to_write = request.path().ends_with("/git-receive-pack")
        || request.query_string().contains("receive-pack");
    let words = if asks_to_write {
        "Ce commun se copie avec git mais ne se modifie pas par là : proposez vos changements sur le site.\n\
         This commons can be copied with git but not changed that way: make your changes on the site.\n"
    } else {
        "Il n’y a rien ici que git puisse lire : « git clone » sur l’adresse qui finit par /commons.git suffit.\n\
         There is nothing here for git to read: \"git clone\" of the address that ends in /commons.git is enough.\n"
    };
    plain(StatusCode::FORBIDDEN, words)
}

async fn turn(wire: &GitWire) -> Option<tokio::sync::OwnedSemaphorePermit> {
    let turn = tokio::time::timeout(TURN_WAIT, Arc::clone(&wire.packs).acquire_owned()).await;
    turn.ok()?.ok()
}

fn busy() -> HttpResponse {
    let mut answer = plain(
        StatusCode::SERVICE_UNAVAILABLE,
        "Plusieurs copies sont en cours : réessayez dans une minute.\nSeveral copies are running: try again in a minute.\n",
    );
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    answer
}

fn no_git(error: &std::io::Error) -> HttpResponse {
    tracing::error!(%error, "git cannot be started: is it installed? Copying the commons does not work without it");
    plain(
        StatusCode::SERVICE_UNAVAILABLE,
        "La copie n’est pas possible pour le moment : git manque sur ce serveur.\nCopying is not possible now: git is missing on this server.\n",
    )
}

/// Answers in plain text, the one form whose words the git client shows.
fn plain(status: StatusCode, words: &'static str) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(words)
}
