//! The wire against the real git client, and against requests that no honest client makes.

use std::io::Write;
use std::path::Path;
use std::process::Output;

use actix_web::dev::ServerHandle;
use actix_web::http::header::{HeaderMap, HeaderName};
use actix_web::{App, HttpServer, test};
use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use tokio::process::Command;

use super::wants::{ObjectName, WantRefusal, wants};
use super::*;

/// Runs the git client far from the settings of whoever runs the tests.
async fn git(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.org",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env_remove("GIT_DIR")
        .output()
        .await;
    output.expect("git can be run")
}

async fn must(folder: &Path, arguments: &[&str]) -> String {
    let output = git(folder, arguments).await;
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .expect("text")
        .trim()
        .to_owned()
}

/// A repository with two published versions, one proposal, and three things that nobody may see.
struct Scene {
    folder: TempDir,
    hidden: String,
}

impl Scene {
    async fn new() -> Scene {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        must(at, &["init", "--quiet", "--bare", "commons.git"]).await;
        must(at, &["clone", "--quiet", "commons.git", "work"]).await;
        let work = at.join("work");
        let write = |text: &str| std::fs::write(work.join("carte.md"), text).expect("a file");
        for (text, place) in [
            ("un", "refs/heads/main"),
            ("deux", "refs/heads/main"),
            ("proposé", "refs/proposals/7/head"),
            ("secret", "refs/drafts/1"),
        ] {
            write(text);
            must(&work, &["add", "."]).await;
            must(&work, &["commit", "--quiet", "-m", text]).await;
            must(
                &work,
                &["push", "--quiet", "origin", &format!("HEAD:{place}")],
            )
            .await;
        }
        must(
            &work,
            &[
                "push",
                "--quiet",
                "origin",
                "HEAD:refs/heads/essai",
                "HEAD:refs/tags/v1",
            ],
        )
        .await;
        let hidden = must(&work, &["rev-parse", "HEAD"]).await;
        Scene { folder, hidden }
    }

    fn wire(&self) -> Data<GitWire> {
        Data::new(GitWire::new(&self.folder.path().join("commons.git")))
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A listening server and the address of its repository.
async fn serve(scene: &Scene) -> (ServerHandle, String) {
    let wire = scene.wire();
    let server = HttpServer::new(move || App::new().app_data(wire.clone()).configure(routes))
        .workers(1)
        .bind(("127.0.0.1", 0))
        .expect("a free port");
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    (handle, format!("http://{address}/commons.git"))
}

#[actix_web::test]
async fn the_git_client_clones_fetches_and_makes_shallow_copies() {
    let scene = Scene::new().await;
    let (handle, url) = serve(&scene).await;
    let at = scene.path();
    for version in ["0", "1", "2"] {
        let protocol = format!("protocol.version={version}");
        let (full, shallow) = (format!("full{version}"), format!("shallow{version}"));
        must(at, &["-c", &protocol, "clone", "--quiet", &url, &full]).await;
        assert_eq!(
            std::fs::read_to_string(at.join(&full).join("carte.md")).expect("the card"),
            "deux"
        );
        assert_eq!(
            must(&at.join(&full), &["rev-list", "--count", "HEAD"]).await,
            "2"
        );
        must(&at.join(&full), &["fsck", "--strict"]).await;

        must(
            at,
            &[
                "-c", &protocol, "clone", "--quiet", "--depth", "1", &url, &shallow,
            ],
        )
        .await;
        assert_eq!(
            must(&at.join(&shallow), &["rev-list", "--count", "HEAD"]).await,
            "1"
        );
        must(
            &at.join(&shallow),
            &["-c", &protocol, "fetch", "--quiet", "--unshallow"],
        )
        .await;
        assert_eq!(
            must(&at.join(&shallow), &["rev-list", "--count", "HEAD"]).await,
            "2"
        );
    }

    let work = at.join("work");
    must(&work, &["checkout", "--quiet", "--detach", "origin/main"]).await;
    std::fs::write(work.join("carte.md"), "trois").expect("a file");
    must(&work, &["commit", "--quiet", "-am", "trois"]).await;
    must(
        &work,
        &["push", "--quiet", "origin", "HEAD:refs/heads/main"],
    )
    .await;
    for version in ["0", "2"] {
        let full = at.join(format!("full{version}"));
        must(
            &full,
            &[
                "-c",
                &format!("protocol.version={version}"),
                "pull",
                "--quiet",
                "--ff-only",
            ],
        )
        .await;
        assert_eq!(
            std::fs::read_to_string(full.join("carte.md")).expect("the card"),
            "trois"
        );
    }
    handle.stop(false).await;
}

#[actix_web::test]
async fn a_long_negotiation_comes_compressed() {
    let scene = Scene::new().await;
    let (handle, url) = serve(&scene).await;
    let at = scene.path();
    must(at, &["clone", "--quiet", &url, "mine"]).await;
    let mine = at.join("mine");
    for number in 0..40 {
        must(
            &mine,
            &[
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                &number.to_string(),
            ],
        )
        .await;
    }
    let work = at.join("work");
    must(&work, &["checkout", "--quiet", "--detach", "origin/main"]).await;
    std::fs::write(work.join("carte.md"), "trois").expect("a file");
    must(&work, &["commit", "--quiet", "-am", "trois"]).await;
    must(
        &work,
        &["push", "--quiet", "origin", "HEAD:refs/heads/main"],
    )
    .await;
    // More than 1,024 bytes of ids: the client sends them with `Content-Encoding: gzip`.
    must(&mine, &["fetch", "--quiet", "origin"]).await;
    assert_eq!(
        must(&mine, &["show", "origin/main:carte.md"]).await,
        "trois"
    );
    handle.stop(false).await;
}

#[actix_web::test]
async fn only_what_is_published_or_proposed_is_shown() {
    let scene = Scene::new().await;
    let (handle, url) = serve(&scene).await;
    for version in ["0", "2"] {
        let protocol = format!("protocol.version={version}");
        let listed = must(scene.path(), &["-c", &protocol, "ls-remote", &url]).await;
        let mut names: Vec<&str> = listed
            .lines()
            .filter_map(|line| line.split('\t').nth(1))
            .collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["HEAD", "refs/heads/main", "refs/proposals/7/head"],
            "version {version}"
        );
    }
    handle.stop(false).await;
}

#[actix_web::test]
async fn what_is_hidden_cannot_be_had_by_its_name() {
    let scene = Scene::new().await;
    let (handle, url) = serve(&scene).await;
    let at = scene.path();
    must(at, &["init", "--quiet", "thief"]).await;
    let published = must(&at.join("work"), &["rev-parse", "origin/main~1"]).await;
    for version in ["0", "2"] {
        let protocol = format!("protocol.version={version}");
        let refused = git(
            &at.join("thief"),
            &["-c", &protocol, "fetch", "--quiet", &url, &scene.hidden],
        )
        .await;
        assert!(
            !refused.status.success(),
            "version {version} gave a hidden version away"
        );
    }
    // A client whose list is a moment old asks for a version that was the newest: that goes on working.
    must(
        &at.join("thief"),
        &[
            "-c",
            "protocol.version=2",
            "fetch",
            "--quiet",
            &url,
            &published,
        ],
    )
    .await;
    let absent = git(&at.join("thief"), &["cat-file", "-e", &scene.hidden]).await;
    assert!(!absent.status.success());
    handle.stop(false).await;
}

#[actix_web::test]
async fn pushing_is_refused_in_plain_words() {
    let scene = Scene::new().await;
    let (handle, url) = serve(&scene).await;
    let work = scene.path().join("work");
    let refused = git(&work, &["push", &url, "HEAD:refs/heads/main", "--force"]).await;
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("403"), "{said}");
    assert!(said.contains("remote: Ce commun se copie"), "{said}");
    handle.stop(false).await;
}

#[actix_web::test]
async fn paths_services_types_and_methods_that_disagree_are_refused() {
    let scene = Scene::new().await;
    let app = test::init_service(App::new().app_data(scene.wire()).configure(routes)).await;
    let get = |uri: &'static str| test::TestRequest::get().uri(uri);
    let post = |uri: &'static str, kind: &'static str| {
        test::TestRequest::post()
            .uri(uri)
            .insert_header(("Content-Type", kind))
    };
    let requests = [
        get("/commons.git/info/refs"),
        get("/commons.git/info/refs?service=git-receive-pack"),
        get("/commons.git/info/refs?service=git-upload-pack&service=git-receive-pack"),
        get("/commons.git/info/refs?service=git-upload-pack%0a"),
        get("/commons.git/info/refs?service=git-upload-archive"),
        get("/commons.git/git-upload-pack"),
        get("/commons.git/git-receive-pack"),
        get("/commons.git/HEAD"),
        get("/commons.git/config"),
        get("/commons.git/objects/info/packs"),
        get("/commons.git/../commons.git/HEAD"),
        get("/commons.git/%2e%2e/terreau.sqlite"),
        get("/commons.git/info/refs/"),
        post(
            "/commons.git/git-receive-pack",
            "application/x-git-receive-pack-request",
        ),
        post(
            "/commons.git/git-receive-pack?service=git-upload-pack",
            REQUEST_TYPE,
        ),
        post(
            "/commons.git/git-upload-pack?service=git-receive-pack",
            REQUEST_TYPE,
        ),
        post(
            "/commons.git/git-upload-pack",
            "application/x-git-receive-pack-request",
        ),
        post("/commons.git/git-upload-pack", "text/plain"),
        post(
            "/commons.git/info/refs?service=git-upload-pack",
            REQUEST_TYPE,
        ),
        test::TestRequest::put().uri("/commons.git/git-upload-pack"),
        test::TestRequest::delete().uri("/commons.git/info/refs"),
    ];
    for request in requests {
        let request = request.to_request();
        let what = format!("{} {}", request.method(), request.uri());
        let answer = test::call_service(&app, request).await;
        assert!(
            matches!(answer.status().as_u16(), 403 | 404),
            "{what}: {}",
            answer.status()
        );
    }
    let answer = test::call_service(&app, get("/commons.git").to_request()).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        answer
            .headers()
            .get("Location")
            .and_then(|value| value.to_str().ok()),
        Some("/a-propos#copier")
    );
}

#[actix_web::test]
async fn bodies_are_counted_after_inflation() {
    let scene = Scene::new().await;
    let app = test::init_service(App::new().app_data(scene.wire()).configure(routes)).await;
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..64 {
        bomb.write_all(&vec![b'0'; 1 << 20]).expect("memory");
    }
    let bomb = bomb.finish().expect("memory");
    assert!(bomb.len() < 100_000, "small on the wire");
    let negotiation = |encoding: &'static str, body: Vec<u8>| {
        test::TestRequest::post()
            .uri("/commons.git/git-upload-pack")
            .insert_header(("Content-Type", REQUEST_TYPE))
            .insert_header(("Content-Encoding", encoding))
            .set_payload(body)
            .to_request()
    };
    for (encoding, body, status) in [
        ("gzip", bomb, 413),
        ("gzip", b"not gzip at all".to_vec(), 400),
        ("identity", vec![b'0'; 5 << 20], 413),
        ("br", b"0000".to_vec(), 400),
        ("identity", b"what is this".to_vec(), 400),
        ("identity", Vec::new(), 400),
    ] {
        let length = body.len();
        let answer = test::call_service(&app, negotiation(encoding, body)).await;
        assert_eq!(
            answer.status().as_u16(),
            status,
            "{encoding}, {length} bytes"
        );
    }
}

#[actix_web::test]
async fn the_advertisement_names_the_service_only_before_version_2() {
    let scene = Scene::new().await;
    let app = test::init_service(App::new().app_data(scene.wire()).configure(routes)).await;
    for (asked, prefixed, begins) in [
        (None, true, "001e# service=git-upload-pack\n0000"),
        (
            Some("version=1"),
            true,
            "001e# service=git-upload-pack\n0000000eversion 1\n",
        ),
        (Some("version=2"), false, "000eversion 2\n"),
    ] {
        let mut request =
            test::TestRequest::get().uri("/commons.git/info/refs?service=git-upload-pack");
        if let Some(asked) = asked {
            request = request.insert_header(("Git-Protocol", asked));
        }
        let answer = test::call_service(&app, request.to_request()).await;
        assert_eq!(
            answer
                .headers()
                .get("Content-Type")
                .and_then(|value| value.to_str().ok()),
            Some(ADVERTISEMENT_TYPE)
        );
        let body = test::read_body(answer).await;
        assert!(
            body.starts_with(begins.as_bytes()),
            "{asked:?}: {:?}",
            String::from_utf8_lossy(&body[..60])
        );
        assert_eq!(body.starts_with(b"001e#"), prefixed);
    }
}

#[core::prelude::v1::test]
fn the_version_asked_for_is_one_of_our_words() {
    for (asked, spoken) in [
        ("version=2", Protocol::Two),
        ("version=1:version=2", Protocol::Two),
        ("key=value:version=1", Protocol::One),
        ("version=3", Protocol::Zero),
        ("version=2;touch x", Protocol::Zero),
        (" version=2", Protocol::Zero),
        ("", Protocol::Zero),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static("git-protocol"),
            HeaderValue::from_static(asked),
        );
        assert_eq!(Protocol::of(&headers), spoken, "{asked:?}");
    }
}

#[core::prelude::v1::test]
fn wishes_are_read_packet_by_packet() {
    let id = "0123456789abcdef0123456789abcdef01234567";
    let fetch = format!(
        "0012command=fetch\n0001000fno-progress0032want {id}\n0032have {id}\n0009done\n0000"
    );
    let found = wants(fetch.as_bytes()).expect("a fetch");
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        [ObjectName::parse(id.as_bytes()).expect("an id")]
    );
    assert!(
        wants(b"0014command=ls-refs\n0000")
            .expect("a list")
            .is_empty()
    );
    for broken in [
        "003",
        "zzzz",
        "0003",
        "0032want 01",
        "000ewant --help0000",
        "+032want 0",
    ] {
        assert_eq!(
            wants(broken.as_bytes()),
            Err(WantRefusal::Broken),
            "{broken:?}"
        );
    }
    let uppercase = format!("0032want {}\n", id.to_uppercase());
    assert_eq!(wants(uppercase.as_bytes()), Err(WantRefusal::Broken));
    let by_name = b"001fwant-ref refs/heads/secret\n0000";
    assert_eq!(wants(by_name), Err(WantRefusal::Broken));
}

#[core::prelude::v1::test]
fn the_environment_of_git_holds_nothing_of_ours() {
    let git = Git::new("/usr/bin/git".into(), "/data/commons.git".into());
    let id = ObjectName::parse(b"0123456789abcdef0123456789abcdef01234567").expect("an id");
    for command in [
        git.advertise(Protocol::Two),
        git.answer(Protocol::Zero),
        git.shown_tips(),
        git.is_published(&id),
    ] {
        let command = command.as_std();
        let arguments: Vec<&str> = command
            .get_args()
            .map(|argument| argument.to_str().expect("text"))
            .collect();
        let ours = arguments
            .iter()
            .position(|argument| *argument == "--end-of-options")
            .expect("the end of our options");
        assert!(
            arguments[ours + 1..]
                .iter()
                .all(|argument| !argument.starts_with('-')),
            "{arguments:?}"
        );
        let variable = |name: &str| {
            command
                .get_envs()
                .find(|(key, _)| *key == name)
                .and_then(|(_, value)| value?.to_str())
        };
        assert_eq!(variable("GIT_CONFIG_NOSYSTEM"), Some("1"));
        assert_eq!(variable("GIT_CONFIG_GLOBAL"), Some("/dev/null"));
        assert_eq!(variable("GIT_DIR"), Some("/data/commons.git"));
        assert_eq!(variable("HOME"), Some("/nonexistent"));
    }
    assert!(
        git.answer(Protocol::Zero)
            .as_std()
            .get_envs()
            .all(|(key, _)| key != "GIT_PROTOCOL")
    );
}
