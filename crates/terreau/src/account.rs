//! `terreau account grant --data DIR EMAIL ROLE`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use terreau_commons::People;
use terreau_community::{Actor, EmailAddress, Role};

use crate::config::{Config, Overrides};
use crate::locale::Locale;
use crate::serve;

/// What to do with accounts.
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Gives an account a role; makes the account when there is none
    Grant {
        /// The data folder (default: data)
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// The address of the account
        email: String,
        /// contributor, editor or steward
        role: String,
    },
}

impl Arguments {
    /// Returns the options shared with other commands.
    pub fn overrides(&self) -> Overrides {
        let Action::Grant { data, .. } = &self.action;
        Overrides {
            data: data.clone(),
            ..Overrides::default()
        }
    }
}

/// Runs beside a server as well as without one.
pub fn run(arguments: &Arguments, config: Config, locale: Locale) -> anyhow::Result<ExitCode> {
    let Action::Grant { email, role, .. } = &arguments.action;
    let email = EmailAddress::parse(email)
        .with_context(|| format!("“{email}” is not an e-mail address"))?;
    let role: Role = role
        .parse()
        .ok()
        .with_context(|| format!("“{role}” is not a role: contributor, editor, steward"))?;
    let account = serve::runtime()?.block_on(async {
        let people = People::open(&config.commons()).await?;
        anyhow::Ok(
            people
                .grant(&Actor::Program, &email, role, chrono::Utc::now())
                .await?,
        )
    })?;
    println!(
        "{} {} : {}",
        locale.say("Compte", "Account"),
        account.credit_name,
        account.role
    );
    Ok(ExitCode::SUCCESS)
}
