//! Who is to be credited for the tables, for pages and exports.

/// A source of the tables, with what its licence asks to be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source {
    /// What comes from it: `register` or `outlines`.
    pub of: &'static str,
    /// Who made it, as credited.
    pub credit: &'static str,
    /// Where it is published.
    pub url: &'static str,
    /// Licence, as an SPDX expression.
    pub licence: &'static str,
    /// Where the licence is.
    pub licence_url: &'static str,
}

/// The sources of the tables.
pub const SOURCES: &[Source] = &[
    Source {
        of: "register",
        credit: "Insee, DGCL, La Poste (Etalab, découpage administratif)",
        url: "https://github.com/datagouv/decoupage-administratif",
        licence: "etalab-2.0",
        licence_url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    },
    Source {
        of: "outlines",
        credit: "MapSVG, svg-maps",
        url: "https://mapsvg.com/maps/france-departments",
        licence: "CC-BY-4.0",
        licence_url: "https://creativecommons.org/licenses/by/4.0/",
    },
];
