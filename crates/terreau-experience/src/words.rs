//! Short texts by what they say: small letters, no accents, stop words apart.

use std::collections::BTreeSet;

use terreau_territory::fold;

/// Words that carry no meaning of their own, folded, French and English. Those that turn a meaning are in [`TURNS`].
const STOP: &[&str] = &[
    "a", "afin", "ai", "ainsi", "alors", "apres", "au", "aupres", "aussi", "autre", "autres",
    "aux", "avec", "avoir", "beaucoup", "bien", "c", "ca", "car", "ce", "cela", "celle", "celles",
    "celui", "ces", "cet", "cette", "ceux", "chacun", "chacune", "chaque", "chez", "comme", "d",
    "dans", "de", "deja", "depuis", "des", "dont", "du", "elle", "elles", "en", "encore",
    "ensuite", "entre", "es", "est", "et", "etait", "ete", "etre", "eu", "fait", "faire", "faut",
    "il", "ils", "ici", "j", "je", "l", "la", "le", "les", "leur", "leurs", "lors", "lorsque",
    "lui", "m", "ma", "mais", "me", "meme", "mes", "moi", "mon", "n", "ne", "nos", "notre", "nous",
    "on", "ont", "ou", "par", "parce", "parfois", "pendant", "pour", "pourquoi", "puis", "qu",
    "quand", "que", "quel", "quelle", "quelles", "quelqu", "quelque", "quelques", "quels", "qui",
    "quoi", "s", "sa", "se", "ses", "si", "soi", "soit", "son", "sont", "sur", "t", "ta", "te",
    "tes", "tous", "tout", "toute", "toutes", "tres", "tu", "un", "une", "vers", "vos", "votre",
    "vous", "y", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has",
    "have", "in", "is", "it", "its", "of", "our", "so", "that", "the", "their", "they", "this",
    "to", "was", "we", "were", "with",
];

/// Words that turn a meaning: texts that don't have the same of these don't say the same.
const TURNS: &[&str] = &[
    "aucun",
    "aucune",
    "insuffisant",
    "jamais",
    "manque",
    "manquent",
    "moins",
    "non",
    "pas",
    "peu",
    "plus",
    "sans",
    "trop",
    "lack",
    "less",
    "more",
    "never",
    "no",
    "not",
    "too",
    "without",
];

/// How much two texts must share to be near-identical, as a Dice coefficient.
const NEAR: f64 = 0.8;
/// How many words they must share at least, unless they have the same ones.
const NEAR_WORDS: usize = 3;

/// What a text says: its words without the stop words, in no order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct Gist {
    words: BTreeSet<String>,
    turns: BTreeSet<String>,
}

impl Gist {
    /// Reads a text.
    pub fn of(text: &str) -> Gist {
        let mut gist = Gist::default();
        gist.add(text);
        gist
    }

    /// Adds the words of one more text.
    pub fn add(&mut self, text: &str) {
        let folded = fold(text);
        for word in folded.split(' ').filter(|word| !word.is_empty()) {
            if TURNS.contains(&word) {
                self.turns.insert(word.to_owned());
            } else if !STOP.contains(&word) {
                self.words.insert(singular(word).to_owned());
            }
        }
    }

    /// Says whether there is nothing but stop words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.turns.is_empty()
    }

    /// Returns its words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Returns how many words two texts have in common.
    pub fn shared(&self, other: &Gist) -> usize {
        self.words.intersection(&other.words).count()
    }

    /// Returns how much of their words two texts share, from 0 to 1.
    pub fn dice(&self, other: &Gist) -> f64 {
        let all = self.words.len() + other.words.len();
        if all == 0 {
            return 0.0;
        }
        2.0 * self.shared(other) as f64 / all as f64
    }

    /// Says whether two texts say nearly the same in nearly the same words.
    pub fn is_near(&self, other: &Gist) -> bool {
        if self == other {
            return true;
        }
        let (few, many) = (
            self.words.len().min(other.words.len()),
            self.words.len().max(other.words.len()),
        );
        // The first test spares counting: even if all the fewer words were shared, it would not be enough.
        2.0 * few as f64 >= NEAR * (few + many) as f64
            && few >= NEAR_WORDS
            && self.turns == other.turns
            && self.shared(other) >= NEAR_WORDS
            && self.dice(other) >= NEAR
    }
}

/// Takes the mark of the plural away; short words keep it, they are seldom plurals.
fn singular(word: &str) -> &str {
    if word.len() > 3 && word.chars().all(char::is_alphabetic) {
        word.strip_suffix(['s', 'x']).unwrap_or(word)
    } else {
        word
    }
}
