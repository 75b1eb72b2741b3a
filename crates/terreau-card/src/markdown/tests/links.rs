//! Where links lead.

use super::html;

fn href(link: &str) -> String {
    let html = html(&format!("[x](<{link}>)"));
    match html.split_once("href=\"") {
        Some((_, rest)) => rest.split('"').next().unwrap_or_default().to_owned(),
        None => {
            assert_eq!(html, "<p>x</p>\n", "{link}");
            String::new()
        }
    }
}

#[test]
fn links_between_cards_become_pages() {
    for (written, shown) in [
        ("autre.md", "/outils/autre"),
        ("./autre.md", "/outils/autre"),
        ("../methodes/enquete.md", "/methodes/enquete"),
        (
            "../methodes/enquete.md#Déroulé",
            "/methodes/enquete#section-deroule",
        ),
        (
            "../methodes/enquete.md#d%C3%A9roul%C3%A9",
            "/methodes/enquete#section-deroule",
        ),
        (
            "../methodes/enquete.md#section-deroule",
            "/methodes/enquete#section-deroule",
        ),
        ("../methodes/enquete.md#", "/methodes/enquete"),
        ("/methodes/enquete.md", "/methodes/enquete"),
        ("/recherche", "/recherche"),
        ("#points-de-vigilance", "#section-points-de-vigilance"),
        ("../images/grille.pdf", "/images/grille.pdf"),
        (
            "fichier avec espace.pdf",
            "/outils/fichier%20avec%20espace.pdf",
        ),
        ("a%20b%zz.pdf", "/outils/a%20b%25zz.pdf"),
    ] {
        assert_eq!(href(written), shown, "{written}");
    }
}

#[test]
fn links_out_of_the_commons_say_so() {
    let out = "rel=\"noopener noreferrer ugc\"";
    for link in [
        "https://example.org/a?b=c#d",
        "http://example.org",
        "HTTPS://EXAMPLE.ORG/",
        "mailto:a@example.org",
        "https://commun.example.evil.org/",
    ] {
        assert!(html(&format!("[x]({link})")).contains(out), "{link}");
    }
    assert!(html("<https://example.org>").contains(out));
    assert!(html("<a@example.org>").contains("href=\"mailto:a@example.org\""));
    for link in [
        "autre.md",
        "https://commun.example",
        "https://commun.example/methodes/enquete",
        "#titre",
    ] {
        assert!(!html(&format!("[x]({link})")).contains(out), "{link}");
        assert!(!href(link).is_empty());
    }
}

#[test]
fn links_that_lead_nowhere_are_their_text() {
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://a",
        "tel:+33",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "../../hors-du-commun.md",
        "../../../etc/passwd",
        "https:evil",
        "https:/evil",
        "http:\\\\evil",
        "mailto:",
        "#",
        "",
    ] {
        assert_eq!(href(link), "", "{link}");
    }
}

#[test]
fn titles_of_links_are_kept() {
    assert_eq!(
        html("[x](y.md \"Un \\\"titre\\\" <b>\")"),
        "<p><a href=\"/outils/y\" title=\"Un &quot;titre&quot; &lt;b&gt;\">x</a></p>\n"
    );
}
