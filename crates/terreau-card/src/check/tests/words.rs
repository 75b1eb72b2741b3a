//! What is said to people.

use crate::{
    CardPath, Kind, Language, PathRefusal, PrivateThing, Problem, QuestionFault, Rule, Severity,
    YamlFault, schema,
};

/// Every rule once.
fn rules() -> Vec<Rule> {
    let text = || "texte".to_owned();
    let path = CardPath::parse("outils/a").expect("a good path");
    let id = "01a20145-ff65-733a-9c89-68c6f25c20ad"
        .parse()
        .expect("a good id");
    let refusal = |refusal| Rule::BadPath {
        text: text(),
        refusal,
    };
    let mut rules = vec![
        Rule::NotUtf8,
        Rule::ByteOrderMark,
        Rule::CarriageReturn,
        Rule::NotNfc,
        Rule::ControlCharacter { code: 7 },
        Rule::BidiCharacter { code: 0x202E },
        Rule::NoFrontMatter,
        Rule::FrontMatterOpen,
        Rule::FrontMatterTooBig {
            bytes: 20_000,
            max: 16_384,
        },
        Rule::FrontMatterTooDeep { max: 8 },
        Rule::TooManyKeys { max: 200 },
        Rule::NotAMapping,
        Rule::KeyNotText,
        Rule::SeveralDocuments,
        Rule::Anchor,
        Rule::Alias,
        Rule::Tag,
        Rule::MergeKey,
        Rule::DuplicateKey { key: text() },
        Rule::MissingKey { key: text() },
        Rule::EmptyValue { key: text() },
        Rule::UnknownKey {
            key: text(),
            near: None,
        },
        Rule::UnknownKey {
            key: text(),
            near: Some(text()),
        },
        Rule::NeedsQuotes { text: text() },
        Rule::TooLong {
            key: text(),
            max: 1,
            length: 2,
        },
        Rule::NotOneLine { key: text() },
        Rule::MarkdownInText { key: text() },
        Rule::OutOfBounds {
            key: text(),
            min: 0.5,
            max: 1.0,
        },
        Rule::NotOneOf {
            key: text(),
            word: text(),
            words: vec![text()],
            near: Some(text()),
        },
        Rule::UnknownCode {
            vocabulary: text(),
            code: text(),
            near: None,
        },
        Rule::WrongLevel {
            key: text(),
            code: text(),
        },
        Rule::NotUnder {
            code: text(),
            above: text(),
        },
        Rule::Twice {
            key: text(),
            item: text(),
        },
        Rule::WrongCount {
            key: text(),
            min: 1,
            max: 3,
        },
        Rule::MinAboveMax { key: text() },
        Rule::EndBeforeStart,
        Rule::UnknownLicence { text: text() },
        Rule::LicenceCantJoin { licence: text() },
        Rule::LicenceMissing,
        refusal(PathRefusal::Empty),
        refusal(PathRefusal::NoFolder),
        refusal(PathRefusal::TooLong),
        refusal(PathRefusal::NotASlug {
            segment: text(),
            near: text(),
        }),
        refusal(PathRefusal::Reserved(text())),
        Rule::BadFilePath { text: text() },
        Rule::MissingSection { heading: text() },
        Rule::EmptySection { heading: text() },
        Rule::SectionTwice { heading: text() },
        Rule::TitleInBody,
        Rule::RawHtml,
        Rule::MissingMedia { path: text() },
        Rule::ForeignImage { url: text() },
        Rule::SiteLink {
            text: text(),
            better: text(),
        },
        Rule::MissingCard {
            path: text(),
            near: None,
        },
        Rule::MissingCard {
            path: text(),
            near: Some(path.clone()),
        },
        Rule::MovedCard {
            path: text(),
            to: path.clone(),
        },
        Rule::NamesItself,
        Rule::MissingFile {
            path: text(),
            near: None,
        },
        Rule::MissingFile {
            path: text(),
            near: Some(text()),
        },
        Rule::SameId {
            id,
            other: path.clone(),
        },
        Rule::AliasTaken {
            alias: path.clone(),
            by: path,
        },
        Rule::TwinFile { other: text() },
        Rule::FileName {
            file: text(),
            refusal: PathRefusal::NoFolder,
        },
        Rule::NoConfig,
        Rule::BadToml { detail: text() },
        Rule::UnknownFormat,
        Rule::ConfigMissing { key: text() },
        Rule::ConfigUnknown {
            key: text(),
            near: None,
        },
        Rule::ConfigCode {
            code: text(),
            near: text(),
        },
        Rule::ConfigTwice { code: text() },
        Rule::SynonymAlone,
        Rule::BadSynonym { word: text() },
        Rule::SynonymTwice {
            word: text(),
            with: text(),
        },
    ];
    let words = [
        "text", "texts", "number", "count", "bool", "labels", "table", "tables", "language", "url",
        "folder",
    ];
    rules.extend(words.map(|expected| Rule::ConfigShape {
        key: text(),
        expected,
    }));
    let faults = [
        YamlFault::Tab,
        YamlFault::Quote,
        YamlFault::Bracket,
        YamlFault::Colon,
        YamlFault::Indentation,
        YamlFault::Other,
    ];
    rules.extend(faults.map(Rule::BadYaml));
    let things = [
        PrivateThing::Telephone,
        PrivateThing::Email,
        PrivateThing::Address,
    ];
    rules.extend(things.map(|thing| Rule::Private { thing }));
    let questions = [
        QuestionFault::Second,
        QuestionFault::None,
        QuestionFault::NotAList,
        QuestionFault::NotAMapping,
        QuestionFault::Missing(text()),
        QuestionFault::Unknown(text()),
        QuestionFault::Shape(text()),
        QuestionFault::Name(text()),
        QuestionFault::NameTwice(text()),
        QuestionFault::Type(text()),
        QuestionFault::NoChoices(text()),
        QuestionFault::Choices(text()),
        QuestionFault::Relevant {
            name: text(),
            other: text(),
        },
        QuestionFault::Range(text()),
    ];
    rules.extend(questions.map(Rule::Questions));
    let fields = Kind::ALL.into_iter().flat_map(schema::fields_of);
    rules.extend(fields.map(|field| Rule::WrongShape {
        key: field.key.to_owned(),
        expected: field.shape,
    }));
    rules
}

#[test]
fn every_rule_says_what_is_wrong_and_what_to_do() {
    for rule in rules() {
        let problem = Problem {
            severity: rule.severity(),
            rule,
            line: 1,
            column: 1,
        };
        for language in Language::ALL {
            let (message, help) = (problem.message(language), problem.help(language));
            assert!(
                message.len() > 10 && message.ends_with(['.', ')']),
                "{message}"
            );
            assert!(
                help.ends_with(['.', '?', ')', '»', ']']),
                "{}: {help}",
                problem.code()
            );
            for said in [&message, &help] {
                assert!(
                    !said.contains("something else")
                        && !said.contains("autre chose")
                        && !said.contains("  "),
                    "{said}"
                );
            }
        }
        assert_ne!(
            problem.message(Language::French),
            problem.message(Language::English)
        );
        assert!(problem.is_error() == (problem.severity == Severity::Error));
    }
}

#[test]
fn french_is_written_as_in_print() {
    for rule in rules() {
        let problem = Problem {
            severity: rule.severity(),
            rule,
            line: 1,
            column: 1,
        };
        let said = problem.message(Language::French) + &problem.help(Language::French);
        assert!(!said.contains('\''), "{said}");
        let said = problem.message(Language::English) + &problem.help(Language::English);
        assert!(!said.contains('«') && !said.contains('\''), "{said}");
    }
}
