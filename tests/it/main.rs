//! Tests of the whole, one file for each feature, in one program.
#![expect(
    clippy::unwrap_used,
    reason = "tests say what they do by their names, and may panic"
)]

use terreau_tests::{Client, TestNode};

mod accounts;
mod api;
mod attachments;
mod commands;
mod comments;
mod content;
mod crash;
mod desk;
mod drafts;
mod elsewhere;
mod git;
mod guests;
mod held;
mod hostile;
mod layers;
mod mail;
mod names;
mod openid;
mod pages;
mod postgres;
mod proposals;
mod reports;
mod rights;
mod rules;
mod search;
mod sign_in;
mod territory;
mod try_out;
mod undo;

/// Signs somebody in through the link that the log holds, with a role, a name and an organisation.
fn person(node: &TestNode, email: &str, role: &str, name: &str, organisation: &str) -> Client {
    let granted = node.run(&["account", "grant", email, role]);
    assert!(granted.status.success());
    let client = node.client();
    let line = node.sign_in_line(&client, email);
    let at = line.rfind("/connexion/").unwrap();
    let link = line[at..].trim().split('?').next().unwrap();
    assert!(client.post(link, &[]).status < 300);
    let profile = [
        ("nom", name),
        ("organisation", organisation),
        ("langue", "fr"),
    ];
    let saved = client.post("/compte", &profile);
    assert_eq!(saved.status, 200, "{}", saved.body);
    client
}

/// Asks again until something holds that follows by itself, or fails after a minute.
fn wait_until(holds: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !holds() {
        assert!(
            std::time::Instant::now() < deadline,
            "what was waited for never came"
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
