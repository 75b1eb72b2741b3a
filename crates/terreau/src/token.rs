//! `terreau token create | list | revoke`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use secrecy::ExposeSecret;
use terreau_commons::People;
use terreau_community::{Actor, EmailAddress, Scope, TokenId};

use crate::config::{Config, Overrides};
use crate::locale::Locale;
use crate::serve;

/// What to do with tokens.
#[derive(Args)]
pub struct Arguments {
    /// The data folder (default: data)
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Makes a token and prints it, once
    Create {
        /// The address of the account that it acts for
        #[arg(long, value_name = "EMAIL")]
        account: String,
        /// What it may do: card:write, proposal:write, review:write, experience:write, mirror:push, admin
        #[arg(long, value_name = "SCOPE", required = true, num_args = 1..)]
        scope: Vec<String>,
        /// What it is for
        #[arg(long, default_value = "terreau token create")]
        name: String,
    },
    /// Lists the tokens of an account
    List {
        /// The address of the account
        #[arg(long, value_name = "EMAIL")]
        account: String,
    },
    /// Ends a token at once
    Revoke {
        /// The address of the account
        #[arg(long, value_name = "EMAIL")]
        account: String,
        /// The token's id, as listed
        id: uuid::Uuid,
    },
}

impl Arguments {
    /// Returns the options shared with other commands.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            data: self.data.clone(),
            ..Overrides::default()
        }
    }
}

/// Runs beside a server as well as without one.
pub fn run(arguments: &Arguments, config: Config, locale: Locale) -> anyhow::Result<ExitCode> {
    serve::runtime()?.block_on(act(&arguments.action, &config, locale))?;
    Ok(ExitCode::SUCCESS)
}

async fn act(action: &Action, config: &Config, locale: Locale) -> anyhow::Result<()> {
    let people = People::open(&config.commons()).await?;
    let owner = |email: &str| {
        EmailAddress::parse(email).with_context(|| format!("“{email}” is not an e-mail address"))
    };
    match action {
        Action::Create {
            account,
            scope,
            name,
        } => {
            let scopes = scope
                .iter()
                .map(|name| scope_named(name))
                .collect::<anyhow::Result<Vec<_>>>()?;
            let account = people
                .account(&owner(account)?)
                .await
                .with_context(|| format!("no account for {account}"))?;
            let token = people
                .create_token(
                    &Actor::Program,
                    account.id,
                    name,
                    &scopes,
                    chrono::Utc::now(),
                )
                .await?;
            eprintln!(
                "{}",
                locale.say(
                    "Gardez ce jeton, il ne sera plus montré :",
                    "Keep this token, it will not be shown again:"
                )
            );
            println!("{}", token.secret.expose_secret());
        }
        Action::List { account } => {
            let account = people
                .account(&owner(account)?)
                .await
                .with_context(|| format!("no account for {account}"))?;
            for token in people.tokens(&Actor::Program, account.id).await? {
                let scopes: Vec<String> = token.scopes.iter().map(ToString::to_string).collect();
                println!(
                    "{}  {}  {}  {}",
                    token.id,
                    token.created_at.format("%Y-%m-%d"),
                    scopes.join(" "),
                    token.name
                );
            }
        }
        Action::Revoke { account, id } => {
            let account = people
                .account(&owner(account)?)
                .await
                .with_context(|| format!("no account for {account}"))?;
            people
                .revoke_token(
                    &Actor::Program,
                    account.id,
                    TokenId::new(*id),
                    chrono::Utc::now(),
                )
                .await?;
            println!("{}", locale.say("Jeton révoqué.", "Token revoked."));
        }
    }
    Ok(())
}

fn scope_named(name: &str) -> anyhow::Result<Scope> {
    name.parse()
        .ok()
        .with_context(|| format!("“{name}” is not a scope"))
}
