//! “I tried it”: told without an account, confirmed by mail, completed, read by somebody of the commons, published under the
//! name that was given; nothing of a stranger is public before.

use terreau_tests::{Client, Page, TestNode};

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
