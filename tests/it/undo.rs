//! Undoing one published change: what was written since stays; whoever may not publish proposes it.

use terreau_tests::{Client, TestNode};

use crate::person;

const CARD: &str = "/outils/porteur-de-parole";

fn text(client: &Client) -> String {
    client.get(&format!("{CARD}.md")).body
}

/// Publishes a text of the card through the API, and returns the commit.
fn put(node: &TestNode, token: &str, text: &str, message: &str) -> String {
    let client = node.client();
    let base = client.get("/api/v1/commons").json()["head"].clone();
    let request = client
        .request("PUT", &format!("/api/v1/cards{CARD}"))
        .bearer_auth(token)
        .json(&serde_json::json!({"content": text, "message": message, "base": base}));
    let answer = client.send(request);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["commit"].as_str().unwrap().to_owned()
}

#[test]
fn one_change_is_undone_and_what_came_after_stays() {
    let node = TestNode::start();
    let token = node.token("ali@example.org", "editor");
    let reader = node.client();
    let start = text(&reader);
    let title = start
        .lines()
        .find(|line| line.starts_with("title:"))
        .unwrap();
    let renamed = start.replacen(title, "title: \"Un autre titre\"", 1);
    let wrong = put(&node, &token, &renamed, "Un autre titre");
    put(
        &node,
        &token,
        &format!("{renamed}\nUn mot rare.\n"),
        "Un mot rare",
    );
    let undo = format!("{CARD}/versions/{wrong}/annuler");
    assert!(reader.get(&undo).url.contains("/connexion"));
    let compared = reader.get(&format!("{CARD}/versions/{wrong}"));
    assert!(compared.body.contains(&undo), "the version offers it");
    let before = reader.get(&format!("{CARD}/comparer?jusqu-a={wrong}"));
    assert!(before.body.contains(&undo), "and so does the comparison");

    // Somebody who may not publish proposes it; it is the undoing and nothing else.
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let asked = zoe.get(&undo);
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains("Un autre"), "{}", asked.body);
    assert!(
        !asked.body.contains("<del>Un mot rare") && !asked.body.contains("<ins>Un mot rare"),
        "what stays is no change"
    );
    assert_eq!(zoe.post(&undo, &[("motif", "")]).status, 422);
    let sent = zoe.post(&undo, &[("motif", "Le titre était le bon")]);
    assert!(sent.url.contains("/propositions/1"), "{}", sent.body);
    assert!(text(&reader).contains("Un autre titre"));

    // The history says that it waits, and leads to it.
    let history = reader.get(&format!("{CARD}/historique")).body;
    assert!(
        history.contains("Une proposition attend pour cette fiche"),
        "{history}"
    );
    let desk = reader.get(&format!("/propositions?fiche={}", &CARD[1..]));
    assert!(desk.body.contains("/propositions/1"));
    let other = reader.get("/propositions?fiche=pages/absente");
    assert!(!other.body.contains("/propositions/1"));

    let ines = person(&node, "ines@example.org", "steward", "Inès", "");
    let done = ines.post(&undo, &[("motif", "Le titre était le bon")]);
    assert!(
        done.url.ends_with("fait=annulee"),
        "{}: {}",
        done.url,
        done.body
    );
    let now = text(&reader);
    assert!(now.contains(title) && now.contains("Un mot rare."), "{now}");
    let again = ines.post(&undo, &[("motif", "Encore")]);
    assert_eq!(again.status, 422);
    assert!(again.body.contains("rien à annuler"));
    let first = reader.get(&format!("/api/v1/cards{CARD}/history")).json();
    let first = first["versions"].as_array().unwrap().last().unwrap()["commit"].clone();
    let made = format!("{CARD}/versions/{}/annuler", first.as_str().unwrap());
    assert_eq!(
        ines.get(&made).status,
        404,
        "what made the card is archived, not undone"
    );
}

#[test]
fn what_was_written_over_since_is_chosen_place_by_place() {
    let node = TestNode::start();
    let token = node.token("ali@example.org", "editor");
    let start = text(&node.client());
    let title = start
        .lines()
        .find(|line| line.starts_with("title:"))
        .unwrap();
    let second = start.replacen(title, "title: \"Deuxième\"", 1);
    let wrong = put(&node, &token, &second, "Deuxième");
    put(
        &node,
        &token,
        &start.replacen(title, "title: \"Troisième\"", 1),
        "Troisième",
    );
    let ines = person(&node, "ines@example.org", "steward", "Inès", "");
    let undo = format!("{CARD}/versions/{wrong}/annuler");
    assert!(ines.get(&undo).body.contains("vous choisirez"));
    let met = ines.post(&undo, &[("motif", "Le premier titre")]);
    assert_eq!(met.status, 409);
    assert!(met.body.contains("Troisième") && met.body.contains("Deuxième"));
}
