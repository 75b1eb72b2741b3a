//! Sections, steps, headings and their anchors.

use std::fmt::Write;

use expect_test::{Expect, expect};

use crate::markdown::steps::title_and_minutes;

use super::rendered;

fn check(body: &str, expected: Expect) {
    let rendered = rendered(body);
    let mut shown = String::new();
    for section in &rendered.sections {
        writeln!(
            shown,
            "{:?} {:?} #{}\n  {:?}",
            section.code,
            section.heading,
            section.anchor,
            section.html.as_str()
        )
        .expect("a string");
        for step in &section.steps {
            writeln!(
                shown,
                "  - {:?} {:?} #{}\n    {:?}",
                step.title,
                step.minutes,
                step.anchor,
                step.html.as_str()
            )
            .expect("a string");
        }
    }
    for entry in &rendered.contents {
        writeln!(shown, "{} {} #{}", entry.level, entry.text, entry.anchor).expect("a string");
    }
    expected.assert_eq(&shown);
}

#[test]
fn a_body_is_cut_in_sections_and_steps() {
    check(
        "Avant tout.\n\n## Préparation\n\nDeux tables.\n\n### Matériel\n\nDu fil.\n\n## Déroulé\n\nÀ trois.\n\n### Installer la *question* (20 min)\n\nAccrocher.\n\n#### Astuce\n\nHaut.\n\n### Écouter (1 h 30)\n\nParler[^1].\n\n### Finir\n\n## Autre chose\n\nRien.\n\n[^1]: Doucement.\n",
        expect![[r##"
            None None #
              "<p>Avant tout.</p>\n"
            Some("preparation") Some("Préparation") #section-preparation
              "<p>Deux tables.</p>\n<h3 id=\"section-materiel\">Matériel</h3>\n<p>Du fil.</p>\n"
            Some("deroule") Some("Déroulé") #section-deroule
              "<p>À trois.</p>\n"
              - "Installer la question" Some(20) #section-installer-la-question-20-min
                "<p>Accrocher.</p>\n<h4 id=\"section-astuce\">Astuce</h4>\n<p>Haut.</p>\n"
              - "Écouter" Some(90) #section-ecouter-1-h-30
                "<p>Parler<sup><a class=\"noteref\" href=\"#note-1\" id=\"noteref-1\" aria-label=\"Note 1\">1</a></sup>.</p>\n<ol class=\"notes\" aria-label=\"Notes\" start=\"1\">\n<li id=\"note-1\"><p>Doucement. <a class=\"back\" href=\"#noteref-1\" aria-label=\"Retour au texte\">↩</a></p>\n</li>\n</ol>\n"
              - "Finir" None #section-finir
                ""
            None Some("Autre chose") #section-autre-chose
              "<p>Rien.</p>\n"
            2 Préparation #section-preparation
            3 Matériel #section-materiel
            2 Déroulé #section-deroule
            3 Installer la question (20 min) #section-installer-la-question-20-min
            4 Astuce #section-astuce
            3 Écouter (1 h 30) #section-ecouter-1-h-30
            3 Finir #section-finir
            2 Autre chose #section-autre-chose
        "##]],
    );
}

#[test]
fn the_whole_is_its_parts() {
    let body = "Avant.\n\n## Déroulé\n\nIci.\n\n### Un (5 min)\n\nLà[^1].\n\n## Suite\n\nFin.\n\n[^1]: Note.\n";
    let rendered = rendered(body);
    let mut rest = rendered.html.as_str();
    for section in &rendered.sections {
        for html in
            std::iter::once(&section.html).chain(section.steps.iter().map(|step| &step.html))
        {
            let at = rest
                .find(html.as_str())
                .expect("each part is in the whole, in order");
            rest = &rest[at + html.as_str().len()..];
        }
    }
    assert!(
        rendered
            .html
            .as_str()
            .contains("<h2 id=\"section-deroule\">Déroulé</h2>")
    );
    assert!(
        rendered
            .html
            .as_str()
            .contains("<h3 id=\"section-un-5-min\">Un (5 min)</h3>")
    );
}

#[test]
fn headings_step_down_one_by_one() {
    check(
        "# Trop grand\n\n#### Trop petit\n\n## Suite\n\n#### Sauté\n\n#### Encore\n\n##### Dessous\n\n### Remonté\n\n# Égaré\n\n> ## Cité\n",
        expect![[r#"
            None None #
              "<h2 id=\"section-trop-grand\">Trop grand</h2>\n<h3 id=\"section-trop-petit\">Trop petit</h3>\n"
            None Some("Suite") #section-suite
              "<h3 id=\"section-saute\">Sauté</h3>\n<h3 id=\"section-encore\">Encore</h3>\n<h4 id=\"section-dessous\">Dessous</h4>\n<h3 id=\"section-remonte\">Remonté</h3>\n<h3 id=\"section-egare\">Égaré</h3>\n<blockquote>\n<h4 id=\"section-cite\">Cité</h4>\n</blockquote>\n"
            2 Trop grand #section-trop-grand
            3 Trop petit #section-trop-petit
            2 Suite #section-suite
            3 Sauté #section-saute
            3 Encore #section-encore
            4 Dessous #section-dessous
            3 Remonté #section-remonte
            3 Égaré #section-egare
        "#]],
    );
}

#[test]
fn anchors_are_short_stable_and_unique() {
    check(
        "## L’œuvre à Noël\n\n## L’œuvre à Noël\n\n## L’œuvre à Noël 2\n\n## ???\n\n## Choisi {#mon-ancre}\n\nTexte\n\n## location {#location}\n",
        expect![[r#"
            None Some("L’œuvre à Noël") #section-l-oeuvre-a-noel
              ""
            None Some("L’œuvre à Noël") #section-l-oeuvre-a-noel-2
              ""
            None Some("L’œuvre à Noël 2") #section-l-oeuvre-a-noel-2-2
              ""
            None Some("???") #section-partie
              ""
            None Some("Choisi") #section-mon-ancre
              "<p>Texte</p>\n"
            None Some("location") #section-location
              ""
            2 L’œuvre à Noël #section-l-oeuvre-a-noel
            2 L’œuvre à Noël #section-l-oeuvre-a-noel-2
            2 L’œuvre à Noël 2 #section-l-oeuvre-a-noel-2-2
            2 ??? #section-partie
            2 Choisi #section-mon-ancre
            2 location #section-location
        "#]],
    );
}

#[test]
fn durations_are_read_as_people_write_them() {
    for (heading, title, minutes) in [
        ("Un (20 min)", "Un", Some(20)),
        ("Un (20\u{a0}minutes)", "Un", Some(20)),
        ("Un (1 h 30)", "Un", Some(90)),
        ("Un (1h30)", "Un", Some(90)),
        ("Un (1 h 30 min)", "Un", Some(90)),
        ("Un (2 h)", "Un", Some(120)),
        ("Un (2 heures)", "Un", Some(120)),
        ("Un (1,5 h)", "Un", Some(90)),
        ("Un (10 à 15 min)", "Un", Some(15)),
        ("Un (10-15 min)", "Un", Some(15)),
        ("Un (1 h à 1 h 30)", "Un", Some(90)),
        ("Un (1 jour)", "Un", Some(1_440)),
        ("Un (2 semaines)", "Un", Some(20_160)),
        ("Two (2 hours)", "Two", Some(120)),
        ("Un (une demi-journée)", "Un", Some(720)),
        ("Un (2 demi-journées)", "Un", Some(1_440)),
        ("Un (une à deux journées)", "Un", Some(2_880)),
        ("Un (3 à 4 mois)", "Un", Some(172_800)),
        ("Un (30 min, le jour même)", "Un", Some(30)),
        ("Un (1 h par personne)", "Un (1 h par personne)", None),
        ("Un (une soirée)", "Un (une soirée)", None),
        ("Un (à 3, 6 et 12 mois)", "Un (à 3, 6 et 12 mois)", None),
        ("Un (facultatif) (5 min)", "Un (facultatif)", Some(5)),
        ("Un (facultatif)", "Un (facultatif)", None),
        ("Un (20)", "Un (20)", None),
        ("Un (0 min)", "Un (0 min)", None),
        ("Un (30 min 1 h)", "Un (30 min 1 h)", None),
        ("Un (99999999999 h)", "Un (99999999999 h)", None),
        ("Un (1..2 h)", "Un (1..2 h)", None),
        ("(20 min)", "(20 min)", None),
        ("Un 20 min", "Un 20 min", None),
        ("Un ()", "Un ()", None),
    ] {
        assert_eq!(
            title_and_minutes(heading),
            (title.to_owned(), minutes),
            "{heading}"
        );
    }
}
