//! What is asked of a provider, and what of its answers is believed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::Nonce;
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING as ES256, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://forge.example";
const SECRET: &str = "un-secret-de-plus-de-trente-deux-octets";

fn oidc() -> ProviderSettings {
    toml_like(json!({
        "name": "La forge", "issuer": ISSUER, "client_id": "terreau", "client_secret": SECRET,
    }))
}

fn oauth2() -> ProviderSettings {
    toml_like(json!({
        "name": "La forge", "kind": "oauth2", "issuer": ISSUER, "client_id": "terreau", "client_secret": SECRET,
        "authorize_url": "https://forge.example/authorize?theme=clair",
        "token_url": "https://forge.example/token", "userinfo_url": "https://api.forge.example/user",
    }))
}

fn toml_like(value: Value) -> ProviderSettings {
    serde_json::from_value(value).expect("settings read")
}

fn now() -> DateTime<Utc> {
    "2026-11-22T12:00:00Z".parse().expect("a date")
}

/// A provider's key, to sign as it would.
struct Signer(EcdsaKeyPair);

impl Signer {
    fn new() -> Signer {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ES256, &random).expect("a key");
        Signer(EcdsaKeyPair::from_pkcs8(&ES256, document.as_ref(), &random).expect("a key"))
    }

    fn keys(&self) -> Vec<u8> {
        let point = self.0.public_key().as_ref();
        let key = json!({ "keys": [
            { "kty": "de demain", "kid": "autre" },
            { "kty": "EC", "crv": "P-256", "use": "sig", "kid": "une",
              "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..65]) },
        ] });
        key.to_string().into_bytes()
    }

    fn token(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(header), part(claims));
        let signature = match header["alg"].as_str() {
            Some("HS256") => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
                hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
            }
            Some("ES256") => {
                let signed = self.0.sign(&SystemRandom::new(), text.as_bytes());
                signed.expect("signing works").as_ref().to_vec()
            }
            _ => Vec::new(),
        };
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn honest() -> Value {
    json!({
        "iss": ISSUER, "aud": "terreau", "sub": "moi", "nonce": "le-nonce",
        "iat": now().timestamp(), "exp": now().timestamp() + 300,
        "email": "moi@example.org", "email_verified": true,
    })
}

fn changed(mut claims: Value, name: &str, value: Value) -> Value {
    if value.is_null() {
        claims.as_object_mut().expect("an object").remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

fn es256() -> Value {
    json!({ "alg": "ES256", "kid": "une" })
}

fn check(
    settings: &ProviderSettings,
    signer: &Signer,
    header: &Value,
    claims: &Value,
) -> Result<Believed, Refusal> {
    let expected = Expected {
        settings,
        keys: claims::keys(&signer.keys())?,
        now: now(),
    };
    let nonce = Nonce::new("le-nonce".to_owned());
    expected.id_token(&signer.token(header, claims), &nonce, "un-jeton")
}

#[test]
fn an_honest_id_token_says_who_it_is() {
    let believed = check(&oidc(), &Signer::new(), &es256(), &honest()).unwrap();
    assert_eq!(
        believed,
        Believed {
            subject: "moi".to_owned(),
            email: Some("moi@example.org".to_owned()),
            is_verified: true
        }
    );
}

#[test]
fn every_claim_of_an_id_token_is_checked() {
    let signer = Signer::new();
    let at = |seconds: i64| json!(now().timestamp() + seconds);
    let cases = [
        ("iss", json!("https://autre.example"), "iss"),
        ("iss", json!("https://forge.example/"), "iss"),
        ("iss", Value::Null, "readable"),
        ("aud", json!("un-autre-site"), "aud"),
        ("aud", json!(["terreau", "un-autre-site"]), "aud"),
        ("aud", json!([]), "aud"),
        ("aud", Value::Null, "aud"),
        ("azp", json!("un-autre-site"), "azp"),
        ("nonce", json!("un-autre"), "nonce"),
        ("nonce", Value::Null, "nonce"),
        ("exp", at(-61), "expired"),
        ("exp", at(-3600), "expired"),
        ("exp", json!("demain"), "readable"),
        ("exp", Value::Null, "readable"),
        ("iat", at(61), "expired"),
        ("iat", Value::Null, "readable"),
        ("sub", json!(""), "subject"),
        ("sub", json!("a".repeat(256)), "subject"),
        ("sub", json!("a\nb"), "subject"),
        ("sub", Value::Null, "readable"),
        ("at_hash", json!("celui-d-un-autre"), "at_hash"),
    ];
    for (name, value, word) in cases {
        let claims = changed(honest(), name, value.clone());
        let error = check(&oidc(), &signer, &es256(), &claims).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, Refusal::Untrusted(_)), "{name} {value}");
        assert!(text.contains(word), "{name} {value}: {text}");
        assert!(!text.contains("moi"), "the log names nobody: {text}");
    }
    for (name, value) in [
        ("exp", at(-59)),
        ("iat", at(59)),
        ("aud", json!(["terreau"])),
        ("azp", json!("terreau")),
        ("email_verified", json!("true")),
    ] {
        let claims = changed(honest(), name, value.clone());
        let believed = check(&oidc(), &signer, &es256(), &claims);
        assert!(believed.is_ok_and(|one| one.is_verified), "{name} {value}");
    }
    let hash = digest(&SHA256, b"un-jeton");
    let half = URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]);
    let bound = changed(honest(), "at_hash", json!(half));
    assert!(check(&oidc(), &signer, &es256(), &bound).is_ok());
}

#[test]
fn only_the_algorithms_of_the_settings_are_believed() {
    let signer = Signer::new();
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "None" }),
        json!({ "alg": "HS256", "kid": "une" }),
        json!({ "alg": "RS256", "kid": "une" }),
        json!({ "alg": "ES256", "kid": "inconnue" }),
        json!({ "alg": "ES256", "kid": "une", "crit": ["b64"] }),
        json!({ "kid": "une" }),
    ] {
        let refused = check(&oidc(), &signer, &header, &honest());
        assert!(matches!(refused, Err(Refusal::Untrusted(_))), "{header}");
    }
    let by_secret = json!({ "alg": "HS256" });
    let mut told = oidc();
    told.algorithms = vec![Algorithm::HS256];
    assert!(check(&told, &signer, &by_secret, &honest()).is_ok());
    assert!(check(&told, &signer, &es256(), &honest()).is_err());
    told.client_secret = None;
    assert!(check(&told, &signer, &by_secret, &honest()).is_err());
}

#[test]
fn a_signature_of_another_key_or_text_does_not_hold() {
    let (signer, other) = (Signer::new(), Signer::new());
    let expected = Expected {
        settings: &oidc(),
        keys: claims::keys(&signer.keys()).unwrap(),
        now: now(),
    };
    let nonce = Nonce::new("le-nonce".to_owned());
    let good = signer.token(&es256(), &honest());
    let forged = other.token(&es256(), &honest());
    let (head, _) = good.rsplit_once('.').expect("three parts");
    let other_text = changed(honest(), "sub", json!("autrui"));
    let swapped = format!(
        "{}.{}.{}",
        good.split('.').next().expect("a header"),
        URL_SAFE_NO_PAD.encode(other_text.to_string()),
        good.rsplit('.').next().expect("a signature")
    );
    for text in [
        forged.as_str(),
        head,
        &format!("{head}."),
        &swapped,
        "",
        "a.b",
        "a.b.c.d.e",
    ] {
        let refused = expected.id_token(text, &nonce, "un-jeton");
        assert!(matches!(refused, Err(Refusal::Untrusted(_))), "{text}");
    }
    assert!(expected.id_token(&good, &nonce, "un-jeton").is_ok());
}

#[test]
fn the_userinfo_is_about_the_same_person() {
    let signer = Signer::new();
    let settings = oidc();
    let expected = Expected {
        settings: &settings,
        keys: claims::keys(&signer.keys()).unwrap(),
        now: now(),
    };
    let known = Believed {
        subject: "moi".to_owned(),
        email: None,
        is_verified: false,
    };
    let read = |told: Value| expected.userinfo(told.to_string().as_bytes(), false, &known);
    let good = read(json!({ "sub": "moi", "email": "moi@example.org", "email_verified": true }));
    assert!(good.unwrap().is_verified);
    let unverified = read(json!({ "sub": "moi", "email": "moi@example.org" }));
    assert!(!unverified.unwrap().is_verified);
    for told in [
        json!({ "sub": "autrui", "email": "moi@example.org", "email_verified": true }),
        json!({ "email": "moi@example.org", "email_verified": true }),
        json!(["sub", "moi"]),
        json!("moi"),
    ] {
        assert!(read(told.clone()).is_err(), "{told}");
    }
}

#[test]
fn a_signed_userinfo_is_verified_and_an_unsigned_one_is_refused_where_it_must_be() {
    let signer = Signer::new();
    let settings = ProviderSettings {
        signed_userinfo: true,
        ..oidc()
    };
    let expected = Expected {
        settings: &settings,
        keys: claims::keys(&signer.keys()).unwrap(),
        now: now(),
    };
    let known = Believed {
        subject: "moi".to_owned(),
        email: Some("ancienne@example.org".to_owned()),
        is_verified: true,
    };
    let plain = json!({ "sub": "moi", "email": "moi@example.org", "email_verified": true });
    let unsigned = expected.userinfo(plain.to_string().as_bytes(), false, &known);
    assert!(unsigned.is_err());
    for header in [json!({ "alg": "none" }), json!({ "alg": "HS256" })] {
        let token = signer.token(&header, &honest());
        assert!(
            expected.userinfo(token.as_bytes(), true, &known).is_err(),
            "{header}"
        );
    }
}

#[test]
fn a_profile_names_its_person_by_the_claim_of_the_settings() {
    let read = |told: Value| claims::profile(told.to_string().as_bytes(), &oauth2());
    let one = read(json!({ "id": 17, "login": "moi", "email": "moi@example.org" })).unwrap();
    assert_eq!(one.subject, "17");
    assert!(!one.is_verified, "nobody said so");
    for told in [
        json!({ "id": null }),
        json!({ "id": [1] }),
        json!({ "login": "moi" }),
        json!({ "id": "" }),
    ] {
        assert!(read(told.clone()).is_err(), "{told}");
    }
    let other = ProviderSettings {
        subject_claim: Some("uid".to_owned()),
        email_claim: Some("mail".to_owned()),
        email_verified_claim: Some("ok".to_owned()),
        ..oauth2()
    };
    let told = json!({ "uid": "u-17", "id": 3, "mail": "moi@example.org", "ok": true });
    let one = claims::profile(told.to_string().as_bytes(), &other).unwrap();
    assert_eq!((one.subject.as_str(), one.is_verified), ("u-17", true));
}

#[test]
fn only_a_verified_address_of_a_list_is_taken() {
    let address = |email: &str, primary: bool, verified: bool| json!({ "email": email, "primary": primary, "verified": verified });
    for (list, taken) in [
        (
            json!([
                address("a@x.fr", false, true),
                address("b@x.fr", true, true)
            ]),
            Some("b@x.fr"),
        ),
        (
            json!([
                address("a@x.fr", false, true),
                address("b@x.fr", true, false)
            ]),
            Some("a@x.fr"),
        ),
        (json!([address("a@x.fr", true, false)]), None),
        (json!([{ "email": "a@x.fr", "verified": "true" }]), None),
        (json!([]), None),
    ] {
        let found = claims::verified_of_list(list.to_string().as_bytes()).unwrap();
        assert_eq!(found.as_deref(), taken, "{list}");
    }
    assert!(claims::verified_of_list(b"{}").is_err());
}

#[test]
fn only_safe_addresses_are_asked() {
    for (address, is_safe) in [
        ("https://forge.example", true),
        ("https://forge.example:8443/realms/a?b=c", true),
        ("http://127.0.0.1:3000", true),
        ("http://localhost:3000/x", true),
        ("http://[::1]:3000", true),
        ("http://forge.example", false),
        ("http://127.0.0.1.forge.example", false),
        ("http://localhost.forge.example", false),
        ("http://10.0.0.1", false),
        ("http://169.254.169.254/latest", false),
        ("https://moi:secret@forge.example", false),
        ("https://moi@forge.example", false),
        ("https://forge.example/#a", false),
        ("file:///etc/passwd", false),
        ("ftp://forge.example", false),
        ("javascript:alert(1)", false),
        ("//forge.example", false),
        ("forge.example", false),
        ("", false),
    ] {
        assert_eq!(fetch::safe(address).is_ok(), is_safe, "{address}");
    }
}

#[test]
fn settings_that_make_no_sense_are_refused_by_their_key() {
    let refused = |settings: &ProviderSettings| {
        let error = settings.check("forge").expect_err("it makes no sense");
        let text = error.to_string();
        assert!(!text.contains(SECRET), "the secret stays unsaid");
        text
    };
    assert!(oidc().check("forge").is_ok());
    assert!(oauth2().check("forge_2").is_ok());
    for code in ["", "La Forge", "for/ge", "../x", "é"] {
        assert!(oidc().check(code).is_err(), "{code}");
    }
    let base = oidc();
    let with = |change: fn(&mut ProviderSettings)| {
        let mut settings = base.clone();
        change(&mut settings);
        refused(&settings)
    };
    assert!(with(|one| one.name = " ".into()).contains("name"));
    assert!(with(|one| one.issuer = "http://forge.example".into()).contains("issuer"));
    assert!(with(|one| one.client_id.clear()).contains("client_id"));
    assert!(with(|one| one.scopes = Some(vec!["email".into()])).contains("scopes"));
    assert!(with(|one| one.algorithms.clear()).contains("algorithms"));
    assert!(with(|one| one.token_url = Some("https://x.example".into())).contains("token_url"));
    assert!(
        with(|one| {
            one.algorithms = vec![Algorithm::HS256];
            one.client_secret = Some("court".into());
        })
        .contains("HS256")
    );
    let mut half = oauth2();
    half.userinfo_url = None;
    assert!(refused(&half).contains("userinfo_url"));
    let mut unsafe_list = oauth2();
    unsafe_list.emails_url = Some("http://api.forge.example/emails".into());
    assert!(refused(&unsafe_list).contains("emails_url"));
    let unknown =
        json!({ "name": "x", "issuer": ISSUER, "client_id": "x", "algorithms": ["none"] });
    assert!(serde_json::from_value::<ProviderSettings>(unknown).is_err());
}

#[test]
fn a_discovery_document_speaks_for_its_own_issuer_only() {
    let told = |members: Value| {
        let mut document = json!({
            "issuer": ISSUER,
            "authorization_endpoint": "https://forge.example/authorize",
            "token_endpoint": "https://forge.example/token",
            "jwks_uri": "https://forge.example/jwks",
        });
        for (name, value) in members.as_object().expect("an object") {
            document[name] = value.clone();
        }
        let document: discovery::Document = serde_json::from_value(document).expect("it reads");
        document.endpoints(&oidc())
    };
    let usual = told(json!({})).unwrap();
    assert_eq!(usual.token_auth, TokenAuth::Basic);
    assert!(!usual.says_who_answers);
    let like_proconnect = told(json!({
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "authorization_response_iss_parameter_supported": true,
    }))
    .unwrap();
    assert_eq!(like_proconnect.token_auth, TokenAuth::Post);
    assert!(like_proconnect.says_who_answers);
    for wrong in [
        json!({ "issuer": "https://autre.example" }),
        json!({ "issuer": "https://forge.example/" }),
        json!({ "token_endpoint": "http://forge.example/token" }),
        json!({ "jwks_uri": "file:///etc/passwd" }),
        json!({ "authorization_endpoint": "javascript:alert(1)" }),
        json!({ "userinfo_endpoint": "http://10.0.0.1/" }),
    ] {
        assert!(told(wrong.clone()).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn a_sign_in_leaves_with_all_that_must_come_back() {
    let settings = BTreeMap::from([("forge".to_owned(), oauth2())]);
    let providers = Providers::new(&settings, "https://commun.example").unwrap();
    let provider = providers.get("forge").expect("it is set");
    let (state, browser) = ("e".repeat(64).into(), "b".repeat(64).into());
    let url = Url::parse(&provider.leave(&state, &browser).await.unwrap()).unwrap();
    assert_eq!(url.host_str(), Some("forge.example"));
    let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    let told = |name: &str| query.get(name).map(String::as_str);
    assert_eq!(told("theme"), Some("clair"), "what the address had stays");
    assert_eq!(told("response_type"), Some("code"));
    assert_eq!(
        told("redirect_uri"),
        Some("https://commun.example/connexion/retour/forge")
    );
    assert_eq!(told("state"), Some("e".repeat(64).as_str()));
    assert_eq!(told("code_challenge_method"), Some("S256"));
    assert_eq!(told("code_challenge").map(str::len), Some(43));
    assert!(!url.as_str().contains(SECRET));
    assert!(!url.as_str().contains("bbbb"), "the browser's secret stays");
}

#[tokio::test]
async fn an_answer_of_another_issuer_or_without_a_code_goes_no_further() {
    let settings = BTreeMap::from([("forge".to_owned(), oauth2())]);
    let providers = Providers::new(&settings, "https://commun.example").unwrap();
    let provider = providers.get("forge").expect("it is set");
    let answer = |code: &str, error: &str, iss: Option<&str>| Return {
        code: code.to_owned(),
        state: "e".to_owned(),
        error: error.to_owned(),
        iss: iss.map(str::to_owned),
    };
    let long = "c".repeat(5000);
    for (one, is_declined) in [
        (answer("c", "", Some("https://autre.example")), false),
        (
            answer("c", "access_denied", Some("https://autre.example")),
            false,
        ),
        (answer("", "", None), false),
        (answer(&long, "", None), false),
        (answer("", "access_denied", None), true),
        (answer("c", "login_required\r\nx", Some(ISSUER)), true),
    ] {
        let refused = provider.identify(&one, "b", now()).await.unwrap_err();
        let text = refused.to_string();
        assert_eq!(
            matches!(refused, Refusal::Declined(_)),
            is_declined,
            "{text}"
        );
        assert!(!text.contains('\n'), "{text}");
    }
    let down = answer("", "temporarily_unavailable", None);
    let refused = provider.identify(&down, "b", now()).await.unwrap_err();
    assert!(matches!(refused, Refusal::Unavailable(_)));
}

#[test]
fn whoever_vouches_is_named_though_no_longer_set() {
    let settings = BTreeMap::from([("forge".to_owned(), oidc())]);
    let providers = Providers::new(&settings, "https://commun.example").unwrap();
    assert_eq!(providers.name_of(ISSUER), "La forge");
    assert_eq!(
        providers.name_of("https://ancienne.example/a"),
        "ancienne.example"
    );
    assert_eq!(providers.name_of("?"), "?");
}
