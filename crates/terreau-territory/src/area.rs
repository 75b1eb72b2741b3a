//! What communes belong to: EPCI, departments, regions.

use std::fmt;

use crate::commune::Commune;
use crate::register::Register;
use crate::table::{AreaRow, EpciRow};

/// Where an area lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Metropolitan France.
    Metropolitan,
    /// A department overseas (DROM).
    OverseasDepartment,
    /// An overseas collectivity (COM and others), which stands for a department and a region.
    OverseasCollectivity,
}

impl Zone {
    fn of(word: &str) -> Self {
        match word {
            "drom" => Zone::OverseasDepartment,
            "com" => Zone::OverseasCollectivity,
            _ => Zone::Metropolitan,
        }
    }
}

/// What the handles on a row of the register have in common.
macro_rules! handle {
    ($name:ident, $rows:ident, $row:ty, $code:ident) => {
        impl<'r> $name<'r> {
            pub(crate) fn at(register: &'r Register, place: usize) -> Self {
                Self { register, place }
            }

            fn row(self) -> &'r $row {
                &self.register.table.$rows[self.place]
            }
        }

        impl PartialEq for $name<'_> {
            fn eq(&self, other: &Self) -> bool {
                self.place == other.place && std::ptr::eq(self.register, other.register)
            }
        }

        impl Eq for $name<'_> {}

        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} {}", self.$code(), self.name())
            }
        }
    };
}

/// A department, or what stands for one overseas.
#[derive(Clone, Copy)]
pub struct Department<'r> {
    register: &'r Register,
    place: usize,
}

handle!(Department, departments, AreaRow, code);

impl<'r> Department<'r> {
    /// Returns its INSEE code: `34`, `2A`, `974`.
    pub fn code(self) -> &'r str {
        self.register.table.get(self.row().code)
    }

    /// Returns its name without an article, but where the article is part of it: `Ain`, `La Réunion`.
    pub fn name(self) -> &'r str {
        self.register.table.get(self.row().name)
    }

    /// Returns INSEE's code of the article that the name takes (TNCC): 0 none, 1 none before a vowel, 2 le, 3 la, 4 les, 5 l'.
    pub fn tncc(self) -> u8 {
        self.row().tncc
    }

    /// Returns where it lies.
    pub fn zone(self) -> Zone {
        Zone::of(self.register.table.get(self.row().zone))
    }

    /// Returns its region.
    pub fn region(self) -> Region<'r> {
        Region::at(self.register, self.row().region)
    }

    /// Returns its chief town.
    pub fn chief_town(self) -> Option<Commune<'r>> {
        self.register
            .commune(self.register.table.get(self.row().chief_town))
    }

    /// Returns its communes, in the order of their codes.
    pub fn communes(self) -> impl ExactSizeIterator<Item = Commune<'r>> {
        self.row()
            .communes
            .clone()
            .map(move |place| Commune::at(self.register, place))
    }

    pub(crate) fn place(self) -> usize {
        self.place
    }
}

/// A region, or what stands for one overseas.
#[derive(Clone, Copy)]
pub struct Region<'r> {
    register: &'r Register,
    place: usize,
}

handle!(Region, regions, AreaRow, code);

impl<'r> Region<'r> {
    /// Returns its INSEE code: `76`, and `01` for Guadeloupe, which is Ain's as a department.
    pub fn code(self) -> &'r str {
        self.register.table.get(self.row().code)
    }

    /// Returns its name without an article, but where the article is part of it.
    pub fn name(self) -> &'r str {
        self.register.table.get(self.row().name)
    }

    /// Returns INSEE's code of the article that the name takes, as for departments.
    pub fn tncc(self) -> u8 {
        self.row().tncc
    }

    /// Returns where it lies.
    pub fn zone(self) -> Zone {
        Zone::of(self.register.table.get(self.row().zone))
    }

    /// Returns its chief town.
    pub fn chief_town(self) -> Option<Commune<'r>> {
        self.register
            .commune(self.register.table.get(self.row().chief_town))
    }

    /// Returns its departments, in the order of their codes.
    pub fn departments(self) -> impl Iterator<Item = Department<'r>> {
        self.register
            .departments()
            .filter(move |one| one.region() == self)
    }
}

/// A grouping of communes that levies taxes of its own (EPCI à fiscalité propre).
#[derive(Clone, Copy)]
pub struct Epci<'r> {
    register: &'r Register,
    place: usize,
}

handle!(Epci, epcis, EpciRow, siren);

/// What an EPCI is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EpciNature {
    /// Communauté de communes.
    CommunauteDeCommunes,
    /// Communauté d'agglomération.
    CommunauteDAgglomeration,
    /// Communauté urbaine.
    CommunauteUrbaine,
    /// Métropole; Lyon's, which is a department's peer, too.
    Metropole,
}

impl<'r> Epci<'r> {
    /// Returns its SIREN, which is its code.
    pub fn siren(self) -> &'r str {
        self.register.table.get(self.row().siren)
    }

    /// Returns its name as registered: `CC du Clermontais`.
    pub fn name(self) -> &'r str {
        self.register.table.get(self.row().name)
    }

    /// Returns what it is.
    pub fn nature(self) -> EpciNature {
        match self.register.table.get(self.row().nature) {
            "CA" => EpciNature::CommunauteDAgglomeration,
            "CU" => EpciNature::CommunauteUrbaine,
            "METRO" | "MET69" => EpciNature::Metropole,
            _ => EpciNature::CommunauteDeCommunes,
        }
    }

    /// Returns its communes, in the order of their codes.
    pub fn communes(self) -> impl Iterator<Item = Commune<'r>> {
        self.register
            .communes()
            .filter(move |one| one.epci() == Some(self))
    }

    /// Returns how many people live in its communes.
    pub fn population(self) -> u32 {
        self.communes().filter_map(Commune::population).sum()
    }

    /// Returns the departments of its communes, in the order of their codes.
    pub fn departments(self) -> Vec<Department<'r>> {
        let mut departments: Vec<_> = self.communes().map(Commune::department).collect();
        departments.dedup();
        departments
    }
}
