//! The messages in French.

use super::{PrivateThing, QuestionFault, Rule, YamlFault};
use crate::{PathRefusal, schema::Shape};

pub(super) fn message(rule: &Rule) -> String {
    match rule {
        Rule::NotUtf8 => "Ce fichier n’est pas écrit en UTF-8.".to_owned(),
        Rule::ByteOrderMark => {
            "Le fichier commence par une marque d’ordre des octets, un caractère invisible."
                .to_owned()
        }
        Rule::CarriageReturn => "Les lignes se terminent comme sous Windows (CR LF).".to_owned(),
        Rule::NotNfc => "Un accent est écrit en deux caractères (forme décomposée).".to_owned(),
        Rule::ControlCharacter { code } => {
            format!("Un caractère de contrôle invisible se cache ici (U+{code:04X}).")
        }
        Rule::BidiCharacter { code } => {
            format!("Un caractère invisible change ici le sens de lecture (U+{code:04X}).")
        }
        Rule::NoFrontMatter => {
            "La fiche ne commence pas par un en-tête entre deux lignes « --- ».".to_owned()
        }
        Rule::FrontMatterOpen => "L’en-tête n’est pas refermé.".to_owned(),
        Rule::FrontMatterTooBig { bytes, max } => {
            format!("L’en-tête est trop long : {bytes} octets, {max} au plus.")
        }
        Rule::FrontMatterTooDeep { max } => {
            format!("Les listes s’emboîtent trop profondément : {max} niveaux au plus.")
        }
        Rule::TooManyKeys { max } => format!("Il y a trop de clés : {max} au plus."),
        Rule::BadYaml(fault) => format!("Cette ligne ne se lit pas : {}.", yaml_fault(*fault)),
        Rule::NotAMapping => "L’en-tête doit être fait de lignes « clé: valeur ».".to_owned(),
        Rule::KeyNotText => "Une clé doit être un mot simple.".to_owned(),
        Rule::SeveralDocuments => {
            "L’en-tête contient une ligne qui commence un second document.".to_owned()
        }
        Rule::Anchor => "Les ancres YAML (« &nom ») ne sont pas acceptées.".to_owned(),
        Rule::Alias => "Les renvois YAML (« *nom ») ne sont pas acceptés.".to_owned(),
        Rule::Tag => "Les étiquettes YAML (« !type ») ne sont pas acceptées.".to_owned(),
        Rule::MergeKey => "La clé de fusion YAML (« << ») n’est pas acceptée.".to_owned(),
        Rule::DuplicateKey { key } => format!("La clé « {key} » est écrite deux fois."),
        Rule::MissingKey { key } => format!("Il manque la clé « {key} »."),
        Rule::EmptyValue { key } => format!("« {key} » est vide."),
        Rule::UnknownKey { key, .. } => {
            format!("La clé « {key} » n’est pas connue de cette version du format.")
        }
        Rule::WrongShape { key, expected } => format!("« {key} » doit être {}.", shape(expected)),
        Rule::NeedsQuotes { text } => format!(
            "Sans guillemets, certains logiciels liraient « {text} » comme un nombre ou un oui/non."
        ),
        Rule::TooLong { key, max, length } => {
            format!("« {key} » est trop long : {length} caractères, {max} au plus.")
        }
        Rule::NotOneLine { key } => format!("« {key} » doit tenir sur une seule ligne."),
        Rule::MarkdownInText { key } => {
            format!("« {key} » contient de la mise en forme, qui s’affichera telle quelle.")
        }
        Rule::OutOfBounds { key, min, max } => format!(
            "« {key} » doit être entre {} et {}.",
            number(*min),
            number(*max)
        ),
        Rule::NotOneOf { key, word, .. } => {
            format!("« {word} » n’est pas une valeur possible de « {key} ».")
        }
        Rule::UnknownCode {
            vocabulary, code, ..
        } => format!("Le code « {code} » n’existe pas dans le vocabulaire « {vocabulary} »."),
        Rule::WrongLevel { key, code } => {
            format!("« {code} » n’est pas au bon niveau de l’arbre pour « {key} ».")
        }
        Rule::NotUnder { code, above } => format!("« {code} » ne se trouve pas sous « {above} »."),
        Rule::Twice { item, .. } => format!("« {item} » est déjà dans cette liste."),
        Rule::WrongCount { key, min, max } => {
            format!("« {key} » doit avoir de {min} à {max} valeurs.")
        }
        Rule::MinAboveMax { key } => format!("Dans « {key} », le minimum dépasse le maximum."),
        Rule::EndBeforeStart => "La fin est avant le début.".to_owned(),
        Rule::UnknownLicence { text } => {
            format!("« {text} » n’est pas une licence que le commun connaît.")
        }
        Rule::LicenceCantJoin { licence } => {
            format!("La licence {licence} ne permet pas de mêler cette œuvre à une fiche CC BY-SA.")
        }
        Rule::LicenceMissing => {
            "Cette source est adaptée ou traduite, mais sa licence n’est pas donnée.".to_owned()
        }
        Rule::BadPath { text, .. } => format!("« {text} » ne peut pas être le chemin d’une fiche."),
        Rule::BadFilePath { text } => {
            format!("« {text} » ne peut pas être le chemin d’un fichier du commun.")
        }
        Rule::MissingSection { heading } => format!("Il manque la partie « {heading} »."),
        Rule::EmptySection { heading } => format!("La partie « {heading} » est vide."),
        Rule::SectionTwice { heading } => format!("La partie « {heading} » apparaît deux fois."),
        Rule::TitleInBody => {
            "Le texte contient un titre de premier niveau ; le titre de la fiche suffit.".to_owned()
        }
        Rule::RawHtml => "Ceci est du HTML, qui s’affichera tel quel.".to_owned(),
        Rule::MissingMedia { path } => {
            format!("L’image « {path} » n’est pas décrite dans « media ».")
        }
        Rule::ForeignImage { url } => {
            format!("L’image « {url} » est gardée ailleurs et ne sera pas affichée.")
        }
        Rule::SiteLink { text, .. } => format!("Le lien « {text} » ne marche que sur le site."),
        Rule::Private { thing } => format!("Ceci ressemble à {}.", private(*thing)),
        Rule::Questions(fault) => question(fault),
        Rule::MissingCard { path, .. } => format!("Il n’y a pas de fiche à « {path} »."),
        Rule::MovedCard { path, to } => {
            format!("La fiche « {path} » s’appelle maintenant « {to} ».")
        }
        Rule::NamesItself => "La fiche se cite elle-même.".to_owned(),
        Rule::MissingFile { path, .. } => {
            format!("Il n’y a pas de fichier « {path} » dans le commun.")
        }
        Rule::SameId { other, .. } => {
            format!("Cet identifiant est déjà celui de la fiche « {other} ».")
        }
        Rule::AliasTaken { alias, by } => {
            format!("L’ancien chemin « {alias} » est déjà pris par « {by} ».")
        }
        Rule::TwinFile { other } => format!(
            "Ce fichier et « {other} » ne se distinguent que par des majuscules ou des accents."
        ),
        Rule::FileName { file, .. } => format!("Une fiche ne peut pas s’appeler « {file} »."),
        Rule::NoConfig => "Le fichier commons.toml manque à la racine du commun.".to_owned(),
        Rule::BadToml { detail } => {
            format!("Cette ligne ne se lit pas ({detail}).")
        }
        Rule::UnknownFormat => "Cette version du format n’est pas connue.".to_owned(),
        Rule::ConfigMissing { key } => format!("Il manque « {key} »."),
        Rule::ConfigUnknown { key, .. } => format!("« {key} » n’est pas connu dans ce fichier."),
        Rule::ConfigShape { key, expected } => {
            format!("« {key} » doit être {}.", config_shape(expected))
        }
        Rule::ConfigCode { code, .. } => format!("« {code} » ne peut pas être un code."),
        Rule::ConfigTwice { code } => {
            format!("Le code « {code} » est déjà utilisé dans ce vocabulaire.")
        }
        Rule::SynonymAlone => "Ce groupe n’a qu’un mot.".to_owned(),
        Rule::BadSynonym { word } => {
            format!("« {word} » n’est pas un mot que l’on peut chercher.")
        }
        Rule::SynonymTwice { word, with } => {
            format!("« {word} » est déjà parmi les synonymes de « {with} ».")
        }
    }
}

pub(super) fn help(rule: &Rule) -> String {
    match rule {
        Rule::NotUtf8 => "Enregistrez-le de nouveau en choisissant l’encodage UTF-8.".to_owned(),
        Rule::ByteOrderMark => "Enregistrez le fichier en « UTF-8 » plutôt qu’en « UTF-8 avec BOM ».".to_owned(),
        Rule::CarriageReturn => "Choisissez les fins de ligne Unix (LF) dans votre éditeur, ou réglez git avec « core.autocrlf input ».".to_owned(),
        Rule::NotNfc => "Retapez la lettre accentuée, ou convertissez le fichier en Unicode NFC.".to_owned(),
        Rule::ControlCharacter { .. } | Rule::BidiCharacter { .. } => "Effacez-le ; retaper le mot suffit souvent.".to_owned(),
        Rule::NoFrontMatter => "Commencez le fichier par une ligne « --- », les clés (id, kind, title…), puis une autre ligne « --- ».".to_owned(),
        Rule::FrontMatterOpen => "Ajoutez une ligne « --- » après la dernière clé.".to_owned(),
        Rule::FrontMatterTooBig { .. } => "Gardez les textes longs pour le corps de la fiche.".to_owned(),
        Rule::FrontMatterTooDeep { .. } | Rule::TooManyKeys { .. } => "Gardez l’essentiel dans l’en-tête et racontez le reste dans le corps de la fiche.".to_owned(),
        Rule::BadYaml(fault) => yaml_help(*fault).to_owned(),
        Rule::NotAMapping => "Écrivez par exemple « title: Ma fiche ».".to_owned(),
        Rule::KeyNotText => "Écrivez la clé comme un mot suivi de deux-points ; mettez-la entre guillemets si elle a des signes.".to_owned(),
        Rule::SeveralDocuments => "Effacez cette ligne, ou mettez son texte entre guillemets.".to_owned(),
        Rule::Anchor | Rule::Alias | Rule::MergeKey => "Recopiez la valeur là où elle sert.".to_owned(),
        Rule::Tag => "Effacez l’étiquette ; mettez la valeur entre guillemets si elle doit commencer par « ! ».".to_owned(),
        Rule::DuplicateKey { .. } => "Gardez une seule des deux lignes.".to_owned(),
        Rule::MissingKey { .. } => "Ajoutez-la avec sa valeur.".to_owned(),
        Rule::EmptyValue { .. } => "Remplissez cette valeur, ou effacez la ligne si elle n’est pas obligatoire.".to_owned(),
        Rule::UnknownKey { near, .. } | Rule::ConfigUnknown { near, .. } => match near {
            Some(near) => format!("Vouliez-vous écrire « {near} » ? Sinon elle est gardée telle quelle."),
            None => "Elle est gardée telle quelle.".to_owned(),
        },
        Rule::WrongShape { expected, .. } => example(expected),
        Rule::NeedsQuotes { text } => format!("Écrivez \"{text}\", avec des guillemets droits."),
        Rule::TooLong { .. } => "Raccourcissez-le, et développez dans le corps de la fiche.".to_owned(),
        Rule::NotOneLine { .. } => "Mettez tout sur une ligne.".to_owned(),
        Rule::MarkdownInText { .. } => "Écrivez-le en texte simple, sans gras, lien ni puce.".to_owned(),
        Rule::OutOfBounds { .. } => "Corrigez le nombre.".to_owned(),
        Rule::NotOneOf { words, near, .. } => did_you_mean(near.as_deref(), &format!("Les valeurs possibles sont : {}.", words.join(", "))),
        Rule::UnknownCode { vocabulary, near, .. } => did_you_mean(
            near.as_deref(),
            &format!("Choisissez un code du vocabulaire « {vocabulary} » de commons.toml, ou proposez de l’y ajouter."),
        ),
        Rule::WrongLevel { .. } => "L’arbre va de l’axe à l’orientation, puis à l’objectif ; voyez « axes » dans commons.toml.".to_owned(),
        Rule::NotUnder { above, .. } => format!("Choisissez un code placé sous « {above} », ou changez celui du dessus."),
        Rule::Twice { .. } => "Gardez-le une seule fois.".to_owned(),
        Rule::WrongCount { .. } => "Ne gardez que les plus importantes.".to_owned(),
        Rule::MinAboveMax { .. } => "Échangez les deux valeurs.".to_owned(),
        Rule::EndBeforeStart => "Vérifiez les deux dates.".to_owned(),
        Rule::UnknownLicence { .. } => "Donnez son identifiant SPDX, par exemple CC-BY-SA-4.0, CC-BY-4.0 ou etalab-2.0.".to_owned(),
        Rule::LicenceCantJoin { .. } => "Faites-en une source « further-reading » avec un lien ou une courte citation, ou demandez à l’auteur une autre licence.".to_owned(),
        Rule::LicenceMissing => "Ajoutez « licence: » à cette source. Sans licence, un texte ne peut être que cité brièvement ou donné en lien.".to_owned(),
        Rule::BadPath { refusal, .. } => path(refusal),
        Rule::BadFilePath { .. } => "Donnez le chemin depuis la racine du commun, par exemple images/carte.png, sans espace ni signe.".to_owned(),
        Rule::MissingSection { heading } => format!("Ajoutez une ligne « ## {heading} », puis son texte."),
        Rule::EmptySection { .. } => "Écrivez au moins une phrase ; une autre personne complétera.".to_owned(),
        Rule::SectionTwice { .. } => "Réunissez les deux textes sous un seul titre.".to_owned(),
        Rule::TitleInBody => "Mettez deux dièses : « ## ».".to_owned(),
        Rule::RawHtml => "Écrivez-le en Markdown, ou entre accents graves si vous voulez montrer du code.".to_owned(),
        Rule::MissingMedia { path } => format!("Ajoutez dans l’en-tête, sous « media: », la clé « {path}: » avec « alt: » (ce que montre l’image)."),
        Rule::ForeignImage { .. } => "Ajoutez l’image au commun avec son auteur et sa licence, puis citez ce fichier.".to_owned(),
        Rule::SiteLink { better, .. } => format!("Écrivez « {better} », qui marche aussi sur un disque et sur une forge."),
        Rule::Private { .. } => "L’historique ne s’efface pas : ne gardez que ce que la personne a accepté de publier, ou le contact d’une organisation.".to_owned(),
        Rule::Questions(fault) => question_help(fault),
        Rule::MissingCard { near: Some(near), .. } => format!("Vouliez-vous dire « {near} » ?"),
        Rule::MissingCard { near: None, .. } => "Vérifiez le chemin, ou retirez le lien en attendant que la fiche existe.".to_owned(),
        Rule::MovedCard { to, .. } => format!("Écrivez « {to} »."),
        Rule::NamesItself => "Retirez ce lien, ou citez la fiche à laquelle vous pensiez.".to_owned(),
        Rule::MissingFile { near: Some(near), .. } => format!("Vouliez-vous dire « {near} » ?"),
        Rule::MissingFile { near: None, .. } => "Ajoutez ce fichier au commun, ou corrigez son chemin.".to_owned(),
        Rule::SameId { .. } => "Une copie reçoit un nouvel identifiant ; gardez celui-ci pour une seule fiche.".to_owned(),
        Rule::AliasTaken { .. } => "Retirez cet ancien chemin de « aliases ».".to_owned(),
        Rule::TwinFile { .. } => "Renommez l’un des deux : sur certains ordinateurs, ils n’en font qu’un.".to_owned(),
        Rule::FileName { refusal, .. } => path(refusal),
        Rule::NoConfig => "« terreau init » en écrit un.".to_owned(),
        Rule::BadToml { .. } => "Vérifiez les guillemets, les crochets et le signe « = ».".to_owned(),
        Rule::UnknownFormat => "Écrivez « format = 1 », ou mettez Terreau à jour.".to_owned(),
        Rule::ConfigMissing { .. } => "Ajoutez cette ligne.".to_owned(),
        Rule::ConfigShape { .. } => "Corrigez la valeur.".to_owned(),
        Rule::ConfigCode { near, .. } => format!("Un code est fait de lettres sans accent, de chiffres et de tirets : « {near} »."),
        Rule::ConfigTwice { .. } => "Choisissez un autre code ; le libellé, lui, peut être le même.".to_owned(),
        Rule::SynonymAlone => "Ajoutez au moins un autre mot, ou effacez le groupe.".to_owned(),
        Rule::BadSynonym { .. } => "Écrivez un mot ou quelques mots, comme on les taperait.".to_owned(),
        Rule::SynonymTwice { .. } => "Réunissez les deux groupes, ou gardez le mot dans un seul.".to_owned(),
    }
}

fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |near| format!("Vouliez-vous dire « {near} » ? {otherwise}"),
    )
}

fn number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

fn yaml_fault(fault: YamlFault) -> &'static str {
    match fault {
        YamlFault::Tab => "il y a une tabulation là où il faut des espaces",
        YamlFault::Quote => "un guillemet n’est pas refermé, ou un « \\ » est mal placé",
        YamlFault::Bracket => "un crochet ou une accolade n’est pas refermé",
        YamlFault::Colon => "il y a un « : » de trop, ou il en manque un",
        YamlFault::Indentation => "elle n’est pas alignée avec les autres",
        YamlFault::Other => "ce n’est pas du YAML",
    }
}

fn yaml_help(fault: YamlFault) -> &'static str {
    match fault {
        YamlFault::Tab => "Remplacez la tabulation par des espaces.",
        YamlFault::Quote => "Cherchez le guillemet qui manque, ici ou juste au-dessus.",
        YamlFault::Bracket => "Cherchez le « ] » ou le « } » qui manque, ici ou juste au-dessus.",
        YamlFault::Colon => {
            "Mettez entre guillemets un texte qui contient « : », et laissez un espace après les deux-points d’une clé."
        }
        YamlFault::Indentation => {
            "Alignez les clés d’un même groupe sur la même colonne, avec des espaces."
        }
        YamlFault::Other => {
            "Mettez le texte entre guillemets droits, ou comparez avec une autre fiche."
        }
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text { .. } => "un texte d’une ligne",
        Shape::Paragraph { .. } => "un texte",
        Shape::Integer { .. } => "un nombre entier",
        Shape::Decimal { .. } => "un nombre",
        Shape::Bool => "« true » ou « false »",
        Shape::Date => "une date",
        Shape::PartialDate => "une date, un mois ou une année",
        Shape::Uuid => "l’identifiant d’une fiche",
        Shape::Language => "un code de langue",
        Shape::Url => "une adresse web",
        Shape::Licence => "une licence",
        Shape::CardPath => "le chemin d’une fiche",
        Shape::FilePath => "le chemin d’un fichier",
        Shape::Code(vocabulary) => return format!("un code du vocabulaire « {vocabulary} »"),
        Shape::Scale { min, max, .. } => return format!("un nombre de {min} à {max}"),
        Shape::OneOf(_) => "un mot du format",
        Shape::Duration => "une durée ISO 8601",
        Shape::List(_) => "une liste",
        Shape::Map(_) | Shape::MediaMap(_) | Shape::Marks { .. } => {
            "un groupe de lignes « clé: valeur »"
        }
        Shape::PathOr(_) => "le chemin d’une fiche, ou un groupe de lignes « clé: valeur »",
    }
    .to_owned()
}

fn example(shape: &Shape) -> String {
    match shape {
        Shape::Integer { .. } => "Écrivez seulement les chiffres, par exemple 12.".to_owned(),
        Shape::Decimal { .. } => "Écrivez seulement le nombre, avec un point : 12 ou 1.5.".to_owned(),
        Shape::Bool => "Écrivez true pour oui, false pour non.".to_owned(),
        Shape::Date => "Écrivez l’année, le mois et le jour : 2026-05-31.".to_owned(),
        Shape::PartialDate => "Écrivez 2026, 2026-05 ou 2026-05-31.".to_owned(),
        Shape::Uuid => "Il a la forme 01a20145-ff65-733a-9c89-68c6f25c20ad.".to_owned(),
        Shape::Language => "Par exemple fr, en, br ou pt-BR.".to_owned(),
        Shape::Url => "Elle commence par https:// et n’a pas d’espace.".to_owned(),
        Shape::Duration => "Par exemple PT90M (90 minutes), PT2H (2 heures), P3D (3 jours) ou P6M (6 mois).".to_owned(),
        Shape::Scale { min, max, .. } => format!("Écrivez seulement le nombre, de {min} à {max}."),
        Shape::List(_) => "Mettez une valeur par ligne, chacune après un tiret, ou toutes entre crochets : [a, b].".to_owned(),
        Shape::Map(fields) | Shape::PathOr(fields) | Shape::MediaMap(fields) => {
            let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
            format!("Ses clés possibles sont : {}.", keys.join(", "))
        }
        Shape::Marks { min, max } => format!("Écrivez le code d’un critère, deux-points, puis une note de {min} à {max}."),
        Shape::FilePath => "Par exemple images/carte.png.".to_owned(),
        Shape::CardPath => "Par exemple methodes/enquete-collective.".to_owned(),
        Shape::Text { .. } | Shape::Paragraph { .. } | Shape::Licence | Shape::Code(_) | Shape::OneOf(_) => {
            "Mettez-y une seule valeur, sans tiret ni crochets.".to_owned()
        }
    }
}

fn path(refusal: &PathRefusal) -> String {
    match refusal {
        PathRefusal::Empty => {
            "Donnez un chemin, par exemple methodes/enquete-collective.".to_owned()
        }
        PathRefusal::NoFolder => {
            "Mettez la fiche dans un dossier, par exemple methodes/enquete-collective.".to_owned()
        }
        PathRefusal::TooLong => {
            "Raccourcissez-le : six segments et 200 caractères au plus.".to_owned()
        }
        PathRefusal::NotASlug { near, .. } => {
            format!(
                "Un chemin est fait de mots sans accent, en minuscules, joints par des tirets, et n’a pas « .md » : « {near} » irait."
            )
        }
        PathRefusal::Reserved(word) => {
            format!("Le mot « {word} » est réservé au site ; choisissez-en un autre.")
        }
    }
}

fn private(thing: PrivateThing) -> &'static str {
    match thing {
        PrivateThing::Telephone => "un numéro de téléphone",
        PrivateThing::Email => "l’adresse électronique d’une personne",
        PrivateThing::Address => "une adresse postale",
    }
}

fn question(fault: &QuestionFault) -> String {
    match fault {
        QuestionFault::Second => {
            "Il y a un second questionnaire ; une fiche n’en a qu’un.".to_owned()
        }
        QuestionFault::None => "Cette enquête n’a pas encore de questionnaire.".to_owned(),
        QuestionFault::NotAList => {
            "Le questionnaire doit être une liste de parties ou de questions.".to_owned()
        }
        QuestionFault::NotAMapping => {
            "Une question doit être un groupe de lignes « clé: valeur ».".to_owned()
        }
        QuestionFault::Missing(key) => format!("Il manque « {key} »."),
        QuestionFault::Unknown(key) => format!("« {key} » n’est pas connu dans un questionnaire."),
        QuestionFault::Shape(key) => format!("La valeur de « {key} » n’a pas la bonne forme."),
        QuestionFault::Name(name) => format!("« {name} » ne peut pas être le nom d’une question."),
        QuestionFault::NameTwice(name) => format!("Le nom « {name} » est déjà pris."),
        QuestionFault::Type(word) => format!("« {word} » n’est pas un type de question."),
        QuestionFault::NoChoices(name) => {
            format!("La question « {name} » demande de choisir, mais ne donne pas de réponses.")
        }
        QuestionFault::Choices(name) => {
            format!("La question « {name} » donne des réponses, mais son type n’en prend pas.")
        }
        QuestionFault::Relevant { name, other } => {
            format!("La condition de « {name} » parle de « {other} », qui n’est pas demandé avant.")
        }
        QuestionFault::Range(name) => {
            format!("Il manque à « {name} » un minimum et un maximum dans l’ordre.")
        }
    }
}

fn question_help(fault: &QuestionFault) -> String {
    match fault {
        QuestionFault::Second => "Réunissez les deux dans un seul bloc, en plusieurs parties.",
        QuestionFault::None => "Ajoutez un bloc de code « questions ».",
        QuestionFault::NotAList | QuestionFault::NotAMapping => "Commencez par « - section: Titre », puis « questions: » et une question par tiret.",
        QuestionFault::Missing(_) => "Une question a au moins « name », « label » et « type ».",
        QuestionFault::Unknown(_) => "Les clés sont : name, label, type, choices, hint, probes, relevant, required, sensitive, min, max, step.",
        QuestionFault::Shape(_) => "« required » et « sensitive » valent true ou false ; « choices » et « probes » sont des listes.",
        QuestionFault::Name(_) => "Des lettres sans accent, des chiffres et « _ », en commençant par une lettre.",
        QuestionFault::NameTwice(_) => "Donnez à chacune un nom différent.",
        QuestionFault::Type(_) => "Les types sont : text, integer, decimal, date, select_one, select_multiple, range, note.",
        QuestionFault::NoChoices(_) => "Ajoutez « choices: » avec les réponses.",
        QuestionFault::Choices(_) => "Prenez select_one ou select_multiple, ou retirez « choices ».",
        QuestionFault::Relevant { .. } => "Placez l’autre question avant, ou corrigez son nom.",
        QuestionFault::Range(_) => "Ajoutez par exemple « min: 1 » et « max: 10 ».",
    }
    .to_owned()
}

fn config_shape(word: &str) -> &'static str {
    match word {
        "text" => "un texte entre guillemets",
        "texts" => "une liste de textes, entre crochets",
        "number" => "un nombre entier",
        "count" => "un nombre de 0 à 100",
        "bool" => "true ou false",
        "labels" => "un libellé par langue : { fr = \"…\", en = \"…\" }",
        "table" => "un groupe de lignes « clé = valeur »",
        "tables" => "une suite de groupes, chacun sous [[…]]",
        "language" => "« fr » ou « en »",
        "url" => "une adresse qui commence par https://",
        "folder" => {
            "un dossier en lettres minuscules sans accent, qui n’est pas un mot réservé au site"
        }
        _ => "autre chose",
    }
}
