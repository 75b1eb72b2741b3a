//! Territories: names completed.

use serde_json::Value;
use terreau_tests::{Client, TestNode};

fn completed(client: &Client, typed: &str) -> Vec<Value> {
    let answer = client.get(&format!("/territoires/completer?q={typed}"));
    assert_eq!(answer.status, 200, "{typed}: {}", answer.body);
    let places = answer.json()["places"].as_array().unwrap().clone();
    assert!(places.len() <= 10, "{typed}");
    places
}

#[test]
fn names_are_completed_with_departments_and_former_names() {
    let node = TestNode::start();
    let client = node.client();
    let lunas = completed(&client, "lunas");
    let former = lunas.iter().find(|one| one["code"] == "34144").unwrap();
    assert_eq!(former["label"], "Lunas-les-Châteaux (34, Hérault)");
    assert_eq!(former["former"], "Lunas");
    assert_eq!(former["written"]["insee"], "34144");
    assert_eq!(former["written"]["vintage"], 2026);
    assert_eq!(former["written"]["department"], "Hérault");
    assert!(
        lunas
            .iter()
            .any(|one| one["label"] == "Lunas (24, Dordogne)")
    );

    let department = &completed(&client, "h%C3%A9rault")[0];
    assert_eq!(department["code"], "departement-34");
    assert_eq!(department["kind"], "département");
    let english = client
        .get("/territoires/completer?q=h%C3%A9rault&lang=en")
        .json();
    assert_eq!(english["places"][0]["kind"], "department");

    for hostile in ["", "%00", "%FF%FE", "%3Cscript%3E", &"a+".repeat(3000)] {
        completed(&client, hostile);
    }
    let page = client.get("/territoires/completer?q=combloux");
    assert!(page.header("cache-control").contains("max-age=86400"));
    assert_eq!(page.header("set-cookie"), "");
    let etag = page.header("etag").to_owned();
    let held = client
        .request("GET", "/territoires/completer?q=combloux")
        .header("If-None-Match", &etag);
    let again = client.send(held);
    assert_eq!(again.status, 304);
}
