//! Cards as machines see them.

use std::collections::BTreeSet;

use chrono::{TimeZone, Utc};
use expect_test::{Expect, expect};
use serde_json::Value as Json;
use terreau_card::{Attribution, AttributionFacts, Card, CardPath, CommonsConfig, render};

use crate::{Described, Entry, Feed, atom, csv, json_ld};

fn describe(path: &str, text: &str) -> Json {
    let config = CommonsConfig::read(include_str!("../../../content/commons.toml"))
        .expect("the starter's settings read");
    let (card, _) = Card::read(text);
    let path = CardPath::parse(path).expect("tests write paths well");
    let rendered = render(&card, &path, &config);
    let modified = Utc
        .with_ymd_and_hms(2026, 11, 22, 9, 0, 0)
        .single()
        .expect("a moment that exists");
    let facts = AttributionFacts {
        url: format!("https://commun.example.org/{path}"),
        version_date: modified.date_naive(),
        credited: vec!["Nadia B.".to_owned()],
        default_licence: config.default_licence.clone(),
    };
    let attribution = Attribution::of(&card, facts);
    let described = Described {
        kind: card.kind().expect("tests name kinds"),
        card: &card,
        rendered: &rendered,
        attribution: &attribution,
        config: &config,
        modified,
        base_url: "https://commun.example.org",
    };
    serde_json::from_str(&json_ld(&described)).expect("JSON-LD is JSON")
}

fn check(path: &str, text: &str, expected: Expect) {
    expected.assert_eq(&format!("{:#}\n", describe(path, text)));
}

#[test]
fn a_tool_is_a_how_to() {
    check(
        "outils/essai",
        "---\nid: 01a20145-ff65-733a-9c89-68c6f25c20ad\nkind: tool\ntitle: Essai </script>\nsummary: Pour voir\ntopics: [eau]\n\
         authors: [{name: Alice, organisation: La Traverse}]\nsources:\n  - {title: Avant, url: \"https://example.org/a\", licence: CC-BY-4.0, usage: adapted-from}\n\
         duration: {min: PT1H, max: PT2H}\ncost_eur: {min: 0, max: 20}\nmaterials: [{item: Feutres, quantity: 10}]\n---\n\n## Déroulé\n\n### Ouvrir (10 min)\n\nBonjour.\n",
        expect![[r#"
            {
              "@context": "https://schema.org",
              "@type": [
                "LearningResource",
                "HowTo"
              ],
              "@id": "https://commun.example.org/outils/essai",
              "url": "https://commun.example.org/outils/essai",
              "name": "Essai </script>",
              "description": "Pour voir",
              "inLanguage": "fr",
              "dateModified": "2026-11-22T09:00:00+00:00",
              "license": "https://creativecommons.org/licenses/by-sa/4.0/",
              "creditText": "« Essai </script> » par Alice (La Traverse), avec les contributions de Nadia B., https://commun.example.org/outils/essai, version du 22/11/2026, licence CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/). Adapté de « Avant » (licence CC BY 4.0, https://example.org/a).",
              "author": [
                {
                  "@type": "Person",
                  "name": "Alice",
                  "affiliation": {
                    "@type": "Organization",
                    "name": "La Traverse"
                  }
                }
              ],
              "contributor": [
                {
                  "@type": "Person",
                  "name": "Nadia B."
                }
              ],
              "isBasedOn": [
                {
                  "@type": "CreativeWork",
                  "name": "Avant",
                  "url": "https://example.org/a",
                  "license": "https://creativecommons.org/licenses/by/4.0/"
                }
              ],
              "keywords": [
                "Eau"
              ],
              "estimatedCost": {
                "@type": "MonetaryAmount",
                "currency": "EUR",
                "minValue": 0.0,
                "maxValue": 20.0
              },
              "totalTime": "PT2H",
              "supply": [
                {
                  "@type": "HowToSupply",
                  "name": "Feutres",
                  "requiredQuantity": "10"
                }
              ],
              "step": [
                {
                  "@type": "HowToStep",
                  "name": "Ouvrir",
                  "url": "https://commun.example.org/outils/essai#section-ouvrir-10-min"
                }
              ]
            }
        "#]],
    );
}

#[test]
fn an_experience_is_a_report() {
    check(
        "experiences/essai",
        "---\nid: 01a20145-ff65-733a-9c89-68c6f25c20ae\nkind: experience\ntitle: Ici\nsummary: Vécu\nabout: [{card: outils/essai}]\n\
         territories: [territoires/ici, {name: Là-bas}]\nstart: 2020-03-01\n---\n\nTexte.\n",
        expect![[r#"
            {
              "@context": "https://schema.org",
              "@type": "Report",
              "@id": "https://commun.example.org/experiences/essai",
              "url": "https://commun.example.org/experiences/essai",
              "name": "Ici",
              "description": "Vécu",
              "inLanguage": "fr",
              "dateModified": "2026-11-22T09:00:00+00:00",
              "license": "https://creativecommons.org/licenses/by-sa/4.0/",
              "creditText": "« Ici » par Nadia B., https://commun.example.org/experiences/essai, version du 22/11/2026, licence CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/).",
              "contributor": [
                {
                  "@type": "Person",
                  "name": "Nadia B."
                }
              ],
              "about": [
                {
                  "@id": "https://commun.example.org/outils/essai"
                }
              ],
              "spatialCoverage": [
                {
                  "@id": "https://commun.example.org/territoires/ici"
                },
                {
                  "@type": "AdministrativeArea",
                  "name": "Là-bas"
                }
              ],
              "temporalCoverage": "2020-03-01/.."
            }
        "#]],
    );
}

#[test]
fn a_place_is_no_work_and_carries_no_licence() {
    let place = describe(
        "territoires/ici",
        "---\nid: 01a20145-ff65-733a-9c89-68c6f25c20af\nkind: territory\ntitle: Ici\nsummary: Un lieu\n---\n",
    );
    let keys: BTreeSet<&str> = place
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        BTreeSet::from(["@context", "@id", "@type", "description", "name", "url"])
    );
}

#[test]
fn a_feed_escapes_what_it_holds() {
    let when = chrono::DateTime::from_timestamp(1_700_000_000, 0).expect("a moment");
    let feed = |entries| {
        atom(&Feed {
            id: "https://x.example/recherche?q=a&b=c",
            title: "« a < b »\u{1}",
            here: "https://x.example/recherche.atom",
            page: "https://x.example/recherche",
            language: "fr",
            author: "Terreau",
            rights: "CC BY-SA 4.0",
            updated: when,
            entries,
        })
    };
    let empty = feed(Vec::new());
    assert!(empty.contains("<id>https://x.example/recherche?q=a&amp;b=c</id>"));
    assert!(empty.contains("<title>« a &lt; b »\u{fffd}</title>"));
    assert!(empty.contains("<updated>2023-11-14T22:13:20Z</updated>"));
    let full = feed(vec![Entry {
        id: "urn:uuid:1".to_owned(),
        title: "</title>",
        page: "https://x.example/\"".to_owned(),
        updated: when,
        summary: "& puis",
        category: "Méthode",
    }]);
    assert!(full.contains("<title>&lt;/title&gt;</title>"));
    assert!(full.contains("href=\"https://x.example/&quot;\""));
    assert_eq!(full.matches("<entry>").count(), 1);
}

#[test]
fn a_table_quotes_what_needs_it_and_holds_no_formula() {
    assert_eq!(
        csv([
            vec!["title", "cost"],
            vec!["a, \"b\"", "-3"],
            vec!["=HYPERLINK(1)", "-x\ny"],
        ]),
        "title,cost\r\n\"a, \"\"b\"\"\",-3\r\n'=HYPERLINK(1),\"'-x\ny\"\r\n"
    );
}
