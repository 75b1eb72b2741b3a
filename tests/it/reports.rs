//! What reports say together: on the card that they tell of, in lists, as data; duplicates, a year, the grid.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use terreau_tests::{NodeOptions, TestNode, repository_root};

use crate::person;

const METHOD: &str = "/methodes/residence-d-immersion";
const PATH: &str = "methodes/residence-d-immersion";

/// Writes the starter commons into a folder, with more reports on one method and the two tellings of one case.
fn commons(folder: &Path, reports: usize) {
    copy(&repository_root().join("content"), folder);
    for name in ["fiche", "page"] {
        let from = format!("tests/fixtures/experiences/reseau-des-potes-{name}.md");
        let to = folder.join(format!("experiences/essai-des-potes-{name}.md"));
        std::fs::copy(repository_root().join(from), to).unwrap();
    }
    for number in 0..reports {
        let to = folder.join(format!("experiences/essai-{number}.md"));
        std::fs::write(to, report(number)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let there = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &there);
        } else {
            std::fs::copy(entry.path(), there).unwrap();
        }
    }
}

fn report(number: usize) -> String {
    let mut lines = format!(
        "---\nid: 01a20300-0000-7000-8000-{number:012}\nkind: experience\ntitle: \"Essai numéro {number}\"\nsummary: \"Un essai.\"\n\
         language: fr\ntopics: [eau]\nauthors:\n  - name: \"Commune {number}\"\n    role: author\nlicence: CC-BY-SA-4.0\n\
         about:\n  - card: {PATH}\nterritories:\n  - name: \"Commune {number}\"\n    population: {}\n    department: Vienne\n\
         start: {}\nstate: finished\nduration: {{min: P{}D, max: P{}D}}\n",
        300 + 400 * number,
        2018 + number % 5,
        10 + number,
        10 + number,
    );
    write!(
        lines,
        "participants:\n  count: {}\n  exact: true\ncost:\n  amount_eur: {}\n  per: total\nobstacles:\n  - \"{}\"\n\
         tips:\n  - \"=SOMME(1;{number})\"\nagain: as-is\nmarks:\n  clarte: {}\nindependence: lead\n---\n\n\
         ## Contexte\n\nIci.\n\n## Objectifs\n\nVoir.\n\n## Ce qui a été fait\n\nVu.\n\n## Résultats\n\nBien.\n",
        20 + number,
        1000 + 100 * number,
        if number.is_multiple_of(2) {
            "Trouver le temps de se réunir souvent."
        } else {
            "Convaincre le conseil municipal de venir."
        },
        1 + number % 4,
    )
    .unwrap();
    lines
}

fn node_with(reports: usize) -> (TestNode, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    commons(folder.path(), reports);
    let node = TestNode::with(NodeOptions {
        content: Some(folder.path().to_path_buf()),
        ..NodeOptions::default()
    });
    (node, folder)
}

fn main_of(body: &str) -> &str {
    let start = body.find("<main").unwrap();
    &body[start..body.find("</main>").unwrap()]
}

#[test]
fn a_card_says_what_its_reports_say_and_every_number_leads_to_them() {
    let (node, _folder) = node_with(8);
    let client = node.client();
    let page = client.get(METHOD);
    assert_eq!(page.status, 200);
    let main = main_of(&page.body);
    // Eight and the seed's own; what is only planned is apart.
    assert!(main.contains("Expérimentée 9 fois"), "{main}");
    assert!(main.contains("En préparation"), "{main}");
    assert!(main.contains("<svg class=\"chart\""), "{main}");
    assert!(main.contains("/essais/nouveau?fiche=methodes/residence-d-immersion"));
    assert!(main.contains("La fiche annonce"), "{main}");
    // Every list that the page leads to has at least one report in it.
    let links: std::collections::BTreeSet<&str> = main
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with("/retours?"))
        .collect();
    assert!(links.len() > 10, "{links:?}");
    for href in links {
        let list = client.get(&href.replace("&amp;", "&").replace("&#38;", "&"));
        assert_eq!(list.status, 200, "{href}");
        let list = main_of(&list.body);
        assert!(list.contains("href=\"/experiences/"), "{href}: {list}");
    }
    let english = client.get(&format!("{METHOD}?lang=en"));
    assert!(english.body.contains("Tried 9 times"), "{}", english.body);
    // A card that nobody tried says nothing of it, and one may say that one did.
    let untried = client.get("/methodes/approche-vulnerabilites-risques");
    assert!(!main_of(&untried.body).contains("Expérimentée"));
    assert!(untried.body.contains("/essais/nouveau?fiche="));
}

#[test]
fn few_reports_speak_for_themselves() {
    let node = TestNode::start();
    let page = node.client().get("/methodes/communaute-de-jardiniers");
    let main = main_of(&page.body);
    assert!(main.contains("Expérimentée une fois"), "{main}");
    assert!(
        main.contains("/experiences/communautes-citoyennes-occitanie"),
        "{main}"
    );
    assert!(
        !main.contains("<svg") && !main.contains("médiane"),
        "{main}"
    );
}

#[test]
fn the_stories_of_the_starter_commons_give_charts() {
    let node = TestNode::start();
    for method in [
        "methodes/raconter-par-le-podcast",
        "outils/entretien-semi-directif",
    ] {
        let page = node.client().get(&format!("/{method}"));
        let main = main_of(&page.body);
        assert!(main.contains("Expérimenté"), "{main}");
        assert!(main.contains("3 fois") && main.contains("<svg"), "{main}");
        // The same numbers stand in a table under each drawing.
        assert!(main.contains("<table"), "{main}");
    }
}

#[test]
fn a_card_with_many_reports_stays_small() {
    let (node, _folder) = node_with(300);
    let client = node.client();
    let answer = client
        .request("GET", METHOD)
        .header("Accept-Encoding", "br")
        .send()
        .unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    let length = answer.bytes().unwrap().len();
    assert!(length <= 40 * 1024, "{length} bytes");
    let first = client.get("/retours?fiche=methodes/residence-d-immersion");
    assert!(
        first.body.contains("301 retours"),
        "{}",
        main_of(&first.body)
    );
    assert!(first.body.contains("rel=\"next\""));
}

#[test]
fn reports_are_data_and_no_cell_is_a_formula() {
    let (node, _folder) = node_with(4);
    let client = node.client();
    let table = client.get("/retours.csv");
    assert_eq!(table.status, 200);
    assert!(table.header("content-type").starts_with("text/csv"));
    assert!(
        table.body.starts_with("path,id,url,title,"),
        "{}",
        table.body
    );
    assert!(table.body.contains("'=SOMME(1;3)"), "{}", table.body);
    let of_card = client.get("/retours.csv?fiche=methodes/residence-d-immersion");
    // Four, the seed's own, what is planned, and the head of the table.
    assert_eq!(of_card.body.lines().count(), 7, "{}", of_card.body);

    let lines = client.get("/retours.jsonl");
    let all: Vec<Value> = lines
        .body
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(all.len(), table.body.lines().count() - 1);
    let one = all
        .iter()
        .find(|one| one["path"] == "experiences/essai-2")
        .unwrap();
    assert_eq!(one["duration_min_minutes"], json!(12 * 1440));
    assert_eq!(one["duration_nature"], "observed");
    assert_eq!(one["licence"], "CC-BY-SA-4.0");
    assert_eq!(one["credit"], "Commune 2");
    assert_eq!(one["marks"], json!({"clarte": 3}));
    assert_eq!(one["about"], json!([PATH]));
    assert!(one["register_vintage"].as_u64().unwrap() > 2000);
    let planned = all
        .iter()
        .find(|one| one["path"] == "experiences/residence-react")
        .unwrap();
    assert_eq!(planned["duration_nature"], "planned");

    let linked: Value = serde_json::from_str(&client.get("/retours.jsonld").body).unwrap();
    assert_eq!(linked["@type"], "Dataset");
    assert_eq!(
        linked["license"],
        "https://creativecommons.org/licenses/by-sa/4.0/"
    );
    assert_eq!(linked["hasPart"].as_array().unwrap().len(), all.len());

    let page = client.get("/retours");
    for column in all.iter().flat_map(|one| one.as_object().unwrap().keys()) {
        assert!(
            page.body.contains(&format!("<code>{column}</code>")),
            "{column}"
        );
    }
    for (odd, status) in [
        ("/retours?fiche=methodes/jamais", 404),
        ("/retours.csv?fiche=../../etc/passwd", 404),
        (
            "/retours?fiche=methodes/residence-d-immersion&voir=zzz",
            404,
        ),
        ("/retours?page=99999999999999999999", 200),
        (
            "/retours?fiche=methodes/residence-d-immersion&voir=mark.zzz.4",
            200,
        ),
    ] {
        assert_eq!(client.get(odd).status, status, "{odd}");
    }
}

#[test]
fn two_tellings_of_one_case_are_shown_to_editors_and_settled_by_a_proposal() {
    let (node, _folder) = node_with(0);
    let stranger = node.client();
    assert!(stranger.get("/doublons").url.contains("/connexion"));
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    assert_eq!(zoe.get("/doublons").status, 403);
    let ana = person(&node, "ana@example.org", "editor", "Ana", "La Fabrique");
    let list = ana.get("/doublons");
    assert!(
        list.body.contains("essai-des-potes-fiche"),
        "{}",
        main_of(&list.body)
    );
    let (one, other) = (
        "experiences/essai-des-potes-fiche",
        "experiences/essai-des-potes-page",
    );
    let there = format!("/doublons/comparer?une={one}&autre={other}");
    let both = ana.get(&there);
    assert_eq!(both.status, 200);
    assert!(both.body.contains("Bourgogne-Franche-Comté"));
    assert!(both.body.contains("2\u{202f}795\u{202f}000") || both.body.contains("2795000"));
    assert_eq!(ana.get("/doublons/comparer?une=a/b&autre=c/d").status, 404);
    assert_eq!(
        ana.get(&format!("/doublons/comparer?une={one}&autre={one}"))
            .status,
        404
    );

    // Nothing said: nothing proposed, and nothing lost.
    let fields = |act: &'static str, said: &'static str| {
        [
            ("une", one),
            ("autre", other),
            ("faire", act),
            ("divergences", said),
        ]
    };
    let empty = ana.post("/doublons/comparer", &fields("garder", " "));
    assert_eq!(empty.status, 422);
    assert_eq!(
        zoe.post("/doublons/comparer", &fields("lier", "")).status,
        403
    );
    assert_eq!(
        ana.post("/doublons/comparer", &fields("zzz", "")).status,
        400
    );

    let kept = ana.post(
        "/doublons/comparer",
        &fields("garder", "Population : 2,795 ou 2,821 millions."),
    );
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert!(kept.url.contains("/propositions/"), "{}", kept.url);
    assert!(
        kept.body.contains("2,821 millions"),
        "{}",
        main_of(&kept.body)
    );

    // To join them opens the text of the one that stays, in a proposal that archives the other.
    let joined = ana.post("/doublons/comparer", &fields("reunir", ""));
    assert_eq!(joined.status, 200, "{}", joined.body);
    assert!(
        joined
            .url
            .contains("/modifier/experiences/essai-des-potes-fiche"),
        "{}",
        joined.url
    );
    let number = joined.url.split("/propositions/").nth(1).unwrap();
    let number = number.split('/').next().unwrap();
    let mia = person(&node, "mia@example.org", "editor", "Mia", "La Ruche");
    let page = mia.get(&format!("/propositions/{number}"));
    assert_eq!(page.status, 200);

    let linked = ana.post("/doublons/comparer", &fields("lier", ""));
    assert!(linked.url.contains("/propositions/"), "{}", linked.url);
    assert!(
        linked.body.contains("proche de"),
        "{}",
        main_of(&linked.body)
    );
}

#[test]
fn a_year_has_its_report() {
    let (node, _folder) = node_with(4);
    let client = node.client();
    let latest = client.get("/bilan");
    assert_eq!(latest.status, 200);
    let main = main_of(&latest.body);
    assert!(
        main.contains("Nouvelles fiches") && main.contains("Essai numéro 3"),
        "{main}"
    );
    assert!(
        main.contains("Trouver le temps de se réunir souvent."),
        "{main}"
    );
    let title = main.split("Bilan de l’année ").nth(1).unwrap();
    let year = &title[..4];
    let same = client.get(&format!("/bilan/{year}"));
    assert_eq!(main_of(&same.body), main);
    for odd in ["/bilan/1999", "/bilan/99999", "/bilan/+202", "/bilan/zzzz"] {
        assert_eq!(client.get(odd).status, 404, "{odd}");
    }
}

#[test]
fn the_grid_is_filled_in_its_address_and_kept_nowhere() {
    let (node, _folder) = node_with(4);
    let client = node.client();
    let empty = client.get("/grille");
    assert_eq!(empty.status, 200);
    assert_eq!(empty.body.matches("<fieldset>").count(), 10);
    let query = "nom=%3DNotre+enqu%C3%AAte&date=2026-03&m.clarte=3&m.utilite=4&m.effet=2&m.zzz=4&m.inclusion=9\
                 &nom2=Avant&m2.clarte=1";
    let filled = client.get(&format!("/grille?{query}"));
    let main = main_of(&filled.body);
    assert!(main.contains("=Notre enquête, mars 2026"), "{main}");
    assert!(main.contains("3 (3 notes)"), "{main}");
    assert!(main.contains("\u{2212}2"), "{main}");
    let table = client.get(&format!("/grille.csv?{query}"));
    assert!(table.body.contains("'=Notre enquête"), "{}", table.body);
    assert!(
        table.body.contains("clarte,C’était clair,3,1"),
        "{}",
        table.body
    );
    let data = client.get(&format!("/grille.json?{query}")).json();
    assert_eq!(
        data["evaluated"][0]["marks"],
        json!({"clarte": 3, "effet": 2, "utilite": 4})
    );
    // From a report, beside what all of them say.
    let begun =
        client.get("/grille?retour=experiences/essai-2&fiche=methodes/residence-d-immersion");
    let main = main_of(&begun.body);
    assert!(
        main.contains("Essai numéro 2") && main.contains("Moyenne des retours publiés"),
        "{main}"
    );
    assert_eq!(
        client.get("/grille?retour=outils/porteur-de-parole").status,
        404
    );
    assert_eq!(client.get("/grille?fiche=zzz").status, 404);
}
