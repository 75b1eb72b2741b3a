//! Settings, loaded once: defaults, `terreau.toml`, `TERREAU__SECTION__KEY`, then the command line.

use std::path::{Path, PathBuf};

use clap::Args;
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use secrecy::SecretString;
use serde::Deserialize;
use terreau_commons::Settings;
use terreau_server::SiteSettings;

/// The settings file that is read when none is named.
const BESIDE: &str = "terreau.toml";

/// Everything that can be set; an unknown key is an error.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the commons is and how it is called.
    pub commons: CommonsSection,
    /// Where people are kept.
    pub database: DatabaseSection,
    /// How the site listens and sends mail.
    pub site: SiteSettings,
    /// What is written to the log.
    pub log: LogSection,
}

/// `[commons]`
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommonsSection {
    /// The data folder. Default `data`.
    pub data: PathBuf,
    /// A commons on disk to start from when the data folder is empty. Default: the starter commons in this program.
    pub content: Option<PathBuf>,
    /// The committer's name in git. Default `Terreau`.
    pub instance: String,
}

/// `[database]`
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSection {
    /// `postgres://user:password@host/name`. Default: SQLite in the data folder.
    pub url: Option<SecretString>,
}

/// `[log]`
#[derive(Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSection {
    /// What to write, in the words of tracing-subscriber's `EnvFilter`. Default `info`.
    pub filter: String,
    /// Whether lines are JSON, for machines. Default false.
    pub json: bool,
}

impl Default for CommonsSection {
    fn default() -> Self {
        CommonsSection {
            data: "data".into(),
            content: None,
            instance: "Terreau".into(),
        }
    }
}

impl Default for LogSection {
    fn default() -> Self {
        LogSection {
            filter: "info,actix_server=warn,tantivy=warn,sqlx=warn,sea_orm_migration=warn".into(),
            json: false,
        }
    }
}

/// The options that most commands share.
#[derive(Args, Clone, Debug, Default)]
pub struct Overrides {
    /// The data folder (default: data)
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The commons to start from when the data folder is empty
    #[arg(long, value_name = "DIR")]
    pub content: Option<PathBuf>,
    /// The address and port to listen on (default: 127.0.0.1:8080)
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// The public address, without a final slash
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

impl Config {
    /// Loads the settings of one run.
    ///
    /// # Errors
    /// When a file cannot be read, a key is unknown or a value is not of its type.
    pub fn load(file: Option<&Path>, overrides: &Overrides) -> anyhow::Result<Config> {
        let mut figment = Figment::new();
        // Without the option, a folder without settings is no mistake.
        let beside = Path::new(BESIDE).is_file().then(|| Path::new(BESIDE));
        if let Some(file) = file.or(beside) {
            anyhow::ensure!(file.is_file(), "{} is not a file", file.display());
            figment = figment.merge(Toml::file_exact(file));
        }
        figment = figment.merge(Env::prefixed("TERREAU__").split("__"));
        let mut config: Config = figment.extract()?;
        if let Some(data) = &overrides.data {
            config.commons.data.clone_from(data);
        }
        if overrides.content.is_some() {
            config.commons.content.clone_from(&overrides.content);
        }
        if let Some(listen) = &overrides.listen {
            config.site.listen.clone_from(listen);
        }
        if let Some(base_url) = &overrides.base_url {
            config.site.base_url = Some(base_url.trim_end_matches('/').to_owned());
        }
        Ok(config)
    }

    /// Returns the part that the commons needs.
    pub fn commons(&self) -> Settings {
        Settings {
            dir: self.commons.data.clone(),
            instance_host: self.host(),
            instance_name: self.commons.instance.clone(),
            database: self.database.url.clone(),
        }
    }

    /// Returns the host of the public address, or `localhost`.
    fn host(&self) -> String {
        let url = self.site.base_url.as_deref().unwrap_or("http://localhost");
        let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
        authority
            .split(['/', ':'])
            .next()
            .unwrap_or("localhost")
            .to_owned()
    }
}
