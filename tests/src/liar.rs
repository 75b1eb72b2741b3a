//! A provider that does as it is told, wrong things too: OpenID Connect and OAuth2 over a small HTTP server of the tests' own.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING as ES256, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// What the provider calls the site.
pub const CLIENT_ID: &str = "terreau";
/// What the site proves itself with.
pub const CLIENT_SECRET: &str = "un-secret-de-plus-de-trente-deux-octets";

/// A provider that lies on demand; it answers until the value goes.
pub struct Liar {
    issuer: String,
    shared: Arc<Mutex<Shared>>,
}

/// What the provider does next.
#[derive(Clone, Debug)]
pub struct Lies {
    /// Claims of the ID token put over the honest ones; `null` takes one away.
    pub claims: Value,
    /// The algorithm of the ID token: `ES256`, `none`, `HS256` (with the client secret), `HS256 with the keys`, `forged`.
    pub algorithm: &'static str,
    /// Members put over the discovery document.
    pub discovery: Value,
    /// Members put over the userinfo.
    pub userinfo: Value,
    /// Whether the userinfo comes as a signed token.
    pub signed_userinfo: bool,
    /// What is answered, in place of the honest answer, to a path.
    pub instead: HashMap<&'static str, Instead>,
}

/// What a path answers in place of the truth.
#[derive(Clone, Debug)]
pub enum Instead {
    /// A status, and nothing.
    Status(u16),
    /// The connection ends without a word.
    HangUp,
    /// Elsewhere.
    Redirect(String),
    /// Text that is not what was asked for.
    Text(String),
    /// More bytes than anybody should read.
    Flood,
}

impl Default for Lies {
    fn default() -> Lies {
        Lies {
            claims: json!({}),
            algorithm: "ES256",
            discovery: json!({}),
            userinfo: json!({}),
            signed_userinfo: false,
            instead: HashMap::new(),
        }
    }
}

struct Shared {
    lies: Lies,
    /// The codes given out: challenge and nonce of each, until it is exchanged.
    codes: HashMap<String, (String, String)>,
    given: usize,
    asked: Vec<String>,
    key: EcdsaKeyPair,
}

impl Liar {
    /// Starts it on a port of its own.
    ///
    /// # Panics
    /// When the machine has no port or no randomness to give.
    pub fn start() -> Liar {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it listens").port();
        let issuer = format!("http://127.0.0.1:{port}");
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ES256, &random).expect("a key can be made");
        let key = EcdsaKeyPair::from_pkcs8(&ES256, document.as_ref(), &random)
            .expect("what was made can be read");
        let shared = Arc::new(Mutex::new(Shared {
            lies: Lies::default(),
            codes: HashMap::new(),
            given: 0,
            asked: Vec::new(),
            key,
        }));
        let (with, named) = (Arc::clone(&shared), issuer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (with, named) = (Arc::clone(&with), named.clone());
                // One thread each: an answer that never ends must not hold the others.
                std::thread::spawn(move || {
                    // A site that hangs up in the middle is what some tests are about.
                    let _ = answer(stream, &with, &named);
                });
            }
        });
        Liar { issuer, shared }
    }

    /// Returns its address.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Tells it what to do from now on.
    pub fn tell(&self, lies: Lies) {
        self.shared().lies = lies;
    }

    /// Returns a code as if somebody had signed in there with this challenge and nonce.
    pub fn code(&self, challenge: &str, nonce: &str) -> String {
        let mut shared = self.shared();
        shared.given += 1;
        let code = format!("code-{}", shared.given);
        let bound = (challenge.to_owned(), nonce.to_owned());
        shared.codes.insert(code.clone(), bound);
        code
    }

    /// Returns how often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        let shared = self.shared();
        shared.asked.iter().filter(|asked| *asked == path).count()
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().expect("no request panics")
    }
}

/// Reads one request, answers it, and ends the connection.
fn answer(mut stream: TcpStream, with: &Mutex<Shared>, issuer: &str) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let form = String::from_utf8_lossy(&body).into_owned();
    let mut shared = with.lock().expect("no request panics");
    shared.asked.push(path.clone());
    let instead = shared.lies.instead.get(path.as_str()).cloned();
    let (status, kind, text) = match instead {
        None => shared.honest(&path, &form, issuer),
        Some(Instead::Status(status)) => (status, "application/json", "{}".to_owned()),
        Some(Instead::Text(text)) => (200, "application/json", text),
        Some(Instead::HangUp) => return Ok(()),
        Some(Instead::Redirect(to)) => {
            return write!(
                stream,
                "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
        }
        Some(Instead::Flood) => {
            drop(shared);
            stream.write_all(
                b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n\"",
            )?;
            // Ends when whoever reads has had enough; 64 MiB would be no reader at all.
            for _ in 0..1024 {
                stream.write_all(&[b'a'; 65536])?;
            }
            return Ok(());
        }
    };
    write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    )
}

impl Shared {
    fn honest(&mut self, path: &str, form: &str, issuer: &str) -> (u16, &'static str, String) {
        let json = |status, value: Value| (status, "application/json", value.to_string());
        match path {
            "/.well-known/openid-configuration" => json(
                200,
                over(
                    json!({
                        "issuer": issuer,
                        "authorization_endpoint": format!("{issuer}/authorize"),
                        "token_endpoint": format!("{issuer}/token"),
                        "userinfo_endpoint": format!("{issuer}/userinfo"),
                        "jwks_uri": format!("{issuer}/jwks"),
                        "response_types_supported": ["code"],
                    }),
                    &self.lies.discovery,
                ),
            ),
            "/jwks" => json(200, self.keys()),
            "/token" => match self.exchange(form) {
                Ok(nonce) => json(
                    200,
                    json!({
                        "access_token": "un-jeton",
                        "token_type": "Bearer",
                        "id_token": self.id_token(issuer, &nonce),
                    }),
                ),
                Err(error) => json(400, json!({ "error": error })),
            },
            "/userinfo" => {
                let told = over(
                    json!({ "sub": "moi", "id": 17, "email": "moi@example.org", "email_verified": true }),
                    &self.lies.userinfo,
                );
                if self.lies.signed_userinfo {
                    let token = self.signed("ES256", &told);
                    (200, "application/jwt", token)
                } else {
                    json(200, told)
                }
            }
            "/emails" => json(
                200,
                json!([
                    { "email": "autre@example.org", "primary": false, "verified": true },
                    { "email": "forge@example.org", "primary": true, "verified": true },
                ]),
            ),
            _ => json(404, json!({})),
        }
    }

    /// Gives up a code, once, to whoever has the verifier of its challenge; returns its nonce.
    fn exchange(&mut self, form: &str) -> Result<String, &'static str> {
        let field = |name: &str| {
            form.split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
                .unwrap_or_default()
                .to_owned()
        };
        let (challenge, nonce) = self.codes.remove(&field("code")).ok_or("invalid_grant")?;
        let made = URL_SAFE_NO_PAD.encode(digest(&SHA256, field("code_verifier").as_bytes()));
        if made == challenge {
            Ok(nonce)
        } else {
            Err("invalid_grant")
        }
    }

    fn id_token(&self, issuer: &str, nonce: &str) -> String {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .expect("now is after 1970")
            .as_secs();
        let claims = over(
            json!({
                "iss": issuer,
                "aud": CLIENT_ID,
                "sub": "moi",
                "iat": now,
                "exp": now + 300,
                "nonce": nonce,
                "email": "moi@example.org",
                "email_verified": true,
            }),
            &self.lies.claims,
        );
        self.signed(self.lies.algorithm, &claims)
    }

    fn signed(&self, algorithm: &str, claims: &Value) -> String {
        let name = match algorithm {
            "none" => "none",
            "ES256" | "forged" => "ES256",
            _ => "HS256",
        };
        let header = json!({ "alg": name, "typ": "JWT", "kid": "une" });
        let text = format!("{}.{}", encoded(&header), encoded(claims));
        let mac = |key: &[u8]| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, key);
            hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
        };
        let signature = match algorithm {
            "none" => Vec::new(),
            "HS256" => mac(CLIENT_SECRET.as_bytes()),
            "HS256 with the keys" => mac(self.key.public_key().as_ref()),
            _ => self
                .key
                .sign(&SystemRandom::new(), text.as_bytes())
                .expect("signing works")
                .as_ref()
                .to_vec(),
        };
        // A forger signs something else than what is sent.
        let text = if algorithm == "forged" {
            let other = over(claims.clone(), &json!({ "sub": "autrui" }));
            format!("{}.{}", encoded(&header), encoded(&other))
        } else {
            text
        };
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn keys(&self) -> Value {
        // An uncompressed point: 4, then both coordinates.
        let point = self.key.public_key().as_ref();
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "use": "sig", "kid": "une", "alg": "ES256",
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]),
            "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
        }] })
    }
}

fn encoded(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// Puts members over those of an object; `null` takes one away.
fn over(mut object: Value, members: &Value) -> Value {
    let target = object.as_object_mut().expect("an object");
    for (name, value) in members.as_object().expect("an object") {
        if value.is_null() {
            target.remove(name);
        } else {
            target.insert(name.clone(), value.clone());
        }
    }
    object
}
