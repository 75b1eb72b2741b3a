//! The site: routes, sign-in, pages, API, mail.
//!
//! A request meets [`front`] first (host, origin, cached pages, security headers, failures made into pages), then the one
//! list of [`routes`], then a thin handler: parse, ask the commons, answer. Pages are askama templates over finished values,
//! in the words of `web/locales`.

pub mod added_up;
pub mod api;
pub mod assets;
pub mod cached;
pub mod dates;
pub mod facets;
pub mod facts;
pub mod failure;
pub mod front;
pub mod git;
pub mod headers;
pub mod layout;
pub mod letters;
pub mod mail;
pub mod openid;
pub mod pages;
pub mod place_input;
pub mod reader;
pub mod routes;
pub mod settings;
pub mod site;
pub mod url;
pub mod visitor;
pub mod waiting;
pub mod words;

pub use failure::Failure;
pub use layout::Layout;
pub use reader::Reader;
pub use settings::{SiteSettings, SmtpSettings};
pub use site::{Site, serve, system};
pub use words::Words;

/// What every handler returns: an answer, or a failure that becomes a page or a problem document.
pub type Answer = Result<actix_web::HttpResponse, Failure>;
