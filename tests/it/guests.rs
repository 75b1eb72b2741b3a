//! Guests suggest corrections with a name and a mailbox: nothing is seen before the mailbox confirms, nothing typed is lost.

use terreau_tests::{Client, MailServer, NodeOptions, Page, TestNode};

const CARD: &str = "/outils/porteur-de-parole";

/// The whole form of a guest who adds a line to the card.
struct Form {
    fields: Vec<(&'static str, String)>,
}

impl Form {
    fn of(client: &Client, email: &str) -> Form {
        let shown = client.get(&format!("{CARD}/modifier?vue=source"));
        assert_eq!(shown.status, 200);
        let opened: i64 = shown
            .attribute_after("name=\"ouvert\"", "value")
            .expect("a guest's form says when it was opened")
            .parse()
            .unwrap();
        let base = shown.attribute_after("name=\"base\"", "value").unwrap();
        let text = client.get(&format!("{CARD}.md")).body;
        Form {
            fields: vec![
                ("source", format!("{text}\nUn mot rare.\n")),
                ("geste", "suggerer".to_owned()),
                ("motif", "Un mot manquait".to_owned()),
                ("accord", "oui".to_owned()),
                ("base", base),
                ("fin", "1".to_owned()),
                ("invite", "1".to_owned()),
                // As if the person had taken a minute.
                ("ouvert", (opened - 60).to_string()),
                ("nom", "Zoé d’Été".to_owned()),
                ("email", email.to_owned()),
                ("relais", String::new()),
            ],
        }
    }

    fn with(mut self, name: &'static str, value: &str) -> Form {
        let found = self.fields.iter_mut().find(|(key, _)| *key == name);
        found.expect("a field of the form").1 = value.to_owned();
        self
    }

    fn send(&self, client: &Client) -> Page {
        let fields: Vec<(&str, &str)> = self
            .fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        client.post(&format!("{CARD}/modifier?vue=source"), &fields)
    }
}

/// Returns the path of the link that the log holds for an address.
fn link(node: &TestNode, email: &str) -> String {
    let line = node.line_with(&format!("the letter to {email} would hold"));
    let at = line.find("/propositions/confirmer/").unwrap();
    line[at..].trim().to_owned()
}

fn proposals(node: &TestNode) -> u64 {
    let list = node.client().get("/api/v1/proposals").json();
    list["total"].as_u64().unwrap()
}

#[test]
fn a_correction_is_confirmed_by_mail_and_waits_for_review_under_the_name_given() {
    let Some(mail) = MailServer::start() else {
        return;
    };
    let node = TestNode::with(NodeOptions {
        settings: mail.settings("Le commun <bonjour@example.org>"),
        ..NodeOptions::default()
    });
    let guest = node.client();
    let sent = Form::of(&guest, " Zoe@Example.org ").send(&guest);
    assert!(
        sent.url.ends_with("/propositions/suggestion"),
        "{}",
        sent.url
    );
    let letter = mail.letter();
    assert_eq!(letter.to, ["zoe@example.org"]);
    let text = letter.text();
    assert!(text.contains("Porteur de parole"), "{text}");
    assert!(
        !text.contains("Zoé") && !text.contains("manquait"),
        "a letter repeats nothing that was typed: {text}"
    );
    assert_eq!(proposals(&node), 0);

    let start = text.find("/propositions/confirmer/").unwrap();
    let path = text[start..].split_whitespace().next().unwrap();
    let looked = guest.get(path);
    assert_eq!(looked.status, 200);
    assert_eq!(looked.header("referrer-policy"), "no-referrer");
    assert!(looked.body.contains("Zoé d’Été"));
    assert_eq!(proposals(&node), 0, "looking confirms nothing");
    let done = guest.post(path, &[]);
    assert!(
        done.url.ends_with("/propositions/suggestion?issue=attend"),
        "{}",
        done.url
    );
    assert!(done.body.contains("Quelqu’un du commun la regarde d’abord"));
    assert!(
        guest.get("/compte").url.contains("/connexion"),
        "a confirmation signs nobody in"
    );
    assert_eq!(guest.post(path, &[]).status, 410);
    assert_eq!(guest.get(path).status, 410);
    assert_eq!(proposals(&node), 0, "nobody looked yet");
    assert!(mail.is_empty());
}

#[test]
fn the_answer_is_the_same_whoever_has_an_account() {
    let node = TestNode::start();
    node.run(&["account", "grant", "connue@example.org", "editor"]);
    let guest = node.client();
    let answers: Vec<(u16, String, String)> = ["connue@example.org", "inconnue@example.org"]
        .into_iter()
        .map(|email| {
            let page = Form::of(&guest, email).send(&guest);
            (page.status, page.url, page.body)
        })
        .collect();
    assert_eq!(answers[0], answers[1]);
    // A name given with somebody else's address renames nobody: the letter went to them.
    let done = guest.post(&link(&node, "connue@example.org"), &[]);
    assert_eq!(done.status, 200);
}

#[test]
fn nothing_typed_is_lost_when_something_is_missing() {
    let node = TestNode::start();
    let guest = node.client();
    let opened = |form: Form| {
        let now = form
            .fields
            .iter()
            .find(|(name, _)| *name == "ouvert")
            .map(|(_, value)| value.parse::<i64>().unwrap() + 60)
            .unwrap();
        form.with("ouvert", &now.to_string())
    };
    let form = || Form::of(&guest, "zoe@example.org");
    for (form, says) in [
        (form().with("nom", " "), "Écrivez un nom"),
        (form().with("email", "zoe@"), "pas complète"),
        (form().with("motif", ""), "ce que vous avez changé"),
        (form().with("accord", ""), "accord de licence"),
        (
            form().with("relais", "https://example.com"),
            "fait pour les robots",
        ),
        (opened(form()), "plus vite"),
        (
            {
                let form = form();
                let text = guest.get(&format!("{CARD}.md")).body;
                form.with("source", &text)
            },
            "rien à relire",
        ),
    ] {
        let page = form.send(&guest);
        assert_eq!(page.status, 422, "{says}");
        assert!(page.body.contains(says), "{says}: {}", page.body);
        let kept = page.body.contains("Un mot rare.") || says == "rien à relire";
        assert!(kept, "{says}");
    }
    for number in 0..3 {
        let sent = form().send(&guest);
        assert!(sent.url.ends_with("/propositions/suggestion"), "{number}");
    }
    let full = form().send(&guest);
    assert_eq!(full.status, 429);
    assert!(full.body.contains("Un mot rare."));

    // Somebody whose session ended while they wrote is no guest: they are told to sign in again.
    let mut ended = form();
    ended.fields.retain(|(name, _)| *name != "invite");
    let ended = ended.with("geste", "proposer").send(&guest);
    assert_eq!(ended.status, 401);
    assert!(ended.body.contains("Votre session a pris fin"));
    assert!(ended.body.contains("Un mot rare."));
}

#[test]
fn what_meets_another_change_is_found_again_as_a_draft() {
    let node = TestNode::start();
    let guest = node.client();
    let text = guest.get(&format!("{CARD}.md")).body;
    let title = text
        .lines()
        .find(|line| line.starts_with("title:"))
        .unwrap()
        .to_owned();
    let renamed = |words: &str| text.replacen(&title, &format!("title: \"{words}\""), 1);
    let sent = Form::of(&guest, "zoe@example.org")
        .with("source", &renamed("Un titre"))
        .send(&guest);
    assert!(
        sent.url.ends_with("/propositions/suggestion"),
        "{}",
        sent.body
    );

    let token = node.token("ali@example.org", "editor");
    let base = guest.get("/api/v1/commons").json()["head"].clone();
    let put = guest
        .request("PUT", &format!("/api/v1/cards{CARD}"))
        .bearer_auth(token)
        .json(&serde_json::json!({"content": renamed("Un autre titre"), "message": "Direct", "base": base}));
    assert_eq!(node.client().send(put).status, 200);

    let done = guest.post(&link(&node, "zoe@example.org"), &[]);
    assert!(
        done.url
            .contains("/propositions/suggestion?issue=brouillon"),
        "{}",
        done.url
    );
    assert_eq!(proposals(&node), 0);
    // Signed in, their text is offered, and meets the published one on the page made for it.
    guest.post("/connexion", &[("email", "zoe@example.org")]);
    let line = node.line_with("/connexion/");
    let at = line.find("/connexion/").unwrap();
    guest.post(line[at..].trim(), &[]);
    assert!(guest.get("/compte").body.contains("Vos brouillons"));
    let form = guest.get(&format!("{CARD}/modifier?brouillon=reprendre"));
    assert_eq!(form.status, 200);
    assert!(form.body.contains("Un titre"), "{}", form.body);
}
