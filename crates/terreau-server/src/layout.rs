//! What every page has around it: head, header, footer.

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use terreau_card::Language;
use terreau_commons::CommitId;

use crate::cached::{Effort, Made, Page, fresh};
use crate::front::ANONYMOUS;
use crate::reader::{may_be_known, path_and_query};
use crate::words::Argument;
use crate::{Answer, Failure, Reader, Site, Words};

/// The longest address under which the answer to a search is kept, in bytes.
const LONGEST_KEPT: usize = 500;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// The finished values of the layout; page structs embed it as `layout`, and their templates extend `_layout.html`.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The words of the reader's language.
    pub words: Words,
    /// The name of the commons.
    pub commons_name: String,
    /// The title of the page, without the name of the commons.
    pub title: String,
    /// A sentence for search engines and previews.
    pub description: String,
    /// The one address of this page, absolute; none on pages that nobody should index.
    pub canonical: Option<String>,
    /// The address of the stylesheet.
    pub stylesheet: String,
    /// The addresses of the scripts.
    pub scripts: Vec<String>,
    /// The address of the icon.
    pub icon: String,
    /// What is in the search field of the header; none leaves the field out (the page has its own).
    pub search: Option<String>,
    /// The credit name of the person signed in.
    pub account: Option<String>,
    /// How many proposals wait for them.
    pub waiting: usize,
    /// How many notices they have not seen.
    pub unseen: u64,
    /// How many things wait for moderation; nothing for those who do not moderate.
    pub to_moderate: Option<u64>,
    /// Whether to tell them that nothing can be changed for the moment.
    pub read_only: bool,
    /// Where to sign in and come back.
    pub sign_in: String,
    /// Path and query of this page, to come back to.
    pub here: String,
    /// The name and code of the other language.
    pub other_language: (&'static str, &'static str),
    /// The name and address of the licence of the commons.
    pub licence: (String, String),
    /// The name in the navigation of the page shown, such as `search`, for `aria-current`.
    pub section: &'static str,
    /// What the person just did, told once on the page that follows.
    pub notice: Option<String>,
}

impl Layout {
    /// Makes the layout of a page.
    pub fn new(site: &Site, reader: &Reader, title: impl Into<String>) -> Layout {
        let snapshot = site.commons.snapshot();
        let config = snapshot.config();
        let licence = terreau_card::licence::find(&config.default_licence);
        let other = match reader.language {
            Language::French => ("English", "en"),
            Language::English => ("Français", "fr"),
        };
        Layout {
            words: reader.words(),
            commons_name: config.name.get(reader.language).to_owned(),
            title: title.into(),
            description: String::new(),
            canonical: None,
            stylesheet: site.assets.url("site.css"),
            scripts: vec![site.assets.url("site.js")],
            icon: site.assets.url("icon.svg"),
            search: Some(String::new()),
            account: reader
                .account()
                .map(|account| account.credit_name.to_string()),
            waiting: reader.waiting,
            unseen: reader.unseen,
            to_moderate: reader.to_moderate,
            read_only: reader.account().is_some() && site.commons.is_read_only(),
            sign_in: crate::url::sign_in(&reader.here),
            here: reader.here.clone(),
            other_language: other,
            licence: licence.map_or_else(
                || (config.default_licence.clone(), String::new()),
                |licence| (licence.name.to_string(), licence.url.to_string()),
            ),
            section: "",
            notice: done(reader),
        }
    }

    /// Sets the description.
    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Layout {
        self.description = description.into();
        self
    }

    /// Sets the one address of the page, from its path.
    #[must_use]
    pub fn at(mut self, site: &Site, path: &str) -> Layout {
        self.canonical = Some(format!("{}{path}", site.base_url()));
        self
    }

    /// Names the part of the site that the page belongs to.
    #[must_use]
    pub fn within(mut self, section: &'static str) -> Layout {
        self.section = section;
        self
    }

    /// Adds a script of `web/scripts`, by its plain name.
    #[must_use]
    pub fn with_script(mut self, site: &Site, name: &str) -> Layout {
        self.scripts.push(site.assets.url(name));
        self
    }

    /// Sets what the search field holds; none leaves it out.
    #[must_use]
    pub fn searching(mut self, text: Option<String>) -> Layout {
        self.search = text;
        self
    }

    /// Tells whether the reader moderates.
    pub fn moderates(&self) -> bool {
        self.to_moderate.is_some()
    }

    /// Returns how many things wait for moderation.
    pub fn moderation_count(&self) -> u64 {
        self.to_moderate.unwrap_or(0)
    }

    /// Says a message, for templates.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// Says a message with an argument, for templates.
    pub fn tell<'a>(&self, key: &str, name: &'static str, value: impl Argument<'a>) -> String {
        self.words.tell(key, name, value)
    }
}

/// Says what the person just did, from the word that a form left in the address (`?fait=publiee`).
fn done(reader: &Reader) -> Option<String> {
    let (path, query) = reader.here.split_once('?')?;
    let word = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("fait="))?;
    let feature = if path.starts_with(crate::url::PROPOSALS) {
        "proposals"
    } else if path.ends_with("/commentaires") || word == crate::url::USEFUL || word == "inutile" {
        "comments"
    } else {
        "edit"
    };
    // Whoever acts is signed in, but for guests who confirm what they suggested, and those who talk.
    if reader.is_anonymous() && word != crate::url::CONFIRMED && feature != "comments" {
        return None;
    }
    let is_word = word.bytes().all(|byte| byte.is_ascii_lowercase());
    reader
        .words()
        .maybe(&format!("{feature}-done-{word}"))
        .filter(|_| is_word)
}

/// Answers with a page made for this request alone: signed-in readers, forms, errors.
///
/// # Errors
/// `Unexpected` when the template cannot be filled.
pub fn page(status: StatusCode, template: &impl Template) -> Answer {
    Ok(HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .body(template.render()?))
}

/// Answers with a page of the published commit: an anonymous one is compressed once, kept, and known by its `ETag`.
///
/// # Errors
/// `Unexpected` when the template cannot be filled.
pub async fn kept(
    site: &Data<Site>,
    request: &HttpRequest,
    reader: &Reader,
    commit: &CommitId,
    label: &str,
    template: &impl Template,
) -> Answer {
    let body = Bytes::from(template.render()?);
    if !is_anonymous(site, request, reader) {
        return Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(body));
    }
    // Whatever follows the question mark makes no other page; only the language does.
    let is_plain = request
        .uri()
        .query()
        .is_none_or(|query| matches!(query, "lang=fr" | "lang=en"));
    if !is_plain {
        return Ok(fresh(request, label, body, HTML));
    }
    let made = Made {
        body,
        label: label.to_owned(),
        content_type: HTML,
        effort: Effort::Kept,
    };
    let (site, address, language, commit) = (
        site.clone(),
        path_and_query(request).to_owned(),
        reader.language,
        *commit,
    );
    let page = actix_web::web::block(move || site.pages.keep(&address, language, commit, made))
        .await
        .map_err(Failure::unexpected)?;
    Ok(answer_with(&page, request))
}

fn answer_with(page: &Page, request: &HttpRequest) -> HttpResponse {
    page.bodies.answer(
        request.headers(),
        page.content_type.clone(),
        HeaderValue::from_static(ANONYMOUS),
    )
}

/// Answers with what a search of the published commit found: an anonymous answer is kept, apart from the pages, and known
/// by its `ETag`. Only what shows this very commit may come here.
///
/// # Errors
/// `Unexpected` when the template cannot be filled.
pub fn kept_search(
    site: &Site,
    request: &HttpRequest,
    reader: &Reader,
    commit: &CommitId,
    template: &impl Template,
) -> Answer {
    let body = Bytes::from(template.render()?);
    if !is_anonymous(site, request, reader) {
        return Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(body));
    }
    let address = path_and_query(request);
    if address.len() > LONGEST_KEPT {
        return Ok(fresh(request, "", body, HTML));
    }
    let made = Made {
        body,
        label: String::new(),
        content_type: HTML,
        // Most questions are asked once.
        effort: Effort::Once,
    };
    let page = site.searches.keep(address, reader.language, *commit, made);
    Ok(answer_with(&page, request))
}

/// Answers with a page made for this request but the same for every anonymous reader: known by its `ETag`, not kept.
///
/// # Errors
/// `Unexpected` when the template cannot be filled.
pub fn made_now(
    site: &Site,
    request: &HttpRequest,
    reader: &Reader,
    template: &impl Template,
) -> Answer {
    let body = Bytes::from(template.render()?);
    if !is_anonymous(site, request, reader) {
        return Ok(HttpResponse::Ok()
            .content_type("text/html; charset=utf-8")
            .body(body));
    }
    Ok(fresh(request, "", body, HTML))
}

fn is_anonymous(site: &Site, request: &HttpRequest, reader: &Reader) -> bool {
    reader.is_anonymous() && !may_be_known(request.headers(), site.is_https())
}

/// Answers 303: look there now.
pub fn see_other(location: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("location", location.into()))
        .finish()
}

/// The page of a failure.
#[derive(Template)]
#[template(path = "error/page.html")]
pub struct FailurePage {
    layout: Layout,
    status: u16,
    title: String,
    explanation: String,
    next_steps: Vec<(String, String)>,
}

impl FailurePage {
    /// Makes the page of a failure; there is always a next step.
    pub fn of(site: &Site, reader: &Reader, failure: &Failure) -> FailurePage {
        let words = reader.words();
        let mut next_steps: Vec<_> = failure
            .next_steps()
            .iter()
            .map(|step| (words.say(step.key), step.href.clone()))
            .collect();
        if next_steps.is_empty() {
            next_steps.push((words.say("failure-next-home"), "/".to_owned()));
        }
        let title = failure.title(words);
        FailurePage {
            layout: Layout::new(site, reader, title.clone()),
            status: failure.kind.status().as_u16(),
            title,
            explanation: failure.explanation(words),
            next_steps,
        }
    }
}
