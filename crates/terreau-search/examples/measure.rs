//! Measures the index on a generated commons: `cargo run -p terreau-search --example measure -- 10000`.
//!
//! Prints what building, changing and searching cost in time, memory and disk. Figures, not a test.

use std::path::Path;
use std::time::{Duration, Instant};

use terreau_card::facets::Facet;
use terreau_card::{CardPath, Kind};
use terreau_search::{Document, Index, Query};

const WORDS: &str = "habitant commune énergie jardin école cantine mobilité atelier enquête résilience territoire élus \
    association biodiversité compostage rénovation covoiturage alimentation coopération agriculture eau forêt santé \
    culture jeunes anciens budget participatif démarche diagnostic réunion concertation animation calendrier bilan";
const QUERIES: [&str; 8] = [
    "jardin",
    "cantine énergie",
    "comment faire participer les habitants",
    "\"budget participatif\"",
    "resiliance",
    "énergie -jardin",
    "mot4242",
    "",
];

fn main() {
    let count: u32 = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000);
    let home = tempfile::TempDir::new().expect("a folder for the index");
    println!("before              {}", memory());

    let index = Index::open(home.path()).expect("an index");
    let (built, text_bytes) = timed(|| {
        let mut text_bytes = 0;
        let cards = (0..count)
            .map(card)
            .inspect(|card| text_bytes += card.text.len());
        index.rebuild(cards, "c1").expect("built");
        text_bytes
    });
    let rate = f64::from(count) / built.as_secs_f64();
    println!(
        "rebuilt             {built:.1?}, {rate:.0} cards/s, {}",
        memory()
    );
    println!(
        "size                {} KB for {} KB of text",
        size(home.path()) / 1024,
        text_bytes / 1024
    );

    for text in QUERIES {
        let ask = || {
            index
                .search(&Query {
                    text: text.to_owned(),
                    ..Query::default()
                })
                .expect("answered")
                .total
        };
        let total = ask();
        let mut times: Vec<_> = (0..20).map(|_| timed(ask).0).collect();
        times.sort();
        println!(
            "search              {:.1?} p50, {:.1?} max, {total} cards: {text}",
            times[10], times[19]
        );
    }
    println!(
        "suggest             {:.1?}",
        timed(|| index.suggest("jardin par")).0
    );

    let mut times: Vec<_> = (0..50)
        .map(|at| timed(|| index.update(vec![card(at)], Vec::new(), "c2")).0)
        .collect();
    times.sort();
    println!(
        "50 changes          {:.1?} p50, {:.1?} max, {}",
        times[25],
        times[49],
        memory()
    );
    drop(index);
    let opened = timed(|| Index::open(home.path()).expect("reopened")).0;
    println!("reopened            {opened:.1?}, {}", memory());
}

/// Returns a card of about five kilobytes: common words, and a long tail of rare ones.
fn card(number: u32) -> Document {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state = u64::from(number) * 2_654_435_761 + 1;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).expect("below a usize")
    };
    let mut text = String::new();
    while text.len() < 5_000 {
        if random(4) == 0 {
            let rarest = 10usize.pow(1 + u32::try_from(random(4)).expect("four at most"));
            text.push_str(&format!("mot{} ", random(rarest * 6)));
        } else {
            text.push_str(words[random(words.len())]);
            text.push_str([" ", " ", " de ", " et ", " les ", ". La "][random(6)]);
        }
    }
    Document {
        id: format!("01890000-0000-7000-8000-{number:012}")
            .parse()
            .expect("a UUID"),
        path: CardPath::parse(&format!("methodes/fiche-{number}")).expect("a path"),
        kind: Kind::ALL[random(Kind::ALL.len())],
        language: "fr".to_owned(),
        title: format!(
            "{} et {} {number}",
            words[random(words.len())],
            words[random(words.len())]
        ),
        summary: text.chars().take(200).collect(),
        text,
        tags: Vec::new(),
        updated: i64::from(number),
        facets: vec![
            (Facet::Topic, words[random(12)].to_owned()),
            (Facet::Topic, words[random(12)].to_owned()),
        ],
        labels: Vec::new(),
        tried: 0,
        reviewed: None,
        about: Vec::new(),
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let value = work();
    (start.elapsed(), value)
}

/// Returns what the process holds in memory.
fn memory() -> String {
    let [all, own, peak] = ["VmRSS", "RssAnon", "VmHWM"].map(rss);
    format!("rss {all} MB, {own} MB without mapped files, peak {peak} MB")
}

/// Returns a figure of the process in megabytes, 0 where the system does not tell.
fn rss(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

fn size(path: &Path) -> u64 {
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .map(|entry| {
            if entry.path().is_dir() {
                size(&entry.path())
            } else {
                entry.metadata().map_or(0, |m| m.len())
            }
        })
        .sum()
}
