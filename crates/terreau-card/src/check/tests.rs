//! Every rule, by an example that breaks it.

mod among;
mod content;
mod private;
mod words;

use expect_test::{Expect, expect};

use super::{check_card, text_of};
use crate::{Card, CardPath, CommonsConfig, Language, Problem};

pub(super) const CONFIG: &str = r#"
format = 1
name = { fr = "Essai", en = "Trial" }

[[kinds.method.sections]]
code = "deroule"
label = { fr = "Déroulé", en = "Steps" }
required = true

[[kinds.method.sections]]
code = "suite"
label = { fr = "Et l’après", en = "What next" }

[[vocabularies.intentions]]
code = "mobiliser"
label = { fr = "Mobiliser", en = "Mobilise" }

[[vocabularies.intentions]]
code = "ecouter-enqueter"
label = { fr = "Écouter", en = "Listen" }

[[vocabularies.axes]]
code = "alimentaire"
label = { fr = "Alimentaire", en = "Food" }

[[vocabularies.axes.terms]]
code = "partager-la-terre"
label = { fr = "Partager la terre", en = "Share the land" }
terms = [{ code = "proteger-les-terres", label = { fr = "Protéger les terres", en = "Protect the land" } }]

[[vocabularies.axes]]
code = "energetique"
label = { fr = "Énergétique", en = "Energy" }

[[criteria]]
code = "clarte"
label = { fr = "Clarté", en = "Clarity" }
"#;

pub(super) fn config() -> CommonsConfig {
    CommonsConfig::read(CONFIG).expect("the configuration of the tests is good")
}

pub(super) fn path(text: &str) -> CardPath {
    CardPath::parse(text).expect("a good path")
}

pub(super) fn shown(problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        let severity = if problem.is_error() {
            "error"
        } else {
            "warning"
        };
        format!(
            "{}:{} {severity} {} {}\n",
            problem.line,
            problem.column,
            problem.code(),
            problem.message(Language::French)
        )
    };
    problems.iter().map(line).collect()
}

/// Checks a whole text at `methodes/m`.
fn check(text: &str, expected: Expect) {
    let (card, _) = Card::read(text);
    expected.assert_eq(&shown(&check_card(&path("methodes/m"), &card, &config())));
}

/// Checks a good card of a kind with these lines in its front matter, which begin at line 6.
fn check_front(kind: &str, lines: &str, expected: Expect) {
    let body = if kind == "method" {
        "## Déroulé\n\nOn commence.\n"
    } else {
        "Un texte.\n"
    };
    let text = format!(
        "---\nid: 01a20145-ff65-733a-9c89-68c6f25c20ad\nkind: {kind}\ntitle: T\nsummary: S\n{lines}---\n\n{body}"
    );
    check(&text, expected);
}

/// Checks a good method with this body, which begins at line 8.
fn check_body(body: &str, expected: Expect) {
    let text = format!(
        "---\nid: 01a20145-ff65-733a-9c89-68c6f25c20ad\nkind: method\ntitle: T\nsummary: S\n---\n\n{body}"
    );
    check(&text, expected);
}

#[test]
fn good_cards_are_silent() {
    check_front("method", "", expect![[""]]);
    let full = "language: fr\nstatus: active\nreview_by: 2027-01-31\ntopics: [eau]\ntags: [un mot, \"12\"]\nauthors:\n  - name: A\n    role: author\n    url: https://example.org\nlicence: CC-BY-SA-4.0\nsources:\n  - {title: X, usage: adapted-from, licence: etalab-2.0, date: 2010}\nlinks: [{to: outils/a, relation: before}]\nmedia:\n  images/a.png: {alt: Une place}\naliases: [methodes/vieux]\nintentions: [mobiliser]\nduration: {min: PT90M, max: P3D}\nparticipants: {min: 5}\ncost_eur: {min: 0, max: 10.5, note: rien}\ndifficulty: 2\naxes: [alimentaire, proteger-les-terres]\nmaterials: [{item: Feutres}]\nparts: [outils/a]\n";
    check_front("method", full, expect![[""]]);
    let experience = "about: [{card: methodes/a, commit: abc}]\nterritories:\n  - territoires/x\n  - {name: Y, insee: \"01004\", population: 1200}\nstart: 2020-05\nend: 2021\nfigures: [{value: 1.5, label: L, nature: observed, date: 2020}]\nmarks: {clarte: 3}\nagain: as-is\nconflicting_facts: |\n  Deux\n  lignes\n";
    check_front("experience", experience, expect![""]);
    check_front(
        "action",
        "axis: alimentaire\norientation: partager-la-terre\nobjective: proteger-les-terres\n",
        expect![[""]],
    );
}

#[test]
fn front_matter_that_is_not_yaml() {
    check(
        "Bonjour\n",
        expect![[r#"
        1:1 error no-front-matter La fiche ne commence pas par un en-tête entre deux lignes « --- ».
    "#]],
    );
    check(
        "---\ntitle: x\n",
        expect![[r#"
        1:1 error front-matter-open L’en-tête n’est pas refermé.
    "#]],
    );
    check(
        "---\n- a\n---\nx",
        expect![[r#"
        2:1 error not-a-mapping L’en-tête doit être fait de lignes « clé: valeur ».
    "#]],
    );
    check(
        "---\ntitle: a: b\n---\n",
        expect![[r#"
        2:9 error bad-yaml Cette ligne ne se lit pas : il y a un « : » de trop, ou il en manque un.
    "#]],
    );
    check(
        "---\ntitle: \"a\nid: b\n---\n",
        expect![[r#"
        2:8 error bad-yaml Cette ligne ne se lit pas : un guillemet n’est pas refermé, ou un « \ » est mal placé.
    "#]],
    );
    check(
        "---\ntags: [a, b\nid: b\n---\n",
        expect![[r#"
        2:7 error bad-yaml Cette ligne ne se lit pas : un crochet ou une accolade n’est pas refermé.
    "#]],
    );
    check(
        "---\nid: x\n\ttitle: b\n---\n",
        expect![[r#"
        3:1 error bad-yaml Cette ligne ne se lit pas : il y a une tabulation là où il faut des espaces.
    "#]],
    );
    check(
        "---\nauthors:\n  - name: x\n   role: y\n---\n",
        expect![[r#"
        4:4 error bad-yaml Cette ligne ne se lit pas : elle n’est pas alignée avec les autres.
    "#]],
    );
    check(
        "---\nid: x\n? [a]\n: b\n---\n",
        expect![[r#"
        3:3 error key-not-text Une clé doit être un mot simple.
    "#]],
    );
    check(
        "---\nid: x\n...\ntitle: y\n---\n",
        expect![[r#"
        4:1 error several-documents L’en-tête contient une ligne qui commence un second document.
    "#]],
    );
}

#[test]
fn front_matter_that_may_not_be() {
    check_front(
        "page",
        "tags: &a [x]\ntopics: *a\n",
        expect![[r#"
        6:7 error anchor Les ancres YAML (« &nom ») ne sont pas acceptées.
        7:9 error alias Les renvois YAML (« *nom ») ne sont pas acceptés.
    "#]],
    );
    check_front(
        "page",
        "tags: !!python/object [x]\n",
        expect![[r#"
        6:7 error tag Les étiquettes YAML (« !type ») ne sont pas acceptées.
    "#]],
    );
    check_front(
        "page",
        "<<: {a: b}\n",
        expect![[r#"
        6:1 error merge-key La clé de fusion YAML (« << ») n’est pas acceptée.
    "#]],
    );
    check_front(
        "page",
        "title: Encore\n",
        expect![[r#"
        6:1 error duplicate-key La clé « title » est écrite deux fois.
    "#]],
    );
    check_front(
        "page",
        &format!("tags: {}{}\n", "[".repeat(9), "]".repeat(9)),
        expect![[r#"
        6:14 error front-matter-too-deep Les listes s’emboîtent trop profondément : 8 niveaux au plus.
    "#]],
    );
    check_front(
        "page",
        &(0..200)
            .map(|key| format!("x{key}: 1\n"))
            .collect::<String>(),
        expect![[r#"
        202:1 error too-many-keys Il y a trop de clés : 200 au plus.
    "#]],
    );
    check_front(
        "page",
        &format!("x: {}\n", "a".repeat(17_000)),
        expect![[r#"
        2:1 error front-matter-too-big L’en-tête est trop long : 17076 octets, 16384 au plus.
    "#]],
    );
    check_front(
        "page",
        "x: a\u{0}b\n",
        expect![[r#"
        6:5 error control-character Un caractère de contrôle invisible se cache ici (U+0000).
    "#]],
    );
}

#[test]
fn characters_that_may_not_be() {
    check(
        "\u{FEFF}---\r\nid: 01a20145-ff65-733a-9c89-68c6f25c20ad\r\nkind: page\r\ntitle: Te\u{301}\u{7}st\u{202E}\r\n---\r\n\r\nBon\u{2028}\r\n",
        expect![[r#"
        1:1 error byte-order-mark Le fichier commence par une marque d’ordre des octets, un caractère invisible.
        1:5 error carriage-return Les lignes se terminent comme sous Windows (CR LF).
        4:9 error not-nfc Un accent est écrit en deux caractères (forme décomposée).
        4:11 error control-character Un caractère de contrôle invisible se cache ici (U+0007).
        4:14 error bidi-character Un caractère invisible change ici le sens de lecture (U+202E).
        7:4 error control-character Un caractère de contrôle invisible se cache ici (U+2028).
    "#]],
    );
    let problem = text_of(b"---\nid: \xff").expect_err("this isn't UTF-8");
    assert_eq!(
        (problem.code(), problem.line, problem.column),
        ("not-utf8", 2, 5)
    );
    assert_eq!(text_of("été".as_bytes()).expect("this is"), "été");
}

#[test]
fn keys_that_are_missing_or_unknown() {
    check(
        "---\nsumary: S\nx-note: 1\n---\n",
        expect![[r#"
        2:1 error missing-key Il manque la clé « id ».
        2:1 error missing-key Il manque la clé « kind ».
        2:1 error missing-key Il manque la clé « title ».
        2:1 error missing-key Il manque la clé « summary ».
        2:1 warning unknown-key La clé « sumary » n’est pas connue de cette version du format.
    "#]],
    );
    check(
        "---\nkind: page\ntitle: \"\"\nid:\n---\n",
        expect![[r#"
        3:1 error empty-value « title » est vide.
        4:1 error empty-value « id » est vide.
    "#]],
    );
    check(
        "---\nkind: methode\n---\n",
        expect![[r#"
        2:1 error missing-key Il manque la clé « id ».
        2:1 error missing-key Il manque la clé « title ».
        2:1 error missing-key Il manque la clé « summary ».
        2:7 error not-one-of « methode » n’est pas une valeur possible de « kind ».
    "#]],
    );
    check_front(
        "method",
        "authors:\n  - role: author\n    nom: X\nlinks:\n  - to: outils/a\n",
        expect![[r#"
        7:5 error missing-key Il manque la clé « authors[1].name ».
        8:5 warning unknown-key La clé « authors[1].nom » n’est pas connue de cette version du format.
        10:5 error missing-key Il manque la clé « links[1].relation ».
    "#]],
    );
}

#[test]
fn values_of_another_shape() {
    check_front(
        "method",
        "language: francais\ntranslation_of: abc\nstatus: actif\nreview_by: 31/05/2026\ntopics: eau\ntags: [[a], \"\", b, b]\n",
        expect![[r#"
        6:11 error wrong-shape « language » doit être un code de langue.
        7:17 error wrong-shape « translation_of » doit être l’identifiant d’une fiche.
        8:9 error not-one-of « actif » n’est pas une valeur possible de « status ».
        9:12 error wrong-shape « review_by » doit être une date.
        10:9 error wrong-shape « topics » doit être une liste.
        11:8 error wrong-shape « tags[1] » doit être un texte d’une ligne.
        11:13 error empty-value « tags[2] » est vide.
        11:20 warning twice « b » est déjà dans cette liste.
    "#]],
    );
    check_front(
        "method",
        "authors: Moi\nlicence: CC-BY-NC-4.0\nmedia: [a.png]\naliases: [Méthodes/X.md, recherche/x, seul]\n",
        expect![[r#"
        6:10 error wrong-shape « authors » doit être une liste.
        7:10 error licence-cant-join La licence CC BY-NC 4.0 ne permet pas de mêler cette œuvre à une fiche CC BY-SA.
        8:8 error wrong-shape « media » doit être un groupe de lignes « clé: valeur ».
        9:11 error bad-path « Méthodes/X.md » ne peut pas être le chemin d’une fiche.
        9:26 error bad-path « recherche/x » ne peut pas être le chemin d’une fiche.
        9:39 error bad-path « seul » ne peut pas être le chemin d’une fiche.
    "#]],
    );
    check_front(
        "method",
        "media:\n  ../a.png: x\n  images/b.png: {alt: \"\"}\n  images/c.png: {credit: moi, licence: GPL-3.0-only}\n",
        expect![[r#"
        7:3 error bad-file-path « ../a.png » ne peut pas être le chemin d’un fichier du commun.
        7:3 error missing-key Il manque la clé « media[../a.png].alt ».
        8:18 error empty-value « media[images/b.png].alt » est vide.
        9:3 error missing-key Il manque la clé « media[images/c.png].alt ».
        9:40 error licence-cant-join La licence GNU GPL 3.0 ne permet pas de mêler cette œuvre à une fiche CC BY-SA.
    "#]],
    );
    check_front(
        "method",
        "intentions: [mobilser, mobiliser, ecouter-enqueter, mobiliser]\ndifficulty: 4\nparticipants: {min: 30, max: 5}\nduration: {min: P3D, max: PT2H}\npreparation: {min: 2 heures}\ncost_eur: {min: -1}\n",
        expect![[r#"
        6:14 error unknown-code Le code « mobilser » n’existe pas dans le vocabulaire « intentions ».
        6:53 error wrong-count « intentions » doit avoir de 1 à 3 valeurs.
        6:53 warning twice « mobiliser » est déjà dans cette liste.
        7:13 error out-of-bounds « difficulty » doit être entre 1 et 3.
        8:15 error min-above-max Dans « participants », le minimum dépasse le maximum.
        9:11 error min-above-max Dans « duration », le minimum dépasse le maximum.
        10:20 error wrong-shape « preparation.min » doit être une durée ISO 8601.
        11:17 error out-of-bounds « cost_eur.min » doit être entre 0 et 1000000000000.
    "#]],
    );
    check_front(
        "method",
        "participants: 12\nparts: outils/a\nmaterials: [Feutres]\nskill: [a]\neffort_days: {min: beaucoup}\n",
        expect![[r#"
        6:15 error wrong-shape « participants » doit être un groupe de lignes « clé: valeur ».
        7:8 error wrong-shape « parts » doit être une liste.
        8:13 error wrong-shape « materials[1] » doit être un groupe de lignes « clé: valeur ».
        9:8 error wrong-shape « skill » doit être un code du vocabulaire « skills ».
        10:20 error wrong-shape « effort_days.min » doit être un nombre.
    "#]],
    );
    check_front(
        "territory",
        "code: 01004\nvintage: an 2000\nlocation: {lat: 95, lon: 2.5}\nformer_names: [no, 12, Été]\n",
        expect![[r#"
        6:7 warning needs-quotes Sans guillemets, certains logiciels liraient « 01004 » comme un nombre ou un oui/non.
        7:10 error wrong-shape « vintage » doit être un nombre entier.
        8:17 error out-of-bounds « location.lat » doit être entre -90 et 90.
        9:16 warning needs-quotes Sans guillemets, certains logiciels liraient « no » comme un nombre ou un oui/non.
        9:20 warning needs-quotes Sans guillemets, certains logiciels liraient « 12 » comme un nombre ou un oui/non.
    "#]],
    );
    check_front(
        "organisation",
        "website: www.exemple.fr\nmirror: {url: \"ftp://x\"}\n",
        expect![[r#"
        6:10 error wrong-shape « website » doit être une adresse web.
        7:15 error wrong-shape « mirror.url » doit être une adresse web.
    "#]],
    );
    check(
        "---\nid: 01A20145FF65733A9C8968C6F25C20AD\nkind: page\ntitle: |\n  Deux\n  lignes\nsummary: \"**Gras** et [lien](x)\"\n---\n",
        expect![[r#"
        2:5 error wrong-shape « id » doit être l’identifiant d’une fiche.
        4:8 error not-one-line « title » doit tenir sur une seule ligne.
        7:10 warning markdown-in-text « summary » contient de la mise en forme, qui s’affichera telle quelle.
    "#]],
    );
    let long = format!(
        "---\nid: 01a20145-ff65-733a-9c89-68c6f25c20ad\nkind: page\ntitle: {}\nsummary: {}\n---\n",
        "é".repeat(121),
        "a".repeat(301)
    );
    check(
        &long,
        expect![[r#"
        4:8 error too-long « title » est trop long : 121 caractères, 120 au plus.
        5:10 error too-long « summary » est trop long : 301 caractères, 300 au plus.
    "#]],
    );
}

#[test]
fn values_that_contradict_each_other() {
    check_front(
        "action",
        "axis: energetique\norientation: partager-la-terre\nobjective: proteger-les-terres\n",
        expect![[r#"
        7:14 error not-under « partager-la-terre » ne se trouve pas sous « energetique ».
    "#]],
    );
    check_front(
        "action",
        "axis: partager-la-terre\nobjective: alimentaire\n",
        expect![[r#"
        6:7 error wrong-level « partager-la-terre » n’est pas au bon niveau de l’arbre pour « axis ».
        7:12 error wrong-level « alimentaire » n’est pas au bon niveau de l’arbre pour « objective ».
    "#]],
    );
    check_front(
        "experience",
        "start: 2021-06\nend: 2021-05-30\nmarks: {clarte: 5, clartee: 2}\n",
        expect![[r#"
        7:6 error end-before-start La fin est avant le début.
        8:17 error out-of-bounds « marks.clarte » doit être entre 1 et 4.
        8:20 error unknown-code Le code « clartee » n’existe pas dans le vocabulaire « criteria ».
    "#]],
    );
    check_front(
        "page",
        "sources:\n  - {title: A, usage: adapted-from}\n  - {title: B, usage: translated-from, licence: CC-BY-NC-SA-4.0}\n  - {title: C, usage: quoted, licence: CC-BY-NC-SA-4.0}\n  - {title: D, usage: adapted-from, licence: LicenseRef-perso}\n  - {title: E, usage: adapté}\n",
        expect![[r#"
        7:5 error licence-missing Cette source est adaptée ou traduite, mais sa licence n’est pas donnée.
        8:49 error licence-cant-join La licence CC BY-NC-SA 4.0 ne permet pas de mêler cette œuvre à une fiche CC BY-SA.
        10:46 error licence-cant-join La licence LicenseRef-perso ne permet pas de mêler cette œuvre à une fiche CC BY-SA.
        11:23 error not-one-of « adapté » n’est pas une valeur possible de « sources[5].usage ».
    "#]],
    );
}

#[test]
fn bodies() {
    check_body(
        "Rien.\n",
        expect![[r#"
        8:6 error missing-section Il manque la partie « Déroulé ».
    "#]],
    );
    check_body(
        "## Déroulé\n\n## Et l'après\n\n## Déroulé\n\nx\n",
        expect![[r#"
        8:1 error empty-section La partie « Déroulé » est vide.
        12:1 warning section-twice La partie « Déroulé » apparaît deux fois.
    "#]],
    );
    check_body(
        "# Titre\n\n## Déroulé\n\n<div>x</div>\n\nUn <b>mot</b>.\n",
        expect![[r#"
        8:1 warning title-in-body Le texte contient un titre de premier niveau ; le titre de la fiche suffit.
        12:1 warning raw-html Ceci est du HTML, qui s’affichera tel quel.
        14:4 warning raw-html Ceci est du HTML, qui s’affichera tel quel.
        14:10 warning raw-html Ceci est du HTML, qui s’affichera tel quel.
    "#]],
    );
    check_body(
        "## Déroulé\n\n![a](../images/a.png) ![b](https://exemple.fr/b.png) ![c](x.md)\n\n[d](/outils/d) [e](../outils/e#f) [g](../../g.md) [h](Grand%20H.md)\n",
        expect![[r#"
        10:1 error missing-media L’image « images/a.png » n’est pas décrite dans « media ».
        10:23 warning foreign-image L’image « https://exemple.fr/b.png » est gardée ailleurs et ne sera pas affichée.
        10:54 error bad-file-path « x.md » ne peut pas être le chemin d’un fichier du commun.
        12:1 warning site-link Le lien « /outils/d » ne marche que sur le site.
        12:16 warning site-link Le lien « ../outils/e#f » ne marche que sur le site.
        12:35 error missing-card Il n’y a pas de fiche à « ../../g.md ».
        12:51 error missing-card Il n’y a pas de fiche à « Grand%20H.md ».
    "#]],
    );
    check_body(
        "## Déroulé\n\n```questions\n- name: a b\n```\n\n~~~questions\n~~~\n",
        expect![[r#"
        11:3 error questions Il manque « type ».
        11:3 error questions Il manque « label ».
        11:9 error questions « a b » ne peut pas être le nom d’une question.
        14:1 error questions Il y a un second questionnaire ; une fiche n’en a qu’un.
    "#]],
    );
    check_front(
        "survey",
        "",
        expect![[r#"
        8:10 warning questions Cette enquête n’a pas encore de questionnaire.
    "#]],
    );
}
