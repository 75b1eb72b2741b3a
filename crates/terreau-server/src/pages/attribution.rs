//! Who made a card, and how to say so when reusing it.

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use terreau_card::{licence, plain_text};

use crate::dates::Moment;
use crate::layout::made_now;
use crate::pages::card::find;
use crate::{Answer, Layout, Reader, Site, url};

/// Someone who changed the card.
struct ContributorView {
    name: String,
    organisation: Option<String>,
    versions: String,
    last: Moment,
}

/// A paragraph and who last changed it.
struct ParagraphView {
    text: String,
    is_heading: bool,
    author: String,
    when: Moment,
    href: String,
    /// Whether the paragraph before has the same author and version, so that they are named once.
    continues: bool,
}

#[derive(Template)]
#[template(path = "attribution/page.html")]
struct AttributionPage {
    layout: Layout,
    path: String,
    title: String,
    text: String,
    html: String,
    markdown: String,
    licence_name: String,
    licence_url: Option<String>,
    licence_deed: Option<&'static str>,
    contributors: Vec<ContributorView>,
    paragraphs: Vec<ParagraphView>,
}

/// Shows who made a card, and the sentence to copy when reusing it.
///
/// `GET /{path}/attribution` → 200 · 301 · 304 · 404
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let head = find(&snapshot, &path, "/attribution", None)?;
    let credits = site
        .commons
        .credits(&snapshot, &head, site.base_url())
        .await?;
    let view = site.commons.read_card(&snapshot, &head).await?;
    let words = reader.words();
    let language = reader.language;
    let expression = view
        .card
        .licence()
        .unwrap_or(&snapshot.config().default_licence)
        .to_owned();
    let known = licence::find(&expression);
    let mut paragraphs: Vec<ParagraphView> = Vec::new();
    for (text, version) in &credits.paragraphs {
        let href = url::version(&head.path, version.commit);
        let continues = paragraphs.last().is_some_and(|last| last.href == href);
        paragraphs.push(ParagraphView {
            is_heading: text.starts_with('#'),
            text: plain_text(text),
            author: version.author.clone(),
            when: Moment::of(version.date, language),
            href,
            continues,
        });
    }
    let template = AttributionPage {
        layout: Layout::new(
            &site,
            &reader,
            words.tell("attribution-title", "title", &head.title),
        )
        .within("card"),
        path: url::card(&head.path),
        title: head.title.clone(),
        text: credits.attribution.text(language),
        html: credits.attribution.html(language).as_str().to_owned(),
        markdown: credits.attribution.markdown(language),
        licence_name: known.map_or(expression, |known| known.name.to_owned()),
        licence_url: known.map(|known| known.url.to_owned()),
        licence_deed: known
            .and_then(|known| known.deed_fr)
            .filter(|_| words.code() == "fr"),
        contributors: credits
            .contributors
            .into_iter()
            .map(|contributor| ContributorView {
                name: contributor.name,
                organisation: contributor.organisation,
                versions: words.tell("history-count", "count", contributor.versions),
                last: Moment::of(contributor.last, language),
            })
            .collect(),
        paragraphs,
    };
    made_now(&site, &request, &reader, &template)
}
