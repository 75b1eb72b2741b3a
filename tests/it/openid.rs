//! Entering through providers: a certified one, and one that lies.

mod lies;
mod once;
mod own;

use terreau_tests::{
    CERTIFIED_CLIENT, CLIENT_ID, CLIENT_SECRET, CertifiedProvider, Client, Liar, NodeOptions, Page,
    TestNode,
};

/// A sign-in that left for the lying provider, which gave it a code.
struct Left {
    state: String,
    code: String,
}

/// Returns the settings of a provider, over the usual ones.
fn provider(code: &str, issuer: &str, more: &[(&str, &str)]) -> Vec<(String, String)> {
    let usual = [
        ("NAME", "La forge"),
        ("ISSUER", issuer),
        ("CLIENT_ID", CLIENT_ID),
        ("CLIENT_SECRET", CLIENT_SECRET),
    ];
    let key = |name: &str| format!("TERREAU__SITE__SIGN_IN__{}__{name}", code.to_uppercase());
    usual
        .iter()
        .chain(more)
        .map(|(name, value)| (key(name), (*value).to_owned()))
        .collect()
}

/// Starts a node that people may enter through one lying provider, `forge`.
fn node_with(liar: &Liar) -> TestNode {
    node(provider("forge", liar.issuer(), &[]))
}

fn node(settings: Vec<(String, String)>) -> TestNode {
    TestNode::with(NodeOptions {
        settings,
        ..NodeOptions::default()
    })
}

/// Leaves for a provider by its button and returns the address there.
fn leave(client: &Client, code: &str, after: &str) -> String {
    let page = client.post(&format!("/connexion/avec/{code}"), &[("suite", after)]);
    going(&page)
}

fn going(page: &Page) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    page.attribute_after("class=\"button\"", "href").unwrap()
}

/// Returns a value of the query of an address.
fn queried(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').unwrap();
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_else(|| panic!("no {name} in {address}"))
        .to_owned()
}

/// Signs in at the lying provider: nobody asks who one is there.
fn at_the_liar(liar: &Liar, address: &str) -> Left {
    assert!(address.starts_with(liar.issuer()), "{address}");
    let nonce = address
        .contains("nonce=")
        .then(|| queried(address, "nonce"));
    let challenge = queried(address, "code_challenge");
    Left {
        state: queried(address, "state"),
        code: liar.code(&challenge, &nonce.unwrap_or_default()),
    }
}

/// Comes back with what the provider gave.
fn come_back(client: &Client, code: &str, left: &Left) -> Page {
    client.get(&format!(
        "/connexion/retour/{code}?state={}&code={}",
        left.state, left.code
    ))
}

/// Enters through the lying provider, as it is told to behave.
fn enter(client: &Client, liar: &Liar, code: &str) -> Page {
    let address = leave(client, code, "/");
    come_back(client, code, &at_the_liar(liar, &address))
}

fn is_in(client: &Client) -> bool {
    let page = client.get("/compte");
    page.status == 200 && !page.url.contains("/connexion")
}

/// Checks that somebody was turned away by a page that says what to do next, and that reading goes on.
fn assert_turned_away(client: &Client, page: &Page, why: &str) {
    assert!(page.status >= 400, "{why}: {}", page.status);
    assert!(page.status != 500, "{why}: it is no fault of ours");
    let has_next = page.body.contains("<ul class=\"next\">") || page.body.contains("<form method");
    assert!(has_next, "{why}: the page has no next step: {}", page.body);
    assert!(
        !page.body.contains("code="),
        "{why}: the code goes no further"
    );
    assert!(!is_in(client), "{why}: somebody was let in");
    assert_eq!(client.get("/outils/porteur-de-parole").status, 200, "{why}");
    let sign_in = client.get("/connexion");
    assert_eq!(sign_in.status, 200, "{why}");
    assert!(sign_in.body.contains("name=\"email\""), "{why}");
}

#[test]
fn a_certified_provider_lets_people_in() {
    let Some(mut certified) = CertifiedProvider::start() else {
        return;
    };
    let client_id = |code: &str| format!("{CERTIFIED_CLIENT}-{code}");
    let one = |code: &str, more: &[(&str, &str)]| {
        let id = client_id(code);
        let mut all = vec![("CLIENT_ID", id.as_str())];
        all.extend_from_slice(more);
        provider(code, certified.issuer(), &all)
    };
    let settings = [
        one("usuel", &[]),
        one(
            "signe",
            &[("TOKEN_AUTH", "post"), ("SIGNED_USERINFO", "true")],
        ),
        one("courbe", &[("ALGORITHMS", "[\"ES256\"]")]),
        one("secret", &[("ALGORITHMS", "[\"HS256\"]")]),
        one("etroit", &[]),
    ];
    let node = node(settings.concat());
    certified.serve(&node.url(""));
    let way = |client: &Client, code: &str, login: &str, agrees: bool| {
        let back = certified.sign_in(&leave(client, code, "/outils"), login, agrees);
        let path = back.strip_prefix(&node.url("")).unwrap().to_owned();
        client.get(&path)
    };

    for code in ["usuel", "signe", "courbe", "secret"] {
        let login = format!("nadia-{code}");
        let client = node.client();
        let page = way(&client, code, &login, true);
        assert_eq!(page.status, 200, "{code}: {}", page.body);
        assert!(
            page.url.ends_with("/compte/bienvenue?suite=/outils"),
            "{code}: {}",
            page.url
        );
        let named = client.post(
            "/compte/bienvenue",
            &[("nom", "Nadia Morel"), ("langue", "fr"), ("suite", "/")],
        );
        assert_eq!(named.status, 200);
        let account = client.get("/compte").body;
        assert!(account.contains(&format!("{login}@example.org")), "{code}");

        // The same person elsewhere is the same account, and is asked no name again.
        let again = node.client();
        let page = way(&again, code, &login, true);
        assert!(!page.url.contains("bienvenue"), "{code}: {}", page.url);
        assert!(again.get("/compte").body.contains("Nadia Morel"), "{code}");
    }

    let client = node.client();
    let page = way(&client, "usuel", "zoe", false);
    assert_turned_away(&client, &page, "given up there");
    let page = way(&client, "usuel", "sans-preuve", true);
    assert_turned_away(&client, &page, "no verified address");
    assert!(page.body.contains("vérifiée"), "{}", page.body);
    let unknown = client.post("/connexion/avec/etroit", &[]);
    let refused = node.client().get(&format!(
        "/connexion/retour/etroit?state={}&error=invalid_client",
        queried(&going(&unknown), "state")
    ));
    assert_turned_away(&client, &refused, "a client that is not registered");
}

#[test]
fn a_forge_without_discovery_lets_people_in() {
    let liar = Liar::start();
    let at = |path: &str| format!("{}{path}", liar.issuer());
    let addresses = [
        ("KIND", "oauth2".to_owned()),
        ("AUTHORIZE_URL", at("/authorize")),
        ("TOKEN_URL", at("/token")),
        ("USERINFO_URL", at("/userinfo")),
    ];
    let emails = ("EMAILS_URL", at("/emails"));
    let told = |code: &str, with_list: bool| {
        let more: Vec<_> = addresses
            .iter()
            .chain(with_list.then_some(&emails))
            .map(|(key, value)| (*key, value.as_str()))
            .collect();
        provider(code, liar.issuer(), &more)
    };
    let node = node([told("forge", false), told("liste", true)].concat());
    let client = node.client();
    let page = enter(&client, &liar, "forge");
    assert!(page.url.contains("/compte/bienvenue"), "{}", page.url);
    assert!(client.get("/compte").body.contains("moi@example.org"));

    liar.tell(terreau_tests::Lies {
        userinfo: serde_json::json!({ "id": 18, "email": null, "email_verified": null }),
        ..terreau_tests::Lies::default()
    });
    let other = node.client();
    let page = enter(&other, &liar, "forge");
    assert_turned_away(&other, &page, "no address in the profile");
    let page = enter(&other, &liar, "liste");
    assert!(page.url.contains("/compte/bienvenue"), "{}", page.url);
    assert!(other.get("/compte").body.contains("forge@example.org"));

    liar.tell(terreau_tests::Lies {
        userinfo: serde_json::json!({ "id": null }),
        ..terreau_tests::Lies::default()
    });
    let nobody = node.client();
    let page = enter(&nobody, &liar, "forge");
    assert_turned_away(&nobody, &page, "a profile of nobody");
}

#[test]
fn the_sign_in_page_offers_the_providers_and_only_its_own_forms_leave() {
    let liar = Liar::start();
    let node = node_with(&liar);
    let client = node.client();
    let page = client.get("/connexion?suite=/outils");
    assert!(page.body.contains("action=\"/connexion/avec/forge\""));
    assert!(page.body.contains("Entrer avec La forge"));

    let foreign = client.request("POST", "/connexion/avec/forge");
    let page = client.send(foreign.header("origin", "https://ailleurs.example"));
    assert_eq!(page.status, 403, "another site begins no sign-in");
    assert_eq!(client.get("/connexion/avec/forge").status, 405);
    assert_eq!(client.post("/connexion/avec/inconnue", &[]).status, 404);
    assert_eq!(client.get("/connexion/retour/inconnue?state=a").status, 404);

    let page = client.post("/connexion/avec/forge", &[]);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    let cookie = page.header("set-cookie");
    for part in [
        "login=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Max-Age=600",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    assert!(
        page.body.contains("http-equiv=\"refresh\""),
        "it goes on without scripts"
    );
}
