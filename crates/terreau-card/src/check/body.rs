//! The body: sections, images, links, raw HTML, the questionnaire.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag};

use super::Told;
use crate::{
    CardPath, CommonsConfig, Kind, Rule,
    links::{Target, body_links, relative, target},
    markdown,
    problem::QuestionFault,
    questions, sections,
};

/// At most so many pieces of HTML are told.
const MOST: usize = 5;

pub(super) fn check(told: &mut Told<'_>, path: &CardPath, config: &CommonsConfig) {
    check_sections(told, config);
    blocks(told);
    links(told, path);
}

fn check_sections(told: &mut Told<'_>, config: &CommonsConfig) {
    let card = told.card;
    let Some(kind) = card.kind() else { return };
    let defs = &config.kind(kind).sections;
    let language = card.spoken(config);
    let parts = sections::split(card.body(), defs, language);
    let base = card.body_start();
    let end = card.text().trim_end().len();
    for def in defs {
        let mut own = parts
            .iter()
            .filter(|part| part.code.as_ref() == Some(&def.code));
        let heading = || def.label.get(language).to_owned();
        match own.next() {
            None if def.required => told.tell(end, Rule::MissingSection { heading: heading() }),
            Some(part) if def.required && part.text.is_empty() => {
                told.tell(
                    base + part.heading_line.start,
                    Rule::EmptySection { heading: heading() },
                );
            }
            _ => {}
        }
        for again in own {
            told.tell(
                base + again.heading_line.start,
                Rule::SectionTwice { heading: heading() },
            );
        }
    }
}

fn blocks(told: &mut Told<'_>) {
    let card = told.card;
    let base = card.body_start();
    let mut html = 0;
    let mut questionnaires = 0;
    for (event, place) in Parser::new_ext(card.body(), markdown::options()).into_offset_iter() {
        match event {
            Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                html += 1;
                if html <= MOST {
                    told.tell(base + place.start, Rule::RawHtml);
                }
            }
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => told.tell(base + place.start, Rule::TitleInBody),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                if questions::is_questions(&info) =>
            {
                questionnaires += 1;
                if questionnaires > 1 {
                    told.tell(base + place.start, Rule::Questions(QuestionFault::Second));
                } else {
                    let inside =
                        questions::inside(card.text(), base + place.start..base + place.end);
                    let (_, problems) = questions::read(card.text(), inside);
                    told.problems.extend(problems);
                }
            }
            _ => {}
        }
    }
    if card.kind() == Some(Kind::Survey) && questionnaires == 0 {
        told.tell(
            card.text().trim_end().len(),
            Rule::Questions(QuestionFault::None),
        );
    }
}

fn links(told: &mut Told<'_>, path: &CardPath) {
    let media: Vec<String> = told
        .card
        .media()
        .into_iter()
        .map(|media| media.path)
        .collect();
    for link in body_links(told.card) {
        let place = link.place.start;
        match target(path, &link.written) {
            Target::File { path: file }
                if link.image && !media.contains(&file) && !media.contains(&link.written) =>
            {
                told.tell(place, Rule::MissingMedia { path: file });
            }
            Target::Card { .. } | Target::Lost { .. } if link.image => {
                told.tell(place, Rule::BadFilePath { text: link.written });
            }
            Target::Elsewhere if link.image => {
                told.tell(place, Rule::ForeignImage { url: link.written });
            }
            Target::Card {
                path: to,
                portable: false,
            } => {
                let tail = link
                    .written
                    .find(['#', '?'])
                    .map_or("", |start| &link.written[start..]);
                let better = relative(path, &to.file()) + tail;
                told.tell(
                    place,
                    Rule::SiteLink {
                        text: link.written,
                        better,
                    },
                );
            }
            Target::Lost { text } => told.tell(
                place,
                Rule::MissingCard {
                    path: text,
                    near: None,
                },
            ),
            _ => {}
        }
    }
}
