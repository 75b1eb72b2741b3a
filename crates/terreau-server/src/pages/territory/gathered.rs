//! What a commons knows of places: its atlas and its reports, of one moment.

use std::sync::Arc;

use terreau_commons::{Atlas, Reports, Snapshot};

use crate::{Failure, Site};

/// The atlas and the reports of a moment.
pub struct Gathered {
    /// The moment.
    pub snapshot: Arc<Snapshot>,
    /// Territories and organisations that have cards.
    pub atlas: Arc<Atlas>,
    /// What happened where.
    pub reports: Arc<Reports>,
}

impl Gathered {
    /// Gathers them.
    ///
    /// # Errors
    /// `Unexpected` when the repository cannot be read.
    pub async fn of(site: &Site, snapshot: &Arc<Snapshot>) -> Result<Gathered, Failure> {
        Ok(Gathered {
            snapshot: Arc::clone(snapshot),
            atlas: site.commons.atlas(snapshot).await?,
            reports: site.commons.reports(snapshot).await?,
        })
    }
}
