//! Codes: each gives back what it came from, and says what it belongs to.

use std::collections::BTreeSet;

use terreau_card::facets::{place_of_code, places};

use super::register;
use crate::{Commune, Department, EpciNature, Matched, NameKind, Zone, fold, size_class};

#[test]
fn every_code_round_trips() {
    let register = register();
    let mut codes = BTreeSet::new();
    for commune in register.communes() {
        assert_eq!(register.commune(commune.code()), Some(commune));
        assert_eq!(
            register.by_code(commune.code()),
            Some(Matched::Commune(commune))
        );
        assert!(codes.insert(commune.code()));
        assert!(commune.code().starts_with(commune.department().code()));
        assert!(!commune.name().is_empty());
        assert!(
            commune
                .postcodes()
                .all(|code| code.len() == 5 && code.bytes().all(|byte| byte.is_ascii_digit()))
        );
        for other in commune.other_names() {
            let commune_of_code = register.by_code(other.code()).map(Matched::commune);
            assert_eq!(commune_of_code, Some(commune), "{other:?}");
        }
    }
    for epci in register.epcis() {
        assert_eq!(register.epci(epci.siren()), Some(epci));
        assert_eq!(epci.siren().len(), 9);
    }
    for department in register.departments() {
        assert_eq!(register.department(department.code()), Some(department));
        assert!(department.communes().len() > 0, "{department:?}");
        assert!(
            department
                .communes()
                .all(|commune| commune.department() == department)
        );
        assert!(
            department
                .region()
                .departments()
                .any(|one| one == department)
        );
        assert_eq!(department.zone(), department.region().zone());
        assert!(department.chief_town().is_some());
    }
    for region in register.regions() {
        assert_eq!(register.region(region.code()), Some(region));
    }
}

#[test]
fn the_vintage_has_its_counts() {
    let register = register();
    assert_eq!(
        (register.vintage(), register.population_year()),
        (2026, 2023)
    );
    assert_eq!(register.communes().len(), 34_969);
    assert_eq!(register.epcis().len(), 1_255);
    assert_eq!(register.departments().len(), 109);
    assert_eq!(register.regions().len(), 26);
    assert_eq!(
        register
            .departments()
            .filter(|one| one.zone() == Zone::Metropolitan)
            .count(),
        96
    );
    assert_eq!(
        register
            .departments()
            .filter(|one| one.zone() == Zone::OverseasDepartment)
            .count(),
        5
    );
    let in_departments: usize = register.departments().map(|one| one.communes().len()).sum();
    assert_eq!(in_departments, 34_969);
    let members = register
        .communes()
        .filter(|one| one.epci().is_some())
        .count();
    assert_eq!(members, 34_871);
    // Source: Insee, populations de référence 2023.
    for (region, population) in [
        ("94", 355_486),
        ("53", 3_449_370),
        ("11", 12_463_067),
        ("01", 384_160),
    ] {
        let region = register.region(region).unwrap();
        let communes = region.departments().flat_map(Department::communes);
        assert_eq!(
            communes.filter_map(Commune::population).sum::<u32>(),
            population,
            "{region:?}"
        );
    }
}

#[test]
fn communes_say_what_they_are() {
    // Code, name, department, region, population, a postcode, first letters of the EPCI.
    for (code, name, department, region, population, postcode, epci) in [
        (
            "75056",
            "Paris",
            "75",
            "11",
            2_103_778,
            "75020",
            "Métropole du Grand Paris",
        ),
        (
            "69123",
            "Lyon",
            "69",
            "84",
            519_127,
            "69009",
            "Métropole de Lyon",
        ),
        (
            "13055",
            "Marseille",
            "13",
            "93",
            886_040,
            "13016",
            "Métropole d'Aix-Marseille-Provence",
        ),
        (
            "2A004",
            "Ajaccio",
            "2A",
            "94",
            76_320,
            "20090",
            "CA du Pays Ajaccien",
        ),
        ("97411", "Saint-Denis", "974", "04", 155_634, "97490", "CA"),
        ("97105", "Basse-Terre", "971", "01", 9_417, "97100", "CA"),
        (
            "34144",
            "Lunas-les-Châteaux",
            "34",
            "76",
            832,
            "34650",
            "CC",
        ),
        ("80829", "Y", "80", "32", 87, "80190", "CC"),
        ("2b033", "Bastia", "2B", "94", 49_252, "20200", "CA"),
    ] {
        let commune = register().commune(code).unwrap();
        assert_eq!(commune.name(), name);
        assert_eq!(commune.department().code(), department);
        assert_eq!(commune.region().code(), region);
        if code != "2b033" {
            assert_eq!(commune.population(), Some(population), "{name}");
        }
        assert!(commune.postcodes().any(|one| one == postcode), "{name}");
        let found = commune.epci().unwrap().name();
        assert!(found.starts_with(epci), "{name}: {found}");
    }
}

#[test]
fn islands_stand_alone() {
    let register = register();
    for code in [
        "29083", "29155", "22016", "85113", "97502", "97801", "98735", "98818",
    ] {
        let commune = register.commune(code).unwrap();
        assert_eq!(commune.epci(), None, "{commune:?}");
    }
    let clipperton = register.commune("98901").unwrap();
    assert_eq!(
        (clipperton.population(), clipperton.size_class()),
        (None, None)
    );
    assert_eq!(clipperton.department().zone(), Zone::OverseasCollectivity);
    assert_eq!(clipperton.region().name(), "Île de Clipperton");
}

#[test]
fn codes_of_yesterday_lead_to_today() {
    // Code then, code today, name then, kind.
    for (code, today, name, kind) in [
        ("34093", "34144", "Dio-et-Valquières", NameKind::Delegated),
        ("20004", "2A004", "Ajaccio", NameKind::Former),
        ("78122", "91122", "Bures-sur-Yvette", NameKind::Former),
        (
            "69232",
            "69123",
            "Saint-Rambert-l'Île-Barbe",
            NameKind::Former,
        ),
        (
            "75120",
            "75056",
            "Paris 20e Arrondissement",
            NameKind::District,
        ),
        ("01003", "01165", "Amareins", NameKind::Former),
        ("60455", "60694", "La Neuville-Garnier", NameKind::Delegated),
        ("50649", "50592", "Pont-Farcy", NameKind::Former),
        ("02285", "59", "Escaufourt", NameKind::Associated),
    ] {
        let Some(Matched::Within(commune, other)) = register().by_code(code) else {
            panic!("{code}")
        };
        assert!(commune.code().starts_with(today), "{code}: {commune:?}");
        assert_eq!((other.name(), other.code()), (name, code));
        assert_eq!(other.kind(), kind, "{code}");
        assert_eq!(register().commune(code), None);
    }
    for unknown in [
        "", "1", "00000", "99999", "2A", "2A0044", "34 44", "é004", "ééé",
    ] {
        assert_eq!(register().by_code(unknown), None, "{unknown}");
    }
}

#[test]
fn names_of_yesterday_have_their_year() {
    let chalons = register().commune("51108").unwrap();
    let former = chalons
        .other_names()
        .find(|one| one.name() == "Châlons-sur-Marne")
        .unwrap();
    assert_eq!(
        (former.code(), former.until(), former.kind()),
        ("51108", Some(1998), NameKind::Former)
    );
    let lunas = register().commune("34144").unwrap();
    let delegated = lunas
        .other_names()
        .find(|one| one.name() == "Lunas")
        .unwrap();
    assert_eq!(
        (delegated.code(), delegated.kind(), delegated.until()),
        ("34144", NameKind::Delegated, None)
    );
}

#[test]
fn an_epci_has_communes_departments_and_people() {
    let register = register();
    let lyon = register.epci("200046977").unwrap();
    assert_eq!(
        (lyon.name(), lyon.nature()),
        ("Métropole de Lyon", EpciNature::Metropole)
    );
    assert_eq!(lyon.communes().count(), 58);
    assert!(lyon.population() > 1_400_000);
    let across = register
        .epcis()
        .filter(|one| one.departments().len() > 1)
        .count();
    assert!((30..200).contains(&across), "{across}");
    assert_eq!(register.epci("000000000"), None);
}

#[test]
fn classes_are_those_of_cards() {
    for (population, class) in [
        (0, "under-500"),
        (499, "under-500"),
        (500, "500-to-2000"),
        (3_500, "3500-to-10000"),
        (2_103_778, "over-50000"),
    ] {
        assert_eq!(size_class(population), class);
    }
    assert_eq!(
        register().commune("34144").unwrap().size_class(),
        Some("500-to-2000")
    );
}

#[test]
fn the_tree_of_the_territory_facet_agrees() {
    for (node, name) in places() {
        let named = match node.split_once('/') {
            Some((region, code)) => {
                let department = register().department(code).unwrap();
                assert_eq!(department.region().code(), region, "{node}");
                department.name()
            }
            None => register().region(&node).unwrap().name(),
        };
        assert_eq!(fold(named), fold(name), "{node}");
    }
    for commune in register().communes() {
        let department = commune.department();
        let node = (department.zone() != Zone::OverseasCollectivity)
            .then(|| format!("{}/{}", commune.region().code(), department.code()));
        assert_eq!(place_of_code(commune.code()), node, "{commune:?}");
    }
}
