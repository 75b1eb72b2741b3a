//! Names and addresses: what is accepted, what is refused, what is never shown.

use crate::{
    Account, AccountId, CreditName, EmailAddress, HowOften, NameRefusal, NoticeKind,
    OrganisationName, ProposalState, Role, Scope, Verdict,
};

#[test]
fn credit_names_are_one_clean_line() {
    for (typed, kept) in [
        ("Zoé d’Été", "Zoé d’Été"),
        ("  Marie-Noëlle   O'Neil \n", "Marie-Noëlle O'Neil"),
        ("Collectif\u{00A0}37°2", "Collectif 37°2"),
        ("李明", "李明"),
        ("محمد", "محمد"),
        ("X", "X"),
    ] {
        let name =
            CreditName::parse(typed).unwrap_or_else(|refusal| panic!("{typed:?}: {refusal}"));
        assert_eq!(name.as_str(), kept);
        assert_eq!(CreditName::parse(kept), Ok(name), "cleaning is done once");
    }
}

#[test]
fn credit_names_that_hide_something_are_refused() {
    for (typed, refusal) in [
        ("", NameRefusal::Empty),
        (" \t ", NameRefusal::Empty),
        ("...", NameRefusal::NoLetter),
        ("Zoé <script>", NameRefusal::Character('<')),
        ("Zoé\nCo-authored-by: x", NameRefusal::Character('\n')),
        ("Zoé\u{0}", NameRefusal::Character('\u{0}')),
        ("Zoé\u{85}x", NameRefusal::Character('\u{85}')),
        ("admin\u{202E}tset", NameRefusal::Character('\u{202E}')),
        ("ad\u{200B}min", NameRefusal::Character('\u{200B}')),
        ("ad\u{2066}min", NameRefusal::Character('\u{2066}')),
        ("ad\u{AD}min", NameRefusal::Character('\u{AD}')),
        ("a\u{2028}b", NameRefusal::Character('\u{2028}')),
        ("a\u{E0061}b", NameRefusal::Character('\u{E0061}')),
        ("\u{FEFF}Zoé", NameRefusal::Character('\u{FEFF}')),
        ("\u{3164}", NameRefusal::Character('\u{3164}')),
    ] {
        assert_eq!(CreditName::parse(typed), Err(refusal), "{typed:?}");
    }
}

#[test]
fn lengths_are_counted_in_characters() {
    assert!(CreditName::parse(&"é".repeat(80)).is_ok());
    assert!(CreditName::parse(&format!(" {} ", "é".repeat(80))).is_ok());
    let refusal = NameRefusal::TooLong { max: 80 };
    assert_eq!(CreditName::parse(&"é".repeat(81)), Err(refusal));
    assert!(OrganisationName::parse(&"é".repeat(120)).is_ok());
    let refusal = NameRefusal::TooLong { max: 120 };
    assert_eq!(OrganisationName::parse(&"é".repeat(121)), Err(refusal));
}

#[test]
fn addresses_are_plain_and_in_lower_case() {
    for (typed, kept) in [
        ("zoe@example.org", "zoe@example.org"),
        (
            "  Zoe.Ete+terreau@Mairie.Example.FR ",
            "zoe.ete+terreau@mairie.example.fr",
        ),
        ("o'neil@xn--caf-dma.example", "o'neil@xn--caf-dma.example"),
        ("1@2.fr", "1@2.fr"),
    ] {
        let address = EmailAddress::parse(typed).unwrap_or_else(|_| panic!("{typed:?}"));
        assert_eq!(address.as_str(), kept);
    }
    let long_local = format!("{}@example.org", "a".repeat(65));
    let long = format!("a@{}org", "a23456789.".repeat(26));
    for typed in [
        "",
        "zoe",
        "@example.org",
        "zoe@",
        "zoe@localhost",
        "zoe@example..org",
        "zoe@.org",
        "zoe@example.org.",
        ".zoe@example.org",
        "zoe.@example.org",
        "z..oe@example.org",
        "zoe@-a.org",
        "zoe@a-.org",
        "zoe@[127.0.0.1]",
        "zoe@127.0.0.1",
        "a@b@example.org",
        "\"zoe\"@example.org",
        "zoe @example.org",
        "zoe@exa mple.org",
        "zoe@example.org,x@example.org",
        "zoe@example.org\nBcc: x@example.org",
        "zoe@exa\u{0}mple.org",
        "<zoe@example.org>",
        "zoé@example.org",
        "zoe@exämple.org",
        "zoe@example.org\u{200B}",
        "ZOE@\u{212A}.org",
        &long_local,
        &long,
    ] {
        assert!(EmailAddress::parse(typed).is_err(), "{typed:?}");
    }
}

#[test]
fn debug_never_shows_an_address() {
    let account: Account = super::rights::person(Role::Reader, false);
    let shown = format!("{account:?} {:?}", account.email);
    assert!(!shown.contains(account.email.as_str()), "{shown}");
    assert!(!shown.contains("example"), "{shown}");
}

#[test]
fn words_are_read_back() {
    for role in Role::ALL {
        assert_eq!(role.as_str().parse(), Ok(role));
    }
    for scope in Scope::ALL {
        assert_eq!(scope.as_str().parse(), Ok(scope));
    }
    for verdict in Verdict::ALL {
        assert_eq!(verdict.as_str().parse(), Ok(verdict));
    }
    for state in ProposalState::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    for how_often in HowOften::ALL {
        assert_eq!(how_often.as_str().parse(), Ok(how_often));
    }
    for kind in NoticeKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("Steward".parse::<Role>().is_err());
    assert!("card:write admin".parse::<Scope>().is_err());
    assert!(Role::ALL.is_sorted());
    let id: AccountId = "0192d3c4-0000-7000-8000-000000000001"
        .parse()
        .expect("a UUID");
    assert_eq!(id.to_string().parse(), Ok(id));
    assert!("1".parse::<AccountId>().is_err());
}
