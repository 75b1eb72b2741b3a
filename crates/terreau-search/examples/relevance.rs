//! Measures how well searches answer: `cargo run -p terreau-search --example relevance -- content tests/fixtures/relevance`.
//!
//! Reads the cards of a commons and judged queries, and prints nDCG@10, MRR, recall@10 and success@1, overall and by type,
//! with what tantivy alone gives beside it. `--show TYPE` prints what each query of a type found;
//! `--unjudged TYPE` what either found and nobody judged, in the order of paths, for somebody to read and judge.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, STRING, Schema, TEXT, Value as _};
use tantivy::{IndexWriter, TantivyDocument};
use terreau_card::facets::{Facet, place_name, place_of_code, place_of_region, population_class};
use terreau_card::{
    Card, CardId, CardPath, CommonsConfig, SYNONYMS_FILE, Synonyms, Value, card_links,
};
use terreau_search::{Document, Index, Lexicon, Query};

/// How many hits count.
const DEPTH: usize = 10;

/// A judged query.
struct Judged {
    text: String,
    kind: String,
    grades: HashMap<String, f64>,
}

/// The four measures of one query.
#[derive(Clone, Copy, Default)]
struct Measures {
    ndcg: f64,
    mrr: f64,
    recall: f64,
    first: f64,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let content = arguments.next().unwrap_or_else(|| "content".to_owned());
    let folder = arguments
        .next()
        .unwrap_or_else(|| "tests/fixtures/relevance".to_owned());
    let (option, kinds) = (arguments.next(), arguments.collect::<Vec<String>>());
    let is_meant =
        |wanted: &str, kind: &String| option.as_deref() == Some(wanted) && kinds.contains(kind);
    let (documents, lexicon) = commons(Path::new(&content));
    let floor = Floor::of(&documents);
    let index = Index::in_memory();
    index
        .update(documents, Vec::new(), "measured")
        .expect("an index in memory can be written");
    index.set_lexicon(lexicon);

    for file in ["queries.toml", "unseen.toml"] {
        let Ok(text) = fs::read_to_string(Path::new(&folder).join(file)) else {
            continue;
        };
        let judged = read(&text);
        let ours: Vec<Measures> = judged
            .iter()
            .map(|query| measured(query, &ask(&index, &query.text)))
            .collect();
        let beside: Vec<Measures> = judged
            .iter()
            .map(|query| measured(query, &floor.ask(&query.text)))
            .collect();
        print(file, &judged, &ours, &beside);
        for (query, its) in judged.iter().zip(&ours) {
            if is_meant("--show", &query.kind) && its.ndcg < 0.97 {
                show(&index, query, its.ndcg);
            }
            if is_meant("--unjudged", &query.kind) {
                let mut found = ask(&index, &query.text);
                found.extend(floor.ask(&query.text));
                found.retain(|path| !query.grades.contains_key(path));
                found.sort();
                found.dedup();
                println!("\n{}\n  {}", query.text, found.join("\n  "));
            }
        }
    }
}

fn ask(index: &Index, text: &str) -> Vec<String> {
    let query = Query {
        text: text.to_owned(),
        limit: DEPTH,
        ..Query::default()
    };
    let answer = index.search(&query).expect("any text is answered");
    answer
        .hits
        .iter()
        .map(|hit| hit.path.as_str().to_owned())
        .collect()
}

fn show(index: &Index, query: &Judged, ndcg: f64) {
    let asked = Query {
        text: query.text.clone(),
        explain: true,
        limit: DEPTH,
        ..Query::default()
    };
    let answer = index.search(&asked).expect("any text is answered");
    let read: Vec<String> = answer
        .understood
        .iter()
        .map(|its| format!("{}={}", its.facet, its.code))
        .collect();
    println!(
        "\n{ndcg:.2} [{}] {} → {} cards, {:?} {read:?}",
        query.kind, query.text, answer.total, answer.searched
    );
    for hit in &answer.hits {
        let grade = query.grades.get(hit.path.as_str()).copied().unwrap_or(0.0);
        let why = hit.why.as_ref().map(|why| {
            let reasons = why.reasons.iter();
            let reasons = reasons.map(|(reason, weight)| format!("{reason:?} {weight:.2}"));
            reasons.collect::<Vec<_>>().join(", ")
        });
        println!(
            "  {grade} {:.2} {} ({})",
            hit.score,
            hit.path,
            why.unwrap_or_default()
        );
    }
    for (path, grade) in &query.grades {
        if !answer.hits.iter().any(|hit| hit.path.as_str() == path) {
            println!("  missing {grade} {path}");
        }
    }
}

/// Reads a commons as the site does.
fn commons(content: &Path) -> (Vec<Document>, Lexicon) {
    let settings = fs::read_to_string(content.join("commons.toml")).expect("commons.toml");
    let config = CommonsConfig::read(&settings).expect("settings that can be read");
    let synonyms = fs::read_to_string(content.join(SYNONYMS_FILE)).unwrap_or_default();
    let lexicon = Lexicon::of(&config, &Synonyms::read(&synonyms).0);
    let mut cards: Vec<(CardId, CardPath, Card)> = Vec::new();
    for folder in fs::read_dir(content).expect("a folder of cards").flatten() {
        let Ok(files) = fs::read_dir(folder.path()) else {
            continue;
        };
        for file in files.flatten() {
            let name = file.path();
            let file = name
                .strip_prefix(content)
                .expect("inside")
                .to_string_lossy()
                .into_owned();
            let Some(path) = CardPath::from_file(&file) else {
                continue;
            };
            let (card, _) = Card::read(&fs::read_to_string(&name).expect("a card"));
            if let Some(id) = card.id() {
                cards.push((id, path, card));
            }
        }
    }
    cards.sort_by(|a, b| a.1.cmp(&b.1));
    let by_path: HashMap<String, usize> = cards
        .iter()
        .enumerate()
        .map(|(at, (_, path, _))| (path.as_str().to_owned(), at))
        .collect();
    let mut documents: Vec<Document> = cards
        .iter()
        .map(|(id, path, card)| {
            let links = card_links(card, path).into_iter();
            let mut named: Vec<CardPath> = links.map(|link| link.to).collect();
            named.sort();
            named.dedup();
            Document {
                named,
                ..Document::of(card, &config, *id, path.clone(), 0)
            }
        })
        .collect();
    for at in 0..cards.len() {
        let card = &cards[at].2;
        let list = |key: &str| {
            card.value(key)
                .and_then(Value::as_list)
                .unwrap_or_default()
                .to_vec()
        };
        for told in list("about") {
            let method = told
                .get("card")
                .and_then(Value::as_text)
                .and_then(|path| by_path.get(path));
            if let Some(method) = method {
                documents[*method].tried += 1;
                documents[at].about.push(cards[*method].0);
            }
        }
        let mut places: Vec<usize> = list("territories")
            .iter()
            .filter_map(|place| by_path.get(place.as_text()?).copied())
            .collect();
        if cards[at].2.value("nature").is_some() {
            places.push(at);
        }
        for place in places {
            let its = &cards[place].2;
            let mut labels = Vec::new();
            if place != at {
                labels.push(its.title().to_owned());
            }
            let nature = its.value("nature").and_then(Value::as_text);
            let inhabitants = its.value("population").and_then(Value::as_integer);
            if let (Some("commune"), Some(count)) = (nature, inhabitants) {
                let class = population_class(u64::try_from(count).unwrap_or_default());
                let value = (Facet::Population, class.to_owned());
                if !documents[at].facets.contains(&value) {
                    documents[at].facets.push(value);
                }
            }
            for node in nodes(&cards, &by_path, place, 0) {
                labels.extend(place_name(&node));
                let value = (Facet::Territory, node);
                if !documents[at].facets.contains(&value) {
                    documents[at].facets.push(value);
                }
            }
            for label in labels {
                if !documents[at].labels.contains(&label) {
                    documents[at].labels.push(label);
                }
            }
        }
    }
    (documents, lexicon)
}

/// Returns the regions and departments of a territory.
fn nodes(
    cards: &[(CardId, CardPath, Card)],
    by_path: &HashMap<String, usize>,
    at: usize,
    depth: usize,
) -> Vec<String> {
    let card = &cards[at].2;
    let text = |key: &str| card.value(key).and_then(Value::as_text).unwrap_or_default();
    let node = match text("nature") {
        "region" => place_of_region(text("code")),
        "commune" | "departement" | "commune-deleguee" => place_of_code(text("code")),
        _ => None,
    };
    if let Some(node) = node {
        let region = node.split('/').next().unwrap_or_default().to_owned();
        return if region == node {
            vec![node]
        } else {
            vec![region, node]
        };
    }
    let above = card
        .value("part_of")
        .and_then(Value::as_list)
        .unwrap_or_default();
    let above = above.iter().filter_map(|path| by_path.get(path.as_text()?));
    if depth > 3 {
        return Vec::new();
    }
    above
        .flat_map(|above| nodes(cards, by_path, *above, depth + 1))
        .collect()
}

/// Tantivy alone: its default words and scores over title, summary and text.
struct Floor {
    index: tantivy::Index,
    parser: QueryParser,
}

impl Floor {
    fn of(documents: &[Document]) -> Floor {
        let mut schema = Schema::builder();
        let path = schema.add_text_field("path", STRING | STORED);
        let fields = ["title", "summary", "body"].map(|name| schema.add_text_field(name, TEXT));
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index
            .writer_with_num_threads(1, 20_000_000)
            .expect("a writer");
        for document in documents {
            let mut raw = TantivyDocument::new();
            raw.add_text(path, document.path.as_str());
            for (field, text) in
                fields
                    .iter()
                    .zip([&document.title, &document.summary, &document.text])
            {
                raw.add_text(*field, text);
            }
            writer.add_document(raw).expect("written");
        }
        writer.commit().expect("committed");
        let parser = QueryParser::for_index(&index, fields.to_vec());
        Floor { index, parser }
    }

    fn ask(&self, text: &str) -> Vec<String> {
        let searcher = self.index.reader().expect("a reader").searcher();
        let (query, _) = self.parser.parse_query_lenient(text);
        let path = searcher.schema().get_field("path").expect("its field");
        let top = searcher
            .search(&query, &TopDocs::with_limit(DEPTH).order_by_score())
            .expect("found");
        top.into_iter()
            .filter_map(|(_, at)| {
                let document: TantivyDocument = searcher.doc(at).ok()?;
                Some(document.get_first(path)?.as_str()?.to_owned())
            })
            .collect()
    }
}

fn read(text: &str) -> Vec<Judged> {
    let table: toml::Table = text.parse().expect("TOML");
    let queries = table["query"].as_array().expect("queries");
    let judged = queries.iter().map(|query| Judged {
        text: query["text"].as_str().expect("a text").to_owned(),
        kind: query["type"].as_str().expect("a type").to_owned(),
        grades: query["judged"]
            .as_table()
            .expect("grades")
            .iter()
            .map(|(path, grade)| (path.clone(), grade.as_integer().expect("a grade") as f64))
            .collect(),
    });
    judged.collect()
}

fn measured(query: &Judged, found: &[String]) -> Measures {
    let grade = |path: &String| query.grades.get(path).copied().unwrap_or(0.0);
    let gain =
        |(place, grade): (usize, f64)| (2f64.powf(grade) - 1.0) / (place as f64 + 2.0).log2();
    let mut ideal: Vec<f64> = query.grades.values().copied().collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    let best: f64 = ideal
        .iter()
        .copied()
        .take(DEPTH)
        .enumerate()
        .map(gain)
        .sum();
    let got: f64 = found.iter().map(grade).enumerate().map(gain).sum();
    // A good answer: grade 2 or 3; the best there is when no card is that good.
    let good = ideal.first().copied().unwrap_or(0.0).min(2.0);
    let first = found.iter().position(|path| grade(path) >= good);
    let wanted = query.grades.len().clamp(1, DEPTH) as f64;
    Measures {
        ndcg: if best > 0.0 { got / best } else { 1.0 },
        mrr: first.map_or(0.0, |place| 1.0 / (place as f64 + 1.0)),
        recall: found.iter().filter(|path| grade(path) > 0.0).count() as f64 / wanted,
        first: f64::from(u8::from(
            found.first().is_some_and(|path| grade(path) >= good),
        )),
    }
}

fn print(file: &str, judged: &[Judged], ours: &[Measures], floor: &[Measures]) {
    let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, query) in judged.iter().enumerate() {
        kinds.entry(&query.kind).or_default().push(at);
    }
    println!("\n{file}: {} queries", judged.len());
    println!(
        "{:<14} {:>4} {:>8} {:>8} {:>8} {:>8}   {:>8} {:>8} {:>8} {:>8}",
        "", "n", "nDCG@10", "MRR", "recall", "first", "BM25", "MRR", "recall", "first"
    );
    let line = |name: &str, which: &[usize]| {
        let mean = |all: &[Measures], of: fn(&Measures) -> f64| {
            which.iter().map(|at| of(&all[*at])).sum::<f64>() / which.len() as f64
        };
        let each: [fn(&Measures) -> f64; 4] = [
            |its| its.ndcg,
            |its| its.mrr,
            |its| its.recall,
            |its| its.first,
        ];
        let [a, b, c, d] = each.map(|of| mean(ours, of));
        let [e, f, g, h] = each.map(|of| mean(floor, of));
        println!(
            "{name:<14} {:>4} {a:>8.3} {b:>8.3} {c:>8.3} {d:>8.3}   {e:>8.3} {f:>8.3} {g:>8.3} {h:>8.3}",
            which.len()
        );
    };
    for (kind, which) in &kinds {
        line(kind, which);
    }
    let all: Vec<usize> = (0..judged.len()).collect();
    let half = |odd: usize| {
        all.iter()
            .copied()
            .filter(|at| at % 2 == odd)
            .collect::<Vec<_>>()
    };
    line("even half", &half(0));
    line("odd half", &half(1));
    line("all", &all);
}
