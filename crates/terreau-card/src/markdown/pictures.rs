//! Pictures: those of the commons are shown with what they say to people who can't see them; the others are links.

use crate::{Media, licence};

use super::{
    addresses::{Address, Addresses},
    escape::escape,
    runs::shortened,
    safe::OUTSIDE_REL,
    words::Words,
};

/// Writes a picture within a line.
pub(crate) fn write(
    html: &mut String,
    addresses: &Addresses<'_>,
    written: &str,
    title: &str,
    alt: &str,
    in_link: bool,
) {
    match addresses.image(written) {
        Some((source, media)) => html.push_str(&image(&source, alt_of(media, alt), title)),
        None => {
            let name = escape(if alt.is_empty() { written } else { alt });
            match addresses.link(written) {
                Address::Outside(address) if !in_link => {
                    html.push_str(&format!(
                        "<a href=\"{}\" rel=\"{OUTSIDE_REL}\">{name}</a>",
                        escape(&address)
                    ));
                }
                _ => html.push_str(&name),
            }
        }
    }
}

/// Writes a picture that stands alone, with its caption, its credit and its licence; says whether there was one to write.
pub(crate) fn write_figure(
    html: &mut String,
    addresses: &Addresses<'_>,
    words: Words,
    written: &str,
    title: &str,
    alt: &str,
) -> bool {
    let Some((source, media)) = addresses.image(written) else {
        return false;
    };
    let mut caption: Vec<String> = Vec::new();
    if !title.is_empty() {
        caption.push(escape(shortened(title)));
    }
    caption.extend(media.and_then(|media| credit(media, words)));
    html.push_str("<figure>");
    html.push_str(&image(&source, alt_of(media, alt), ""));
    if !caption.is_empty() {
        html.push_str(&format!("<figcaption>{}</figcaption>", caption.join(" — ")));
    }
    html.push_str("</figure>\n");
    true
}

fn image(source: &str, alt: &str, title: &str) -> String {
    let title = if title.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escape(shortened(title)))
    };
    format!(
        "<img src=\"{}\" alt=\"{}\"{title} loading=\"lazy\">",
        escape(source),
        escape(shortened(alt))
    )
}

/// Returns what a picture says: the words of the card's media list, else those beside the picture.
fn alt_of<'a>(media: Option<&'a Media>, alt: &'a str) -> &'a str {
    media
        .map(|media| media.alt.trim())
        .filter(|words| !words.is_empty())
        .unwrap_or(alt)
}

/// Returns « Crédit : …, licence … » as HTML.
fn credit(media: &Media, words: Words) -> Option<String> {
    let licence = media.licence.as_deref().map(|spdx| {
        let name = escape(&licence::name_of(spdx, words.and(), words.or()));
        match licence::find(spdx) {
            Some(licence) => {
                format!(
                    "{}<a href=\"{}\" rel=\"{OUTSIDE_REL}\">{name}</a>",
                    words.licence(),
                    licence.url
                )
            }
            None => format!("{}{name}", words.licence()),
        }
    });
    let credit = media
        .credit
        .as_deref()
        .map(|name| format!("{}{}", words.credit(), escape(name)));
    match (credit, licence) {
        (Some(credit), Some(licence)) => Some(format!("{credit}, {licence}")),
        (credit, licence) => credit.or(licence),
    }
}
