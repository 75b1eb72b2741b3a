//! The register: everything by its code.

use std::sync::OnceLock;

use crate::area::{Department, Epci, Region};
use crate::commune::{Commune, OtherName};
use crate::names::Names;
use crate::table::Table;

/// The table, compressed. `cargo xtask territories` writes it.
const COMPRESSED: &[u8] = include_bytes!("../data/register.txt.br");

/// The register of French territories.
#[derive(Debug)]
pub struct Register {
    pub(crate) table: Table,
    pub(crate) names: Names,
    /// Other names that came with a code of their own, in the order of these codes.
    other_codes: Vec<u32>,
    /// The folded names of regions, departments and EPCI, one after the other; made when they are asked for first.
    pub(crate) wider_names: OnceLock<Vec<String>>,
}

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched<'r> {
    /// A commune of the vintage of the register.
    Commune(Commune<'r>),
    /// A part of a commune, or a commune that became part of one since.
    Within(Commune<'r>, OtherName<'r>),
}

impl<'r> Matched<'r> {
    /// Returns the commune of today.
    pub fn commune(self) -> Commune<'r> {
        match self {
            Matched::Commune(commune) | Matched::Within(commune, _) => commune,
        }
    }
}

impl Register {
    /// Returns the register, unpacking it when it is asked for first.
    pub fn load() -> &'static Self {
        static REGISTER: OnceLock<Register> = OnceLock::new();
        REGISTER.get_or_init(|| {
            Self::unpack(COMPRESSED).expect("the table is ours, and the tests read it whole")
        })
    }

    fn unpack(compressed: &[u8]) -> Option<Self> {
        let mut text = Vec::with_capacity(4 * compressed.len());
        brotli_decompressor::BrotliDecompress(&mut &*compressed, &mut text).ok()?;
        let mut text = String::from_utf8(text).ok()?;
        text.shrink_to_fit();
        let table = Table::read(text)?;
        let mut other_codes: Vec<u32> = (0_u32..)
            .zip(&table.others)
            .filter(|(_, other)| other.code != [0; 5])
            .map(|(place, _)| place)
            .collect();
        other_codes.sort_by_key(|&place| table.others[place as usize].code);
        Some(Self {
            names: Names::of(&table),
            table,
            other_codes,
            wider_names: OnceLock::new(),
        })
    }

    /// Returns the year whose territories it knows: to be kept beside each code.
    pub fn vintage(&self) -> u16 {
        self.table.vintage
    }

    /// Returns the year of its populations (Mayotte: 2017).
    pub fn population_year(&self) -> u16 {
        self.table.population_year
    }

    /// Returns the commune of today with this INSEE code.
    pub fn commune(&self, code: &str) -> Option<Commune<'_>> {
        let code = code_of(code)?;
        let place = self
            .table
            .communes
            .binary_search_by_key(&code, |row| row.code)
            .ok()?;
        Some(Commune::at(self, place))
    }

    /// Returns what this INSEE code stands for or stood for: a commune, a part of one, one that became part of another.
    ///
    /// Where a code went with several names, the one borne last is told.
    pub fn by_code(&self, code: &str) -> Option<Matched<'_>> {
        if let Some(commune) = self.commune(code) {
            return Some(Matched::Commune(commune));
        }
        let code = code_of(code)?;
        let row = |place: u32| &self.table.others[place as usize];
        let first = self
            .other_codes
            .partition_point(|&place| row(place).code < code);
        let place = self.other_codes[first..]
            .iter()
            .copied()
            .take_while(|&place| row(place).code == code)
            .max_by_key(|&place| {
                (
                    row(place).kind != b'f',
                    row(place).until == 0,
                    row(place).until,
                )
            })?;
        Some(Matched::Within(
            Commune::at(self, row(place).commune as usize),
            OtherName::at(self, place as usize),
        ))
    }

    /// Returns the communes of today, in the order of their codes.
    pub fn communes(&self) -> impl ExactSizeIterator<Item = Commune<'_>> {
        (0..self.table.communes.len()).map(|place| Commune::at(self, place))
    }

    /// Returns the EPCI with this SIREN.
    pub fn epci(&self, siren: &str) -> Option<Epci<'_>> {
        self.epcis().find(|one| one.siren() == siren)
    }

    /// Returns the EPCI, in the order of their first communes.
    pub fn epcis(&self) -> impl ExactSizeIterator<Item = Epci<'_>> {
        (0..self.table.epcis.len()).map(|place| Epci::at(self, place))
    }

    /// Returns the department, or the overseas collectivity, with this INSEE code.
    pub fn department(&self, code: &str) -> Option<Department<'_>> {
        self.departments()
            .find(|one| one.code().eq_ignore_ascii_case(code))
    }

    /// Returns the departments and overseas collectivities, in the order of their codes.
    pub fn departments(&self) -> impl ExactSizeIterator<Item = Department<'_>> {
        (0..self.table.departments.len()).map(|place| Department::at(self, place))
    }

    /// Returns the region, or the overseas collectivity, with this INSEE code.
    pub fn region(&self, code: &str) -> Option<Region<'_>> {
        self.regions().find(|one| one.code() == code)
    }

    /// Returns the regions and overseas collectivities, in the order of their codes.
    pub fn regions(&self) -> impl ExactSizeIterator<Item = Region<'_>> {
        (0..self.table.regions.len()).map(|place| Region::at(self, place))
    }
}

/// Reads a code of five characters; Corsica's letters may be small.
fn code_of(code: &str) -> Option<[u8; 5]> {
    code.to_ascii_uppercase().as_bytes().try_into().ok()
}
