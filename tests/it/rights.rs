//! Who may do what: every route of the site, tried by everyone, against one table.
//!
//! The table is held against the source of the routes: an address that nobody declared here fails.

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_json::{Value, json};
use terreau_tests::{Client, Page, TestNode, repository_root};

const CARD: &str = "outils/porteur-de-parole";
const SCOPES: [&str; 6] = [
    "card:write",
    "proposal:write",
    "review:write",
    "experience:write",
    "mirror:push",
    "admin",
];

/// The least that somebody must be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Least {
    Anyone,
    Contributor,
    Editor,
    Steward,
}
use Least::{Anyone, Contributor, Editor, Steward};

/// What a token needs beside the account of a steward.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ByToken {
    /// No scope: it only reads.
    Any,
    /// This scope.
    With(&'static str),
    /// No token does it.
    Never,
}
use ByToken::{Any, Never, With};

/// What is sent.
enum Body {
    Nothing,
    Form(Vec<(&'static str, String)>),
    Json(Value),
}

/// A request that would do what the route is for.
struct Try {
    path: String,
    body: Body,
    /// Whether it succeeds for those who may; else it is only not refused.
    is_whole: bool,
}

/// A route, and who may use it.
struct Route {
    method: &'static str,
    pattern: &'static str,
    least: Least,
    by_token: ByToken,
    make: fn(&Scene) -> Try,
}

fn reads(path: &str) -> Try {
    Try {
        path: path.to_owned(),
        body: Body::Nothing,
        is_whole: true,
    }
}

fn form(path: String, fields: Vec<(&'static str, String)>) -> Try {
    Try {
        path,
        body: Body::Form(fields),
        is_whole: true,
    }
}

fn json(path: String, body: Value) -> Try {
    Try {
        path,
        body: Body::Json(body),
        is_whole: true,
    }
}

/// A request without what it needs: those who may are told so, the others are refused before.
fn half(path: &str) -> Try {
    Try {
        path: path.to_owned(),
        body: Body::Form(Vec::new()),
        is_whole: false,
    }
}

/// The same, with some of what it needs.
fn half_form(path: &str, fields: Vec<(&'static str, String)>) -> Try {
    Try {
        body: Body::Form(fields),
        ..half(path)
    }
}

macro_rules! route {
    ($method:literal $pattern:literal, $least:expr, $token:expr, $make:expr) => {
        Route {
            method: $method,
            pattern: $pattern,
            least: $least,
            by_token: $token,
            make: $make,
        }
    };
}

/// The table.
fn routes() -> Vec<Route> {
    vec![
        route!("GET" "/", Anyone, Any, |_| reads("/")),
        route!("GET" "/recherche", Anyone, Any, |_| reads("/recherche?q=eau")),
        route!("GET" "/recherche.atom", Anyone, Any, |_| reads("/recherche.atom?q=eau")),
        route!("GET" "/recherche.csv", Anyone, Any, |_| reads("/recherche.csv?q=eau")),
        route!("GET" "/suggest", Anyone, Any, |_| reads("/suggest?q=ea")),
        route!("GET" "/commencer", Anyone, Any, |_| reads("/commencer?topic=eau")),
        route!("GET" "/parcourir", Anyone, Any, |_| reads("/parcourir")),
        route!("GET" "/comparer", Anyone, Any, |_| reads("/comparer?fiche=outils/porteur-de-parole")),
        route!("GET" "/a-propos", Anyone, Any, |_| reads("/a-propos")),
        route!("GET" "/a-propos/regles", Anyone, Any, |_| reads("/a-propos/regles")),
        route!("POST" "/a-propos/regles", Contributor, With("proposal:write"), |_| half("/a-propos/regles")),
        route!("POST" "/langue", Anyone, Any, |_| form("/langue".into(), vec![("langue", "fr".into()), ("suite", "/".into())])),
        route!("GET" "/static/{name}", Anyone, Any, |_| half("/static/absent.css")),
        route!("GET" "/favicon.ico", Anyone, Any, |_| reads("/favicon.ico")),
        route!("GET" "/robots.txt", Anyone, Any, |_| reads("/robots.txt")),
        route!("GET" "/sitemap.xml", Anyone, Any, |_| reads("/sitemap.xml")),
        route!("GET" "/opensearch.xml", Anyone, Any, |_| reads("/opensearch.xml")),
        route!("GET" "/healthz", Anyone, Any, |_| reads("/healthz")),
        route!("GET" "/readyz", Anyone, Any, |_| reads("/readyz")),
        route!("GET" "/connexion", Anyone, Any, |_| reads("/connexion")),
        route!("POST" "/connexion", Anyone, Any, |_| half("/connexion")),
        route!("GET" "/connexion/envoye", Anyone, Any, |_| reads("/connexion/envoye")),
        route!("POST" "/connexion/avec/{provider}", Anyone, Any, |_| half("/connexion/avec/absent")),
        route!("GET" "/connexion/retour/{provider}", Anyone, Any, |_| half("/connexion/retour/absent")),
        route!("GET" "/connexion/{token}", Anyone, Any, |_| half("/connexion/absent")),
        route!("POST" "/connexion/{token}", Anyone, Any, |_| half("/connexion/absent")),
        route!("GET" "/compte", Contributor, Never, |_| reads("/compte")),
        route!("POST" "/compte", Contributor, Never, |_| half("/compte")),
        route!("GET" "/compte/bienvenue", Contributor, Never, |_| reads("/compte/bienvenue")),
        route!("POST" "/compte/bienvenue", Contributor, Never, |_| half("/compte/bienvenue")),
        route!("POST" "/compte/entrer/{provider}", Contributor, Never, |_| half("/compte/entrer/absent")),
        route!("POST" "/compte/entrer/{id}/retirer", Contributor, Never, |_| half("/compte/entrer/absent/retirer")),
        route!("POST" "/compte/jetons", Contributor, Never, |_| half("/compte/jetons")),
        route!("POST" "/compte/jetons/{id}/revoquer", Contributor, Never, |_| half("/compte/jetons/absent/revoquer")),
        route!("POST" "/compte/nom", Contributor, Never, |_| half("/compte/nom")),
        route!("POST" "/compte/brouillons/abandonner", Contributor, Never, |_| half("/compte/brouillons/abandonner")),
        route!("GET" "/compte/avis", Contributor, Never, |_| reads("/compte/avis")),
        route!("POST" "/compte/suivis", Contributor, Never, |_| half("/compte/suivis")),
        route!("GET" "/compte/donnees", Contributor, Never, |_| reads("/compte/donnees")),
        route!("GET" "/compte/supprimer", Contributor, Never, |_| reads("/compte/supprimer")),
        route!("POST" "/compte/supprimer", Contributor, Never, |_| half("/compte/supprimer")),
        route!("GET" "/compte/supprime", Anyone, Any, |_| reads("/compte/supprime")),
        route!("POST" "/compte/sessions/{id}/terminer", Contributor, Never, |_| half("/compte/sessions/0/terminer")),
        route!("GET" "/avis/arreter/{token}", Anyone, Any, |_| half("/avis/arreter/absent")),
        route!("POST" "/avis/arreter/{token}", Anyone, Any, |_| half("/avis/arreter/absent")),
        route!("GET" "/administration", Steward, With("admin"), |_| reads("/administration")),
        route!("GET" "/administration/journal", Steward, With("admin"), |_| reads("/administration/journal")),
        route!("GET" "/administration/comptes/{id}", Steward, With("admin"), |_| half(ABSENT)),
        route!("POST" "/administration/comptes/{id}/role", Steward, With("admin"), |_| half(&format!("{ABSENT}/role"))),
        route!("POST" "/administration/comptes/{id}/suspension", Steward, With("admin"), |_| half(&format!("{ABSENT}/suspension"))),
        route!("POST" "/administration/invitations", Steward, With("admin"), |_| half("/administration/invitations")),
        route!("POST" "/administration/invitations/retirer", Steward, With("admin"), |_| half("/administration/invitations/retirer")),
        route!("POST" "/administration/lecture-seule", Steward, With("admin"), |_| half("/administration/lecture-seule")),
        route!("GET" "/nouvelle-fiche", Anyone, Any, |_| reads("/nouvelle-fiche")),
        route!("POST" "/nouvelle-fiche", Editor, With("card:write"), |_| half("/nouvelle-fiche?genre=page")),
        route!("GET" "/carte", Anyone, Any, |_| reads("/carte")),
        route!("GET" "/carte.geojson", Anyone, Any, |_| reads("/carte.geojson")),
        route!("GET" "/territoires/completer", Anyone, Any, |_| reads("/territoires/completer?q=combl")),
        route!("GET" "/territoires/insee/{code}", Anyone, Any, |_| reads("/territoires/insee/74083")),
        route!("GET" "/territoires/siren/{siren}", Anyone, Any, |_| reads("/territoires/siren/200033579")),
        route!("GET" "/territoires/departement/{code}", Anyone, Any, |_| reads("/territoires/departement/74")),
        route!("GET" "/territoires/region/{code}", Anyone, Any, |_| reads("/territoires/region/84")),
        route!("GET" "/retours", Anyone, Any, |_| reads("/retours")),
        route!("GET" "/retours.csv", Anyone, Any, |_| reads("/retours.csv")),
        route!("GET" "/retours.jsonl", Anyone, Any, |_| reads("/retours.jsonl")),
        route!("GET" "/retours.jsonld", Anyone, Any, |_| reads("/retours.jsonld")),
        route!("GET" "/bilan", Anyone, Any, |_| reads("/bilan")),
        route!("GET" "/bilan/{year}", Anyone, Any, |_| half("/bilan/2026")),
        route!("GET" "/grille", Anyone, Any, |_| reads("/grille")),
        route!("GET" "/grille.csv", Anyone, Any, |_| reads("/grille.csv")),
        route!("GET" "/grille.json", Anyone, Any, |_| reads("/grille.json")),
        route!("GET" "/doublons", Editor, With("review:write"), |_| reads("/doublons")),
        route!("GET" "/doublons/comparer", Editor, With("review:write"), |_| half("/doublons/comparer?une=experiences/absente&autre=experiences/autre")),
        route!("POST" "/doublons/comparer", Editor, With("review:write"), |_| half("/doublons/comparer?une=experiences/absente&autre=experiences/autre")),
        route!("GET" "/essais/nouveau", Anyone, With("experience:write"), |_| reads("/essais/nouveau")),
        route!("POST" "/essais/nouveau", Anyone, With("experience:write"), |_| half_form("/essais/nouveau", vec![("fin", "1".into())])),
        route!("GET" "/essais/envoye", Anyone, Any, |_| reads("/essais/envoye")),
        route!("GET" "/essais/{token}", Anyone, Any, |_| half("/essais/absent")),
        route!("POST" "/essais/{token}", Anyone, Any, |_| half_form("/essais/absent", vec![("geste", "confirmer".into())])),
        route!("GET" "/essais/{token}/completer/{step}", Anyone, Any, |_| half("/essais/absent/completer/lieu")),
        route!("POST" "/essais/{token}/completer/{step}", Anyone, Any, |_| half_form("/essais/absent/completer/lieu", vec![("fin", "1".into())])),
        route!("GET" "/essais/{token}/completer/photos", Anyone, Any, |_| half("/essais/absent/completer/photos")),
        route!("POST" "/essais/{token}/completer/photos", Anyone, Any, |_| half_form("/essais/absent/completer/photos", vec![("fin", "1".into())])),
        route!("POST" "/essais/{token}/completer/photos/{id}", Anyone, Any, |_| {
            half_form("/essais/absent/completer/photos/00000000-0000-7000-8000-000000000000", vec![("geste", "retirer".into())])
        }),
        route!("GET" "/essais/{token}/pieces/{id}", Anyone, Any, |_| half("/essais/absent/pieces/00000000-0000-7000-8000-000000000000")),
        route!("GET" "/moderation/essais/{id}/pieces/{piece}", Editor, With("review:write"), |_| {
            half("/moderation/essais/00000000-0000-7000-8000-000000000000/pieces/00000000-0000-7000-8000-000000000000")
        }),
        route!("GET" "/moderation/essais/{id}", Editor, With("review:write"), |_| half("/moderation/essais/00000000-0000-7000-8000-000000000000")),
        route!("POST" "/moderation/essais/{id}", Editor, With("review:write"), |_| {
            half_form("/moderation/essais/00000000-0000-7000-8000-000000000000", vec![("geste", "publier".into())])
        }),
        route!("GET" "/moderation", Editor, With("review:write"), |_| reads("/moderation")),
        route!("POST" "/moderation/commentaires/{id}", Editor, With("review:write"), |_| half_form("/moderation/commentaires/999", vec![("geste", "montrer".into())])),
        route!("POST" "/moderation/propositions/{number}", Editor, With("review:write"), |scene| {
            form(format!("/moderation/propositions/{}", scene.standing), vec![("geste", "montrer".into())])
        }),
        route!("POST" "/moderation/remarques/{id}", Editor, With("review:write"), |_| {
            form("/moderation/remarques/999".into(), vec![("geste", "regler".into())])
        }),
        route!("POST" "/moderation/adresses", Editor, With("review:write"), |_| {
            form("/moderation/adresses".into(), vec![("geste", "debloquer".into()), ("adresse", "pub@example.org".into())])
        }),
        route!("GET" "/commentaires", Anyone, Any, |_| reads("/commentaires?q=eau")),
        route!("GET" "/personnes", Anyone, Any, |_| reads("/personnes?q=eau")),
        route!("GET" "/commentaires.jsonl", Anyone, Any, |_| reads("/commentaires.jsonl")),
        route!("GET" "/{path:.+}/commentaires", Anyone, Any, |_| reads(&format!("/{CARD}/commentaires"))),
        route!("POST" "/{path:.+}/commentaires", Contributor, With("proposal:write"), |_| {
            form(format!("/{CARD}/commentaires"), vec![("mots", "Un essai".into())])
        }),
        route!("POST" "/{path:.+}/commentaires/intendance", Anyone, With("proposal:write"), |scene| {
            scene.count.set(scene.count.get() + 1);
            let email = format!("p{}@example.org", scene.count.get());
            form(format!("/{CARD}/commentaires/intendance"), vec![("mots", "Un essai".into()), ("email", email), ("ouvert", "1700000000".into())])
        }),
        route!("POST" "/{path:.+}/commentaires/{id}/reprendre", Contributor, With("proposal:write"), |_| half_form(&format!("/{CARD}/commentaires/999/reprendre"), vec![("mots", "Un essai".into())])),
        route!("POST" "/{path:.+}/commentaires/{id}/supprimer", Contributor, With("proposal:write"), |_| half(&format!("/{CARD}/commentaires/999/supprimer"))),
        route!("POST" "/{path:.+}/commentaires/{id}/signaler", Anyone, With("proposal:write"), |_| half_form(&format!("/{CARD}/commentaires/999/signaler"), vec![("mots", "Un essai".into())])),
        route!("POST" "/{path:.+}/commentaires/{id}/fermer", Editor, With("review:write"), |_| half_form(&format!("/{CARD}/commentaires/999/fermer"), vec![("geste", "fermer".into())])),
        route!("POST" "/{path:.+}/utile", Anyone, With("proposal:write"), |_| form(format!("/{CARD}/utile"), vec![("geste", "oui".into())])),
        route!("GET" "/propositions", Anyone, Any, |_| reads("/propositions?q=eau")),
        route!("GET" "/propositions/suggestion", Anyone, Any, |_| reads("/propositions/suggestion")),
        route!("GET" "/propositions/confirmer/{token}", Anyone, Any, |_| half("/propositions/confirmer/absent")),
        route!("POST" "/propositions/confirmer/{token}", Anyone, Any, |_| half("/propositions/confirmer/absent")),
        route!("GET" "/propositions/{number}", Anyone, Any, |scene| reads(&scene.page(""))),
        route!("GET" "/propositions/{number}/fichiers/{file:.+}", Anyone, Any, |scene| half(&scene.page("/fichiers/media/absente/0.jpg"))),
        route!("GET" "/propositions/{number}/conflit", Contributor, Any, |scene| reads(&scene.page("/conflit"))),
        route!("POST" "/propositions/{number}/conflit", Editor, With("proposal:write"), |scene| half(&scene.page("/conflit"))),
        route!("GET" "/propositions/{number}/modifier/{path:.+}", Editor, With("proposal:write"), |scene| {
            reads(&scene.page(&format!("/modifier/{CARD}")))
        }),
        route!("POST" "/propositions/{number}/modifier/{path:.+}", Editor, With("proposal:write"), |scene| {
            let text = scene.text("Reprise");
            form(format!("/propositions/{}/modifier/{CARD}?vue=source", scene.proposal()), scene.edit(text, "proposer", ("revision", "1".into())))
        }),
        route!("POST" "/propositions/{number}/relire", Editor, With("review:write"), |scene| {
            let number = scene.proposal();
            let head = scene.head(number);
            form(format!("/propositions/{number}/relire"), vec![("tete", head), ("avis", "accepter".into())])
        }),
        route!("POST" "/propositions/{number}/publier", Editor, With("review:write"), |scene| {
            let number = scene.approved();
            let head = scene.head(number);
            form(format!("/propositions/{number}/publier"), vec![("tete", head)])
        }),
        route!("POST" "/propositions/{number}/refuser", Editor, With("review:write"), |scene| {
            let number = scene.proposal();
            let head = scene.head(number);
            form(format!("/propositions/{number}/refuser"), vec![("tete", head), ("mots", "Déjà dit".into())])
        }),
        route!("POST" "/propositions/{number}/retirer", Steward, With("proposal:write"), |scene| {
            let number = scene.proposal();
            let head = scene.head(number);
            form(format!("/propositions/{number}/retirer"), vec![("tete", head), ("mots", "Erreur".into())])
        }),
        route!("POST" "/propositions/{number}/remarques", Contributor, With("proposal:write"), |scene| {
            form(scene.page("/remarques"), vec![("mots", "Une question".into())])
        }),
        route!("POST" "/propositions/{number}/remarques/{id}/regler", Editor, With("proposal:write"), |scene| {
            half(&scene.page("/remarques/999999/regler"))
        }),
        route!("GET" "/{path:.+}/historique", Anyone, Any, |_| reads(&format!("/{CARD}/historique"))),
        // Guests suggest a correction on the same form.
        route!("GET" "/{path:.+}/modifier", Anyone, Any, |_| reads(&format!("/{CARD}/modifier"))),
        route!("POST" "/{path:.+}/modifier", Editor, With("card:write"), |scene| {
            let text = scene.text("Direct");
            let base = scene.base();
            form(format!("/{CARD}/modifier?vue=source"), scene.edit(text, "publier", ("base", base)))
        }),
        route!("POST" "/{path:.+}/conflit", Editor, With("card:write"), |_| half(&format!("/{CARD}/conflit"))),
        route!("GET" "/{path:.+}/renommer", Contributor, Any, |_| reads(&format!("/{CARD}/renommer"))),
        route!("POST" "/{path:.+}/renommer", Contributor, With("proposal:write"), |_| half(&format!("/{CARD}/renommer"))),
        route!("GET" "/{path:.+}/archiver", Contributor, Any, |_| reads(&format!("/{CARD}/archiver"))),
        route!("POST" "/{path:.+}/archiver", Contributor, With("proposal:write"), |_| half(&format!("/{CARD}/archiver"))),
        route!("GET" "/{path:.+}/versions/{commit}/restaurer", Contributor, Any, |scene| {
            reads(&format!("/{CARD}/versions/{}/restaurer", scene.first))
        }),
        route!("POST" "/{path:.+}/versions/{commit}/restaurer", Contributor, With("proposal:write"), |scene| {
            half(&format!("/{CARD}/versions/{}/restaurer", scene.first))
        }),
        // The first version made the card: there is nothing before it to come back to.
        route!("GET" "/{path:.+}/versions/{commit}/annuler", Contributor, Any, |scene| {
            half(&format!("/{CARD}/versions/{}/annuler", scene.first))
        }),
        route!("POST" "/{path:.+}/versions/{commit}/annuler", Contributor, With("proposal:write"), |scene| {
            half(&format!("/{CARD}/versions/{}/annuler", scene.first))
        }),
        route!("GET" "/{path:.+}/versions/{commit}", Anyone, Any, |scene| reads(&format!("/{CARD}/versions/{}", scene.first))),
        route!("GET" "/{path:.+}/comparer", Anyone, Any, |scene| {
            reads(&format!("/{CARD}/comparer?de={0}&a={0}", scene.first))
        }),
        route!("GET" "/{path:.+}/attribution", Anyone, Any, |_| reads(&format!("/{CARD}/attribution"))),
        route!("GET" "/{path:.+}", Anyone, Any, |_| reads(&format!("/{CARD}"))),
        route!("GET" "/api", Anyone, Any, |_| reads("/api")),
        route!("GET" "/api/problems/{kind}", Anyone, Any, |_| reads("/api/problems/missing")),
        route!("GET" "/api/v1/openapi.json", Anyone, Any, |_| reads("/api/v1/openapi.json")),
        route!("GET" "/api/v1/search", Anyone, Any, |_| reads("/api/v1/search?q=eau")),
        route!("GET" "/api/v1/suggest", Anyone, Any, |_| reads("/api/v1/suggest?q=eau")),
        route!("GET" "/api/v1/commons", Anyone, Any, |_| reads("/api/v1/commons")),
        route!("GET" "/api/v1/cards", Anyone, Any, |_| reads("/api/v1/cards")),
        route!("GET" "/api/v1/cards/{path:.+}/history", Anyone, Any, |_| reads(&format!("/api/v1/cards/{CARD}/history"))),
        route!("GET" "/api/v1/cards/{path:.+}", Anyone, Any, |_| reads(&format!("/api/v1/cards/{CARD}"))),
        route!("PUT" "/api/v1/cards/{path:.+}", Editor, With("card:write"), |scene| {
            let body = json!({"content": scene.text("Programme"), "message": "Essai", "base": scene.base()});
            json(format!("/api/v1/cards/{CARD}"), body)
        }),
        route!("POST" "/api/v1/experiences", Anyone, With("experience:write"), |scene| {
            json("/api/v1/experiences".into(), scene.report())
        }),
        route!("GET" "/api/v1/experiences/{token}", Anyone, Any, |_| half("/api/v1/experiences/absent")),
        route!("GET" "/api/v1/proposals", Anyone, Any, |_| reads("/api/v1/proposals")),
        route!("POST" "/api/v1/proposals", Contributor, With("proposal:write"), |scene| {
            json("/api/v1/proposals".into(), scene.suggestion())
        }),
        route!("GET" "/api/v1/proposals/{number}", Anyone, Any, |scene| reads(&format!("/api/v1/proposals/{}", scene.standing))),
        route!("POST" "/api/v1/proposals/{number}/revisions", Editor, With("proposal:write"), |scene| {
            let number = scene.proposal();
            let mut body = scene.suggestion();
            body["after"] = json!(1);
            json(format!("/api/v1/proposals/{number}/revisions"), body)
        }),
        route!("POST" "/api/v1/proposals/{number}/remarks", Contributor, With("proposal:write"), |scene| {
            json(format!("/api/v1/proposals/{}/remarks", scene.standing), json!({"words": "Une question"}))
        }),
        route!("POST" "/api/v1/proposals/{number}/reviews", Editor, With("review:write"), |scene| {
            let number = scene.proposal();
            json(
                format!("/api/v1/proposals/{number}/reviews"),
                json!({"verdict": "approve", "head": scene.head(number), "words": ""}),
            )
        }),
        route!("POST" "/api/v1/proposals/{number}/publish", Editor, With("review:write"), |scene| {
            let number = scene.approved();
            json(format!("/api/v1/proposals/{number}/publish"), json!({"head": scene.head(number)}))
        }),
        route!("POST" "/api/v1/proposals/{number}/decline", Editor, With("review:write"), |scene| {
            json(format!("/api/v1/proposals/{}/decline", scene.proposal()), json!({"reason": "Déjà dit"}))
        }),
        route!("POST" "/api/v1/proposals/{number}/withdraw", Steward, With("proposal:write"), |scene| {
            json(format!("/api/v1/proposals/{}/withdraw", scene.proposal()), json!({"reason": "Erreur"}))
        }),
    ]
}

/// Routes that end the session which tries them: `sign_in.rs` and `accounts.rs` hold them.
const ENDING: [&str; 3] = [
    "POST /deconnexion",
    "POST /compte/deconnexion-partout",
    "POST /compte/sessions/autres",
];
/// An account that nobody has.
const ABSENT: &str = "/administration/comptes/01890000-0000-7000-8000-00000000ffff";

/// A node with people, and what they can act on.
struct Scene {
    node: TestNode,
    stranger: Client,
    author: String,
    reviewer: String,
    /// A proposal that nobody decides on.
    standing: u64,
    /// The first commit.
    first: String,
    count: Cell<u32>,
}

/// Somebody, with what they hold.
struct Holder {
    name: String,
    client: Client,
    bearer: Option<String>,
    least: Least,
    scope: Option<&'static str>,
    is_dead: bool,
}

impl Scene {
    fn new() -> Scene {
        let node = TestNode::start();
        let stranger = node.client();
        let first = stranger.get("/api/v1/commons").json()["head"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut scene = Scene {
            author: token(&node, "auteur@example.org", "contributor", "proposal:write"),
            reviewer: token(&node, "relectrice@example.org", "editor", "review:write"),
            node,
            stranger,
            standing: 0,
            first,
            count: Cell::new(0),
        };
        scene.standing = scene.proposal();
        scene
    }

    /// Returns a text of the card that no other has.
    fn text(&self, word: &str) -> String {
        self.count.set(self.count.get() + 1);
        let text = self.stranger.get(&format!("/{CARD}.md")).body;
        format!("{text}\n{word} {}.\n", self.count.get())
    }

    fn base(&self) -> String {
        self.stranger.get("/api/v1/commons").json()["head"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Returns the form of an edit of the whole file.
    fn edit(
        &self,
        text: String,
        button: &str,
        start: (&'static str, String),
    ) -> Vec<(&'static str, String)> {
        vec![
            ("source", text),
            ("geste", button.to_owned()),
            ("motif", "Un essai".to_owned()),
            ("accord", "oui".to_owned()),
            start,
            ("fin", "1".to_owned()),
        ]
    }

    fn suggestion(&self) -> Value {
        // A card of its own each time: nothing meets anything.
        self.count.set(self.count.get() + 1);
        let number = self.count.get();
        let content = format!(
            "---\nid: 01890000-0000-7000-8000-{number:012}\nkind: page\ntitle: \"Essai {number}\"\nsummary: \"Une page d’essai.\"\nlanguage: fr\n---\n\nDu texte.\n"
        );
        json!({"cards": [{"path": format!("pages/essai-{number}"), "content": content}], "reason": "Un essai"})
    }

    /// Returns a field report of somebody; who sends it with an account needs no address.
    fn report(&self) -> Value {
        self.count.set(self.count.get() + 1);
        json!({
            "card": CARD,
            "territory": "Combloux",
            "story": "Les gens se sont arrêtés.",
            "name": "Zoé",
            "email": format!("recit{}@example.org", self.count.get()),
            "agrees": true,
        })
    }

    /// Returns the number of a new proposal of somebody who is not among those who try.
    fn proposal(&self) -> u64 {
        let made = self.call("/api/v1/proposals", &self.author, &self.suggestion());
        made.json()["number"]
            .as_u64()
            .unwrap_or_else(|| panic!("{}", made.body))
    }

    /// Returns a new proposal with the one approval that the starter's rules ask for.
    fn approved(&self) -> u64 {
        let number = self.proposal();
        let body = json!({"verdict": "approve", "head": self.head(number), "words": ""});
        let made = self.call(
            &format!("/api/v1/proposals/{number}/reviews"),
            &self.reviewer,
            &body,
        );
        assert!(made.status < 300, "{}", made.body);
        number
    }

    fn head(&self, number: u64) -> String {
        let found = self
            .stranger
            .get(&format!("/api/v1/proposals/{number}"))
            .json();
        found["head"].as_str().unwrap().to_owned()
    }

    fn page(&self, end: &str) -> String {
        format!("/propositions/{}{end}", self.standing)
    }

    fn call(&self, path: &str, token: &str, body: &Value) -> Page {
        let request = self
            .stranger
            .request("POST", path)
            .bearer_auth(token)
            .json(body);
        self.stranger.send(request)
    }
}

fn token(node: &TestNode, email: &str, role: &str, scope: &str) -> String {
    assert!(
        node.run(&["account", "grant", email, role])
            .status
            .success()
    );
    let made = node.run(&["token", "create", "--account", email, "--scope", scope]);
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

fn session(node: &TestNode, email: &str, role: &str) -> Client {
    assert!(
        node.run(&["account", "grant", email, role])
            .status
            .success()
    );
    let client = node.client();
    let line = node.sign_in_line(&client, email);
    let path = line.trim().rsplit('/').next().unwrap().to_owned();
    let path = path.split('?').next().unwrap();
    assert!(client.post(&format!("/connexion/{path}"), &[]).status < 300);
    client
}

fn holders(scene: &Scene) -> Vec<Holder> {
    let node = &scene.node;
    let mut holders = vec![Holder {
        name: "nobody".to_owned(),
        client: node.client(),
        bearer: None,
        least: Anyone,
        scope: None,
        is_dead: false,
    }];
    for (word, least) in [
        ("contributor", Contributor),
        ("editor", Editor),
        ("steward", Steward),
    ] {
        holders.push(Holder {
            name: format!("a {word}"),
            client: session(node, &format!("{word}@example.org"), word),
            bearer: None,
            least,
            scope: None,
            is_dead: false,
        });
    }
    // A session that was open when its steward was suspended is nobody's.
    let suspended = session(node, "suspendue@example.org", "steward");
    suspend(node, "suspendue@example.org");
    holders.push(Holder {
        name: "a suspended steward".to_owned(),
        client: suspended,
        bearer: None,
        least: Anyone,
        scope: None,
        is_dead: false,
    });
    for scope in SCOPES {
        holders.push(Holder {
            name: format!("a steward's token of {scope}"),
            client: node.client(),
            bearer: Some(token(node, "jetons@example.org", "steward", scope)),
            least: Steward,
            scope: Some(scope),
            is_dead: false,
        });
    }
    holders.push(Holder {
        name: "a token of a contributor that says card:write".to_owned(),
        client: node.client(),
        bearer: Some(token(
            node,
            "petit@example.org",
            "contributor",
            "card:write",
        )),
        least: Contributor,
        scope: Some("card:write"),
        is_dead: false,
    });
    let revoked = token(node, "revoquee@example.org", "steward", "card:write");
    revoke_all(node, "revoquee@example.org");
    for (name, bearer) in [
        ("a revoked token", revoked),
        ("an invented token", "terreau_rien".to_owned()),
    ] {
        holders.push(Holder {
            name: name.to_owned(),
            client: node.client(),
            bearer: Some(bearer),
            least: Anyone,
            scope: None,
            is_dead: true,
        });
    }
    holders
}

/// Suspends somebody, as another steward.
fn suspend(node: &TestNode, email: &str) {
    let steward = session(node, "intendante@example.org", "steward");
    let list = steward.get("/administration").body;
    let before = &list[..list.find(email).expect("the list shows addresses")];
    let at = before.rfind("/administration/comptes/").unwrap();
    let page = before[at..].split('"').next().unwrap();
    let done = steward.post(&format!("{page}/suspension"), &[("suspendre", "oui")]);
    assert!(done.body.contains("suspendu"), "{}", done.body);
}

fn revoke_all(node: &TestNode, email: &str) {
    let listed = node.run(&["token", "list", "--account", email]);
    let listed = String::from_utf8(listed.stdout).unwrap();
    let ids: Vec<&str> = listed
        .split_whitespace()
        .filter(|word| word.len() == 36 && word.matches('-').count() == 4)
        .collect();
    assert!(!ids.is_empty(), "{listed}");
    for id in ids {
        let done = node.run(&["token", "revoke", "--account", email, id]);
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

fn may(route: &Route, holder: &Holder) -> bool {
    let by_token = match (route.by_token, holder.scope) {
        (Any, _) | (_, None) => true,
        (With(needed), Some(scope)) => needed == scope,
        (Never, Some(_)) => false,
    };
    !holder.is_dead && by_token && holder.least >= route.least
}

fn send(scene: &Scene, holder: &Holder, route: &Route) -> (Page, bool) {
    let asked = (route.make)(scene);
    // Programs keep no cookie; browsers say where a form comes from.
    let program = scene.node.client();
    let request = match &holder.bearer {
        Some(bearer) => program
            .request(route.method, &asked.path)
            .bearer_auth(bearer),
        None => holder
            .client
            .request(route.method, &asked.path)
            .header("Origin", scene.node.url("")),
    };
    let request = match asked.body {
        Body::Nothing => request,
        Body::Form(fields) => request.form(&fields),
        Body::Json(body) => request.json(&body),
    };
    (program.send(request), asked.is_whole)
}

#[test]
fn every_route_is_declared() {
    let declared: BTreeSet<String> = routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.pattern))
        .chain(ENDING.map(str::to_owned))
        .collect();
    let mut found = BTreeSet::new();
    for file in ["routes.rs", "api.rs"] {
        let source = repository_root()
            .join("crates/terreau-server/src")
            .join(file);
        let source = std::fs::read_to_string(source).unwrap();
        // One call after the other: what it is, its address, and what else it answers.
        for call in source.split(".service(").skip(1) {
            let pattern = call.split('"').nth(1).unwrap();
            let call = call.split(";\n").next().unwrap().trim_start();
            let mut methods = Vec::new();
            if call.starts_with("read(") || call.starts_with("form(") || call.contains("web::get()")
            {
                methods.push("GET");
            }
            if call.starts_with("act(") || call.starts_with("form(") || call.contains("web::post()")
            {
                methods.push("POST");
            }
            if call.contains("web::put()") {
                methods.push("PUT");
            }
            assert!(!methods.is_empty(), "{call}");
            found.extend(methods.iter().map(|method| format!("{method} {pattern}")));
        }
    }
    let undeclared: Vec<_> = found.difference(&declared).collect();
    let gone: Vec<_> = declared.difference(&found).collect();
    assert!(
        undeclared.is_empty() && gone.is_empty(),
        "undeclared {undeclared:?}, gone {gone:?}"
    );
}

#[test]
fn everyone_gets_what_they_may_and_nothing_else() {
    let scene = Scene::new();
    let holders = holders(&scene);
    let mut wrong = Vec::new();
    let mut tried = 0;
    for route in routes() {
        for holder in &holders {
            tried += 1;
            let (page, is_whole) = send(&scene, holder, &route);
            let asked_to_sign_in = route.least > Anyone && page.url.contains("/connexion");
            let refused = matches!(page.status, 401 | 403) || asked_to_sign_in;
            let succeeded = page.status < 400 && !asked_to_sign_in;
            let good = match (may(&route, holder), is_whole) {
                (true, true) => succeeded,
                (true, false) => !refused && page.status < 500,
                // Where nobody needs a token, a dead one may go unread.
                (false, _) if route.least == Anyone => page.status < 500,
                (false, true) => refused || page.status == 404,
                (false, false) => !succeeded && page.status < 500,
            };
            if !good {
                wrong.push(format!(
                    "{} {} by {}: {} at {}",
                    route.method, route.pattern, holder.name, page.status, page.url
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {tried}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
