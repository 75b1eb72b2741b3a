//! The same site on PostgreSQL.

use secrecy::ExposeSecret;
use terreau_db::testing::Scratch;
use terreau_tests::{NodeOptions, TestNode};

#[test]
fn a_node_keeps_its_people_in_postgresql() {
    // Where `initdb` is missing, the helper says so loudly and there is nothing to test.
    let Some(scratch) = Scratch::postgres() else {
        return;
    };
    let url = scratch.settings().url.unwrap();
    let settings = vec![(
        "TERREAU__DATABASE__URL".to_owned(),
        url.expose_secret().to_owned(),
    )];
    let node = TestNode::with(NodeOptions {
        settings,
        ..NodeOptions::default()
    });
    let token = node.token("editrice@example.org", "editor");
    crate::api::change_summary(&node, &token, "outils/porteur-de-parole", "Gardé ailleurs.");
    let history = node
        .client()
        .get("/api/v1/cards/outils/porteur-de-parole/history")
        .json();
    assert_eq!(history["versions"].as_array().unwrap().len(), 2);
    assert!(!node.data().join("terreau.sqlite").exists());
    let (stopped, code) = node.stop();
    assert_eq!(code, Some(0));
    let doctor = stopped.run(&["doctor"]);
    assert!(
        doctor.status.success(),
        "{}",
        String::from_utf8_lossy(&doctor.stdout)
    );
}
