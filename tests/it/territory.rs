//! Territories: names completed, pages, the map, coordinates imported.

use serde_json::{Value, json};
use terreau_tests::{Client, TestNode};

use crate::api::card;
use crate::person;

fn completed(client: &Client, typed: &str) -> Vec<Value> {
    let answer = client.get(&format!("/territoires/completer?q={typed}"));
    assert_eq!(answer.status, 200, "{typed}: {}", answer.body);
    let places = answer.json()["places"].as_array().unwrap().clone();
    assert!(places.len() <= 10, "{typed}");
    places
}

#[test]
fn names_are_completed_with_departments_and_former_names() {
    let node = TestNode::start();
    let client = node.client();
    let lunas = completed(&client, "lunas");
    let former = lunas.iter().find(|one| one["code"] == "34144").unwrap();
    assert_eq!(former["label"], "Lunas-les-Châteaux (34, Hérault)");
    assert_eq!(former["former"], "Lunas");
    assert_eq!(former["written"]["insee"], "34144");
    assert_eq!(former["written"]["vintage"], 2026);
    assert_eq!(former["written"]["department"], "Hérault");
    assert!(
        lunas
            .iter()
            .any(|one| one["label"] == "Lunas (24, Dordogne)")
    );

    let department = &completed(&client, "h%C3%A9rault")[0];
    assert_eq!(department["code"], "departement-34");
    assert_eq!(department["kind"], "département");
    let english = client
        .get("/territoires/completer?q=h%C3%A9rault&lang=en")
        .json();
    assert_eq!(english["places"][0]["kind"], "department");

    for hostile in ["", "%00", "%FF%FE", "%3Cscript%3E", &"a+".repeat(3000)] {
        completed(&client, hostile);
    }
    let page = client.get("/territoires/completer?q=combloux");
    assert!(page.header("cache-control").contains("max-age=86400"));
    assert_eq!(page.header("set-cookie"), "");
    let etag = page.header("etag").to_owned();
    let held = client
        .request("GET", "/territoires/completer?q=combloux")
        .header("If-None-Match", &etag);
    let again = client.send(held);
    assert_eq!(again.status, 304);
}

#[test]
fn a_territory_without_a_card_has_a_page_of_its_own() {
    let node = TestNode::start();
    let client = node.client();
    let page = client.get("/territoires/insee/34172");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("set-cookie"), "");
    for said in ["Montpellier", "Hérault", "Occitanie", "2026", "Insee, DGCL"] {
        assert!(page.body.contains(said), "{said}");
    }
    for (address, said) in [
        ("/territoires/siren/243400355", "Communauté de communes"),
        ("/territoires/departement/34", "Lunas-les-Châteaux"),
        ("/territoires/departement/2A", "Ajaccio"),
        ("/territoires/region/53", "Finistère (29)"),
        ("/territoires/region/04", "La Réunion (974)"),
    ] {
        let page = client.get(address);
        assert_eq!(page.status, 200, "{address}");
        assert!(page.body.contains(said), "{address}");
    }
    for unknown in [
        "/territoires/insee/99999",
        "/territoires/insee/34",
        "/territoires/insee/%00",
        "/territoires/siren/123456789",
        "/territoires/departement/99",
        "/territoires/region/77",
    ] {
        assert_eq!(client.get(unknown).status, 404, "{unknown}");
    }
    let etag = page.header("etag").to_owned();
    let held = client
        .request("GET", "/territoires/insee/34172")
        .header("If-None-Match", &etag);
    assert_eq!(client.send(held).status, 304);
}

#[test]
fn old_codes_and_cards_are_led_to() {
    let node = TestNode::start();
    let client = node.client();
    // Dio-et-Valquières is part of Lunas-les-Châteaux, which has a card.
    assert!(
        client
            .get("/territoires/insee/34093")
            .url
            .ends_with("/territoires/lunas")
    );
    assert!(
        client
            .get("/territoires/insee/34144")
            .url
            .ends_with("/territoires/lunas")
    );
    assert!(
        client
            .get("/territoires/departement/58")
            .url
            .ends_with("/territoires/nievre")
    );
    assert!(
        client
            .get("/territoires/region/76")
            .url
            .ends_with("/territoires/occitanie")
    );
    assert!(
        client
            .get("/territoires/insee/2b033")
            .url
            .ends_with("/territoires/insee/2B033")
    );
    let card = client.get("/territoires/lunas");
    assert!(card.body.contains("Au registre 2026"), "{}", card.body);
    assert!(card.body.contains("Lunas-les-Châteaux (34, Hérault)"));
    assert!(card.body.contains("id=\"retours\""));
}

#[test]
fn the_map_shows_what_the_search_finds() {
    let node = TestNode::start();
    let client = node.client();
    crate::wait_until(|| client.get("/readyz").status == 200);
    let all = client.get("/carte");
    assert_eq!(all.status, 200);
    assert_eq!(all.header("set-cookie"), "");
    assert_eq!(
        all.body.matches("<path ").count(),
        96 + 4,
        "96 departments, 4 of them twice"
    );
    for said in [
        "MapSVG",
        "CC BY 4.0",
        "href=\"#d-58\"",
        "id=\"d-58\"",
        "La Réunion",
    ] {
        assert!(all.body.contains(said), "{said}");
    }
    // Everything that a department of the map leads to stands in the list.
    for link in all.body.split("href=\"#").skip(1) {
        let anchor = link.split('"').next().unwrap();
        assert!(all.body.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    let found = client
        .get("/api/v1/search?kind=organisation&limit=100")
        .json();
    let few = client.get("/carte.geojson?kind=organisation").json();
    assert_eq!(few["type"], "FeatureCollection");
    assert!(
        few["licence"]
            .as_str()
            .unwrap()
            .contains("creativecommons.org")
    );
    assert!(!few["credit"].as_array().unwrap().is_empty());
    let found: Vec<&str> = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["path"].as_str().unwrap())
        .collect();
    let features = few["features"].as_array().unwrap();
    assert!(!features.is_empty());
    for feature in features {
        for card in feature["properties"]["cards"].as_array().unwrap() {
            let url = card["url"].as_str().unwrap();
            assert!(found.iter().any(|path| url.ends_with(path)), "{url}");
        }
    }
    let none = client.get("/carte?q=zorglubien");
    assert_eq!(none.status, 200);
    assert!(!none.body.contains("href=\"#d-"));
    let bytes = all.body.len();
    assert!(bytes < 300_000, "{bytes} bytes");
}

#[test]
fn coordinates_are_imported_checked_and_shown() {
    let node = TestNode::start();
    let client = node.client();
    crate::wait_until(|| client.get("/readyz").status == 200);
    assert!(!client.get("/carte").body.contains("class=\"point\" cx"));
    let table = node.folder().join("communes.csv");
    let import = |credit: &str, licence: &str| {
        let path = table.to_str().unwrap();
        let words = [
            "import",
            "coordinates",
            path,
            "--credit",
            credit,
            "--licence",
            licence,
            "--vintage",
            "2026",
        ];
        node.run(&words)
    };
    std::fs::write(
        &table,
        "code,lat,lon\n74083,45.9,6.64\n74083,1,1\n86116,95,0\n",
    )
    .unwrap();
    let refused = import("IGN", "etalab-2.0");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{said}");
    assert!(said.contains(":3:") && said.contains(":4:"), "{said}");
    std::fs::write(&table, "code,lat,lon\n74083,45.9,6.64\n86116,46.47,0.08\n").unwrap();
    assert!(!import("IGN", "no-licence").status.success());
    assert!(!import(" ", "etalab-2.0").status.success());
    let done = import("IGN, Admin Express", "etalab-2.0");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );

    let (stopped, _) = node.stop();
    let doctor = stopped.run(&["doctor"]);
    assert!(
        doctor.status.success(),
        "{}",
        String::from_utf8_lossy(&doctor.stdout)
    );
    let node = stopped.start();
    let client = node.client();
    crate::wait_until(|| client.get("/readyz").status == 200);
    let map = client.get("/carte");
    assert!(map.body.contains("class=\"point\" cx"), "{}", map.body);
    assert!(map.body.contains("IGN, Admin Express"));
    let places = client.get("/carte.geojson").json();
    let combloux = places["features"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["properties"]["code"] == "74083")
        .unwrap()
        .clone();
    assert_eq!(
        combloux["geometry"]["coordinates"],
        serde_json::json!([6.64, 45.9])
    );

    let (stopped, _) = node.stop();
    std::fs::write(stopped.data().join("coordinates.txt"), "torn").unwrap();
    let doctor = stopped.run(&["doctor"]);
    let said = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(
        !doctor.status.success() && said.contains("coordinates"),
        "{said}"
    );
    // A damaged file is no reason not to serve.
    assert_eq!(stopped.start().client().get("/carte").status, 200);
}

#[test]
fn an_organisation_shows_what_it_carries() {
    let node = TestNode::start();
    let client = node.client();
    let page = client.get("/organisations/la-traverse");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("id=\"porte\""), "{}", page.body);
    assert!(page.body.contains("porteuse"));
    assert!(page.body.contains("Boischaut Sud en transition"));
}

#[test]
fn an_organisation_shows_what_its_people_reviewed_unless_they_hide_their_name() {
    let node = TestNode::start();
    let lou = person(
        &node,
        "lou@example.org",
        "editor",
        "Lou Relit",
        "la traverse",
    );
    let token = |email: &str, role: &str, scope: &str| {
        node.run(&["account", "grant", email, role]);
        let made = node.run(&["token", "create", "--account", email, "--scope", scope]);
        assert!(made.status.success());
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    };
    let proposer = token("ana@example.org", "contributor", "proposal:write");
    let reviewer = token("lou@example.org", "editor", "review:write");
    let client = node.client();
    let call = |token: &str, path: &str, body: Value| {
        let request = client.request("POST", path).bearer_auth(token).json(&body);
        let answer = client.send(request);
        assert!(answer.status < 300, "{}", answer.body);
        answer.json()
    };
    let page = || client.get("/organisations/la-traverse").body;
    assert!(!page().contains("id=\"relu\""));

    let (text, base) = card(&node, "outils/porteur-de-parole");
    let cards = json!([{
        "path": "outils/porteur-de-parole",
        "content": format!("{text}\nUn ajout.\n"),
        "base": base,
    }]);
    let made = call(
        &proposer,
        "/api/v1/proposals",
        json!({"cards": cards, "reason": "Un ajout"}),
    );
    assert_eq!(made["number"], 1);
    let found = client.send(
        client
            .request("GET", "/api/v1/proposals/1")
            .bearer_auth(&reviewer),
    );
    let head = found.json()["head"].clone();
    let review = json!({"verdict": "approve", "head": head, "words": ""});
    call(&reviewer, "/api/v1/proposals/1/reviews", review);
    assert!(!page().contains("id=\"relu\""), "it is not published yet");
    call(
        &reviewer,
        "/api/v1/proposals/1/publish",
        json!({"head": head}),
    );

    let shown = page();
    let (_, reviewed) = shown.split_once("id=\"relu\"").expect("a list");
    let reviewed = reviewed.split_once("</section>").unwrap().0;
    assert!(
        reviewed.contains("href=\"/outils/porteur-de-parole\""),
        "{reviewed}"
    );
    let other = client.get("/organisations/citego").body;
    assert!(!other.contains("id=\"relu\""), "{other}");

    lou.post("/compte/nom", &[("masquer", "oui")]);
    assert!(
        !page().contains("id=\"relu\""),
        "who hides their name hides it here"
    );
    lou.post("/compte/nom", &[("masquer", "non")]);
    assert!(page().contains("id=\"relu\""));
}
