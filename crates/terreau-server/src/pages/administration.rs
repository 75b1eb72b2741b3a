//! What stewards look after: people, invitations, the read-only switch, the journal. `may` is asked by each use case; the pages
//! only ask once more so as to say 403 rather than show nothing.

mod accounts;
mod invitations;
mod journal;
mod switch;

use terreau_community::{Act, Answer as Permission};

use crate::failure::FailureKind;
use crate::{Failure, Reader, Site};

pub use accounts::{account, list, set_role, suspend};
pub use invitations::{invite, withdraw as withdraw_invitation};
pub use journal::show as journal;
pub use switch::switch as switch_read_only;

/// Where stewards begin.
pub const ADMINISTRATION: &str = "/administration";

/// Lets stewards in, and nobody else.
fn steward(reader: &Reader, site: &Site, act: &Act<'_>) -> Result<(), Failure> {
    reader.signed_in()?;
    match site.commons.may(&reader.actor, act) {
        Permission::Yes => Ok(()),
        Permission::SignIn | Permission::No(_) => {
            Err(Failure::of(FailureKind::Refused).message("administration-stewards-only"))
        }
    }
}
