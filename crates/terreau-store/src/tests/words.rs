//! Names of objects, messages and their trailers.

use crate::testing::{self, moment};
use crate::{BlobId, CommitId, StoreError, message};

#[test]
fn only_full_names_of_objects_are_read() {
    let name = "0123456789abcdef0123456789abcdef01234567";
    assert_eq!(CommitId::parse(name).unwrap().as_str(), name);
    assert_eq!(CommitId::parse(name).unwrap().short(), "0123456789");
    for bad in [
        "",
        "HEAD",
        "main",
        "0123456",
        &name.to_uppercase(),
        &format!("{name}0"),
        &format!("{name}^"),
        &"g".repeat(40),
    ] {
        assert!(BlobId::parse(bad).is_err(), "{bad}");
    }
    let json = serde_json::to_string(&CommitId::parse(name).unwrap()).unwrap();
    assert_eq!(
        serde_json::from_str::<CommitId>(&json).unwrap().as_str(),
        name
    );
    assert!(serde_json::from_str::<CommitId>("\"HEAD\"").is_err());
}

#[test]
fn a_message_is_read_as_it_was_written() {
    let mut change = testing::change("Sujet\n\nUn mot.\n\nLicence: MIT", Vec::new());
    change.trailers = vec![
        ("Proposal".to_owned(), "12".to_owned()),
        ("Empty".to_owned(), "\n".to_owned()),
    ];
    let written = message::message(&change, &["pages/a".to_owned(), "pages/b".to_owned()]);
    let (subject, trailers) = message::read(&written);
    let trailers: Vec<(&str, &str)> = trailers
        .iter()
        .map(|(key, value)| (key.as_str(), value.as_str()))
        .collect();
    assert_eq!(subject, "Sujet");
    assert_eq!(
        trailers,
        [
            ("Card", "pages/a"),
            ("Card", "pages/b"),
            ("Licence", "CC-BY-SA-4.0"),
            ("Proposal", "12")
        ]
    );
}

#[test]
fn nothing_said_breaks_a_message() {
    let cards = ["pages/a".to_owned()];
    for (said, subject) in [
        ("", "pages/a"),
        ("  \n\n ", "pages/a"),
        ("Un\u{7}\u{1b}[31m mot", "Un [31m mot"),
        ("a\u{2028}b\tc\u{202e}d", "a b c d"),
        ("Card: x\nLicence: y", "Card: x"),
    ] {
        let written = message::message(&testing::change(said, Vec::new()), &cards);
        let (read, trailers) = message::read(&written);
        assert_eq!(read, subject, "{said:?}");
        assert_eq!(trailers.len(), 2, "{written}");
    }
    let long = message::message(&testing::change(&"é".repeat(5_000), Vec::new()), &cards);
    assert_eq!(long.lines().next().unwrap().chars().count(), 200);
}

#[test]
fn the_messages_of_others_are_read_too() {
    let read = |message| message::read(message);
    assert_eq!(read("Seul"), ("Seul".to_owned(), vec![]));
    assert_eq!(read(""), (String::new(), vec![]));
    assert_eq!(
        read("S\n\nde la prose: avec deux points\net une ligne"),
        ("S".to_owned(), vec![])
    );
    assert_eq!(
        read("S\n\nKey: a\n b\n\n"),
        ("S".to_owned(), vec![("Key".to_owned(), "a b".to_owned())])
    );
}

#[test]
fn no_name_is_too_strange_to_be_credited() {
    let settings = testing::settings("/nowhere".as_ref());
    for (name, credited) in [
        ("Ada", "Ada"),
        (" <> ", "Anonyme"),
        ("", "Anonyme"),
        (".,;", "Anonyme"),
        ("É\n<É>", "É É"),
    ] {
        let mut change = testing::change("x", Vec::new());
        change.author.name = name.to_owned();
        let signature = message::author(&change, &settings, moment(0)).unwrap();
        assert_eq!(signature.name().unwrap(), credited);
        assert!(
            signature
                .email()
                .unwrap()
                .ends_with("@users.commun.example")
        );
    }
}

#[test]
fn a_disk_that_does_not_sync_is_told_from_one_that_is_full() {
    use git2::{Error, ErrorClass, ErrorCode};
    let answer =
        |class, message| StoreError::from(Error::new(ErrorCode::GenericError, class, message));
    assert!(
        answer(
            ErrorClass::Os,
            "failed to fsync 'main.lock': Input/output error"
        )
        .is_unsynced()
    );
    assert!(!answer(ErrorClass::Os, "failed to write: No space left on device").is_unsynced());
    assert!(!answer(ErrorClass::Reference, "fsync").is_unsynced());
    assert!(!StoreError::Busy("fsync".to_owned()).is_unsynced());
}
