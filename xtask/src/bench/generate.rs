//! A commons of any size, always the same: cards and their histories from a fixed seed, through `git fast-import`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context;

use super::quietly;
use crate::run::root;

/// The card that has many versions and is read and saved.
pub const HOT_CARD: &str = "outils/tres-relu";

/// How much to generate.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many cards.
    pub cards: usize,
    /// How many commits after the first.
    pub commits: usize,
    /// How many of them change the hot card.
    pub hot_versions: usize,
}

/// Words that the texts are made of.
const WORDS: &str = "commune village place marché école cantine jardin verger forêt rivière énergie chaleur bois soleil atelier réunion \
    enquête parole question réponse habitant élue agente association voisine entraide partage décision consentement débat carte sentier \
    vélo covoiturage soin santé pharmacie repas récolte semence compost haie sol eau puits citerne épicerie artisan monnaie emploi";

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
    Ok(())
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
        "---\nid: 0193f1c2-0000-7000-8000-{card:012x}\nkind: tool\ntitle: {} {card}\nsummary: {}.\ntopics: [alimentation]\n\
         intentions: [mobiliser]\nstages: [mobiliser]\nduration: {{ min: PT1H, max: PT2H }}\nparticipants: {{ min: 4, max: 30 }}\n\
         cost_eur: {{ min: 0, max: 50 }}\ndifficulty: 1\n---\n",
        capitalised(&words(chance, 3)),
        capitalised(&words(chance, 12)),
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

fn words(chance: &mut Chance, count: usize) -> String {
    let all: Vec<&str> = WORDS.split_whitespace().collect();
    let chosen: Vec<&str> = (0..count).map(|_| all[chance.below(all.len())]).collect();
    chosen.join(" ")
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
