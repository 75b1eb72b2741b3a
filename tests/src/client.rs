//! A browser without scripts: it keeps cookies, sends forms as a browser would, and follows redirects when told to.

use std::time::Duration;

use reqwest::blocking::{Client as Http, RequestBuilder, Response};
use reqwest::header::{HeaderMap, ORIGIN};
use reqwest::redirect::Policy;

/// Someone who visits a node.
pub struct Client {
    http: Http,
    base: String,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Page {
    /// The status code.
    pub status: u16,
    /// The address that answered, after redirects.
    pub url: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

impl Client {
    pub(crate) fn new(base: &str) -> Client {
        // Built together with the site, the client knows TLS and wants to be told by which library; it never uses it here.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Http::builder()
            .cookie_store(true)
            .redirect(Policy::limited(5))
            .timeout(Duration::from_secs(60))
            .build()
            .expect("a client of plain HTTP needs nothing");
        Client {
            http,
            base: base.to_owned(),
        }
    }

    /// Returns a request to build on: headers, bodies, methods that pages don't use.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = method.parse().expect("tests write methods well");
        self.http.request(method, format!("{}{path}", self.base))
    }

    /// Opens a page, following redirects.
    pub fn get(&self, path: &str) -> Page {
        Page::read(self.request("GET", path).send())
    }

    /// Sends a form from a page of the node, following the redirect.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        Page::read(
            self.request("POST", path)
                .header(ORIGIN, &self.base)
                .form(fields)
                .send(),
        )
    }

    /// Sends a request that was built by hand.
    pub fn send(&self, request: RequestBuilder) -> Page {
        Page::read(request.send())
    }
}

impl Page {
    fn read(answer: reqwest::Result<Response>) -> Page {
        let answer = answer.expect("the node answers");
        Page {
            status: answer.status().as_u16(),
            url: answer.url().to_string(),
            headers: answer.headers().clone(),
            body: answer.text().expect("the node answers with text"),
        }
    }

    /// Returns a header as text, or nothing when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Returns the body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    /// Returns the value of the first attribute `name` after `marker` in the page.
    pub fn attribute_after(&self, marker: &str, name: &str) -> Option<String> {
        let rest = &self.body[self.body.find(marker)?..];
        let rest = &rest[rest.find(&format!("{name}=\""))? + name.len() + 2..];
        Some(
            rest[..rest.find('"')?]
                .replace("&amp;", "&")
                .replace("&#38;", "&")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#x27;", "'"),
        )
    }
}
