//! Nothing of a stranger is public before somebody looked: their proposals are seen by them and by editors alone, on pages, by
//! program and through git.

use std::process::Command;

use serde_json::{Value, json};
use terreau_tests::{Client, TestNode};

use crate::comments::newcomer;
use crate::person;

const CARD: &str = "outils/porteur-de-parole";

fn propose(node: &TestNode, who: &Client, word: &str) -> u64 {
    let text = who.get(&format!("/{CARD}.md")).body;
    let base = who.get("/api/v1/commons").json()["head"].clone();
    let cards = json!([{"path": CARD, "content": format!("{text}\n{word}\n"), "base": base}]);
    let request = who
        .request("POST", "/api/v1/proposals")
        .header("Origin", node.url(""))
        .json(&json!({"cards": cards, "reason": "Un essai"}));
    let made = who.send(request);
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["number"].as_u64().unwrap()
}

fn total(client: &Client) -> u64 {
    client.get("/api/v1/proposals").json()["total"]
        .as_u64()
        .unwrap()
}

/// Returns the refs that git shows.
fn refs(node: &TestNode) -> String {
    let listed = Command::new("git")
        .args(["ls-remote", &node.url("/commons.git")])
        .output()
        .unwrap();
    String::from_utf8(listed.stdout).unwrap()
}

fn post(node: &TestNode, who: &Client, path: &str, body: &Value) -> u16 {
    let request = who
        .request("POST", path)
        .header("Origin", node.url(""))
        .json(body);
    who.send(request).status
}

#[test]
fn a_strangers_proposal_is_seen_by_them_and_editors_until_one_looked() {
    let node = TestNode::start();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let ali = person(&node, "ali@example.org", "contributor", "Ali", "");
    let zoe = newcomer(&node, "zoe@example.org", "Zoé");
    let nobody = node.client();
    let number = propose(&node, &zoe, "Un mot rare.");
    let (page, call) = (
        format!("/propositions/{number}"),
        format!("/api/v1/proposals/{number}"),
    );
    for other in [&nobody, &ali] {
        assert_eq!(total(other), 0);
        assert_eq!(other.get(&call).status, 404);
        for end in ["", "?vue=source", "/conflit"] {
            let found = other.get(&format!("{page}{end}"));
            assert!(
                found.status == 404 || found.url.contains("/connexion"),
                "{end}"
            );
            assert!(!found.body.contains("mot rare"), "{end}");
        }
        for list in ["/propositions", "/propositions?tri=recentes"] {
            assert!(!other.get(list).body.contains(&format!("href=\"{page}\"")));
        }
        assert!(
            !other
                .get(&format!("/{CARD}/historique"))
                .body
                .contains("/propositions?fiche")
        );
        let acted = other.post(&format!("{page}/remarques"), &[("mots", "Je vois.")]);
        assert!(acted.status == 404 || acted.status == 401);
        let revised = other.get(&format!("{page}/modifier/{CARD}"));
        assert!(revised.status == 404 || revised.url.contains("/connexion"));
    }
    let remark = post(
        &node,
        &ali,
        &format!("{call}/remarks"),
        &json!({"words": "Je vois."}),
    );
    assert_eq!(remark, 404);
    assert!(!refs(&node).contains("refs/proposals"), "{}", refs(&node));
    assert!(!refs(&node).contains("refs/held"));
    for one in [&zoe, &editor] {
        assert_eq!(total(one), 1);
        assert!(one.get(&page).body.contains("mot rare"));
        assert!(
            one.get("/propositions")
                .body
                .contains(&format!("href=\"{page}\""))
        );
    }
    assert!(zoe.get(&page).body.contains("n’est pas encore visible"));
    assert!(editor.get("/moderation").body.contains("Un essai"));
    assert_eq!(
        zoe.post(&format!("/moderation{page}"), &[("geste", "montrer")])
            .status,
        403
    );
    assert_eq!(
        ali.post(&format!("/moderation{page}"), &[("geste", "montrer")])
            .status,
        404
    );

    let shown = editor.post(&format!("/moderation{page}"), &[("geste", "montrer")]);
    assert!(
        shown.body.contains("visible de tout le monde"),
        "{}",
        shown.body
    );
    assert_eq!(total(&nobody), 1);
    assert!(nobody.get(&page).body.contains("mot rare"));
    assert!(
        refs(&node).contains(&format!("refs/proposals/{number}/head")),
        "{}",
        refs(&node)
    );
    // Somebody looked: the next ones are seen at once.
    propose(&node, &zoe, "Un autre mot.");
    assert_eq!(total(&nobody), 2);
}

#[test]
fn a_review_lets_a_proposal_be_seen_and_declining_does_not() {
    let node = TestNode::start();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let nobody = node.client();
    let reviewed = propose(&node, &newcomer(&node, "zoe@example.org", "Zoé"), "Un.");
    let declined = propose(&node, &newcomer(&node, "bob@example.org", "Bob"), "Deux.");
    let head = |number| {
        let found = editor.get(&format!("/api/v1/proposals/{number}"));
        found.json()["head"].as_str().unwrap().to_owned()
    };
    let call = format!("/api/v1/proposals/{declined}/decline");
    assert_eq!(
        post(&node, &editor, &call, &json!({"reason": "Publicité"})),
        200
    );
    assert_eq!(total(&nobody), 0);
    assert_eq!(nobody.get(&format!("/propositions/{declined}")).status, 404);
    assert!(
        !nobody
            .get("/propositions?liste=closes")
            .body
            .contains("Publicité")
    );
    let review = json!({"verdict": "ask-changes", "head": head(reviewed), "words": "Où ?"});
    let call = format!("/api/v1/proposals/{reviewed}/reviews");
    assert_eq!(post(&node, &editor, &call, &review), 201);
    assert_eq!(total(&nobody), 1);
    assert!(
        nobody
            .get(&format!("/propositions/{reviewed}"))
            .body
            .contains("Où ?")
    );
    let refs = refs(&node);
    assert!(
        refs.contains(&format!("refs/proposals/{reviewed}/head")),
        "{refs}"
    );
    assert!(!refs.contains(&format!("/{declined}/head")), "{refs}");
}
