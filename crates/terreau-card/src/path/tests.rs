//! Paths and slugs.

use super::{CardPath, PathRefusal, slug_of};

#[test]
fn slugs_are_plain_words() {
    for (title, slug) in [
        ("L’enquête collective", "l-enquete-collective"),
        (
            "Œuvrer à Saint-Étienne : et après ?",
            "oeuvrer-a-saint-etienne-et-apres",
        ),
        ("  30 km/h !  ", "30-km-h"),
        ("Straße, łódź, Ærø", "strasse-lodz-aero"),
        ("ﬁn ½ №5", "fin-1-2-no5"),
        ("e\u{301}te\u{301}", "ete"),
        ("日本", "fiche"),
        ("", "fiche"),
    ] {
        assert_eq!(slug_of(title), slug);
    }
    let long = slug_of(&"mot ".repeat(50));
    assert!(long.len() <= 80 && long.ends_with("-mot"), "{long}");
    assert_eq!(slug_of(&"a".repeat(300)).len(), 80);
    assert!(CardPath::parse(&format!("outils/{}", slug_of(&"é-".repeat(300)))).is_ok());
}

#[test]
fn paths_are_folders_and_a_slug() {
    let path = CardPath::parse("territoires/bretagne/rennes-2").expect("a good path");
    assert_eq!(
        (path.folder(), path.slug(), path.file().as_str()),
        (
            "territoires/bretagne",
            "rennes-2",
            "territoires/bretagne/rennes-2.md"
        )
    );
    assert_eq!(
        CardPath::from_file("outils/a.md"),
        CardPath::parse("outils/a").ok()
    );
    assert_eq!(CardPath::from_file("outils/a.txt"), None);
}

#[test]
fn other_paths_are_refused() {
    let refusal = |text: &str| CardPath::parse(text).expect_err(text);
    assert_eq!(refusal(""), PathRefusal::Empty);
    assert_eq!(refusal("seul"), PathRefusal::NoFolder);
    assert_eq!(refusal("a/b/c/d/e/f/g"), PathRefusal::TooLong);
    assert_eq!(
        refusal(&format!("a/{}", "b".repeat(200))),
        PathRefusal::TooLong
    );
    for word in [
        "recherche/x",
        "personnes/x",
        "api/x",
        "outils/historique",
        "outils/x/versions",
        "outils/con",
        "territoires/completer",
        "territoires/insee/34144",
        "nul/x",
    ] {
        assert!(matches!(refusal(word), PathRefusal::Reserved(_)), "{word}");
    }
    for near in [
        "territoires/insee-34144",
        "outils/insee",
        "territoires/regions/x",
    ] {
        assert!(CardPath::parse(near).is_ok(), "{near}");
    }
    for text in [
        "/a/b", "a//b", "a/b/", "a/../b", "a/B", "a/é", "a/b.md", "a/-b", "a/b--c", "a/b c",
        "a\\b/c", "a/b\n", "a/%2e%2e", ".git/a", "a/.b",
    ] {
        assert!(
            matches!(refusal(text), PathRefusal::NotASlug { .. }),
            "{text}"
        );
    }
}
