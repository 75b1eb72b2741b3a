//! Communes, and the other names by which people know them.

use std::fmt;

use crate::area::{Department, Epci, Region};
use crate::register::Register;
use crate::size::size_class;
use crate::table::{CommuneRow, NO_EPCI, NO_POPULATION, OtherRow};

/// A commune of today.
#[derive(Clone, Copy)]
pub struct Commune<'r> {
    register: &'r Register,
    place: usize,
}

impl<'r> Commune<'r> {
    pub(crate) fn at(register: &'r Register, place: usize) -> Self {
        Self { register, place }
    }

    pub(crate) fn place(self) -> usize {
        self.place
    }

    fn row(self) -> &'r CommuneRow {
        &self.register.table.communes[self.place]
    }

    /// Returns its INSEE code, which is no postcode: `34144`, `2A004`.
    pub fn code(self) -> &'r str {
        std::str::from_utf8(&self.row().code).expect("codes were read from text")
    }

    /// Returns its name with its article: `Le Mans`.
    pub fn name(self) -> &'r str {
        self.register.table.get(self.row().name)
    }

    /// Returns its name with its department, to be shown where communes are chosen; finding it finds this commune.
    ///
    /// `Saint-Denis (974, La Réunion)`.
    pub fn label(self) -> String {
        let department = self.department();
        format!(
            "{} ({}, {})",
            self.name(),
            department.code(),
            department.name()
        )
    }

    /// Returns how many people live there (population municipale), in the year that the register names; none is known for
    /// land without inhabitants.
    pub fn population(self) -> Option<u32> {
        Some(self.row().population).filter(|&count| count != NO_POPULATION)
    }

    /// Returns the class of its population.
    pub fn size_class(self) -> Option<&'static str> {
        self.population().map(size_class)
    }

    /// Returns its postcodes.
    pub fn postcodes(self) -> impl Iterator<Item = String> + 'r {
        let usual = if self.row().code[0] == b'2' && self.row().code[1].is_ascii_alphabetic() {
            "20"
        } else {
            &self.code()[..2]
        };
        let written = self
            .register
            .table
            .get(self.row().postcodes)
            .split(' ')
            .filter(|code| !code.is_empty());
        written.map(move |code| {
            if code.len() == 3 {
                format!("{usual}{code}")
            } else {
                code.to_owned()
            }
        })
    }

    /// Returns its department, or the overseas collectivity that it is part of.
    pub fn department(self) -> Department<'r> {
        Department::at(self.register, usize::from(self.row().department))
    }

    /// Returns its region, or the overseas collectivity that it is part of.
    pub fn region(self) -> Region<'r> {
        self.department().region()
    }

    /// Returns the EPCI that it is a member of; a few islands and the overseas collectivities have none.
    pub fn epci(self) -> Option<Epci<'r>> {
        let place = self.row().epci;
        (place != NO_EPCI).then(|| Epci::at(self.register, usize::from(place)))
    }

    /// Returns the names of its parts, of the communes that became part of it, and its own of before.
    pub fn other_names(self) -> impl Iterator<Item = OtherName<'r>> {
        let others = &self.register.table.others;
        let first = self.row().first_other as usize;
        (first..others.len())
            .take_while(move |&other| others[other].commune as usize == self.place)
            .map(move |other| OtherName::at(self.register, other))
    }
}

impl PartialEq for Commune<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && std::ptr::eq(self.register, other.register)
    }
}

impl Eq for Commune<'_> {}

impl fmt::Debug for Commune<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code(), self.label())
    }
}

/// Why a name is another name of a commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// The name of a commune that became part of this one, or that this one gave up.
    Former,
    /// The name of a delegated commune (commune déléguée).
    Delegated,
    /// The name of an associated commune (commune associée).
    Associated,
    /// The name of a district of Paris, Lyon or Marseille (arrondissement municipal).
    District,
}

/// Another name of a commune, or of a part of it.
#[derive(Clone, Copy)]
pub struct OtherName<'r> {
    register: &'r Register,
    place: usize,
}

impl<'r> OtherName<'r> {
    pub(crate) fn at(register: &'r Register, place: usize) -> Self {
        Self { register, place }
    }

    fn row(self) -> &'r OtherRow {
        &self.register.table.others[self.place]
    }

    /// Returns the name.
    pub fn name(self) -> &'r str {
        self.register.table.get(self.row().name)
    }

    /// Returns the INSEE code that goes or went with it; often that of the commune itself.
    pub fn code(self) -> &'r str {
        if self.row().code == [0; 5] {
            return Commune::at(self.register, self.row().commune as usize).code();
        }
        std::str::from_utf8(&self.row().code).expect("codes were read from text")
    }

    /// Returns why it is a name of this commune.
    pub fn kind(self) -> NameKind {
        match self.row().kind {
            b'd' => NameKind::Delegated,
            b'a' => NameKind::Associated,
            b'm' => NameKind::District,
            _ => NameKind::Former,
        }
    }

    /// Returns the year in which a commune last ceased to bear the name; unknown after 2019, and for what still bears it.
    pub fn until(self) -> Option<u16> {
        Some(self.row().until).filter(|&year| year != 0)
    }
}

impl PartialEq for OtherName<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && std::ptr::eq(self.register, other.register)
    }
}

impl Eq for OtherName<'_> {}

impl fmt::Debug for OtherName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {} {:?} {:?}",
            self.code(),
            self.name(),
            self.kind(),
            self.until()
        )
    }
}
