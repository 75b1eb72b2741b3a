//! All input is hostile: a clear answer, never a 5xx, nothing half-written.

use serde_json::json;
use terreau_tests::TestNode;

#[test]
fn hostile_addresses_never_break_the_site() {
    let node = TestNode::start();
    let client = node.client();
    let long = format!("/{}", "a".repeat(4000));
    let deep = "/a".repeat(300);
    let paths = [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/outils/%00",
        "/outils/..%2f..%2fcommons.toml",
        "/outils/porteur-de-parole/versions/HEAD",
        "/outils/porteur-de-parole/versions/--output=x",
        "/outils/porteur-de-parole/versions/0000000000000000000000000000000000000000",
        "/outils/porteur-de-parole/comparer?de=../..&a=main",
        "/outils/porteur-de-parole/comparer",
        "/outils/porteur-de-parole/historique?page=-1",
        "/outils/porteur-de-parole/historique?page=99999999999999999999",
        "/recherche?q=%22%5B(%3A%2F*~%5E&page=0",
        "/recherche?kind=../../x&topic=%27%22%3E%3Cscript%3E",
        "/recherche?q=%ff%fe",
        "/propositions?q=%25_%00&page=99999999999999999999",
        "/propositions?q=%22%3E%3Cscript%3E",
        "/commentaires?q=%22%3E%3Cscript%3E&avant=-1",
        "/commentaires?q=%00%27&avant=99999999999999999999",
        "/personnes?q=%22%3E%3Cscript%3E&page=-1",
        "/personnes?q=%25_%00&page=99999999999999999999",
        "/api/v1/search?limit=-5&offset=99999999999999999999",
        "/api/v1/search?limit=1000000",
        "/api/v1/cards?cursor=%00%ff",
        "/api/v1/cards/..%2f..%2fetc%2fpasswd",
        "/connexion/%3Cscript%3E",
        "/commons.toml",
        "/methodes/",
        "//mechant.example.net/%2f..",
        &long,
        &deep,
    ];
    for path in paths {
        let page = client.get(path);
        assert!(page.status < 500, "{path}: {}", page.status);
        assert!(
            !page.body.contains("root:x:0"),
            "{path} shows a file of the machine"
        );
        assert!(!page.body.contains("<script>"), "{path} lets a script in");
    }
}

#[test]
fn hostile_cards_are_refused_and_leave_nothing() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let head = node.client().get("/api/v1/commons").json()["head"].clone();
    let front = "id: 0193f1c2-0000-7000-8000-00000000aaaa\nkind: page\ntitle: Essai";
    let laughs = (0..20)
        .map(|n| format!("k{n}: &a{n} [*a{}, *a{}]\n", n.max(1) - 1, n.max(1) - 1))
        .collect::<String>();
    let texts = [
        String::new(),
        "pas de fiche du tout".to_owned(),
        "---\n".repeat(10_000),
        format!("---\n{front}\n{laughs}---\nx\n"),
        format!("---\n{front}\nx: {}\n---\nx\n", "[".repeat(100_000)),
        format!("---\n{front}\nx: !!python/object:os.system ls\n---\nx\n"),
        format!("---\n{front}\ntitle: Deux fois\n---\nx\n"),
        format!("---\n{front}\nsummary: \"\u{202e}à l’envers\"\n---\nx\n"),
        format!("---\n{front}\n---\n\0\u{7}\n"),
        format!("---\n{}\n---\nx\n", front.replace("page", "marteau")),
        format!(
            "---\n{}\n---\nx\n",
            front.replace("0193f1c2-0000-7000-8000-00000000aaaa", "pas-un-uuid")
        ),
        format!(
            "---\n{front}\nlicence: CC-BY-NC-4.0\nsources: [{{title: x, usage: adapted-from, licence: GFDL-1.3}}]\n---\nx\n"
        ),
        format!("---\n{front}\nx: {}\n---\nx\n", "a".repeat(1 << 20)),
    ];
    for text in &texts {
        let answer = crate::api::put(
            &node,
            &token,
            "pages/hostile",
            &json!({"content": text, "message": "x"}),
            None,
        );
        assert!(
            (400..500).contains(&answer.status),
            "{}: {:?}",
            answer.status,
            &text[..text.len().min(80)]
        );
    }
    for path in [
        "../../x",
        "pages/../../x",
        "pages/UPPER",
        "pages/a.git",
        ".git/config",
        "commons",
        "api/x",
        "pages/x.md",
        "recherche/x",
        "pages/é",
    ] {
        let card = format!("---\n{front}\n---\n\nTexte.\n");
        let answer = crate::api::put(
            &node,
            &token,
            path,
            &json!({"content": card, "message": "x"}),
            None,
        );
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
    assert_eq!(
        node.client().get("/api/v1/commons").json()["head"],
        head,
        "a refused card left a trace"
    );
}

#[test]
fn what_people_write_is_never_run() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let card = "---\nid: 0193f1c2-0000-7000-8000-00000000bbbb\nkind: page\ntitle: \"<script>alert(1)</script>\"\n\
                summary: \"<img src=x onerror=alert(2)>\"\ntags: [\"<svg onload=alert(3)>\"]\n\
                authors: [{name: \"<b onmouseover=alert(4)>x</b>\", url: \"javascript:alert(5)\"}]\n---\n\n\
                <script>alert(6)</script>\n\n[lien](javascript:alert(7)) ![x](data:text/html,<script>alert(8)</script>)\n\n\
                <iframe src=\"//mechant.example.net\"></iframe>\n";
    let answer = crate::api::put(
        &node,
        &token,
        "pages/hostile",
        &json!({"content": card, "message": "<script>alert(9)</script>"}),
        None,
    );
    let client = node.client();
    if answer.status == 201 {
        for path in [
            "/pages/hostile",
            "/pages/hostile/historique",
            "/pages/hostile/attribution",
            "/recherche?q=script",
            "/",
        ] {
            let body = client.get(path).body;
            assert!(
                !body.contains("<script>alert")
                    && !body.contains("<img src=x")
                    && !body.contains("<svg onload")
                    && !body.contains("<iframe"),
                "{path}"
            );
            assert!(
                !body.contains("href=\"javascript:") && !body.contains("<b onmouseover"),
                "{path}"
            );
        }
    } else {
        assert_eq!(answer.status, 422, "{}", answer.body);
    }
}

#[test]
fn bodies_have_limits_and_forms_have_types() {
    let node = TestNode::start();
    let token = node.token("editrice@example.org", "editor");
    let client = node.client();
    let huge = json!({"content": "a".repeat(8 << 20), "message": "x"});
    let answer = client
        .request("PUT", "/api/v1/cards/pages/enorme")
        .bearer_auth(&token)
        .json(&huge)
        .send();
    // The server may close the door before the whole body is sent.
    if let Ok(answer) = answer {
        assert_eq!(answer.status(), 413);
    }
    for body in [
        "",
        "{",
        "[]",
        "{\"content\": 7}",
        "{\"content\": [\"a\", \"b\"], \"message\": \"x\"}",
        "null",
    ] {
        let request = client
            .request("PUT", "/api/v1/cards/pages/x")
            .bearer_auth(&token)
            .header("Content-Type", "application/json")
            .body(body);
        let status = client.send(request).status;
        assert!((400..500).contains(&status), "{body}: {status}");
    }
    assert_eq!(client.get("/healthz").status, 200);
}
