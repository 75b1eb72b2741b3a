//! `terreau serve [--data DIR] [--content DIR] [--listen ADDR] [--base-url URL]`

use std::net::TcpListener;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use secrecy::ExposeSecret;
use terreau_commons::{Commons, OpenError};
use terreau_server::Site;
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogSection};
use crate::locale::Locale;
use crate::{check, starter};

/// The exit code when another process holds the data folder: `EX_TEMPFAIL` of sysexits.
const IN_USE: u8 = 75;

/// Serves until Ctrl-C or SIGTERM.
pub fn run(config: Config, locale: Locale) -> anyhow::Result<ExitCode> {
    start_log(&config.log)?;
    terreau_server::system().block_on(serve(config, locale))
}

async fn serve(config: Config, locale: Locale) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(&config.site.listen)
        .with_context(|| format!("cannot listen on {}", config.site.listen))?;
    let address = listener.local_addr()?;
    let content = config.commons.content.clone();
    let commons = match Commons::open(config.commons(), || starter::files(content.as_deref())).await
    {
        Err(OpenError::InUse) => {
            eprintln!(
                "{} {}",
                config.commons.data.display(),
                locale.say(
                    ": un autre terreau sert déjà ce dossier.",
                    ": another terreau serves this folder already."
                )
            );
            return Ok(ExitCode::from(IN_USE));
        }
        Err(OpenError::Invalid { file, problems }) => {
            for problem in &problems {
                check::print_text(&file, problem, locale);
            }
            return Ok(ExitCode::FAILURE);
        }
        other => other?,
    };
    tokio::spawn(Arc::clone(&commons).follow());
    let public = config.site.base_url.clone();
    let base_url = public
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let steward_link = commons
        .people()
        .first_steward_link(chrono::Utc::now())
        .await?;
    let site = Site::new(Arc::clone(&commons), config.site, &base_url)?;
    let server = terreau_server::serve(site, listener)?;
    println!(
        "{} http://{address}",
        locale.say("Terreau écoute sur", "Terreau listens on")
    );
    if let Some(public) = public {
        println!(
            "{} {public}",
            locale.say("Adresse publique :", "Public address:")
        );
    }
    if let Some(token) = steward_link {
        println!(
            "{}\n    {}",
            locale.say("Première intendance : ce lien, à usage unique, ouvre le compte qui tient le commun.", "First steward: this single-use link opens the account that keeps the commons."),
            terreau_server::url::sign_in_link(&base_url, token.expose_secret())
        );
    }
    server.await?;
    Ok(ExitCode::SUCCESS)
}

/// Returns a runtime for commands that serve nothing.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?)
}

/// Starts writing the log, to the standard error.
pub fn start_log(log: &LogSection) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&log.filter).context("log.filter")?;
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if log.json {
        subscriber.json().init();
    } else {
        subscriber.with_target(false).init();
    }
    Ok(())
}
