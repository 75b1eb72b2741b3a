//! What is chosen on the page becomes the text that is published, and nothing typed is lost.

use super::*;

const BASE: &str = "---\ntitle: Frise\nsummary: Une frise.\ndifficulty: 1\n---\n\n## But\n\nPremier.\n\nDeuxième.\n";
const PUBLISHED: &str = "---\ntitle: Frise\nsummary: Une frise publiée.\ndifficulty: 2\n---\n\n## But\n\nPremier publié.\n\nDeuxième.\n";
const SENT: &str = "---\ntitle: Frise\nsummary: Une frise envoyée.\ndifficulty: 3\n---\n\n## But\n\nPremier envoyé.\n\nDeuxième.\n\nTroisième.\n";

fn conflicts() -> Conflicts {
    match merge(BASE, PUBLISHED, SENT) {
        Merged::Conflicted(conflicts) => conflicts,
        Merged::Clean(text) => panic!("no conflict: {text}"),
    }
}

fn index_of(key: &str) -> usize {
    let is_it = |conflict: &Conflict| match &conflict.place {
        Place::Key(other) => other == key,
        Place::Paragraph { .. } => key.is_empty(),
    };
    conflicts()
        .conflicts()
        .position(is_it)
        .expect("such a conflict")
}

/// A form as the page shows it, each place with its own text.
fn form(choices: &[(&str, &str)]) -> Inputs {
    let mut typed = Inputs::default();
    for (index, conflict) in conflicts().conflicts().enumerate() {
        if let Some(mine) = writable(conflict) {
            typed.add(format!("c.{index}.texte"), &mine);
        }
    }
    for (key, choice) in choices {
        typed.add(format!("c.{}", index_of(key)), choice);
    }
    typed
}

fn settled(typed: &Inputs) -> String {
    let conflicts = conflicts();
    conflicts.resolve(&choices(&conflicts, typed))
}

#[test]
fn untouched_the_page_keeps_what_the_person_sent() {
    let text = settled(&form(&[]));
    for kept in [
        "summary: Une frise envoyée.",
        "difficulty: 3",
        "Premier envoyé.",
        "Troisième.",
    ] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    assert!(!text.contains("publié"), "{text}");
}

#[test]
fn each_place_is_chosen_alone() {
    let text = settled(&form(&[
        ("summary", "publie"),
        ("difficulty", "moi"),
        ("", "deux"),
    ]));
    for kept in [
        "summary: Une frise publiée.",
        "difficulty: 3",
        "Premier publié.",
        "Premier envoyé.",
        "Troisième.",
    ] {
        assert!(text.contains(kept), "{kept} in {text}");
    }
    let text = settled(&form(&[("summary", "avant"), ("", "publie")]));
    assert!(
        text.contains("summary: Une frise.\n")
            && text.contains("Premier publié.")
            && !text.contains("Premier envoyé."),
        "{text}"
    );
}

#[test]
fn a_text_written_anew_counts_whatever_is_ticked() {
    let mut typed = Inputs::default();
    let (summary, paragraph) = (index_of("summary"), index_of(""));
    typed.add(format!("c.{summary}"), "publie");
    typed.add(format!("c.{summary}.texte"), "Entre les deux : « frise ».");
    typed.add(format!("c.{paragraph}.texte"), "Premier, à deux.");
    let text = settled(&typed);
    let card = Card::read(&text).0;
    assert_eq!(card.summary(), "Entre les deux : « frise ».");
    assert!(text.contains("Premier, à deux.\n\nDeuxième."), "{text}");
}

#[test]
fn fields_are_shown_by_their_values() {
    let conflicts = conflicts();
    let summary = conflicts
        .conflicts()
        .nth(index_of("summary"))
        .expect("a conflict");
    assert_eq!(readable(summary, &summary.ours), "Une frise publiée.");
    let difficulty = conflicts
        .conflicts()
        .nth(index_of("difficulty"))
        .expect("a conflict");
    assert_eq!(readable(difficulty, &difficulty.theirs), "3");
    assert_eq!(writable(difficulty), None);
}
