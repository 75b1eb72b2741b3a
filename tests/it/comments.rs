//! Comments wait, are moderated, answered, reported and closed; what is told in private is read by moderators alone; a card is
//! useful to people whom nobody follows.

use serde_json::Value;
use terreau_tests::{Client, Page, TestNode};

use crate::person;

const CARD: &str = "/outils/porteur-de-parole";
const TALK: &str = "/outils/porteur-de-parole/commentaires";

/// Signs somebody in of whom nobody has looked at anything yet.
pub fn newcomer(node: &TestNode, email: &str, name: &str) -> Client {
    let client = node.client();
    let line = node.sign_in_line(&client, email);
    let at = line.rfind("/connexion/").unwrap();
    let link = line[at..].trim().split('?').next().unwrap();
    assert!(client.post(link, &[]).status < 300);
    let profile = [("nom", name), ("organisation", ""), ("langue", "fr")];
    assert_eq!(client.post("/compte", &profile).status, 200);
    client
}

/// Sends a form as if from an address behind the relay of this machine.
fn from(
    client: &Client,
    node: &TestNode,
    address: &str,
    to: &str,
    fields: &[(&str, &str)],
) -> Page {
    let request = client
        .request("POST", to)
        .header("Origin", node.url(""))
        .header("X-Forwarded-For", address)
        .form(fields);
    client.send(request)
}

/// Returns the identifier of the newest comment on a page.
fn id_of(page: &Page) -> String {
    page.body
        .split("id=\"commentaire-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse::<i64>().ok())
        .max()
        .unwrap_or_else(|| panic!("{}", page.body))
        .to_string()
}

fn lines(node: &TestNode) -> Vec<Value> {
    let page = node.client().get("/commentaires.jsonl");
    assert_eq!(page.status, 200);
    let lines = page.body.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_first_comment_of_somebody_waits_and_the_next_ones_do_not() {
    let node = TestNode::start();
    let nobody = node.client();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let zoe = newcomer(&node, "zoe@example.org", "Zoé");
    // Kept from here on, with no comment to count.
    for _ in 0..2 {
        assert!(nobody.get(CARD).body.contains("Aucun commentaire"));
    }
    let refused = nobody.post(TALK, &[("mots", "Sans compte.")]);
    assert_eq!(refused.status, 401);
    assert!(refused.body.contains("Sans compte."));
    let empty = zoe.post(TALK, &[("mots", "  ")]);
    assert_eq!(empty.status, 422);
    let long = zoe.post(TALK, &[("mots", &"a".repeat(4_001))]);
    assert_eq!(long.status, 422);
    assert!(
        long.body.contains(&"a".repeat(4_001)),
        "nothing typed is lost"
    );

    let text = "Une heure suffit <b>, voir https://example.org/a.\n\nDeux personnes.";
    let sent = zoe.post(TALK, &[("mots", text)]);
    assert_eq!(sent.status, 200, "{}", sent.body);
    assert!(sent.body.contains("Votre commentaire attend"));
    let id = id_of(&sent);
    assert!(zoe.get(TALK).body.contains("Une heure suffit"));
    for other in [&nobody, &editor] {
        assert!(!other.get(TALK).body.contains("Une heure suffit"));
    }
    assert_eq!(lines(&node), Vec::<Value>::new());
    assert!(nobody.get("/moderation").url.contains("/connexion"));
    assert_eq!(zoe.get("/moderation").status, 403);
    let queue = editor.get("/moderation");
    assert!(
        queue.body.contains("Une heure suffit &#60;b&#62;"),
        "{}",
        queue.body
    );
    assert!(queue.body.contains("1 chose attend"), "the menu says so");

    let decide = |fields: &[(&str, &str)]| {
        let to = format!("/moderation/commentaires/{id}");
        editor.post(&to, fields)
    };
    assert_eq!(decide(&[("geste", "demander"), ("mots", "")]).status, 422);
    let asked = decide(&[("geste", "demander"), ("mots", "Où était-ce ?")]);
    assert!(
        asked.body.contains("La question est envoyée"),
        "{}",
        asked.body
    );
    assert!(
        zoe.get("/compte/avis")
            .body
            .contains("demande une précision")
    );
    assert!(zoe.get(TALK).body.contains("Où était-ce ?"));
    let again = zoe.post(
        &format!("{TALK}/{id}/reprendre"),
        &[("mots", "À Liré, https://example.org/a. Une heure.")],
    );
    assert_eq!(again.status, 200);
    let shown = decide(&[("geste", "montrer")]);
    assert!(shown.body.contains("Le commentaire est publié"));
    assert_eq!(decide(&[("geste", "montrer")]).status, 404, "once");

    let page = nobody.get(TALK);
    assert!(page.body.contains("À Liré"));
    assert!(
        page.body.contains(
            "<a href=\"https://example.org/a\" rel=\"ugc nofollow noopener noreferrer\">"
        ),
        "{}",
        page.body
    );
    assert!(
        nobody.get(CARD).body.contains("Un commentaire"),
        "the kept page counts"
    );
    let told = lines(&node);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["author"], "Zoé");
    assert_eq!(told[0]["path"], "outils/porteur-de-parole");

    let next = zoe.post(TALK, &[("mots", "Et le soir ?")]);
    assert!(
        next.body.contains("Votre commentaire est publié"),
        "{}",
        next.body
    );
    assert!(nobody.get(TALK).body.contains("Et le soir ?"));
    let own = zoe.get("/compte/donnees").json();
    assert_eq!(own["comments"].as_array().unwrap().len(), 2);
    let journal = person(&node, "maire@example.org", "steward", "Ana", "");
    let journal = journal.get("/administration/journal?quoi=moderation").body;
    assert!(journal.contains("a publié un commentaire"), "{journal}");
}

#[test]
fn comments_are_answered_reported_closed_and_taken_back() {
    let node = TestNode::start();
    let nobody = node.client();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let ali = person(&node, "ali@example.org", "contributor", "Ali", "");
    let id = id_of(&zoe.post(TALK, &[("mots", "Combien de temps ?")]));
    let answer = ali.post(TALK, &[("mots", "Une heure."), ("fil", &id)]);
    assert_eq!(answer.status, 200);
    assert!(
        zoe.get("/compte/avis")
            .body
            .contains("Ali a répondu à votre commentaire")
    );
    let answer = id_of(&answer);
    assert_eq!(
        ali.post(TALK, &[("mots", "Non."), ("fil", &answer)]).status,
        404
    );

    let report = |client: &Client, why: &str| {
        let to = format!("{TALK}/{answer}/signaler");
        from(client, &node, "198.51.100.7", &to, &[("mots", why)])
    };
    assert_eq!(report(&nobody, "").status, 422);
    assert_eq!(report(&nobody, "Une publicité").status, 200);
    assert_eq!(report(&nobody, "Encore").status, 409);
    assert_eq!(report(&zoe, "Hors sujet").status, 200);
    assert_eq!(report(&zoe, "Encore").status, 409);
    let queue = editor.get("/moderation").body;
    assert!(queue.contains("Une publicité") && queue.contains("Hors sujet"));
    let to = format!("/moderation/commentaires/{answer}");
    let kept = editor.post(&to, &[("geste", "garder")]);
    assert!(
        kept.body.contains("les signalements sont réglés"),
        "{}",
        kept.body
    );
    assert!(nobody.get(TALK).body.contains("Une heure."));

    let close = format!("{TALK}/{id}/fermer");
    assert_eq!(zoe.post(&close, &[("geste", "fermer")]).status, 403);
    let closed = editor.post(&close, &[("geste", "fermer")]);
    assert!(closed.body.contains("Cette discussion est fermée"));
    let late = ali.post(TALK, &[("mots", "Trop tard."), ("fil", &id)]);
    assert_eq!(late.status, 409);
    assert!(late.body.contains("Trop tard."), "nothing typed is lost");
    assert_eq!(editor.post(&close, &[("geste", "rouvrir")]).status, 200);

    assert_eq!(ali.post(&format!("{TALK}/{id}/supprimer"), &[]).status, 403);
    assert_eq!(zoe.post(&format!("{TALK}/{id}/supprimer"), &[]).status, 200);
    let page = nobody.get(TALK).body;
    assert!(!page.contains("Combien de temps") && page.contains("Une heure."));
    assert!(page.contains("Commentaire retiré"));
    // A moderator takes one away, and its author reads why; an account that goes leaves its words.
    let gone = editor.post(&to, &[("geste", "refuser"), ("mots", "C’est faux.")]);
    assert_eq!(gone.status, 200);
    assert!(!nobody.get(TALK).body.contains("Une heure."));
    assert!(nobody.get(CARD).body.contains("Aucun commentaire"));
    let last = id_of(&ali.post(TALK, &[("mots", "Un dernier mot.")]));
    assert_eq!(ali.post("/compte/supprimer", &[("nom", "Ali")]).status, 200);
    let page = nobody.get(TALK).body;
    assert!(
        page.contains("Un dernier mot.") && page.contains("Compte supprimé"),
        "{last}"
    );
}

#[test]
fn what_looks_private_is_said_once_before_it_is_sent() {
    let node = TestNode::start();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let zoe = newcomer(&node, "zoe@example.org", "Zoé");
    let text = "Appelez-moi au 06 12 34 56 78 ou zoe.dupont@gmail.com";
    let warned = zoe.post(TALK, &[("mots", text)]);
    assert_eq!(warned.status, 422);
    assert!(warned.body.contains("06 12 34 56 78") && warned.body.contains(text));
    assert_eq!(
        warned
            .attribute_after("name=\"averti\"", "value")
            .as_deref(),
        Some("oui")
    );
    let sent = zoe.post(TALK, &[("mots", text), ("averti", "oui")]);
    assert_eq!(sent.status, 200);
    let queue = editor.get("/moderation").body;
    assert!(
        queue.contains("Peut-être des coordonnées personnelles"),
        "{queue}"
    );
}

fn private<'a>(email: &'a str, opened: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("mots", "Le lien de la fiche est mort."),
        ("nom", "Zoé"),
        ("email", email),
        ("ouvert", opened),
        ("relais", ""),
    ]
}

#[test]
fn of_many_private_remarks_from_one_address_twenty_are_kept() {
    let node = TestNode::start();
    let nobody = node.client();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let to = format!("{TALK}/intendance");
    let opened = nobody
        .get(TALK)
        .attribute_after("name=\"ouvert\"", "value")
        .unwrap();
    let before = (opened.parse::<i64>().unwrap() - 60).to_string();
    let mut robot = private("zoe@example.org", &before);
    robot[4].1 = "https://example.com";
    for (fields, says) in [
        (robot, "fait pour les robots"),
        (private("zoe@example.org", &opened), "plus vite"),
        (private("zoe@", &before), "pas complète"),
    ] {
        let page = nobody.post(&to, &fields);
        assert_eq!(page.status, 422, "{says}");
        assert!(page.body.contains(says) && page.body.contains("Le lien de la fiche est mort."));
    }
    let mut kept = 0;
    for number in 0..40 {
        let email = format!("zoe{number}@example.org");
        let page = from(
            &nobody,
            &node,
            "198.51.100.7",
            &to,
            &private(&email, &before),
        );
        match page.status {
            200 => kept += 1,
            429 => assert!(page.body.contains("Le lien de la fiche est mort.")),
            other => panic!("{other}: {}", page.body),
        }
    }
    assert_eq!(kept, 20);
    let other = from(
        &nobody,
        &node,
        "203.0.113.9",
        &to,
        &private("ali@example.org", &before),
    );
    assert_eq!(other.status, 200);
    assert!(!nobody.get(TALK).body.contains("ali@example.org"));
    let queue = editor.get("/moderation").body;
    assert_eq!(queue.matches("value=\"regler\"").count(), 21);
    let at = queue.find("/moderation/remarques/").unwrap();
    let first = queue[at..].split('"').next().unwrap();
    assert_eq!(editor.post(first, &[("geste", "regler")]).status, 200);
    let queue = editor.get("/moderation").body;
    assert_eq!(queue.matches("value=\"regler\"").count(), 20);
    assert!(!queue.contains("zoe0@example.org"), "it is gone");
}

#[test]
fn a_card_is_useful_to_people_whom_nobody_follows() {
    let node = TestNode::start();
    let nobody = node.client();
    let to = format!("{CARD}/utile");
    assert!(!nobody.get(CARD).body.contains("Utile à"));
    for address in ["198.51.100.1", "198.51.100.1", "198.51.100.2"] {
        let page = from(&nobody, &node, address, &to, &[("geste", "oui")]);
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Merci, c’est noté"), "{}", page.body);
    }
    assert!(
        !nobody.get(CARD).body.contains("Utile à"),
        "two are not said"
    );
    let zoe = newcomer(&node, "zoe@example.org", "Zoé");
    zoe.post(&to, &[("geste", "oui")]);
    zoe.post(&to, &[("geste", "oui")]);
    assert!(nobody.get(CARD).body.contains("Utile à 3 personnes"));
    zoe.post(&to, &[("geste", "non")]);
    assert!(!nobody.get(CARD).body.contains("Utile à"));
    assert_eq!(nobody.post(&to, &[("geste", "peut-être")]).status, 400);
    let cookies = nobody.get(CARD).header("set-cookie").to_owned();
    assert_eq!(cookies, "", "nobody is followed");
}

#[test]
fn whoever_is_blocked_sends_nothing_more() {
    let node = TestNode::start();
    let nobody = node.client();
    let editor = person(&node, "lea@example.org", "editor", "Léa", "");
    let zoe = newcomer(&node, "zoe@example.org", "Zoé");
    let id = id_of(&zoe.post(TALK, &[("mots", "Achetez ceci.")]));
    let to = format!("/moderation/commentaires/{id}");
    let blocked = editor.post(&to, &[("geste", "bloquer"), ("mots", "Publicité")]);
    assert!(blocked.body.contains("bloqué"), "{}", blocked.body);
    assert!(!editor.get("/moderation").body.contains("Achetez ceci."));
    assert!(
        zoe.get("/compte").url.contains("/connexion"),
        "the session is over"
    );

    let fields = [
        ("geste", "bloquer"),
        ("adresse", "pub@example.org"),
        ("mots", "Publicité"),
    ];
    assert_eq!(editor.post("/moderation/adresses", &fields).status, 200);
    let opened = nobody
        .get(TALK)
        .attribute_after("name=\"ouvert\"", "value")
        .unwrap();
    let before = (opened.parse::<i64>().unwrap() - 60).to_string();
    let to = format!("{TALK}/intendance");
    let refused = nobody.post(&to, &private("pub@example.org", &before));
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("Le lien de la fiche est mort."));
    let spammer = newcomer(&node, "pub@example.org", "Pub");
    assert_eq!(spammer.post(TALK, &[("mots", "Encore.")]).status, 403);
    let free = [("geste", "debloquer"), ("adresse", "pub@example.org")];
    assert_eq!(editor.post("/moderation/adresses", &free).status, 200);
    assert_eq!(spammer.post(TALK, &[("mots", "Encore.")]).status, 200);
}
