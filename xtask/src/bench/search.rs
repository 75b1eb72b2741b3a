//! Searching and indexing beside the same work of tantivy alone, at the level of the index.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::figures::{Figure, Goal};
use super::quietly;

/// The names of the figures of one size.
struct Names {
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

const SIZES: [Names; 2] = [
    Names {
        cards: 10_000,
        ours: "search at 10,000 cards, p50",
        raw: "the same work of tantivy, p50",
        p50: "search / tantivy at 10,000 cards, p50",
        p99: "search / tantivy at 10,000 cards, p99",
        indexing: "indexing 10,000 cards / tantivy",
        size: "index / text at 10,000 cards",
        strange: "slowest of strange questions at 10,000 cards",
        bound: Goal::AtMost(100.0),
    },
    Names {
        cards: 100_000,
        ours: "search at 100,000 cards, p50",
        raw: "the same work of tantivy at 100,000 cards, p50",
        p50: "search / tantivy at 100,000 cards, p50",
        p99: "search / tantivy at 100,000 cards, p99",
        indexing: "indexing 100,000 cards / tantivy",
        size: "index / text at 100,000 cards",
        strange: "slowest of strange questions at 100,000 cards",
        bound: Goal::None,
    },
];

/// Measures with the example `bare_search` of terreau-search.
pub fn index(bare_search: &Path, rounds: usize) -> anyhow::Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for names in SIZES {
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
        figures.extend([
            Figure::absolute(names.ours, "ms", &ours, Goal::None),
            Figure::absolute(names.raw, "ms", &raw, Goal::None),
            Figure::ratio(names.p50, &ours, &raw, Goal::AtMost(1.5)),
            Figure::ratio(
                names.p99,
                &all("ours_p99")?,
                &all("raw_p99")?,
                Goal::AtMost(1.5),
            ),
            Figure::ratio(
                names.indexing,
                &one("ours_cards_per_second"),
                &one("raw_cards_per_second"),
                Goal::AtLeast(0.6),
            ),
            Figure::ratio(
                names.size,
                &one("index_bytes"),
                &one("text_bytes"),
                Goal::AtMost(1.2),
            ),
            Figure::absolute(names.strange, "ms", &one("slowest_strange"), names.bound),
        ]);
    }
    Ok(figures)
}
