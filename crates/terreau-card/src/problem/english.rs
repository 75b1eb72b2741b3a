//! The messages in English.

use super::{PrivateThing, QuestionFault, Rule, YamlFault};
use crate::{PathRefusal, schema::Shape};

pub(super) fn message(rule: &Rule) -> String {
    match rule {
        Rule::NotUtf8 => "This file isn’t written in UTF-8.".to_owned(),
        Rule::ByteOrderMark => {
            "The file begins with a byte order mark, an invisible character.".to_owned()
        }
        Rule::CarriageReturn => "Lines end as on Windows (CR LF).".to_owned(),
        Rule::NotNfc => "An accent is written in two characters (decomposed form).".to_owned(),
        Rule::ControlCharacter { code } => {
            format!("An invisible control character hides here (U+{code:04X}).")
        }
        Rule::BidiCharacter { code } => {
            format!("An invisible character changes the direction of reading here (U+{code:04X}).")
        }
        Rule::NoFrontMatter => {
            "The card doesn’t begin with front matter between two “---” lines.".to_owned()
        }
        Rule::FrontMatterOpen => "The front matter isn’t closed.".to_owned(),
        Rule::FrontMatterTooBig { bytes, max } => {
            format!("The front matter is too long: {bytes} bytes, at most {max}.")
        }
        Rule::FrontMatterTooDeep { max } => {
            format!("Lists are nested too deeply: at most {max} levels.")
        }
        Rule::TooManyKeys { max } => format!("There are too many keys: at most {max}."),
        Rule::BadYaml(fault) => format!("This line can’t be read: {}.", yaml_fault(*fault)),
        Rule::NotAMapping => "Front matter must be made of “key: value” lines.".to_owned(),
        Rule::KeyNotText => "A key must be a plain word.".to_owned(),
        Rule::SeveralDocuments => {
            "The front matter has a line that begins a second document.".to_owned()
        }
        Rule::Anchor => "YAML anchors (“&name”) are not accepted.".to_owned(),
        Rule::Alias => "YAML aliases (“*name”) are not accepted.".to_owned(),
        Rule::Tag => "YAML tags (“!type”) are not accepted.".to_owned(),
        Rule::MergeKey => "The YAML merge key (“<<”) is not accepted.".to_owned(),
        Rule::DuplicateKey { key } => format!("The key “{key}” is written twice."),
        Rule::MissingKey { key } => format!("The key “{key}” is missing."),
        Rule::EmptyValue { key } => format!("“{key}” is empty."),
        Rule::UnknownKey { key, .. } => {
            format!("This version of the format doesn’t know the key “{key}”.")
        }
        Rule::WrongShape { key, expected } => format!("“{key}” must be {}.", shape(expected)),
        Rule::NeedsQuotes { text } => {
            format!("Without quotes, some programs would read “{text}” as a number or a yes/no.")
        }
        Rule::TooLong { key, max, length } => {
            format!("“{key}” is too long: {length} characters, at most {max}.")
        }
        Rule::NotOneLine { key } => format!("“{key}” must fit on one line."),
        Rule::MarkdownInText { key } => {
            format!("“{key}” has formatting in it, which will show as it is.")
        }
        Rule::OutOfBounds { key, min, max } => format!("“{key}” must be between {min} and {max}."),
        Rule::NotOneOf { key, word, .. } => format!("“{word}” isn’t a possible value of “{key}”."),
        Rule::UnknownCode {
            vocabulary, code, ..
        } => format!("The code “{code}” isn’t in the vocabulary “{vocabulary}”."),
        Rule::WrongLevel { key, code } => {
            format!("“{code}” isn’t at the right level of the tree for “{key}”.")
        }
        Rule::NotUnder { code, above } => format!("“{code}” isn’t under “{above}”."),
        Rule::Twice { item, .. } => format!("“{item}” is in this list already."),
        Rule::WrongCount { key, min, max } => format!("“{key}” must have {min} to {max} values."),
        Rule::MinAboveMax { key } => format!("In “{key}”, the minimum is above the maximum."),
        Rule::EndBeforeStart => "The end is before the start.".to_owned(),
        Rule::UnknownLicence { text } => {
            format!("“{text}” isn’t a licence that the commons knows.")
        }
        Rule::LicenceCantJoin { licence } => {
            format!("The licence {licence} doesn’t let this work join a CC BY-SA card.")
        }
        Rule::LicenceMissing => {
            "This source is adapted or translated, but its licence isn’t given.".to_owned()
        }
        Rule::BadPath { text, .. } => format!("“{text}” can’t be the path of a card."),
        Rule::BadFilePath { text } => {
            format!("“{text}” can’t be the path of a file of the commons.")
        }
        Rule::MissingSection { heading } => format!("The section “{heading}” is missing."),
        Rule::EmptySection { heading } => format!("The section “{heading}” is empty."),
        Rule::SectionTwice { heading } => format!("The section “{heading}” is there twice."),
        Rule::TitleInBody => {
            "The text has a first-level heading; the title of the card is enough.".to_owned()
        }
        Rule::RawHtml => "This is HTML, which will show as it is.".to_owned(),
        Rule::MissingMedia { path } => format!("The image “{path}” isn’t described under “media”."),
        Rule::ForeignImage { url } => {
            format!("The image “{url}” is kept elsewhere and won’t be shown.")
        }
        Rule::SiteLink { text, .. } => format!("The link “{text}” only works on the site."),
        Rule::Private { thing } => format!("This looks like {}.", private(*thing)),
        Rule::Questions(fault) => question(fault),
        Rule::MissingCard { path, .. } => format!("There is no card at “{path}”."),
        Rule::MovedCard { path, to } => format!("The card “{path}” is now called “{to}”."),
        Rule::NamesItself => "The card names itself.".to_owned(),
        Rule::MissingFile { path, .. } => format!("There is no file “{path}” in the commons."),
        Rule::SameId { other, .. } => format!("The card “{other}” has this identifier already."),
        Rule::AliasTaken { alias, by } => format!("The old path “{alias}” is taken by “{by}”."),
        Rule::TwinFile { other } => {
            format!("Only capitals or accents tell this file from “{other}”.")
        }
        Rule::FileName { file, .. } => format!("A card can’t be called “{file}”."),
        Rule::NoConfig => "There is no commons.toml at the root of the commons.".to_owned(),
        Rule::BadToml { detail } => format!("This line can’t be read ({detail})."),
        Rule::UnknownFormat => "This version of the format isn’t known.".to_owned(),
        Rule::ConfigMissing { key } => format!("“{key}” is missing."),
        Rule::ConfigUnknown { key, .. } => format!("“{key}” isn’t known in this file."),
        Rule::ConfigShape { key, expected } => {
            format!("“{key}” must be {}.", config_shape(expected))
        }
        Rule::ConfigCode { code, .. } => format!("“{code}” can’t be a code."),
        Rule::ConfigTwice { code } => {
            format!("The code “{code}” is used in this vocabulary already.")
        }
        Rule::SynonymAlone => "This group has only one word.".to_owned(),
        Rule::BadSynonym { word } => format!("“{word}” isn’t a word that can be looked for."),
        Rule::SynonymTwice { word, with } => {
            format!("“{word}” is among the synonyms of “{with}” already.")
        }
    }
}

pub(super) fn help(rule: &Rule) -> String {
    match rule {
        Rule::NotUtf8 => "Save it again and choose the encoding UTF-8.".to_owned(),
        Rule::ByteOrderMark => "Save the file as “UTF-8” rather than “UTF-8 with BOM”.".to_owned(),
        Rule::CarriageReturn => "Choose Unix line endings (LF) in your editor, or set git’s “core.autocrlf input”.".to_owned(),
        Rule::NotNfc => "Type the accented letter again, or convert the file to Unicode NFC.".to_owned(),
        Rule::ControlCharacter { .. } | Rule::BidiCharacter { .. } => "Delete it; typing the word again is often enough.".to_owned(),
        Rule::NoFrontMatter => "Begin the file with a “---” line, the keys (id, kind, title…), then another “---” line.".to_owned(),
        Rule::FrontMatterOpen => "Add a “---” line after the last key.".to_owned(),
        Rule::FrontMatterTooBig { .. } => "Keep long texts for the body of the card.".to_owned(),
        Rule::FrontMatterTooDeep { .. } | Rule::TooManyKeys { .. } => "Keep what matters most in the front matter and tell the rest in the body.".to_owned(),
        Rule::BadYaml(fault) => yaml_help(*fault).to_owned(),
        Rule::NotAMapping => "Write for example “title: My card”.".to_owned(),
        Rule::KeyNotText => "Write the key as a word followed by a colon; put it in quotes if it has signs in it.".to_owned(),
        Rule::SeveralDocuments => "Delete this line, or put its text in quotes.".to_owned(),
        Rule::Anchor | Rule::Alias | Rule::MergeKey => "Copy the value to where it is used.".to_owned(),
        Rule::Tag => "Delete the tag; put the value in quotes if it must begin with “!”.".to_owned(),
        Rule::DuplicateKey { .. } => "Keep only one of the two lines.".to_owned(),
        Rule::MissingKey { .. } => "Add it with its value.".to_owned(),
        Rule::EmptyValue { .. } => "Fill this value in, or delete the line if it isn’t required.".to_owned(),
        Rule::UnknownKey { near, .. } | Rule::ConfigUnknown { near, .. } => match near {
            Some(near) => format!("Did you mean “{near}”? Otherwise it is kept as it is."),
            None => "It is kept as it is.".to_owned(),
        },
        Rule::WrongShape { expected, .. } => example(expected),
        Rule::NeedsQuotes { text } => format!("Write \"{text}\", with straight quotes."),
        Rule::TooLong { .. } => "Shorten it, and say more in the body of the card.".to_owned(),
        Rule::NotOneLine { .. } => "Put it all on one line.".to_owned(),
        Rule::MarkdownInText { .. } => "Write it as plain text, without bold, links or bullets.".to_owned(),
        Rule::OutOfBounds { .. } => "Correct the number.".to_owned(),
        Rule::NotOneOf { words, near, .. } => did_you_mean(near.as_deref(), &format!("The possible values are: {}.", words.join(", "))),
        Rule::UnknownCode { vocabulary, near, .. } => did_you_mean(
            near.as_deref(),
            &format!("Choose a code of the vocabulary “{vocabulary}” in commons.toml, or propose to add it there."),
        ),
        Rule::WrongLevel { .. } => "The tree goes from axis to orientation to objective; see “axes” in commons.toml.".to_owned(),
        Rule::NotUnder { above, .. } => format!("Choose a code under “{above}”, or change the one above."),
        Rule::Twice { .. } => "Keep it only once.".to_owned(),
        Rule::WrongCount { .. } => "Keep only those that matter most.".to_owned(),
        Rule::MinAboveMax { .. } => "Swap the two values.".to_owned(),
        Rule::EndBeforeStart => "Check both dates.".to_owned(),
        Rule::UnknownLicence { .. } => "Give its SPDX identifier, for example CC-BY-SA-4.0, CC-BY-4.0 or etalab-2.0.".to_owned(),
        Rule::LicenceCantJoin { .. } => "Make it a “further-reading” source with a link or a short quotation, or ask the author for another licence.".to_owned(),
        Rule::LicenceMissing => "Add “licence:” to this source. Without a licence, a text can only be shortly quoted or linked.".to_owned(),
        Rule::BadPath { refusal, .. } => path(refusal),
        Rule::BadFilePath { .. } => "Give the path from the root of the commons, for example images/map.png, without spaces or signs.".to_owned(),
        Rule::MissingSection { heading } => format!("Add a line “## {heading}”, then its text."),
        Rule::EmptySection { .. } => "Write at least one sentence; someone else will complete it.".to_owned(),
        Rule::SectionTwice { .. } => "Bring both texts together under one heading.".to_owned(),
        Rule::TitleInBody => "Use two hashes: “##”.".to_owned(),
        Rule::RawHtml => "Write it in Markdown, or between backticks if you want to show code.".to_owned(),
        Rule::MissingMedia { path } => format!("Add to the front matter, under “media:”, the key “{path}:” with “alt:” (what the image shows)."),
        Rule::ForeignImage { .. } => "Add the image to the commons with its author and licence, then name that file.".to_owned(),
        Rule::SiteLink { better, .. } => format!("Write “{better}”, which also works on a disk and on a forge."),
        Rule::Private { .. } => "History can’t be erased: keep only what the person has agreed to publish, or the contact of an organisation.".to_owned(),
        Rule::Questions(fault) => question_help(fault),
        Rule::MissingCard { near: Some(near), .. } => format!("Did you mean “{near}”?"),
        Rule::MissingCard { near: None, .. } => "Check the path, or take the link out until the card exists.".to_owned(),
        Rule::MovedCard { to, .. } => format!("Write “{to}”."),
        Rule::NamesItself => "Take this link out, or name the card that you had in mind.".to_owned(),
        Rule::MissingFile { near: Some(near), .. } => format!("Did you mean “{near}”?"),
        Rule::MissingFile { near: None, .. } => "Add this file to the commons, or correct its path.".to_owned(),
        Rule::SameId { .. } => "A copy gets a new identifier; keep this one for a single card.".to_owned(),
        Rule::AliasTaken { .. } => "Take this old path out of “aliases”.".to_owned(),
        Rule::TwinFile { .. } => "Rename one of them: on some computers they are one and the same.".to_owned(),
        Rule::FileName { refusal, .. } => path(refusal),
        Rule::NoConfig => "“terreau init” writes one.".to_owned(),
        Rule::BadToml { .. } => "Check the quotes, the brackets and the “=” sign.".to_owned(),
        Rule::UnknownFormat => "Write “format = 1”, or update Terreau.".to_owned(),
        Rule::ConfigMissing { .. } => "Add this line.".to_owned(),
        Rule::ConfigShape { .. } => "Correct the value.".to_owned(),
        Rule::ConfigCode { near, .. } => format!("A code is made of letters without accents, digits and hyphens: “{near}”."),
        Rule::ConfigTwice { .. } => "Choose another code; the label may stay the same.".to_owned(),
        Rule::SynonymAlone => "Add at least one other word, or delete the group.".to_owned(),
        Rule::BadSynonym { .. } => "Write a word or a few, as people type them.".to_owned(),
        Rule::SynonymTwice { .. } => "Join both groups, or keep the word in only one.".to_owned(),
    }
}

fn did_you_mean(near: Option<&str>, otherwise: &str) -> String {
    near.map_or_else(
        || otherwise.to_owned(),
        |near| format!("Did you mean “{near}”? {otherwise}"),
    )
}

fn yaml_fault(fault: YamlFault) -> &'static str {
    match fault {
        YamlFault::Tab => "there is a tab where spaces belong",
        YamlFault::Quote => "a quote isn’t closed, or a “\\” is misplaced",
        YamlFault::Bracket => "a bracket or a brace isn’t closed",
        YamlFault::Colon => "there is a “:” too many, or one is missing",
        YamlFault::Indentation => "it isn’t aligned with the others",
        YamlFault::Other => "this isn’t YAML",
    }
}

fn yaml_help(fault: YamlFault) -> &'static str {
    match fault {
        YamlFault::Tab => "Replace the tab with spaces.",
        YamlFault::Quote => "Look for the missing quote, here or just above.",
        YamlFault::Bracket => "Look for the missing “]” or “}”, here or just above.",
        YamlFault::Colon => {
            "Put a text that contains “:” in quotes, and leave a space after the colon of a key."
        }
        YamlFault::Indentation => "Align the keys of a group on the same column, with spaces.",
        YamlFault::Other => "Put the text in straight quotes, or compare with another card.",
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Text { .. } => "a text of one line",
        Shape::Paragraph { .. } => "a text",
        Shape::Integer { .. } => "a whole number",
        Shape::Decimal { .. } => "a number",
        Shape::Bool => "“true” or “false”",
        Shape::Date => "a date",
        Shape::PartialDate => "a date, a month or a year",
        Shape::Uuid => "the identifier of a card",
        Shape::Language => "a language code",
        Shape::Url => "a web address",
        Shape::Licence => "a licence",
        Shape::CardPath => "the path of a card",
        Shape::FilePath => "the path of a file",
        Shape::Code(vocabulary) => return format!("a code of the vocabulary “{vocabulary}”"),
        Shape::Scale { min, max, .. } => return format!("a number from {min} to {max}"),
        Shape::OneOf(_) => "a word of the format",
        Shape::Duration => "an ISO 8601 duration",
        Shape::List(_) => "a list",
        Shape::Map(_) | Shape::MediaMap(_) | Shape::Marks { .. } => "a group of “key: value” lines",
        Shape::PathOr(_) => "the path of a card, or a group of “key: value” lines",
    }
    .to_owned()
}

fn example(shape: &Shape) -> String {
    match shape {
        Shape::Integer { .. } => "Write only the digits, for example 12.".to_owned(),
        Shape::Decimal { .. } => "Write only the number, with a point: 12 or 1.5.".to_owned(),
        Shape::Bool => "Write true for yes, false for no.".to_owned(),
        Shape::Date => "Write the year, the month and the day: 2026-05-31.".to_owned(),
        Shape::PartialDate => "Write 2026, 2026-05 or 2026-05-31.".to_owned(),
        Shape::Uuid => "It looks like 01a20145-ff65-733a-9c89-68c6f25c20ad.".to_owned(),
        Shape::Language => "For example fr, en, br or pt-BR.".to_owned(),
        Shape::Url => "It begins with https:// and has no spaces.".to_owned(),
        Shape::Duration => {
            "For example PT90M (90 minutes), PT2H (2 hours), P3D (3 days) or P6M (6 months)."
                .to_owned()
        }
        Shape::Scale { min, max, .. } => format!("Write only the number, from {min} to {max}."),
        Shape::List(_) => {
            "Put one value on each line, after a dash, or all of them in brackets: [a, b]."
                .to_owned()
        }
        Shape::Map(fields) | Shape::PathOr(fields) | Shape::MediaMap(fields) => {
            let keys: Vec<&str> = fields.iter().map(|field| field.key).collect();
            format!("Its possible keys are: {}.", keys.join(", "))
        }
        Shape::Marks { min, max } => {
            format!("Write the code of a criterion, a colon, then a mark from {min} to {max}.")
        }
        Shape::FilePath => "For example images/map.png.".to_owned(),
        Shape::CardPath => "For example methodes/enquete-collective.".to_owned(),
        Shape::Text { .. }
        | Shape::Paragraph { .. }
        | Shape::Licence
        | Shape::Code(_)
        | Shape::OneOf(_) => "Put a single value there, without dash or brackets.".to_owned(),
    }
}

fn path(refusal: &PathRefusal) -> String {
    match refusal {
        PathRefusal::Empty => "Give a path, for example methodes/enquete-collective.".to_owned(),
        PathRefusal::NoFolder => {
            "Put the card in a folder, for example methodes/enquete-collective.".to_owned()
        }
        PathRefusal::TooLong => "Shorten it: at most six segments and 200 characters.".to_owned(),
        PathRefusal::NotASlug { near, .. } => {
            format!(
                "A path is made of lower-case words without accents, joined by hyphens, and has no “.md”: “{near}” would do."
            )
        }
        PathRefusal::Reserved(word) => {
            format!("The word “{word}” belongs to the site; choose another.")
        }
    }
}

fn private(thing: PrivateThing) -> &'static str {
    match thing {
        PrivateThing::Telephone => "a telephone number",
        PrivateThing::Email => "the e-mail address of a person",
        PrivateThing::Address => "a postal address",
    }
}

fn question(fault: &QuestionFault) -> String {
    match fault {
        QuestionFault::Second => "There is a second questionnaire; a card has only one.".to_owned(),
        QuestionFault::None => "This survey has no questionnaire yet.".to_owned(),
        QuestionFault::NotAList => {
            "The questionnaire must be a list of sections or questions.".to_owned()
        }
        QuestionFault::NotAMapping => {
            "A question must be a group of “key: value” lines.".to_owned()
        }
        QuestionFault::Missing(key) => format!("“{key}” is missing."),
        QuestionFault::Unknown(key) => format!("A questionnaire doesn’t have “{key}”."),
        QuestionFault::Shape(key) => format!("The value of “{key}” hasn’t the right shape."),
        QuestionFault::Name(name) => format!("“{name}” can’t be the name of a question."),
        QuestionFault::NameTwice(name) => format!("The name “{name}” is taken already."),
        QuestionFault::Type(word) => format!("“{word}” isn’t a type of question."),
        QuestionFault::NoChoices(name) => {
            format!("The question “{name}” asks to choose, but gives no answers.")
        }
        QuestionFault::Choices(name) => {
            format!("The question “{name}” gives answers, but its type takes none.")
        }
        QuestionFault::Relevant { name, other } => {
            format!("The condition of “{name}” is about “{other}”, which isn’t asked before.")
        }
        QuestionFault::Range(name) => format!("“{name}” needs a minimum and a maximum, in order."),
    }
}

fn question_help(fault: &QuestionFault) -> String {
    match fault {
        QuestionFault::Second => "Bring both into one block, in several sections.",
        QuestionFault::None => "Add a “questions” code block.",
        QuestionFault::NotAList | QuestionFault::NotAMapping => "Begin with “- section: Title”, then “questions:” and one question for each dash.",
        QuestionFault::Missing(_) => "A question has at least “name”, “label” and “type”.",
        QuestionFault::Unknown(_) => "The keys are: name, label, type, choices, hint, probes, relevant, required, sensitive, min, max, step.",
        QuestionFault::Shape(_) => "“required” and “sensitive” are true or false; “choices” and “probes” are lists.",
        QuestionFault::Name(_) => "Letters without accents, digits and “_”, beginning with a letter.",
        QuestionFault::NameTwice(_) => "Give each of them a name of its own.",
        QuestionFault::Type(_) => "The types are: text, integer, decimal, date, select_one, select_multiple, range, note.",
        QuestionFault::NoChoices(_) => "Add “choices:” with the answers.",
        QuestionFault::Choices(_) => "Use select_one or select_multiple, or take “choices” out.",
        QuestionFault::Relevant { .. } => "Put the other question before, or correct its name.",
        QuestionFault::Range(_) => "Add for example “min: 1” and “max: 10”.",
    }
    .to_owned()
}

fn config_shape(word: &str) -> &'static str {
    match word {
        "text" => "a text in quotes",
        "texts" => "a list of texts, in brackets",
        "number" => "a whole number",
        "count" => "a number from 0 to 100",
        "bool" => "true or false",
        "labels" => "a label for each language: { fr = \"…\", en = \"…\" }",
        "table" => "a group of “key = value” lines",
        "tables" => "a series of groups, each under [[…]]",
        "language" => "“fr” or “en”",
        "url" => "an address that begins with https://",
        "folder" => {
            "a folder in lower-case letters without accents, which isn’t a word of the site"
        }
        _ => "something else",
    }
}
