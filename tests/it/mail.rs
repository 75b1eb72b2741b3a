//! Letters through a real mail server.

use terreau_tests::{MailServer, NodeOptions, TestNode};

const FROM: &str = "Le commun d’ici <bonjour@example.org>";

fn node(server: &MailServer) -> TestNode {
    TestNode::with(NodeOptions {
        settings: server.settings(FROM),
        ..NodeOptions::default()
    })
}

#[test]
fn the_letter_arrives_and_its_link_opens_the_door() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let node = node(&server);
    let client = node.client();
    let page = client.post(
        "/connexion",
        &[("email", " Nadia@Example.org "), ("suite", "/outils")],
    );
    assert_eq!(page.status, 200);
    assert!(page.url.contains("/connexion/envoye"), "{}", page.url);
    assert!(!page.body.contains("journal"), "letters reach people here");

    let letter = server.letter();
    assert_eq!(letter.from, "bonjour@example.org");
    assert_eq!(letter.to, ["nadia@example.org"]);
    let text = letter.text();
    let link = text
        .lines()
        .find(|line| line.starts_with(&node.url("/connexion/")))
        .unwrap_or_else(|| panic!("no line of its own holds the link: {text}"));
    assert!(!node.log().contains(link), "the link is in the letter only");
    assert!(!node.log().contains("nadia@"), "the log knows no address");

    let path = link.strip_prefix(&node.url("")).unwrap().to_owned();
    assert_eq!(client.get(&path).status, 200);
    let page = client.post(&path, &[("suite", "/outils")]);
    assert!(page.url.contains("/compte/bienvenue"), "{}", page.url);
    assert!(client.get("/compte").body.contains("nadia@example.org"));
    assert!(server.is_empty(), "one letter was enough");
}

#[test]
fn no_field_makes_a_header_or_another_recipient() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let node = node(&server);
    let client = node.client();
    for email in [
        "nadia@example.org\r\nBcc: autre@example.org",
        "nadia@example.org\nBcc: autre@example.org",
        "nadia@example.org%0d%0aBcc: autre@example.org",
        "nadia@example.org, autre@example.org",
        "nadia@example.org;autre@example.org",
        "<nadia@example.org> <autre@example.org>",
        "nadia@example.org>\r\nRCPT TO:<autre@example.org",
        "\"nadia\r\nBcc: autre\"@example.org",
        "Nadia <nadia@example.org>",
        "nadia@example.org\0",
    ] {
        let page = client.post("/connexion", &[("email", email)]);
        assert_eq!(page.status, 422, "{email:?}");
    }
    let after = [
        "/outils\r\nBcc: autre@example.org",
        "/outils\r\n.\r\nMAIL FROM:<x@example.org>",
        "//ailleurs.example",
        "/outils?a=%0d%0aBcc:%20autre@example.org",
    ];
    for (number, suite) in after.into_iter().enumerate() {
        let email = format!("nadia{number}@example.org");
        let asked = client
            .request("POST", "/connexion")
            .header("origin", node.url(""))
            .header("x-forwarded-host", "ailleurs.example")
            .form(&[("email", email.as_str()), ("suite", suite)]);
        assert_eq!(client.send(asked).status, 200, "{suite:?}");
        let letter = server.letter();
        assert_eq!(letter.to, [email], "{suite:?}");
        let names: Vec<&str> = letter
            .headers()
            .iter()
            .filter(|line| !line.starts_with([' ', '\t']))
            .filter_map(|line| line.split(':').next())
            .collect();
        let mut sorted: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        sorted.sort();
        assert_eq!(
            sorted,
            [
                "auto-submitted",
                "content-transfer-encoding",
                "content-type",
                "date",
                "from",
                "message-id",
                "mime-version",
                "subject",
                "to"
            ],
            "{suite:?}: {}",
            letter.wire
        );
        let text = letter.text();
        assert!(!text.contains("ailleurs"), "{suite:?}: {text}");
        assert!(
            !text
                .lines()
                .any(|line| line.starts_with("Bcc") || line == "."),
            "{suite:?}: {text}"
        );
    }
    assert!(server.is_empty(), "nobody else was written to");
}

#[test]
fn a_server_that_refuses_is_told_on_the_page() {
    let Some(server) = MailServer::start() else {
        return;
    };
    let node = node(&server);
    let client = node.client();
    for email in ["refuse@example.org", "panne@example.org"] {
        let page = client.post("/connexion", &[("email", email)]);
        assert_eq!(page.status, 503, "{email}: {}", page.url);
        assert!(page.body.contains("serveur de courriel"), "{}", page.body);
        assert!(
            page.body.contains("<ul class=\"next\">"),
            "it says what to do"
        );
        assert!(page.header("retry-after").is_empty());
    }
    // Later is no refusal: the letter is tried again, and the page says to wait for it.
    let page = client.post("/connexion", &[("email", "plus-tard@example.org")]);
    assert!(page.url.contains("/connexion/envoye"), "{}", page.url);
    let log = node.log();
    assert!(log.contains("the mail server refused it (550)"), "{log}");
    assert!(
        log.contains("the mail server asks to try later (451)"),
        "{log}"
    );
    assert!(
        !log.contains("@example.org"),
        "the log knows no address: {log}"
    );
    assert_eq!(client.get("/outils/porteur-de-parole").status, 200);
    assert!(server.is_empty());
}
