//! A commons of any size, always the same: cards and their histories from a fixed seed, through `git fast-import`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use anyhow::Context;

use super::quietly;
use crate::run::root;

/// The card that has many versions and is read and saved.
pub const HOT_CARD: &str = "outils/tres-relu";

/// The method that every report tells of, and its twin that nobody tried.
pub const TRIED_METHOD: &str = "methodes/tres-essayee";
/// The same words at another address, without a report.
pub const UNTRIED_METHOD: &str = "methodes/peu-essayee";

/// How much to generate.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many cards.
    pub cards: usize,
    /// How many commits after the first.
    pub commits: usize,
    /// How many of them change the hot card.
    pub hot_versions: usize,
    /// How many reports tell of one method.
    pub reports: usize,
}

/// Words that the texts are made of.
const WORDS: &str = "commune village place marché école cantine jardin verger forêt rivière énergie chaleur bois soleil atelier réunion \
    enquête parole question réponse habitant élue agente association voisine entraide partage décision consentement débat carte sentier \
    vélo covoiturage soin santé pharmacie repas récolte semence compost haie sol eau puits citerne épicerie artisan monnaie emploi";

/// Syllables of the rarer words.
const SYLLABLES: [&str; 20] = [
    "ba", "cre", "di", "fo", "gu", "lan", "mer", "nou", "pli", "ra", "sau", "ti", "vel", "zo",
    "chan", "bro", "meu", "pin", "tal", "vi",
];

/// Values that the cards of a commons share out.
const TOPICS: &str =
    "alimentation agriculture energie mobilite eau dechets biodiversite sante numerique";
const INTENTIONS: &str =
    "se-lancer mobiliser imaginer debattre prioriser decider evaluer transmettre";
const STAGES: &str = "preparer mobiliser comprendre imaginer decider agir evaluer";
const AUDIENCES: &str = "elus agents associations jeunes parents agriculteurs";

/// What people ask of such a commons: one word, two, three, rare ones, filters in words.
pub fn questions(count: usize) -> Vec<String> {
    let mut chance = Chance(0x7175_6573_7469_6f6e);
    let mut one = |number: usize| match number % 6 {
        0 => words(&mut chance, 1),
        1 | 2 => words(&mut chance, 2),
        3 => words(&mut chance, 3),
        4 => format!("{} {}", words(&mut chance, 1), rare(&mut chance)),
        _ => format!("{} pour 20 personnes", words(&mut chance, 2)),
    };
    (0..count).map(&mut one).collect()
}

/// Makes `data/commons.git`.
///
/// # Errors
/// When git fails or the folder cannot be written.
pub fn generate(data: &Path, size: Size) -> anyhow::Result<()> {
    let repository = data.join("commons.git");
    std::fs::create_dir_all(&repository)?;
    quietly(
        Command::new("git")
            .args(["init", "--quiet", "--bare", "--initial-branch=main"])
            .arg(&repository),
    )?;
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(&repository)
        .stdin(Stdio::piped())
        .spawn()
        .context("git fast-import cannot be started")?;
    let mut stream = std::io::BufWriter::new(
        import
            .stdin
            .take()
            .context("git fast-import reads a stream")?,
    );
    let mut chance = Chance(0x7465_7272_6561_7521);
    first_commit(&mut stream, &mut chance, size)?;
    for commit in 1..=size.commits {
        let every = size.commits / size.hot_versions;
        let card = if commit % every == 0 {
            0
        } else {
            1 + chance.below(size.cards - 1)
        };
        start_commit(&mut stream, commit, "Un mot plus juste")?;
        put(
            &mut stream,
            &file_of(card),
            &text_of(
                card,
                commit,
                &mut Chance(card as u64 * 7919 + commit as u64),
            ),
        )?;
    }
    stream.flush()?;
    drop(stream);
    anyhow::ensure!(import.wait()?.success(), "git fast-import failed");
    Ok(())
}

fn first_commit(stream: &mut impl Write, chance: &mut Chance, size: Size) -> anyhow::Result<()> {
    start_commit(stream, 0, "Commun de mesure")?;
    let config = std::fs::read_to_string(root().join("content/commons.toml"))?;
    put(stream, "commons.toml", &config)?;
    for card in 0..size.cards {
        put(stream, &file_of(card), &text_of(card, 0, chance))?;
    }
    if size.reports > 0 {
        // Numbers that no card has.
        for (number, path) in [(0xfff_fff1, TRIED_METHOD), (0xfff_fff2, UNTRIED_METHOD)] {
            put(stream, &format!("{path}.md"), &method(number))?;
        }
    }
    for report in 0..size.reports {
        let path = format!("experiences/retour-{report}.md");
        put(stream, &path, &report_of(report, chance))?;
    }
    Ok(())
}

/// A method, always with the same words: two of them differ by nothing but what is told of them.
fn method(number: usize) -> String {
    let chance = &mut Chance(0x6d65_7468);
    text_of(number, 0, chance)
        .replace("kind: tool", "kind: method")
        .replace(&format!(" {number}\n"), " à tout faire\n")
}

/// A report of the method, with most of what a report can say.
fn report_of(number: usize, chance: &mut Chance) -> String {
    let (title, summary) = (words(chance, 3), words(chance, 12));
    let (title, summary) = (capitalised(&title), capitalised(&summary));
    let (commune, code) = (number % 300, 1_000 + number % 300);
    let (population, year) = (100 + chance.below(9_000), 2012 + chance.below(14));
    let minutes = 30 * (1 + chance.below(12));
    let (people, cost, days) = (
        5 + chance.below(90),
        chance.below(2_000),
        1 + chance.below(20),
    );
    let again = ["as-is", "adapted", "no", "unknown"][chance.below(4)];
    let mut marks = String::new();
    for criterion in ["clarte", "facilite", "utilite", "effet"] {
        write!(marks, "{criterion}: {}, ", 1 + chance.below(4))
            .expect("writing to a String cannot fail");
    }
    let lists = said(chance);
    let text = capitalised(&words(chance, 120));
    format!(
        "---\nid: 0193f1c2-0000-7000-8001-{number:012x}\nkind: experience\ntitle: {title} {number}\nsummary: {summary}.\n\
         topics: [alimentation]\nabout: [{{ card: {TRIED_METHOD} }}]\n\
         territories: [{{ name: Commune {commune}, insee: \"{code:05}\", population: {population} }}]\nstart: {year}\n\
         state: finished\nduration: {{ min: PT{minutes}M, max: PT{minutes}M }}\nparticipants: {{ count: {people}, exact: true }}\n\
         cost: {{ amount_eur: {cost}, per: total }}\nstaff: {{ days: {days} }}\n{lists}again: {again}\n\
         marks: {{ {} }}\nindependence: lead\n---\n\n## Contexte\n\n{text}.\n",
        marks.trim_end_matches(", "),
    )
}

/// What a report names; some say again what others said.
fn said(chance: &mut Chance) -> String {
    let mut lists = String::new();
    for (key, kinds) in [("satisfactions", 40), ("obstacles", 30), ("tips", 60)] {
        let text = words(&mut Chance(977 + chance.below(kinds) as u64), 8);
        writeln!(lists, "{key}: [\"{}.\"]", capitalised(&text))
            .expect("writing to a String cannot fail");
    }
    let changed = capitalised(&words(chance, 9));
    writeln!(lists, "adaptations: [{{ changed: \"{changed}.\" }}]")
        .expect("writing to a String cannot fail");
    lists
}

fn start_commit(stream: &mut impl Write, number: usize, subject: &str) -> std::io::Result<()> {
    let date = 1_600_000_000 + number * 3600;
    let author = format!(
        "Contributrice {} <{:08x}-0000-4000-8000-000000000000@users.localhost>",
        number % 40,
        number % 40
    );
    writeln!(
        stream,
        "commit refs/heads/main\nauthor {author} {date} +0000\ncommitter Terreau <terreau@localhost> {date} +0000"
    )?;
    let message = format!("{subject} ({number})\n\nLicence: CC-BY-SA-4.0\n");
    writeln!(stream, "data {}\n{message}", message.len())
}

fn put(stream: &mut impl Write, path: &str, text: &str) -> std::io::Result<()> {
    writeln!(
        stream,
        "M 100644 inline {path}\ndata {}\n{text}",
        text.len()
    )
}

/// Cards stand in a hundred folders, as a register by department would.
fn file_of(card: usize) -> String {
    match card {
        0 => format!("{HOT_CARD}.md"),
        _ => format!("outils/pays-{}/outil-{card}.md", card % 100),
    }
}

fn text_of(card: usize, version: usize, chance: &mut Chance) -> String {
    let mut text = format!(
        "---\nid: 0193f1c2-0000-7000-8000-{card:012x}\nkind: tool\ntitle: {} {card}\nsummary: {}.\ntopics: [{}]\n\
         intentions: [{}]\nstages: [{}]\nduration: {{ min: PT{}H, max: PT12H }}\nparticipants: {{ min: {}, max: 40 }}\n\
         cost_eur: {{ min: 0, max: {} }}\ndifficulty: {}\naudiences: [{}]\n---\n",
        capitalised(&words(chance, 3)),
        capitalised(&words(chance, 12)),
        one_of(chance, TOPICS),
        one_of(chance, INTENTIONS),
        one_of(chance, STAGES),
        1 + chance.below(10),
        2 + chance.below(30),
        50 * chance.below(20),
        1 + chance.below(3),
        one_of(chance, AUDIENCES),
    );
    for heading in [
        "Quand l’utiliser",
        "Préparation",
        "Déroulé",
        "Points de vigilance",
    ] {
        write!(text, "\n## {heading}\n\n").expect("writing to a String cannot fail");
        if heading == "Déroulé" {
            for step in 1..=4 {
                write!(
                    text,
                    "### {} ({} min)\n\n{}.\n\n",
                    capitalised(&words(chance, 3)),
                    step * 10,
                    capitalised(&words(chance, 40))
                )
                .expect("writing to a String cannot fail");
            }
        } else {
            for _ in 0..3 {
                write!(text, "{}.\n\n", capitalised(&words(chance, 60)))
                    .expect("writing to a String cannot fail");
            }
        }
    }
    writeln!(text, "Version {version}.").expect("writing to a String cannot fail");
    text
}

/// Returns words, some frequent and some rare, as texts have them.
fn words(chance: &mut Chance, count: usize) -> String {
    static FREQUENT: LazyLock<Vec<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());
    let mut text = String::new();
    for at in 0..count {
        if at > 0 {
            text.push(' ');
        }
        match chance.below(4) {
            0 => text.push_str(&rare(chance)),
            _ => text.push_str(FREQUENT[chance.below(FREQUENT.len())]),
        }
    }
    text
}

/// Returns a word of syllables; the shorter, the more frequent.
fn rare(chance: &mut Chance) -> String {
    let mut word = String::new();
    for _ in 0..2 + chance.below(3) {
        word.push_str(SYLLABLES[chance.below(SYLLABLES.len())]);
    }
    word
}

fn one_of<'a>(chance: &mut Chance, all: &'a str) -> &'a str {
    let all: Vec<&str> = all.split_whitespace().collect();
    all[chance.below(all.len())]
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Numbers that look like chance and are always the same (Marsaglia's xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 |= 1;
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("below a usize")
    }
}
