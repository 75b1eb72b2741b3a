//! From a name to a commune: with its department, or not at all.

use super::register;
use crate::Resolved;

#[test]
fn every_commune_is_resolved_with_its_department() {
    for commune in register().communes() {
        for department in [commune.department().code(), commune.department().name()] {
            let resolved = register().resolve(commune.name(), Some(department));
            assert_eq!(
                resolved,
                Resolved::Commune(commune),
                "{commune:?} {department}"
            );
        }
    }
}

#[test]
fn a_name_alone_is_never_enough() {
    let register = register();
    let Resolved::Ambiguous(lunas) = register.resolve("Lunas", None) else {
        panic!()
    };
    let codes: Vec<_> = lunas.iter().map(|one| one.code()).collect();
    assert_eq!(codes, ["34144", "24246"]);
    let Resolved::Ambiguous(denis) = register.resolve("St-Denis", None) else {
        panic!()
    };
    assert!(denis.len() >= 5, "{denis:?}");
    assert_eq!(denis[0].code(), "97411");
    // A single commune bears it, and it still wants a department.
    let Resolved::Ambiguous(one) = register.resolve("Migné-Auxances", None) else {
        panic!()
    };
    assert_eq!(one.len(), 1);
}

#[test]
fn names_with_departments() {
    for (name, department, code) in [
        ("Lunas", "34", Some("34144")),
        ("Lunas", "24", Some("24246")),
        ("lunas", "Hérault", Some("34144")),
        ("Saint-Denis", "La Réunion", Some("97411")),
        ("st denis", "reunion", Some("97411")),
        ("Saint-Denis", "93", Some("93066")),
        ("Ajaccio", "2a", Some("2A004")),
        ("Dio-et-Valquières", "34", Some("34144")),
        ("Châlons-sur-Marne", "51", Some("51108")),
        ("Paris", "Paris", Some("75056")),
        ("Lunas", "33", None),
        ("Lun", "34", None),
        ("", "34", None),
        ("Lunas", "", None),
        ("Lunas", "Royaume-Uni", None),
    ] {
        let resolved = register().resolve(name, Some(department));
        match code {
            Some(code) => assert_eq!(
                resolved,
                Resolved::Commune(register().commune(code).unwrap()),
                "{name} {department}"
            ),
            None => assert_eq!(resolved, Resolved::Unknown, "{name} {department}"),
        }
    }
}

#[test]
fn two_former_names_in_one_department_are_to_be_chosen_from() {
    // Every name borne yesterday by parts of two communes of one department, and by none of its communes today.
    let mut several = 0;
    for department in register().departments() {
        let mut bearers =
            std::collections::BTreeMap::<String, std::collections::BTreeSet<&str>>::new();
        for commune in department.communes() {
            for other in commune.other_names() {
                bearers
                    .entry(crate::fold::fold_whole(other.name()))
                    .or_default()
                    .insert(commune.code());
            }
        }
        let today: std::collections::BTreeSet<String> = department
            .communes()
            .map(|one| crate::fold::fold_whole(one.name()))
            .collect();
        for (name, codes) in bearers
            .iter()
            .filter(|(name, codes)| codes.len() > 1 && !today.contains(*name))
        {
            several += 1;
            let Resolved::Ambiguous(found) = register().resolve(name, Some(department.code()))
            else {
                panic!("{name}")
            };
            assert_eq!(
                found
                    .iter()
                    .map(|one| one.code())
                    .collect::<std::collections::BTreeSet<_>>(),
                *codes
            );
        }
    }
    assert!(several > 0);
}
