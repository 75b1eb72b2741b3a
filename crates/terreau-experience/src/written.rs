//! Describing a territory that has no card: from the register, or from what somebody typed by hand.

use terreau_card::Value;
use terreau_territory::{Commune, Known, Register, fold};

use crate::place::{Territory, WrittenPlace};

/// Countries that people name beside a place, folded; the others are kept in the name as typed.
const COUNTRIES: &[&str] = &[
    "algerie",
    "allemagne",
    "andorre",
    "angleterre",
    "argentine",
    "australie",
    "autriche",
    "belgique",
    "benin",
    "bresil",
    "bulgarie",
    "burkina faso",
    "cameroun",
    "canada",
    "chili",
    "chine",
    "colombie",
    "congo",
    "cote d ivoire",
    "croatie",
    "danemark",
    "ecosse",
    "egypte",
    "espagne",
    "etats unis",
    "finlande",
    "gabon",
    "grece",
    "guinee",
    "haiti",
    "hongrie",
    "inde",
    "irlande",
    "islande",
    "italie",
    "japon",
    "liban",
    "luxembourg",
    "madagascar",
    "mali",
    "maroc",
    "maurice",
    "mexique",
    "monaco",
    "niger",
    "norvege",
    "pays bas",
    "pays de galles",
    "pologne",
    "portugal",
    "quebec",
    "republique tcheque",
    "roumanie",
    "royaume uni",
    "senegal",
    "slovaquie",
    "slovenie",
    "suede",
    "suisse",
    "tchad",
    "tchequie",
    "togo",
    "tunisie",
    "turquie",
    "ukraine",
    "austria",
    "belgium",
    "germany",
    "greece",
    "ireland",
    "italy",
    "netherlands",
    "poland",
    "spain",
    "sweden",
    "switzerland",
    "united kingdom",
    "united states",
    "wales",
];

impl WrittenPlace {
    /// Describes a territory of the register: by its code, with its vintage.
    pub fn of_known(known: Known<'_>) -> WrittenPlace {
        let register = Register::load();
        let mut place = WrittenPlace {
            name: known.name().to_owned(),
            vintage: Some(i64::from(register.vintage())),
            ..WrittenPlace::default()
        };
        let counted = i64::from(register.population_year());
        match known {
            Known::Commune(one) => {
                place.insee = Some(one.code().to_owned());
                place.population = one.population().map(u64::from);
                place.department = Some(one.department().name().to_owned());
                place.region = Some(one.region().name().to_owned());
            }
            Known::Epci(one) => {
                place.insee = Some(one.siren().to_owned());
                place.population = Some(u64::from(one.population())).filter(|&count| count > 0);
                if let [only] = &one.departments()[..] {
                    place.department = Some(only.name().to_owned());
                }
                place.region = one
                    .communes()
                    .next()
                    .map(Commune::region)
                    .map(|one| one.name().to_owned());
            }
            Known::Department(one) => {
                place.insee = Some(one.code().to_owned());
                place.department = Some(one.name().to_owned());
                place.region = Some(one.region().name().to_owned());
            }
            // The digits of a region are those of a department, too: a region is itself by its name, twice.
            Known::Region(one) => place.region = Some(one.name().to_owned()),
        }
        place.population_year = place.population.map(|_| counted);
        place
    }

    /// Describes what somebody typed by hand: a name, and in parentheses or after the last comma the department, the
    /// region or the country that it lies in.
    pub fn by_hand(typed: &str) -> WrittenPlace {
        let typed = typed.trim();
        let whole = || WrittenPlace {
            name: typed.to_owned(),
            ..WrittenPlace::default()
        };
        let parts = match typed.strip_suffix(')') {
            Some(open) => open.rsplit_once('('),
            None => typed.rsplit_once(','),
        };
        let Some((name, within)) = parts.map(|(name, within)| (name.trim(), within.trim())) else {
            return whole();
        };
        let register = Register::load();
        let folded = fold(within);
        if name.is_empty() || folded.is_empty() {
            return whole();
        }
        let mut place = WrittenPlace {
            name: name.to_owned(),
            ..WrittenPlace::default()
        };
        let department = register.departments().find(|one| {
            one.code().eq_ignore_ascii_case(within)
                || fold(one.name()) == folded
                || fold(&Known::Department(*one).label()) == folded
        });
        if let Some(department) = department {
            place.department = Some(department.name().to_owned());
            place.region = Some(department.region().name().to_owned());
        } else if let Some(region) = register.regions().find(|one| fold(one.name()) == folded) {
            place.region = Some(region.name().to_owned());
        } else if COUNTRIES.contains(&folded.as_str()) {
            place.country = Some(within.to_owned());
        } else if folded != "france" {
            return whole();
        }
        place
    }

    /// Reads an item of a list of territories: the path of a card, or a description; a bare name is one.
    pub fn read(value: &Value) -> Option<Territory> {
        crate::experience::territory(value)
    }

    /// Returns it as front matter holds it, in the order of the format; what is not known is left out.
    pub fn to_value(&self) -> Value {
        let text = |value: &Option<String>| value.clone().map(Value::Text);
        let number = |value: Option<i64>| value.map(Value::Integer);
        let population = self.population.and_then(|count| i64::try_from(count).ok());
        let entries = [
            ("name", Some(Value::Text(self.name.clone()))),
            ("insee", text(&self.insee)),
            ("vintage", number(self.vintage)),
            ("population", number(population)),
            ("population_year", number(self.population_year)),
            ("department", text(&self.department)),
            ("region", text(&self.region)),
            ("country", text(&self.country)),
        ];
        let entries = entries
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect();
        Value::Map(entries)
    }
}
