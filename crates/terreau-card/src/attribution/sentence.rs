//! The sentence as a list of pieces, so that every form of it says the same.

use chrono::NaiveDate;

use crate::{
    Language, SafeHtml, licence,
    markdown::{ORIGIN_REL, encode_address, escape},
};

use super::{Attribution, Origin, Party};

/// From so many contributors on, the others are counted; the attribution page names them all.
const MAX_NAMES: usize = 12;

/// A piece of the sentence and what it says to machines.
pub(super) enum Piece {
    Words(String),
    Title(String),
    Names(String),
    Address(String),
    Date(NaiveDate, String),
    /// A licence by its name, with its canonical address when it is one that we know.
    Licence(String, Option<&'static str>),
    OriginTitle(String),
    OriginAddress(String),
}

pub(super) fn pieces(attribution: &Attribution, language: Language) -> Vec<Piece> {
    let words = Words(language);
    let mut pieces = vec![
        words.say("«\u{a0}", "“"),
        Piece::Title(attribution.title.clone()),
        words.say("\u{a0}» par ", "” by "),
        Piece::Names(names(attribution, words)),
        words.say(", ", ", "),
        Piece::Address(encode_address(&attribution.url)),
        words.say(", version du ", ", version of "),
        Piece::Date(
            attribution.version_date,
            words.date(attribution.version_date),
        ),
        words.say(", licence ", ", licence "),
    ];
    let known = licence::find(&attribution.licence).map(|licence| licence.url);
    pieces.push(Piece::Licence(words.licence(&attribution.licence), known));
    if let Some(url) = known {
        pieces.push(Piece::Words(format!(" ({url})")));
    }
    pieces.push(Piece::Words(".".to_owned()));
    for origin in &attribution.origins {
        push_origin(&mut pieces, origin, words);
    }
    pieces
}

/// Adds « Adapté de « … » par … (licence …) ; modifications : … »
fn push_origin(pieces: &mut Vec<Piece>, origin: &Origin, words: Words) {
    pieces.push(match origin.translated {
        true => words.say(" Traduit de «\u{a0}", " Translated from “"),
        false => words.say(" Adapté de «\u{a0}", " Adapted from “"),
    });
    pieces.push(Piece::OriginTitle(origin.title.clone()));
    pieces.push(words.say("\u{a0}»", "”"));
    if let Some(authors) = filled(&origin.authors) {
        pieces.push(words.say(" par ", " by "));
        pieces.push(Piece::Words(authors.to_owned()));
    }
    let licence = filled(&origin.licence).map(|spdx| format!("licence {}", words.licence(spdx)));
    let url = filled(&origin.url);
    if licence.is_some() || url.is_some() {
        pieces.push(Piece::Words(format!(
            " ({}",
            licence.as_deref().unwrap_or_default()
        )));
        if let Some(url) = url {
            pieces.push(Piece::Words(if licence.is_some() {
                ", ".to_owned()
            } else {
                String::new()
            }));
            pieces.push(Piece::OriginAddress(encode_address(url)));
        }
        pieces.push(Piece::Words(")".to_owned()));
    }
    if let Some(changes) = filled(&origin.changes) {
        pieces.push(words.say("\u{a0}; modifications\u{a0}: ", "; changes: "));
        pieces.push(Piece::Words(
            changes.trim_end_matches(['.', ' ']).to_owned(),
        ));
    }
    pieces.push(Piece::Words(".".to_owned()));
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// Names the authors, then who else took part.
fn names(attribution: &Attribution, words: Words) -> String {
    let authors = authors(&attribution.authors, words);
    let named: Vec<&str> = attribution
        .contributors
        .iter()
        .map(String::as_str)
        .take(MAX_NAMES)
        .collect();
    let others = words.others(attribution.contributors.len() - named.len());
    let contributors = named.join(", ") + &others;
    match (authors.is_empty(), contributors.is_empty()) {
        (false, true) => authors,
        (true, false) => contributors,
        (false, false) => format!(
            "{authors}, {} {contributors}",
            words.pick("avec les contributions de", "with contributions by")
        ),
        (true, true) => words
            .pick(
                "les personnes qui ont contribué à ce commun",
                "the contributors to this commons",
            )
            .to_owned(),
    }
}

fn authors(parties: &[Party], words: Words) -> String {
    let shared = parties
        .first()
        .and_then(|first| first.organisation.as_deref())
        .filter(|organisation| {
            parties.iter().all(|party| {
                party.organisation.as_deref() == Some(organisation) && party.role.is_none()
            })
        });
    if let Some(organisation) = shared {
        let names: Vec<&str> = parties.iter().map(|party| party.name.trim()).collect();
        return format!("{} ({})", names.join(", "), organisation.trim());
    }
    let names: Vec<String> = parties
        .iter()
        .map(|party| {
            let role = party.role.as_deref().map(|role| words.role(role));
            let details: Vec<&str> = party
                .organisation
                .as_deref()
                .map(str::trim)
                .into_iter()
                .chain(role)
                .collect();
            match details.is_empty() {
                true => party.name.trim().to_owned(),
                false => format!("{} ({})", party.name.trim(), details.join(", ")),
            }
        })
        .collect();
    names.join(", ")
}

pub(super) fn text(pieces: &[Piece]) -> String {
    pieces.iter().map(Piece::words).collect()
}

pub(super) fn markdown(pieces: &[Piece]) -> String {
    let mut markdown = String::new();
    for piece in pieces {
        let words = escape_markdown(piece.words());
        match piece {
            Piece::Title(_) => markdown.extend(["**", &words, "**"]),
            Piece::Names(_) | Piece::OriginTitle(_) => markdown.extend(["*", &words, "*"]),
            Piece::Address(url) | Piece::OriginAddress(url) if is_web(url) => {
                markdown.extend(["<", url, ">"]);
            }
            Piece::Licence(_, Some(url)) => markdown.extend(["[", &words, "](", url, ")"]),
            _ => markdown.push_str(&words),
        }
    }
    markdown
}

pub(super) fn html(pieces: &[Piece], about: &str) -> SafeHtml {
    let about = escape(&encode_address(about));
    let mut html = format!(
        "<span class=\"attribution\" about=\"{about}\" prefix=\"cc: http://creativecommons.org/ns# dct: http://purl.org/dc/terms/\">"
    );
    for piece in pieces {
        let words = escape(piece.words());
        html.push_str(&match piece {
            Piece::Words(_) => words,
            Piece::Title(_) => format!("<strong property=\"dct:title\">{words}</strong>"),
            Piece::Names(_) => format!("<em property=\"cc:attributionName\">{words}</em>"),
            Piece::Address(url) if is_web(url) => link("cc:attributionURL", url, &words),
            Piece::Date(date, _) => {
                format!("<time property=\"dct:modified\" datetime=\"{date}\">{words}</time>")
            }
            Piece::Licence(_, Some(url)) => link("license", url, &words),
            Piece::OriginTitle(_) => format!("<em>{words}</em>"),
            Piece::OriginAddress(url) if is_web(url) => link(ORIGIN_REL, url, &words),
            Piece::Address(_) | Piece::OriginAddress(_) | Piece::Licence(_, None) => words,
        });
    }
    html.push_str("</span>");
    SafeHtml::of_attribution(&html)
}

fn link(rel: &str, url: &str, words: &str) -> String {
    format!("<a rel=\"{rel}\" href=\"{}\">{words}</a>", escape(url))
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns words that Markdown takes as they are.
fn escape_markdown(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(
            letter,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#'
        ) {
            escaped.push('\\');
        }
        escaped.push(if letter.is_control() { ' ' } else { letter });
    }
    escaped
}

impl Piece {
    fn words(&self) -> &str {
        match self {
            Piece::Words(words)
            | Piece::Title(words)
            | Piece::Names(words)
            | Piece::Address(words)
            | Piece::Date(_, words)
            | Piece::Licence(words, _)
            | Piece::OriginTitle(words)
            | Piece::OriginAddress(words) => words,
        }
    }
}

/// The words of one language.
#[derive(Clone, Copy)]
struct Words(Language);

impl Words {
    fn pick(self, french: &'static str, english: &'static str) -> &'static str {
        match self.0 {
            Language::French => french,
            Language::English => english,
        }
    }

    fn say(self, french: &'static str, english: &'static str) -> Piece {
        Piece::Words(self.pick(french, english).to_owned())
    }

    fn licence(self, spdx: &str) -> String {
        licence::name_of(spdx, self.pick("et", "and"), self.pick("ou", "or"))
    }

    fn date(self, date: NaiveDate) -> String {
        match self.0 {
            Language::French => date.format("%d/%m/%Y").to_string(),
            Language::English => date.format("%-d %B %Y").to_string(),
        }
    }

    fn others(self, count: usize) -> String {
        match (count, self.0) {
            (0, _) => String::new(),
            (1, Language::French) => " et une autre personne".to_owned(),
            (1, Language::English) => " and one more person".to_owned(),
            (_, Language::French) => format!(" et {count} autres personnes"),
            (_, Language::English) => format!(" and {count} more people"),
        }
    }

    fn role(self, role: &str) -> &str {
        match role {
            "adaptation" => self.pick("adaptation", "adaptation"),
            "translation" => self.pick("traduction", "translation"),
            "review" => self.pick("relecture", "review"),
            "illustration" => self.pick("illustration", "illustration"),
            "testing" => self.pick("essai", "testing"),
            "coordination" => self.pick("coordination", "coordination"),
            other => other,
        }
    }
}
