//! “I tried it”: told without an account, confirmed by mail, completed, read by somebody of the commons, published under the
//! name that was given; nothing of a stranger is public before.

use serde_json::{Value, json};
use terreau_tests::{Client, Page, TestNode};

use crate::api::{card, change_summary};
use crate::{person, wait_until};

const TRIED: &str = "outils/porteur-de-parole";

pub(crate) fn form(client: &Client, email: &str) -> Vec<(&'static str, String)> {
    let shown = client.get(&format!("/essais/nouveau?fiche={TRIED}"));
    assert_eq!(shown.status, 200, "{}", shown.body);
    let hidden = |name: &str| shown.attribute_after(&format!("name=\"{name}\""), "value");
    let opened: i64 = hidden("ouvert").map_or(0, |opened| opened.parse().unwrap());
    vec![
        ("fiche", TRIED.to_owned()),
        ("version", hidden("version").unwrap()),
        ("territoire", "Combloux".to_owned()),
        ("territoire.code", String::new()),
        ("mois", "05".to_owned()),
        ("annee", "2025".to_owned()),
        ("personnes", "1 200".to_owned()),
        (
            "recit",
            "Les gens se sont arrêtés.\n\nOn a relu les phrases.".to_owned(),
        ),
        ("change", "Une seule question".to_owned()),
        ("note.clarte", "4".to_owned()),
        ("note.utilite", "".to_owned()),
        ("astuce", "Prévoir un abri".to_owned()),
        ("referait", "adapted".to_owned()),
        ("nom", "Zoé d’Été".to_owned()),
        ("organisation", "Foyer rural".to_owned()),
        ("email", email.to_owned()),
        ("relais", String::new()),
        // As if the person had taken a minute.
        ("ouvert", (opened - 60).to_string()),
        ("accord", "oui".to_owned()),
        ("fin", "1".to_owned()),
    ]
}

fn with(
    mut form: Vec<(&'static str, String)>,
    name: &str,
    value: &str,
) -> Vec<(&'static str, String)> {
    let found = form.iter_mut().find(|(key, _)| *key == name);
    found.expect("a field of the form").1 = value.to_owned();
    form
}

pub(crate) fn send(client: &Client, form: &[(&'static str, String)]) -> Page {
    let fields: Vec<(&str, &str)> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    client.post("/essais/nouveau", &fields)
}

/// Returns the path of the link that the log holds for an address.
pub(crate) fn link(node: &TestNode, email: &str) -> String {
    let line = node.line_with(&format!("the letter to {email} would hold"));
    let at = line.find("/essais/").unwrap();
    line[at..].trim().to_owned()
}

/// Returns the addresses where try-outs wait to be decided.
pub(crate) fn waiting(editor: &Client) -> Vec<String> {
    let page = editor.get("/moderation");
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
        .split("href=\"/moderation/essais/")
        .skip(1)
        .map(|rest| format!("/moderation/essais/{}", rest.split('"').next().unwrap()))
        .collect()
}

#[test]
fn a_try_out_is_confirmed_completed_and_published_under_the_name_given() {
    let node = TestNode::start();
    let guest = node.client();
    let sent = send(&guest, &form(&guest, " Zoe@Example.org "));
    assert!(
        sent.url.ends_with("/essais/envoye"),
        "{} {}",
        sent.url,
        sent.body
    );
    let path = link(&node, "zoe@example.org");
    let log = node.log();
    assert!(log.contains("Votre récit : Porteur de parole"), "{log}");
    assert!(
        !log.contains("Zoé") && !log.contains("relu les phrases"),
        "a letter repeats nothing that was typed: {log}"
    );

    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    assert_eq!(waiting(&editor), [] as [String; 0], "nobody confirmed it");
    let looked = guest.get(&path);
    assert_eq!(looked.status, 200);
    assert_eq!(looked.header("referrer-policy"), "no-referrer");
    assert!(looked.body.contains("On a relu les phrases."));
    assert!(
        guest
            .post(&path, &[("geste", "confirmer")])
            .body
            .contains("attend d’être lu")
    );

    let step = format!("{path}/completer/moyens");
    assert_eq!(guest.get(&step).status, 200);
    let kept = guest.post(
        &step,
        &[
            ("f.staff.people", "3"),
            ("f.cost.amount_eur", "120"),
            ("f.cost.per", "total"),
            ("geste", "garder"),
            ("fin", "1"),
        ],
    );
    assert_eq!(kept.status, 200, "{}", kept.body);
    assert!(kept.url.contains("fait=completee"), "{}", kept.url);
    let refused = guest.post(&step, &[("f.cost.amount_eur", "beaucoup"), ("fin", "1")]);
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("beaucoup"),
        "what was typed comes back"
    );

    // Nobody but those who decide see it.
    let found = waiting(&editor);
    assert_eq!(found.len(), 1);
    assert!(guest.get(&found[0]).url.contains("/connexion"));
    let known = person(&node, "mia@example.org", "contributor", "Mia", "");
    assert_eq!(known.get(&found[0]).status, 403);
    assert!(
        !guest
            .get("/recherche?q=relu+les+phrases")
            .body
            .contains("Combloux")
    );

    let seen = editor.get(&found[0]);
    assert!(
        seen.body.contains("Zoé d’Été (Foyer rural)"),
        "{}",
        seen.body
    );
    let no_words = editor.post(&found[0], &[("geste", "demander"), ("mots", " ")]);
    assert_eq!(no_words.status, 422);
    editor.post(
        &found[0],
        &[("geste", "demander"), ("mots", "Quel jour était-ce ?")],
    );
    node.line_with("Quel jour était-ce ?");
    assert!(guest.get(&path).body.contains("Quel jour était-ce ?"));
    assert_eq!(waiting(&editor), [] as [String; 0]);
    guest.post(&path, &[("geste", "confirmer")]);

    let done = editor.post(&found[0], &[("geste", "publier")]);
    assert!(
        done.url.contains("/propositions/1"),
        "{} {}",
        done.url,
        done.body
    );
    node.line_with("est publié. Merci !");
    let card = guest.get("/experiences/porteur-de-parole-combloux-2025");
    assert_eq!(card.status, 200, "{}", card.body);
    for told in [
        "Les gens se sont arrêtés",
        "Zoé d’Été",
        "Foyer rural",
        "120",
        "Prévoir un abri",
    ] {
        assert!(card.body.contains(told), "{told}: {}", card.body);
    }
    let source = guest
        .get("/experiences/porteur-de-parole-combloux-2025.md")
        .body;
    assert!(
        source.contains("74083"),
        "the code of the commune: {source}"
    );
    assert!(
        !source.contains("example.org"),
        "no address in git: {source}"
    );
    let history = guest.get("/experiences/porteur-de-parole-combloux-2025/historique");
    assert!(history.body.contains("Zoé d’Été"), "{}", history.body);
    assert!(guest.get(&path).body.contains("accepté"));
    let told = guest.get(&format!("/{TRIED}")).body;
    assert!(told.contains("Expérimentée une fois"), "{told}");
    let late = guest.post(&path, &[("geste", "retirer")]);
    assert_eq!(late.status, 409, "what is published is not taken back so");

    // Somebody tells the same again: whoever decides sees both.
    send(&guest, &form(&guest, "max@example.org"));
    guest.post(&link(&node, "max@example.org"), &[("geste", "confirmer")]);
    let again = editor.get(&waiting(&editor)[0]);
    assert!(again.body.contains("lui ressemblent"), "{}", again.body);
    assert!(
        again
            .body
            .contains("/experiences/porteur-de-parole-combloux-2025\"")
    );
}

#[test]
fn a_try_out_is_taken_back_or_declined_and_its_sender_forgotten() {
    let node = TestNode::start();
    let guest = node.client();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    for (email, declined) in [("a@example.org", false), ("b@example.org", true)] {
        send(&guest, &form(&guest, email));
        let path = link(&node, email);
        guest.post(&path, &[("geste", "confirmer")]);
        let found = waiting(&editor);
        assert_eq!(found.len(), 1);
        if declined {
            editor.post(
                &found[0],
                &[("geste", "refuser"), ("mots", "Ce n’est pas un essai.")],
            );
            let told = guest.get(&path).body;
            assert!(told.contains("Ce n’est pas un essai."), "{told}");
        } else {
            guest.post(&path, &[("geste", "retirer")]);
            let told = guest.get(&path).body;
            assert!(!told.contains("relu les phrases"), "{told}");
            assert_eq!(editor.post(&found[0], &[("geste", "publier")]).status, 409);
        }
        assert_eq!(waiting(&editor), [] as [String; 0]);
    }
    // A robot's address is blocked with the same words.
    send(&guest, &form(&guest, "robot@example.org"));
    guest.post(&link(&node, "robot@example.org"), &[("geste", "confirmer")]);
    let found = waiting(&editor);
    editor.post(
        &found[0],
        &[("geste", "bloquer"), ("mots", "De la publicité.")],
    );
    let refused = send(&guest, &form(&guest, "robot@example.org"));
    assert_eq!(refused.status, 403);
    assert!(refused.body.contains("Rien ne peut plus être envoyé"));
    assert_eq!(
        guest.get(&format!("/essais/{}", "0".repeat(64))).status,
        410
    );
}

#[test]
fn nothing_typed_is_lost_when_something_is_missing() {
    let node = TestNode::start();
    let guest = node.client();
    let whole = || form(&guest, "zoe@example.org");
    for (form, says) in [
        (with(whole(), "nom", " "), "Écrivez un nom"),
        (with(whole(), "email", "zoe@"), "pas complète"),
        (with(whole(), "annee", "2525"), "quatre chiffres"),
        (with(whole(), "personnes", "plein"), "nombre de personnes"),
        (
            with(whole(), "territoire", ""),
            "le nom de la commune suffit",
        ),
        (with(whole(), "territoire", "Lunas"), "choisissez le vôtre"),
        (with(whole(), "accord", ""), "accord de licence"),
        (with(whole(), "relais", "x"), "fait pour les robots"),
        (
            with(whole(), "astuce", "Appelez le 06 12 34 56 78"),
            "un numéro de téléphone",
        ),
    ] {
        let page = send(&guest, &form);
        assert_eq!(page.status, 422, "{says}: {}", page.body);
        assert!(page.body.contains(says), "{says}: {}", page.body);
        assert!(page.body.contains("On a relu les phrases."), "{says}");
    }
    // Told once, it passes.
    let mut private = with(whole(), "astuce", "Appelez le 06 12 34 56 78");
    private.push(("vu", "oui".to_owned()));
    assert!(send(&guest, &private).url.ends_with("/essais/envoye"));
    assert_eq!(guest.get("/essais/nouveau?fiche=pages/charte").status, 404);
    assert_eq!(
        guest.get("/essais/nouveau?fiche=../../etc/passwd").status,
        404
    );
    let find = || guest.get("/essais/nouveau?q=porteur+de+parole");
    // The index follows what is published.
    wait_until(|| find().body.contains("class=\"cards offered\""));
    let found = find();
    assert!(
        found
            .body
            .contains("/essais/nouveau?fiche=outils/porteur-de-parole"),
        "{}",
        found.body
    );
}

fn told(email: &str) -> Value {
    json!({
        "card": TRIED,
        "territory": "Lunas",
        "territory_code": "34144",
        "start": "2025-05",
        "people": 1200,
        "story": "Les gens se sont arrêtés.\n\nOn a relu les phrases.",
        "changed": "Une seule question",
        "marks": {"clarte": 4},
        "tip": "Prévoir un abri",
        "again": "adapted",
        "name": "Zoé d’Été",
        "organisation": "Foyer rural",
        "email": email,
        "agrees": true,
    })
}

fn report(client: &Client, token: Option<&str>, body: &Value) -> Page {
    let request = client.request("POST", "/api/v1/experiences").json(body);
    client.send(match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    })
}

/// Returns a token that sends field reports and does nothing else.
fn token_of(node: &TestNode, email: &str, scope: &str) -> String {
    let made = node.run(&["token", "create", "--account", email, "--scope", scope]);
    assert!(made.status.success());
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_program_sends_what_the_form_sends_and_it_waits_like_the_others() {
    let node = TestNode::start();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    person(&node, "mia@example.org", "contributor", "Mia", "Sonder");
    let token = token_of(&node, "mia@example.org", "experience:write");
    let program = node.client();

    let sent = report(&program, Some(&token), &told(""));
    assert_eq!(sent.status, 202, "{}", sent.body);
    assert_eq!(sent.json()["state"], "waiting");
    let here = sent.header("location").to_owned();
    let shown = || program.get(&here);
    assert_eq!(shown().json()["state"], "waiting");
    assert_eq!(shown().header("cache-control"), "private, no-cache");
    assert_eq!(shown().header("access-control-allow-origin"), "");
    let page = sent.json()["url"].as_str().unwrap().to_owned();
    let page = program.get(&page[page.find("/essais/").unwrap()..]);
    assert!(
        page.body.contains("On a relu les phrases."),
        "{}",
        page.body
    );

    let found = waiting(&editor);
    assert_eq!(found.len(), 1);
    let words = [("geste", "demander"), ("mots", "Quel jour ?")];
    editor.post(&found[0], &words);
    let asked = shown().json();
    assert_eq!(
        (&asked["state"], &asked["answer"]),
        (&json!("asked"), &json!("Quel jour ?"))
    );
    editor.post(&found[0], &[("geste", "publier")]);
    let done = shown().json();
    let path = "experiences/porteur-de-parole-lunas-les-chateaux-2025";
    assert_eq!(
        (&done["state"], &done["proposal"], &done["card"]),
        (&json!("accepted"), &json!(1), &json!(path))
    );
    let card = program.get(&format!("/api/v1/cards/{path}")).json();
    let meta = &card["meta"];
    assert_eq!(meta["authors"][0]["name"], "Zoé d’Été");
    assert_eq!(meta["authors"][0]["organisation"], "Foyer rural");
    assert_eq!(meta["territories"][0]["insee"], "34144");
    assert_eq!(
        (&meta["start"], &meta["participants"]["count"]),
        (&json!("2025-05"), &json!(1200))
    );
    assert_eq!(
        (&meta["marks"]["clarte"], &meta["again"]),
        (&json!(4), &json!("adapted"))
    );
    assert_eq!(meta["tips"], json!(["Prévoir un abri"]));
    let head = program.get("/api/v1/commons").json()["head"].clone();
    assert_ne!(
        meta["about"][0]["commit"], head,
        "what was read came before"
    );

    // Who says no name is credited as their account is.
    let mut short = told("");
    for field in ["name", "organisation", "again", "marks", "people", "start"] {
        short.as_object_mut().unwrap().remove(field);
    }
    assert_eq!(report(&program, Some(&token), &short).status, 202);
    assert!(
        editor
            .get(&waiting(&editor)[0])
            .body
            .contains("Mia (Sonder)")
    );
}

#[test]
fn without_a_token_a_program_writes_to_a_mailbox_and_learns_nothing() {
    let node = TestNode::start();
    let program = node.client();
    let sent = report(&program, None, &told("zoe@example.org"));
    assert_eq!(sent.status, 202, "{}", sent.body);
    assert_eq!(sent.json(), json!({"state": "unconfirmed"}));
    assert_eq!(sent.header("location"), "");
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    assert_eq!(waiting(&editor), [] as [String; 0]);
    program.post(&link(&node, "zoe@example.org"), &[("geste", "confirmer")]);
    assert_eq!(waiting(&editor).len(), 1);
}

#[test]
fn a_program_is_told_what_is_wrong_by_field() {
    let node = TestNode::start();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    let token = token_of(&node, "lou@example.org", "experience:write");
    let program = node.client();
    for (field, value, says) in [
        ("story", json!(" "), "quelques phrases"),
        ("story", json!("é".repeat(4_001)), "4"),
        ("start", json!("2525"), "quatre chiffres"),
        ("people", json!(0), "nombre de personnes"),
        ("marks", json!({"clarte": 5}), "réponses proposées"),
        ("marks", json!({"beaute": 4}), "réponses proposées"),
        ("again", json!("peut-être"), "réponses proposées"),
        ("territory", json!(""), "le nom de la commune suffit"),
        ("name", json!("  "), "Écrivez un nom"),
        ("agrees", json!(false), "licence"),
        (
            "version",
            json!("0123456789012345678901234567890123456789"),
            "Aucune version publiée",
        ),
        ("version", json!("hier"), "Aucune version publiée"),
    ] {
        let mut body = told("");
        body["territory_code"] = json!("");
        body["territory"] = json!("Combloux");
        body[field] = value;
        let answer = report(&program, Some(&token), &body);
        assert_eq!(answer.status, 422, "{field}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let said = answer.json()["fields"][field]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        assert!(said.contains(says), "{field}: {}", answer.body);
    }
    let mut several = told("");
    several["territory_code"] = json!("");
    let answer = report(&program, Some(&token), &several).json();
    assert!(
        answer["territories"]["24246"]
            .as_str()
            .unwrap()
            .contains("Dordogne"),
        "{answer}"
    );

    let mut private = told("");
    private["tip"] = json!("Appelez le 06 12 34 56 78");
    let answer = report(&program, Some(&token), &private);
    assert!(
        answer.json()["fields"]["not_private"]
            .as_str()
            .unwrap()
            .contains("06 12 34 56 78")
    );
    private["not_private"] = json!(true);
    assert_eq!(report(&program, Some(&token), &private).status, 202);
    assert_eq!(waiting(&editor).len(), 1, "nothing else was kept");

    let mut elsewhere = told("");
    elsewhere["card"] = json!("pages/charte");
    assert_eq!(report(&program, Some(&token), &elsewhere).status, 404);
    let mut unknown = told("");
    unknown["couleur"] = json!("bleu");
    assert_eq!(report(&program, Some(&token), &unknown).status, 400);
    let narrow = token_of(&node, "lou@example.org", "proposal:write");
    assert_eq!(report(&program, Some(&narrow), &told("")).status, 403);
    assert_eq!(
        report(&program, Some("terreau_faux"), &told("")).status,
        401
    );
}

#[test]
fn what_is_told_is_of_a_version_that_was_published() {
    let node = TestNode::start();
    let guest = node.client();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    let head = || {
        guest.get("/api/v1/commons").json()["head"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let first = head();
    let writer = node.token("lou@example.org", "editor");
    // A proposal is in the repository too, and shows a card that nobody published.
    let (text, base) = card(&node, TRIED);
    let body = json!({
        "cards": [{"path": TRIED, "content": format!("{text}\nPas encore.\n"), "base": base}],
        "reason": "Un ajout",
    });
    let proposer = token_of(&node, "lou@example.org", "proposal:write");
    let asked = guest
        .request("POST", "/api/v1/proposals")
        .bearer_auth(&proposer);
    let proposed = guest.send(asked.json(&body));
    assert_eq!(proposed.status, 201, "{}", proposed.body);
    let proposal = guest.get("/api/v1/proposals/1").json();
    let unpublished = proposal["head"].as_str().unwrap().to_owned();
    change_summary(&node, &writer, TRIED, "Autrement dit.");
    let second = head();

    let nowhere = "0123456789012345678901234567890123456789";
    let versions = [
        (first.as_str(), true),
        (&second, true),
        (&unpublished, false),
        (nowhere, false),
        ("x", false),
    ];
    for (number, (told, was_published)) in versions.into_iter().enumerate() {
        let kept = if was_published {
            told.to_owned()
        } else {
            head()
        };
        let email = format!("version{number}@example.org");
        let form = with(form(&guest, &email), "version", told);
        send(&guest, &form);
        guest.post(&link(&node, &email), &[("geste", "confirmer")]);
        let found = waiting(&editor).pop().unwrap();
        let done = editor.post(&found, &[("geste", "publier")]);
        assert_eq!(done.status, 200, "{}", done.body);
        let end = if number == 0 {
            String::new()
        } else {
            format!("-{}", number + 1)
        };
        let path = format!("/api/v1/cards/experiences/porteur-de-parole-combloux-2025{end}");
        let shown = guest.get(&path).json();
        assert_eq!(shown["meta"]["about"][0]["commit"], json!(kept), "{told}");
    }
}

#[test]
fn who_deletes_their_account_leaves_the_report_with_the_credit_they_chose() {
    let node = TestNode::start();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    let mia = person(
        &node,
        "mia@example.org",
        "contributor",
        "Mia Martin",
        "Sonder",
    );
    let form = with(form(&mia, ""), "nom", "Les jardiniers du mardi");
    let sent = send(&mia, &form);
    assert!(sent.url.contains("/essais/"), "{}", sent.body);
    editor.post(&waiting(&editor)[0], &[("geste", "publier")]);
    let path = "/experiences/porteur-de-parole-combloux-2025";
    let credit = |page: &str| {
        assert!(page.contains("Les jardiniers du mardi"), "{page}");
        assert!(page.contains("Foyer rural"), "{page}");
    };
    credit(&node.client().get(path).body);

    let deleted = mia.post("/compte/supprimer", &[("nom", "Mia Martin")]);
    assert!(
        deleted.url.ends_with("/compte/supprime"),
        "{} {}",
        deleted.url,
        deleted.body
    );
    let reader = node.client();
    for page in [
        path.to_owned(),
        format!("{path}.md"),
        format!("{path}/attribution"),
    ] {
        credit(&reader.get(&page).body);
    }
    let told = reader.get(&format!("/{TRIED}")).body;
    assert!(
        told.contains("Expérimentée une fois"),
        "it still counts: {told}"
    );
    let everything = [path, "/retours.jsonl", "/api/v1/search?q=jardiniers"];
    for page in everything {
        let body = reader.get(page).body;
        assert!(!body.contains("mia@example.org"), "{page}: {body}");
    }
}

#[test]
fn one_place_fills_the_queue_no_further_than_its_share() {
    let node = TestNode::start();
    let guest = node.client();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    let form = form(&guest, "");
    let mut sent = 0;
    for number in 0..30 {
        let email = format!("robot{number}@example.org");
        let answer = send(&guest, &with(form.clone(), "email", &email));
        if answer.url.ends_with("/essais/envoye") {
            guest.post(&link(&node, &email), &[("geste", "confirmer")]);
            sent += 1;
        } else {
            assert_eq!(answer.status, 429);
            assert!(
                answer.body.contains("On a relu les phrases."),
                "nothing typed is lost"
            );
        }
    }
    assert_eq!(sent, 20);
    assert_eq!(waiting(&editor).len(), 20);
}
