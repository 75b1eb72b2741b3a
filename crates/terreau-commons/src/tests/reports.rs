//! What is derived from one moment to the next is what would be read from scratch; two tellings of one case are found.

use std::collections::BTreeMap;
use std::sync::Arc;

use terreau_card::{Card, CardId, CardPath, CommonsConfig, Kind};
use terreau_community::Role;
use terreau_experience::AddedUp;

use super::{Scratch, actor, now};
use crate::reports::from_scratch;
use crate::{CardEdit, Commons, Starter};

const COMMONS_TOML: &str = include_str!("../../../../content/commons.toml");
const FIRST_TELLING: &str =
    include_str!("../../../../tests/fixtures/experiences/reseau-des-potes-fiche.md");
const SECOND_TELLING: &str =
    include_str!("../../../../tests/fixtures/experiences/reseau-des-potes-page.md");

fn card(number: u64, kind: Kind, front: &str) -> String {
    let config = CommonsConfig::read(COMMONS_TOML).expect("the starter's settings read");
    let id: CardId = format!("01a20145-ff65-733a-9c89-{number:012}")
        .parse()
        .expect("an id");
    let required = config.kind(kind).sections.iter().filter(|one| one.required);
    let body: String = required
        .map(|section| format!("\n## {}\n\nSouvent.\n", section.label.fr))
        .collect();
    format!(
        "---\nid: {id}\nkind: {kind}\ntitle: \"Fiche {number}\"\nsummary: \"Une fiche.\"\nlanguage: fr\n{front}---\n{body}"
    )
}

fn starter(cards: &[(&str, String)]) -> Starter {
    let cards = cards
        .iter()
        .map(|(path, text)| (format!("{path}.md"), text.clone().into_bytes()));
    let config = ("commons.toml".to_owned(), COMMONS_TOML.as_bytes().to_vec());
    std::iter::once(config).chain(cards).collect()
}

async fn opened(scratch: &Scratch, cards: &[(&str, String)]) -> Arc<Commons> {
    let starter = starter(cards);
    Commons::open(scratch.settings(), || Ok(starter))
        .await
        .expect("the commons opens")
}

fn path(text: &str) -> CardPath {
    CardPath::parse(text).expect("a path")
}

/// Numbers that look like chance and are always the same (Marsaglia's xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below a usize")
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

fn paths_of(commons: &Commons, kind: Kind) -> Vec<CardPath> {
    let snapshot = commons.snapshot();
    let heads = snapshot.heads().filter(|head| head.kind == kind);
    heads.map(|head| head.path.clone()).collect()
}

/// Returns the front matter of some experience, about methods and territories.
fn told(commons: &Commons, chance: &mut Chance) -> String {
    let methods = paths_of(commons, Kind::Method);
    let mut territories: Vec<String> = paths_of(commons, Kind::Territory)
        .iter()
        .map(ToString::to_string)
        .collect();
    territories.push("{name: Lusignan, insee: \"86139\"}".to_owned());
    let mut front = String::new();
    if chance.below(5) > 0 {
        let about: Vec<String> = (0..=chance.below(2))
            .map(|_| format!("{{card: {}}}", chance.of(&methods)))
            .collect();
        front += &format!("about: [{}]\n", about.join(", "));
    }
    let places: Vec<&str> = (0..chance.below(3))
        .map(|_| chance.of(&territories).as_str())
        .collect();
    front += &format!("territories: [{}]\n", places.join(", "));
    front += &format!("start: {}\n", 2015 + chance.below(4));
    front += &format!(
        "state: {}\n",
        chance.of(&["planned", "running", "finished"])
    );
    front += &format!("marks: {{clarte: {}}}\n", 1 + chance.below(4));
    front += &format!(
        "obstacles: [\"{}\"]\n",
        chance.of(&["Le temps.", "L’argent."])
    );
    front
}

async fn write(commons: &Commons, path: CardPath, text: String) {
    let snapshot = commons.snapshot();
    let edit = CardEdit {
        base: snapshot.head(&path).map(|_| *snapshot.commit()),
        path,
        text,
        message: "Raconté".to_owned(),
        request_key: None,
    };
    commons
        .publish(&actor(Role::Editor), edit, now())
        .await
        .expect("it is published");
}

/// Does one of the things that change what reports say.
async fn one_step(commons: &Commons, number: u64, chance: &mut Chance) {
    let editor = actor(Role::Editor);
    let experiences = paths_of(commons, Kind::Experience);
    let step = chance.below(10);
    if experiences.len() < 3 || step < 3 {
        let front = told(commons, chance);
        let text = card(100 + number, Kind::Experience, &front);
        write(commons, path(&format!("experiences/e{number}")), text).await;
        return;
    }
    let experience = chance.of(&experiences).clone();
    let head = commons.snapshot().head(&experience).cloned();
    let head = head.expect("it was listed");
    let renamed = |folder: &str| path(&format!("{folder}/n{number}"));
    let rename = match step {
        3 => Some((experience.clone(), renamed("experiences"))),
        4 => Some((
            chance.of(&paths_of(commons, Kind::Method)).clone(),
            renamed("methodes"),
        )),
        5 => Some((
            chance.of(&paths_of(commons, Kind::Territory)).clone(),
            renamed("territoires"),
        )),
        _ => None,
    };
    if let Some((from, to)) = rename {
        let saved = commons.rename(&editor, &from, &to, "Mieux dit".to_owned(), now());
        saved.await.expect("it is renamed");
        return;
    }
    if step == 6 {
        let territory = chance.of(&paths_of(commons, Kind::Territory)).clone();
        let text = super::text(commons, &territory);
        let (read, _) = Card::read(&text);
        let people = terreau_card::Value::Integer(100 * (1 + chance.below(90)) as i64);
        let text = read.with("population", Some(people)).text().to_owned();
        write(commons, territory, text).await;
        return;
    }
    if step < 9 {
        let archived = !head.is_archived();
        let saved = commons.archive(&editor, &experience, archived, "Rangé".to_owned(), now());
        saved.await.expect("it is archived, or comes back");
        return;
    }
    let (read, _) = Card::read(&super::text(commons, &experience));
    let front = told(commons, chance);
    let text = card(0, Kind::Experience, &front).replace(
        "01a20145-ff65-733a-9c89-000000000000",
        &read.id().expect("it has one").to_string(),
    );
    write(commons, experience, text).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_derived_is_what_would_be_read_from_scratch() {
    for seed in [0x7465_7272, 0x6561_7521, 0x1234_5678] {
        let scratch = Scratch::new();
        let commune = "nature: commune\ncode: \"86116\"\npopulation: 820\n";
        let cards = [
            ("methodes/ecouter", card(1, Kind::Method, "")),
            ("methodes/decider", card(2, Kind::Method, "")),
            ("territoires/jazeneuil", card(3, Kind::Territory, commune)),
            (
                "territoires/vallee",
                card(4, Kind::Territory, "nature: bassin-de-vie\n"),
            ),
        ];
        let commons = opened(&scratch, &cards).await;
        let mut chance = Chance(seed);
        for number in 0..40 {
            one_step(&commons, number, &mut chance).await;
            // Now and then several steps pass before anybody asks.
            if chance.below(3) == 0 {
                continue;
            }
            let snapshot = commons.snapshot();
            let derived = commons.reports(&snapshot).await.expect("they read");
            let read = from_scratch(&commons.store, &snapshot).expect("they read");
            assert_eq!(*derived, read, "after step {number} of {seed:#x}");
            let mut by_card: BTreeMap<&CardPath, Vec<_>> = BTreeMap::new();
            for report in derived.all() {
                let used = report.experience.about.iter();
                for card in used.map(|used| &used.card) {
                    by_card.entry(card).or_default().push(Arc::clone(report));
                }
            }
            for (card, reports) in by_card {
                let added_up = derived.of_card(card).expect("somebody told of it");
                assert_eq!(**added_up, AddedUp::of(reports), "{card}");
            }
            assert!(derived.cards().all(|(_, added_up)| !added_up.is_empty()));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_derived_again_when_no_report_changes() {
    let scratch = Scratch::new();
    let about = "about: [{card: methodes/ecouter}]\n";
    let cards = [
        ("methodes/ecouter", card(1, Kind::Method, "")),
        ("experiences/ici", card(2, Kind::Experience, about)),
    ];
    let commons = opened(&scratch, &cards).await;
    let before = commons.reports(&commons.snapshot()).await.expect("read");
    let text = super::text(&commons, &path("methodes/ecouter")).replace("Souvent", "Parfois");
    write(&commons, path("methodes/ecouter"), text).await;
    let after = commons.reports(&commons.snapshot()).await.expect("read");
    assert!(Arc::ptr_eq(&before, &after));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tellings_of_one_case_are_found_until_somebody_links_them() {
    let scratch = Scratch::new();
    let about = "about: [{card: methodes/ecouter}]\nstart: 2017-05\nterritories: [{name: Lusignan, insee: \"86139\"}]\n";
    let cards = [
        ("methodes/ecouter", card(1, Kind::Method, "")),
        ("methodes/reseau-de-precurseurs", card(2, Kind::Method, "")),
        ("outils/entretien-semi-directif", card(3, Kind::Tool, "")),
        ("experiences/ailleurs", card(4, Kind::Experience, about)),
        ("experiences/fiche", FIRST_TELLING.to_owned()),
    ];
    let commons = opened(&scratch, &cards).await;
    let snapshot = commons.snapshot();
    let pairs = commons.alike_pairs(&snapshot).await.expect("they read");
    assert!(pairs.is_empty(), "{pairs:?}");

    // What waits to be published is compared before.
    let (second, _) = Card::read(SECOND_TELLING);
    let there = path("experiences/page");
    let found = commons.reports_alike(&snapshot, &second, &there);
    let found = found.await.expect("they read");
    let paths: Vec<String> = found.iter().map(|(path, _)| path.to_string()).collect();
    assert_eq!(paths, ["experiences/fiche"]);

    write(
        &commons,
        path("experiences/page"),
        SECOND_TELLING.to_owned(),
    )
    .await;
    let pairs = commons
        .alike_pairs(&commons.snapshot())
        .await
        .expect("read");
    let of = |pair: &crate::Pair| (pair.one.path.to_string(), pair.other.path.to_string());
    let expected = (
        "experiences/fiche".to_owned(),
        "experiences/page".to_owned(),
    );
    assert_eq!(pairs.iter().map(of).collect::<Vec<_>>(), [expected]);

    let text = SECOND_TELLING.replace(
        "about:\n",
        "links:\n  - to: experiences/fiche\n    relation: close-to\nabout:\n",
    );
    write(&commons, path("experiences/page"), text).await;
    let pairs = commons
        .alike_pairs(&commons.snapshot())
        .await
        .expect("read");
    assert!(pairs.is_empty(), "{pairs:?}");
}
