//! The API: what scripts and partners hold on to.

use serde_json::{Value, json};
use terreau_tests::{Page, TestNode};

/// Sends `PUT /cards/{path}`.
pub fn put(node: &TestNode, token: &str, path: &str, body: &Value, key: Option<&str>) -> Page {
    let client = node.client();
    let mut request = client
        .request("PUT", &format!("/api/v1/cards/{path}"))
        .bearer_auth(token)
        .json(body);
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    client.send(request)
}

/// Returns the text of a card and the commit that shows it.
pub fn card(node: &TestNode, path: &str) -> (String, String) {
    let text = node.client().get(&format!("/{path}.md"));
    assert_eq!(text.status, 200, "{path}.md");
    let card = node.client().get(&format!("/api/v1/cards/{path}")).json();
    (text.body, card["commit"].as_str().unwrap().to_owned())
}

/// Replaces the summary line of a card and returns the answer.
pub fn change_summary(node: &TestNode, token: &str, path: &str, summary: &str) -> Value {
    let (text, commit) = card(node, path);
    let changed: String = text
        .split_inclusive('\n')
        .map(|line| {
            if line.starts_with("summary:") {
                format!("summary: {summary}\n")
            } else {
                line.to_owned()
            }
        })
        .collect();
    assert_ne!(text, changed);
    let answer = put(
        node,
        token,
        path,
        &json!({"content": changed, "message": "Résumé revu", "base": commit}),
        None,
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

const CARD: &str = "outils/porteur-de-parole";

#[test]
fn anyone_reads() {
    let node = TestNode::start();
    let client = node.client();
    let commons = client.get("/api/v1/commons").json();
    assert_eq!(
        commons["licence"]["spdx"]
            .as_str()
            .or(commons["licence"].as_str()),
        Some("CC-BY-SA-4.0")
    );
    let card = client.get(&format!("/api/v1/cards/{CARD}"));
    assert_eq!(card.status, 200);
    let data = card.json();
    for key in [
        "path",
        "id",
        "kind",
        "commit",
        "meta",
        "body",
        "html",
        "attribution",
        "licence",
        "history_url",
    ] {
        assert!(!data[key].is_null(), "no {key} in {data:#}");
    }
    assert_eq!(data["kind"], "tool");
    assert!(
        data["attribution"]["text"]
            .as_str()
            .unwrap()
            .contains("CC BY-SA 4.0")
    );
    // A reader that has it already is told so.
    let etag = card.header("etag").to_owned();
    assert!(etag.starts_with('"') || etag.starts_with("W/"), "{etag}");
    let again = client.send(
        client
            .request("GET", &format!("/api/v1/cards/{CARD}"))
            .header("If-None-Match", etag),
    );
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn search_answers_with_facets() {
    let node = TestNode::start();
    let client = node.client();
    node.line_with("Terreau écoute");
    crate::wait_until(|| client.get("/api/v1/search?q=enquete").json()["total"].as_u64() > Some(0));
    let answer = client.get("/api/v1/search?q=enquete&limit=5").json();
    assert!(answer["hits"].as_array().unwrap().len() <= 5);
    assert!(
        answer["facets"]["kind"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["count"].as_u64() > Some(0))
    );
    let tools = client.get("/api/v1/search?q=enquete&kind=tool").json();
    assert!(
        tools["hits"]
            .as_array()
            .unwrap()
            .iter()
            .all(|hit| hit["kind"] == "tool")
    );
}

#[test]
fn every_card_can_be_listed_page_by_page() {
    let node = TestNode::start();
    let client = node.client();
    let total = client.get("/api/v1/commons").json()["counts"]["cards"]
        .as_u64()
        .unwrap();
    let mut paths = std::collections::BTreeSet::new();
    let mut next = Some("/api/v1/cards?limit=7".to_owned());
    while let Some(url) = next {
        let page = client.get(&url).json();
        for card in page["cards"].as_array().unwrap() {
            assert!(
                paths.insert(card["path"].as_str().unwrap().to_owned()),
                "{card} twice"
            );
        }
        next = page["next"]
            .as_str()
            .map(|cursor| format!("/api/v1/cards?limit=7&cursor={cursor}"));
    }
    assert_eq!(paths.len() as u64, total);
}

#[test]
fn a_change_is_a_commit_credited_to_its_author() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let saved = change_summary(
        &node,
        &token,
        CARD,
        "La parole des passants, exposée dans la rue.",
    );
    assert_eq!(saved["merged"], false);
    let history = node
        .client()
        .get(&format!("/api/v1/cards/{CARD}/history"))
        .json();
    let last = &history["versions"][0];
    assert_eq!(last["commit"], saved["commit"]);
    assert_eq!(last["message"], "Résumé revu");
    let shown = terreau_tests::run_git(
        &node.data().join("commons.git"),
        &["log", "-1", "--format=%an|%ae|%s|%b", "main"],
    );
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("|Résumé revu|")
            && shown.contains("Licence: CC-BY-SA-4.0")
            && shown.contains(&format!("Card: {CARD}")),
        "{shown}"
    );
    assert!(
        !shown.contains("editrice@example.org"),
        "a private address entered git: {shown}"
    );
}

#[test]
fn two_edits_of_different_places_join_and_of_one_place_do_not() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let (text, base) = card(&node, CARD);
    change_summary(&node, &token, CARD, "Premier changement.");
    let longer = format!("{}\n\nUn dernier paragraphe.\n", text.trim_end());
    let joined = put(
        &node,
        &token,
        CARD,
        &json!({"content": longer, "message": "Un mot de plus", "base": base}),
        None,
    );
    assert_eq!(joined.status, 200, "{}", joined.body);
    assert_eq!(joined.json()["merged"], true);
    let (now, _) = card(&node, CARD);
    assert!(now.contains("Premier changement.") && now.contains("Un dernier paragraphe."));
    let other = text.replacen("summary: \"", "summary: \"Autrement, ", 1);
    let refused = put(
        &node,
        &token,
        CARD,
        &json!({"content": other, "message": "Autre résumé", "base": base}),
        None,
    );
    assert_eq!(refused.status, 409);
    let conflict = refused.json();
    assert_eq!(conflict["theirs"], other);
    assert_eq!(conflict["base"], text);
    assert_eq!(conflict["ours"], now);
    assert!(
        conflict["merged_with_markers"]
            .as_str()
            .unwrap()
            .contains("<<<<<<<")
    );
}

#[test]
fn a_request_sent_again_publishes_once() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let (text, base) = card(&node, CARD);
    let body = json!({"content": text.replacen("summary: \"", "summary: \"Bref, ", 1), "message": "Bref", "base": base});
    let first = put(&node, &token, CARD, &body, Some("a-1"));
    assert_eq!(first.status, 200, "{}", first.body);
    let again = put(&node, &token, CARD, &body, Some("a-1"));
    assert_eq!(
        (again.status, &again.json()["commit"]),
        (200, &first.json()["commit"])
    );
}

#[test]
fn problems_are_told_with_their_place_and_nothing_is_written() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let (text, base) = card(&node, CARD);
    let head = node.client().get("/api/v1/commons").json()["head"].clone();
    let broken = text.replacen("kind: tool", "kind: marteau", 1);
    let answer = put(
        &node,
        &token,
        CARD,
        &json!({"content": broken, "message": "x", "base": base}),
        None,
    );
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(
        answer
            .header("content-type")
            .starts_with("application/problem+json")
    );
    assert!(answer.json()["problems"][0]["line"].as_u64() > Some(0));
    assert_eq!(node.client().get("/api/v1/commons").json()["head"], head);
}

#[test]
fn writing_needs_a_token_its_scope_and_a_role() {
    let node = TestNode::start();
    let (text, base) = card(&node, CARD);
    let body = json!({"content": text.replacen("summary: \"", "summary: \"Non, ", 1), "message": "x", "base": base});
    let client = node.client();
    let anonymous = client.send(
        client
            .request("PUT", &format!("/api/v1/cards/{CARD}"))
            .json(&body),
    );
    assert!(
        [401, 403].contains(&anonymous.status),
        "{}",
        anonymous.status
    );
    assert_eq!(put(&node, "terreau_faux", CARD, &body, None).status, 401);
    let contributor = node.token("benevole@example.org", "contributor");
    assert_eq!(put(&node, &contributor, CARD, &body, None).status, 403);
    node.run(&["account", "grant", "lectrice@example.org", "editor"]);
    let narrow = node.run(&[
        "token",
        "create",
        "--account",
        "lectrice@example.org",
        "--scope",
        "proposal:write",
    ]);
    let narrow = String::from_utf8(narrow.stdout).unwrap();
    assert_eq!(put(&node, narrow.trim(), CARD, &body, None).status, 403);
    let in_the_address = client.get(&format!(
        "/api/v1/cards/{CARD}?access_token={}",
        narrow.trim()
    ));
    assert_eq!(in_the_address.status, 400);
}

#[test]
fn the_description_is_made_from_the_code() {
    let node = TestNode::start();
    let described = node.client().get("/api/v1/openapi.json").json();
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, method) in [
        ("/search", "get"),
        ("/cards", "get"),
        ("/cards/{path}", "get"),
        ("/cards/{path}", "put"),
        ("/commons", "get"),
    ] {
        let path = format!("/api/v1{path}");
        assert!(
            !described["paths"][&path][method].is_null(),
            "{method} {path} is not described"
        );
    }
}
