//! A commons as plain files: reading a folder, checking it, writing a new one.

use std::path::Path;

use anyhow::Context;
use terreau_card::schema::{Field, Shape, fields_of, is_required};
use terreau_card::{
    Card, CardId, CommonsConfig, Kind, Language, Problem, SYNONYMS_FILE, Section, Value,
    check_commons, text_of,
};
use terreau_store::{CONFIG_FILE, MAILMAP_FILE};

use crate::settings::Starter;

/// Files of a folder larger than this are not part of a commons, in bytes.
const MAX_FILE_BYTES: u64 = 10 << 20;

/// Reads the files of a commons on disk, as repository paths and bytes; hidden files and folders stay out, but for the
/// names of people.
///
/// # Errors
/// When the folder cannot be read or a file is larger than 10 MiB.
pub fn read_folder(dir: &Path) -> anyhow::Result<Starter> {
    let mut files = Vec::new();
    read_into(dir, "", &mut files)?;
    files.sort();
    Ok(files)
}

fn read_into(dir: &Path, prefix: &str, files: &mut Starter) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let entry = entry?;
        let name = entry
            .file_name()
            .into_string()
            .map_err(|name| anyhow::anyhow!("{} is not UTF-8", name.display()))?;
        let kind = entry.file_type()?;
        let path = format!("{prefix}{name}");
        let is_hidden = name.starts_with('.') && path != MAILMAP_FILE;
        if is_hidden || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            read_into(&entry.path(), &format!("{path}/"), files)?;
        } else {
            anyhow::ensure!(
                entry.metadata()?.len() <= MAX_FILE_BYTES,
                "{path} is larger than 10 MiB"
            );
            files.push((path, std::fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// Checks a commons on disk or in a bare repository, and returns each problem with its file.
///
/// # Errors
/// When there is no commons at `path`.
pub fn check(path: &Path) -> anyhow::Result<Vec<(String, Problem)>> {
    let files = if path.join("HEAD").is_file() && path.join("objects").is_dir() {
        terreau_store::read_files(path)?
    } else {
        read_folder(path)?
    };
    let config = files.iter().find(|(name, _)| name == CONFIG_FILE);
    let (_, config) = config.with_context(|| {
        format!(
            "{} has no {CONFIG_FILE}: it is not a commons",
            path.display()
        )
    })?;
    let config =
        std::str::from_utf8(config).with_context(|| format!("{CONFIG_FILE} is not UTF-8"))?;
    let mut problems = Vec::new();
    let mut texts = Vec::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name != CONFIG_FILE) {
        let text = if name.ends_with(".md") || name == SYNONYMS_FILE {
            text_of(bytes)
        } else {
            Ok("")
        };
        match text {
            Ok(text) => texts.push((name.clone(), text)),
            Err(problem) => problems.push((name.clone(), problem)),
        }
    }
    problems.extend(check_commons(config, &texts));
    Ok(problems)
}

/// Makes the files of a new commons: `commons.toml` with this text, and one card of each kind whose sections hold their hints.
///
/// # Errors
/// When the settings do not read.
pub fn new_commons(config_text: &str, language: Language) -> anyhow::Result<Starter> {
    let config = CommonsConfig::read(config_text).map_err(|problems| {
        anyhow::anyhow!("commons.toml does not read: {} problems", problems.len())
    })?;
    let mut files: Starter = vec![(CONFIG_FILE.to_owned(), config_text.as_bytes().to_vec())];
    for kind in Kind::ALL {
        let (path, card) = example(kind, &config, language);
        files.push((path, card.text().as_bytes().to_vec()));
    }
    Ok(files)
}

/// A questionnaire of one question, which asks for the next ones.
const EXAMPLE_QUESTIONS: &str = "\n\n```questions\n- section: \"…\"\n  questions:\n    - name: question_1\n      label: \"… ?\"\n      type: text\n```";

/// Returns an example card of a kind, which passes `check`: an invitation to replace it.
fn example(kind: Kind, config: &CommonsConfig, language: Language) -> (String, Card) {
    let folder = &config.kind(kind).folder;
    let (title, slug) = match (kind, language) {
        (Kind::Page, Language::French) => ("Charte du commun".to_owned(), "charte"),
        (Kind::Page, Language::English) => ("Charter of the commons".to_owned(), "charter"),
        (_, Language::French) => (
            format!(
                "Exemple : {}",
                config.kind(kind).label.get(language).to_lowercase()
            ),
            "exemple",
        ),
        (_, Language::English) => (
            format!(
                "Example: {}",
                config.kind(kind).label.get(language).to_lowercase()
            ),
            "example",
        ),
    };
    let summary = match language {
        Language::French => {
            "Une fiche d’exemple : remplacez ces lignes par ce que vous savez, ou archivez-la."
        }
        Language::English => {
            "An example card: replace these lines with what you know, or archive it."
        }
    };
    let mut card = Card::new(kind, CardId(uuid::Uuid::now_v7()), language)
        .with("title", Some(Value::Text(title)))
        .with("summary", Some(Value::Text(summary.to_owned())));
    for field in fields_of(kind).filter(|field| is_required(kind, field)) {
        if card.value(field.key).is_none() {
            card = card.with(field.key, example_value(field, config));
        }
    }
    let mut sections: Vec<Section> = config
        .kind(kind)
        .sections
        .iter()
        .map(|section| Section {
            code: Some(section.code.clone()),
            heading: Some(section.label.get(language).to_owned()),
            text: section.hint.get(language).to_owned(),
        })
        .collect();
    if kind == Kind::Survey
        && let Some(last) = sections.last_mut()
    {
        last.text.push_str(EXAMPLE_QUESTIONS);
    }
    (
        format!("{folder}/{slug}.md"),
        card.with_sections(config, &sections),
    )
}

/// Returns a value that a required field accepts, from the commons' own words where it has some.
fn example_value(field: &Field, config: &CommonsConfig) -> Option<Value> {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    match field.shape {
        Shape::Code(vocabulary) => text(&config.terms(vocabulary).first()?.code),
        Shape::OneOf(choices) => text(choices.first()?),
        Shape::Text { .. } | Shape::Paragraph { .. } => text("…"),
        Shape::List(Shape::Code(vocabulary)) => Some(Value::List(vec![Value::Text(
            config.terms(vocabulary).first()?.code.clone(),
        )])),
        _ => None,
    }
}
