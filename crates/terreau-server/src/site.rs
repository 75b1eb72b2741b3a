//! The site as one value: what handlers share, and the server made of it.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::web::{Data, FormConfig, JsonConfig, PayloadConfig};
use actix_web::{App, HttpServer};
use terreau_commons::Commons;

use crate::assets::Assets;
use crate::cached::PageCache;
use crate::front::Front;
use crate::settings::SiteSettings;

/// The most that a form or a JSON body may weigh; a card is at most a mebibyte, and forms spell accents in three letters each.
pub const BODY_LIMIT: usize = 3 << 20;

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
    address: OnceLock<String>,
    host: Option<String>,
}

impl Site {
    /// Makes the site of a commons.
    pub fn new(commons: Arc<Commons>, settings: SiteSettings) -> Site {
        let base_url = settings
            .base_url
            .as_deref()
            .map(|url| url.trim_end_matches('/').to_owned());
        let host = base_url
            .as_deref()
            .and_then(|url| url.split("://").nth(1))
            .map(|rest| rest.split('/').next().unwrap_or(rest).to_owned());
        let address = OnceLock::new();
        if let Some(url) = base_url {
            address.set(url).expect("nobody else has the lock yet");
        }
        let pages = PageCache::new(settings.page_cache_bytes);
        Site {
            commons,
            settings,
            assets: Assets::prepare(),
            pages,
            address,
            host,
        }
    }

    /// Returns the public address without a final slash: as set, else the listening address. Never what a request says.
    pub fn base_url(&self) -> &str {
        self.address
            .get()
            .map_or("http://localhost:8080", String::as_str)
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
        self.host.is_some() && self.base_url().starts_with("https://")
    }

    fn listens_on(&self, address: SocketAddr) {
        let host = if address.ip().is_unspecified() {
            "localhost".to_owned()
        } else {
            address.ip().to_string()
        };
        let host = if address.is_ipv6() && host.contains(':') {
            format!("[{host}]")
        } else {
            host
        };
        // A public address that was set stays.
        let _ = self
            .address
            .set(format!("http://{host}:{}", address.port()));
    }
}

/// Serves a site; the server runs when awaited, and its handle stops it.
///
/// # Errors
/// When the listener has no address or cannot be listened to.
pub fn serve(site: Site, listener: TcpListener) -> std::io::Result<Server> {
    site.listens_on(listener.local_addr()?);
    let site = Data::new(site);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(site.clone())
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
    .disable_signals()
    .listen(listener)?;
    Ok(server.run())
}
