//! The `questions` block as people read it before they go and ask.

use crate::questions::{Question, QuestionKind, Questionnaire};

use super::{escape::escape, ids::Ids, words::Words};

/// Writes a questionnaire whose titles are headings of a level; says whether there was one to write.
pub(crate) fn write(html: &mut String, yaml: &str, level: u8, words: Words, ids: &mut Ids) -> bool {
    let (questionnaire, _) = Questionnaire::read(yaml, 1);
    if questionnaire
        .sections
        .iter()
        .all(|section| section.questions.is_empty())
    {
        return false;
    }
    html.push_str("<div class=\"questions\">\n");
    let mut number = 0;
    for section in &questionnaire.sections {
        if let Some(title) = &section.title {
            let id = ids.give("section", title);
            html.push_str(&format!(
                "<h{level} id=\"{id}\">{}</h{level}>\n",
                escape(title)
            ));
        }
        if let Some(intro) = &section.intro {
            html.push_str(&format!("<p>{}</p>\n", escape(intro)));
        }
        let mut in_list = false;
        for question in &section.questions {
            if question.kind == QuestionKind::Note {
                if std::mem::take(&mut in_list) {
                    html.push_str("</ol>\n");
                }
                html.push_str(&format!(
                    "<p class=\"note\">{}</p>\n",
                    escape(&question.label)
                ));
                continue;
            }
            number += 1;
            if !std::mem::replace(&mut in_list, true) {
                html.push_str(&format!("<ol start=\"{number}\">\n"));
            }
            write_question(html, question, words, ids);
        }
        if in_list {
            html.push_str("</ol>\n");
        }
    }
    html.push_str("</div>\n");
    true
}

fn write_question(html: &mut String, question: &Question, words: Words, ids: &mut Ids) {
    html.push_str(&format!(
        "<li id=\"{}\">",
        ids.give("question", &question.name)
    ));
    html.push_str(&format!(
        "<p class=\"question\">{}",
        escape(&question.label)
    ));
    for (marked, mark) in [
        (question.required, words.required()),
        (question.sensitive, words.sensitive()),
    ] {
        if marked {
            html.push_str(&format!(" <span class=\"mark\">({})</span>", escape(mark)));
        }
    }
    html.push_str("</p>\n");
    if let Some(condition) = &question.relevant {
        html.push_str(&format!(
            "<p class=\"relevant\">{}<code>{}</code></p>\n",
            escape(words.only_if()),
            escape(condition)
        ));
    }
    if let Some(hint) = &question.hint {
        html.push_str(&format!("<p class=\"hint\">{}</p>\n", escape(hint)));
    }
    if let Some(answer) = answer(question, words) {
        html.push_str(&format!("<p class=\"answer\">{}</p>\n", escape(&answer)));
    }
    let choices = question.choices.iter().map(|choice| choice.label.as_str());
    write_list(html, "choices", choices);
    if !question.probes.is_empty() {
        html.push_str(&format!(
            "<p class=\"probes\">{}</p>\n",
            escape(words.probes())
        ));
        write_list(html, "probes", question.probes.iter().map(String::as_str));
    }
    html.push_str("</li>\n");
}

/// Says how a question is answered.
fn answer(question: &Question, words: Words) -> Option<String> {
    match (question.kind, question.range) {
        (QuestionKind::Range, Some(range)) => Some(words.range(range.min, range.max, range.step)),
        (kind, _) => words.answer(kind).map(str::to_owned),
    }
}

fn write_list<'a>(html: &mut String, class: &str, items: impl Iterator<Item = &'a str>) {
    let items: String = items
        .map(|item| format!("<li>{}</li>", escape(item)))
        .collect();
    if !items.is_empty() {
        html.push_str(&format!("<ul class=\"{class}\">{items}</ul>\n"));
    }
}

/// Returns what is read of a questionnaire, line by line.
pub(crate) fn lines(yaml: &str) -> Vec<String> {
    let (questionnaire, _) = Questionnaire::read(yaml, 1);
    let mut lines = Vec::new();
    for section in questionnaire.sections {
        lines.extend(section.title);
        lines.extend(section.intro);
        for question in section.questions {
            lines.push(question.label);
            lines.extend(question.hint);
            lines.extend(question.choices.into_iter().map(|choice| choice.label));
            lines.extend(question.probes);
        }
    }
    lines
}
