//! Completion: what people type, and what they should be shown.

use super::register;
use crate::{NameKind, OtherName, Place};

fn first(typed: &str) -> String {
    let found = register().find(typed, 8);
    let one = found
        .first()
        .unwrap_or_else(|| panic!("nothing for {typed}"));
    one.commune.label()
}

#[test]
fn the_first_answer_is_the_one_meant() {
    for (typed, label) in [
        ("paris", "Paris (75, Paris)"),
        ("par", "Paris (75, Paris)"),
        ("lyon", "Lyon (69, Rhône)"),
        ("sa", "Saint-Étienne (42, Loire)"),
        ("strasb", "Strasbourg (67, Bas-Rhin)"),
        ("Marseille", "Marseille (13, Bouches-du-Rhône)"),
        ("migne", "Migné (36, Indre)"),
        ("migne 86", "Migné-Auxances (86, Vienne)"),
        ("migne-a", "Migné-Auxances (86, Vienne)"),
        ("Migné Auxances", "Migné-Auxances (86, Vienne)"),
        ("auxances migné", "Migné-Auxances (86, Vienne)"),
        ("JAZENEUIL", "Jazeneuil (86, Vienne)"),
        ("combloux", "Combloux (74, Haute-Savoie)"),
        ("le mans", "Le Mans (72, Sarthe)"),
        ("mans", "Le Mans (72, Sarthe)"),
        ("l'hay", "L'Haÿ-les-Roses (94, Val-de-Marne)"),
        ("lhay les roses", "L'Haÿ-les-Roses (94, Val-de-Marne)"),
        ("hay les roses", "L'Haÿ-les-Roses (94, Val-de-Marne)"),
        ("st etienne", "Saint-Étienne (42, Loire)"),
        ("saintetienne", "Saint-Étienne (42, Loire)"),
        (
            "st-etienne du rouvray",
            "Saint-Étienne-du-Rouvray (76, Seine-Maritime)",
        ),
        ("chalon s/ saone", "Chalon-sur-Saône (71, Saône-et-Loire)"),
        ("chalon saone", "Chalon-sur-Saône (71, Saône-et-Loire)"),
        ("Saint-Denis", "Saint-Denis (974, La Réunion)"),
        ("saint denis 93", "Saint-Denis (93, Seine-Saint-Denis)"),
        ("saint-denis aude", "Saint-Denis (11, Aude)"),
        ("Saint-Denis (11, Aude)", "Saint-Denis (11, Aude)"),
        ("ste colombe 69", "Sainte-Colombe (69, Rhône)"),
        ("sainte-colombe gironde", "Sainte-Colombe (33, Gironde)"),
        ("vienne isère", "Vienne (38, Isère)"),
        ("Lunas hérault", "Lunas-les-Châteaux (34, Hérault)"),
        ("34650 lunas", "Lunas-les-Châteaux (34, Hérault)"),
        ("lunas 34650", "Lunas-les-Châteaux (34, Hérault)"),
        ("lunas les ch", "Lunas-les-Châteaux (34, Hérault)"),
        ("34144", "Lunas-les-Châteaux (34, Hérault)"),
        ("34093", "Lunas-les-Châteaux (34, Hérault)"),
        ("2a004", "Ajaccio (2A, Corse-du-Sud)"),
        ("bastia 2b", "Bastia (2B, Haute-Corse)"),
        ("ajaccio corse du sud", "Ajaccio (2A, Corse-du-Sud)"),
        ("20200", "Bastia (2B, Haute-Corse)"),
        ("35000", "Rennes (35, Ille-et-Vilaine)"),
        ("châlons sur marne", "Châlons-en-Champagne (51, Marne)"),
        ("paris 20e", "Paris (75, Paris)"),
        ("marseille 1er", "Marseille (13, Bouches-du-Rhône)"),
        ("cayenne", "Cayenne (973, Guyane)"),
        ("mamoudzou", "Mamoudzou (976, Mayotte)"),
        ("noumea", "Nouméa (988, Nouvelle-Calédonie)"),
        ("fort de france", "Fort-de-France (972, Martinique)"),
        // A whole name stands before those that begin so, however great.
        ("y", "Y (80, Somme)"),
        ("Y somme", "Y (80, Somme)"),
        ("oeuilly", "Œuilly (51, Marne)"),
        ("annecy le vieux", "Annecy (74, Haute-Savoie)"),
        ("cherbourg octeville", "Cherbourg-en-Cotentin (50, Manche)"),
    ] {
        assert_eq!(first(typed), label, "{typed}");
    }
}

#[test]
fn homonyms_are_all_shown_with_their_departments() {
    let found = register().find("sainte-colombe", 100);
    let whole: Vec<_> = found
        .iter()
        .filter(|one| one.commune.name() == "Sainte-Colombe")
        .collect();
    assert_eq!(
        whole.len(),
        register()
            .communes()
            .filter(|one| one.name() == "Sainte-Colombe")
            .count()
    );
    assert!(whole.len() >= 12, "{}", whole.len());
    let mut labels: Vec<_> = whole.iter().map(|one| one.commune.label()).collect();
    labels.sort();
    labels.dedup();
    assert_eq!(labels.len(), whole.len());

    let populations: Vec<_> = whole
        .iter()
        .filter(|one| one.as_name.is_none())
        .map(|one| one.commune.population())
        .collect();
    assert!(populations.is_sorted_by(|a, b| a >= b), "{populations:?}");
}

#[test]
fn a_former_name_says_what_it_was() {
    let found = register().find("lunas", 8);
    let labels: Vec<_> = found
        .iter()
        .map(|one| (one.commune.code(), one.as_name.map(OtherName::name)))
        .collect();
    assert!(labels.contains(&("24246", None)), "{labels:?}");
    assert!(
        labels.contains(&("34144", Some("Lunas"))) || labels.contains(&("34144", None)),
        "{labels:?}"
    );

    let found = register().find("lunas hérault", 8);
    let name = found[0].as_name.unwrap();
    assert_eq!((name.name(), name.kind()), ("Lunas", NameKind::Delegated));
    assert!(
        register().find("lunas-les-châteaux", 8)[0]
            .as_name
            .is_none()
    );
    assert_eq!(
        register().find("34093", 8)[0].as_name.unwrap().name(),
        "Dio-et-Valquières"
    );
}

#[test]
fn every_commune_is_found_by_its_own_name() {
    let register = register();
    let mut homonyms = std::collections::BTreeMap::<String, usize>::new();
    for commune in register.communes() {
        let names =
            std::iter::once(commune.name()).chain(commune.other_names().map(OtherName::name));
        let mut folded: Vec<String> = names.map(crate::fold::fold_whole).collect();
        folded.sort();
        folded.dedup();
        for name in folded {
            *homonyms.entry(name).or_default() += 1;
        }
    }
    for commune in register.communes() {
        let limit = homonyms[&crate::fold::fold_whole(commune.name())];
        let found = register.find(commune.name(), limit);
        assert!(
            found.iter().any(|one| one.commune == commune),
            "{commune:?}: {found:?}"
        );
    }
}

#[test]
fn a_label_finds_its_commune_first() {
    for commune in register().communes().step_by(89) {
        let found = register().find(&commune.label(), 1);
        assert_eq!(
            found.first().map(|one| one.commune),
            Some(commune),
            "{}",
            commune.label()
        );
    }
}

#[test]
fn nothing_strange_is_found_or_costs_much() {
    let long = "saint ".repeat(10_000);
    for typed in [
        "",
        " ",
        "-",
        "zzzzzz",
        "paris gironde dordogne",
        "\0",
        "𓀀",
        "99999",
        "(((",
        "%",
    ] {
        assert_eq!(
            register().find(typed, 8),
            vec![],
            "{}",
            typed.chars().take(40).collect::<String>()
        );
    }
    assert!(register().find(&long, 8).len() <= 8);
    assert_eq!(register().find("paris", 0), vec![]);
    assert_eq!(register().find("s", 8).len(), 8);
    assert!(
        register()
            .find("35", 5000)
            .iter()
            .all(|one| one.commune.department().code() == "35"
                || one.commune.postcodes().any(|code| code.starts_with("35")))
    );
}

#[test]
fn wider_places_are_found_too() {
    let names = |typed: &str| -> Vec<String> {
        register()
            .find_wider(typed, 5)
            .into_iter()
            .map(|place| match place {
                Place::Epci(one) => one.name().to_owned(),
                Place::Department(one) => format!("{} {}", one.code(), one.name()),
                Place::Region(one) => format!("region {}", one.name()),
            })
            .collect()
    };
    assert_eq!(names("occitanie")[0], "region Occitanie");
    assert_eq!(names("cotes d'armor")[0], "22 Côtes-d'Armor");
    assert_eq!(names("86"), ["86 Vienne"]);
    assert_eq!(
        names("reunion")[..2],
        ["region La Réunion", "974 La Réunion"]
    );
    assert_eq!(names("Métropole de Lyon"), ["Métropole de Lyon"]);
    assert_eq!(names("200046977"), ["Métropole de Lyon"]);
    assert!(names("grand poitiers")[0].contains("Poitiers"));
    assert!(names("").is_empty());
}
