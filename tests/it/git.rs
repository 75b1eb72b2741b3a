//! Git for everyone: the real git client clones, fetches and sees only what is published.

use std::fs;

use terreau_tests::{NodeOptions, TestNode, run_git};

fn stdout(output: &std::process::Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

#[test]
fn the_whole_commons_can_be_cloned() {
    let node = TestNode::start();
    stdout(&run_git(
        node.folder(),
        &["clone", "--quiet", &node.url("/commons.git"), "clone"],
    ));
    let clone = node.folder().join("clone");
    assert!(clone.join("commons.toml").is_file());
    assert_eq!(
        stdout(&run_git(&clone, &["rev-parse", "HEAD"])),
        node.client().get("/api/v1/commons").json()["head"]
    );
    assert_eq!(
        stdout(&run_git(&clone, &["branch", "--show-current"])),
        "main"
    );
    stdout(&run_git(&clone, &["fsck", "--strict"]));
}

#[test]
fn a_shallow_clone_is_served() {
    let node = TestNode::start();
    stdout(&run_git(
        node.folder(),
        &[
            "clone",
            "--quiet",
            "--depth",
            "1",
            &node.url("/commons.git"),
            "shallow",
        ],
    ));
    assert_eq!(
        stdout(&run_git(
            &node.folder().join("shallow"),
            &["rev-list", "--count", "HEAD"]
        )),
        "1"
    );
}

#[test]
fn both_versions_of_the_protocol_are_spoken() {
    let node = TestNode::start();
    for version in ["0", "2"] {
        let setting = format!("protocol.version={version}");
        let listed = stdout(&run_git(
            node.folder(),
            &["-c", &setting, "ls-remote", &node.url("/commons.git")],
        ));
        let names: Vec<&str> = listed
            .lines()
            .filter_map(|line| line.split_whitespace().nth(1))
            .collect();
        assert_eq!(
            names,
            ["HEAD", "refs/heads/main"],
            "protocol version {version}"
        );
    }
}

#[test]
fn a_fetch_brings_what_was_published_since() {
    let node = TestNode::start();
    stdout(&run_git(
        node.folder(),
        &["clone", "--quiet", &node.url("/commons.git"), "clone"],
    ));
    let clone = node.folder().join("clone");
    let token = node.token("editrice@example.org", "editor");
    let saved = crate::api::change_summary(
        &node,
        &token,
        "outils/porteur-de-parole",
        "Un résumé changé pour l’essai.",
    );
    stdout(&run_git(&clone, &["pull", "--quiet"]));
    assert_eq!(
        stdout(&run_git(&clone, &["rev-parse", "HEAD"])),
        saved["commit"]
    );
    let text = fs::read_to_string(clone.join("outils/porteur-de-parole.md")).unwrap();
    assert!(text.contains("Un résumé changé pour l’essai."));
}

#[test]
fn refs_that_are_nobodys_business_stay_hidden() {
    let node = TestNode::start();
    let repository = node.data().join("commons.git");
    let head = stdout(&run_git(&repository, &["rev-parse", "refs/heads/main"]));
    let tree = stdout(&run_git(
        &repository,
        &["rev-parse", "refs/heads/main^{tree}"],
    ));
    let identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"];
    let secret = stdout(&run_git(
        &repository,
        &[
            &identity[..],
            &["commit-tree", "-m", "caché", &tree, "-p", &head],
        ]
        .concat(),
    ));
    stdout(&run_git(
        &repository,
        &["update-ref", "refs/drafts/1", &secret],
    ));
    stdout(&run_git(
        &repository,
        &["update-ref", "refs/proposals/1/head", &head],
    ));
    let listed = stdout(&run_git(
        node.folder(),
        &["ls-remote", &node.url("/commons.git")],
    ));
    assert!(!listed.contains("refs/drafts"), "{listed}");
    assert!(listed.contains("refs/proposals/1/head"), "{listed}");
    // Knowing the name of a hidden commit does not open it.
    stdout(&run_git(node.folder(), &["init", "--quiet", "thief"]));
    for version in ["0", "2"] {
        let setting = format!("protocol.version={version}");
        let stolen = run_git(
            &node.folder().join("thief"),
            &["-c", &setting, "fetch", &node.url("/commons.git"), &secret],
        );
        assert!(
            !stolen.status.success(),
            "a hidden commit was served over protocol {version}"
        );
    }
}

#[test]
fn nothing_can_be_pushed() {
    let node = TestNode::start();
    stdout(&run_git(
        node.folder(),
        &["clone", "--quiet", &node.url("/commons.git"), "clone"],
    ));
    let clone = node.folder().join("clone");
    fs::write(clone.join("intrus.md"), "x").unwrap();
    stdout(&run_git(&clone, &["add", "."]));
    stdout(&run_git(
        &clone,
        &[
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            "commit",
            "--quiet",
            "-m",
            "x",
        ],
    ));
    assert!(
        !run_git(&clone, &["push", "--quiet", "origin", "main"])
            .status
            .success()
    );
    let client = node.client();
    for path in [
        "/commons.git/info/refs?service=git-receive-pack",
        "/commons.git/info/refs?service=git-upload-pack;touch%20x",
        "/commons.git/info/refs",
        "/commons.git/git-receive-pack",
        "/commons.git/HEAD",
        "/commons.git/config",
        "/commons.git/../terreau.sqlite",
        "/commons.git/objects/info/packs",
    ] {
        let answer = client.get(path);
        assert!(
            (400..500).contains(&answer.status) || answer.url.contains("/a-propos"),
            "{path}: {}",
            answer.status
        );
        assert!(
            !answer.body.contains("[core]"),
            "{path} shows the repository's settings"
        );
    }
}

#[test]
fn a_request_packed_with_gzip_is_read() {
    // The client packs its request when it has many refs to tell of: a mirror with many commits of its own.
    let node = TestNode::with(NodeOptions::default());
    stdout(&run_git(
        node.folder(),
        &["clone", "--quiet", &node.url("/commons.git"), "clone"],
    ));
    let clone = node.folder().join("clone");
    for number in 0..60 {
        let message = format!("commit de mémoire {number}");
        stdout(&run_git(
            &clone,
            &[
                "-c",
                "user.name=x",
                "-c",
                "user.email=x@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                &message,
            ],
        ));
        stdout(&run_git(&clone, &["branch", &format!("b{number}")]));
    }
    let token = node.token("editrice@example.org", "editor");
    crate::api::change_summary(
        &node,
        &token,
        "outils/porteur-de-parole",
        "Encore un autre résumé.",
    );
    stdout(&run_git(
        &clone,
        &[
            "-c",
            "http.postBuffer=1048576",
            "fetch",
            "--quiet",
            "origin",
        ],
    ));
}
