//! Files that come with cards: how a page shows them, and how their bytes leave.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use terreau_card::{Card, CardPath, Language, Media, image_paths, licence};
use terreau_commons::{Attachment, Format, ReadError, Resolved, Snapshot};

use crate::{Answer, Reader, Site, Words};

/// The media type of the documents that come with cards.
pub const PDF: &str = "application/pdf";
/// What a file may do when it is opened alone: nothing.
/// Source: reliability.md §3 row 5.
const POLICY: &str = "default-src 'none'; sandbox";

/// A file that is shown after a text.
pub struct MediaView {
    /// Where it is.
    pub href: String,
    /// What it shows; the title of a document.
    pub alt: String,
    /// Says what a picture shows, to those who look whether it is well said.
    pub read_aloud: Option<String>,
    /// Whether it is a picture; else it is a document to fetch.
    pub is_picture: bool,
    /// Width and height, when they are known.
    pub size: Option<(u32, u32)>,
    /// What a document is and how large.
    pub weight: String,
    /// Says who made it.
    pub credit: Option<String>,
    /// Name and address of its licence; the address is empty when nobody knows it.
    pub licence: Option<(String, String)>,
}

impl MediaView {
    /// Makes the view of what is attached to a try-out.
    pub fn attached(attachment: &Attachment, href: String, words: Words) -> MediaView {
        let said = &attachment.words;
        MediaView {
            href,
            read_aloud: attachment
                .format
                .is_picture()
                .then(|| words.tell("media-read-aloud", "alt", &said.alt)),
            alt: said.alt.clone(),
            is_picture: attachment.format.is_picture(),
            size: attachment.size,
            weight: weight(attachment.length, words),
            credit: credited(&said.credit, words),
            licence: Some(named(&said.licence)),
        }
    }
}

/// Returns the files of a card that its text does not show, as far as the commons has them.
///
/// # Errors
/// When the repository does not answer.
pub async fn enclosed(
    site: &Site,
    snapshot: &Arc<Snapshot>,
    card: &Card,
    path: &CardPath,
    words: Words,
) -> Result<Vec<MediaView>, ReadError> {
    let shown = within(card, path);
    let mut views = Vec::new();
    for media in card.media() {
        if shown.contains(&media.path) {
            continue;
        }
        let Resolved::File(blob, media_type) = snapshot.resolve(&media.path) else {
            continue;
        };
        let is_picture = media_type.starts_with("image/");
        if !is_picture && media_type != PDF {
            continue;
        }
        let weight = match is_picture {
            true => String::new(),
            false => weight(site.commons.media_length(&blob).await?, words),
        };
        views.push(view(media, is_picture, weight, words));
    }
    Ok(views)
}

fn view(media: Media, is_picture: bool, weight: String, words: Words) -> MediaView {
    MediaView {
        href: format!("/{}", media.path),
        alt: media.alt,
        read_aloud: None,
        is_picture,
        size: None,
        weight,
        credit: credited(media.credit.as_deref().unwrap_or_default(), words),
        licence: media.licence.as_deref().map(named),
    }
}

/// Returns the media of a card that its text shows, as the front matter writes them.
pub fn within(card: &Card, path: &CardPath) -> BTreeSet<String> {
    let shown = image_paths(card, path).into_iter().map(|image| image.path);
    let mut shown: BTreeSet<String> = shown.collect();
    // An entry may be written as in the text, seen from the card.
    let as_written = card.media().into_iter().map(|media| media.path);
    shown.extend(as_written.filter(|written| written.starts_with("../")));
    shown
}

fn credited(name: &str, words: Words) -> Option<String> {
    (!name.is_empty()).then(|| words.tell("media-credit", "name", name))
}

fn named(spdx: &str) -> (String, String) {
    match licence::find(spdx) {
        Some(known) => (known.name.to_owned(), known.url.to_owned()),
        None => (spdx.to_owned(), String::new()),
    }
}

/// Says how large a document is.
pub fn weight(bytes: u64, words: Words) -> String {
    let tenths = (bytes + 50_000) / 100_000;
    if tenths < 10 {
        let kilobytes = bytes.div_ceil(1_000);
        return words.tell("media-document-kb", "size", kilobytes.to_string());
    }
    let point = match words.language {
        Language::French => ',',
        _ => '.',
    };
    let size = match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}{point}{tenth}", tenths / 10),
    };
    words.tell("media-document-mb", "size", size)
}

/// Makes of an answer one that does nothing when it is opened alone; a document is kept, not shown.
pub fn seal(answer: &mut HttpResponse, media_type: &str, name: &str) {
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    if media_type == PDF {
        let plain: String = name
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_'))
            .collect();
        let told = HeaderValue::from_str(&format!("attachment; filename=\"{plain}\""));
        headers.insert(
            header::CONTENT_DISPOSITION,
            told.expect("letters, digits, dots and dashes are a header value"),
        );
    }
}

/// Gives bytes that only some may see: nobody keeps them.
pub fn private(format: Format, bytes: Vec<u8>, name: &str) -> HttpResponse {
    let mut answer = HttpResponse::Ok()
        .content_type(format.media_type())
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .body(bytes);
    let name = format!("{name}.{}", format.ending());
    seal(&mut answer, format.media_type(), &name);
    answer
}

/// Gives a file that a proposal puts beside a card, to those who see the proposal.
///
/// `GET /propositions/{number}/fichiers/{file}` → 200 · 404
pub async fn proposed(reader: Reader, path: Path<(u64, String)>, site: Data<Site>) -> Answer {
    let (number, file) = path.into_inner();
    let found = site.commons.proposed_media(&reader.actor, number, &file);
    let (format, bytes) = found.await?;
    Ok(private(format, bytes, &format!("proposition-{number}")))
}
