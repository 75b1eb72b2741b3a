//! The rules of the commons are changed through a form, by a proposal under the rule that protects them.

use terreau_tests::{Client, Page, TestNode};

use crate::person;

const RULES: &str = "/a-propos/regles";

/// Returns the fields of the form as it is shown, by name.
fn fields(page: &Page) -> Vec<(String, String)> {
    let read = |text: &str| text.replace("&#38;", "&").replace("&#39;", "'");
    let form = &page.body[page.body.find("action=\"/a-propos/regles").unwrap()..];
    let form = form.split("</form>").next().unwrap();
    let inputs = form.split("<input ").skip(1).filter_map(|part| {
        let tag = part.split('>').next().unwrap();
        let of = |name: &str| tag.split(&format!("{name}=\"")).nth(1)?.split('"').next();
        let is_left = tag.contains("type=\"checkbox\"") && !tag.contains(" checked");
        (!is_left).then(|| {
            (
                of("name").unwrap().to_owned(),
                read(of("value").unwrap_or("")),
            )
        })
    });
    let areas = form.split("<textarea ").skip(1).map(|part| {
        let name = part
            .split("name=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let held = part
            .split_once('>')
            .unwrap()
            .1
            .split("</textarea>")
            .next()
            .unwrap();
        (name.to_owned(), read(held.trim_start_matches('\n')))
    });
    inputs.chain(areas).collect()
}

fn send(who: &Client, mut typed: Vec<(String, String)>, changed: &[(&str, &str)]) -> Page {
    for (name, value) in changed {
        typed.retain(|(known, _)| known != name);
        typed.push(((*name).to_owned(), (*value).to_owned()));
    }
    let typed: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    who.post(RULES, &typed)
}

#[test]
fn a_change_of_the_rules_is_proposed_and_reviewed_under_their_own_rule() {
    let node = TestNode::start();
    let shown = node.client().get(RULES);
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Textes fondateurs"));
    assert!(node.client().get("/a-propos").body.contains(RULES));

    let zoe = person(
        &node,
        "zoe@example.org",
        "contributor",
        "Zoé",
        "Les Haies vives",
    );
    let typed = fields(&zoe.get(RULES));
    let same = send(
        &zoe,
        typed.clone(),
        &[("geste", "proposer"), ("motif", "Rien")],
    );
    assert_eq!(same.status, 422);
    assert!(same.body.contains("exactement celles"), "{}", same.body);
    for (name, value, says) in [
        ("r.0.accords", "beaucoup", "nombre entier"),
        ("r.0.nom", " ", "Donnez un nom"),
        ("r.1.chemins", "", "de quoi parle la règle 2"),
        ("r.2.retirer", "oui", "doit nommer"),
    ] {
        let page = send(
            &zoe,
            typed.clone(),
            &[("geste", "proposer"), ("motif", "Un essai"), (name, value)],
        );
        assert_eq!(page.status, 422, "{name}");
        assert!(page.body.contains(says), "{says}: {}", page.body);
        assert!(page.body.contains("Un essai"), "nothing typed is lost");
    }
    let changed = [
        ("r.0.accords", "2"),
        ("r.0.publie", "steward"),
        ("r.3.nom", "Retours du terrain"),
        ("r.3.chemins", "experiences/**"),
        ("motif", "Deux regards sur tout"),
    ];
    let looked = send(
        &zoe,
        typed.clone(),
        &[&[("geste", "changements")], &changed[..]].concat(),
    );
    assert_eq!(looked.status, 200);
    assert!(looked.body.contains("<ins>2</ins>"), "{}", looked.body);
    assert!(looked.body.contains("Retours du terrain"));
    let sent = send(
        &zoe,
        typed.clone(),
        &[&[("geste", "proposer")], &changed[..]].concat(),
    );
    assert!(
        sent.url.contains("/propositions/1"),
        "{}: {}",
        sent.url,
        sent.body
    );

    // Reviewers read what was and what becomes, under the rule of the rules: two organisations, and nobody alone.
    let ines = person(&node, "ines@example.org", "steward", "Inès", "Solucracy");
    let page = ines.get("/propositions/1");
    assert!(page.body.contains("Les règles du commun"), "{}", page.body);
    assert!(page.body.contains("<del>1</del>") && page.body.contains("<ins>2</ins>"));
    assert!(page.body.contains("experiences/**"));
    assert!(page.body.contains("Aucun accord sur 2"));
    assert!(
        ines.get("/propositions/1?vue=source")
            .body
            .contains("approvals = 2")
    );
    let head = ines.get("/api/v1/proposals/1").json()["head"]
        .as_str()
        .unwrap()
        .to_owned();
    let alone = ines.post("/propositions/1/publier", &[("tete", &head)]);
    assert!(alone.status >= 400, "{}", alone.status);
    let karim = person(&node, "karim@example.org", "editor", "Karim", "La Traverse");
    for who in [&ines, &karim] {
        who.post(
            "/propositions/1/relire",
            &[("tete", &head), ("avis", "accepter")],
        );
    }
    let done = ines.post("/propositions/1/publier", &[("tete", &head)]);
    assert!(
        done.url.contains("fait=publiee"),
        "{}: {}",
        done.url,
        done.body
    );
    let now = node.client().get(RULES).body;
    assert!(now.contains("Retours du terrain"), "{now}");

    // A form that was opened before is told so, and keeps what was typed.
    let late = send(
        &zoe,
        typed,
        &[
            ("geste", "proposer"),
            ("motif", "Trop tard"),
            ("r.0.organisations", "2"),
        ],
    );
    assert_eq!(late.status, 409, "{}", late.body);
    assert!(late.body.contains("ont changé pendant") && late.body.contains("Trop tard"));
}

#[test]
fn whoever_knows_the_format_edits_the_whole_file() {
    let node = TestNode::start();
    let zoe = person(&node, "zoe@example.org", "contributor", "Zoé", "");
    let shown = zoe.get(&format!("{RULES}?vue=source"));
    let typed = fields(&shown);
    let source = typed
        .iter()
        .find(|(name, _)| name == "source")
        .unwrap()
        .1
        .clone();
    let source = source
        .replace("&#34;", "\"")
        .replace("&#60;", "<")
        .replace("&#62;", ">");
    let broken = send(
        &zoe,
        typed.clone(),
        &[
            ("geste", "proposer"),
            ("motif", "Un essai"),
            ("source", "format = "),
        ],
    );
    assert_eq!(broken.status, 422);
    assert!(broken.body.contains("Ligne 1"), "{}", broken.body);
    let changed = source.replacen("approvals = 1", "approvals = 4", 1);
    assert_ne!(changed, source);
    let sent = send(
        &zoe,
        typed,
        &[
            ("geste", "proposer"),
            ("motif", "Un essai"),
            ("source", &changed),
        ],
    );
    assert!(
        sent.url.contains("/propositions/1"),
        "{}: {}",
        sent.url,
        sent.body
    );
    assert!(zoe.get("/propositions/1").body.contains("<ins>4</ins>"));
}
