//! Where the index lives: one folder per rebuild, `v<schema>-<number>`, the newest sound one is the index.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tantivy::directory::MmapDirectory;
use tantivy::index::SegmentId;
use tantivy::{Index, IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use crate::SearchError;
use crate::analysis::Analyser;
use crate::schema::{Fields, UPDATED, VERSION, schema};
use crate::values::Unpacked;

/// Files that every segment has; a list of removed cards comes beside when there are any.
const PARTS: [&str; 6] = [".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"];

/// An open index, on disk or in memory.
pub(crate) struct Opened {
    pub index: Index,
    pub reader: IndexReader,
    pub fields: Fields,
    pub values: Unpacked,
    /// Folder and its number; `None` in memory.
    pub folder: Option<(PathBuf, u64)>,
    /// Commit that searches show.
    pub shown: Mutex<Option<String>>,
}

/// Opens the newest sound index under `home` and removes all others; `None` when there is none.
pub(crate) fn newest(home: &Path, analyser: &Analyser) -> Result<Option<Opened>, SearchError> {
    fs::create_dir_all(home)?;
    let mut folders = Vec::new();
    for entry in fs::read_dir(home)? {
        let path = entry?.path();
        if let Some((version, number)) = version_and_number(&path) {
            folders.push((version, number, path));
        }
    }
    folders.sort();
    let mut sound: Option<Opened> = None;
    for (version, number, path) in folders.into_iter().rev() {
        if version == VERSION && sound.is_none() {
            match open(&path, number, analyser) {
                Ok(opened) => {
                    sound = Some(opened);
                    continue;
                }
                Err(reason) => {
                    tracing::warn!(folder = %path.display(), reason, "search index thrown away");
                }
            }
        }
        remove(&path)?;
    }
    Ok(sound)
}

/// Makes an empty index in a new folder, after `last`.
pub(crate) fn fresh(home: &Path, last: u64, analyser: &Analyser) -> Result<Opened, SearchError> {
    let number = last + 1;
    let path = home.join(format!("v{VERSION}-{number}"));
    if path.exists() {
        remove(&path)?;
    }
    fs::create_dir_all(&path)?;
    let directory = MmapDirectory::open(&path).map_err(TantivyError::from)?;
    let index = Index::builder()
        .schema(schema().0)
        .settings(settings())
        .open_or_create(directory)?;
    opened(index, Some((path, number)), None, analyser)
}

/// Makes an empty index in memory.
pub(crate) fn in_memory(analyser: &Analyser) -> Opened {
    let index = Index::builder()
        .schema(schema().0)
        .settings(settings())
        .create_in_ram();
    let opened = index
        .map_err(SearchError::from)
        .and_then(|index| opened(index, None, None, analyser));
    opened.expect("an empty index in memory depends on nothing outside")
}

/// Removes what lies at a path; that it is already gone is fine.
pub(crate) fn remove(path: &Path) -> Result<(), SearchError> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Returns what the name of one of our folders says; `None` for anything else, which is left alone.
fn version_and_number(path: &Path) -> Option<(u32, u64)> {
    let (version, number) = path
        .file_name()?
        .to_str()?
        .strip_prefix('v')?
        .split_once('-')?;
    Some((version.parse().ok()?, number.parse().ok()?))
}

fn settings() -> IndexSettings {
    // One thread less; compressing is a small part of the work.
    IndexSettings {
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// Opens an index that was completed and is sound, else tells why not.
fn open(path: &Path, number: u64, analyser: &Analyser) -> Result<Opened, String> {
    let checked = || -> Result<Opened, String> {
        let text = |error: TantivyError| error.to_string();
        let directory = MmapDirectory::open(path).map_err(|error| error.to_string())?;
        let index = Index::open(directory).map_err(text)?;
        if index.schema() != schema().0 {
            return Err("other schema".to_owned());
        }
        let shown = index
            .load_metas()
            .map_err(text)?
            .payload
            .ok_or("never completed")?;
        check_files(&index, path)?;
        let folder = Some((path.to_owned(), number));
        let opened =
            opened(index, folder, Some(shown), analyser).map_err(|error| error.to_string())?;
        check_counts(&opened)?;
        Ok(opened)
    };
    // Reading bytes that make no sense is allowed to panic in there; it must not stop a node from starting.
    catch_unwind(AssertUnwindSafe(checked)).unwrap_or_else(|_| Err("unreadable".to_owned()))
}

fn opened(
    mut index: Index,
    folder: Option<(PathBuf, u64)>,
    shown: Option<String>,
    analyser: &Analyser,
) -> Result<Opened, SearchError> {
    index.set_tokenizers(analyser.tokenizers());
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into()?;
    let fields = schema().1;
    Ok(Opened {
        index,
        reader,
        fields,
        values: Unpacked::default(),
        folder,
        shown: Mutex::new(shown),
    })
}

/// Compares every file of the live segments with its checksum; all must be there.
fn check_files(index: &Index, path: &Path) -> Result<(), String> {
    let segments = index
        .searchable_segment_ids()
        .map_err(|error| error.to_string())?;
    let segments: Vec<String> = segments.iter().map(SegmentId::uuid_string).collect();
    let mut parts = 0;
    for entry in fs::read_dir(path).map_err(|error| error.to_string())? {
        let file = PathBuf::from(entry.map_err(|error| error.to_string())?.file_name());
        let name = file.to_string_lossy();
        if !segments.iter().any(|segment| name.starts_with(segment)) {
            continue;
        }
        if !index
            .directory()
            .validate_checksum(&file)
            .map_err(|error| error.to_string())?
        {
            return Err(format!("{name} differs from its checksum"));
        }
        parts += usize::from(PARTS.iter().any(|part| name.ends_with(part)));
    }
    // Some readers take a missing file for an empty one.
    if parts < segments.len() * PARTS.len() {
        Err("a file is missing".to_owned())
    } else {
        Ok(())
    }
}

/// Compares the counts of `meta.json`, which has no checksum, with what the files hold.
fn check_counts(opened: &Opened) -> Result<(), String> {
    for segment in opened.reader.searcher().segment_readers() {
        let updated = segment
            .fast_fields()
            .i64(UPDATED)
            .map_err(|error| error.to_string())?;
        let alive = segment
            .alive_bitset()
            .map_or(segment.max_doc(), |alive| alive.num_alive_docs() as u32);
        if updated.num_docs() != segment.max_doc() || alive != segment.num_docs() {
            return Err("the number of cards differs".to_owned());
        }
    }
    Ok(())
}
