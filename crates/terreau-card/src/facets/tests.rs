//! Tests of classes and of the facets of cards.

use super::*;
use crate::Card;

fn config() -> CommonsConfig {
    CommonsConfig::read(include_str!("../../../../content/commons.toml"))
        .expect("the starter commons is right")
}

/// Writes the facets of a card as `facet:code` lines, without kind and language.
fn facets(front: &str) -> Vec<String> {
    let (card, problems) = Card::read(&format!("---\n{front}\n---\n"));
    assert!(
        problems.iter().all(|problem| !problem.is_error()),
        "{problems:?}"
    );
    facets_of(&card, &config())
        .into_iter()
        .filter(|(facet, _)| !matches!(facet, Facet::Kind | Facet::Language))
        .map(|(facet, code)| format!("{facet}:{code}"))
        .collect()
}

#[test]
fn names_are_read_back() {
    for facet in Facet::ALL {
        assert_eq!(facet.as_str().parse(), Ok(facet));
    }
    assert_eq!("colour".parse::<Facet>(), Err(UnknownFacet));
}

#[test]
fn durations_fall_in_classes() {
    for (minutes, class) in [
        (0.0, "under-1h"),
        (59.0, "under-1h"),
        (60.0, "1-to-3h"),
        (180.0, "1-to-3h"),
        (181.0, "half-day"),
        (300.0, "half-day"),
        (420.0, "day"),
        (1_440.0, "day"),
        (2_880.0, "2-to-5-days"),
        (7_200.0, "2-to-5-days"),
        (10_080.0, "weeks"),
        (43_200.0, "weeks"),
        (86_400.0, "months"),
        (525_600.0, "months"),
        (700_000.0, "over-a-year"),
    ] {
        assert_eq!(duration_class(minutes), class, "{minutes}");
    }
    assert_eq!(
        duration_classes(90.0, 420.0),
        ["1-to-3h", "half-day", "day"]
    );
}

#[test]
fn people_costs_and_populations_fall_in_classes() {
    for (people, class) in [
        (1, "1-2"),
        (3, "3-8"),
        (8, "3-8"),
        (20, "9-20"),
        (21, "21-50"),
        (150, "51-150"),
        (151, "over-150"),
    ] {
        assert_eq!(people_class(people), class, "{people}");
    }
    for (euros, class) in [
        (0.0, "free"),
        (0.5, "under-100"),
        (100.0, "100-to-1000"),
        (1_000.0, "100-to-1000"),
        (10_000.0, "1000-to-10000"),
        (10_000.5, "over-10000"),
    ] {
        assert_eq!(cost_class(euros), class, "{euros}");
    }
    for (inhabitants, class) in [
        (0, "under-500"),
        (800, "500-to-2000"),
        (2_000, "2000-to-3500"),
        (9_999, "3500-to-10000"),
        (60_000, "over-50000"),
    ] {
        assert_eq!(population_class(inhabitants), class, "{inhabitants}");
    }
    assert_eq!(population_classes(500, 2_000), ["500-to-2000"]);
    assert_eq!(population_classes(2_000, 2_000), ["2000-to-3500"]);
    assert_eq!(people_classes(50, 3), ["3-8", "9-20", "21-50"]);
}

#[test]
fn reports_tell_how_much_a_card_was_tried() {
    assert_eq!(tried_classes(0, 0, true), ["never"]);
    assert_eq!(tried_classes(1, 0, false), ["once"]);
    assert_eq!(tried_classes(3, 1, false), ["once"]);
    assert_eq!(tried_classes(2, 2, true), ["several", "evaluated"]);
}

#[test]
fn a_method_has_every_class_of_its_ranges() {
    assert_eq!(
        facets(
            "kind: method\nintentions: [imaginer, nowhere]\nduration: {min: PT2H, max: PT4H}\nparticipants: {min: 6, max: 30}\ncost_eur: {min: 0, max: 80}\ndifficulty: 2\npopulation: {max: 2000}\naxes: [alimentaire]"
        ),
        [
            "intention:imaginer",
            "duration:1-to-3h",
            "duration:half-day",
            "people:3-8",
            "people:9-20",
            "people:21-50",
            "cost:free",
            "cost:under-100",
            "difficulty:2",
            "population:under-500",
            "population:500-to-2000",
            "axis:alimentaire",
        ]
    );
}

#[test]
fn an_objective_brings_all_that_stands_above_it() {
    assert_eq!(
        facets("kind: action\naxis: alimentaire\nobjective: reduire-le-gaspillage"),
        [
            "axis:alimentaire",
            "axis:alimentaire/bien-manger-pour-tous",
            "axis:alimentaire/bien-manger-pour-tous/reduire-le-gaspillage",
        ]
    );
}

#[test]
fn an_experience_counts_what_happened() {
    assert_eq!(
        facets(
            "kind: experience\nparticipants: {count: 42, audiences: [jeunes]}\ncost: {amount_eur: 900, per: total}\nterritories: [{name: Ici, population: 812}]"
        ),
        [
            "people:21-50",
            "cost:100-to-1000",
            "population:500-to-2000",
            "audience:jeunes",
        ]
    );
    assert_eq!(
        facets("kind: experience\ncost: {amount_eur: 900, per: month}"),
        Vec::<String>::new()
    );
}

#[test]
fn a_pathway_takes_the_time_of_its_steps() {
    assert_eq!(
        facets(
            "kind: pathway\nsteps:\n  - {title: A, cards: [outils/a], duration: {min: PT2H, max: PT3H}}\n  - {title: B, cards: [outils/b], duration: {min: P1D}}"
        ),
        ["duration:2-to-5-days"]
    );
    assert_eq!(
        facets("kind: episode\nduration: PT40M"),
        Vec::<String>::new()
    );
}

#[test]
fn half_written_cards_have_what_they_have() {
    for front in [
        "duration: {min: soon}",
        "participants: many",
        "participants: {min: -3}",
        "cost_eur: 12",
        "axes: {a: b}",
        "steps: [1, 2]",
        "population: [1]",
    ] {
        assert_eq!(facets(front), Vec::<String>::new(), "{front}");
    }
}

#[test]
fn the_language_is_the_commons_own_when_none_is_written() {
    let of = |front: &str| {
        let (card, _) = Card::read(&format!("---\n{front}\n---\n"));
        facets_of(&card, &config())
    };
    assert_eq!(
        of("kind: tool"),
        [
            (Facet::Kind, "tool".to_owned()),
            (Facet::Language, "fr".to_owned())
        ]
    );
    assert_eq!(of("language: en-GB"), [(Facet::Language, "en".to_owned())]);
    assert_eq!(of("language: BR"), [(Facet::Language, "br".to_owned())]);
}

#[test]
fn values_are_listed_for_those_who_show_them() {
    let config = config();
    assert_eq!(Facet::Difficulty.values(&config), ["1", "2", "3"]);
    assert_eq!(Facet::Duration.values(&config).len(), 8);
    let axes = Facet::Axis.values(&config);
    assert_eq!(axes[0], "alimentaire");
    assert!(axes.contains(&"alimentaire/bien-manger-pour-tous/cuisiner-ensemble".to_owned()));
    assert!(Facet::Language.values(&config).is_empty());
}

#[test]
fn places_are_known_by_code_and_by_name() {
    for (code, place) in [
        ("86116", Some("75/86")),
        ("86", Some("75/86")),
        ("2a004", Some("94/2A")),
        ("97411", Some("04/974")),
        ("200033579", None),
        ("20", None),
        ("9", None),
        ("é1", None),
    ] {
        // The number of an intercommunality begins like Corsica's old one, which is no department any more.
        assert_eq!(place_of_code(code).as_deref(), place, "{code}");
    }
    assert_eq!(place_of_region("27").as_deref(), Some("27"));
    assert_eq!(place_of_region("99"), None);
    for (name, place) in [
        ("deux-sevres", Some("75/79")),
        ("Côte d'Or", Some("27/21")),
        ("nouvelle aquitaine", Some("75")),
        ("Poitou", None),
    ] {
        assert_eq!(place_of_name(name).as_deref(), place, "{name}");
    }
    assert_eq!(place_name("75/79").as_deref(), Some("Deux-Sèvres (79)"));
    assert_eq!(place_name("75").as_deref(), Some("Nouvelle-Aquitaine"));
    assert_eq!(place_name("75/00"), None);
    assert_eq!(places().count(), 18 + 101);
}
