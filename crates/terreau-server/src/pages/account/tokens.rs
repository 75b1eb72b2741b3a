//! Tokens of one's account: made, shown once, revoked.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Path};
use chrono::Utc;
use secrecy::ExposeSecret;
use terreau_community::{Scope, TokenId};

use super::{account_page, own_account, scopes};
use crate::layout::{page, see_other};
use crate::{Answer, Failure, Reader, Site};

/// The longest name of a token, in characters.
const LONGEST_NAME: usize = 80;

/// Makes a token and shows its secret, this once: no address leads to it again, so the answer is the page itself.
///
/// `POST /compte/jetons` → 201 page with the secret · 422 page with its problem
pub async fn create_token(
    reader: Reader,
    form: Form<Vec<(String, String)>>,
    site: Data<Site>,
) -> Answer {
    let account = own_account(&reader, &site)?;
    let words = reader.words();
    // A check list sends one name several times, which no struct of fields can hold.
    let pairs = form.into_inner();
    let name = pairs
        .iter()
        .find(|(key, _)| key == "nom")
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default();
    let chosen: Vec<Scope> = pairs
        .iter()
        .filter(|(key, _)| key == "portee")
        .filter_map(|(_, value)| value.parse().ok())
        .collect();
    let problem = if name.is_empty()
        || name.chars().count() > LONGEST_NAME
        || name.chars().any(char::is_control)
    {
        Some(words.say("account-token-needs-name"))
    } else if chosen.is_empty() {
        Some(words.say("account-token-needs-scope"))
    } else {
        None
    };
    if problem.is_some() {
        let mut shown = account_page(&reader, &site).await?;
        shown.scopes = scopes(words, account.role, &chosen);
        shown.token_name = name;
        shown.token_problem = problem;
        return page(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    let made = site
        .commons
        .people()
        .create_token(&reader.actor, account.id, &name, &chosen, Utc::now())
        .await?;
    let mut shown = account_page(&reader, &site).await?;
    shown.new_token = Some(made.secret.expose_secret().to_owned());
    page(StatusCode::CREATED, &shown)
}

/// Ends a token at once.
///
/// `POST /compte/jetons/{id}/revoquer` → 303 · 404
pub async fn revoke_token(reader: Reader, id: Path<String>, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    let id: TokenId = id.parse().map_err(|_| Failure::missing())?;
    site.commons
        .people()
        .revoke_token(&reader.actor, account.id, id, Utc::now())
        .await?;
    Ok(see_other("/compte#jetons"))
}
