//! A provider that lies, breaks or is down: nobody gets in, and reading goes on.

use serde_json::{Value, json};
use terreau_tests::{CLIENT_SECRET, Instead, Liar, Lies};

use super::{
    assert_turned_away, at_the_liar, come_back, enter, is_in, leave, node, node_with, provider,
};

fn claims(claims: Value) -> Lies {
    Lies {
        claims,
        ..Lies::default()
    }
}

fn signed(algorithm: &'static str) -> Lies {
    Lies {
        algorithm,
        ..Lies::default()
    }
}

fn instead(path: &'static str, instead: Instead) -> Lies {
    Lies {
        instead: [(path, instead)].into(),
        ..Lies::default()
    }
}

fn without_address(userinfo: Value) -> Lies {
    Lies {
        claims: json!({ "email": null, "email_verified": null }),
        userinfo,
        ..Lies::default()
    }
}

#[test]
fn no_lie_of_a_provider_lets_anybody_in() {
    let liar = Liar::start();
    let node = node_with(&liar);
    let client = node.client();
    let elsewhere = Instead::Redirect("http://127.0.0.1:9/".to_owned());
    let unverified = json!({ "email_verified": false });
    let lies = [
        (
            "another issuer",
            claims(json!({ "iss": "https://autre.example" })),
        ),
        (
            "another audience",
            claims(json!({ "aud": "un-autre-site" })),
        ),
        (
            "two audiences",
            claims(json!({ "aud": ["terreau", "un-autre-site"] })),
        ),
        ("another party", claims(json!({ "azp": "un-autre-site" }))),
        ("another nonce", claims(json!({ "nonce": "un-autre" }))),
        ("no nonce", claims(json!({ "nonce": null }))),
        (
            "expired",
            claims(json!({ "exp": 1_700_000_000, "iat": 1_699_999_000 })),
        ),
        ("never expires", claims(json!({ "exp": null }))),
        (
            "of tomorrow",
            claims(json!({ "iat": 4_000_000_000_i64, "exp": 4_000_000_300_i64 })),
        ),
        ("nobody", claims(json!({ "sub": "" }))),
        ("no subject", claims(json!({ "sub": null }))),
        ("unverified", claims(unverified.clone())),
        (
            "another access token",
            claims(json!({ "at_hash": "celui-d-un-autre" })),
        ),
        ("not signed", signed("none")),
        ("signed with the secret", signed("HS256")),
        (
            "signed with the public key as a secret",
            signed("HS256 with the keys"),
        ),
        ("changed after it was signed", signed("forged")),
        ("tokens: down", instead("/token", Instead::HangUp)),
        ("tokens: broken", instead("/token", Instead::Status(500))),
        ("tokens: refused", instead("/token", Instead::Status(403))),
        ("tokens: elsewhere", instead("/token", elsewhere.clone())),
        (
            "tokens: words",
            instead("/token", Instead::Text("<html>".to_owned())),
        ),
        (
            "tokens: none",
            instead("/token", Instead::Text("{}".to_owned())),
        ),
        (
            "tokens: without an ID token",
            instead(
                "/token",
                Instead::Text("{\"access_token\":\"a\"}".to_owned()),
            ),
        ),
        ("tokens: too much", instead("/token", Instead::Flood)),
        ("keys: down", instead("/jwks", Instead::HangUp)),
        (
            "keys: none",
            instead("/jwks", Instead::Text("{\"keys\":[]}".to_owned())),
        ),
        (
            "keys: words",
            instead("/jwks", Instead::Text("[]".to_owned())),
        ),
        ("keys: elsewhere", instead("/jwks", elsewhere.clone())),
        ("keys: too much", instead("/jwks", Instead::Flood)),
        (
            "userinfo of somebody else",
            without_address(json!({ "sub": "autrui" })),
        ),
        ("userinfo unverified", without_address(unverified)),
        (
            "userinfo without an address",
            without_address(json!({ "email": null })),
        ),
        (
            "userinfo with a bad address",
            without_address(json!({ "email": "moi@example.org\r\nBcc: x@example.org" })),
        ),
    ];
    for (why, lie) in lies {
        liar.tell(lie);
        let page = enter(&client, &liar, "forge");
        assert_turned_away(&client, &page, why);
    }
    let mut down = without_address(json!({}));
    down.instead.insert("/userinfo", elsewhere);
    liar.tell(down);
    let page = enter(&client, &liar, "forge");
    assert_turned_away(&client, &page, "userinfo elsewhere");

    let log = node.log();
    for unsaid in [
        CLIENT_SECRET,
        "un-jeton",
        "moi@example.org",
        "code-1",
        "autrui",
    ] {
        assert!(!log.contains(unsaid), "the log holds {unsaid}");
    }
    assert!(log.contains("(nonce)"), "the log says what failed: {log}");

    liar.tell(Lies::default());
    enter(&client, &liar, "forge");
    assert!(is_in(&client), "an honest answer still does");
}

#[test]
fn a_provider_that_cannot_be_found_leaves_the_other_door_open() {
    let document = "/.well-known/openid-configuration";
    let elsewhere = Instead::Redirect("http://127.0.0.1:9/".to_owned());
    let discovered = |discovery: Value| Lies {
        discovery,
        ..Lies::default()
    };
    let lies = [
        ("down", instead(document, Instead::HangUp)),
        ("broken", instead(document, Instead::Status(503))),
        ("gone", instead(document, Instead::Status(404))),
        ("elsewhere", instead(document, elsewhere)),
        (
            "words",
            instead(document, Instead::Text("bonjour".to_owned())),
        ),
        ("too much", instead(document, Instead::Flood)),
        (
            "another issuer",
            discovered(json!({ "issuer": "https://autre.example" })),
        ),
        ("no keys", discovered(json!({ "jwks_uri": null }))),
        (
            "tokens in the open",
            discovered(json!({ "token_endpoint": "http://forge.example/token" })),
        ),
        (
            "a script",
            discovered(json!({ "authorization_endpoint": "javascript:alert(1)" })),
        ),
        (
            "a file",
            discovered(json!({ "jwks_uri": "file:///etc/passwd" })),
        ),
    ];
    let liars: Vec<Liar> = lies.iter().map(|_| Liar::start()).collect();
    let settings = liars
        .iter()
        .enumerate()
        .flat_map(|(number, liar)| provider(&format!("f{number}"), liar.issuer(), &[]))
        .collect();
    let node = node(settings);
    let client = node.client();
    for (number, ((why, lie), liar)) in lies.into_iter().zip(&liars).enumerate() {
        liar.tell(lie);
        let page = client.post(&format!("/connexion/avec/f{number}"), &[]);
        assert_turned_away(&client, &page, why);
        // What failed is not remembered: the provider is back, and so is its door.
        let email = format!("f{number}@example.org");
        liar.tell(claims(json!({ "email": email })));
        enter(&client, liar, &format!("f{number}"));
        assert!(is_in(&client), "{why}, then back");
        client.post("/deconnexion", &[]);
    }
    let gone = {
        let liar = Liar::start();
        liar.issuer()
            .replace("127.0.0.1", "localhost")
            .replace("http:", "https:")
    };
    let node = super::node(provider("forge", &gone, &[]));
    let client = node.client();
    let page = client.post("/connexion/avec/forge", &[]);
    assert_turned_away(&client, &page, "it speaks no TLS");
}

#[test]
fn an_answer_names_its_issuer_when_the_provider_says_it_does() {
    let (mixed, plain) = (Liar::start(), Liar::start());
    mixed.tell(Lies {
        discovery: json!({ "authorization_response_iss_parameter_supported": true }),
        ..Lies::default()
    });
    let settings = [
        provider("mixte", mixed.issuer(), &[]),
        provider("simple", plain.issuer(), &[]),
    ];
    let node = node(settings.concat());
    let client = node.client();
    let page = enter(&client, &mixed, "mixte");
    assert_turned_away(&client, &page, "no iss");
    for (code, liar, iss) in [
        ("mixte", &mixed, plain.issuer()),
        ("simple", &plain, mixed.issuer()),
    ] {
        let left = at_the_liar(liar, &leave(&client, code, "/"));
        let page = client.get(&format!(
            "/connexion/retour/{code}?state={}&code={}&iss={iss}",
            left.state, left.code
        ));
        assert_turned_away(&client, &page, "another iss");
        assert_eq!(liar.asked("/token"), 0, "no code is given to anybody");
    }
    // A sign-in that left for one provider comes back from no other.
    let left = at_the_liar(&plain, &leave(&client, "simple", "/"));
    let page = come_back(&client, "mixte", &left);
    assert_turned_away(&client, &page, "another provider");
    let left = at_the_liar(&mixed, &leave(&client, "mixte", "/"));
    client.get(&format!(
        "/connexion/retour/mixte?state={}&code={}&iss={}",
        left.state,
        left.code,
        mixed.issuer()
    ));
    assert!(is_in(&client));
}

#[test]
fn a_signed_userinfo_is_asked_where_the_settings_say_so() {
    let liar = Liar::start();
    let node = node(provider(
        "forge",
        liar.issuer(),
        &[("SIGNED_USERINFO", "true")],
    ));
    let client = node.client();
    let page = enter(&client, &liar, "forge");
    assert_turned_away(&client, &page, "the userinfo is not signed");
    liar.tell(Lies {
        // The library takes RS256 only, as the settings say; the certified provider shows that one.
        signed_userinfo: true,
        ..Lies::default()
    });
    let page = enter(&client, &liar, "forge");
    assert_turned_away(&client, &page, "the userinfo is signed otherwise");
}
