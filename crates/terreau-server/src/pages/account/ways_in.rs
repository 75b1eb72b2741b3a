//! The ways into one's account beside the mailed link: which providers vouch for its owner.

use actix_web::web::{Data, Path};
use terreau_commons::IdentityId;

use super::own_account;
use crate::dates::Moment;
use crate::failure::FailureKind;
use crate::layout::see_other;
use crate::mail::Mailer;
use crate::pages::sign_in::{ProviderChoice, WAYS_IN, choices};
use crate::{Answer, Failure, Reader, Site};

/// What the account page shows of them.
pub(super) struct WaysIn {
    pub(super) linked: Vec<WayIn>,
    pub(super) offered: Vec<ProviderChoice>,
}

pub(super) struct WayIn {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) since: Moment,
    pub(super) used: Option<Moment>,
}

impl WaysIn {
    /// Gathers what opens the reader's account, and what could.
    pub(super) async fn of(reader: &Reader, site: &Site) -> Result<WaysIn, Failure> {
        let account = own_account(reader, site)?;
        let identities = site
            .commons
            .people()
            .identities(&reader.actor, account.id)
            .await?;
        let linked: Vec<&str> = identities.iter().map(|one| one.issuer.as_str()).collect();
        let offered = choices(site, &linked);
        Ok(WaysIn {
            linked: identities
                .into_iter()
                .map(|identity| WayIn {
                    id: identity.id.to_string(),
                    name: site.providers.name_of(&identity.issuer),
                    since: Moment::of(identity.linked_at, reader.language),
                    used: identity
                        .last_used_at
                        .map(|used| Moment::of(used, reader.language)),
                })
                .collect(),
            offered,
        })
    }

    /// Tells whether there is nothing to say of them.
    pub(super) fn is_empty(&self) -> bool {
        self.linked.is_empty() && self.offered.is_empty()
    }
}

/// Takes a way in away; the last one stays while no letter reaches people.
///
/// `POST /compte/entrer/{id}/retirer` → 303 · 404 · 409
pub async fn unlink(
    reader: Reader,
    id: Path<String>,
    site: Data<Site>,
    mailer: Data<Mailer>,
) -> Answer {
    let account = own_account(&reader, &site)?;
    let id: IdentityId = id.parse().map_err(|_| Failure::missing())?;
    let is_gone = site
        .commons
        .people()
        .unlink_identity(&reader.actor, account.id, id, mailer.sends())
        .await?;
    if is_gone {
        return Ok(see_other("/compte?fait=entree#entrer"));
    }
    Err(Failure::of(FailureKind::Conflict)
        .message("account-ways-in-last")
        .next("sign-in-to-account", WAYS_IN))
}
