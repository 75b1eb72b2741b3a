//! Signing in by an e-mailed link, and what the account page keeps.

use terreau_tests::{Client, Page, TestNode};

/// Signs someone in through the link that the log holds, and gives them a name.
fn sign_in(node: &TestNode, client: &Client, email: &str) -> String {
    let line = node.sign_in_line(client, email);
    let link = line
        .split_whitespace()
        .find(|word| word.contains("/connexion/"))
        .unwrap()
        .to_owned();
    let path = format!("/connexion/{}", link.rsplit('/').next().unwrap());
    let page = client.get(&path);
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("set-cookie"),
        "",
        "opening a link, as mail scanners do, signs nobody in"
    );
    let done = client.post(&path, &[]);
    assert!(done.status < 300, "{}: {}", done.status, done.body);
    path
}

/// Tells whether a page asks who one is.
fn is_sign_in(page: &Page) -> bool {
    page.url.contains("/connexion")
}

#[test]
fn a_link_is_good_for_one_use() {
    let node = TestNode::start();
    let client = node.client();
    let path = sign_in(&node, &client, "nadia@example.org");
    assert_eq!(client.get("/compte").status, 200);
    let other = node.client();
    let dead = other.post(&path, &[]);
    assert!((400..500).contains(&dead.status), "{}", dead.status);
    assert!(
        other.get("/compte").url.contains("/connexion"),
        "a stranger has no account page"
    );
}

#[test]
fn the_answer_tells_nobody_whether_an_address_is_known() {
    let node = TestNode::start();
    node.run(&["account", "grant", "connue@example.org", "editor"]);
    let known = node
        .client()
        .post("/connexion", &[("email", "connue@example.org")]);
    let unknown = node
        .client()
        .post("/connexion", &[("email", "inconnue@example.org")]);
    assert_eq!(known.status, unknown.status);
    assert_eq!(
        known.body.replace("connue@", "@"),
        unknown.body.replace("inconnue@", "@")
    );
}

#[test]
fn signed_in_pages_are_private_and_signing_out_ends_them() {
    let node = TestNode::start();
    let client = node.client();
    sign_in(&node, &client, "nadia@example.org");
    let page = client.get("/compte");
    assert!(
        page.header("cache-control").contains("no-store"),
        "{}",
        page.header("cache-control")
    );
    assert!(
        client
            .get("/outils/porteur-de-parole")
            .header("cache-control")
            .contains("no-store")
    );
    client.post("/deconnexion", &[]);
    assert!(is_sign_in(&client.get("/compte")));
}

#[test]
fn the_printed_link_makes_the_first_steward() {
    let node = TestNode::start();
    let line = node.line_with("/connexion/");
    let path = format!("/connexion/{}", line.trim().rsplit('/').next().unwrap());
    let client = node.client();
    assert_eq!(client.get(&path).status, 200);
    let done = client.post(&path, &[("email", "maire@example.org")]);
    assert!(done.status < 300, "{}", done.status);
    assert_eq!(client.get("/compte").status, 200);
    assert!(
        (400..500).contains(
            &node
                .client()
                .post(&path, &[("email", "autre@example.org")])
                .status
        )
    );
}

#[test]
fn contributors_are_told_that_review_comes_and_lose_nothing() {
    let node = TestNode::start();
    let client = node.client();
    sign_in(&node, &client, "benevole@example.org");
    let page = client.get("/outils/porteur-de-parole/modifier");
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("relecture"),
        "the page says why the edit waits"
    );
}
