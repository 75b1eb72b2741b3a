//! The read-only switch.

use actix_web::web::{Data, Form};
use chrono::Utc;
use serde::Deserialize;
use terreau_community::Act;

use super::{ADMINISTRATION, steward};
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::{Answer, Failure, Reader, Site};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct SwitchForm {
    lecture_seule: String,
}

/// Stops all changes, or lets them go on.
///
/// `POST /administration/lecture-seule` → 303 · 403
pub async fn switch(reader: Reader, form: Form<SwitchForm>, site: Data<Site>) -> Answer {
    steward(&reader, &site, &Act::SwitchReadOnly)?;
    let on = match form.lecture_seule.as_str() {
        "oui" => true,
        "non" => false,
        _ => return Err(Failure::of(FailureKind::Malformed)),
    };
    site.commons
        .switch_read_only(&reader.actor, on, Utc::now())
        .await?;
    Ok(see_other(format!("{ADMINISTRATION}#lecture-seule")))
}
