//! Styles, scripts and icons: embedded, named by their content, compressed once at start, cached by browsers for ever.

use std::collections::HashMap;

use actix_web::http::header::HeaderValue;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::cached::{Bodies, Effort};
use crate::{Answer, Failure, Site};

#[derive(RustEmbed)]
#[folder = "../../web/"]
#[include = "styles/*.css"]
#[include = "scripts/*.js"]
#[include = "icons/*"]
struct Web;

/// The stylesheet that every other one builds upon.
const FIRST_STYLE: &str = "styles/base.css";
/// The stylesheet that has the last word.
const LAST_STYLE: &str = "styles/print.css";

struct Asset {
    bodies: Bodies,
    content_type: &'static str,
}

/// Every asset by its hashed name, and the hashed names by the plain ones.
pub struct Assets {
    files: HashMap<String, Asset>,
    names: HashMap<String, String>,
}

impl Assets {
    /// Reads, joins and compresses the assets; the styles of all features become one file.
    pub fn prepare() -> Assets {
        let mut assets = Assets {
            files: HashMap::new(),
            names: HashMap::new(),
        };
        assets.add("site.css", styles().into_bytes());
        for path in Web::iter().filter(|path| !path.ends_with(".css")) {
            let name = path.rsplit('/').next().unwrap_or(&path);
            let file = Web::get(&path).expect("the list of embedded files names embedded files");
            assets.add(name, file.data.into_owned());
        }
        assets
    }

    /// Returns the address of an asset by its plain name (`site.css`); an unknown one answers 404.
    pub fn url(&self, name: &str) -> String {
        format!(
            "/static/{}",
            self.names.get(name).map_or(name, String::as_str)
        )
    }

    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let digest = Sha256::digest(&bytes);
        let hash: String = digest[..6]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let hashed = format!("{stem}.{hash}.{extension}");
        let content_type = content_type(extension);
        let effort = if content_type.starts_with("image/png") {
            Effort::None
        } else {
            Effort::Kept
        };
        let bodies = Bodies::prepare(bytes, &hash, effort);
        self.files.insert(
            hashed.clone(),
            Asset {
                bodies,
                content_type,
            },
        );
        self.names.insert(name.to_owned(), hashed);
    }
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

fn styles() -> String {
    let mut paths: Vec<_> = Web::iter().filter(|path| path.ends_with(".css")).collect();
    paths.sort_by_key(|path| (path != FIRST_STYLE, path == LAST_STYLE, path.clone()));
    let mut joined = String::new();
    for path in paths {
        let file = Web::get(&path).expect("the list of embedded files names embedded files");
        joined.push_str(&without_comments(&String::from_utf8_lossy(&file.data)));
    }
    joined
}

/// Drops comments and indentation: what is left compresses as well as anything cleverer.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        })
}

/// Gives an asset.
///
/// `GET /static/{name}` → 200, cached for ever · 304 · 404
pub async fn show(request: HttpRequest, name: Path<String>, site: Data<Site>) -> Answer {
    let asset = site
        .assets
        .files
        .get(name.as_str())
        .ok_or_else(Failure::missing)?;
    Ok(asset.bodies.answer(
        request.headers(),
        HeaderValue::from_static(asset.content_type),
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    ))
}

/// Gives the icon that browsers ask for by themselves.
///
/// `GET /favicon.ico` → 301 to the icon
pub async fn favicon(site: Data<Site>) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header(("location", site.assets.url("icon.svg")))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_lose_their_comments_only() {
        assert_eq!(
            without_comments("/* a */\na {\n  color: red; /* b */\n}\n/* c"),
            "a {\ncolor: red;\n}\n"
        );
    }

    #[test]
    fn assets_are_named_by_their_content() {
        let assets = Assets::prepare();
        let url = assets.url("site.css");
        assert_eq!(url, Assets::prepare().url("site.css"));
        assert!(
            url.starts_with("/static/site.")
                && url.ends_with(".css")
                && url.len() > "/static/site.css".len()
        );
    }
}
