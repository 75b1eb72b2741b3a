//! Proposals: from the first words of somebody who may not publish to the commons, through the hands of others.

use std::fs;

use serde_json::{Value, json};
use terreau_tests::{Client, NodeOptions, Page, TestNode, repository_root, run_git};

const CARD: &str = "pages/marche";
const FIRST: &str = "Le marché se tient le dimanche matin sur la place.";
const SECOND: &str = "Chaque mois, une table est laissée à qui veut parler du village.";

/// The text of the card of these tests.
fn text(first: &str, second: &str) -> String {
    format!(
        "---\nid: 01890000-0000-7000-8000-000000000001\nkind: page\ntitle: \"Le marché du dimanche\"\nsummary: \"Où et quand se tient le marché.\"\nlanguage: fr\n---\n\n{first}\n\n{second}\n"
    )
}

/// Starts a node whose rules ask for two approvals from two organisations, and let stewards alone publish directly.
fn node() -> TestNode {
    let content = tempfile::tempdir().unwrap();
    let folder = content.path();
    fs::create_dir(folder.join("pages")).unwrap();
    let config = fs::read_to_string(repository_root().join("content/commons.toml")).unwrap();
    let (config, _) = config.split_once("[[governance]]").unwrap();
    let rules = "[[governance]]\nname = \"Deux regards\"\npaths = [\"**\"]\napprovals = 2\norganisations = 2\npublishers = [\"steward\"]\nstewards = [\"L’équipe\"]\n";
    fs::write(folder.join("commons.toml"), format!("{config}{rules}")).unwrap();
    fs::write(folder.join("pages/marche.md"), text(FIRST, SECOND)).unwrap();
    TestNode::with(NodeOptions {
        content: Some(folder.to_owned()),
        ..NodeOptions::default()
    })
}

/// Signs somebody in through the link that the log holds, under a name and an organisation.
fn person(node: &TestNode, email: &str, role: &str, name: &str, organisation: &str) -> Client {
    assert!(
        node.run(&["account", "grant", email, role])
            .status
            .success()
    );
    let client = node.client();
    let line = node.sign_in_line(&client, email);
    let token = line.trim().rsplit('/').next().unwrap().to_owned();
    let token = token.split('?').next().unwrap();
    assert!(client.post(&format!("/connexion/{token}"), &[]).status < 300);
    let profile = [
        ("nom", name),
        ("organisation", organisation),
        ("langue", "fr"),
    ];
    let saved = client.post("/compte", &profile);
    assert!(saved.status < 300, "{}: {}", saved.status, saved.body);
    client
}

/// Sends JSON as a page of the site would, with the session of whoever is signed in.
fn send(node: &TestNode, who: &Client, path: &str, body: &Value) -> Page {
    let request = who.request("POST", &format!("/api/v1/proposals{path}"));
    who.send(request.header("Origin", node.url("")).json(body))
}

/// Proposes a text for the card, and returns the number of the proposal.
fn propose(node: &TestNode, who: &Client, first: &str, second: &str) -> u64 {
    let body = json!({
        "cards": [{"path": CARD, "content": text(first, second), "base": head_of_commons(node)}],
        "reason": "L’heure a changé",
    });
    let answer = send(node, who, "", &body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["number"].as_u64().unwrap()
}

fn head_of_commons(node: &TestNode) -> String {
    let commons = node.client().get("/api/v1/commons").json();
    commons["head"].as_str().unwrap().to_owned()
}

/// Returns the revision that is shown now.
fn head(node: &TestNode, number: u64) -> String {
    let found = node
        .client()
        .get(&format!("/api/v1/proposals/{number}"))
        .json();
    found["head"].as_str().unwrap().to_owned()
}

/// Publishes a text of the card directly.
fn publish_directly(node: &TestNode, first: &str, second: &str) {
    let token = node.token("maire@example.org", "steward");
    let body =
        json!({"content": text(first, second), "message": "Direct", "base": head_of_commons(node)});
    let client = node.client();
    let put = client
        .request("PUT", &format!("/api/v1/cards/{CARD}"))
        .bearer_auth(token)
        .json(&body);
    let answer = client.send(put);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

#[test]
fn a_change_goes_through_three_pairs_of_hands() {
    let node = node();
    let nadia = person(
        &node,
        "nadia@example.org",
        "contributor",
        "Nadia B.",
        "Commune de Liré",
    );
    let claire = person(
        &node,
        "claire@example.org",
        "editor",
        "Claire M.",
        "Les Ateliers",
    );
    let omar = person(
        &node,
        "omar@example.org",
        "editor",
        "Omar T.",
        "Réseau rural",
    );
    let changed = "Le marché se tient le samedi matin sur la place.";
    let number = propose(&node, &nadia, changed, SECOND);
    let page = format!("/propositions/{number}");

    // Everyone sees it; those who can answer are told.
    let desk = node.client().get("/propositions");
    assert_eq!(desk.status, 200);
    assert!(desk.body.contains("Le marché du dimanche"), "{}", desk.body);
    assert!(
        desk.body
            .contains("Aucun accord sur 2, il en faut de 2 organisations")
    );
    assert!(desk.body.contains("2 mots changés"), "{}", desk.body);
    assert!(claire.get("/").body.contains("1 vous attend"));
    assert!(
        claire
            .get("/propositions?liste=pour-moi")
            .body
            .contains(&page)
    );
    assert!(
        !nadia
            .get("/propositions?liste=pour-moi")
            .body
            .contains(&page)
    );
    assert!(
        nadia
            .get("/propositions?liste=miennes")
            .body
            .contains(&page)
    );
    assert!(
        node.client()
            .get("/propositions?liste=miennes")
            .url
            .contains("/connexion")
    );

    let shown = claire.get(&page);
    assert!(shown.body.contains("<del>dimanche</del>"), "{}", shown.body);
    assert!(shown.body.contains("<ins>samedi</ins>"));
    assert!(shown.body.contains("Nadia B. (Commune de Liré)"));
    let source = node.client().get(&format!("{page}?vue=source"));
    assert!(
        source.body.contains(&format!("<ins>{changed}</ins>")),
        "{}",
        source.body
    );

    // An editor remarks on the paragraph, then asks for a change: with words.
    let first = head(&node, number);
    let passage = shown.attribute_after("name=\"passage\"", "value").unwrap();
    let remarked = claire.post(
        &format!("{page}/remarques"),
        &[
            ("tete", &first),
            ("fichier", "pages/marche.md"),
            ("passage", &passage),
            ("mots", "Toute l’année ?"),
        ],
    );
    assert_eq!(remarked.status, 200, "{}", remarked.body);
    assert!(remarked.body.contains("Toute l’année ?"));
    let review = format!("{page}/relire");
    let mute = claire.post(
        &review,
        &[("tete", &first), ("avis", "demander"), ("mots", " ")],
    );
    assert_eq!(mute.status, 422);
    assert!(mute.body.contains("Dites quelle modification"));
    let asked = claire.post(
        &review,
        &[
            ("tete", &first),
            ("avis", "demander"),
            ("mots", "Dire si c’est toute l’année."),
        ],
    );
    assert_eq!(asked.status, 200, "{}", asked.body);
    assert!(
        asked
            .body
            .contains("Claire M. (Les Ateliers) demande une modification.")
    );
    assert!(
        nadia
            .get("/propositions?liste=pour-moi")
            .body
            .contains(&page)
    );
    let approved = omar.post(&review, &[("tete", &first), ("avis", "accepter")]);
    assert!(
        approved.body.contains("1 accord sur 2"),
        "{}",
        approved.body
    );

    // The author revises: the approval is stale and says so, the remark follows its paragraph.
    let again = "Le marché se tient le samedi matin sur la place, toute l’année.";
    let revised = send(
        &node,
        &nadia,
        &format!("/{number}/revisions"),
        &json!({
            "after": 1,
            "cards": [{"path": CARD, "content": text(again, SECOND), "base": head_of_commons(&node)}],
            "reason": "Précise toute l’année",
        }),
    );
    assert_eq!(revised.status, 201, "{}", revised.body);
    let shown = omar.get(&page);
    assert!(
        shown
            .body
            .contains("Ne compte plus : la proposition a changé depuis.")
    );
    assert!(shown.body.contains("Aucun accord sur 2"));
    let whole = node
        .client()
        .get(&format!("/api/v1/proposals/{number}"))
        .json();
    assert_eq!(
        whole["threads"][0]["paragraph"].to_string(),
        passage,
        "{whole}"
    );
    assert_eq!(whole["reviews"][1]["stale"], "new-revision");

    // Who read another revision is refused, and keeps their words.
    let late = omar.post(
        &review,
        &[
            ("tete", &first),
            ("avis", "demander"),
            ("mots", "Mes mots à garder"),
        ],
    );
    assert_eq!(late.status, 409);
    assert!(late.body.contains("Mes mots à garder"), "{}", late.body);
    assert!(
        late.body.contains("Version 2, par Nadia B."),
        "{}",
        late.body
    );
    assert!(late.body.contains("Précise toute l’année"));

    // Neither the author nor another contributor can approve.
    let second = head(&node, number);
    let own = nadia.post(&review, &[("tete", &second), ("avis", "accepter")]);
    assert_eq!(own.status, 403);
    assert!(own.body.contains("Vous avez écrit cette proposition"));
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let other = zoe.post(
        &review,
        &[("tete", &second), ("avis", "accepter"), ("mots", "Oui !")],
    );
    assert_eq!(other.status, 403);
    assert!(other.body.contains("Oui !"), "what was typed is kept");
    let nobody = node.client().post(
        &review,
        &[("tete", &second), ("avis", "accepter"), ("mots", "Oui !")],
    );
    assert_eq!(nobody.status, 401);

    // One organisation is not enough; two are.
    assert_eq!(
        omar.post(&review, &[("tete", &second), ("avis", "accepter")])
            .status,
        200
    );
    let early = omar.post(&format!("{page}/publier"), &[("tete", &second)]);
    assert_eq!(early.status, 409);
    assert!(
        early
            .body
            .contains("Il manque un accord, d’une autre organisation."),
        "{}",
        early.body
    );
    let ready = claire.post(&review, &[("tete", &second), ("avis", "accepter")]);
    assert!(
        ready.body.contains("2 accords sur 2, de 2 organisations"),
        "{}",
        ready.body
    );
    let done = claire.post(&format!("{page}/publier"), &[("tete", &second)]);
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(
        done.body.contains("Publiée par Claire M. (Les Ateliers)"),
        "{}",
        done.body
    );

    // It is published under the name of who wrote it, and says who read it.
    let card = node.client().get(&format!("/{CARD}"));
    assert!(
        card.body
            .contains("samedi matin sur la place, toute l’année")
    );
    let history = node.client().get(&format!("/{CARD}/historique"));
    assert!(
        history.body.contains("Nadia B. (Commune de Liré)"),
        "{}",
        history.body
    );
    let log = run_git(
        &node.data().join("commons.git"),
        &["log", "-1", "--format=%an%n%B", "main"],
    );
    let log = String::from_utf8(log.stdout).unwrap();
    for line in [
        "Nadia B.",
        &format!("Proposal: {number}"),
        "Reviewed-by: Omar T. (Réseau rural)",
        "Reviewed-by: Claire M. (Les Ateliers)",
    ] {
        assert!(log.lines().any(|its| its == line), "{line} in:\n{log}");
    }
    assert!(
        node.client()
            .get("/propositions?liste=closes")
            .body
            .contains(&page)
    );
    assert!(!claire.get("/").body.contains("vous attend"));
    let over = claire.post(
        &format!("{page}/refuser"),
        &[("tete", &second), ("mots", "Trop tard")],
    );
    assert_eq!(over.status, 409);
    assert!(over.body.contains("Trop tard"), "what was typed is kept");
}

#[test]
fn a_proposal_ends_with_a_reason() {
    let node = node();
    let nadia = person(&node, "nadia@example.org", "contributor", "Nadia B.", "");
    let claire = person(
        &node,
        "claire@example.org",
        "editor",
        "Claire M.",
        "Les Ateliers",
    );
    for (who, act, word, state) in [
        (&nadia, "retirer", "Retirée par Nadia B.", "withdrawn"),
        (
            &claire,
            "refuser",
            "Refusée par Claire M. (Les Ateliers)",
            "declined",
        ),
    ] {
        let number = propose(&node, &nadia, "Le marché a lieu le lundi.", SECOND);
        let (page, head) = (format!("/propositions/{number}"), head(&node, number));
        let mute = who.post(&format!("{page}/{act}"), &[("tete", &head), ("mots", "  ")]);
        assert_eq!(mute.status, 422, "{act}");
        assert!(mute.body.contains("aria-invalid=\"true\""), "{}", mute.body);
        let done = who.post(
            &format!("{page}/{act}"),
            &[("tete", &head), ("mots", "Le maire a dit non.")],
        );
        assert_eq!(done.status, 200, "{}", done.body);
        assert!(done.body.contains(word), "{}", done.body);
        assert!(done.body.contains("Le maire a dit non."));
        let listed = node
            .client()
            .get(&format!("/api/v1/proposals?state={state}"))
            .json();
        assert_eq!(listed["total"], 1, "{listed}");
        assert_eq!(listed["proposals"][0]["number"], number);
    }
    // A contributor can decline nothing, not even their own.
    let number = propose(&node, &nadia, "Le marché a lieu le mardi.", SECOND);
    let head = head(&node, number);
    let refused = nadia.post(
        &format!("/propositions/{number}/refuser"),
        &[("tete", &head), ("mots", "Non")],
    );
    assert_eq!(refused.status, 403);
}

#[test]
fn a_proposal_that_meets_what_was_published_is_joined_by_hand() {
    let node = node();
    let nadia = person(&node, "nadia@example.org", "contributor", "Nadia B.", "");
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let number = propose(
        &node,
        &nadia,
        "Le marché se tient le samedi matin sur la place.",
        SECOND,
    );
    let page = format!("/propositions/{number}");
    let conflict = format!("{page}/conflit");
    assert!(
        nadia.get(&conflict).url.ends_with(&page),
        "nothing to join yet"
    );

    publish_directly(
        &node,
        "Le marché se tient le dimanche matin sous la halle.",
        SECOND,
    );
    let shown = nadia.get(&page);
    assert!(shown.body.contains(&conflict), "{}", shown.body);
    assert!(
        node.client()
            .get("/propositions")
            .body
            .contains("Textes à réunir")
    );
    assert!(!zoe.get(&page).body.contains(&conflict));
    assert_eq!(zoe.get(&conflict).status, 403);

    let asked = nadia.get(&conflict);
    assert_eq!(asked.status, 409);
    assert!(asked.body.contains("sous la halle") && asked.body.contains("samedi"));
    let area = |name: &str| {
        let start = asked
            .body
            .find(&format!("<textarea name=\"{name}\" hidden>"))
            .or_else(|| asked.body.find(&format!("name=\"{name}\" rows=\"20\"")));
        let rest = &asked.body[start.unwrap()..];
        let rest = &rest[rest.find('>').unwrap() + 1..];
        let value = &rest[..rest.find("</textarea>").unwrap()];
        value
            .strip_prefix('\n')
            .unwrap_or(value)
            .replace("&quot;", "\"")
            .replace("&#34;", "\"")
            .replace("&#38;", "&")
    };
    let (base, sent, path, seen) = (area("depart"), area("envoi"), area("chemin"), area("vue"));
    let tip = asked.attribute_after("name=\"tete\"", "value").unwrap();
    let joined = "Le marché se tient le samedi matin sous la halle.";
    let mut fields = vec![
        ("depart", base.as_str()),
        ("envoi", &sent),
        ("chemin", &path),
        ("vue", &seen),
        ("tete", &tip),
        ("c.0", "moi"),
        ("c.0.texte", joined),
        ("motif", "Réunit les deux"),
        ("fin", "1"),
    ];
    let without_consent = nadia.post(&conflict, &fields);
    assert_eq!(without_consent.status, 422);
    assert!(
        without_consent.body.contains(joined),
        "what was typed is kept"
    );
    fields.push(("accord", "oui"));
    let done = nadia.post(&conflict, &fields);
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.url.contains(&page), "{}", done.url);
    let whole = node
        .client()
        .get(&format!("/api/v1/proposals/{number}"))
        .json();
    assert_eq!(whole["joins"], "cleanly", "{whole}");
    assert_eq!(whole["revision"], 2);
    assert_eq!(whole["cards"][0]["content"], text(joined, SECOND));
}

#[test]
fn threads_are_answered_settled_and_opened_again() {
    let node = node();
    let nadia = person(&node, "nadia@example.org", "contributor", "Nadia B.", "");
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let number = propose(&node, &nadia, "Le marché a lieu le lundi.", SECOND);
    let page = format!("/propositions/{number}");
    let remarks = format!("{page}/remarques");
    assert_eq!(zoe.post(&remarks, &[("mots", " ")]).status, 422);
    assert!(
        zoe.post(&remarks, &[("mots", "Et <b>l’hiver</b> ?")])
            .body
            .contains("Et &#60;b&#62;l’hiver")
    );
    let whole = node
        .client()
        .get(&format!("/api/v1/proposals/{number}"))
        .json();
    let thread = whole["threads"][0]["id"].as_i64().unwrap();
    let id = thread.to_string();
    let answered = nadia.post(&remarks, &[("fil", &id), ("mots", "Aussi.")]);
    assert!(answered.url.ends_with(&page) && answered.body.contains("Aussi."));
    assert_eq!(
        nadia
            .post(&remarks, &[("fil", "99999"), ("mots", "Où ?")])
            .status,
        404
    );

    let settle = format!("{remarks}/{thread}/regler");
    let stranger = person(&node, "leo@example.org", "contributor", "Léo", "");
    assert_eq!(stranger.post(&settle, &[("regle", "oui")]).status, 403);
    assert!(
        nadia
            .post(&settle, &[("regle", "oui")])
            .body
            .contains("thread settled")
    );
    assert!(
        !zoe.post(&settle, &[("regle", "non")])
            .body
            .contains("thread settled")
    );
}

#[test]
fn programs_propose_and_review_within_their_scopes() {
    let node = node();
    let (client, base) = (node.client(), head_of_commons(&node));
    let publisher = node.token("nadia@example.org", "editor");
    let token = |email: &str, scopes: &[&str]| {
        let mut arguments = vec!["token", "create", "--account", email, "--scope"];
        arguments.extend(scopes);
        let made = node.run(&arguments);
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    };
    let proposer = token("nadia@example.org", &["proposal:write"]);
    let reviewer = token("nadia@example.org", &["review:write"]);
    let post = |token: &str, path: &str, body: &Value| {
        let request = client.request("POST", &format!("/api/v1/proposals{path}"));
        client.send(request.bearer_auth(token).json(body))
    };
    let body = json!({"cards": [{"path": CARD, "content": text("Lundi.", SECOND), "base": base}], "reason": "Lundi"});
    assert_eq!(post(&publisher, "", &body).status, 403, "another scope");
    assert_eq!(post(&reviewer, "", &body).status, 403, "another scope");
    let made = post(&proposer, "", &body);
    assert_eq!(made.status, 201, "{}", made.body);
    let made = made.json();
    let (number, head) = (
        made["number"].as_u64().unwrap(),
        made["head"].as_str().unwrap(),
    );

    let same = json!({"cards": [{"path": CARD, "content": text(FIRST, SECOND), "base": base}], "reason": "Rien"});
    assert_eq!(post(&proposer, "", &same).status, 422);
    let none = json!({"cards": [], "reason": "Rien"});
    assert_eq!(post(&proposer, "", &none).status, 400);
    let broken = json!({"cards": [{"path": "pages/neuve", "content": "---\nkind: page\n---\n"}], "reason": "Neuve"});
    let broken = post(&proposer, "", &broken);
    assert_eq!(broken.status, 422);
    assert!(
        !broken.json()["problems"].as_array().unwrap().is_empty(),
        "{}",
        broken.body
    );

    let review = json!({"verdict": "approve", "head": head});
    assert_eq!(
        post(&proposer, &format!("/{number}/reviews"), &review).status,
        403
    );
    assert_eq!(
        post(&reviewer, &format!("/{number}/reviews"), &review).status,
        403,
        "one's own work"
    );
    let other = node.token("claire@example.org", "editor");
    assert_eq!(
        post(&other, &format!("/{number}/reviews"), &review).status,
        403,
        "another scope"
    );
    let claire = token("claire@example.org", &["review:write", "card:write"]);
    let unknown = json!({"verdict": "merge", "head": head});
    assert_eq!(
        post(&claire, &format!("/{number}/reviews"), &unknown).status,
        400
    );
    let approved = post(&claire, &format!("/{number}/reviews"), &review);
    assert_eq!(approved.status, 201, "{}", approved.body);
    let early = post(
        &claire,
        &format!("/{number}/publish"),
        &json!({"head": head}),
    );
    assert_eq!(early.status, 409);
    assert_eq!(early.header("content-type"), "application/problem+json");
    assert_eq!(early.json()["reason"], "not-enough");
    assert_eq!(early.json()["needs"][0]["has_approvals"], 1);
    let mute = post(
        &claire,
        &format!("/{number}/decline"),
        &json!({"reason": ""}),
    );
    assert_eq!(mute.status, 422);
    let declined = post(
        &claire,
        &format!("/{number}/decline"),
        &json!({"reason": "Doublon"}),
    );
    assert_eq!(declined.json()["state"], "declined");
    assert_eq!(post(&proposer, "/99", &json!({})).status, 405);
    assert_eq!(client.get("/api/v1/proposals/99").status, 404);
    assert_eq!(client.get("/api/v1/proposals?state=merged").status, 400);
}

#[test]
fn strangers_are_shown_the_same_as_before() {
    let node = node();
    let nadia = person(&node, "nadia@example.org", "contributor", "Nadia B.", "");
    let before = node.client().get(&format!("/{CARD}")).body;
    let number = propose(&node, &nadia, "Le marché a lieu le lundi.", SECOND);
    assert_eq!(before, node.client().get(&format!("/{CARD}")).body);
    let page = node.client().get(&format!("/propositions/{number}"));
    assert_eq!(page.header("set-cookie"), "");
    assert!(
        !page
            .body
            .contains("<form method=\"post\" action=\"/propositions"),
        "nobody can act"
    );
    assert!(
        page.body
            .contains(&format!("/connexion?suite=/propositions/{number}"))
    );
    for path in [
        "/propositions/99",
        "/propositions/un",
        "/propositions/99/conflit",
    ] {
        let status = nadia.get(path).status;
        assert_eq!(status, 404, "{path}");
    }
    let elsewhere = nadia
        .request("POST", &format!("/propositions/{number}/retirer"))
        .header("Origin", "https://ailleurs.example")
        .form(&[("mots", "Piégé")]);
    assert_eq!(nadia.send(elsewhere).status, 403);
}
