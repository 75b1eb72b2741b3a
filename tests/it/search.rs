//! Search as people and programs meet it: filters that narrow, counts that keep their word, and no question that breaks it.

use std::collections::BTreeSet;

use serde_json::Value;
use terreau_tests::{Client, TestNode};

fn searched(client: &Client, query: &str) -> Value {
    let page = client.get(&format!("/api/v1/search?{query}"));
    assert_eq!(page.status, 200, "{query}: {}", page.body);
    page.json()
}

fn total(answer: &Value) -> u64 {
    answer["total"].as_u64().unwrap()
}

fn paths(client: &Client, query: &str) -> BTreeSet<String> {
    let answer = searched(client, &format!("{query}&limit=100"));
    let hits = answer["hits"].as_array().unwrap();
    let mut found = BTreeSet::new();
    for hit in hits {
        found.insert(hit["path"].as_str().unwrap().to_owned());
        for alike in hit["alike"].as_array().unwrap() {
            found.insert(alike.as_str().unwrap().to_owned());
        }
    }
    found
}

/// Returns every value that an answer offers, as `facet=code`, with its count.
fn offered(answer: &Value) -> Vec<(String, u64)> {
    let facets = answer["facets"].as_object().unwrap();
    facets
        .iter()
        .flat_map(|(facet, values)| {
            values.as_array().unwrap().iter().map(move |value| {
                let code = value["code"].as_str().unwrap();
                (format!("{facet}={code}"), value["count"].as_u64().unwrap())
            })
        })
        .collect()
}

fn ready() -> (TestNode, Client) {
    let node = TestNode::start();
    let client = node.client();
    crate::wait_until(|| client.get("/readyz").status == 200);
    (node, client)
}

#[test]
fn counts_are_what_choosing_gives_and_a_filter_never_adds() {
    let (_node, client) = ready();
    for query in [
        "q=",
        "q=eau",
        "q=jeunes&kind=tool&kind=method",
        "q=&axis=sanitaire&people=9-20",
    ] {
        let answer = searched(&client, query);
        let all = total(&answer);
        let offered = offered(&answer);
        assert!(offered.len() > 15, "{query} offers {offered:?}");
        for (filter, count) in offered {
            let facet = filter.split_once('=').unwrap().0;
            let asks_it = query.contains(&format!("&{facet}="));
            // Within a facet values add up: the count is that of the value in the place of those chosen.
            let others: String = query
                .split('&')
                .filter(|pair| !pair.starts_with(&format!("{facet}=")))
                .collect::<Vec<_>>()
                .join("&");
            let chosen = total(&searched(&client, &format!("{others}&{filter}&limit=1")));
            assert_eq!(chosen, count, "{query} then {filter}");
            assert!(asks_it || chosen <= all, "{filter} adds to {query}");
        }
    }
}

#[test]
fn a_filter_narrows_to_cards_that_were_there() {
    let (_node, client) = ready();
    let all = paths(&client, "q=habitants");
    for filter in [
        "kind=tool",
        "duration=1-to-3h",
        "cost=free",
        "tried=never",
        "territory=75",
    ] {
        let narrowed = paths(&client, &format!("q=habitants&{filter}"));
        let added: Vec<_> = narrowed.difference(&all).collect();
        assert!(added.is_empty(), "{filter} adds {added:?}");
    }
}

#[test]
fn no_question_breaks_the_search() {
    let (_node, client) = ready();
    let long = "mot ".repeat(2_000);
    let quotes = "%22a+".repeat(2_000);
    let minus = "-a+".repeat(3_000);
    let letters = "a".repeat(10_000);
    let seeds = "%F0%9F%8C%B1".repeat(800);
    let questions = [
        "%00",
        "%ff%fe",
        "%22%22%22",
        "((((",
        "-",
        "--------",
        "-a+-b",
        "%22non+ferm%C3%A9",
        "kind:",
        "kind:zzz",
        "sujet:%22",
        "*",
        "?",
        "~",
        "%5E",
        "AND+OR+NOT",
        "%F0%9F%8C%B1",
        "%E2%80%8B",
        "99999999999999999999h",
        "0+personnes",
        "-5+%E2%82%AC",
        "commune+de+99999999999999999999+habitants",
        "2h+3h+4h+1+jour",
        "%CC%81%CC%81",
        "a%0Ab%0Dc",
        "l%E2%80%99",
        "l'",
        "habitant%C2%B7es",
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "un+de+la+le",
        "%2F.*%28a%7Cb%29%2B%24%2F",
        "%5Ba+TO+*%5D+AND+NOT+%28title%3Ax%5E5%29",
        "-jardin+-eau",
        "a%00b%07c%1Bd%7F",
        &url_of(&long),
        &quotes,
        &minus,
        &letters,
        &seeds,
    ]
    .map(str::to_owned);
    for question in questions {
        for address in [
            format!("/recherche?q={question}"),
            format!("/recherche?q={question}&kind=tool&page=400&sort=tried&explain=1"),
            format!("/recherche.atom?q={question}"),
            format!("/recherche.csv?q={question}"),
            format!("/suggest?q={question}"),
            format!("/api/v1/search?q={question}"),
            format!("/commencer?topic={question}&people={question}"),
            format!("/comparer?fiche={question}"),
        ] {
            let page = client.get(&address);
            assert!(page.status < 500, "{address}: {}", page.status);
            let is_page = page.header("content-type").starts_with("text/html");
            assert!(
                !is_page || !page.body.contains("<script>alert"),
                "{address} lets a script in"
            );
        }
    }
    let filters = "kind=tool&".repeat(300);
    assert_eq!(
        client.get(&format!("/recherche?{filters}q=eau")).status,
        200
    );
}

fn url_of(text: &str) -> String {
    text.trim().replace(' ', "+")
}

#[test]
fn a_search_is_also_a_feed_and_a_table() {
    let (node, client) = ready();
    let feed = client.get("/recherche.atom?q=eau&kind=action");
    assert!(
        feed.header("content-type")
            .starts_with("application/atom+xml")
    );
    assert!(
        feed.body
            .contains("<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    );
    assert!(feed.body.contains(&format!(
        "<id>{}</id>",
        node.url("/recherche?q=eau&amp;kind=action")
    )));
    assert_eq!(
        feed.body.matches("<entry>").count(),
        feed.body.matches("</entry>").count()
    );
    let entries = feed.body.matches("<entry>").count() as u64;
    assert_eq!(entries, total(&searched(&client, "q=eau&kind=action")));
    assert!(feed.body.contains("<id>urn:uuid:"));
    let again = client.request("GET", "/recherche.atom?q=eau&kind=action");
    let again = client.send(again.header("If-None-Match", feed.header("etag")));
    assert_eq!(again.status, 304);
    let table = client.get("/recherche.csv?q=eau&kind=action");
    assert!(table.header("content-type").starts_with("text/csv"));
    assert!(table.body.starts_with("path,id,kind,title,"));
    assert_eq!(table.body.matches("\r\n").count() as u64, entries + 1);
}

#[test]
fn a_question_asked_again_is_answered_from_memory_until_something_is_published() {
    let (node, client) = ready();
    let ask = || client.get("/recherche?q=composter");
    let first = ask();
    assert_eq!(first.status, 200);
    assert_eq!(ask().header("etag"), first.header("etag"));
    // What somebody signed in sees is theirs alone.
    assert!(!first.header("cache-control").contains("private"));
    let token = node.token("editrice@example.org", "editor");
    let head = client.get("/api/v1/commons").json()["head"].clone();
    let content = "---\nid: 0193f1c2-0000-7000-8000-00000000aaab\nkind: page\ntitle: Composter en hiver\n---\n\nOn peut composter.\n";
    let body = serde_json::json!({"content": content, "message": "Une page"});
    let put = client
        .request("PUT", "/api/v1/cards/pages/composter-en-hiver")
        .bearer_auth(&token)
        .json(&body);
    let put = client.send(put);
    assert_eq!(put.status, 201, "{} {head}", put.body);
    crate::wait_until(|| ask().body.contains("/pages/composter-en-hiver"));
}

#[test]
fn who_begins_is_told_why_and_may_share_the_answer() {
    let (node, client) = ready();
    let blank = client.get("/commencer");
    assert_eq!(blank.status, 200);
    assert_eq!(blank.body.matches("<select").count(), 6);
    let address = "/commencer?audience=elus&population=500-to-2000&duration=1-to-3h&topic=eau";
    let page = client.get(address);
    assert!(
        page.body.contains("Parce que vous avez dit"),
        "no reason is given"
    );
    assert_eq!(page.body.matches("class=\"because\"").count(), 5);
    assert!(
        page.body.contains(&node.url(address).replace('&', "&#38;"))
            || page.body.contains(&node.url(address).replace('&', "&amp;"))
    );
    // Answers that mean nothing are passed over.
    assert_eq!(client.get("/commencer?audience=reine&topic=").status, 200);
}

#[test]
fn cards_stand_side_by_side_and_more_may_join() {
    let (_node, client) = ready();
    let two = client.get("/comparer?fiche=outils/world-cafe&fiche=outils/porteur-de-parole");
    assert_eq!(two.body.matches("scope=\"col\"").count(), 2);
    assert!(
        two.body.contains("/recherche?kind=tool"),
        "another card may be added"
    );
    let search = client
        .get("/recherche?kind=tool&comparer=outils/world-cafe&comparer=outils/porteur-de-parole");
    assert!(search.body.contains("Comparer aussi celle-ci"));
    let many = client.get(
        "/comparer?fiche=outils/world-cafe&fiche=outils/world-cafe&fiche=outils/absent&fiche=outils/porteur-de-parole&fiche=methodes/diagnostic-partage&fiche=outils/arpentage",
    );
    assert_eq!(many.body.matches("scope=\"col\"").count(), 3);
    assert_eq!(client.get("/comparer").status, 200);
}

#[test]
fn editors_are_told_why_a_card_stands_where_it_stands() {
    let (node, client) = ready();
    let address = "/recherche?q=eau&explain=1";
    assert!(!client.get(address).body.contains("class=\"why\""));
    let token = node.token("editrice@example.org", "editor");
    let editor = client.send(client.request("GET", address).bearer_auth(token));
    assert!(editor.body.contains("class=\"why\""));
}

#[test]
fn browsers_find_how_to_search() {
    let (node, client) = ready();
    let description = client.get("/opensearch.xml");
    for part in [
        "/recherche?q={searchTerms}",
        "/recherche.atom?q={searchTerms}",
        "/suggest?q={searchTerms}",
    ] {
        assert!(description.body.contains(&node.url(part)), "{part}");
    }
    let completed = client.get("/suggest?q=porteur").json();
    assert_eq!(completed[0], "porteur");
    assert!(!completed[1].as_array().unwrap().is_empty());
    assert_eq!(client.get("/suggest").json()[1], serde_json::json!([]));
}
