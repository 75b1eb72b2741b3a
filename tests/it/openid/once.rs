//! A sign-in belongs to the browser that began it, and opens one door once.

use std::sync::{Arc, Barrier};

use reqwest::blocking::{Client as Http, Response};
use reqwest::header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use terreau_tests::{Liar, TestNode};

use super::{assert_turned_away, at_the_liar, come_back, enter, is_in, leave, node_with, queried};

/// How many come at once.
const CROWD: usize = 50;

/// A browser that follows nothing and keeps no cookie by itself.
#[derive(Clone)]
struct Raw {
    http: Http,
    base: String,
}

impl Raw {
    fn new(node: &TestNode) -> Raw {
        // Making a test's client chooses the TLS library, which this one wants to know too.
        drop(node.client());
        let http = Http::builder()
            .redirect(Policy::none())
            .build()
            .expect("a client of plain HTTP needs nothing");
        Raw {
            http,
            base: node.url(""),
        }
    }

    fn get(&self, path: &str, cookies: &str) -> Response {
        let address = format!("{}{path}", self.base);
        self.http
            .get(address)
            .header(COOKIE, cookies)
            .send()
            .unwrap()
    }

    fn post(&self, path: &str, cookies: &str, form: &[(&str, &str)]) -> Response {
        self.http
            .post(format!("{}{path}", self.base))
            .header(COOKIE, cookies)
            .header(ORIGIN, &self.base)
            .form(form)
            .send()
            .unwrap()
    }

    /// Leaves for the provider; returns the address there and the cookie that ties it to this browser.
    fn leave(&self, after: &str, cookies: &str) -> (String, String) {
        let answer = self.post("/connexion/avec/forge", cookies, &[("suite", after)]);
        let login = cookie(&answer, "login").expect("it ties the sign-in to the browser");
        let page = answer.text().unwrap();
        let rest = page.split("class=\"button\" href=\"").nth(1).unwrap();
        let address = rest.split('"').next().unwrap().replace("&amp;", "&");
        (address.replace("&#38;", "&"), login)
    }
}

/// Returns a cookie that an answer sets, as the browser sends it back.
fn cookie(answer: &Response, name: &str) -> Option<String> {
    answer
        .headers()
        .get_all(SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok()?.split(';').next())
        .find(|pair| {
            pair.strip_prefix(name)
                .and_then(|rest| rest.strip_prefix('='))
                .is_some_and(|value| !value.is_empty())
        })
        .map(str::to_owned)
}

fn location(answer: &Response) -> &str {
    answer
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn is_session(raw: &Raw, session: &str) -> bool {
    raw.get("/compte", session).status() == 200
}

#[test]
fn a_sign_in_comes_back_once_into_its_own_browser() {
    let liar = Liar::start();
    let node = node_with(&liar);
    let (own, other) = (node.client(), node.client());
    let left = at_the_liar(&liar, &leave(&own, "forge", "/"));
    let page = come_back(&other, "forge", &left);
    assert_turned_away(&other, &page, "another browser");
    leave(&other, "forge", "/");
    let page = come_back(&other, "forge", &left);
    assert_turned_away(&other, &page, "another browser that left too");
    for state in ["", "inconnu", &left.state.to_uppercase(), &left.state[1..]] {
        let page = own.get(&format!(
            "/connexion/retour/forge?state={state}&code={}",
            left.code
        ));
        assert_turned_away(&own, &page, "another state");
    }
    assert_eq!(
        liar.asked("/token"),
        0,
        "nobody else's return costs the code"
    );
    // A look ahead is no return.
    let path = format!(
        "/connexion/retour/forge?state={}&code={}",
        left.state, left.code
    );
    let looked = own.request("HEAD", &path).send().unwrap();
    assert_eq!(looked.status(), 405);

    come_back(&own, "forge", &left);
    assert!(is_in(&own), "its own browser gets in");
    own.post("/deconnexion", &[]);
    let page = come_back(&own, "forge", &left);
    assert_turned_away(&own, &page, "the same return again");

    // The state is fresh, the code was used before.
    let again = at_the_liar(&liar, &leave(&own, "forge", "/"));
    let replayed = super::Left {
        state: again.state,
        code: left.code,
    };
    let page = come_back(&own, "forge", &replayed);
    assert_turned_away(&own, &page, "a code that was used");
    // A code of another's sign-in has another challenge.
    let stolen = at_the_liar(&liar, &leave(&other, "forge", "/"));
    let mine = at_the_liar(&liar, &leave(&own, "forge", "/"));
    let injected = super::Left {
        state: mine.state,
        code: stolen.code,
    };
    let page = come_back(&own, "forge", &injected);
    assert_turned_away(&own, &page, "somebody else's code");
}

#[test]
fn of_fifty_returns_at_once_one_gets_in() {
    let liar = Liar::start();
    let node = node_with(&liar);
    let raw = Raw::new(&node);
    let (address, login) = raw.leave("/", "");
    let left = at_the_liar(&liar, &address);
    let path = format!(
        "/connexion/retour/forge?state={}&code={}",
        left.state, left.code
    );
    let sessions = crowd(&raw, move |raw| raw.get(&path, &login));
    assert_eq!(sessions.len(), 1, "{sessions:?}");
    assert_eq!(liar.asked("/token"), 1, "the code is exchanged once");
    assert!(is_session(&raw, &sessions[0]));
}

#[test]
fn of_fifty_uses_of_a_mailed_link_at_once_one_gets_in() {
    let node = TestNode::start();
    let raw = Raw::new(&node);
    node.client()
        .post("/connexion", &[("email", "nadia@example.org")]);
    let line = node.line_with("the letter to nadia@example.org");
    let link = line
        .split_whitespace()
        .find(|word| word.contains("/connexion/"));
    let path = link
        .unwrap()
        .strip_prefix(&node.url(""))
        .unwrap()
        .to_owned();
    let sessions = crowd(&raw, move |raw| raw.post(&path, "", &[]));
    assert_eq!(sessions.len(), 1, "{sessions:?}");
    assert!(is_session(&raw, &sessions[0]));
}

/// Lets a crowd do the same at once; returns the sessions that were opened.
fn crowd(raw: &Raw, act: impl Fn(&Raw) -> Response + Send + Sync + 'static) -> Vec<String> {
    let (act, start) = (Arc::new(act), Arc::new(Barrier::new(CROWD)));
    let threads: Vec<_> = (0..CROWD)
        .map(|_| {
            let (raw, act, start) = (raw.clone(), Arc::clone(&act), Arc::clone(&start));
            std::thread::spawn(move || {
                start.wait();
                let answer = act(&raw);
                let status = answer.status().as_u16();
                assert!(matches!(status, 303 | 410), "{status}");
                cookie(&answer, "sid")
            })
        })
        .collect();
    threads
        .into_iter()
        .filter_map(|thread| thread.join().unwrap())
        .collect()
}

#[test]
fn the_session_is_new_at_each_sign_in() {
    let liar = Liar::start();
    let node = node_with(&liar);
    let raw = Raw::new(&node);
    let planted = format!("sid={}", "a".repeat(64));
    let enter = |with: &str| {
        let (address, login) = raw.leave("/", with);
        let left = at_the_liar(&liar, &address);
        let path = format!(
            "/connexion/retour/forge?state={}&code={}",
            left.state, left.code
        );
        let answer = raw.get(&path, &format!("{with}; {login}"));
        assert_eq!(answer.status(), 303);
        cookie(&answer, "sid").expect("a session")
    };
    let first = enter(&planted);
    assert_ne!(first, planted, "nobody chooses another's session");
    assert!(!is_session(&raw, &planted));
    let second = enter(&first);
    assert_ne!(second, first);
    assert!(is_session(&raw, &second));
    assert!(!is_session(&raw, &first), "the session of before has ended");
}

#[test]
fn the_way_back_stays_within_the_site() {
    let liar = Liar::start();
    let node = node_with(&liar);
    // The first time leads to the page of welcome; from then on, to where one was going.
    enter(&node.client(), &liar, "forge");
    let named = node.client();
    enter(&named, &liar, "forge");
    named.post("/compte", &[("nom", "Nadia Morel"), ("langue", "fr")]);
    let raw = Raw::new(&node);
    for (after, place) in [
        ("/outils/porteur-de-parole", "/outils/porteur-de-parole"),
        ("//ailleurs.example", "/"),
        ("/\\ailleurs.example", "/"),
        ("https://ailleurs.example", "/"),
        ("/\t/ailleurs.example", "/"),
        ("/%0d%0aSet-Cookie: a=b", "/"),
        ("/a\r\nLocation: https://ailleurs.example", "/"),
        ("javascript:alert(1)", "/"),
    ] {
        let (address, login) = raw.leave(after, "");
        let left = at_the_liar(&liar, &address);
        assert!(
            !address.contains("ailleurs"),
            "the provider learns nothing of it"
        );
        let path = format!(
            "/connexion/retour/forge?state={}&code={}&suite=//ailleurs.example",
            left.state, left.code
        );
        let answer = raw.get(&path, &login);
        assert_eq!(answer.status(), 303, "{after:?}");
        assert_eq!(location(&answer), place, "{after:?}");
    }
    let (address, _) = raw.leave("/", "");
    assert_eq!(
        queried(&address, "redirect_uri"),
        node.url("/connexion/retour/forge")
            .replace(':', "%3A")
            .replace('/', "%2F")
    );
}
