//! Words that say little: those that open questions, and those for what every card is about.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::analysis::{Analyser, Form};

/// Tells whether a word says little about what is looked for: it opens questions, or names what every card is about.
pub(super) fn is_light(form: &Form) -> bool {
    LIGHT_WORDS.binary_search(&&*form.folded).is_ok()
        || form.english.is_none()
        || is_light_verb(form)
}

/// Tells whether a word is "personne" as in "personne ne vient": nobody, no person.
pub(super) fn is_nobody(form: &Form, text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    &*form.folded == "personne"
        && words.any(|word| word.eq_ignore_ascii_case("ne") || word.eq_ignore_ascii_case("n"))
}

/// Tells whether a word is a verb for what somebody would rather not do: "sans voter", "sans se fâcher". A noun after
/// "sans" is what they lack, and look for: "un village sans médecin".
pub(super) fn is_unwanted(text: &str, word: &Range<usize>) -> bool {
    let is_infinitive = ["er", "ir", "re"].iter().any(|ending| {
        text.get(..word.end)
            .is_some_and(|until| until.ends_with(ending))
    });
    if !is_infinitive {
        return false;
    }
    let before = text.get(..word.start).unwrap_or_default();
    let mut words = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .skip_while(|word| BETWEEN.contains(&&*word.to_lowercase()));
    words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("sans"))
}

/// Little words that may stand between "sans" and a verb.
const BETWEEN: &[&str] = &[
    "se", "s", "me", "m", "nous", "vous", "le", "la", "les", "l", "trop", "tout", "y", "en",
];

/// Tells whether a word is a light verb with an ending that no noun has: "parlent", "organisons".
fn is_light_verb(form: &Form) -> bool {
    let word = &*form.folded;
    let is_verb = word.ends_with("ent")
        || word.ends_with("ez")
        || word.ends_with("ons") && !word.ends_with("ions");
    let stem = form.stem.as_ref();
    is_verb && stem.is_some_and(|stem| LIGHT_VERBS.contains(stem))
}

/// The stems of the light words that are verbs.
static LIGHT_VERBS: LazyLock<HashSet<Box<str>>> = LazyLock::new(|| {
    let analyser = Analyser::default();
    let verbs = LIGHT_WORDS
        .iter()
        .filter(|word| word.len() > 4 && (word.ends_with("er") || word.ends_with("ir")));
    verbs
        .filter_map(|verb| analyser.form(verb)?.stem.clone())
        .collect()
});

/// Words for what cards are about to any of them, folded and sorted.
pub(super) const FORMS: &[&str] = &[
    "action",
    "actions",
    "activite",
    "activites",
    "activities",
    "activity",
    "animation",
    "animations",
    "animer",
    "atelier",
    "ateliers",
    "demarche",
    "demarches",
    "dispositif",
    "evenement",
    "exercice",
    "exercices",
    "fiche",
    "fiches",
    "format",
    "formats",
    "game",
    "jeu",
    "jeux",
    "meeting",
    "meetings",
    "method",
    "methode",
    "methodes",
    "methods",
    "outil",
    "outils",
    "rencontre",
    "rencontres",
    "reunion",
    "reunions",
    "seance",
    "seances",
    "session",
    "technique",
    "techniques",
    "temps",
    "tool",
    "tools",
    "workshop",
    "workshops",
];

/// Words that say little beside others, folded and sorted.
const LIGHT_WORDS: &[&str] = &[
    "actuellement",
    "afin",
    "aider",
    "ailleurs",
    "aime",
    "aimerais",
    "aimerait",
    "aimerions",
    "allait",
    "aller",
    "allez",
    "allons",
    "alors",
    "ans",
    "apres",
    "arrive",
    "arrivent",
    "arriver",
    "arrivez",
    "arrivons",
    "aujourd",
    "aussi",
    "autour",
    "autre",
    "autres",
    "avant",
    "avions",
    "avoir",
    "beaucoup",
    "besoin",
    "bien",
    "bon",
    "bonjour",
    "bonne",
    "bonnes",
    "ca",
    "cas",
    "cause",
    "chacun",
    "chacune",
    "chaque",
    "cherche",
    "chercher",
    "cherchons",
    "chose",
    "choses",
    "combien",
    "concernant",
    "conseil",
    "conseils",
    "continuer",
    "contre",
    "creer",
    "depuis",
    "deux",
    "devenir",
    "devez",
    "deviennent",
    "devient",
    "devons",
    "devra",
    "devrait",
    "differents",
    "dire",
    "dois",
    "doit",
    "doivent",
    "donner",
    "encore",
    "enfin",
    "ensemble",
    "entre",
    "envie",
    "essaye",
    "essayer",
    "essayons",
    "est",
    "etape",
    "etapes",
    "etes",
    "etions",
    "exemple",
    "exemples",
    "existe",
    "existent",
    "facon",
    "facons",
    "faisons",
    "fait",
    "faites",
    "falloir",
    "faudrait",
    "faut",
    "fiche",
    "fiches",
    "fois",
    "font",
    "gardent",
    "garder",
    "gens",
    "gerer",
    "grace",
    "grand",
    "grande",
    "grandes",
    "grands",
    "hui",
    "ici",
    "idee",
    "idees",
    "info",
    "information",
    "informations",
    "infos",
    "jamais",
    "laisse",
    "laisser",
    "lancer",
    "lequel",
    "lors",
    "lorsque",
    "maintenant",
    "maniere",
    "manieres",
    "meilleur",
    "meilleure",
    "meme",
    "memes",
    "merci",
    "mettre",
    "mieux",
    "mise",
    "moins",
    "monter",
    "montrer",
    "moyen",
    "moyens",
    "non",
    "notamment",
    "nouveau",
    "obtenir",
    "organiser",
    "oui",
    "parce",
    "parler",
    "parmi",
    "partir",
    "passer",
    "pendant",
    "permet",
    "permettre",
    "petit",
    "petite",
    "petites",
    "petits",
    "peu",
    "peut",
    "peuvent",
    "peux",
    "place",
    "plait",
    "plusieurs",
    "plutot",
    "possible",
    "possibles",
    "pourra",
    "pourrait",
    "pourrions",
    "pouvoir",
    "pouvons",
    "prendre",
    "pres",
    "proposer",
    "puis",
    "puisse",
    "puissent",
    "quelqu",
    "quelque",
    "quelques",
    "quoi",
    "rendre",
    "reste",
    "restent",
    "rester",
    "revenir",
    "revient",
    "rien",
    "sais",
    "sait",
    "sans",
    "savoir",
    "selon",
    "serait",
    "serions",
    "seront",
    "seul",
    "sinon",
    "site",
    "solution",
    "solutions",
    "souhaite",
    "souhaiterions",
    "souhaitez",
    "souhaitons",
    "sous",
    "souvent",
    "suffit",
    "sujet",
    "surtout",
    "svp",
    "systeme",
    "temps",
    "tenir",
    "tenter",
    "tiennent",
    "tient",
    "toujours",
    "trop",
    "trouver",
    "truc",
    "trucs",
    "utiliser",
    "vais",
    "venir",
    "venons",
    "vers",
    "veulent",
    "veut",
    "veux",
    "via",
    "viennent",
    "viens",
    "vient",
    "voici",
    "voila",
    "voir",
    "vont",
    "voudrais",
    "voudrait",
    "voulez",
    "vouloir",
    "voulons",
    "vraiment",
];

#[cfg(test)]
mod tests {
    use super::{FORMS, LIGHT_WORDS, is_unwanted};

    #[test]
    fn a_verb_after_sans_is_what_one_would_rather_not_do() {
        let is = |text: &str, word: &str| {
            let at = text.find(word).expect("a word of the text");
            is_unwanted(text, &(at..at + word.len()))
        };
        assert!(is("décider sans voter", "voter"));
        assert!(is("en parler sans se fâcher", "fâcher"));
        assert!(is("Sans tout casser", "casser"));
        assert!(!is("décider sans voter", "décider"));
        assert!(!is("un village sans médecin", "médecin"));
        assert!(!is("sans voiture pour aller", "aller"));
    }

    #[test]
    fn words_are_sorted_for_the_binary_search() {
        assert!(FORMS.is_sorted_by(|a, b| a < b));
        assert!(LIGHT_WORDS.is_sorted_by(|a, b| a < b));
    }
}
