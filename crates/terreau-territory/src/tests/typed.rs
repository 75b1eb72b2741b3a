//! What people type to say where, and what is understood.

use super::register;
use crate::{Known, OtherName, Typed};

/// Returns what is understood: the key of one, `key key …?` of several, `-` of nothing, `∅` of the unknown.
fn understood(typed: &str) -> String {
    match register().read_typed(typed) {
        Typed::Nothing => "-".to_owned(),
        Typed::Unknown => "∅".to_owned(),
        Typed::One(known) => known.key(),
        Typed::Several(offers) => {
            let keys: Vec<String> = offers.iter().map(|offer| offer.known.key()).collect();
            format!("{}?", keys.join(" "))
        }
    }
}

#[test]
fn one_several_or_none_is_understood() {
    let mut wrong = Vec::new();
    for (typed, meant) in [
        ("", "-"),
        (" -'! ", "-"),
        // One commune bears it, or bore it.
        ("Combloux", "74083"),
        ("combloux 74", "74083"),
        ("74920 Combloux", "74083"),
        ("Combloux (74, Haute-Savoie)", "74083"),
        ("migné auxances", "86158"),
        ("Le Mans", "72181"),
        ("mans", "72181"),
        ("st etienne du rouvray", "76575"),
        ("Dio-et-Valquières", "34144"),
        ("annecy le vieux", "74010"),
        // Namesakes are a choice, a department or a postcode makes it.
        ("Lunas", "24246 34144?"),
        ("Lunas hérault", "34144"),
        ("Lunas (34)", "34144"),
        ("34650 Lunas", "34144"),
        ("Lunas dordogne", "24246"),
        ("Saint-Denis (11, Aude)", "11339"),
        // Paris is its department, its districts are Paris.
        ("Paris", "75056"),
        ("paris 11e arrondissement", "75056"),
        ("75111", "75056"),
        ("Lyon 3e arrondissement", "69123"),
        // Overseas.
        ("Saint-Pierre (974, La Réunion)", "97416"),
        ("La Réunion", "47222 departement-974?"),
        ("Mayotte", "departement-976"),
        ("nouméa", "98818"),
        // Corsica.
        ("Ajaccio", "2A004"),
        ("20200 Bastia", "2B033"),
        // Wider than a commune.
        ("Hérault", "departement-34"),
        ("Hérault (34)", "departement-34"),
        ("occitanie", "region-76"),
        ("Pays de la Loire", "region-52"),
        ("200033579", "200033579"),
        ("CC du Clermontais", "243400355"),
        ("communauté de communes du Clermontais", "243400355"),
        ("CC du Clermontais (34, Hérault)", "243400355"),
        // Nowhere in the register.
        ("Bruxelles (Belgique)", "∅"),
        ("zorglub", "∅"),
    ] {
        let found = understood(typed);
        if found != meant {
            wrong.push(format!("{typed}: {found} and not {meant}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_comes_near_is_offered_and_never_taken() {
    // Homonyms of a department and of a commune: whoever types it chooses.
    let vienne = understood("Vienne");
    assert!(
        vienne.starts_with("38544 ") && vienne.contains("departement-86"),
        "{vienne}"
    );
    for typed in ["comblou", "clermontais", "saint denis"] {
        assert!(understood(typed).ends_with('?'), "{typed}");
    }
}

#[test]
fn every_label_is_understood_as_what_it_labels() {
    let register = register();
    let communes = register.communes().step_by(499).map(Known::Commune);
    let epcis = register.epcis().step_by(25).map(Known::Epci);
    let departments = register.departments().map(Known::Department);
    let wider = departments.chain(register.regions().map(Known::Region));
    for known in communes.chain(epcis).chain(wider) {
        assert_eq!(register.by_key(&known.key()), Some(known));
        let read = register.read_typed(&known.label());
        // Overseas, a department and its region are one land.
        let is_it = match (&read, known) {
            (Typed::One(Known::Department(one)), Known::Region(region)) => {
                one.region() == region && one.name() == region.name()
            }
            (Typed::One(Known::Commune(one)), Known::Department(department)) => {
                department.communes().eq([*one])
            }
            // The overseas collectivities stand for a department and a region, and may be one commune.
            (Typed::One(_), Known::Region(region))
                if region.zone() != crate::Zone::Metropolitan =>
            {
                true
            }
            (Typed::One(found), known) => *found == known,
            // What shares its name with a commune is chosen beside it: Corrèze, La Réunion.
            (Typed::Several(offers), Known::Region(region))
                if region.zone() != crate::Zone::Metropolitan =>
            {
                offers
                    .iter()
                    .any(|offer| offer.known.name() == region.name())
            }
            (Typed::Several(offers), Known::Department(_) | Known::Region(_)) => {
                offers.iter().any(|offer| offer.known == known)
            }
            _ => false,
        };
        assert!(is_it, "{known:?} {:?}: {read:?}", known.label());
    }
}

#[test]
fn offers_stand_in_the_order_that_helps() {
    let offers = register().offers("lunas", 10);
    let first: Vec<_> = offers
        .iter()
        .take(2)
        .map(|offer| (offer.known.label(), offer.as_name.map(OtherName::name)))
        .collect();
    assert!(
        first.contains(&("Lunas-les-Châteaux (34, Hérault)".to_owned(), Some("Lunas")))
            && first.contains(&("Lunas (24, Dordogne)".to_owned(), None)),
        "{first:?}"
    );
    let offers = register().offers("hérault", 10);
    assert_eq!(offers[0].known.label(), "Hérault (34)");
    for typed in [
        "saint",
        "a",
        "sainte-colombe",
        "34",
        "communauté",
        "é",
        "%",
        "🌱",
    ] {
        assert!(register().offers(typed, 10).len() <= 10, "{typed}");
    }
    assert!(register().offers("", 10).is_empty());
    assert!(register().offers(&"a ".repeat(10_000), 10).len() <= 10);
}
