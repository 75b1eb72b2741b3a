//! The commons that an empty data folder starts from: a folder, or the starter commons inside the program.

use std::path::Path;

use anyhow::Context;
use rust_embed::RustEmbed;
use terreau_commons::Starter;

/// `content/`, as it was when the program was built.
#[derive(RustEmbed)]
#[folder = "../../content/"]
struct StarterCommons;

/// Returns the files of the folder, or of the starter commons.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(content: Option<&Path>) -> anyhow::Result<Starter> {
    match content {
        Some(dir) => terreau_commons::read_folder(dir)
            .with_context(|| format!("cannot read {}", dir.display())),
        None => Ok(embedded()),
    }
}

/// Returns the settings of the starter commons.
pub fn commons_toml() -> String {
    let file =
        StarterCommons::get("commons.toml").expect("content/commons.toml is part of the checkout");
    String::from_utf8(file.data.into_owned()).expect("content/ is UTF-8, which a test checks")
}

fn embedded() -> Starter {
    StarterCommons::iter()
        .map(|path| {
            let file =
                StarterCommons::get(&path).expect("the list and the files come from one folder");
            (path.into_owned(), file.data.into_owned())
        })
        .collect()
}
