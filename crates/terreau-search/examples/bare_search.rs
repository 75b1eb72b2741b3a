//! Searching and indexing beside the same work of tantivy alone: `bare_search <cards> <rounds>`, for `cargo xtask bench`.
//!
//! Both sides index the same texts in the same fields, and answer the same words with the best twenty, their number, the
//! counts of every facet and twenty snippets. Prints one JSON object: arrays hold one value a round.
//!
//! `bare_search --cards FOLDER QUESTIONS ROUNDS` asks tantivy alone what a file holds, a line each, over the cards of a
//! commons, and prints the times of each round in milliseconds: an array of arrays.

use std::fs;
use std::path::Path;
use std::time::Instant;

use tantivy::aggregation::AggContextParams;
use tantivy::aggregation::AggregationCollector;
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::QueryParser;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::{IndexWriter, TantivyDocument};
use terreau_card::facets::Facet;
use terreau_card::{Card, CardPath, CommonsConfig, Kind};
use terreau_search::{Document, Index, Query};

const WORDS: &str = "habitant commune énergie jardin école cantine mobilité atelier enquête résilience territoire élus \
    association biodiversité compostage rénovation covoiturage alimentation coopération agriculture eau forêt santé \
    culture jeunes anciens budget participatif démarche diagnostic réunion concertation animation calendrier bilan";
/// What people ask: one word, two, three, a rare one, a phrase.
const QUERIES: [&str; 8] = [
    "jardin",
    "cantine énergie",
    "budget participatif",
    "réunion élus diagnostic",
    "mot4242",
    "forêt mot77",
    "\"agriculture eau\"",
    "covoiturage santé mot512",
];
/// Times each query is asked in a round.
const TIMES: usize = 25;
/// Times each strange text is asked.
const STRANGE_TIMES: usize = 3;
/// Hits of a page.
const PAGE: usize = 20;
/// Memory of a writer, the same on both sides.
const WRITER_BYTES: usize = 15_000_000;
/// Cards before waiting for them to be written, the same on both sides.
const BATCH: usize = 500;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [option, folder, questions, rounds] = &*words
        && option == "--cards"
    {
        let rounds = rounds.parse().expect("a number of rounds");
        return ask_over(Path::new(folder), Path::new(questions), rounds);
    }
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse::<u32>().ok());
    let cards = numbers.next().unwrap_or(1_000);
    let rounds = numbers.next().unwrap_or(3);
    let (home, bare_home) = (folder(), folder());

    let started = Instant::now();
    let index = Index::open(home.path()).expect("an index");
    index.rebuild((0..cards).map(card), "c1").expect("built");
    let ours = f64::from(cards) / started.elapsed().as_secs_f64();
    let started = Instant::now();
    let bare = Bare::build(bare_home.path(), (0..cards).map(card));
    let raw = f64::from(cards) / started.elapsed().as_secs_f64();
    // Making the cards is no part of either.
    let started = Instant::now();
    let text_bytes: usize = (0..cards).map(|number| bytes(&card(number))).sum();
    let making = started.elapsed().as_secs_f64() / f64::from(cards);
    let without = |rate: f64| 1.0 / (1.0 / rate - making);

    let mut measures: [Vec<f64>; 4] = Default::default();
    for round in 0..rounds {
        let (mut ours, mut raw) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            for text in QUERIES {
                ours.push(timed(|| ask(&index, text)));
                raw.push(timed(|| bare.ask(text)));
            }
        }
        // The first round warms both.
        if round > 0 || rounds == 1 {
            for (at, (times, share)) in [(&mut ours, 0.5), (&mut raw, 0.5)].into_iter().enumerate()
            {
                measures[at].push(quantile(times, share));
            }
            measures[2].push(quantile(&mut ours, 0.99));
            measures[3].push(quantile(&mut raw, 0.99));
        }
    }
    let slowest = strange()
        .iter()
        .map(|text| {
            let mut times: Vec<f64> = (0..STRANGE_TIMES)
                .map(|_| timed(|| ask(&index, text)))
                .collect();
            let median = quantile(&mut times, 0.5);
            if std::env::args().any(|word| word == "--each") {
                let shown: String = text.chars().take(40).collect();
                eprintln!("{median:>8.2} ms  {shown:?}");
            }
            median
        })
        .fold(0.0, f64::max);
    let [ours_p50, raw_p50, ours_p99, raw_p99] = measures.map(|all| format!("{all:?}"));
    println!(
        "{{\"cards\":{cards},\"ours_p50\":{ours_p50},\"raw_p50\":{raw_p50},\"ours_p99\":{ours_p99},\"raw_p99\":{raw_p99},\
         \"ours_cards_per_second\":{:.1},\"raw_cards_per_second\":{:.1},\"index_bytes\":{},\"text_bytes\":{text_bytes},\
         \"slowest_strange\":{slowest:.2},\"resident_megabytes\":{}}}",
        without(ours),
        without(raw),
        size(home.path()),
        resident()
    );
    if std::env::args().any(|word| word == "--each") {
        for text in QUERIES {
            let ours: Vec<f64> = (0..TIMES).map(|_| timed(|| ask(&index, text))).collect();
            let raw: Vec<f64> = (0..TIMES).map(|_| timed(|| bare.ask(text))).collect();
            let [mut ours, mut raw] = [ours, raw];
            eprintln!(
                "{:>8.2} ms {:>8.2} ms raw  {text}",
                quantile(&mut ours, 0.5),
                quantile(&mut raw, 0.5)
            );
        }
    }
}

/// Asks tantivy alone over the cards of a commons.
fn ask_over(folder: &Path, questions: &Path, rounds: usize) {
    let settings = fs::read_to_string(folder.join("commons.toml")).expect("commons.toml");
    let config = CommonsConfig::read(&settings).expect("settings that can be read");
    let mut cards = Vec::new();
    find_cards(folder, folder, &config, &mut cards);
    let home = self::folder();
    let bare = Bare::build(home.path(), cards.into_iter());
    let questions = fs::read_to_string(questions).expect("questions");
    let mut times: Vec<Vec<f64>> = Vec::new();
    // The first round only warms.
    for _ in 0..=rounds {
        let round = questions.lines().map(|text| timed(|| bare.ask(text)));
        times.push(round.collect());
    }
    println!("{:?}", &times[1..]);
}

/// Adds the cards of a folder and of those in it.
fn find_cards(root: &Path, folder: &Path, config: &CommonsConfig, cards: &mut Vec<Document>) {
    for entry in fs::read_dir(folder).expect("a folder of cards").flatten() {
        let path = entry.path();
        if path.is_dir() {
            find_cards(root, &path, config, cards);
            continue;
        }
        let file = path.strip_prefix(root).expect("inside").to_string_lossy();
        if let Some(at) = CardPath::from_file(&file) {
            let (card, _) = Card::read(&fs::read_to_string(&path).expect("a card"));
            if let Some(id) = card.id() {
                cards.push(Document::of(&card, config, id, at, 0));
            }
        }
    }
}

/// Returns what nobody should type, and what makes a search do most: long, broken, frequent words, unknown ones.
fn strange() -> Vec<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut all: Vec<String> = [
        "",
        "\"",
        "-",
        "kind:",
        "kind:zzz sujet:\"",
        "/.*(a|b)+$/",
        "[a TO *] AND NOT (title:x^5)",
        "🌱👩‍🌾",
        "\u{0}\u{202e}\u{301}",
        "le la les de du un une",
        "-jardin -école -eau",
        "0 personnes 99999999h 3 €",
        "commune de 800 habitants en 2h à 12 gratuit",
    ]
    .map(str::to_owned)
    .into();
    for unit in [
        "\"a ", "\"a\" ", "« ", "-a ", "((", "a-b-c ", "é", "l’", "a:b ", "2h ",
    ] {
        all.push(unit.repeat(10_000 / unit.len()));
    }
    all.push(words.join(" "));
    all.push(format!("\"{}\"", words.join(" ")));
    all.push(words.iter().map(|word| format!("\"{word}\" ")).collect());
    all.push(words.iter().map(|word| format!("-{word} ")).collect());
    all.push(words.iter().map(|word| format!("{word}x ")).collect());
    all.push((0..2_000).map(|number| format!("mot{number} ")).collect());
    all.push((0..2_000).map(|number| format!("zq{number}zq ")).collect());
    all
}

fn folder() -> tempfile::TempDir {
    tempfile::TempDir::new().expect("a folder for the index")
}

/// Asks as the search page does.
fn ask(index: &Index, text: &str) -> usize {
    let query = Query {
        text: text.to_owned(),
        limit: PAGE,
        ..Query::default()
    };
    index.search(&query).expect("answered").hits.len()
}

/// Tantivy alone.
struct Bare {
    index: tantivy::Index,
    reader: tantivy::IndexReader,
    parser: QueryParser,
    body: Field,
    all: Field,
}

impl Bare {
    fn build(home: &Path, cards: impl Iterator<Item = Document>) -> Bare {
        let indexed = |option| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("default")
                .set_index_option(option);
            TextOptions::default().set_indexing_options(indexing)
        };
        let freqs = || indexed(IndexRecordOption::WithFreqs);
        let basic = || indexed(IndexRecordOption::Basic);
        let raw = TextFieldIndexing::default().set_tokenizer("raw");
        let raw = TextOptions::default().set_indexing_options(raw);
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", raw.clone().set_stored().set_fast("raw"));
        let facet = schema.add_text_field("facet", raw.set_fast("raw"));
        let all = schema.add_text_field("all", indexed(IndexRecordOption::WithFreqsAndPositions));
        let title = schema.add_text_field("title", freqs().set_stored());
        let summary = schema.add_text_field("summary", freqs().set_stored());
        let body = schema.add_text_field("body", STORED);
        let title_words = schema.add_text_field("title_words", basic());
        let words = schema.add_text_field("words", basic());
        let index = tantivy::Index::create_in_dir(home, schema.build()).expect("an index");
        let mut writer: IndexWriter = index
            .writer_with_num_threads(1, WRITER_BYTES)
            .expect("a writer");
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for (at, card) in cards.enumerate() {
            if at > 0 && at % BATCH == 0 {
                writer.commit().expect("committed");
            }
            let mut document = TantivyDocument::new();
            document.add_text(id, card.id.to_string());
            for (its, code) in &card.facets {
                document.add_text(facet, format!("{its}={code}"));
            }
            for field in [title, all, title_words, words] {
                document.add_text(field, &card.title);
            }
            for field in [summary, all, words] {
                document.add_text(field, &card.summary);
            }
            for field in [body, all, words] {
                document.add_text(field, &card.text);
            }
            writer.add_document(document).expect("written");
        }
        writer.commit().expect("committed");
        let segments = index.searchable_segment_ids().expect("segments");
        if segments.len() > 1 {
            writer.merge(&segments).wait().expect("merged");
        }
        writer.wait_merging_threads().expect("merged");
        let reader = index.reader().expect("a reader");
        let mut parser = QueryParser::for_index(&index, vec![title, summary, all]);
        parser.set_conjunction_by_default();
        Bare {
            index,
            reader,
            parser,
            body,
            all,
        }
    }

    fn ask(&self, text: &str) -> usize {
        let searcher = self.reader.searcher();
        let (query, _) = self.parser.parse_query_lenient(text);
        let counts: Aggregations = serde_json::from_str(
            r#"{"facets": {"terms": {"field": "facet", "size": 10000, "segment_size": 10000}}}"#,
        )
        .expect("an aggregation");
        let context = AggContextParams::new(Default::default(), self.index.tokenizers().clone());
        let facets = AggregationCollector::from_aggs(counts, context);
        let top = TopDocs::with_limit(PAGE).order_by_score();
        let (best, _, _) = searcher
            .search(&query, &(top, Count, facets))
            .expect("found");
        let snippets = SnippetGenerator::create(&searcher, &query, self.all).expect("snippets");
        best.iter()
            .map(|(_, at)| {
                let document: TantivyDocument = searcher.doc(*at).expect("stored");
                let body = document.get_first(self.body).and_then(|body| body.as_str());
                snippets.snippet(body.unwrap_or_default()).to_html().len()
            })
            .filter(|length| *length > 0)
            .count()
    }
}

/// Returns a card of about five kilobytes: common words, a long tail of rare ones, a dozen values of facets.
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
        if random(3) == 0 {
            let rarest = 10usize.pow(1 + u32::try_from(random(4)).expect("four at most"));
            text.push_str(&format!("mot{} ", random(rarest * 6)));
        } else {
            // Some words are frequent, most are not.
            let word = random(words.len()) * random(words.len()) / words.len();
            text.push_str(words[word]);
            text.push_str([" ", " ", " de ", " et ", " les ", ". La "][random(6)]);
        }
    }
    let value = |facet: Facet, code: String| (facet, code);
    let facets = vec![
        value(Facet::Kind, Kind::ALL[random(11)].to_string()),
        value(Facet::Topic, words[random(19)].to_owned()),
        value(Facet::Topic, words[random(19)].to_owned()),
        value(Facet::Intention, words[random(15)].to_owned()),
        value(Facet::Stage, words[random(8)].to_owned()),
        value(Facet::Duration, format!("duration-{}", random(8))),
        value(Facet::People, format!("people-{}", random(6))),
        value(Facet::Cost, format!("cost-{}", random(5))),
        value(Facet::Audience, words[random(14)].to_owned()),
        value(Facet::Territory, format!("{}", random(18))),
        value(Facet::Territory, format!("department-{}", random(101))),
        value(Facet::Language, "fr".to_owned()),
    ];
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
        asked: Vec::new(),
        updated: i64::from(number),
        facets,
        measures: Vec::new(),
        labels: Vec::new(),
        tried: u32::try_from(random(3)).expect("few"),
        reviewed: None,
        about: Vec::new(),
        named: Vec::new(),
    }
}

fn bytes(card: &Document) -> usize {
    card.title.len() + card.summary.len() + card.text.len()
}

/// Returns what work takes, in milliseconds.
fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    std::hint::black_box(work());
    started.elapsed().as_secs_f64() * 1_000.0
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share).round() as usize]
}

/// Returns what the process holds in memory without mapped files, 0 where the system does not tell.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("RssAnon"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

fn size(path: &Path) -> u64 {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
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
