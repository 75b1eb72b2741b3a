//! Hidden names: whoever asks is no longer named on pages, in the API or by git, history stays as it is, and they can come back.

use terreau_tests::{Client, TestNode, run_git};

use crate::person;

const CARD: &str = "/outils/porteur-de-parole";
const NAME: &str = "Nadia Bensaïd";
const STANDS_FOR: &str = "Une personne du commun";

/// Adds a line to the card, as somebody who may publish.
fn publish(who: &Client, words: &str) {
    let form = format!("{CARD}/modifier?vue=source");
    let base = who.get(&form).attribute_after("name=\"base\"", "value");
    let text = format!("{}\n{words}\n", who.get(&format!("{CARD}.md")).body);
    let fields = [
        ("source", text.as_str()),
        ("geste", "publier"),
        ("motif", words),
        ("accord", "oui"),
        ("base", base.as_deref().unwrap()),
        ("fin", "1"),
    ];
    let done = who.post(&form, &fields);
    assert!(done.url.contains("fait="), "{}: {}", done.url, done.body);
}

/// Runs git, and returns what it says.
fn git(node: &TestNode, arguments: &[&str]) -> String {
    let done = run_git(node.folder(), arguments);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).unwrap()
}

/// Every place that names who made the card.
fn places() -> Vec<String> {
    ["/historique", "/attribution", "", "/comparer"]
        .into_iter()
        .map(|end| format!("{CARD}{end}"))
        .chain([
            format!("/api/v1/cards{CARD}"),
            format!("/api/v1/cards{CARD}/history"),
            "/propositions/1".to_owned(),
            "/api/v1/proposals/1".to_owned(),
            "/propositions".to_owned(),
        ])
        .collect()
}

#[test]
fn a_name_is_hidden_everywhere_and_can_come_back() {
    let node = TestNode::start();
    let nadia = person(
        &node,
        "nadia@example.org",
        "editor",
        NAME,
        "Liré en transition",
    );
    publish(&nadia, "Une ligne de Nadia.");
    let token = node.run(&[
        "token",
        "create",
        "--account",
        "nadia@example.org",
        "--scope",
        "proposal:write",
    ]);
    let token = String::from_utf8(token.stdout).unwrap();
    let text = nadia.get(&format!("{CARD}.md")).body;
    let base = nadia.get("/api/v1/commons").json()["head"].clone();
    let program = node.client();
    let proposed = program
        .request("POST", "/api/v1/proposals")
        .bearer_auth(token.trim())
        .json(&serde_json::json!({
            "cards": [{"path": &CARD[1..], "content": format!("{text}\nEncore.\n"), "base": base}],
            "reason": "Encore un mot",
        }));
    assert_eq!(program.send(proposed).status, 201);
    let reader = node.client();
    let names = |place: &str| reader.get(place).body.contains(NAME);
    for place in ["/historique", "/attribution", "/comparer"] {
        assert!(names(&format!("{CARD}{place}")), "{place}");
    }
    let before = git(&node, &["-C", "data/commons.git", "log", "--format=%an %H"]);

    let hidden = nadia.post("/compte/nom", &[("masquer", "oui")]);
    assert!(
        hidden.body.contains("Votre nom est masqué"),
        "{}",
        hidden.body
    );
    for place in places() {
        let page = reader.get(&place);
        assert_eq!(page.status, 200, "{place}");
        assert!(!page.body.contains(NAME), "{place}: {}", page.body);
        assert!(!page.body.contains("Liré en transition"), "{place}");
    }
    assert!(
        reader
            .get(&format!("{CARD}/historique"))
            .body
            .contains(STANDS_FOR)
    );
    assert!(
        reader
            .get(&format!("{CARD}/attribution"))
            .body
            .contains(STANDS_FOR)
    );
    assert!(reader.get("/propositions/1").body.contains(STANDS_FOR));

    // Git says the same, to those who clone now; its commits stay what they were.
    let clone = node.folder().join("clone");
    let clone = clone.to_str().unwrap();
    git(
        &node,
        &["clone", "--quiet", &node.url("/commons.git"), clone],
    );
    let mapped = git(
        &node,
        &["-C", clone, "log", "--use-mailmap", "--format=%aN"],
    );
    assert!(
        !mapped.contains(NAME) && mapped.contains(STANDS_FOR),
        "{mapped}"
    );
    let summed = git(&node, &["-C", clone, "shortlog", "-s", "HEAD"]);
    assert!(
        !summed.contains(NAME) && summed.contains(STANDS_FOR),
        "{summed}"
    );
    let after = git(&node, &["-C", clone, "log", "--format=%an %H"]);
    assert!(after.contains(before.trim()), "{after}");

    // What they write while hidden is signed without their name, for good.
    publish(&nadia, "Une ligne de personne.");
    let raw = git(
        &node,
        &["-C", "data/commons.git", "log", "-1", "--format=%an%n%B"],
    );
    assert!(
        raw.contains(STANDS_FOR) && !raw.contains(NAME) && !raw.contains("Liré"),
        "{raw}"
    );

    nadia.post("/compte/nom", &[("masquer", "non")]);
    assert!(names(&format!("{CARD}/historique")));
    assert!(names("/propositions/1"));
}

#[test]
fn whoever_leaves_can_hide_their_name_in_what_stays() {
    let node = TestNode::start();
    let nadia = person(&node, "nadia@example.org", "editor", NAME, "");
    publish(&nadia, "Une ligne de Nadia.");
    let gone = nadia.post("/compte/supprimer", &[("nom", NAME), ("masquer", "oui")]);
    assert!(gone.url.ends_with("/compte/supprime"), "{}", gone.url);
    let history = node.client().get(&format!("{CARD}/historique")).body;
    assert!(history.contains("Une ligne de Nadia."));
    assert!(
        !history.contains(NAME) && history.contains(STANDS_FOR),
        "{history}"
    );
}
