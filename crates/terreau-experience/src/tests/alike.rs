//! Which experiences look like the same case.

use super::{content, report, told_twice};
use crate::{Alike, Case, LIKELY, Matched, Reason, alike, may_be_alike};

fn compare(one: &str, two: &str) -> Alike {
    let (one, two) = (report("a", one), report("b", two));
    alike(&Case::new(&one, ""), &Case::new(&two, ""))
}

#[test]
fn a_case_told_twice_with_different_figures_is_noticed() {
    let told = told_twice();
    let [one, two] = told
        .each_ref()
        .map(|(report, body)| Case::new(report, body));
    let found = alike(&one, &two);
    assert!(found.is_likely(), "{found:#?}");
    assert!(found.score > LIKELY + 0.1, "not by a hair: {found:#?}");
    assert!(may_be_alike(&told[0].0, &told[1].0));
    let reasons: Vec<&Reason> = found.reasons.iter().map(|one| &one.reason).collect();
    assert!(reasons.iter().any(|reason| matches!(
        reason,
        Reason::SameTerritories { by: Matched::Code, names, .. } if names == &["Bourgogne-Franche-Comté"]
    )));
    assert!(
        reasons
            .iter()
            .any(|reason| matches!(reason, Reason::SamePeriod { .. }))
    );
    assert!(reasons.iter().any(|reason| matches!(
        reason,
        Reason::SameOrganisations { names, .. } if names.contains(&"Energy Cities".to_owned())
    )));
    assert!(
        reasons
            .iter()
            .any(|reason| matches!(reason, Reason::SameCards { .. }))
    );
    assert!(
        reasons
            .iter()
            .any(|reason| matches!(reason, Reason::SimilarText { .. }))
    );
    assert_eq!(alike(&two, &one).score, found.score);
}

#[test]
fn the_card_of_the_commons_that_tells_this_case_is_found_by_both() {
    for (told, body) in told_twice() {
        let told = Case::new(&told, &body);
        let likely: Vec<String> = content()
            .iter()
            .filter(|(other, body)| alike(&told, &Case::new(other, body)).is_likely())
            .map(|(other, _)| other.path.to_string())
            .collect();
        assert_eq!(likely, ["experiences/reseau-des-potes"]);
    }
}

#[test]
fn no_two_experiences_of_the_commons_look_like_the_same_case() {
    let content = content();
    let mut highest = 0.0_f64;
    for (rank, (one, body)) in content.iter().enumerate() {
        for (two, other) in &content[rank + 1..] {
            let found = alike(&Case::new(one, body), &Case::new(two, other));
            assert!(
                found.score < LIKELY - 0.05,
                "{} and {}: {found:#?}",
                one.path,
                two.path
            );
            assert!(may_be_alike(one, two) || !found.is_likely());
            highest = highest.max(found.score);
        }
    }
    assert!(highest > 0.0, "some have something in common");
}

#[test]
fn what_makes_two_short_try_outs_one_case() {
    let first = "territories: [{name: Lunas, insee: \"34144\"}]\nstart: 2026-03\nabout: [{card: outils/x}]\n\
                 leads: [{organisation: Mairie}]\n";
    for (second, is_likely) in [
        (first, true),
        (
            "territories: [{name: Lunas, department: Hérault}]\nstart: 2026-03-14\nabout: [{card: outils/x}]\n",
            true,
        ),
        // Another year, another tool, another place.
        (
            "territories: [{name: Lunas, insee: \"34144\"}]\nstart: 2025-03\nend: 2025-04\nabout: [{card: outils/x}]\n",
            false,
        ),
        (
            "territories: [{name: Lunas, insee: \"34144\"}]\nstart: 2026-03\nabout: [{card: outils/y}]\n",
            false,
        ),
        (
            "territories: [{name: Léaz, insee: \"01209\"}]\nstart: 2026-03\nabout: [{card: outils/x}]\n",
            false,
        ),
        // The same mairie at work twice, with two tools.
        (
            "territories: [{name: Lunas, insee: \"34144\"}]\nstart: 2026-03\nabout: [{card: outils/y}]\nleads: [{organisation: Mairie}]\n",
            false,
        ),
        // Somewhere that bears the name: to be looked at only when more speaks for it.
        (
            "territories: [{name: Lunas}]\nstart: 2026-03\nabout: [{card: outils/x}]\n",
            true,
        ),
        (
            "territories: [{name: Lunas}]\nabout: [{card: outils/x}]\n",
            false,
        ),
    ] {
        let found = compare(first, second);
        assert_eq!(found.is_likely(), is_likely, "{second}: {found:#?}");
    }
}

#[test]
fn two_communes_of_one_name_are_two() {
    let saint_denis = "territories: [{name: Saint-Denis, insee: \"93066\"}]\n";
    let reunion = "territories: [{name: Saint-Denis, insee: \"97411\"}]\n";
    let found = compare(saint_denis, reunion);
    assert_eq!(found.reasons[0].reason, Reason::OtherTerritories);
    assert_eq!(found.score, 0.0);
}

#[test]
fn cards_that_somebody_has_linked_are_not_asked_about_again() {
    let first = "territories: [{name: Lunas, insee: \"34144\"}]\nstart: 2026-03\nabout: [{card: outils/x}]\n";
    let linked = format!("{first}links: [{{to: experiences/a, relation: close-to}}]\n");
    let found = compare(first, &linked);
    assert!(found.score >= LIKELY && found.is_linked && !found.is_likely());
}

#[test]
fn several_namesakes_of_one_place_are_one() {
    let one = "territories: [{name: Lunas}, {name: Lunas, region: Occitanie}]\n";
    let two = "territories: [{name: Lunas, insee: \"34144\"}]\n";
    let (there, back) = (compare(one, two), compare(two, one));
    assert_eq!(there.score, back.score);
    assert!(matches!(
        &back.reasons[0].reason,
        Reason::SameTerritories { by: Matched::Name, share, .. } if *share == 0.5
    ));
}
