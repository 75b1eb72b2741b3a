//! Personal data, and what only looks like it.

use super::super::private::private_in;

#[track_caller]
fn finds(line: &str, expected: &[&str]) {
    let found: Vec<&str> = private_in(line)
        .into_iter()
        .map(|(place, _)| &line[place])
        .collect();
    assert_eq!(found, expected, "{line}");
}

#[test]
fn telephone_numbers() {
    finds("Appelez le 06 12 34 56 78 le soir", &["06 12 34 56 78"]);
    finds("Tél. : 02.99.12.34.56.", &["02.99.12.34.56"]);
    finds("0612345678", &["0612345678"]);
    finds("(06-12-34-56-78)", &["06-12-34-56-78"]);
    finds(
        "+33 6 12 34 56 78 ou +33(0)612345678",
        &["+33 6 12 34 56 78", "+33(0)612345678"],
    );
    finds("en Belgique : +32 475 12 34 56", &["+32 475 12 34 56"]);
    finds(
        "06 12 34 56 78 et 07 12 34 56 78",
        &["06 12 34 56 78", "07 12 34 56 78"],
    );
}

#[test]
fn other_numbers() {
    for line in [
        "SIREN 200 023 414, SIRET 200 023 414 00013",
        "INSEE 01004, code postal 01500",
        "1 234 567 890 euros, 0,5 point, 10 000 000",
        "de 1999 à 2024, le 01/02/2024, 2024-01-02",
        "0800 123 456 et 08 00 12 34 56 sont gratuits, comme le 112",
        "https://exemple.fr/0612345678/a",
        "a0612345678 et 06123456789",
        "id 01a20145-ff65-733a-9c89-012345678901",
        "+12 % en 2020, +3 000 habitants, 04 10 12",
        "ISBN 978-2-07-036822-8, ISBN 2070368228, 0-306-40615-2",
        "lat 46.12345678, 0.0612345678",
        "01 02 03 04 05 06 07",
    ] {
        finds(line, &[]);
    }
}

#[test]
fn mailboxes() {
    finds(
        "Écrire à jeanne.dupont@exemple-asso.fr.",
        &["jeanne.dupont@exemple-asso.fr"],
    );
    finds("[mél](mailto:zoe@laposte.net)", &["zoe@laposte.net"]);
    for line in [
        "contact@mairie.fr, Mairie-lannion@ville.fr",
        "nom@example.org",
        "@pseudo@mastodon.social",
        "a@b",
        "prix @ 3 €",
        "git@x",
        "bonjour.asso@lieu.fr",
    ] {
        finds(line, &[]);
    }
}

#[test]
fn postal_addresses() {
    finds(
        "Chez elle, 12 rue des Lilas, à Arras",
        &["12 rue des Lilas,"],
    );
    finds(
        "« 3 bis, chemin de la Plage »",
        &["3 bis, chemin de la Plage"],
    );
    finds("114bis avenue Jean-Jaurès", &["114bis avenue Jean-Jaurès"]);
    finds("4 impasse de l’Église", &["4 impasse de l’Église"]);
    for line in [
        "En 2024 rue Victor-Hugo est devenue piétonne",
        "12 places assises",
        "2 routes de 3 km",
        "1 place par personne",
        "rue des Lilas",
        "3 rue x",
    ] {
        finds(line, &[]);
    }
}
