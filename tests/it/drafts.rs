//! Drafts: what somebody typed is found again on another device, and goes once it is sent or dropped.

use terreau_tests::{Client, TestNode};

const CARD: &str = "/outils/porteur-de-parole";

fn enter(node: &TestNode, email: &str) -> Client {
    let client = node.client();
    let line = node.sign_in_line(&client, email);
    let at = line.find("/connexion/").unwrap();
    let done = client.post(line[at..].trim(), &[]);
    assert!(done.status < 300, "{}", done.body);
    client
}

/// Sends the whole-file form of a card with a button.
fn press(
    client: &Client,
    form: &str,
    text: &str,
    button: &str,
    more: &[(&str, &str)],
) -> terreau_tests::Page {
    let shown = client.get(form);
    let mut fields = vec![
        ("source", text),
        ("geste", button),
        ("motif", "Un mot manquait"),
        ("accord", "oui"),
        ("fin", "1"),
    ];
    let base = shown.attribute_after("name=\"base\"", "value");
    let id = shown.attribute_after("name=\"id\"", "value");
    fields.extend(base.as_deref().map(|base| ("base", base)));
    fields.extend(id.as_deref().map(|id| ("id", id)));
    fields.extend(more);
    client.post(form, &fields)
}

#[test]
fn a_draft_is_found_again_elsewhere_and_goes_once_sent() {
    let node = TestNode::start();
    let phone = enter(&node, "zoe@example.org");
    let form = format!("{CARD}/modifier?vue=source");
    let text = format!("{}\nUn mot rare.\n", phone.get(&format!("{CARD}.md")).body);
    assert!(!phone.get(&form).body.contains("Vous aviez commencé"));
    let saved = press(&phone, &form, &text, "brouillon", &[]);
    assert_eq!(saved.status, 200);
    assert!(
        saved.body.contains("Votre brouillon est gardé"),
        "{}",
        saved.body
    );
    assert!(
        saved.body.contains("Un mot rare."),
        "what was typed is shown on"
    );
    assert!(saved.body.contains("Un mot manquait"));

    // Another device: it is offered, and nothing of it is shown before.
    let desk = enter(&node, "zoe@example.org");
    let fresh = desk.get(&format!("{CARD}/modifier"));
    assert!(
        fresh
            .body
            .contains("Vous aviez commencé à modifier cette fiche, le")
    );
    assert!(!fresh.body.contains("Un mot rare."));
    let account = desk.get("/compte");
    assert!(account.body.contains("Vos brouillons"));
    let again = account
        .attribute_after("id=\"brouillons\"", "href")
        .expect("the list leads to the form");
    assert!(desk.get(&again).body.contains("Un mot rare."));
    assert!(desk.get("/compte/donnees").body.contains("Un mot rare."));

    // A script saves without a page, and nobody else sees it.
    let silent = press(
        &desk,
        &form,
        &format!("{text}Encore.\n"),
        "brouillon",
        &[("silence", "1")],
    );
    assert_eq!(silent.status, 204);
    assert!(phone.get(&again).body.contains("Encore."));
    let ali = enter(&node, "ali@example.org");
    assert!(!ali.get(&again).body.contains("Encore."));
    assert!(!ali.get("/compte").body.contains("Vos brouillons"));
    assert!(!node.client().get(&again).body.contains("Encore."));

    let sent = press(&desk, &form, &text, "proposer", &[]);
    assert!(sent.url.contains("/propositions/1"), "{}", sent.body);
    assert!(!phone.get(&form).body.contains("Vous aviez commencé"));
    assert!(!phone.get("/compte").body.contains("Vos brouillons"));
}

#[test]
fn a_new_card_and_a_revision_have_drafts_of_their_own_and_can_be_dropped() {
    let node = TestNode::start();
    let zoe = enter(&node, "zoe@example.org");
    let form = "/nouvelle-fiche?genre=page";
    let shown = zoe.get(form);
    let id = shown.attribute_after("name=\"id\"", "value").unwrap();
    let fields = [
        ("f.title", "Une idée"),
        ("geste", "brouillon"),
        ("id", id.as_str()),
        ("fin", "1"),
    ];
    let saved = zoe.post(form, &fields);
    assert!(saved.url.contains(&id), "{}", saved.url);
    assert!(saved.body.contains("Une idée"));
    let offered = zoe.get(form);
    assert!(
        offered
            .body
            .contains("Vous aviez commencé une fiche de ce type")
    );
    assert_ne!(
        offered.attribute_after("name=\"id\"", "value").unwrap(),
        id,
        "a fresh card is another card"
    );
    assert!(zoe.get("/compte").body.contains("Une idée"));

    let text = format!("{}\nUn mot rare.\n", zoe.get(&format!("{CARD}.md")).body);
    let sent = press(
        &zoe,
        &format!("{CARD}/modifier?vue=source"),
        &text,
        "proposer",
        &[],
    );
    assert!(sent.url.contains("/propositions/1"), "{}", sent.body);
    let revise = format!("/propositions/1/modifier{CARD}");
    let more = format!("{text}Encore.\n");
    let revised = press(
        &zoe,
        &format!("{revise}?vue=source"),
        &more,
        "brouillon",
        &[("revision", "1")],
    );
    assert!(revised.body.contains("Encore."), "{}", revised.body);
    assert!(zoe.get(&revise).body.contains("Vous aviez commencé"));

    for key in [
        format!("new:page:{id}"),
        format!("proposal:1:{}", &CARD[1..]),
    ] {
        let dropped = zoe.post(
            "/compte/brouillons/abandonner",
            &[("cle", &key), ("suite", "/compte")],
        );
        assert!(dropped.url.ends_with("/compte"), "{key}: {}", dropped.url);
    }
    assert!(!zoe.get("/compte").body.contains("Vos brouillons"));
    assert!(!zoe.get(form).body.contains("Vous aviez commencé"));
}
