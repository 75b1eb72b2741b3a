//! What is said of proposals, and what their forms carry.

use chrono::{DateTime, Duration, Utc};
use terreau_card::Language;
use terreau_commons::{KindOfChange, ProposalFile};
use terreau_community::{Need, Stale, Standing};

use super::conflict::{Done, done_before, hidden};
use super::said::{
    Age, beginning, credited, does, listed, missing, need_line, others, stale_key, standing_line,
};
use crate::Words;
use crate::pages::edit::Inputs;

const FRENCH: Words = Words {
    language: Language::French,
};

fn now() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().expect("an instant")
}

#[test]
fn ages_are_said_by_their_largest_unit() {
    for (minutes, french) in [
        (-3, "à l’instant"),
        (0, "à l’instant"),
        (1, "il y a une minute"),
        (59, "il y a 59 minutes"),
        (60, "il y a une heure"),
        (23 * 60 + 59, "il y a 23 heures"),
        (24 * 60, "il y a un jour"),
        (13 * 24 * 60, "il y a 13 jours"),
        (14 * 24 * 60, "il y a 2 semaines"),
        (60 * 24 * 60, "il y a 8 semaines"),
        (61 * 24 * 60, "il y a 2 mois"),
        (729 * 24 * 60, "il y a 24 mois"),
        (730 * 24 * 60, "il y a 2 ans"),
    ] {
        let age = Age::of(now() - Duration::minutes(minutes), now(), FRENCH);
        assert_eq!(age.said, french, "{minutes} minutes");
    }
    let age = Age::of(now() - Duration::hours(2), now(), FRENCH);
    assert_eq!(age.machine, "2026-11-22T10:00:00Z");
    assert_eq!(age.exact, "22 novembre 2026 à 11 h 00");
}

fn need(approvals: (u32, u32), organisations: (u32, u32)) -> Need {
    Need {
        rule: "Fiches".into(),
        approvals: approvals.1,
        organisations: organisations.1,
        has_approvals: approvals.0,
        has_organisations: organisations.0,
    }
}

#[test]
fn what_a_rule_has_and_lacks_is_said() {
    for (approvals, organisations, has, lacks) in [
        ((0, 1), (0, 1), "Aucun accord sur 1", "Il manque un accord."),
        ((1, 1), (1, 1), "1 accord sur 1", "C’est ce qu’il faut."),
        ((3, 1), (2, 1), "1 accord sur 1", "C’est ce qu’il faut."),
        (
            (0, 2),
            (0, 2),
            "Aucun accord sur 2, il en faut de 2 organisations",
            "Il manque 2 accords, de 2 organisations au moins.",
        ),
        (
            (1, 2),
            (1, 2),
            "1 accord sur 2, il en faut de 2 organisations",
            "Il manque un accord, d’une autre organisation.",
        ),
        (
            (2, 2),
            (1, 2),
            "2 accords sur 2, il en faut de 2 organisations",
            "Il manque un accord d’une autre organisation.",
        ),
        (
            (2, 3),
            (2, 2),
            "2 accords sur 3, de 2 organisations",
            "Il manque un accord.",
        ),
        (
            (1, 3),
            (1, 2),
            "1 accord sur 3, il en faut de 2 organisations",
            "Il manque 2 accords, dont 1 d’une autre organisation.",
        ),
    ] {
        let need = need(approvals, organisations);
        assert_eq!(need_line(&need, FRENCH), has, "{need:?}");
        assert_eq!(missing(&need, FRENCH), lacks, "{need:?}");
    }
}

#[test]
fn the_list_says_the_first_thing_that_is_missing() {
    let mut standing = Standing {
        needs: vec![need((1, 1), (1, 1)), need((1, 2), (1, 2))],
        counted: Vec::new(),
        stale: Vec::new(),
        asked_changes: Vec::new(),
        ungoverned: Vec::new(),
    };
    assert_eq!(
        standing_line(&standing, FRENCH),
        "1 accord sur 2, il en faut de 2 organisations"
    );
    standing.needs.pop();
    assert_eq!(standing_line(&standing, FRENCH), "Les accords sont réunis");
    standing.ungoverned.push("LICENSE".into());
    assert_eq!(
        standing_line(&standing, FRENCH),
        "Aucune règle du commun n’en parle"
    );
}

fn file(path: &str, change: KindOfChange) -> ProposalFile {
    ProposalFile {
        path: path.into(),
        old_path: None,
        change,
    }
}

#[test]
fn what_a_proposal_does_is_counted() {
    use KindOfChange::{Archived, Changed, Created, Renamed};
    assert_eq!(does(&[file("a/b.md", Created)], FRENCH), "nouvelle fiche");
    assert_eq!(
        does(
            &[
                file("a/b.md", Changed),
                file("a/c.md", Renamed),
                file("a/d.md", Changed),
            ],
            FRENCH
        ),
        "2 modifications, changement d’adresse"
    );
    assert_eq!(does(&[file("a/b.md", Archived)], FRENCH), "archivage");
    let files = [
        file("a/b.md", Created),
        file("media/b/0a1b2c.jpg", Created),
        file("media/b/0a1b2d.pdf", Created),
    ];
    assert_eq!(does(&files, FRENCH), "nouvelle fiche, 2 fichiers joints");
    assert_eq!(others(&files, FRENCH), None);
}

#[test]
fn people_are_named_even_once_they_are_gone() {
    assert_eq!(
        credited(Some("Nadia B."), Some("Commune de Liré"), FRENCH),
        "Nadia B. (Commune de Liré)"
    );
    assert_eq!(credited(None, None, FRENCH), "Compte supprimé");
    let names = ["Ana", "Bo", "Cy"].map(str::to_owned);
    assert_eq!(listed(&names[..1], FRENCH), "Ana");
    assert_eq!(listed(&names, FRENCH), "Ana, Bo et Cy");
}

#[test]
fn a_text_is_cut_between_words() {
    assert_eq!(beginning("  deux\n mots ", 20), "deux mots");
    assert_eq!(beginning("un deux, trois", 9), "un deux…");
    assert_eq!(beginning("anticonstitutionnellement", 5), "antic…");
}

#[test]
fn every_reason_of_a_review_that_does_not_count_has_its_words() {
    for reason in [
        Stale::NewRevision,
        Stale::OtherBase,
        Stale::RulesChanged,
        Stale::Suspended,
        Stale::RoleLost,
        Stale::WroteIt,
        Stale::Replaced,
    ] {
        for language in Language::ALL {
            assert!(
                Words::of(language).maybe(stale_key(reason)).is_some(),
                "{reason:?}"
            );
        }
    }
}

#[test]
fn cards_settled_before_come_back_whole() {
    let head = "0123456789012345678901234567890123456789";
    let card = |slug: &str, text: &str| Done {
        path: format!("outils/{slug}").parse().expect("a path"),
        head: terreau_commons::CommitId::parse(head).expect("a commit"),
        text: text.to_owned(),
    };
    let done = [
        card("frise", "---\ntitle: Frise\n---\n\nUn.\n"),
        card("mur", "deux\n"),
    ];
    let next = "outils/autre".parse().expect("a path");
    let carried = hidden(&next, "3", &done);
    let typed = Inputs::from_pairs(
        carried
            .into_iter()
            .map(|(name, value)| (name, value.replace('\n', "\r\n")))
            .collect(),
    );
    assert_eq!(typed.one("chemin"), "outils/autre");
    assert_eq!(typed.one("vue"), "3");
    let back = done_before(&typed).expect("all there");
    let texts: Vec<&str> = back.iter().map(|card| card.text.as_str()).collect();
    assert_eq!(texts, ["---\ntitle: Frise\n---\n\nUn.\n", "deux\n"]);
    assert_eq!(back[1].path.as_str(), "outils/mur");
    assert_eq!(back[0].head.as_str(), head);

    let mut broken = typed.clone();
    broken.add("reuni.2.texte", "sans chemin");
    assert!(done_before(&broken).is_none());
}

#[test]
fn people_who_never_heard_of_the_machinery_are_not_told_of_it() {
    for words in [
        include_str!("../../../../../web/locales/fr/proposals.ftl"),
        include_str!("../../../../../web/locales/en/proposals.ftl"),
    ] {
        for line in words.lines() {
            let said = line
                .split_once('=')
                .map_or(line, |(_, said)| said)
                .to_lowercase();
            for word in [
                "commit",
                "merge",
                "branch",
                "fork",
                "pull request",
                "markdown",
                "diff",
            ] {
                let found = said
                    .split(|letter: char| !letter.is_alphanumeric() && letter != ' ')
                    .any(|part| {
                        part.split(' ').any(|one| one == word) || part.contains("pull request")
                    });
                assert!(!found, "{word} in: {line}");
            }
        }
    }
}
