//! What this is, under which licence, and how to take it all away; and the choice of a language.

use actix_web::web::{Data, Form};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;
use terreau_card::Language;

use crate::dates::Moment;
use crate::layout::{kept, see_other};
use crate::{Answer, Layout, Reader, Site, reader, url};

#[derive(Template)]
#[template(path = "about/page.html")]
struct AboutPage {
    layout: Layout,
    name: String,
    description: String,
    clone: String,
    commit: String,
    published: Moment,
    count: String,
    stewards: Vec<(String, String)>,
    software: &'static str,
}

/// Shows what this is.
///
/// `GET /a-propos` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let words = reader.words();
    let name = config.name.get(reader.language).to_owned();
    let stewards = config
        .governance
        .iter()
        .map(|rule| (rule.name.clone(), rule.stewards.join(", ")))
        .collect();
    let page = AboutPage {
        layout: Layout::new(&site, &reader, words.tell("about-title", "name", &name))
            .at(&site, "/a-propos")
            .within("about"),
        description: config.description.get(reader.language).to_owned(),
        name,
        clone: format!("git clone {}/commons.git", site.base_url()),
        commit: snapshot.commit().as_str().to_owned(),
        published: Moment::with_time(snapshot.date(), reader.language),
        count: words.tell(
            "search-count",
            "count",
            snapshot
                .counts()
                .iter()
                .map(|(_, count)| count)
                .sum::<usize>(),
        ),
        stewards,
        software: env!("CARGO_PKG_VERSION"),
    };
    kept(
        &site,
        &request,
        &reader,
        snapshot.commit(),
        snapshot.commit().short(),
        &page,
    )
    .await
}

/// A language, and where to come back.
#[derive(Deserialize)]
pub struct LanguageForm {
    langue: String,
    #[serde(default)]
    suite: String,
}

/// Remembers the language that somebody chose.
///
/// `POST /langue` → 303 back
pub async fn choose_language(form: Form<LanguageForm>, site: Data<Site>) -> HttpResponse {
    let mut answer = see_other(url::within_site(&form.suite));
    if let Some(language) = Language::parse(&form.langue) {
        let cookie = reader::language_cookie(&site, language);
        // A cookie of ours is made of fixed letters: it is always a header value.
        let _ = answer.add_cookie(&cookie);
    }
    answer
}
