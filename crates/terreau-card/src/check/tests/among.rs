//! Cards among others, and whole commons.

use expect_test::{Expect, expect};

use super::{CONFIG, shown};
use crate::check_commons;

fn card(id: u32, front: &str, body: &str) -> String {
    format!(
        "---\nid: 01a20145-ff65-733a-9c89-{id:012}\nkind: page\ntitle: T\n{front}---\n\n{body}\n"
    )
}

fn check(files: &[(&str, String)], expected: Expect) {
    let files: Vec<(String, &str)> = files
        .iter()
        .map(|(file, text)| ((*file).to_owned(), text.as_str()))
        .collect();
    let told = check_commons(CONFIG, &files);
    let lines: String = told
        .iter()
        .map(|(file, problem)| format!("{file}:{}", shown(std::slice::from_ref(problem))))
        .collect();
    expected.assert_eq(&lines);
}

#[test]
fn cards_name_each_other() {
    check(
        &[
            (
                "pages/a.md",
                card(
                    1,
                    "links: [{to: outils/porteur, relation: before}, {to: pages/a, relation: after}]\n",
                    "[b](../outils/porteur-de-parole.md) [c](vieux.md) [d](loin.md) ![e](../images/e.png) [f](plan.pdf)",
                ),
            ),
            (
                "outils/porteur-de-parole.md",
                card(
                    2,
                    "aliases: [pages/vieux]\nmedia: {images/g.png: {alt: G}}\n",
                    "[a](../pages/a.md)",
                ),
            ),
            ("images/e.png", String::new()),
        ],
        expect![[r#"
            outils/porteur-de-parole.md:6:9 error missing-file Il n’y a pas de fichier « images/g.png » dans le commun.
            pages/a.md:5:14 error missing-card Il n’y a pas de fiche à « outils/porteur ».
            pages/a.md:5:54 warning names-itself La fiche se cite elle-même.
            pages/a.md:8:37 warning moved-card La fiche « pages/vieux » s’appelle maintenant « outils/porteur-de-parole ».
            pages/a.md:8:51 error missing-card Il n’y a pas de fiche à « pages/loin ».
            pages/a.md:8:64 error missing-media L’image « images/e.png » n’est pas décrite dans « media ».
            pages/a.md:8:86 error missing-file Il n’y a pas de fichier « pages/plan.pdf » dans le commun.
        "#]],
    );
}

#[test]
fn identities_and_old_paths_are_unique() {
    check(
        &[
            (
                "pages/a.md",
                card(1, "aliases: [pages/a, pages/b, pages/vieux]\n", "x"),
            ),
            ("pages/b.md", card(1, "aliases: [pages/vieux]\n", "x")),
        ],
        expect![[r#"
            pages/a.md:2:5 error same-id Cet identifiant est déjà celui de la fiche « pages/b ».
            pages/a.md:5:11 error alias-taken L’ancien chemin « pages/a » est déjà pris par « pages/a ».
            pages/a.md:5:20 error alias-taken L’ancien chemin « pages/b » est déjà pris par « pages/b ».
            pages/a.md:5:29 error alias-taken L’ancien chemin « pages/vieux » est déjà pris par « pages/b ».
            pages/b.md:2:5 error same-id Cet identifiant est déjà celui de la fiche « pages/a ».
            pages/b.md:5:11 error alias-taken L’ancien chemin « pages/vieux » est déjà pris par « pages/a ».
        "#]],
    );
}

#[test]
fn names_of_files() {
    check(
        &[
            ("README.md", String::new()),
            ("pages/README.md", String::new()),
            (".github/modele.md", String::new()),
            ("pages/Été.md", card(1, "", "x")),
            ("recherche/a.md", card(2, "", "x")),
            ("pages/a/historique.md", card(3, "", "x")),
            ("images/A.png", String::new()),
            ("images/a.png", String::new()),
            ("pages/con.md", card(4, "", "x")),
        ],
        expect![[r#"
            images/a.png:1:1 error twin-file Ce fichier et « images/A.png » ne se distinguent que par des majuscules ou des accents.
            pages/a/historique.md:1:1 error file-name Une fiche ne peut pas s’appeler « pages/a/historique.md ».
            pages/con.md:1:1 error file-name Une fiche ne peut pas s’appeler « pages/con.md ».
            pages/Été.md:1:1 error file-name Une fiche ne peut pas s’appeler « pages/Été.md ».
            recherche/a.md:1:1 error file-name Une fiche ne peut pas s’appeler « recherche/a.md ».
        "#]],
    );
}

#[test]
fn a_broken_configuration_is_told_with_the_cards() {
    let files = [("pages/a.md".to_owned(), "---\nkind: page\n---\n")];
    let told = check_commons("format = 2\nnom = \"x\"\n[name]\nfr = 1\n", &files);
    let lines: String = told
        .iter()
        .map(|(file, problem)| format!("{file}:{}", shown(std::slice::from_ref(problem))))
        .collect();
    expect![[r#"
        commons.toml:1:10 error unknown-format Cette version du format n’est pas connue.
        commons.toml:2:1 warning config-unknown « nom » n’est pas connu dans ce fichier.
        commons.toml:3:1 error config-shape « name » doit être un libellé par langue : { fr = "…", en = "…" }.
        commons.toml:4:6 error config-shape « fr » doit être un texte entre guillemets.
        pages/a.md:2:1 error missing-key Il manque la clé « id ».
        pages/a.md:2:1 error missing-key Il manque la clé « title ».
    "#]].assert_eq(&lines);
}

#[test]
fn a_commons_without_configuration_says_so() {
    let told = check_commons("", &[]);
    let codes: Vec<&str> = told.iter().map(|(_, problem)| problem.code()).collect();
    assert_eq!(codes, ["no-config"]);
}
