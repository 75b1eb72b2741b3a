//! `cargo xtask bench`: the site against the raw limits of the machine, as ratios within one run.
//!
//! Everything runs side by side on this machine: the release program, a bare actix-web handler that returns the same bytes,
//! and the same durable commit made directly with libgit2. Absolute figures depend on the machine; ratios hardly do.

mod figures;
mod generate;
mod load;
mod node;
mod relevance;
mod search;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use clap::{Args, ValueEnum};

use self::figures::{Figure, Goal};
use self::generate::{HOT_CARD, Size, TRIED_METHOD, UNTRIED_METHOD};
use self::node::{BenchNode, bare_commits, bare_server};
use crate::run::{cargo, run as run_command};

/// What to measure.
#[derive(Args)]
pub struct Options {
    /// Only this part; everything but relevance when left out
    part: Option<Part>,
    /// Write the figures as JSON to this file too
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How many times each side of a ratio is measured, in turns
    #[arg(long, default_value_t = 7)]
    rounds: usize,
}

/// A part of the measures.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// How well searches answer judged queries
    Relevance,
    /// The index beside tantivy alone
    Search,
    /// The page of a method with many reports beside its twin that has none
    Reports,
}

/// Requests of one round of the load test.
const REQUESTS: usize = 30_000;
/// Saves of one round.
const SAVES: usize = 60;
/// Reports of one method.
const REPORTS: usize = 500;
/// Views of a method's page, one after the other.
const REPORTS_VIEWS: usize = 4_000;
/// The commons of most measures.
const LARGE: Size = Size {
    cards: 10_000,
    commits: 20_000,
    hot_versions: 1_000,
    reports: 0,
};
/// Cards saved, then looked for.
const FOUND_TIMES: usize = 10;
/// Views of the history page.
const HISTORY_VIEWS: usize = 400;

/// The programs that take part, built for release.
pub struct Programs {
    terreau: PathBuf,
    bare_server: PathBuf,
    bare_commit: PathBuf,
    bare_search: PathBuf,
}

/// Measures and prints.
///
/// # Errors
/// When something does not build, start or answer.
pub fn run(options: &Options) -> anyhow::Result<()> {
    if options.part == Some(Part::Relevance) {
        return relevance::measure();
    }
    let programs = Programs::build()?;
    if options.part == Some(Part::Search) {
        let folder = tempfile::tempdir()?;
        let data = commons(folder.path(), "10000", LARGE)?;
        let node = BenchNode::start(&programs.terreau, &data)?.wait_until_ready()?;
        let mut figures = search_at_10_000(&programs, &node, options.rounds)?;
        node.stop()?;
        figures::print(&figures);
        figures.extend(search_at_100_000(&programs, folder.path(), options.rounds)?);
        return finish(&figures, options);
    }
    let folder = tempfile::tempdir()?;
    if options.part == Some(Part::Reports) {
        let figures = reports(&programs, folder.path(), options.rounds)?;
        return finish(&figures, options);
    }
    let mut figures = reports(&programs, folder.path(), options.rounds)?;
    let small = commons(
        folder.path(),
        "1000",
        Size {
            cards: 1_000,
            commits: 2_000,
            hot_versions: 100,
            reports: 0,
        },
    )?;
    let large = commons(folder.path(), "10000", LARGE)?;

    // The first start parses the cards and makes the projections; boot is measured on a clean second one.
    for data in [&small, &large] {
        BenchNode::start(&programs.terreau, data)?
            .wait_until_ready()?
            .stop()?;
    }
    figures.extend(boot(&programs, &large, options.rounds)?);

    let small = BenchNode::start(&programs.terreau, &small)?.wait_until_ready()?;
    let large = BenchNode::start(&programs.terreau, &large)?.wait_until_ready()?;
    figures.extend(pages(&programs, &small, &large, options.rounds)?);
    figures.push(history(&large)?);
    figures.extend(saves(&programs, &small, &large, options.rounds)?);
    small.stop()?;
    figures.extend(search_at_10_000(&programs, &large, options.rounds)?);
    large.stop()?;
    figures.extend(search_at_100_000(&programs, folder.path(), options.rounds)?);
    finish(&figures, options)
}

/// Searches at 10,000 cards, through the site and of the index alone.
fn search_at_10_000(
    programs: &Programs,
    node: &BenchNode,
    rounds: usize,
) -> anyhow::Result<Vec<Figure>> {
    let mut figures = search::pages(programs, node, &search::SITE_10_000, rounds)?;
    figures.extend(search::again(programs, node, rounds)?);
    figures.extend(search::findable(node, FOUND_TIMES)?);
    let index = &search::INDEX_10_000;
    figures.extend(search::index(&programs.bare_search, index, rounds)?);
    Ok(figures)
}

/// Searches at 100,000 cards, through the site and of the index alone.
fn search_at_100_000(
    programs: &Programs,
    folder: &Path,
    rounds: usize,
) -> anyhow::Result<Vec<Figure>> {
    let size = Size {
        cards: 100_000,
        commits: 100,
        hot_versions: 10,
        reports: 0,
    };
    let data = commons(folder, "100000", size)?;
    let node = BenchNode::start(&programs.terreau, &data)?.wait_until_ready()?;
    let mut figures = search::pages(programs, &node, &search::SITE_100_000, rounds)?;
    node.stop()?;
    figures::print(&figures);
    let index = &search::INDEX_100_000;
    figures.extend(search::index(&programs.bare_search, index, rounds)?);
    Ok(figures)
}

fn finish(figures: &[Figure], options: &Options) -> anyhow::Result<()> {
    figures::print(figures);
    if let Some(file) = &options.json {
        std::fs::write(file, serde_json::to_string_pretty(&figures::json(figures))?)?;
    }
    Ok(())
}

impl Programs {
    fn build() -> anyhow::Result<Programs> {
        // One build: cargo would make libraries again for each other choice of packages.
        let mut build = cargo();
        build.args(["build", "--release", "--quiet"]).args([
            "--package=terreau",
            "--package=terreau-server",
            "--package=terreau-store",
            "--bin=terreau",
            "--example=bare_server",
            "--example=bare_commit",
            "--package=terreau-search",
            "--example=bare_search",
        ]);
        run_command("release programs", &mut build)?;
        let target = target_folder()?.join("release");
        Ok(Programs {
            terreau: target.join("terreau"),
            bare_server: target.join("examples/bare_server"),
            bare_commit: target.join("examples/bare_commit"),
            bare_search: target.join("examples/bare_search"),
        })
    }
}

fn target_folder() -> anyhow::Result<PathBuf> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version=1"])
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let folder = metadata["target_directory"]
        .as_str()
        .context("cargo metadata names the target folder")?;
    Ok(folder.into())
}

fn commons(folder: &Path, name: &str, size: Size) -> anyhow::Result<PathBuf> {
    let data = folder.join(name);
    println!(
        "\n── a commons of {} cards and {} versions",
        size.cards, size.commits
    );
    generate::generate(&data, size)?;
    Ok(data)
}

/// Boot at 10,000 cards: until the first card is served, and the memory then.
fn boot(programs: &Programs, data: &Path, rounds: usize) -> anyhow::Result<Vec<Figure>> {
    let mut seconds = Vec::new();
    let mut megabytes = Vec::new();
    for _ in 0..rounds {
        let node = BenchNode::start(&programs.terreau, data)?;
        let card = node.get(&format!("/{HOT_CARD}"))?;
        anyhow::ensure!(
            card.status == 200,
            "the card is not served: {}",
            card.status
        );
        seconds.push(node.started.elapsed().as_secs_f64());
        let node = node.wait_until_ready()?;
        megabytes.push(node.resident_megabytes()?);
        node.stop()?;
    }
    Ok(vec![
        Figure::absolute(
            "boot at 10,000 cards, clean, to the first card served",
            "s",
            &seconds,
            Goal::AtMost(1.0),
        ),
        Figure::absolute(
            "resident memory after boot at 10,000 cards",
            "MB",
            &megabytes,
            Goal::AtMost(150.0),
        ),
    ])
}

/// Card pages: against a bare handler with the same bytes, and at 10,000 cards against 1,000.
fn pages(
    programs: &Programs,
    small: &BenchNode,
    large: &BenchNode,
    rounds: usize,
) -> anyhow::Result<Vec<Figure>> {
    let path = format!("/{HOT_CARD}");
    let page = large.get(&path)?;
    anyhow::ensure!(
        page.header("content-encoding") == Some("br"),
        "the page is not served as brotli"
    );
    let etag = page
        .header("etag")
        .context("the page has no ETag")?
        .to_owned();
    let bare = bare_server(&programs.bare_server, &page.body, &etag)?;
    let mut rates: [Vec<f64>; 5] = Default::default();
    for _ in 0..rounds {
        rates[0].push(load::requests_per_second(
            &large.address,
            &path,
            None,
            REQUESTS,
        )?);
        rates[1].push(load::requests_per_second(
            &bare.address,
            "/",
            None,
            REQUESTS,
        )?);
        rates[2].push(load::requests_per_second(
            &large.address,
            &path,
            Some(&etag),
            REQUESTS,
        )?);
        rates[3].push(load::requests_per_second(
            &bare.address,
            "/",
            Some(&etag),
            REQUESTS,
        )?);
        rates[4].push(load::requests_per_second(
            &small.address,
            &path,
            None,
            REQUESTS,
        )?);
    }
    bare.stop()?;
    Ok(vec![
        Figure::absolute(
            "card page, brotli, 16 connections",
            "requests/s",
            &rates[0],
            Goal::None,
        ),
        Figure::absolute(
            "bare handler, same bytes",
            "requests/s",
            &rates[1],
            Goal::None,
        ),
        Figure::ratio(
            "card page / bare handler",
            &rates[0],
            &rates[1],
            Goal::AtLeast(0.85),
        ),
        Figure::ratio("304 / bare 304", &rates[2], &rates[3], Goal::AtLeast(0.9)),
        Figure::ratio(
            "time of a page at 10,000 cards / at 1,000",
            &rates[4],
            &rates[0],
            Goal::AtMost(1.3),
        ),
    ])
}

/// The page of a method with 500 reports, against the same page without reports.
fn reports(programs: &Programs, folder: &Path, rounds: usize) -> anyhow::Result<Vec<Figure>> {
    let size = Size {
        cards: 200,
        commits: 200,
        hot_versions: 10,
        reports: REPORTS,
    };
    let data = commons(folder, "reports", size)?;
    let node = BenchNode::start(&programs.terreau, &data)?.wait_until_ready()?;
    let (tried, untried) = (format!("/{TRIED_METHOD}"), format!("/{UNTRIED_METHOD}"));
    let page = node.get(&tried)?;
    anyhow::ensure!(page.status == 200, "{tried}: {}", page.status);
    anyhow::ensure!(
        node.get(&untried)?.body.len() < page.body.len(),
        "no reports are told"
    );
    let mut rates: [Vec<f64>; 2] = Default::default();
    let mut medians: [Vec<f64>; 2] = Default::default();
    for _ in 0..rounds {
        let paths = [tried.as_str(), untried.as_str()];
        let times = load::times_in_turns(&node.address, paths, REPORTS_VIEWS)?;
        for (at, path) in paths.into_iter().enumerate() {
            medians[at].push(figures::quantile(&times[at], 0.5));
            let rate = load::requests_per_second(&node.address, path, None, REQUESTS)?;
            rates[at].push(rate);
        }
    }
    node.stop()?;
    Ok(vec![
        Figure::absolute(
            "page of a method with 500 reports, brotli",
            "KB",
            &[page.body.len() as f64 / 1024.0],
            Goal::AtMost(40.0),
        ),
        Figure::ratio(
            "time of a method's page with 500 reports / without, p50",
            &medians[0],
            &medians[1],
            Goal::AtMost(1.1),
        ),
        Figure::ratio(
            "the same, 16 connections at once",
            &rates[1],
            &rates[0],
            Goal::AtMost(1.1),
        ),
    ])
}

/// The first page of the history of a card with 1,000 versions among 20,000 commits.
fn history(large: &BenchNode) -> anyhow::Result<Figure> {
    let mut milliseconds = Vec::new();
    for number in 0..HISTORY_VIEWS {
        // Each page of the history in turn, under an address of its own: no finished page answers in its place.
        let path = format!(
            "/{HOT_CARD}/historique?page={}&vue={number}",
            number % 20 + 1
        );
        let started = std::time::Instant::now();
        let page = large.get(&path)?;
        anyhow::ensure!(page.status == 200, "{path}: {}", page.status);
        milliseconds.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(Figure::p99(
        "history page, 1,000 versions in 20,000 commits, p99",
        "ms",
        &milliseconds,
        Goal::AtMost(10.0),
    ))
}

/// Saves through the API by one writer, against the same durable commit made directly.
fn saves(
    programs: &Programs,
    small: &BenchNode,
    large: &BenchNode,
    rounds: usize,
) -> anyhow::Result<Vec<Figure>> {
    let mut times: [Vec<f64>; 3] = Default::default();
    for round in 0..rounds {
        times[0].extend(large.saves(round * SAVES, SAVES)?);
        times[1].extend(bare_commits(
            &programs.bare_commit,
            &large.repository(),
            SAVES,
        )?);
        times[2].extend(small.saves(round * SAVES, SAVES)?);
    }
    Ok(vec![
        Figure::absolute(
            "save through the API at 10,000 cards, p50",
            "ms",
            &times[0],
            Goal::None,
        ),
        Figure::absolute(
            "the same commit with libgit2, p50",
            "ms",
            &times[1],
            Goal::None,
        ),
        Figure::ratio(
            "save / bare commit",
            &times[0],
            &times[1],
            Goal::AtMost(1.5),
        ),
        Figure::ratio(
            "save at 10,000 cards / at 1,000",
            &times[0],
            &times[2],
            Goal::AtMost(1.3),
        ),
    ])
}

/// Runs a command quietly and fails with what it wrote.
fn quietly(command: &mut Command) -> anyhow::Result<Vec<u8>> {
    let output = command
        .output()
        .with_context(|| format!("{} cannot be started", command.get_program().display()))?;
    anyhow::ensure!(
        output.status.success(),
        "{}: {}",
        command.get_program().display(),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output.stdout)
}
