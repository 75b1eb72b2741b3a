//! What the index knows of cards, and what is offered to somebody who begins.

use terreau_card::facets::Facet;
use terreau_card::{CardId, CommonsConfig, Kind};
use terreau_community::{HowOften, NoticeKind, Role};

use super::accounts::person;
use super::{Scratch, actor, now};
use crate::{Answers, CardEdit, Commons, PeopleError, Query, Starter, Subject};

const COMMONS_TOML: &str = include_str!("../../../../content/commons.toml");
const METHODS: [&str; 3] = ["methodes/ecouter", "methodes/decider", "methodes/cuisiner"];

fn starter() -> Starter {
    let config = CommonsConfig::read(COMMONS_TOML).expect("the starter's settings read");
    let mut number = 0_u32;
    let mut card = |path: &str, kind: Kind, front: &str| {
        number += 1;
        let id: CardId = format!("01a20145-ff65-733a-9c89-{number:012}")
            .parse()
            .expect("an id");
        let required = config.kind(kind).sections.iter().filter(|one| one.required);
        let body: String = required
            .map(|section| format!("\n## {}\n\nSouvent.\n", section.label.fr))
            .collect();
        let text = format!(
            "---\nid: {id}\nkind: {kind}\ntitle: \"{path}\"\nsummary: \"Une fiche.\"\nlanguage: fr\n{front}---\n{body}"
        );
        (format!("{path}.md"), text.into_bytes())
    };
    vec![
        ("commons.toml".to_owned(), COMMONS_TOML.as_bytes().to_vec()),
        (
            "synonymes.toml".to_owned(),
            b"format = 1\n[[groups]]\nwords = [\"souvent\", \"frequemment\"]\n".to_vec(),
        ),
        card(
            METHODS[0],
            Kind::Method,
            "topics: [eau]\nstages: [comprendre]\nduration: {min: PT2H}\naudiences: [elus]\n",
        ),
        card(
            METHODS[1],
            Kind::Method,
            "topics: [tous-sujets]\nstages: [decider]\nduration: {min: P2D}\n",
        ),
        card(METHODS[2], Kind::Method, "topics: [alimentation]\n"),
        card(
            "territoires/jazeneuil",
            Kind::Territory,
            "nature: commune\ncode: \"86116\"\npopulation: 820\n",
        ),
        card(
            "territoires/vallee",
            Kind::Territory,
            "nature: bassin-de-vie\npart_of: [territoires/jazeneuil]\n",
        ),
        card(
            "experiences/vallee",
            Kind::Experience,
            "topics: [eau]\nterritories: [territoires/vallee]\n",
        ),
        card(
            "parcours/par-ou-commencer",
            Kind::Pathway,
            "audiences: [elus]\n",
        ),
        card("parcours/autre", Kind::Pathway, ""),
    ]
}

async fn opened(scratch: &Scratch) -> std::sync::Arc<Commons> {
    let commons = Commons::open(scratch.settings(), || Ok(starter()))
        .await
        .expect("the commons opens");
    commons.catch_up().await.expect("the index catches up");
    commons
}

async fn found(commons: &Commons, filters: &[(Facet, &str)]) -> Vec<String> {
    let filters = filters
        .iter()
        .map(|(facet, code)| (*facet, (*code).to_owned()));
    let answer = commons
        .search(Query {
            filters: filters.collect(),
            ..Query::default()
        })
        .await
        .expect("a search");
    let mut paths: Vec<String> = answer.hits.iter().map(|hit| hit.path.to_string()).collect();
    paths.sort();
    paths
}

async fn publish(commons: &Commons, path: &str, change: impl Fn(&str) -> String) {
    let path = terreau_card::CardPath::parse(path).expect("a path");
    let edit = CardEdit {
        text: change(&super::text(commons, &path)),
        path,
        base: Some(*commons.snapshot().commit()),
        message: "Une précision".to_owned(),
        request_key: None,
    };
    commons
        .publish(&actor(Role::Steward), edit, now())
        .await
        .expect("it is published");
    commons.catch_up().await.expect("the index catches up");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_experience_counts_for_what_it_tells_of_and_no_longer_when_it_does_not() {
    let scratch = Scratch::new();
    let commons = opened(&scratch).await;
    let tried = (Facet::Tried, "once");
    assert_eq!(found(&commons, &[tried]).await, Vec::<String>::new());
    assert_eq!(found(&commons, &[(Facet::Tried, "never")]).await.len(), 5);
    publish(&commons, "experiences/vallee", |text| {
        text.replace(
            "territories:",
            "about: [{card: methodes/ecouter}]\nterritories:",
        )
    })
    .await;
    assert_eq!(found(&commons, &[tried]).await, ["methodes/ecouter"]);
    publish(&commons, "experiences/vallee", |text| {
        text.replace("card: methodes/ecouter", "card: methodes/decider")
    })
    .await;
    assert_eq!(found(&commons, &[tried]).await, ["methodes/decider"]);
    let steward = actor(Role::Steward);
    let path = terreau_card::CardPath::parse("experiences/vallee").expect("a path");
    commons
        .archive(&steward, &path, true, "Périmée".to_owned(), now())
        .await
        .expect("it is archived");
    commons.catch_up().await.expect("the index catches up");
    assert_eq!(found(&commons, &[tried]).await, Vec::<String>::new());
    assert_eq!(
        found(&commons, &[(Facet::Kind, "experience")]).await,
        Vec::<String>::new()
    );
    assert_eq!(commons.doctor().await.expect("a check").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_experience_is_at_home_where_its_territory_is_part_of() {
    let scratch = Scratch::new();
    let commons = opened(&scratch).await;
    let all = [
        "experiences/vallee",
        "territoires/jazeneuil",
        "territoires/vallee",
    ];
    for filter in [
        (Facet::Territory, "75"),
        (Facet::Territory, "75/86"),
        (Facet::Population, "500-to-2000"),
    ] {
        assert_eq!(found(&commons, &[filter]).await, all, "{filter:?}");
    }
    // A territory that moves takes what happened there with it.
    publish(&commons, "territoires/jazeneuil", |text| {
        text.replace("86116", "79191").replace("820", "58000")
    })
    .await;
    assert_eq!(
        found(&commons, &[(Facet::Territory, "75/86")]).await,
        Vec::<String>::new()
    );
    assert_eq!(found(&commons, &[(Facet::Territory, "75/79")]).await, all);
    assert_eq!(
        found(&commons, &[(Facet::Population, "over-50000")]).await,
        all
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_labels_of_its_codes_find_a_card() {
    let scratch = Scratch::new();
    let commons = opened(&scratch).await;
    let answer = |text: &str| {
        commons.search(Query {
            text: text.to_owned(),
            ..Query::default()
        })
    };
    // The word of the topic is no word of the card; its label finds it.
    let about = answer("alimentation").await.expect("a search");
    let paths: Vec<String> = about.hits.iter().map(|hit| hit.path.to_string()).collect();
    assert_eq!(paths, [METHODS[2]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_begins_gets_what_suits_the_answers_and_is_told_why() {
    let scratch = Scratch::new();
    let commons = opened(&scratch).await;
    let begin = |answers: &[(Facet, &str)]| {
        let answers = answers
            .iter()
            .map(|(facet, code)| (*facet, (*code).to_owned()));
        commons.begin(Answers(answers.collect()))
    };
    let said = begin(&[
        (Facet::Audience, "elus"),
        (Facet::Population, "under-500"),
        (Facet::Topic, "eau"),
    ])
    .await
    .expect("an offer");
    let pathway = said.pathway.expect("a pathway");
    assert_eq!(pathway.head.path.as_str(), "parcours/par-ou-commencer");
    assert_eq!(pathway.because, [(Facet::Audience, "elus".to_owned())]);
    let methods: Vec<&str> = said
        .methods
        .iter()
        .map(|pick| pick.head.path.as_str())
        .collect();
    assert_eq!(methods, [METHODS[0], METHODS[1], METHODS[2]]);
    assert_eq!(
        said.methods[0].because,
        [
            (Facet::Audience, "elus".to_owned()),
            (Facet::Topic, "eau".to_owned())
        ]
    );
    let experience = said.experience.expect("an experience");
    assert_eq!(experience.because, [(Facet::Topic, "eau".to_owned())]);
    let silent = begin(&[]).await.expect("an offer");
    assert_eq!(silent.methods.len(), 3);
    assert!(silent.methods.iter().all(|pick| pick.because.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_watches_a_search_hears_of_new_cards_that_answer_it() {
    let scratch = Scratch::new();
    let commons = opened(&scratch).await;
    let watcher = person(&commons, 1, Role::Contributor, HowOften::Never).await;
    let author = person(&commons, 2, Role::Steward, HowOften::Never).await;
    for question in ["q=compost&kind=page", "kind=tool"] {
        commons
            .watch(&watcher, &Subject::Search(question.to_owned()), true)
            .await
            .expect("it is watched");
    }
    let odd = Subject::Search("kind=page&q=compost".to_owned());
    let refused = commons.watch(&watcher, &odd, true).await;
    assert!(matches!(refused, Err(PeopleError::Missing)), "{refused:?}");
    for (number, title) in [(1, "Le compost"), (2, "La pluie")] {
        let edit = CardEdit {
            path: terreau_card::CardPath::parse(&format!("pages/nouvelle-{number}"))
                .expect("a path"),
            text: format!(
                "---\nid: 0193f1c2-0000-7000-8000-{number:012}\nkind: page\ntitle: {title}\n---\n\nTexte.\n"
            ),
            base: None,
            message: "Une page".to_owned(),
            request_key: None,
        };
        commons
            .publish(&author, edit, now())
            .await
            .expect("it is published");
        commons.catch_up().await.expect("it is told");
    }
    // A change of a card that answers is no news.
    let path = terreau_card::CardPath::parse("pages/nouvelle-1").expect("a path");
    let edit = CardEdit {
        text: super::text(&commons, &path).replace("Texte", "Un texte"),
        path,
        base: Some(*commons.snapshot().commit()),
        message: "Un mot".to_owned(),
        request_key: None,
    };
    commons
        .publish(&author, edit, now())
        .await
        .expect("it is published");
    commons.catch_up().await.expect("it is told");
    let notices = commons.notices(&watcher).await.expect("notices");
    let told: Vec<_> = notices
        .iter()
        .map(|notice| (notice.row.what, notice.card.clone().map(|(_, title)| title)))
        .collect();
    assert_eq!(
        told,
        [(NoticeKind::SearchAnswered, Some("Le compost".to_owned()))]
    );
}
