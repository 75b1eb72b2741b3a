//! The commands of the program.

use std::fs;
use std::process::Command;

use terreau_tests::{TestNode, program, repository_root};

fn said(output: &std::process::Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn the_starter_commons_has_no_problem() {
    let output = Command::new(program())
        .arg("check")
        .arg(repository_root().join("content"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(said(&output), "", "check is silent when all is well");
}

#[test]
fn a_problem_is_told_with_its_place_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("commun");
    assert!(
        Command::new(program())
            .arg("init")
            .arg(&dir)
            .status()
            .unwrap()
            .success()
    );
    let card = dir.join("outils/exemple.md");
    let text = fs::read_to_string(&card).unwrap();
    fs::write(&card, text.replacen("kind: tool", "kind: marteau", 1)).unwrap();
    let output = Command::new(program())
        .arg("check")
        .arg(&dir)
        .env("LANG", "fr_FR.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.contains("outils/exemple.md:") && said.contains("erreur") && said.contains("à faire"),
        "{said}"
    );
    let json = Command::new(program())
        .args(["check", "--format", "json"])
        .arg(&dir)
        .output()
        .unwrap();
    let problems: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(problems[0]["file"], "outils/exemple.md");
    assert!(problems[0]["line"].as_u64() > Some(1));
}

#[test]
fn a_new_commons_can_be_served_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("commun");
    assert!(
        Command::new(program())
            .arg("init")
            .arg(&dir)
            .status()
            .unwrap()
            .success()
    );
    let refused = Command::new(program())
        .arg("init")
        .arg(&dir)
        .output()
        .unwrap();
    assert!(
        !refused.status.success(),
        "init never writes over a commons"
    );
    let node = TestNode::with(terreau_tests::NodeOptions {
        content: Some(dir),
        ..Default::default()
    });
    assert_eq!(node.client().get("/outils/exemple").status, 200);
}

#[test]
fn one_folder_has_one_server() {
    let node = TestNode::start();
    let second = Command::new(program())
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(node.data())
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(75), "{}", said(&second));
    assert_eq!(node.client().get("/healthz").status, 200);
}

#[test]
fn projections_can_be_thrown_away() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    crate::api::change_summary(
        &node,
        &token,
        "outils/porteur-de-parole",
        "Changé avant la panne.",
    );
    let history = node
        .client()
        .get("/api/v1/cards/outils/porteur-de-parole/history")
        .json();
    let (stopped, _) = node.stop();
    fs::remove_dir_all(stopped.data().join("index")).unwrap();
    fs::remove_dir_all(stopped.data().join("cache")).unwrap_or_default();
    let rebuilt = stopped.run(&["rebuild"]);
    assert!(rebuilt.status.success(), "{}", said(&rebuilt));
    let doctor = stopped.run(&["doctor"]);
    assert!(doctor.status.success(), "{}", said(&doctor));
    let node = stopped.start();
    assert_eq!(
        node.client()
            .get("/api/v1/cards/outils/porteur-de-parole/history")
            .json(),
        history
    );
    let found = node.client().get("/api/v1/search?q=panne").json();
    assert!(
        found["hits"]
            .as_array()
            .unwrap()
            .iter()
            .any(|hit| hit["path"] == "outils/porteur-de-parole")
    );
}

#[test]
fn the_doctor_sees_a_damaged_object() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    crate::api::change_summary(&node, &token, "outils/porteur-de-parole", "Bientôt abîmé.");
    let (stopped, _) = node.stop();
    let objects = stopped.data().join("commons.git/objects");
    let loose = fs::read_dir(&objects)
        .unwrap()
        .flatten()
        .filter(|folder| folder.file_name().len() == 2)
        .find_map(|folder| fs::read_dir(folder.path()).ok()?.flatten().next())
        .expect("a save leaves a loose object")
        .path();
    let mut permissions = fs::metadata(&loose).unwrap().permissions();
    #[expect(
        clippy::permissions_set_readonly_false,
        reason = "the folder goes with the test"
    )]
    permissions.set_readonly(false);
    fs::set_permissions(&loose, permissions).unwrap();
    let mut bytes = fs::read(&loose).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&loose, bytes).unwrap();
    let doctor = stopped.run(&["doctor"]);
    assert_eq!(doctor.status.code(), Some(1), "{}", said(&doctor));
    assert!(said(&doctor).contains("à faire"));
}

#[test]
fn unknown_settings_are_refused() {
    let output = Command::new(program())
        .args(["serve", "--listen", "127.0.0.1:0", "--data", "/nowhere"])
        .env("TERREAU__SITE__COLOUR", "green")
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("colour"), "{}", said(&output));
}
