//! Letters as they go over the wire.

use terreau_card::Language;

use super::*;

fn letter(language: Language) -> Letter {
    let to = EmailAddress::parse("ane-lise@exemple.fr").expect("an address");
    let link = "https://commun.exemple.org/connexion/0123456789abcdef?suite=/outils/frise";
    SignInLetter::write(Words::of(language), to, "Terreau d’ici", link, 15)
        .expect("the template is complete")
}

fn wire(letter: &Letter) -> String {
    let from = "Le commun <bonjour@exemple.org>"
        .parse()
        .expect("a mailbox");
    String::from_utf8(message(letter, from).expect("a message").formatted()).expect("seven bits")
}

#[test]
fn a_sign_in_letter_holds_its_link_alone_on_a_line() {
    for language in [Language::French, Language::English] {
        let letter = letter(language);
        let link = letter.link.as_deref().expect("a link");
        assert!(
            letter.text.lines().any(|line| line == link),
            "{}",
            letter.text
        );
        assert!(
            !letter.text.contains("mail-sign-in"),
            "every word is there: {}",
            letter.text
        );
        assert_eq!(
            letter.text.trim().split("\n\n").count(),
            6,
            "paragraphs stand apart: {:?}",
            letter.text
        );
        assert!(letter.text.contains("15"), "{}", letter.text);
        assert!(letter.text.contains("Terreau d’ici"), "{}", letter.text);
    }
}

#[test]
fn a_letter_is_plain_text_and_says_that_a_machine_wrote_it() {
    let wire = wire(&letter(Language::French));
    assert!(
        wire.contains("Auto-Submitted: auto-generated\r\n"),
        "{wire}"
    );
    assert!(
        wire.contains("Content-Type: text/plain; charset=utf-8\r\n"),
        "{wire}"
    );
    assert!(
        wire.contains("=?utf-8?b?"),
        "the accents of the subject are encoded: {wire}"
    );
    assert!(wire.is_ascii(), "every relay can carry it");
    assert!(
        !wire.contains("text/html"),
        "no image can tell that it was read"
    );
}

#[test]
fn what_people_write_makes_no_header() {
    let mut letter = letter(Language::French);
    letter.subject = "Bonjour\r\nBcc: autre@exemple.org".into();
    let wire = wire(&letter);
    assert!(!wire.to_lowercase().contains("\nbcc:"), "{wire}");
    assert!(EmailAddress::parse("x@exemple.org\r\nBcc: y@exemple.org").is_err());
}

#[test]
fn a_mail_server_is_named_by_one_address() {
    for (url, accepted) in [
        ("smtps://moi:s%40cret@mail.exemple.org", true),
        ("smtp://mail.exemple.org:587?tls=required", true),
        ("smtp://127.0.0.1:8026", true),
        ("mail.exemple.org", false),
        ("http://mail.exemple.org", false),
    ] {
        let settings = SmtpSettings {
            url: url.into(),
            from: "Le commun <bonjour@exemple.org>".into(),
        };
        let made = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime")
            .block_on(async { Mailer::new(Some(&settings)) });
        assert_eq!(made.is_ok(), accepted, "{url}");
        if let Err(error) = made {
            assert!(
                !format!("{error:#}").contains("s%40cret"),
                "the password stays unsaid"
            );
        }
    }
}
