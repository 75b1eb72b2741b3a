//! The sentence, in its three forms.

use chrono::NaiveDate;
use expect_test::{Expect, expect};

use crate::{Card, Language, plain_text};

use super::{Attribution, AttributionFacts};

fn attribution(front: &str, credited: &[&str]) -> Attribution {
    let facts = AttributionFacts {
        url: "https://commun.example/outils/porteur-de-parole".to_owned(),
        version_date: NaiveDate::from_ymd_opt(2026, 11, 3).expect("a date"),
        credited: credited.iter().map(|name| (*name).to_owned()).collect(),
        default_licence: "CC-BY-SA-4.0".to_owned(),
    };
    Attribution::of(
        &Card::read(&format!("---\nkind: tool\n{front}---\n")).0,
        facts,
    )
}

const ADAPTED: &str = "title: Porteur de parole
authors:
  - name: Ana Roux
    organisation: La Traverse
  - name: Léo Petit
    role: illustration
sources:
  - title: Le porteur de paroles
    authors: Une coopérative
    url: https://example.org/porteur
    licence: CC-BY-3.0
    usage: adapted-from
    changes: raccourci, exemples ruraux.
  - title: Questions de rue
    usage: translated-from
  - title: À lire
    usage: further-reading
";

fn check(attribution: &Attribution, language: Language, expected: Expect) {
    let text = attribution.text(language);
    expected.assert_eq(&text);
    assert_eq!(
        plain_text(&attribution.markdown(language)),
        text,
        "Markdown says something else"
    );
    assert_eq!(
        without_tags(attribution.html(language).as_str()),
        text,
        "HTML says something else"
    );
}

/// What is read of the HTML.
fn without_tags(html: &str) -> String {
    let pieces = html.split('<').enumerate().map(|(rank, piece)| match rank {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, text)| text),
    });
    let text: String = pieces.collect();
    [
        ("&nbsp;", "\u{a0}"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

#[test]
fn the_sentence_in_french() {
    check(
        &attribution(ADAPTED, &["Léo Petit", "Zoé", "léo petit "]),
        Language::French,
        expect![
            "« Porteur de parole » par Ana Roux (La Traverse), Léo Petit (illustration), avec les contributions de Zoé, https://commun.example/outils/porteur-de-parole, version du 03/11/2026, licence CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Adapté de « Le porteur de paroles » par Une coopérative (licence CC BY 3.0, https://example.org/porteur) ; modifications : raccourci, exemples ruraux. Traduit de « Questions de rue »."
        ],
    );
}

#[test]
fn the_sentence_in_english() {
    check(
        &attribution(ADAPTED, &["Zoé"]),
        Language::English,
        expect![
            "“Porteur de parole” by Ana Roux (La Traverse), Léo Petit (illustration), with contributions by Zoé, https://commun.example/outils/porteur-de-parole, version of 3 November 2026, licence CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Adapted from “Le porteur de paroles” by Une coopérative (licence CC BY 3.0, https://example.org/porteur); changes: raccourci, exemples ruraux. Translated from “Questions de rue”."
        ],
    );
}

#[test]
fn one_organisation_is_named_once() {
    let front = "title: Enquête\nauthors:\n  - {name: Ana, organisation: La Traverse}\n  - {name: Léo, organisation: La Traverse}\n";
    check(
        &attribution(front, &[]),
        Language::French,
        expect![
            "« Enquête » par Ana, Léo (La Traverse), https://commun.example/outils/porteur-de-parole, version du 03/11/2026, licence CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)."
        ],
    );
}

#[test]
fn without_authors_the_history_is_credited() {
    check(
        &attribution("title: Enquête\nlicence: CC0-1.0\n", &["Zoé", "Ana"]),
        Language::French,
        expect![
            "« Enquête » par Zoé, Ana, https://commun.example/outils/porteur-de-parole, version du 03/11/2026, licence CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/)."
        ],
    );
    check(
        &attribution("title: Enquête\nlicence: CC-BY-4.0 OR etalab-2.0\n", &[]),
        Language::French,
        expect![
            "« Enquête » par les personnes qui ont contribué à ce commun, https://commun.example/outils/porteur-de-parole, version du 03/11/2026, licence CC BY 4.0 ou Licence Ouverte 2.0."
        ],
    );
    let crowd: Vec<String> = (1..=14).map(|rank| format!("n{rank}")).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    check(
        &attribution("title: Enquête\n", &crowd),
        Language::French,
        expect![
            "« Enquête » par n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12 et 2 autres personnes, https://commun.example/outils/porteur-de-parole, version du 03/11/2026, licence CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/)."
        ],
    );
}

#[test]
fn machines_read_the_same_sentence() {
    expect![[r#"<span class="attribution" about="https://commun.example/outils/porteur-de-parole" prefix="cc: http://creativecommons.org/ns# dct: http://purl.org/dc/terms/">«&nbsp;<strong property="dct:title">Porteur de parole</strong>&nbsp;» par <em property="cc:attributionName">Ana Roux (La Traverse), Léo Petit (illustration)</em>, <a rel="cc:attributionURL" href="https://commun.example/outils/porteur-de-parole">https://commun.example/outils/porteur-de-parole</a>, version du <time property="dct:modified" datetime="2026-11-03">03/11/2026</time>, licence <a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a> (https://creativecommons.org/licenses/by-sa/4.0/). Adapté de «&nbsp;<em>Le porteur de paroles</em>&nbsp;» par Une coopérative (licence CC BY 3.0, <a rel="dct:source noopener noreferrer ugc" href="https://example.org/porteur">https://example.org/porteur</a>)&nbsp;; modifications&nbsp;: raccourci, exemples ruraux. Traduit de «&nbsp;<em>Questions de rue</em>&nbsp;».</span>"#]].assert_eq(attribution(ADAPTED, &[]).html(Language::French).as_str());
    expect!["« **Porteur de parole** » par *Ana Roux (La Traverse), Léo Petit (illustration)*, <https://commun.example/outils/porteur-de-parole>, version du 03/11/2026, licence [CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/) (https://creativecommons.org/licenses/by-sa/4.0/). Adapté de « *Le porteur de paroles* » par Une coopérative (licence CC BY 3.0, <https://example.org/porteur>) ; modifications : raccourci, exemples ruraux. Traduit de « *Questions de rue* »."].assert_eq(&attribution(ADAPTED, &[]).markdown(Language::French));
}

#[test]
fn hostile_words_are_words() {
    let front = "title: '<script>alert(1)</script> *[x](javascript:y)* `&amp;'
licence: '\"><img src=x onerror=alert(1)>'
authors:
  - name: '<b onclick=x>Ana</b> __a__ [^1] #'
    organisation: '<svg/onload=alert(1)> | &lt;'
sources:
  - title: '\" onmouseover=\"x'
    url: 'javascript:alert(1)'
    licence: '<i>'
    usage: adapted-from
    changes: '<!-- x -->'
  - title: x
    url: 'https://example.org/\"><script>'
    usage: adapted-from
";
    let attribution = attribution(front, &["</span><script>"]);
    check(
        &attribution,
        Language::French,
        expect![[
            r#"« <script>alert(1)</script> *[x](javascript:y)* `&amp; » par <b onclick=x>Ana</b> __a__ [^1] # (<svg/onload=alert(1)> | &lt;), avec les contributions de </span><script>, https://commun.example/outils/porteur-de-parole, version du 03/11/2026, licence "><img src=x onerror=alert(1)>. Adapté de « " onmouseover="x » (licence <i>, javascript:alert(1)) ; modifications : <!-- x -->. Adapté de « x » (https://example.org/%22%3E%3Cscript%3E)."#
        ]],
    );
    let html = attribution.html(Language::French);
    let tags: std::collections::BTreeSet<&str> = html
        .as_str()
        .split('<')
        .skip(1)
        .filter_map(|tag| tag.split([' ', '>']).next())
        .collect();
    assert_eq!(
        tags.into_iter().collect::<Vec<_>>(),
        [
            "/a", "/em", "/span", "/strong", "/time", "a", "em", "span", "strong", "time"
        ]
    );
    assert!(!html.as_str().contains("href=\"javascript"));
    assert!(
        !attribution
            .markdown(Language::French)
            .contains("<javascript")
    );
}
