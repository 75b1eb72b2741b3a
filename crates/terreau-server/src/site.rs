//! The site as one value: what handlers share, and the server made of it.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::web::{Data, FormConfig, JsonConfig, PayloadConfig};
use actix_web::{App, HttpServer};
use anyhow::Context;
use moka::sync::Cache;
use terreau_card::{CardPath, Language};
use terreau_commons::{CommitId, Commons};

use crate::added_up::Section;
use crate::assets::Assets;
use crate::cached::PageCache;
use crate::front::Front;
use crate::git::GitWire;
use crate::mail::Mailer;
use crate::openid::Providers;
use crate::settings::SiteSettings;
use crate::waiting::Waiting;

/// The most that a form or a JSON body may weigh; a card is at most a mebibyte, and forms spell accents in three letters each.
pub const BODY_LIMIT: usize = 3 << 20;

/// Of how many cards the words of their reports are kept.
const MOST_TOLD: u64 = 500;

/// The moment, the card and the language of what its reports say.
pub type ToldKey = (CommitId, CardPath, Language);

/// What handlers share.
pub struct Site {
    /// The commons that is served.
    pub commons: Arc<Commons>,
    /// What the site was told.
    pub settings: SiteSettings,
    /// Styles, scripts, icons.
    pub assets: Assets,
    /// Finished anonymous pages.
    pub pages: PageCache,
    /// Finished answers to anonymous searches, which have too many addresses to live among the pages.
    pub searches: PageCache,
    /// What the reports of cards say, in words: it is asked of every reader who is signed in.
    pub told: Cache<ToldKey, Arc<Section>>,
    /// Who vouches for people beside their mailbox.
    pub providers: Providers,
    /// How much waits for each person.
    pub waiting: Waiting,
    base_url: String,
    host: Option<String>,
}

impl Site {
    /// Makes the site of a commons that people reach at `base_url` (the public address when one is set, else where it listens).
    ///
    /// # Errors
    /// When `base_url` is not an address, or the settings of a sign-in provider make no sense.
    pub fn new(
        commons: Arc<Commons>,
        settings: SiteSettings,
        base_url: &str,
    ) -> anyhow::Result<Site> {
        let base_url = base_url.trim_end_matches('/').to_owned();
        let (scheme, rest) = base_url
            .split_once("://")
            .context("a base URL begins with http:// or https://")?;
        anyhow::ensure!(
            matches!(scheme, "http" | "https"),
            "a base URL begins with http:// or https://, not {scheme}://"
        );
        anyhow::ensure!(
            !rest.is_empty() && !rest.contains(['/', '?', '#', '@']),
            "a base URL is a scheme and a host only: {base_url}"
        );
        let host = settings.base_url.is_some().then(|| rest.to_owned());
        let pages = PageCache::new(settings.page_cache_bytes - settings.page_cache_bytes / 4);
        let searches = PageCache::new(settings.page_cache_bytes / 4);
        let providers = Providers::new(&settings.sign_in, &base_url)?;
        Ok(Site {
            commons,
            settings,
            assets: Assets::prepare(),
            pages,
            searches,
            told: Cache::new(MOST_TOLD),
            providers,
            waiting: Waiting::default(),
            base_url,
            host,
        })
    }

    /// Returns the address of the site without a final slash; never what a request says.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the public host, when a public address is set: requests for another are refused.
    pub fn public_host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// Returns the origin that forms must come from, when a public address is set.
    pub fn public_origin(&self) -> Option<&str> {
        self.host.as_ref().map(|_| self.base_url())
    }

    /// Tells whether people reach the site by HTTPS.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

/// Returns the runtime that a site is served on.
pub fn system() -> actix_web::rt::SystemRunner {
    actix_web::rt::System::new()
}

/// Serves a site; the server runs when awaited. Ctrl-C and SIGTERM end it, after the answers under way.
///
/// # Errors
/// When the listener has no address or cannot be listened to, or the mail settings cannot be read.
pub fn serve(site: Site, listener: TcpListener) -> std::io::Result<Server> {
    let wire = Data::new(GitWire::new(site.commons.git_dir()));
    let looked_at = wire.clone();
    actix_web::rt::spawn(async move { looked_at.look_at_version().await });
    let mailer =
        Data::new(Mailer::new(site.settings.smtp.as_ref()).map_err(std::io::Error::other)?);
    let site = Data::new(site);
    actix_web::rt::spawn(crate::letters::run(
        site.clone(),
        mailer.get_ref().clone(),
        Duration::from_secs(site.settings.notices_every_s.max(1)),
    ));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
            .app_data(wire.clone())
            .app_data(mailer.clone())
            .app_data(FormConfig::default().limit(BODY_LIMIT))
            .app_data(JsonConfig::default().limit(BODY_LIMIT))
            .app_data(PayloadConfig::default().limit(BODY_LIMIT))
            .wrap(Front::new(site.clone().into_inner()))
            .configure(crate::routes::configure)
    })
    // Without it, small answers wait for the reader's acknowledgement: 44 ms each.
    .tcp_nodelay(true)
    .keep_alive(Duration::from_secs(30))
    .client_request_timeout(Duration::from_secs(5))
    .max_connections(1024)
    .shutdown_timeout(10)
    .listen(listener)?;
    Ok(server.run())
}
