//! Reduces a French word: fold → put back the accents that Snowball needs → Snowball → fold.
//!
//! Snowball's French suffixes are accented (*ité, ière, ée*) and people type without accents. Folding alone before
//! or after it makes one side miss the other; folding first and putting those few accents back makes them meet.

use tantivy::tokenizer::Language;
use unicode_normalization::UnicodeNormalization;

/// Words too common to be asked for, folded and sorted. "été" and "car" are not here: a season and a bus.
const STOP_WORDS: &[&str] = &[
    "a", "ai", "ainsi", "and", "as", "au", "aux", "avec", "avez", "avons", "c", "ce", "ceci",
    "cela", "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chez", "comme", "comment",
    "d", "dans", "de", "des", "donc", "dont", "du", "elle", "elles", "en", "est", "et", "etaient",
    "etait", "etc", "etre", "eu", "eux", "faire", "for", "how", "il", "ils", "j", "je", "jusqu",
    "l", "la", "le", "les", "leur", "leurs", "lorsqu", "lorsque", "lui", "m", "ma", "mais", "me",
    "mes", "moi", "mon", "n", "ne", "ni", "nos", "notre", "nous", "of", "on", "ont", "ou", "par",
    "pas", "plus", "pour", "pourquoi", "puisqu", "puisque", "qu", "quand", "que", "quel", "quelle",
    "quelles", "quels", "qui", "quoi", "quoiqu", "quoique", "s", "sa", "se", "sera", "ses", "si",
    "son", "sont", "suis", "sur", "t", "ta", "te", "tes", "to", "toi", "ton", "tou", "tous",
    "tout", "toute", "toutes", "tu", "un", "une", "vos", "votre", "vous", "what", "with", "y",
];

/// Families that Snowball tears apart or throws together: words that start so share the stem beside.
const FAMILIES: &[(&str, &str)] = &[
    ("communic", "communic"),  // not with "commune"
    ("universi", "universit"), // not with "univers"
    ("societ", "societ"),      // "sociétal" with "société"
    ("travaux", "travail"),
    ("nouveau", "nouvel"),
    ("vieux", "vieil"),
    ("vieill", "vieil"),
    ("jeux", "jeu"),
    ("enjeux", "enjeu"),
    ("lieux", "lieu"),
    ("milieux", "milieu"),
    ("feux", "feu"),
    ("voeux", "voeu"),
    ("isolation", "isolant"), // not with "isolement"
    ("isolant", "isolant"),
    ("organism", "organism"),   // not with "organe"
    ("secretair", "secretair"), // not with "secret"
    ("solidair", "solidar"),
    ("personnag", "personnag"), // not with "personne"
    ("encourag", "encourag"),
    ("decourag", "decourag"),
];

/// Words in "-ent" that are no verbs ("ils participent"), folded and sorted.
const NOUNS_IN_ENT: &[&str] = &[
    "absent",
    "accent",
    "accident",
    "adherent",
    "adjacent",
    "agent",
    "antecedent",
    "apparent",
    "ardent",
    "argent",
    "bivalent",
    "cent",
    "client",
    "coefficient",
    "coherent",
    "competent",
    "concurrent",
    "confident",
    "conscient",
    "content",
    "continent",
    "contingent",
    "convalescent",
    "couvent",
    "decadent",
    "decent",
    "dent",
    "detergent",
    "different",
    "diligent",
    "dissident",
    "divergent",
    "efficient",
    "emergent",
    "equivalent",
    "evident",
    "excellent",
    "frequent",
    "gradient",
    "imminent",
    "impatient",
    "incident",
    "inconvenient",
    "independent",
    "indifferent",
    "indigent",
    "indulgent",
    "ingredient",
    "innocent",
    "insolent",
    "intelligent",
    "lent",
    "negligent",
    "occident",
    "opulent",
    "orient",
    "parent",
    "patent",
    "patient",
    "permanent",
    "pertinent",
    "precedent",
    "present",
    "president",
    "prudent",
    "quotient",
    "recent",
    "recipient",
    "referent",
    "regent",
    "resident",
    "sergent",
    "serpent",
    "solvent",
    "souvent",
    "strident",
    "talent",
    "tangent",
    "torrent",
    "transparent",
    "trident",
    "turbulent",
    "urgent",
    "vent",
    "vincent",
    "violent",
];

/// Word endings rewritten before Snowball; the first that fits is used.
const BEFORE: &[(&str, &str)] = &[
    ("ites", "ités"),
    ("ite", "ité"),
    ("ieres", "ières"),
    ("iere", "ière"),
    ("ees", "ées"),
    ("ee", "ée"),
    ("trices", "teurs"),
    ("trice", "teur"),
    ("lleres", "llers"),
    ("llere", "ller"),
    ("cheres", "chers"),
    ("chere", "cher"),
    ("geres", "gers"),
    ("gere", "ger"),
];

/// Returns the stem of a folded word; `None` for a stop word.
pub(super) fn stem_of(folded: &str) -> Option<String> {
    let is_stop = folded.is_empty() || STOP_WORDS.binary_search(&folded).is_ok();
    (!is_stop).then(|| stem(folded))
}

/// Returns a word in lower case with its accents, composed, without invisible characters.
pub(super) fn lowered(word: &str) -> String {
    let invisible = |c: &char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
    word.chars()
        .filter(|c| !invisible(c))
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// Returns a word in lower case, without marks or invisible characters, ligatures opened.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            other => folded.push(other),
        }
    }
    folded
}

/// Returns the stem of a folded word.
fn stem(folded: &str) -> String {
    if !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return folded.to_owned();
    }
    if let Some((_, stem)) = FAMILIES.iter().find(|(start, _)| folded.starts_with(start)) {
        return (*stem).to_owned();
    }
    let mut stem = fold(&snowball(&before(folded)));
    // "active" gives "activ", "actif" stays "actif".
    if stem.ends_with("iv") {
        stem.pop();
        stem.push('f');
    }
    // "réduire" with "réduction", "construire" with "construction".
    if stem.ends_with("duir") || stem.ends_with("truir") {
        stem.truncate(stem.len() - "ir".len());
        stem.push_str("ct");
    }
    stem
}

/// Returns a folded word as Snowball needs it.
fn before(folded: &str) -> String {
    let mut word = folded.to_owned();
    // Snowball leaves short plurals alone: "élus", "lits".
    if (4..=5).contains(&word.len()) && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    // Snowball keeps "-aire" and "-age": "alimentaire" goes with "alimentation", "compostage" with "composter".
    let singular = word.trim_end_matches('s').len();
    // Snowball keeps the plural of verbs: "ils participent" goes with "participer".
    if word.len() >= 6
        && word.ends_with("ent")
        && !word.ends_with("ment")
        && !word.ends_with("ient")
        && NOUNS_IN_ENT.binary_search(&word.as_str()).is_err()
    {
        word.truncate(word.len() - "ent".len());
        word.push_str("er");
        return word;
    }
    let long = singular >= 9;
    if long && word[..singular].ends_with("taire") {
        word.truncate(singular - "aire".len());
    } else if long && word[..singular].ends_with("age") {
        word.truncate(singular - "age".len());
    } else if word.len() >= 5
        && let Some((ending, other)) = BEFORE.iter().find(|(ending, _)| word.ends_with(ending))
    {
        word.truncate(word.len() - ending.len());
        word.push_str(other);
    }
    word
}

fn snowball(word: &str) -> String {
    super::snowball(word, Language::French)
}

#[cfg(test)]
mod tests {
    use super::{NOUNS_IN_ENT, STOP_WORDS};

    #[test]
    fn words_are_sorted_for_the_binary_search() {
        assert!(NOUNS_IN_ENT.is_sorted_by(|a, b| a < b));
        assert!(STOP_WORDS.is_sorted_by(|a, b| a < b));
    }
}
