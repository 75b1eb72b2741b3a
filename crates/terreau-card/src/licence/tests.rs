//! Which licences are known, and which may flow.

use std::collections::HashSet;

use super::{Flow, all, find, flow, name_of};

#[test]
fn finds_a_licence_whatever_the_case() {
    for spdx in ["CC-BY-SA-4.0", "cc-by-sa-4.0", " Cc-By-Sa-4.0 "] {
        let licence = find(spdx).expect("the licence of the commons");
        assert_eq!(licence.name, "CC BY-SA 4.0");
        assert_eq!(
            licence.url,
            "https://creativecommons.org/licenses/by-sa/4.0/"
        );
        assert_eq!(
            licence.deed_fr,
            Some("https://creativecommons.org/licenses/by-sa/4.0/deed.fr")
        );
    }
    assert_eq!(
        find("ETALAB-2.0").map(|licence| licence.name),
        Some("Licence Ouverte 2.0")
    );
    assert_eq!(find("WTFPL-or-so"), None);
    assert_eq!(find(""), None);
}

/// The table of the card format, line by line.
#[test]
fn only_compatible_licences_flow_in() {
    for spdx in [
        "CC0-1.0",
        "CC-PDM-1.0",
        "CC-BY-1.0",
        "CC-BY-2.0",
        "CC-BY-2.5",
        "CC-BY-3.0",
        "CC-BY-4.0",
        "etalab-2.0",
        "LicenseRef-etalab-1.0",
        "CC-BY-SA-2.0",
        "CC-BY-SA-2.5",
        "CC-BY-SA-3.0",
        "CC-BY-SA-4.0",
        "LAL-1.3",
    ] {
        assert_eq!(flow(spdx), Flow::Joins, "{spdx}");
    }
    for licence in all() {
        let forbids = ["NC", "ND", "GPL", "GFDL", "ODbL", "SA-1.0", "reserved"]
            .iter()
            .any(|part| licence.spdx.contains(part));
        if forbids {
            assert_eq!(flow(licence.spdx), Flow::Refuses(licence));
        }
    }
}

#[test]
fn every_licence_is_named_once_and_has_an_address() {
    let ids: HashSet<String> = all()
        .iter()
        .map(|licence| licence.spdx.to_ascii_lowercase())
        .collect();
    assert_eq!(ids.len(), all().len());
    for licence in all() {
        assert!(licence.url.starts_with("https://") && !licence.name.is_empty());
        assert!(
            licence
                .deed_fr
                .is_none_or(|deed| deed.starts_with(licence.url))
        );
    }
}

#[test]
fn expressions_are_weighed() {
    let refusal = |spdx| Flow::Refuses(find(spdx).expect("known"));
    assert_eq!(flow("CC-BY-4.0 OR CC-BY-NC-4.0"), Flow::Joins);
    assert_eq!(flow("CC-BY-NC-4.0 or cc0-1.0"), Flow::Joins);
    assert_eq!(flow("CC-BY-4.0 AND CC-BY-NC-4.0"), refusal("CC-BY-NC-4.0"));
    assert_eq!(
        flow("GPL-3.0-only OR CC-BY-4.0 AND etalab-2.0"),
        Flow::Joins
    );
    assert_eq!(
        flow("(GPL-3.0-only OR CC-BY-4.0) AND ODbL-1.0"),
        refusal("ODbL-1.0")
    );
    assert_eq!(flow("(CC-BY-4.0)"), Flow::Joins);
}

#[test]
fn what_is_not_an_expression_is_unknown() {
    for (expression, word) in [
        ("", ""),
        ("libre", "libre"),
        ("CC-BY-4.0 OR libre", "libre"),
        ("CC-BY-4.0 CC0-1.0", "CC0-1.0"),
        ("CC-BY-4.0 OR", ""),
        ("(CC-BY-4.0", "("),
        ("CC-BY-4.0)", ")"),
        ("OR", "OR"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "WITH"),
    ] {
        assert_eq!(
            flow(expression),
            Flow::Unknown(word.to_owned()),
            "{expression}"
        );
    }
    // Deep brackets end, they don't exhaust the stack.
    assert!(matches!(flow(&"(".repeat(100_000)), Flow::Unknown(_)));
}

#[test]
fn expressions_are_shown_in_words() {
    assert_eq!(
        name_of("CC-BY-4.0 OR cc0-1.0", "et", "ou"),
        "CC BY 4.0 ou CC0 1.0"
    );
    assert_eq!(
        name_of("(CC-BY-4.0 OR LAL-1.3) AND etalab-2.0", "et", "ou"),
        "(CC BY 4.0 ou Licence Art Libre 1.3) et Licence Ouverte 2.0"
    );
    assert_eq!(name_of("Licence maison", "et", "ou"), "Licence maison");
}
