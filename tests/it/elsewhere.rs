//! What is not a card is looked for apart: proposals, comments, people, and nobody finds what they may not see.

use serde_json::json;
use terreau_tests::{Client, TestNode};

use crate::comments::newcomer;
use crate::{person, wait_until};

const CARD: &str = "outils/porteur-de-parole";
const TALK: &str = "/outils/porteur-de-parole/commentaires";

fn propose(node: &TestNode, who: &Client, line: &str, reason: &str) -> u64 {
    let text = who.get(&format!("/{CARD}.md")).body;
    let base = who.get("/api/v1/commons").json()["head"].clone();
    let cards = json!([{"path": CARD, "content": format!("{text}\n{line}\n"), "base": base}]);
    let request = who
        .request("POST", "/api/v1/proposals")
        .header("Origin", node.url(""))
        .json(&json!({"cards": cards, "reason": reason}));
    let made = who.send(request);
    assert_eq!(made.status, 201, "{}", made.body);
    made.json()["number"].as_u64().unwrap()
}

/// Returns the numbers of the proposals that a list of the desk shows.
fn listed(who: &Client, query: &str) -> Vec<u64> {
    let page = who.get(&format!("/propositions?{query}"));
    assert_eq!(page.status, 200, "{query}: {}", page.url);
    page.body
        .split("<p class=\"message\"><a href=\"/propositions/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect()
}

/// Tells whether a page found something.
fn finds(who: &Client, path: &str) -> bool {
    let page = who.get(path);
    assert_eq!(page.status, 200, "{path}");
    page.body.contains("<li>\n<p class=\"message\">")
}

#[test]
fn a_proposal_is_found_by_its_words_and_a_held_one_only_by_those_who_see_it() {
    let node = TestNode::start();
    let lea = person(
        &node,
        "lea@example.org",
        "editor",
        "Léa Müller",
        "Haies vives",
    );
    let ali = person(&node, "ali@example.org", "contributor", "Ali", "");
    let zoe = newcomer(&node, "zoe@example.org", "Zoé Inconnue");
    let nobody = node.client();
    let open = propose(&node, &lea, "Un.", "Préciser le cœur de l’été");
    let held = propose(&node, &zoe, "Deux.", "Un été très secret");
    lea.post(
        &format!("/propositions/{open}/remarques"),
        &[("mots", "Et la météorologie ?")],
    );

    // The reason, the address and the title of the card, the author, a remark; every word, in whatever case and accents.
    for words in [
        "COEUR+ete",
        "precis",
        "outils+porteur",
        "Porteur+parole",
        "leà+muller",
        "haies",
        "meteorologie+préciser",
    ] {
        for who in [&nobody, &ali, &zoe, &lea] {
            let found = listed(who, &format!("q={words}&tri=anciennes"));
            assert!(found.contains(&open), "{words}: {found:?}");
        }
    }
    assert_eq!(listed(&nobody, "q=meteorologie+absente"), [0_u64; 0]);
    assert_eq!(listed(&nobody, "q=ometeo"), [0_u64; 0]);
    // Together with the filters of the desk.
    assert_eq!(
        listed(&nobody, &format!("q=ete&fiche={CARD}&kind=tool")),
        [open]
    );
    assert_eq!(listed(&nobody, "q=ete&kind=method"), [0_u64; 0]);
    assert_eq!(listed(&nobody, "q=ete&liste=closes"), [0_u64; 0]);
    assert_eq!(listed(&nobody, "q=ete&page=2"), [0_u64; 0]);
    assert_eq!(listed(&lea, "q=ete&tri=recentes"), [held, open]);
    assert_eq!(listed(&lea, "q=ete&etat=a-reunir"), [0_u64; 0]);
    assert_eq!(listed(&lea, "q=ete&liste=miennes"), [open]);
    assert_eq!(listed(&lea, "q=secret&liste=pour-moi"), [held]);

    for words in ["secret", "inconnue", "ete"] {
        let query = format!("q={words}");
        for who in [&nobody, &ali] {
            let found = listed(who, &query);
            assert!(!found.contains(&held), "{words}: {found:?}");
        }
        for who in [&zoe, &lea] {
            assert!(listed(who, &query).contains(&held), "{words}");
        }
    }
    // What was typed stays in the field, and in the lists beside.
    let page = nobody.get("/propositions?q=absent");
    assert!(
        page.body.contains("name=\"q\" value=\"absent\""),
        "{}",
        page.body
    );
    assert!(
        page.body
            .contains("/propositions?liste=closes&#38;q=absent"),
        "{}",
        page.body
    );

    // Whoever hides their name is no longer found by it.
    lea.post("/compte/nom", &[("masquer", "oui")]);
    for who in [&nobody, &ali, &lea] {
        assert_eq!(listed(who, "q=muller"), [0_u64; 0]);
        assert_eq!(listed(who, "q=haies"), [0_u64; 0]);
        assert!(listed(who, "q=coeur").contains(&open));
    }
}

#[test]
fn a_comment_is_found_once_everyone_sees_it() {
    let node = TestNode::start();
    let lea = person(&node, "lea@example.org", "editor", "Léa", "");
    let zoe = newcomer(&node, "zoe@example.org", "Zoé Inconnue");
    let nobody = node.client();
    assert!(!finds(&nobody, "/commentaires"));
    assert_eq!(
        lea.post(TALK, &[("mots", "La buée gêne les façades <b>.")])
            .status,
        200
    );
    assert_eq!(zoe.post(TALK, &[("mots", "Un été pluvieux.")]).status, 200);
    for words in ["BUEE", "facades+buée", "lea", "porteur+buee", "g%C3%AAn"] {
        assert!(
            finds(&nobody, &format!("/commentaires?q={words}")),
            "{words}"
        );
    }
    assert!(!finds(&nobody, "/commentaires?q=buee+absente"));
    let page = nobody.get("/commentaires");
    assert!(page.body.contains("façades &#60;b&#62;"), "{}", page.body);
    assert!(page.body.contains(&format!("{TALK}#commentaire-")));

    // What waits is shown to nobody here: not to its author, not to who moderates.
    for who in [&nobody, &zoe, &lea] {
        for path in ["/commentaires?q=pluvieux", "/commentaires?q=inconnue"] {
            assert!(!finds(who, path), "{path}");
        }
        assert!(!who.get("/commentaires").body.contains("pluvieux"));
    }
    let queue = lea.get("/moderation");
    let act = queue.attribute_after("pluvieux", "action").unwrap();
    assert_eq!(lea.post(&act, &[("geste", "montrer")]).status, 200);
    assert!(finds(&nobody, "/commentaires?q=ete+inconnue"));

    lea.post("/compte/nom", &[("masquer", "oui")]);
    assert!(!finds(&nobody, "/commentaires?q=lea"));
    assert!(finds(&nobody, "/commentaires?q=buee"));
}

#[test]
fn comments_are_read_page_by_page() {
    let node = TestNode::start();
    let lea = person(&node, "lea@example.org", "editor", "Léa", "");
    for number in 1..=30 {
        let said = format!(
            "Commentaire numéro {number}{}",
            if number == 3 { ", rare" } else { "" }
        );
        assert_eq!(lea.post(TALK, &[("mots", &said)]).status, 200);
    }
    let nobody = node.client();
    let count = |path: &str| {
        let page = nobody.get(path);
        page.body.matches("<li>\n<p class=\"message\">").count()
    };
    for (start, rest) in [("/commentaires", 5), ("/commentaires?q=numero", 5)] {
        assert_eq!(count(start), 25, "{start}");
        let page = nobody.get(start);
        let at = page.body.find("rel=\"next").unwrap();
        let before = &page.body[..at];
        let href = before[before.rfind("href=\"").unwrap() + 6..]
            .split('"')
            .next();
        let next = href.unwrap().replace("&#38;", "&");
        assert_eq!(count(&next), rest, "{next}");
        assert!(!nobody.get(&next).body.contains("rel=\"next"), "{next}");
    }
    assert_eq!(count("/commentaires?q=rare"), 1);
}

/// Publishes a line in a card, as somebody who may.
fn publish(who: &Client, words: &str) {
    let form = format!("/{CARD}/modifier?vue=source");
    let base = who.get(&form).attribute_after("name=\"base\"", "value");
    let text = format!("{}\n{words}\n", who.get(&format!("/{CARD}.md")).body);
    let fields = [
        ("source", text.as_str()),
        ("geste", "publier"),
        ("motif", words),
        ("accord", "oui"),
        ("base", base.as_deref().unwrap()),
        ("fin", "1"),
    ];
    let done = who.post(&form, &fields);
    assert!(done.url.contains("fait="), "{}: {}", done.url, done.body);
}

#[test]
fn people_are_found_by_the_name_of_their_credits_and_by_nothing_else() {
    let node = TestNode::start();
    let nobody = node.client();
    assert!(!finds(&nobody, "/personnes"), "the instance is nobody");
    let nadia = person(
        &node,
        "nadia.b@example.org",
        "editor",
        "Nadia Bensaïd",
        "Liré en été",
    );
    person(
        &node,
        "silence@example.org",
        "editor",
        "Personne Silencieuse",
        "",
    );
    publish(&nadia, "Une ligne.");
    publish(&nadia, "Une autre.");
    for words in ["bensaid", "NADIA+ete", "lir%C3%A9"] {
        let path = format!("/personnes?q={words}");
        assert!(finds(&nobody, &path), "{path}");
    }
    let page = nobody.get("/personnes").body;
    assert!(page.contains("2 versions"), "{page}");
    assert!(page.contains(&format!("<a href=\"/{CARD}\">")), "{page}");
    assert!(!page.contains("example.org"), "{page}");
    // An account that published nothing is not there, and an address finds nobody.
    for words in ["silencieuse", "nadia.b%40example.org", "example"] {
        assert!(!finds(&nobody, &format!("/personnes?q={words}")), "{words}");
    }

    nadia.post("/compte/nom", &[("masquer", "oui")]);
    for path in [
        "/personnes",
        "/personnes?q=bensaid",
        "/personnes?q=lire",
        "/personnes?q=commun",
    ] {
        for who in [&nobody, &nadia] {
            assert!(!finds(who, path), "{path}");
        }
    }
    nadia.post("/compte/nom", &[("masquer", "non")]);
    assert!(finds(&nobody, "/personnes?q=bensaid"));
}

#[test]
fn the_search_of_cards_says_where_else_to_look() {
    let node = TestNode::start();
    let nobody = node.client();
    let is_nothing = |path: &str| nobody.get(path).body.contains("class=\"nothing\"");
    wait_until(|| !is_nothing("/recherche?q=eau"));
    for (words, is_empty) in [("eau", false), ("zzzzqqqq", true)] {
        let path = format!("/recherche?q={words}");
        assert_eq!(is_nothing(&path), is_empty, "{words}");
        let page = nobody.get(&path);
        for place in ["propositions", "commentaires", "personnes"] {
            let href = format!("href=\"/{place}?q={words}\"");
            assert!(page.body.contains(&href), "{href}");
        }
    }
}
