//! What is read from a card, and what is left out.

use super::{experience, path, report};
use crate::{
    Again, Experience, Independence, Mark, Meeting, Nature, Per, Period, PlaceId, Range, State,
    Territory, When,
};

const FULL: &str = r#"
about:
  - card: methodes/ecouter
    commit: 0123456789abcdef
  - card: outils/world-cafe
territories:
  - territoires/jazeneuil
  - {name: Lunas, insee: "34144", vintage: 2026, population: 700, population_year: 2021, department: Hérault}
start: 2021-03
end: 2022-01-15
state: finished
leads: [{organisation: Mairie de Lunas}]
partners: [{organisation: Foyer rural}]
funders: [{organisation: Région}]
participants: {count: 40, exact: false, audiences: [jeunes, elus]}
participation: concertation
duration: {min: P6M, max: P9M}
cost: {amount_eur: 1500.5, per: total, includes: Le repas}
staff: {fte: 0.5, people: 3, days: 12}
figures:
  - {value: 12, unit: km, label: Sentiers rouverts, date: 2022, nature: observed, source: Mairie}
satisfactions: [Du monde]
obstacles: [Le temps]
tips: [Un repas]
surprises: [Des jeunes]
testimonies: [{text: On recommence, role: habitante, consent_date: 2022-01-20}]
adaptations: [{kept: Le tour de parole, changed: Dehors, why: Il faisait beau}]
again: adapted
marks: {clarte: 3, effet: 4}
independence: evaluator
conflicting_facts: Trente ou quarante personnes.
"#;

#[test]
fn every_key_of_an_experience_is_read() {
    let read = experience(FULL);
    assert_eq!(read.about.len(), 2);
    assert_eq!(read.about[0].commit.as_deref(), Some("0123456789abcdef"));
    assert_eq!(
        read.territories[0],
        Territory::Card(path("territoires/jazeneuil"))
    );
    let Territory::Written(lunas) = &read.territories[1] else {
        panic!("{:?}", read.territories[1]);
    };
    assert_eq!(
        (
            lunas.name.as_str(),
            lunas.insee.as_deref(),
            lunas.population
        ),
        ("Lunas", Some("34144"), Some(700))
    );
    assert_eq!(read.period.start.unwrap().to_string(), "2021-03");
    assert_eq!(read.period.end.unwrap().to_string(), "2022-01-15");
    assert_eq!(read.state, Some(State::Finished));
    assert_eq!(
        read.organisations().collect::<Vec<_>>(),
        ["Mairie de Lunas", "Foyer rural", "Région"]
    );
    assert_eq!(read.participants.count, Some(40));
    assert_eq!(read.participants.is_exact, Some(false));
    assert_eq!(read.participants.audiences, ["jeunes", "elus"]);
    let month = 30.0 * 1440.0;
    assert_eq!(
        read.duration,
        Some(Range {
            min: 6.0 * month,
            max: 9.0 * month
        })
    );
    let cost = read.cost.clone().unwrap();
    assert_eq!((cost.amount_eur, cost.per), (1500.5, Some(Per::Total)));
    assert_eq!(
        (read.staff.fte, read.staff.people, read.staff.days),
        (Some(0.5), Some(3), Some(12.0))
    );
    assert_eq!(read.figures[0].nature, Nature::Observed);
    assert_eq!(
        [
            &read.satisfactions,
            &read.obstacles,
            &read.tips,
            &read.surprises
        ]
        .map(Vec::len),
        [1; 4]
    );
    assert_eq!(read.testimonies[0].role.as_deref(), Some("habitante"));
    assert_eq!(read.adaptations[0].changed, "Dehors");
    assert_eq!(read.again, Some(Again::Adapted));
    assert_eq!(read.marks["effet"], Mark::new(4).unwrap());
    assert_eq!(read.independence, Some(Independence::Evaluator));
    assert!(read.conflicting_facts.is_some());
}

#[test]
fn reading_is_forgiving() {
    let read = experience(
        "about: methodes/ecouter\nterritories: Lunas\nleads: Mairie\nparticipants: {count: \"1 200\"}\n\
         duration: P3D\ncost: {amount_eur: \"12,5\"}\nobstacles: Le temps\nstart: hier\nend: 2021-13\nstate: perdu\n\
         marks: {clarte: 7, effet: 2.0, utilite: beaucoup}\nstaff: {people: -3}\nagain: [no]\n\
         figures: [{value: 3, label: Sans nature}, {value: beaucoup, label: x, nature: observed}]\n",
    );
    assert_eq!(read.about[0].card, path("methodes/ecouter"));
    assert!(matches!(&read.territories[0], Territory::Written(place) if place.name == "Lunas"));
    assert_eq!(read.leads, ["Mairie"]);
    assert_eq!(read.participants.count, Some(1200));
    assert_eq!(read.duration.map(|range| range.max), Some(3.0 * 1440.0));
    assert_eq!(
        read.cost.map(|cost| (cost.amount_eur, cost.per)),
        Some((12.5, None))
    );
    assert_eq!(read.obstacles, ["Le temps"]);
    assert_eq!(read.period, Period::default());
    assert_eq!((read.state, read.again), (None, None));
    assert_eq!(read.marks.len(), 1);
    assert_eq!(read.staff.people, None);
    assert!(read.figures.is_empty());
    // Nothing at all is an experience too.
    assert!(experience("").has_happened());
    assert_eq!(
        Experience {
            title: "Un essai".to_owned(),
            ..Experience::default()
        },
        experience("about: [3, {}]\nterritories: 4\nmarks: 2\n")
    );
}

#[test]
fn a_date_is_a_day_a_month_or_a_year() {
    for good in ["2021", "2021-03", "2024-02-29"] {
        assert_eq!(When::parse(good).unwrap().to_string(), good);
    }
    for bad in [
        "",
        "21",
        "2021-3",
        "2021-00",
        "2023-02-29",
        "2021-01-01-01",
        "2021-",
        "20210",
    ] {
        assert_eq!(When::parse(bad), None, "{bad}");
    }
}

#[test]
fn periods_meet_as_far_as_they_are_known() {
    let period = |text: &str| {
        let (start, end) = text.split_once("..").unwrap();
        Period {
            start: When::parse(start),
            end: When::parse(end),
        }
    };
    for (one, two, expected) in [
        ("2017..2021", "2017-05..", Meeting::SameStart),
        ("2017-05..", "2017-05..2018", Meeting::SameStart),
        ("2017..2021", "2019-02..2019-03", Meeting::Overlap),
        ("2017..2021", "2021-12..", Meeting::Overlap),
        ("2017..2018", "2019..", Meeting::Apart),
        ("2017..2018", "..2016", Meeting::Apart),
        ("2017..", "2019..", Meeting::Unknown),
        ("2017..", "..2019", Meeting::Unknown),
        ("..", "2019..2020", Meeting::Unknown),
        ("2020..2020-12", "2021-01..", Meeting::Apart),
    ] {
        assert_eq!(period(one).meets(period(two)), expected, "{one} {two}");
        assert_eq!(period(two).meets(period(one)), expected, "{two} {one}");
    }
}

#[test]
fn a_place_is_known_by_its_code_or_its_name_in_its_department() {
    let id = |written: &str| {
        let report = report("a", &format!("territories: [{written}]\n"));
        report.places[0].id.clone()
    };
    let commune = |code: &str| PlaceId::Commune(code.to_owned());
    assert_eq!(id("{name: Ici, insee: \"86158\"}"), commune("86158"));
    assert_eq!(
        id("{name: Migne Auxances, department: Vienne}"),
        commune("86158")
    );
    assert_eq!(
        id("{name: Arras, insee: \"200033579\"}"),
        PlaceId::Epci("200033579".to_owned())
    );
    assert_eq!(
        id("{name: Nièvre, insee: \"58\"}"),
        PlaceId::Department("58".to_owned())
    );
    assert_eq!(
        id("{name: Bretagne, region: Bretagne}"),
        PlaceId::Region("53".to_owned())
    );
    // A name alone is no commune, and a name abroad is none of ours.
    assert_eq!(
        id("{name: Migné-Auxances}"),
        PlaceId::Named("migne auxances".to_owned(), String::new())
    );
    assert_eq!(
        id("{name: Liège, department: Liège, country: Belgique}"),
        PlaceId::Named("liege".to_owned(), "liege".to_owned())
    );
}

#[test]
fn the_register_counts_a_commune_that_nobody_counted() {
    let read = report("a", "territories: [{name: Jazeneuil, insee: \"86116\"}]\n");
    let place = &read.places[0];
    assert!(
        place
            .population
            .is_some_and(|count| (500..2_000).contains(&count)),
        "{place:?}"
    );
    // Lomme has a code, and is a part of Lille: the inhabitants of Lille are not its own.
    let read = report("a", "territories: [{name: Lomme, insee: \"59355\"}]\n");
    assert_eq!(read.places[0].population, None);
}
