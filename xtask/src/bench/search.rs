//! Searching and indexing beside the same work of tantivy alone: at the level of the index, and through the whole site.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::Value;

use super::figures::{Figure, Goal, quantile};
use super::generate::questions;
use super::load::{self, Connection, get};
use super::node::{BenchNode, bare_server};
use super::{Programs, REQUESTS, quietly};

/// The names of the figures of one size.
pub struct Names {
    cards: u32,
    ours: &'static str,
    raw: &'static str,
    p50: &'static str,
    p99: &'static str,
    indexing: &'static str,
    size: &'static str,
    strange: &'static str,
    /// What no question may take, where that is promised.
    bound: Goal,
}

pub const INDEX_10_000: Names = Names {
    cards: 10_000,
    ours: "search at 10,000 cards, p50",
    raw: "the same work of tantivy, p50",
    p50: "search / tantivy at 10,000 cards, p50",
    p99: "search / tantivy at 10,000 cards, p99",
    indexing: "indexing 10,000 cards / tantivy",
    size: "index / text at 10,000 cards",
    strange: "slowest of strange questions at 10,000 cards",
    bound: Goal::AtMost(100.0),
};
pub const INDEX_100_000: Names = Names {
    cards: 100_000,
    ours: "search at 100,000 cards, p50",
    raw: "the same work of tantivy at 100,000 cards, p50",
    p50: "search / tantivy at 100,000 cards, p50",
    p99: "search / tantivy at 100,000 cards, p99",
    indexing: "indexing 100,000 cards / tantivy",
    size: "index / text at 100,000 cards",
    strange: "slowest of strange questions at 100,000 cards",
    bound: Goal::None,
};

/// Measures with the example `bare_search` of terreau-search.
pub fn index(bare_search: &Path, names: &Names, rounds: usize) -> anyhow::Result<Vec<Figure>> {
    println!("\n── an index of {} cards", names.cards);
    let mut command = Command::new(bare_search);
    // The first round only warms.
    command.args([names.cards.to_string(), (rounds + 1).to_string()]);
    let measured: Value = serde_json::from_slice(&quietly(&mut command)?)?;
    let all = |key: &str| -> anyhow::Result<Vec<f64>> {
        let values = measured[key].as_array().context("an array of measures")?;
        Ok(values.iter().filter_map(Value::as_f64).collect())
    };
    let one = |key: &str| {
        measured[key]
            .as_f64()
            .map(|value| vec![value])
            .unwrap_or_default()
    };
    let (ours, raw) = (all("ours_p50")?, all("raw_p50")?);
    let (ours_p99, raw_p99) = (all("ours_p99")?, all("raw_p99")?);
    let ratio =
        |name, above: &str, below: &str, goal| Figure::ratio(name, &one(above), &one(below), goal);
    Ok(vec![
        Figure::absolute(names.ours, "ms", &ours, Goal::None),
        Figure::absolute(names.raw, "ms", &raw, Goal::None),
        Figure::ratio(names.p50, &ours, &raw, Goal::AtMost(1.5)),
        Figure::ratio(names.p99, &ours_p99, &raw_p99, Goal::AtMost(1.5)),
        ratio(
            names.indexing,
            "ours_cards_per_second",
            "raw_cards_per_second",
            Goal::AtLeast(0.6),
        ),
        ratio(names.size, "index_bytes", "text_bytes", Goal::AtMost(1.2)),
        Figure::absolute(names.strange, "ms", &one("slowest_strange"), names.bound),
    ])
}

/// The names of the figures of the site at one size.
pub struct SiteNames {
    pub cards: u64,
    pub page: &'static str,
    pub raw: &'static str,
    pub p50: &'static str,
    pub p99: &'static str,
}

pub const SITE_10_000: SiteNames = SiteNames {
    cards: 10_000,
    page: "search page at 10,000 cards through HTTP, p50",
    raw: "the same work of tantivy over the same cards, p50",
    p50: "search page / tantivy at 10,000 cards, p50",
    p99: "search page / tantivy at 10,000 cards, p99",
};
pub const SITE_100_000: SiteNames = SiteNames {
    cards: 100_000,
    page: "search page at 100,000 cards through HTTP, p50",
    raw: "the same work of tantivy over 100,000 cards, p50",
    p50: "search page / tantivy at 100,000 cards, p50",
    p99: "search page / tantivy at 100,000 cards, p99",
};
/// Different questions of a round.
const QUESTIONS: usize = 120;

/// Search pages that nobody asked for before, beside tantivy alone over the same cards.
pub fn pages(
    programs: &Programs,
    node: &BenchNode,
    names: &SiteNames,
    rounds: usize,
) -> anyhow::Result<Vec<Figure>> {
    wait_for_index(node, names.cards)?;
    let questions = questions(QUESTIONS);
    let folder = tempfile::tempdir()?;
    let asked = folder.path().join("questions.txt");
    std::fs::write(&asked, questions.join("\n"))?;
    let cards = folder.path().join("cards");
    check_out(&node.repository(), &cards)?;
    let mut command = Command::new(&programs.bare_search);
    command.arg("--cards").arg(&cards).arg(&asked);
    command.arg(rounds.to_string());
    let raw: Vec<Vec<f64>> = serde_json::from_slice(&quietly(&mut command)?)?;

    let mut connection = Connection::open(&node.address)?;
    let mut ours: Vec<Vec<f64>> = Vec::new();
    for round in 0..=rounds {
        let mut times = Vec::with_capacity(questions.len());
        for question in &questions {
            // Each round under addresses of its own: no finished page answers in its place.
            let path = format!("/recherche?q={}&vue={round}", encoded(question));
            let started = Instant::now();
            let status = connection.exchange(get(&node.address, &path, None).as_bytes())?;
            times.push(started.elapsed().as_secs_f64() * 1_000.0);
            anyhow::ensure!(status == 200, "{path}: {status}");
        }
        ours.push(times);
    }
    // The first round only warms.
    ours.remove(0);
    let each = |rounds: &[Vec<f64>], share: f64| -> Vec<f64> {
        rounds.iter().map(|times| quantile(times, share)).collect()
    };
    Ok(vec![
        Figure::absolute(names.page, "ms", &each(&ours, 0.5), Goal::None),
        Figure::absolute(names.raw, "ms", &each(&raw, 0.5), Goal::None),
        Figure::ratio(
            names.p50,
            &each(&ours, 0.5),
            &each(&raw, 0.5),
            Goal::AtMost(1.5),
        ),
        Figure::ratio(
            names.p99,
            &each(&ours, 0.99),
            &each(&raw, 0.99),
            Goal::AtMost(1.5),
        ),
    ])
}

/// Waits until the index has every card.
fn wait_for_index(node: &BenchNode, cards: u64) -> anyhow::Result<()> {
    let started = Instant::now();
    loop {
        let answer: Value = serde_json::from_slice(&node.get_plain("/api/v1/search?q=")?.body)?;
        if answer["total"].as_u64() >= Some(cards) {
            return Ok(());
        }
        let is_late = started.elapsed() > Duration::from_secs(1_800);
        anyhow::ensure!(!is_late, "the index never has every card");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Returns words as an address writes them.
fn encoded(words: &str) -> String {
    let bytes = words.bytes().map(|byte| match byte {
        b' ' => "+".to_owned(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// Writes the published files of a repository to a folder.
fn check_out(repository: &Path, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir(folder)?;
    let mut archive = Command::new("git")
        .arg("--git-dir")
        .arg(repository)
        .args(["archive", "main"])
        .stdout(Stdio::piped())
        .spawn()
        .context("git archive cannot be started")?;
    let archived = archive.stdout.take().context("piped")?;
    let mut extract = Command::new("tar");
    quietly(extract.arg("-x").arg("-C").arg(folder).stdin(archived))?;
    anyhow::ensure!(archive.wait()?.success(), "git archive failed");
    Ok(())
}

/// A search asked again on the same version, beside a bare handler with the same bytes.
pub fn again(programs: &Programs, node: &BenchNode, rounds: usize) -> anyhow::Result<Vec<Figure>> {
    let path = "/recherche?q=jardin+partage";
    let page = node.get(path)?;
    let etag = page.header("etag").context("the page has no ETag")?;
    let bare = bare_server(&programs.bare_server, &page.body, etag)?;
    let mut rates: [Vec<f64>; 2] = Default::default();
    for _ in 0..rounds {
        let ours = load::requests_per_second(&node.address, path, None, REQUESTS)?;
        let raw = load::requests_per_second(&bare.address, "/", None, REQUESTS)?;
        rates[0].push(ours);
        rates[1].push(raw);
    }
    bare.stop()?;
    Ok(vec![Figure::ratio(
        "search asked again / bare handler, same bytes",
        &rates[0],
        &rates[1],
        Goal::AtLeast(0.85),
    )])
}

/// How long after its save a card is found, while sixteen connections read and search; and how fast they read meanwhile.
pub fn findable(node: &BenchNode, times: usize) -> anyhow::Result<Vec<Figure>> {
    let is_over = AtomicBool::new(false);
    let reading = |seconds: Duration| -> anyhow::Result<f64> {
        let path = format!("/{}", super::HOT_CARD);
        load::requests_per_second_for(&node.address, &path, seconds)
    };
    let alone = reading(Duration::from_secs(3))?;
    let mut found = Vec::new();
    let beside = std::thread::scope(|scope| {
        let readers = scope.spawn(|| {
            let mut rates = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                rates.push(reading(Duration::from_secs(1))?);
            }
            anyhow::Ok(rates)
        });
        let mut ask = || -> anyhow::Result<()> {
            for time in 0..times {
                let word = format!("trouvable{time}");
                node.save_with(&word)?;
                let started = Instant::now();
                let mut number = 0;
                loop {
                    number += 1;
                    let path = format!("/api/v1/search?q={word}&as_typed=1&vue={number}");
                    let answer = node.get_plain(&path)?;
                    if String::from_utf8_lossy(&answer.body).contains("tres-relu") {
                        break;
                    }
                    anyhow::ensure!(started.elapsed().as_secs() < 30, "{word} is never found");
                }
                found.push(started.elapsed().as_secs_f64() * 1_000.0);
            }
            Ok(())
        };
        let asked = ask();
        is_over.store(true, Ordering::Relaxed);
        let rates = readers.join().expect("no thread panics");
        asked.and(rates)
    })?;
    Ok(vec![
        Figure::p99(
            "from a save to its words found, while sixteen read, p99",
            "ms",
            &found,
            Goal::AtMost(1_000.0),
        ),
        Figure::ratio(
            "reading while cards are saved and indexed / reading alone",
            &beside,
            &[alone],
            Goal::None,
        ),
    ])
}
