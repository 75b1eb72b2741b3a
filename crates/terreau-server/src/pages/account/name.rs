//! Hiding one's name, or showing it again.

use actix_web::web::{Data, Form};
use chrono::Utc;
use serde::Deserialize;

use super::own_account;
use crate::layout::see_other;
use crate::{Answer, Reader, Site};

/// What the form asks for.
#[derive(Debug, Deserialize)]
pub struct NameForm {
    /// `oui` hides the name, anything else shows it.
    #[serde(default)]
    masquer: String,
}

/// Hides one's name wherever this commons shows it, or shows it again.
///
/// `POST /compte/nom` → 303 · 401 · 403 for a token · 503 read-only
pub async fn hide_name(reader: Reader, form: Form<NameForm>, site: Data<Site>) -> Answer {
    own_account(&reader, &site)?;
    let hidden = form.masquer == "oui";
    site.commons
        .hide_name(&reader.actor, hidden, Utc::now())
        .await?;
    Ok(see_other("/compte?fait=profil#nom-montre"))
}
