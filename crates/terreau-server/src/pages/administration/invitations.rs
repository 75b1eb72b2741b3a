//! Invitations by mail: a link that makes an account with a role, once.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form};
use chrono::Utc;
use secrecy::ExposeSecret;
use serde::Deserialize;
use terreau_commons::{LinkPurpose, PeopleError};
use terreau_community::{Act, EmailAddress, Role};

use super::accounts::{Asked, list_page};
use super::{ADMINISTRATION, steward};
use crate::dates::Moment;
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::mail::{InvitationLetter, Mailer, Sending};
use crate::{Answer, Failure, Reader, Site, url};

/// What the form asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct InvitationForm {
    email: String,
    role: String,
}

/// What the page shows of them.
pub(super) struct Invitations {
    pub(super) open: Vec<InvitationLine>,
    pub(super) email: String,
    pub(super) roles: Vec<(&'static str, String, bool)>,
    pub(super) problem: Option<String>,
}

pub(super) struct InvitationLine {
    pub(super) email: String,
    pub(super) role: String,
    pub(super) until: Moment,
}

impl Invitations {
    pub(super) async fn of(
        reader: &Reader,
        site: &Site,
        form: InvitationForm,
        problem: Option<String>,
    ) -> Result<Invitations, Failure> {
        let words = reader.words();
        let chosen = form.role.parse().unwrap_or(Role::Editor);
        let open = site
            .commons
            .people()
            .invitations(&reader.actor, Utc::now())
            .await?;
        Ok(Invitations {
            open: open
                .into_iter()
                .filter_map(|link| {
                    let LinkPurpose::Invitation { role, .. } = link.purpose else {
                        return None;
                    };
                    Some(InvitationLine {
                        email: link.email?.as_str().to_owned(),
                        role: words.say(&format!("account-role-{role}")),
                        until: Moment::of(link.expires_at, reader.language),
                    })
                })
                .collect(),
            email: form.email,
            roles: offered()
                .map(|role| {
                    let label = words.say(&format!("account-role-{role}"));
                    (role.as_str(), label, role == chosen)
                })
                .collect(),
            problem,
        })
    }
}

/// Returns the roles that an invitation can give: everyone reads without one.
fn offered() -> impl Iterator<Item = Role> {
    Role::ALL
        .into_iter()
        .filter(|role| *role >= Role::Contributor)
}

/// Invites somebody.
///
/// `POST /administration/invitations` → 303 · 403 · 422 page with its problem · 503 when the mail server refuses
pub async fn invite(
    reader: Reader,
    form: Form<InvitationForm>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    steward(&reader, &site, &Act::Invite)?;
    let (form, words) = (form.into_inner(), reader.words());
    let role = form.role.parse().ok();
    let Some(role) = role.filter(|role| offered().any(|its| its == *role)) else {
        return Err(Failure::of(FailureKind::Malformed));
    };
    let sent = match EmailAddress::parse(&form.email) {
        Err(_) => Err("sign-in-ask-not-an-address"),
        Ok(email) => {
            let people = site.commons.people();
            match people.invite(&reader.actor, &email, role, Utc::now()).await {
                Ok(token) => Ok((email, token)),
                Err(PeopleError::Taken) => Err("administration-invite-taken"),
                Err(other) => return Err(other.into()),
            }
        }
    };
    let (email, token) = match sent {
        Ok(sent) => sent,
        Err(key) => {
            return list_page(
                &reader,
                &site,
                &Asked::default(),
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                Some(words.say(key)),
            )
            .await;
        }
    };
    let snapshot = site.commons.snapshot();
    let commons = snapshot.config().name.get(words.language);
    let by = reader.signed_in()?.credit_name.as_str();
    let link = url::sign_in_link(site.base_url(), token.expose_secret());
    let role = words.say(&format!("account-role-{role}"));
    let letter = InvitationLetter::write(words, email, commons, by, &role, &link)?;
    match mailer.send(letter).first_try().await {
        Sending::Refused => Err(Failure::of(FailureKind::Unavailable)
            .message("sign-in-mail-refused")
            .next("administration-next", ADMINISTRATION)),
        Sending::Sent | Sending::Later => Ok(see_other(format!(
            "{ADMINISTRATION}?fait=invitation#invitations"
        ))),
    }
}

/// What the form that takes one back sends.
#[derive(Debug, Deserialize)]
pub struct WithdrawForm {
    email: String,
}

/// Takes an invitation back.
///
/// `POST /administration/invitations/retirer` → 303 · 403 · 404 when it was used
pub async fn withdraw(reader: Reader, form: Form<WithdrawForm>, site: Data<Site>) -> Answer {
    steward(&reader, &site, &Act::Invite)?;
    let email = EmailAddress::parse(&form.email).map_err(|_| Failure::missing())?;
    site.commons
        .people()
        .withdraw_invitation(&reader.actor, &email)
        .await?;
    Ok(see_other(format!(
        "{ADMINISTRATION}?fait=retiree#invitations"
    )))
}
