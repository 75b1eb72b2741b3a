//! One edit, laid over the draft: written as it is, joined with what was published meanwhile, or moved.

use std::borrow::Cow;

use terreau_card::{
    Card, CardPath, CommonsConfig, Merged, Neighbours as _, Value, merge, move_links,
    rename_mentions, text_of,
};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::Source;
use crate::draft::Draft;
use crate::snapshot::{CONFIG_FILE, media_type};
use crate::{CommitId, Edit, StoreError, names};

/// Lays an edit over the draft.
pub(super) fn apply(
    draft: &mut Draft<'_>,
    source: &Source<'_>,
    edit: &Edit,
) -> Result<(), StoreError> {
    match edit {
        Edit::Put {
            path,
            text,
            base: None,
        } => create(draft, path, text),
        Edit::Put {
            path,
            text,
            base: Some(base),
        } => change(draft, source, path, text, base),
        Edit::Rename { from, to, base } => rename(draft, source, from, to, base.as_ref()),
        Edit::PutFile { path, bytes, base } => {
            refuse_if_changed(draft, source, path, base.as_ref())?;
            put_file(draft, path, bytes)
        }
    }
}

fn create(draft: &mut Draft<'_>, path: &CardPath, text: &str) -> Result<(), StoreError> {
    if draft.has_card(path) || draft.moved(path).is_some() {
        return Err(StoreError::Exists {
            path: path.to_string(),
        });
    }
    let file = path.file();
    draft.refuse_if_taken(&file)?;
    draft.write(path, &normal(&file, text)?);
    draft.about.insert(path.clone());
    Ok(())
}

fn change(
    draft: &mut Draft<'_>,
    source: &Source<'_>,
    path: &CardPath,
    text: &str,
    base: &CommitId,
) -> Result<(), StoreError> {
    let present = present_path(draft, path)?;
    let published = current_text(draft, source, &present)?;
    let sent = normal(&present.file(), text)?;
    let (then, base_text) = text_then(draft, source, path, &present, base)?;

    // The card may have been renamed since: what was written for the old place is mended for the new one.
    let base_text = mended(&base_text, &then, &present);
    let sent = mended(&sent, path, &present);

    let text = if base_text == published {
        sent.into_owned()
    } else {
        draft.merged = true;
        match merge(&base_text, &published, &sent) {
            Merged::Clean(text) => text,
            Merged::Conflicted(conflicts) => {
                return Err(StoreError::Conflict {
                    path: present,
                    base: base_text.into_owned(),
                    ours: published,
                    theirs: sent.into_owned(),
                    conflicts: Box::new(conflicts),
                    head: Box::new(draft.commit()),
                });
            }
        }
    };
    let identity = draft.id_at(&present);
    draft.write(&present, &text);
    if draft.id_at(&present).is_some_and(|id| Some(id) != identity) {
        return Err(StoreError::Unacceptable {
            path: present.file(),
            reason: "the identity of a card never changes",
        });
    }
    draft.about.insert(present);
    Ok(())
}

fn rename(
    draft: &mut Draft<'_>,
    source: &Source<'_>,
    from: &CardPath,
    to: &CardPath,
    base: Option<&CommitId>,
) -> Result<(), StoreError> {
    if let Some(base) = base
        && !source.store.is_published_in(source.repo, base)?
    {
        return Err(StoreError::missing(base));
    }
    let from = present_path(draft, from)?;
    if from == *to {
        return Ok(());
    }
    let taken_back = draft.moved(to).as_ref() == Some(&from);
    if draft.has_card(to) || (draft.moved(to).is_some() && !taken_back) {
        return Err(StoreError::Exists {
            path: to.to_string(),
        });
    }
    draft.refuse_if_taken(&to.file())?;

    let naming = draft.naming(&from);
    let (card, _) = Card::read(&current_text(draft, source, &from)?);
    let aliases = card
        .value("aliases")
        .and_then(Value::as_list)
        .unwrap_or_default();
    let other = |value: &&Value| {
        value.as_text() != Some(to.as_str()) && value.as_text() != Some(from.as_str())
    };
    let mut aliases: Vec<Value> = aliases.iter().filter(other).cloned().collect();
    aliases.push(from.as_str().into());
    let card = move_links(&card, &from, to).with("aliases", Some(Value::List(aliases)));
    draft.leave(&from);
    draft.write(to, card.text());

    for path in naming.iter().filter(|path| **path != from) {
        let (card, _) = Card::read(&current_text(draft, source, path)?);
        let card = rename_mentions(&card, path, &from, to);
        draft.write(path, card.text());
    }
    draft.about.remove(&from);
    draft.about.insert(to.clone());
    Ok(())
}

/// Refuses to write a file that is no card over what was published meanwhile: there is no joining two images.
fn refuse_if_changed(
    draft: &Draft<'_>,
    source: &Source<'_>,
    path: &str,
    base: Option<&CommitId>,
) -> Result<(), StoreError> {
    let Some(base) = base else { return Ok(()) };
    let then = source.store.file_in(source.repo, base, path)?;
    if then != draft.snapshot().file(path) {
        return Err(StoreError::Unacceptable {
            path: path.to_owned(),
            reason: "the file was changed meanwhile",
        });
    }
    Ok(())
}

fn put_file(draft: &mut Draft<'_>, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
    let unacceptable = |reason| StoreError::Unacceptable {
        path: path.to_owned(),
        reason,
    };
    if names::card(path).is_some() {
        return Err(unacceptable("a card is published as a card"));
    }
    if let Some(reason) = names::refusal(path) {
        return Err(unacceptable(reason));
    }
    if bytes.len() > names::MAX_FILE_BYTES {
        return Err(unacceptable("the file is larger than 10 MB"));
    }
    draft.refuse_if_taken(path)?;
    let refused = |problems| StoreError::Refused {
        path: path.to_owned(),
        problems,
    };
    let mut bytes = Cow::Borrowed(bytes);
    if media_type(path).starts_with("text/") {
        let text = text_of(&bytes).map_err(|problem| refused(vec![problem]))?;
        bytes = Cow::Owned(normal(path, text)?.into_owned().into_bytes());
    }
    if path == CONFIG_FILE {
        let text = text_of(&bytes).map_err(|problem| refused(vec![problem]))?;
        draft.config = Some(CommonsConfig::read(text).map_err(refused)?);
    }
    draft.files.insert(path.to_owned(), bytes.into_owned());
    Ok(())
}

/// Returns where a card is now, following old paths.
fn present_path(draft: &Draft<'_>, path: &CardPath) -> Result<CardPath, StoreError> {
    if draft.has_card(path) {
        return Ok(path.clone());
    }
    draft.moved(path).ok_or_else(|| StoreError::missing(path))
}

fn current_text(
    draft: &Draft<'_>,
    source: &Source<'_>,
    path: &CardPath,
) -> Result<String, StoreError> {
    if let Some(card) = draft.drafted(path) {
        return Ok(card.text().to_owned());
    }
    let head = draft
        .snapshot()
        .head(path)
        .ok_or_else(|| StoreError::missing(path))?;
    Ok(source.text(head)?.as_ref().to_owned())
}

/// Returns the text that the author started from, and where the card was then.
fn text_then(
    draft: &Draft<'_>,
    source: &Source<'_>,
    path: &CardPath,
    present: &CardPath,
    base: &CommitId,
) -> Result<(CardPath, String), StoreError> {
    let published = draft.snapshot();
    if base == published.commit()
        && let Some(head) = published.head(path)
    {
        // The usual case: nothing was published meanwhile, and no tree needs to be opened.
        return Ok((path.clone(), source.text(head)?.as_ref().to_owned()));
    }
    // An edit before this one may have moved the card just now.
    let old_paths = match draft.drafted(present) {
        Some(card) => card.aliases(),
        None => published
            .head(present)
            .map_or_else(Vec::new, |head| head.aliases.clone()),
    };
    for then in [path, present].into_iter().chain(&old_paths) {
        if let Some(text) = source.text_at(base, then)? {
            return Ok((then.clone(), text.as_ref().to_owned()));
        }
    }
    Err(StoreError::missing(format!("{path} in version {base}")))
}

fn mended<'t>(text: &'t str, from: &CardPath, to: &CardPath) -> Cow<'t, str> {
    if from == to {
        return Cow::Borrowed(text);
    }
    let (card, _) = Card::read(text);
    Cow::Owned(move_links(&card, from, to).text().to_owned())
}

/// Returns a text as the commons keeps it: composed letters, line feeds, no byte order mark, a last line that ends.
fn normal<'t>(file: &str, text: &'t str) -> Result<Cow<'t, str>, StoreError> {
    if text.len() > names::MAX_TEXT_BYTES {
        return Err(StoreError::Unacceptable {
            path: file.to_owned(),
            reason: "the text is larger than 1 MB",
        });
    }
    let mut text = Cow::Borrowed(text.trim_start_matches('\u{feff}'));
    if text.contains('\r') {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    if !is_nfc(&text) {
        text = Cow::Owned(text.nfc().collect());
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.to_mut().push('\n');
    }
    Ok(text)
}
