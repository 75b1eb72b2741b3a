//! Whose account it is: never by an address alone, only as its owner says, and not while it is suspended.

use serde_json::json;
use terreau_community::EmailAddress;
use terreau_db::{Db, DbSettings};
use terreau_tests::{Client, Liar, Lies, TestNode};

use super::{
    assert_turned_away, at_the_liar, come_back, enter, going, is_in, node, node_with, provider,
};

/// Whom the lying provider vouches for from now on.
fn vouch(liar: &Liar, subject: &str, email: &str) {
    liar.tell(Lies {
        claims: json!({ "sub": subject, "email": email }),
        ..Lies::default()
    });
}

/// Signs somebody in by the link that the log holds.
fn by_mail(node: &TestNode, client: &Client, email: &str) -> u16 {
    client.post("/connexion", &[("email", email)]);
    let line = node.line_with(&format!("the letter to {email} would hold"));
    let link = line
        .split_whitespace()
        .find(|word| word.contains("/connexion/"));
    let path = link
        .unwrap()
        .strip_prefix(&node.url(""))
        .unwrap()
        .to_owned();
    client.post(&path, &[]).status
}

/// Adds a provider to the account that is open; returns the page that follows.
fn add(client: &Client, liar: &Liar, code: &str) -> terreau_tests::Page {
    let address = going(&client.post(&format!("/compte/entrer/{code}"), &[]));
    come_back(client, code, &at_the_liar(liar, &address))
}

/// Returns the forms that remove a way in.
fn removals(client: &Client) -> Vec<String> {
    let page = client.get("/compte").body;
    page.split("action=\"")
        .filter_map(|part| part.split('"').next())
        .filter(|action| action.starts_with("/compte/entrer/") && action.ends_with("/retirer"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn an_address_alone_opens_no_account() {
    let liar = Liar::start();
    let node = node_with(&liar);
    node.run(&["account", "grant", "nadia@example.org", "editor"]);
    vouch(&liar, "un-inconnu", "nadia@example.org");
    let client = node.client();
    let page = enter(&client, &liar, "forge");
    assert_turned_away(&client, &page, "the address has an account");
    assert_eq!(page.status, 409);
    assert!(page.body.contains("Vous avez déjà un compte ici"));
    assert!(
        page.body
            .contains("name=\"email\" value=\"nadia@example.org\""),
        "the next step is the mailed link"
    );
    // Written otherwise, it is the same address.
    vouch(&liar, "un-inconnu", "Nadia@Example.org");
    let page = enter(&client, &liar, "forge");
    assert_turned_away(&client, &page, "the address in capitals");

    // Its owner enters by the link, adds the provider, and enters through it from then on.
    assert_eq!(by_mail(&node, &client, "nadia@example.org"), 200);
    let page = add(&client, &liar, "forge");
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(removals(&client).len(), 1);
    let elsewhere = node.client();
    enter(&elsewhere, &liar, "forge");
    let account = elsewhere.get("/compte").body;
    assert!(account.contains("nadia@example.org"), "{account}");
    assert!(account.contains("édition"), "with the role that it had");
}

#[test]
fn only_the_owner_adds_and_removes_ways_in() {
    let (liar, second) = (Liar::start(), Liar::start());
    let settings = [
        provider("forge", liar.issuer(), &[]),
        provider("autre", second.issuer(), &[]),
    ];
    let node = node(settings.concat());
    let (nadia, ali) = (node.client(), node.client());
    vouch(&liar, "nadia", "nadia@example.org");
    enter(&nadia, &liar, "forge");
    vouch(&second, "ali", "ali@example.org");
    enter(&ali, &second, "autre");

    // Another's identity stays theirs; one's own is added once.
    vouch(&liar, "nadia", "nadia@example.org");
    let page = add(&ali, &liar, "forge");
    assert_eq!(page.status, 409, "{}", page.body);
    assert!(page.body.contains("/compte#entrer"));
    vouch(&second, "nadia-la-bas", "peu@importe.example");
    assert_eq!(add(&nadia, &second, "autre").status, 200);
    assert_eq!(add(&nadia, &second, "autre").status, 200);
    let hers = removals(&nadia);
    assert_eq!(hers.len(), 2);

    // Nobody else removes it, and no return of one account serves another.
    assert_eq!(ali.post(&hers[0], &[]).status, 404);
    let nobody = node.client();
    assert!(nobody.post(&hers[0], &[]).status >= 400);
    let address = going(&nadia.post("/compte/entrer/forge", &[]));
    vouch(&liar, "une-troisieme", "trois@example.org");
    let left = at_the_liar(&liar, &address);
    nadia.post("/deconnexion", &[]);
    let page = come_back(&nadia, "forge", &left);
    assert!(page.url.contains("/connexion?suite="), "{}", page.url);
    assert!(!page.url.contains("code="), "{}", page.url);
    assert!(!is_in(&nadia), "the owner has left");
    let foreign = ali.request("POST", "/compte/entrer/forge");
    let page = ali.send(foreign.header("origin", "https://ailleurs.example"));
    assert_eq!(page.status, 403, "another site adds nothing");

    // One of two may go; the last stays while no letter reaches anybody.
    vouch(&liar, "nadia", "nadia@example.org");
    enter(&nadia, &liar, "forge");
    assert_eq!(nadia.post(&hers[0], &[]).status, 200);
    assert_eq!(removals(&nadia).len(), 1);
    let page = nadia.post(&hers[1], &[]);
    assert_eq!(page.status, 409);
    assert!(page.body.contains("seul moyen d’entrer"), "{}", page.body);
    assert_eq!(removals(&nadia).len(), 1);
}

#[test]
fn the_last_provider_may_go_where_mail_works() {
    let liar = Liar::start();
    let mut settings = provider("forge", liar.issuer(), &[]);
    // Nothing is sent in this test: it is enough that letters could leave.
    for (key, value) in [("URL", "smtp://127.0.0.1:9"), ("FROM", "a@example.org")] {
        settings.push((format!("TERREAU__SITE__SMTP__{key}"), value.to_owned()));
    }
    let node = node(settings);
    let client = node.client();
    enter(&client, &liar, "forge");
    let removal = removals(&client).remove(0);
    assert_eq!(client.post(&removal, &[]).status, 200);
    assert!(removals(&client).is_empty());
    // The identity is free again, the account is not taken by its address.
    let again = node.client();
    let page = enter(&again, &liar, "forge");
    assert_eq!(page.status, 409);
}

#[test]
fn a_suspended_person_stays_out_by_every_door() {
    let liar = Liar::start();
    let node = node_with(&liar);
    let client = node.client();
    vouch(&liar, "nadia", "nadia@example.org");
    enter(&client, &liar, "forge");
    assert!(is_in(&client));
    node.client()
        .post("/connexion", &[("email", "nadia@example.org")]);
    suspend(&node, "nadia@example.org");
    assert!(!is_in(&client), "the session has ended");

    let page = enter(&client, &liar, "forge");
    assert_turned_away(&client, &page, "through the provider");
    assert!(page.body.contains("suspendu"), "{}", page.body);
    let other = node.client();
    assert_eq!(by_mail(&node, &other, "nadia@example.org"), 403);
    assert!(!is_in(&other), "by mail");
    // A second identity with the same address opens nothing either.
    vouch(&liar, "nadia-bis", "nadia@example.org");
    let page = enter(&other, &liar, "forge");
    assert_turned_away(&other, &page, "through another identity");
}

fn suspend(node: &TestNode, email: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let db = Db::open(DbSettings {
            url: None,
            dir: node.data(),
        })
        .await
        .unwrap();
        let address = EmailAddress::parse(email).unwrap();
        let account = db.account_by_email(&address).await.unwrap().unwrap();
        db.set_suspended(account.id, true).await.unwrap();
        db.close().await.unwrap();
    });
}
