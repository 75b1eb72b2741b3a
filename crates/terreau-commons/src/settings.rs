//! Where a commons lives and how it calls itself.

use std::path::PathBuf;

use secrecy::SecretString;

/// Says where the data folder is and how the instance signs its commits.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data folder: `commons.git`, the index, the SQLite database and caches live in it.
    pub dir: PathBuf,
    /// The host that completes contributors' addresses in commits: `<account>@users.<host>`.
    pub instance_host: String,
    /// The committer's name of every commit made here.
    pub instance_name: String,
    /// A PostgreSQL (or SQLite) address; `None` keeps people in `terreau.sqlite` of the data folder.
    pub database: Option<SecretString>,
}

/// The files that an empty data folder starts from: repository path and bytes.
pub type Starter = Vec<(String, Vec<u8>)>;
