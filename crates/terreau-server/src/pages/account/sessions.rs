//! Where one is signed in: ending one session, or all the others.

use actix_web::web::{Data, Path};
use chrono::Utc;
use secrecy::ExposeSecret;

use super::own_account;
use crate::dates::Moment;
use crate::layout::see_other;
use crate::{Answer, Failure, Reader, Site};

/// A session in the list.
pub(super) struct SessionLine {
    pub(super) id: String,
    pub(super) since: Moment,
    pub(super) seen: Moment,
    pub(super) is_this: bool,
}

impl SessionLine {
    /// Gathers the reader's sessions, this one first.
    pub(super) async fn all(reader: &Reader, site: &Site) -> Result<Vec<SessionLine>, Failure> {
        let account = own_account(reader, site)?;
        let people = site.commons.people();
        let this = reader
            .session
            .as_ref()
            .map(|secret| people.session_id(secret.expose_secret()));
        let sessions = people.sessions(account.id, Utc::now()).await?;
        let mut lines: Vec<SessionLine> = sessions
            .into_iter()
            .map(|session| SessionLine {
                since: Moment::with_time(session.created_at, reader.language),
                seen: Moment::with_time(session.last_seen_at, reader.language),
                is_this: this.as_ref() == Some(&session.id),
                id: session.id,
            })
            .collect();
        lines.sort_by_key(|line| !line.is_this);
        Ok(lines)
    }
}

/// Ends one session.
///
/// `POST /compte/sessions/{id}/terminer` → 303 · 404
pub async fn end_session(reader: Reader, id: Path<String>, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    site.commons
        .people()
        .end_session(&reader.actor, account.id, &id)
        .await?;
    Ok(see_other("/compte#sessions"))
}

/// Ends every session but this one.
///
/// `POST /compte/sessions/autres` → 303
pub async fn end_others(reader: Reader, site: Data<Site>) -> Answer {
    let account = own_account(&reader, &site)?;
    let this = reader.session.as_ref().ok_or_else(Failure::missing)?;
    site.commons
        .people()
        .end_other_sessions(&reader.actor, account.id, this.expose_secret())
        .await?;
    Ok(see_other("/compte#sessions"))
}
