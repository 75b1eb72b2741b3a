//! The life of an account: notices and their letters, one's own data, its end; what stewards do about people.

use std::sync::Arc;

use terreau_tests::{Client, MailServer, NodeOptions, Page, TestNode};

use crate::wait_until;

const CARD: &str = "/outils/porteur-de-parole";

/// Signs someone in under a name, through the link that the log holds.
fn enter(node: &TestNode, email: &str, name: &str) -> Client {
    let client = node.client();
    let line = node.sign_in_line(&client, email);
    open_link(&client, &line, name);
    client
}

fn open_link(client: &Client, text: &str, name: &str) {
    let done = client.post(&path_of(text, "/connexion/"), &[]);
    assert!(done.status < 300, "{}: {}", done.status, done.body);
    let named = client.post("/compte", &[("nom", name), ("langue", "fr")]);
    assert_eq!(named.status, 200, "{}", named.body);
}

/// Returns the path of the last address with `part` in a text.
fn path_of(text: &str, part: &str) -> String {
    let at = text.rfind(part).unwrap();
    let rest = &text[at..];
    rest.split([' ', '\r', '\n', '>', '?'])
        .next()
        .unwrap()
        .to_owned()
}

fn grant(node: &TestNode, email: &str, role: &str) {
    assert!(
        node.run(&["account", "grant", email, role])
            .status
            .success()
    );
}

fn steward(node: &TestNode) -> Client {
    grant(node, "maire@example.org", "steward");
    enter(node, "maire@example.org", "Inès Maire")
}

/// Returns the address of somebody's page in the administration.
fn page_of(steward: &Client, name: &str) -> String {
    let list = steward.get("/administration");
    assert_eq!(list.status, 200, "{}", list.body);
    let before = &list.body[..list.body.rfind(&format!("\">{name}</a>")).unwrap()];
    let at = before.rfind("/administration/comptes/").unwrap();
    before[at..].to_owned()
}

/// Publishes a change of a card through the API.
fn put(node: &TestNode, token: &str, words: &str) -> Page {
    let client = node.client();
    let card = client.get(&format!("/api/v1/cards{CARD}")).json();
    let text = client.get(&format!("{CARD}.md")).body;
    let request = client
        .request("PUT", &format!("/api/v1/cards{CARD}"))
        .bearer_auth(token)
        .json(&serde_json::json!({
            "content": format!("{text}\n{words}\n"),
            "message": words,
            "base": card["commit"],
        }));
    client.send(request)
}

#[test]
fn watchers_are_told_on_the_site_and_by_a_letter_that_one_post_ends() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let mut settings = mail.settings("Le commun <bonjour@example.org>");
    settings.push(("TERREAU__SITE__NOTICES_EVERY_S".into(), "1".into()));
    let node = TestNode::with(NodeOptions {
        settings,
        ..NodeOptions::default()
    });
    let nadia = node.client();
    nadia.post("/connexion", &[("email", "nadia@example.org")]);
    open_link(&nadia, &mail.letter().text(), "Nadia B.");
    let page = nadia.get(CARD);
    let subject = page.attribute_after("name=\"sujet\"", "value").unwrap();
    assert!(!node.client().get(CARD).body.contains("name=\"sujet\""));
    let watched = nadia.post(
        "/compte/suivis",
        &[("sujet", &subject), ("suivre", "oui"), ("suite", CARD)],
    );
    assert!(watched.url.ends_with(CARD), "{}", watched.url);
    assert!(watched.body.contains("Ne plus suivre"));

    let token = node.token("ali@example.org", "editor");
    let saved = put(&node, &token, "Un mot de plus.");
    assert_eq!(saved.status, 200, "{}", saved.body);
    let letter = mail.letter();
    assert_eq!(letter.to, ["nadia@example.org"]);
    let text = letter.text();
    assert!(text.contains("une fiche que vous suivez"), "{text}");
    assert!(text.contains(CARD), "{text}");
    let headers = letter.headers().join("\n");
    assert!(
        headers.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
        "{headers}"
    );
    assert!(headers.contains("List-Unsubscribe: <http"), "{headers}");

    let home = nadia.get("/recherche");
    assert!(home.body.contains("1 nouveau"), "{}", home.body);
    let notices = nadia.get("/compte/avis");
    assert!(notices.body.contains("une fiche que vous suivez"));
    assert!(!nadia.get("/recherche").body.contains("1 nouveau"));

    // As a mail program sends it: no cookie, no origin. Again and again, for nothing more than that.
    let stop = path_of(&text, "/avis/arreter/");
    let stranger = node.client();
    assert_eq!(stranger.get(&stop).status, 200);
    assert!(
        nadia
            .get("/compte")
            .body
            .contains("value=\"at-once\" selected"),
        "looking at the link ends nothing"
    );
    for _ in 0..2 {
        let request = stranger
            .request("POST", &stop)
            .form(&[("List-Unsubscribe", "One-Click")]);
        assert_eq!(stranger.send(request).status, 200);
    }
    assert!(
        nadia
            .get("/compte")
            .body
            .contains("value=\"never\" selected")
    );
    let secret = stop.rsplit('/').next().unwrap();
    assert_eq!(
        stranger.post(&format!("/connexion/{secret}"), &[]).status,
        410
    );
    assert!(stranger.get("/compte").url.contains("/connexion"));
    assert_eq!(stranger.get("/avis/arreter/0123").status, 410);
}

#[test]
fn ones_data_are_whole_and_hold_no_secret() {
    let node = TestNode::start();
    grant(&node, "nadia@example.org", "editor");
    let nadia = enter(&node, "nadia@example.org", "Nadia B.");
    let made = nadia.post(
        "/compte/jetons",
        &[("nom", "import"), ("portee", "card:write")],
    );
    let secret = made.body.split("terreau_").nth(1).unwrap()[..64].to_owned();
    let saved = put(&node, &format!("terreau_{secret}"), "Un mot à moi.");
    assert_eq!(saved.status, 200, "{}", saved.body);
    let file = nadia.get("/compte/donnees");
    assert_eq!(file.status, 200);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.header("cache-control").contains("no-store"));
    let own = file.json();
    assert_eq!(own["account"]["email"], "nadia@example.org");
    assert_eq!(own["tokens"][0]["name"], "import");
    assert_eq!(own["sessions"].as_array().unwrap().len(), 1);
    wait_until(|| {
        let own = nadia.get("/compte/donnees").json();
        own["contributions"].as_array().unwrap().len() == 1
    });
    assert!(!file.body.contains(&secret));
    assert!(
        node.client()
            .get("/compte/donnees")
            .url
            .contains("/connexion")
    );
}

#[test]
fn a_deleted_account_is_gone_and_what_it_published_stays() {
    let node = TestNode::start();
    let boss = steward(&node);
    let token = node.token("nadia@example.org", "editor");
    let nadia = enter(&node, "nadia@example.org", "Nadia B.");
    assert_eq!(put(&node, &token, "Un mot qui reste.").status, 200);
    let other = nadia.post("/compte/supprimer", &[("nom", "Nadia")]);
    assert_eq!(other.status, 422);
    assert_eq!(nadia.get("/compte").status, 200);
    let gone = nadia.post("/compte/supprimer", &[("nom", "Nadia B.")]);
    assert!(gone.url.ends_with("/compte/supprime"), "{}", gone.url);
    assert!(nadia.get("/compte").url.contains("/connexion"));
    assert_eq!(put(&node, &token, "Plus rien.").status, 401);
    assert!(node.client().get(CARD).body.contains("Un mot qui reste."));
    assert!(
        !boss
            .get("/administration")
            .body
            .contains("nadia@example.org")
    );
    let journal = boss.get("/administration/journal?quoi=comptes").body;
    assert!(journal.contains("a supprimé son compte"), "{journal}");

    let last = boss.post("/compte/supprimer", &[("nom", "Inès Maire")]);
    assert_eq!(last.status, 409, "{}", last.body);
    assert_eq!(boss.get("/compte").status, 200);
}

#[test]
fn a_suspension_ends_sessions_and_tokens_at_once() {
    let node = TestNode::start();
    let boss = steward(&node);
    let token = node.token("nadia@example.org", "editor");
    let nadia = enter(&node, "nadia@example.org", "Nadia B.");
    let page = page_of(&boss, "Nadia B.");
    assert_eq!(put(&node, &token, "Avant.").status, 200);
    let done = boss.post(&format!("{page}/suspension"), &[("suspendre", "oui")]);
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(done.body.contains("suspendu"));
    assert!(nadia.get("/compte").url.contains("/connexion"));
    assert_eq!(put(&node, &token, "Après.").status, 401);
    nadia.post("/connexion", &[("email", "nadia@example.org")]);

    boss.post(&format!("{page}/suspension"), &[("suspendre", "non")]);
    assert_eq!(
        put(&node, &token, "Encore.").status,
        401,
        "it stays revoked"
    );
    let done = boss.post(&format!("{page}/role"), &[("role", "contributor")]);
    assert!(done.body.contains("Le rôle est changé."));
    let journal = boss.get("/administration/journal").body;
    for said in [
        "a suspendu un compte",
        "a rétabli un compte",
        "« contribution »",
    ] {
        assert!(journal.contains(said), "{said}: {journal}");
    }
}

#[test]
fn only_stewards_administrate() {
    let node = TestNode::start();
    let boss = steward(&node);
    grant(&node, "ali@example.org", "editor");
    let ali = enter(&node, "ali@example.org", "Ali");
    let page = page_of(&boss, "Ali");
    for path in ["/administration", "/administration/journal", &page] {
        assert_eq!(ali.get(path).status, 403, "{path}");
        assert!(node.client().get(path).url.contains("/connexion"), "{path}");
    }
    let (role, suspension) = (format!("{page}/role"), format!("{page}/suspension"));
    for (path, field) in [
        (role.as_str(), ("role", "steward")),
        (suspension.as_str(), ("suspendre", "oui")),
        ("/administration/lecture-seule", ("lecture_seule", "oui")),
        (
            "/administration/invitations/retirer",
            ("email", "a@example.org"),
        ),
    ] {
        assert_eq!(ali.post(path, &[field]).status, 403, "{path}");
        assert_eq!(node.client().post(path, &[field]).status, 401, "{path}");
    }
    let invitation = [("email", "b@example.org"), ("role", "editor")];
    assert_eq!(
        ali.post("/administration/invitations", &invitation).status,
        403
    );
    let own = page_of(&boss, "Inès Maire");
    let fields = [("role", "editor")];
    assert_eq!(boss.post(&format!("{own}/role"), &fields).status, 403);
}

#[test]
fn an_invitation_makes_one_account_however_often_it_is_used() {
    let node = TestNode::start();
    let boss = steward(&node);
    let sent = boss.post(
        "/administration/invitations",
        &[("email", "zoe@example.org"), ("role", "editor")],
    );
    assert_eq!(sent.status, 200, "{}", sent.body);
    assert!(sent.body.contains("zoe@example.org"));
    let link = path_of(
        &node.line_with("the letter to zoe@example.org would hold"),
        "/connexion/",
    );
    let looked = node.client().get(&link);
    assert!(looked.body.contains("invité"), "{}", looked.body);
    let node = Arc::new(node);
    let uses: Vec<_> = (0..50)
        .map(|_| {
            let (node, link) = (Arc::clone(&node), link.clone());
            std::thread::spawn(move || {
                let client = node.client();
                let status = client.post(&link, &[]).status;
                (status < 300 && client.get("/compte").status == 200).then_some(client)
            })
        })
        .collect();
    let inside: Vec<Client> = uses
        .into_iter()
        .filter_map(|one| one.join().unwrap())
        .filter(|client| !client.get("/compte").url.contains("/connexion"))
        .collect();
    assert_eq!(inside.len(), 1);
    assert!(inside[0].get("/compte").body.contains("édition"));
    let again = boss.post(
        "/administration/invitations",
        &[("email", "zoe@example.org"), ("role", "editor")],
    );
    assert_eq!(again.status, 422, "{}", again.body);

    // What is taken back opens nothing.
    boss.post(
        "/administration/invitations",
        &[("email", "max@example.org"), ("role", "steward")],
    );
    let link = path_of(
        &node.line_with("the letter to max@example.org would hold"),
        "/connexion/",
    );
    boss.post(
        "/administration/invitations/retirer",
        &[("email", "max@example.org")],
    );
    assert_eq!(node.client().get(&link).status, 410);
    assert_eq!(node.client().post(&link, &[]).status, 410);
}

#[test]
fn read_only_stops_changes_and_lets_reading_go_on() {
    let node = TestNode::start();
    let boss = steward(&node);
    let token = node.token("ali@example.org", "editor");
    let on = boss.post("/administration/lecture-seule", &[("lecture_seule", "oui")]);
    assert!(
        on.body.contains("lecture seule pour le moment"),
        "{}",
        on.body
    );
    assert_eq!(put(&node, &token, "Non.").status, 503);
    let refused = boss.post(&format!("{CARD}/archiver"), &[("motif", "Non plus.")]);
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.body.contains("lecture seule"));
    let proposed = boss.post("/propositions/1/remarques", &[("mots", "Non.")]);
    assert!(matches!(proposed.status, 404 | 503), "{}", proposed.status);
    let reading = node.client().get(CARD);
    assert_eq!(reading.status, 200);
    assert!(!reading.body.contains("lecture seule pour le moment"));
    assert!(boss.get(CARD).body.contains("lecture seule pour le moment"));
    let ali = enter(&node, "ali@example.org", "Ali");
    assert_eq!(ali.get("/compte").status, 200);
    let keep = ali.post("/compte/supprimer", &[("nom", "Ali")]);
    assert_eq!(keep.status, 503, "{}", keep.body);

    let (stopped, _) = node.stop();
    let node = stopped.start();
    assert_eq!(
        put(&node, &token, "Après un redémarrage non plus.").status,
        503
    );
    let boss = enter(&node, "maire@example.org", "Inès Maire");
    boss.post("/administration/lecture-seule", &[("lecture_seule", "non")]);
    assert_eq!(put(&node, &token, "Oui.").status, 200);
    let journal = boss.get("/administration/journal?quoi=commun").body;
    assert!(journal.contains("en lecture seule"), "{journal}");
    assert!(
        journal.contains("laissé les changements reprendre"),
        "{journal}"
    );
}

#[test]
fn one_session_ends_or_all_the_others() {
    let node = TestNode::start();
    let first = enter(&node, "nadia@example.org", "Nadia B.");
    let second = node.client();
    second.post("/connexion", &[("email", "nadia@example.org")]);
    wait_until(|| {
        node.log()
            .matches("the letter to nadia@example.org would hold")
            .count()
            == 2
    });
    open_link(&second, &node.log(), "Nadia B.");
    let page = first.get("/compte");
    assert_eq!(page.body.matches("cet appareil").count(), 1);
    let end = page.attribute_after("action=\"/compte/sessions/", "action");
    let end = end.unwrap_or_else(|| {
        let at = page.body.find("/compte/sessions/").unwrap();
        page.body[at..].split('"').next().unwrap().to_owned()
    });
    let id = path_of(&page.body.replace('"', " "), "/compte/sessions/");
    assert!(
        id.ends_with("/terminer") || id.ends_with("/autres"),
        "{id} {end}"
    );
    first.post("/compte/sessions/autres", &[]);
    assert!(second.get("/compte").url.contains("/connexion"));
    assert_eq!(first.get("/compte").status, 200);
    assert!(!first.get("/compte").url.contains("/connexion"));
}
