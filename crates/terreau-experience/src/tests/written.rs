//! Territories described by the register and by hand, and what is read of them again.

use terreau_card::{Card, Value};
use terreau_territory::{Known, Register};

use super::card;
use crate::{Experience, Place, PlaceId, Territory, WrittenPlace};

/// Writes a territory into the front matter of a card and reads it there.
fn read_again(place: &WrittenPlace) -> WrittenPlace {
    let list = Value::List(vec![place.to_value()]);
    let written = card("").with("territories", Some(list));
    let (card, _) = Card::read(written.text());
    match &Experience::read(&card).territories[..] {
        [Territory::Written(read)] => read.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_the_register_describes_is_found_there_again() {
    let register = Register::load();
    for (key, id) in [
        ("34144", PlaceId::Commune("34144".into())),
        // A commune that is no more leads to that of today, as do the districts of Paris.
        ("34093", PlaceId::Commune("34144".into())),
        ("75111", PlaceId::Commune("75056".into())),
        ("2a004", PlaceId::Commune("2A004".into())),
        ("97411", PlaceId::Commune("97411".into())),
        ("98818", PlaceId::Commune("98818".into())),
        ("200033579", PlaceId::Epci("200033579".into())),
        ("departement-76", PlaceId::Department("76".into())),
        ("departement-974", PlaceId::Department("974".into())),
        ("departement-75", PlaceId::Department("75".into())),
        ("region-76", PlaceId::Region("76".into())),
        ("region-94", PlaceId::Region("94".into())),
    ] {
        let known = register.by_key(key).unwrap_or_else(|| panic!("{key}"));
        let place = WrittenPlace::of_known(known);
        assert_eq!(Place::of_written(&place).id, id, "{key}");
        assert_eq!(place.vintage, Some(2026), "{key}");
        assert_eq!(read_again(&place), place, "{key}");
    }
    assert_eq!(register.by_key("region-34"), None);
    assert_eq!(register.by_key("departement-99"), None);
    assert_eq!(register.by_key("99999"), None);
    assert_eq!(register.by_key(""), None);
}

#[test]
fn every_territory_keeps_its_identity_when_written() {
    let register = Register::load();
    let communes = register.communes().step_by(97).map(Known::Commune);
    let epcis = register.epcis().step_by(7).map(Known::Epci);
    let departments = register.departments().map(Known::Department);
    for known in communes.chain(epcis).chain(departments) {
        let found = match Place::of_written(&WrittenPlace::of_known(known)).id {
            PlaceId::Commune(code) | PlaceId::Epci(code) => code,
            PlaceId::Department(code) => format!("departement-{code}"),
            other => panic!("{known:?} is {other:?}"),
        };
        assert_eq!(found, known.key(), "{known:?}");
    }
}

#[test]
fn what_is_typed_by_hand_says_where_it_lies() {
    for (typed, name, department, country) in [
        ("Bruxelles (Belgique)", "Bruxelles", None, Some("Belgique")),
        ("Bruxelles, Belgique", "Bruxelles", None, Some("Belgique")),
        (
            "Le hameau du Bois (34)",
            "Le hameau du Bois",
            Some("Hérault"),
            None,
        ),
        (
            "Quatre communes, Deux-Sèvres",
            "Quatre communes",
            Some("Deux-Sèvres"),
            None,
        ),
        // What is not known to be a country stays in the name.
        (
            "Le Bourg (près du lac)",
            "Le Bourg (près du lac)",
            None,
            None,
        ),
        ("Ici, là", "Ici, là", None, None),
        ("Ici (France)", "Ici", None, None),
        ("(Belgique)", "(Belgique)", None, None),
        (")", ")", None, None),
        (",", ",", None, None),
    ] {
        let place = WrittenPlace::by_hand(typed);
        assert_eq!(place.name, name, "{typed}");
        assert_eq!(place.department.as_deref(), department, "{typed}");
        assert_eq!(place.country.as_deref(), country, "{typed}");
        assert_eq!(place.insee, None, "{typed}");
        assert_eq!(read_again(&place), place, "{typed}");
    }
}
