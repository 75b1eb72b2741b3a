//! The desk: proposals by age, size and conflict; several cards and a new address in one proposal, met by another change.

use serde_json::json;
use terreau_tests::{Client, TestNode};

use crate::person;

const CARD: &str = "outils/porteur-de-parole";

fn text(client: &Client, path: &str) -> String {
    client.get(&format!("/{path}.md")).body
}

fn head(client: &Client) -> String {
    let commons = client.get("/api/v1/commons").json();
    commons["head"].as_str().unwrap().to_owned()
}

fn propose(node: &TestNode, who: &Client, cards: &serde_json::Value) -> u64 {
    let request = who
        .request("POST", "/api/v1/proposals")
        .header("Origin", node.url(""))
        .json(&json!({"cards": cards, "reason": "Un essai"}));
    let made = who.send(request);
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["number"].as_u64().unwrap()
}

/// Returns the numbers that a list shows, in its order.
fn shown(client: &Client, query: &str) -> Vec<u64> {
    let page = client.get(&format!("/propositions?{query}"));
    assert_eq!(page.status, 200, "{query}");
    page.body
        .split("<p class=\"message\"><a href=\"/propositions/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect()
}

fn put(node: &TestNode, path: &str, text: &str) {
    let token = node.token("maire@example.org", "steward");
    let client = node.client();
    let request = client
        .request("PUT", &format!("/api/v1/cards/{path}"))
        .bearer_auth(token)
        .json(&json!({"content": text, "message": "Direct", "base": head(&client)}));
    let answer = client.send(request);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

fn titled(text: &str, title: &str) -> String {
    let line = text
        .lines()
        .find(|line| line.starts_with("title:"))
        .unwrap();
    text.replacen(line, &format!("title: \"{title}\""), 1)
}

#[test]
fn proposals_are_ordered_and_narrowed() {
    let node = TestNode::start();
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let start = text(&zoe, CARD);
    let other = "pages/charte";
    let charter = zoe.get(&format!("/{other}.md"));
    let path = if charter.status == 200 { other } else { CARD };
    let long = format!(
        "{}\n{}\n",
        text(&zoe, path),
        "Beaucoup de mots nouveaux. ".repeat(20)
    );
    let base = head(&zoe);
    let first = propose(
        &node,
        &zoe,
        &json!([{"path": path, "content": long, "base": base}]),
    );
    let second = propose(
        &node,
        &zoe,
        &json!([{"path": CARD, "content": titled(&start, "Un autre titre"), "base": base}]),
    );
    for (query, expected) in [
        ("", [first, second]),
        ("tri=anciennes", [first, second]),
        ("tri=recentes", [second, first]),
        ("tri=petites", [second, first]),
        ("tri=grandes", [first, second]),
        ("liste=miennes&tri=grandes", [first, second]),
        ("tri=inconnu", [first, second]),
    ] {
        assert_eq!(shown(&zoe, query), expected, "{query}");
    }
    assert!(shown(&zoe, "etat=a-reunir").is_empty());
    put(&node, CARD, &titled(&start, "Un troisième titre"));
    assert_eq!(shown(&zoe, "etat=a-reunir"), [second]);
    assert_eq!(
        shown(&zoe, &format!("fiche={CARD}&tri=anciennes")).last(),
        Some(&second)
    );
    assert!(shown(&zoe, "etat=pretes").is_empty());
    let nobody = node.client();
    assert_eq!(shown(&nobody, "tri=recentes"), [second, first]);
    assert!(
        nobody
            .get("/propositions?tri=grandes")
            .url
            .contains("/connexion")
    );
}

/// Returns what a form carries: its hidden inputs, and what its text areas hold.
fn carried(form: &str) -> Vec<(String, String)> {
    let read = |text: &str| {
        let marks = [
            ("&#60;", "<"),
            ("&#62;", ">"),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#38;", "&"),
        ];
        marks.iter().fold(text.to_owned(), |text, (mark, letter)| {
            text.replace(mark, letter)
        })
    };
    let areas = form.split("<textarea ").skip(1).map(|part| {
        let name = part
            .split("name=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let held = part
            .split_once('>')
            .unwrap()
            .1
            .split("</textarea>")
            .next()
            .unwrap();
        (
            name.to_owned(),
            read(held.strip_prefix('\n').unwrap_or(held)),
        )
    });
    let inputs = form
        .split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|part| {
            let value = part
                .split("value=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            (part.split('"').next().unwrap().to_owned(), read(value))
        });
    areas.chain(inputs).collect()
}

#[test]
fn several_cards_meet_a_conflict_and_a_new_address_and_are_published_together() {
    let node = TestNode::start();
    let zoe = person(
        &node,
        "zoe@example.org",
        "contributor",
        "Zoé",
        "Les Haies vives",
    );
    let ines = person(&node, "ines@example.org", "steward", "Inès", "Solucracy");
    let start = text(&zoe, CARD);
    let new = "---\nid: 01890000-0000-7000-8000-000000000077\nkind: page\ntitle: \"Essai\"\nsummary: \"Une page d’essai.\"\nlanguage: fr\n---\n\nVoir [[outils/porteur-de-parole]].\n";
    let number = propose(
        &node,
        &zoe,
        &json!([
            {"path": CARD, "content": titled(&start, "Un autre titre"), "base": head(&zoe)},
            {"path": "pages/essai", "content": new},
        ]),
    );
    let page = format!("/propositions/{number}");
    // Meanwhile the card gets another address, and another title.
    let moved = "outils/parole-portee";
    let renamed = ines.post(
        &format!("/{CARD}/renommer"),
        &[("adresse", moved), ("motif", "Plus court")],
    );
    assert!(
        renamed.url.contains(moved),
        "{}: {}",
        renamed.url,
        renamed.body
    );
    put(
        &node,
        moved,
        &titled(&text(&ines, moved), "Un troisième titre"),
    );
    let shown = ines
        .get(&format!(
            "/api/v1{}",
            page.replace("propositions", "proposals")
        ))
        .json();
    assert_eq!(shown["joins"], "conflict", "{shown}");
    let publish = |head: &str| ines.post(&format!("{page}/publier"), &[("tete", head)]);
    let refused = publish(shown["head"].as_str().unwrap());
    assert_eq!(refused.status, 409, "{}", refused.body);

    // Its author joins both, place by place.
    let form = zoe.get(&format!("{page}/conflit"));
    assert_eq!(form.status, 409, "{}", form.body);
    let mut fields = carried(&form.body);
    fields.extend([
        ("c.0".to_owned(), "moi".to_owned()),
        ("motif".to_owned(), "Réunir".to_owned()),
        ("accord".to_owned(), "oui".to_owned()),
    ]);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let joined = zoe.post(&format!("{page}/conflit"), &fields);
    assert!(
        joined.url.contains("fait=reunies"),
        "{}: {}",
        joined.url,
        joined.body
    );

    let shown = ines
        .get(&format!(
            "/api/v1{}",
            page.replace("propositions", "proposals")
        ))
        .json();
    assert_ne!(shown["joins"], "conflict");
    let done = publish(shown["head"].as_str().unwrap());
    assert!(
        done.url.contains("fait=publiee"),
        "{}: {}",
        done.url,
        done.body
    );
    assert!(text(&ines, moved).contains("Un autre titre"));
    let made = text(&ines, "pages/essai");
    assert!(made.contains("Une page d’essai."), "{made}");
}
