//! Words that must meet, words that must not, and what becomes of apostrophes, hyphens and endings.

use unicode_normalization::UnicodeNormalization;

use super::Analyser;

/// Returns the stems of a text, compounds included.
fn stems(text: &str) -> Vec<String> {
    let found = Analyser::default().found(text);
    found
        .iter()
        .filter_map(|found| found.form.stem.as_deref().map(str::to_owned))
        .collect()
}

/// Returns the folded words of a text, without compounds written as one word.
fn folded(text: &str) -> Vec<String> {
    let found = Analyser::default().found(text);
    found
        .iter()
        .filter(|found| found.parts == 0)
        .map(|found| found.form.folded.to_string())
        .collect()
}

/// Returns what is marked for each word of a text.
fn covered(text: &str) -> Vec<&str> {
    let found = Analyser::default().found(text);
    found
        .iter()
        .filter(|found| found.parts == 0)
        .map(|found| &text[found.from..found.to])
        .collect()
}

const MEET: &[(&str, &str)] = &[
    ("résilience", "resilience"),
    ("mobilité", "mobilite"),
    ("mobilités", "mobilite"),
    ("énergie", "ENERGIES"),
    ("énergétique", "energetiques"),
    ("habitant", "habitants"),
    ("habitante", "habitants"),
    ("habitant·es", "habitants"),
    ("élu", "élus"),
    ("élue", "elus"),
    ("élu·e·s", "elu"),
    ("citoyen·nes", "citoyens"),
    ("citoyenne", "citoyen"),
    ("participer", "participation"),
    ("participatif", "participative"),
    ("participant", "participer"),
    ("local", "locaux"),
    ("locale", "local"),
    ("rural", "ruraux"),
    ("régional", "régionaux"),
    ("travail", "travaux"),
    ("société", "sociétal"),
    ("sociétés", "societales"),
    ("actif", "active"),
    ("collectif", "collectives"),
    ("animateur", "animatrice"),
    ("animation", "animer"),
    ("acteur", "actrices"),
    ("directrice", "directeurs"),
    ("conseiller", "conseillère"),
    ("boulanger", "boulangère"),
    ("première", "premiers"),
    ("filière", "filieres"),
    ("école", "écoles"),
    ("écologie", "écologique"),
    ("jardin", "jardins"),
    ("jardinier", "jardinière"),
    ("cantine", "cantines"),
    ("eau", "eaux"),
    ("réseau", "reseaux"),
    ("coopération", "coopérer"),
    ("coopérative", "coopératif"),
    ("évaluation", "évaluer"),
    ("cœur", "coeur"),
    ("œuvre", "oeuvres"),
    ("heureux", "heureuse"),
    ("association", "associations"),
    ("alimentation", "alimentaire"),
    ("communautaire", "communautés"),
    ("budgétaires", "budget"),
    ("solidaire", "solidarité"),
    ("compostage", "composter"),
    ("réduire", "réductions"),
    ("construction", "construire"),
    ("covoiturage", "covoiturer"),
    ("gaspillage", "gaspiller"),
    ("jardinage", "jardiner"),
    ("encourager", "encourage"),
    ("biodiversité", "biodiversite"),
    ("idée", "idees"),
    ("journée", "journees"),
    ("communal", "communaux"),
    ("ﬁnancer", "financement"),
    ("CO₂", "co2"),
];

const APART: &[(&str, &str)] = &[
    ("commune", "communication"),
    ("univers", "université"),
    ("jardin", "jargon"),
    ("eau", "beau"),
    ("maison", "saison"),
    ("énergie", "énerver"),
    ("école", "écologie"),
    ("rural", "rue"),
    ("local", "location"),
    ("cantine", "canton"),
    ("habitant", "habitude"),
    ("animal", "animation"),
    ("sol", "solaire"),
    ("forêt", "forer"),
    ("ville", "village"),
    ("sport", "support"),
    ("organe", "organisme"),
    ("transition", "transport"),
    ("élu", "élan"),
    ("secret", "secrétaire"),
    ("personne", "personnage"),
    ("partage", "part"),
];

#[test]
fn words_of_a_family_meet() {
    let apart: Vec<_> = MEET.iter().filter(|(a, b)| stems(a) != stems(b)).collect();
    let shown: Vec<_> = apart
        .iter()
        .map(|(a, b)| (a, stems(a), b, stems(b)))
        .collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn words_of_other_families_stay_apart() {
    let together: Vec<_> = APART.iter().filter(|(a, b)| stems(a) == stems(b)).collect();
    let shown: Vec<_> = together.iter().map(|(a, b)| (a, stems(a), b)).collect();
    assert!(shown.is_empty(), "{shown:#?}");
}

#[test]
fn combining_accents_change_nothing() {
    for (word, _) in MEET {
        let decomposed: String = word.nfd().collect();
        assert_eq!(stems(word), stems(&decomposed), "{word}");
        assert_eq!(folded(word), folded(&decomposed), "{word}");
    }
}

#[test]
fn both_apostrophes_elide() {
    for text in [
        "l'énergie",
        "l’énergie",
        "L’ÉNERGIE",
        "d'énergie",
        "qu’énergie",
        "lorsqu'énergie",
    ] {
        assert_eq!(folded(text), ["energie"], "{text}");
    }
    assert_eq!(folded("aujourd’hui"), ["aujourd", "hui"]);
    assert_eq!(
        folded("le plan d"),
        ["le", "plan", "d"],
        "nothing follows: it is a letter"
    );
    assert_eq!(stems("l energie"), stems("l'énergie"), "typed with a space");
}

#[test]
fn inclusive_endings_belong_to_the_word() {
    for text in [
        "habitant·es",
        "habitant·e·s",
        "habitant•es",
        "habitant.es",
        "habitant.e.s",
        "habitant-es",
        "habitant-e-s",
        "habitant(e)s",
        "habitant(es)",
        "habitant/e/s",
    ] {
        assert_eq!(folded(text), ["habitant"], "{text}");
        assert_eq!(covered(text), [text]);
    }
    assert_eq!(
        covered("les acteur·trices du lieu"),
        ["les", "acteur·trices", "du", "lieu"]
    );
    assert_eq!(covered("animateur(trice)s"), ["animateur(trice)s"]);
    assert_eq!(folded("prends-les"), ["prends", "les"]);
    assert_eq!(folded("la fin.Sans suite"), ["la", "fin", "sans", "suite"]);
    assert_eq!(folded("jardin (ombre)"), ["jardin", "ombre"]);
    assert_eq!(folded("terre.fr/es"), ["terre", "fr"]);
}

#[test]
fn compounds_are_also_one_word() {
    assert_eq!(
        stems("co-construire"),
        [&stems("coconstruire")[..], &stems("co construire")[..]].concat()
    );
    assert_eq!(stems("éco-quartier")[0], stems("écoquartier")[0]);
    assert_eq!(stems("week-end")[0], stems("weekend")[0]);
    assert_eq!(folded("porte-à-porte"), ["porte", "a", "porte"]);
    assert_eq!(
        stems("porte-à-porte").len(),
        2,
        "no word is made with one letter"
    );
    assert_eq!(folded("2025-2030"), ["2025", "2030"]);
    assert_eq!(folded("—tiret–long"), ["tiret", "long"]);
}

#[test]
fn stop_words_leave_no_hole_in_phrases() {
    let positions = |text: &str| -> Vec<usize> {
        let found = Analyser::default().found(text);
        found
            .iter()
            .filter(|found| found.form.stem.is_some())
            .map(|found| found.position)
            .collect()
    };
    assert_eq!(positions("qualité de l’énergie"), [0, 1]);
    assert_eq!(positions("qualité d’énergie"), [0, 1]);
    assert_eq!(positions("atelier co-construit ensemble"), [0, 1, 1, 2, 3]);
}

#[test]
fn seasons_and_buses_are_no_stop_words() {
    assert_eq!(stems("été").len(), 1);
    assert_eq!(stems("car").len(), 1);
    assert_eq!(stems("comment faire pour les").len(), 0);
}

#[test]
fn invisible_characters_and_odd_text_do_no_harm() {
    assert_eq!(folded("rési\u{ad}lience"), ["resilience"]);
    assert_eq!(folded("zéro\u{200b}"), ["zero"]);
    assert_eq!(folded("\u{301}\u{200d}"), Vec::<String>::new());
    assert_eq!(folded(&"a".repeat(61)), Vec::<String>::new());
    assert_eq!(folded("🌱🌱"), Vec::<String>::new());
    assert_eq!(folded("a\0b"), ["a", "b"]);
}

#[test]
fn what_is_remembered_is_what_is_worked_out() {
    let analyser = Analyser::default();
    for _ in 0..2 {
        for (word, _) in MEET {
            let known: Vec<_> = analyser
                .found(word)
                .into_iter()
                .map(|found| found.form)
                .collect();
            let fresh: Vec<_> = Analyser::default()
                .found(word)
                .into_iter()
                .map(|found| found.form)
                .collect();
            assert_eq!(known, fresh, "{word}");
        }
    }
}

#[test]
fn letters_are_told_as_unicode_tells_them() {
    for c in '\u{80}'..='\u{24f}' {
        let is_joiner = matches!(c, '\u{ad}');
        let is_letter = super::is_word_char(c);
        assert_eq!(is_letter, c.is_alphanumeric() || is_joiner, "{c:?}");
    }
}
