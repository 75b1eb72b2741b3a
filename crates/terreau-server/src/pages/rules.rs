//! The rules of the commons, for people who do not know how they are written: a form that ends in a proposal.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Form, Query};
use askama::Template;
use chrono::Utc;
use serde::Deserialize;
use terreau_card::{CommonsConfig, GovernanceRule, with_governance};
use terreau_commons::{
    CONFIG_FILE, CardChange, CommitId, ProposalError, PublishError, Snapshot, Suggestion,
};
use terreau_community::Act;

use crate::api::said as one_line;
use crate::failure::FailureKind;
use crate::layout::page;
use crate::pages::compare::{ChangeView, FieldView, field};
use crate::pages::edit::{Inputs, ProblemLine, Said, said_of_change, sent_to_review};
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

/// Where the rules are.
pub const RULES: &str = "/a-propos/regles";
/// How many rules can be added at once.
const NEW_RULES: usize = 1;
/// The roles that a rule can let publish.
const PUBLISHERS: [&str; 2] = ["editor", "steward"];

/// Which view of the form.
#[derive(Debug, Default, Deserialize)]
pub struct View {
    /// `source` shows the whole file.
    #[serde(default)]
    vue: String,
}

#[derive(Template)]
#[template(path = "rules/page.html")]
struct RulesPage {
    layout: Layout,
    action: String,
    base: String,
    version: String,
    rules: Vec<RuleView>,
    /// The whole file, in the view of those who know it.
    source: Option<String>,
    other_view: String,
    message: Said,
    change: Option<ChangeView>,
    problems: Vec<ProblemLine>,
    may_propose: bool,
}

/// A rule in the form.
struct RuleView {
    number: usize,
    is_new: bool,
    name: String,
    paths: String,
    approvals: String,
    organisations: String,
    publishers: Vec<(&'static str, String, bool)>,
    stewards: String,
    goes: bool,
}

/// What was typed, and what comes of it.
struct Sent {
    typed: Inputs,
    /// The file with the rules as typed; what is wrong otherwise, each with the way to it.
    becomes: Result<String, Vec<(String, String)>>,
}

/// Shows the rules, and the form that changes them.
///
/// `GET /a-propos/regles?vue=source` → 200
pub async fn show(view: Query<View>, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let file = file(&site, &snapshot).await?;
    let mut typed = shown(&snapshot.config().governance);
    typed.add("base", snapshot.commit().as_str());
    typed.add("fichier", &version(&snapshot));
    if view.vue == "source" {
        typed.add("source", &file);
    }
    let shown = rules_page(&site, &reader, &typed, None, Vec::new(), Said::default());
    page(StatusCode::OK, &shown)
}

/// Shows what the typed rules change, or proposes them.
///
/// `POST /a-propos/regles` → 303 to the proposal · 200 what would change · 401 · 403 · 409 and 422 form with its problems
pub async fn send(reader: Reader, form: Form<Vec<(String, String)>>, site: Data<Site>) -> Answer {
    reader.signed_in()?;
    if !site.commons.may(&reader.actor, &Act::Propose).is_yes() {
        return Err(Failure::of(FailureKind::Refused));
    }
    let typed = Inputs::from_pairs(form.into_inner());
    let malformed = || Failure::of(FailureKind::Malformed);
    if !typed.has("fin") {
        return Err(malformed());
    }
    let base = CommitId::parse(typed.one("base")).map_err(|_| malformed())?;
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let file = file(&site, &snapshot).await?;
    let sent = Sent::of(typed, &file, &snapshot.config().governance, words);
    let asks = sent.typed.one("geste") == "proposer";
    let said = said_of_change(sent.typed.one("motif"), words);
    let message = Said {
        text: sent.typed.one("motif").to_owned(),
        problem: said.err().filter(|_| asks),
    };
    let again = |status, problems: Vec<(String, String)>, message: Said| {
        let mut problems = problems;
        problems.extend(
            message
                .problem
                .iter()
                .map(|text| ("#motif".to_owned(), text.clone())),
        );
        let change = sent.becomes.as_ref().ok().and_then(|text| {
            let after = CommonsConfig::read(text).ok()?.governance;
            Some(change(&snapshot.config().governance, &after, words))
        });
        let shown = rules_page(&site, &reader, &sent.typed, change, problems, message);
        page(status, &shown)
    };
    if sent.typed.one("fichier") != version(&snapshot) {
        let problem = words.say("rules-problem-meanwhile");
        return again(
            StatusCode::CONFLICT,
            vec![(String::new(), problem)],
            message,
        );
    }
    let text = match &sent.becomes {
        Err(problems) => {
            let problems = problems.clone();
            return again(StatusCode::UNPROCESSABLE_ENTITY, problems, message);
        }
        Ok(_) if !asks => return again(StatusCode::OK, Vec::new(), message),
        Ok(text) if *text == file => {
            let problem = words.say("rules-problem-same");
            let problems = vec![(String::new(), problem)];
            return again(StatusCode::UNPROCESSABLE_ENTITY, problems, message);
        }
        Ok(_) if message.problem.is_some() => {
            return again(StatusCode::UNPROCESSABLE_ENTITY, Vec::new(), message);
        }
        Ok(text) => text.clone(),
    };
    let suggestion = Suggestion {
        changes: vec![CardChange::Rules { text, base }],
        reason: one_line(&message.text).unwrap_or_default(),
        request_key: None,
    };
    let wrong = |key: &str| vec![(String::new(), words.say(key))];
    match site
        .commons
        .propose(&reader.actor, suggestion, Utc::now())
        .await
    {
        Ok(number) => Ok(sent_to_review(&site, number, false)),
        Err(ProposalError::Nothing) => again(
            StatusCode::UNPROCESSABLE_ENTITY,
            wrong("rules-problem-same"),
            message,
        ),
        Err(ProposalError::Unpublishable(PublishError::Unacceptable(_))) => again(
            StatusCode::CONFLICT,
            wrong("rules-problem-meanwhile"),
            message,
        ),
        Err(ProposalError::Unpublishable(PublishError::Invalid(problems))) => {
            let told = problems
                .iter()
                .filter(|problem| problem.is_error())
                .map(|problem| (String::new(), problem.message(reader.language)))
                .collect();
            again(StatusCode::UNPROCESSABLE_ENTITY, told, message)
        }
        Err(other) => Err(other.into()),
    }
}

/// Returns the file of the rules as it is published.
async fn file(site: &Site, snapshot: &Snapshot) -> Result<String, Failure> {
    let blob = snapshot.file(CONFIG_FILE).ok_or_else(Failure::missing)?;
    let bytes = site.commons.media(&blob).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns what names the published file: a form made from another is told so.
fn version(snapshot: &Snapshot) -> String {
    let blob = snapshot.file(CONFIG_FILE);
    blob.map_or_else(String::new, |blob| blob.to_string())
}

/// Returns what the form holds before anybody types.
fn shown(rules: &[GovernanceRule]) -> Inputs {
    let mut inputs = Inputs::default();
    for (place, rule) in rules.iter().enumerate() {
        let name = |part: &str| format!("r.{place}.{part}");
        inputs.add(name("nom"), &rule.name);
        inputs.add(name("chemins"), &rule.paths.join("\n"));
        inputs.add(name("accords"), &rule.approvals.to_string());
        inputs.add(name("organisations"), &rule.organisations.to_string());
        for role in &rule.publishers {
            inputs.add(name("publie"), role);
        }
        inputs.add(name("veille"), &rule.stewards.join("\n"));
    }
    inputs
}

impl Sent {
    fn of(typed: Inputs, file: &str, known: &[GovernanceRule], words: Words) -> Sent {
        let becomes = if typed.has("source") {
            let text = format!("{}\n", typed.one("source").trim_end());
            match CommonsConfig::read(&text) {
                Ok(_) => Ok(text),
                Err(problems) => Err(problems
                    .iter()
                    .map(|problem| {
                        let said = problem.message(words.language);
                        let line = words.tell_two(
                            "edit-problem-line",
                            "line",
                            problem.line,
                            "problem",
                            said,
                        );
                        ("#source".to_owned(), line)
                    })
                    .collect()),
            }
        } else {
            read(&typed, known, words).and_then(|rules| {
                with_governance(file, &rules)
                    .ok_or_else(|| vec![(String::new(), words.say("rules-problem-unwritable"))])
            })
        };
        Sent { typed, becomes }
    }
}

/// Reads the typed rules: those that are there, then new ones.
fn read(
    typed: &Inputs,
    known: &[GovernanceRule],
    words: Words,
) -> Result<Vec<Option<GovernanceRule>>, Vec<(String, String)>> {
    let mut problems = Vec::new();
    let mut rules = Vec::new();
    for place in 0..known.len() + NEW_RULES {
        let name = |part: &str| format!("r.{place}.{part}");
        let one = |part: &str| typed.one(&name(part)).trim().to_owned();
        let lines = |part: &str| -> Vec<String> {
            typed
                .one(&name(part))
                .lines()
                .map(|line| line.trim().to_owned())
                .filter(|line| !line.is_empty())
                .collect()
        };
        let is_blank = one("nom").is_empty() && lines("chemins").is_empty();
        if one("retirer") == "oui" || (place >= known.len() && is_blank) {
            if place < known.len() {
                rules.push(None);
            }
            continue;
        }
        let mut wrong = |part: &str, key: &str| {
            let said = words.tell_two(key, "number", place + 1, "rule", one("nom"));
            problems.push((format!("#r-{place}-{part}"), said));
        };
        if one("nom").is_empty() {
            wrong("nom", "rules-problem-name");
        }
        if lines("chemins").is_empty() {
            wrong("chemins", "rules-problem-paths");
        }
        let mut number = |part: &str| match one(part).parse::<u32>() {
            Ok(number) if number <= 100 => number,
            _ => {
                wrong(part, "rules-problem-number");
                0
            }
        };
        let (approvals, organisations) = (number("accords"), number("organisations"));
        rules.push(Some(GovernanceRule {
            name: one("nom"),
            paths: lines("chemins"),
            approvals,
            organisations,
            publishers: PUBLISHERS
                .into_iter()
                .filter(|role| typed.all(&name("publie")).any(|typed| typed == *role))
                .map(str::to_owned)
                .collect(),
            stewards: lines("veille"),
        }));
    }
    // Without it, nobody could ever change the rules again.
    let speaks = |rule: &GovernanceRule| rule.paths.iter().any(|path| path == CONFIG_FILE);
    if !rules.iter().flatten().any(speaks) {
        problems.push((String::new(), words.say("rules-problem-own")));
    }
    if problems.is_empty() {
        Ok(rules)
    } else {
        Err(problems)
    }
}

fn rules_page(
    site: &Site,
    reader: &Reader,
    typed: &Inputs,
    change: Option<ChangeView>,
    problems: Vec<(String, String)>,
    message: Said,
) -> RulesPage {
    let words = reader.words();
    let snapshot = site.commons.snapshot();
    let known = snapshot.config().governance.len();
    let source = typed.has("source").then(|| typed.one("source").to_owned());
    let source_view = format!("{RULES}?vue=source");
    let mut layout = Layout::new(site, reader, words.say("rules-title")).within("about");
    layout.sign_in = url::sign_in(RULES);
    RulesPage {
        layout,
        action: if source.is_some() {
            source_view.clone()
        } else {
            RULES.to_owned()
        },
        base: typed.one("base").to_owned(),
        version: typed.one("fichier").to_owned(),
        rules: (0..known + NEW_RULES)
            .map(|place| rule_view(place, place >= known, typed, words))
            .collect(),
        other_view: if source.is_some() {
            RULES.to_owned()
        } else {
            source_view
        },
        source,
        message,
        change,
        problems: problems
            .into_iter()
            .map(|(href, text)| ProblemLine {
                href: Some(href).filter(|href| !href.is_empty()),
                text,
                help: String::new(),
            })
            .collect(),
        may_propose: site.commons.may(&reader.actor, &Act::Propose).is_yes(),
    }
}

fn rule_view(place: usize, is_new: bool, typed: &Inputs, words: Words) -> RuleView {
    let name = |part: &str| format!("r.{place}.{part}");
    let one = |part: &str| typed.one(&name(part)).to_owned();
    let number = |part: &str| match one(part) {
        blank if blank.is_empty() => "1".to_owned(),
        number => number,
    };
    RuleView {
        number: place,
        is_new,
        name: one("nom"),
        paths: one("chemins"),
        approvals: number("accords"),
        organisations: number("organisations"),
        publishers: PUBLISHERS
            .into_iter()
            .map(|role| {
                let label = words.say(&format!("rules-publisher-{role}"));
                let is_chosen = typed.all(&name("publie")).any(|typed| typed == role);
                (role, label, is_chosen)
            })
            .collect(),
        stewards: one("veille"),
        goes: one("retirer") == "oui",
    }
}

/// Says what changes between two sets of rules, as « was → becomes ».
pub fn change(before: &[GovernanceRule], after: &[GovernanceRule], words: Words) -> ChangeView {
    let mut fields: Vec<FieldView> = Vec::new();
    let is_kept = |rule: &GovernanceRule, others: &[GovernanceRule]| {
        others.iter().any(|other| other.name == rule.name)
    };
    for (place, was) in before.iter().enumerate() {
        let renamed = after.get(place).filter(|rule| !is_kept(rule, before));
        let becomes = after.iter().find(|rule| rule.name == was.name);
        match becomes.or(renamed) {
            Some(becomes) => fields.extend(differences(was, becomes, words)),
            None => fields.push(field(was.name.clone(), Some(summed(was, words)), None)),
        }
    }
    for (place, becomes) in after.iter().enumerate() {
        let was_renamed = before.get(place).is_some_and(|was| !is_kept(was, after));
        if !is_kept(becomes, before) && !was_renamed {
            let told = Some(summed(becomes, words));
            fields.push(field(becomes.name.clone(), None, told));
        }
    }
    ChangeView {
        is_empty: fields.is_empty(),
        fields,
        fields_label: words.say("rules-title"),
        stretches: Vec::new(),
    }
}

/// Returns the parts of a rule as people read them, each with the key of what it is called.
fn parts(rule: &GovernanceRule, words: Words) -> [(&'static str, String); 6] {
    let publishers: Vec<String> = PUBLISHERS
        .into_iter()
        .filter(|role| rule.publishers.iter().any(|known| known == role))
        .map(|role| words.say(&format!("rules-publisher-{role}")))
        .collect();
    let publishers = if publishers.is_empty() {
        words.say("rules-publishers-nobody")
    } else {
        publishers.join(", ")
    };
    [
        ("rules-name", rule.name.clone()),
        ("rules-paths", rule.paths.join(", ")),
        ("rules-approvals", rule.approvals.to_string()),
        ("rules-organisations", rule.organisations.to_string()),
        ("rules-publishers", publishers),
        ("rules-stewards", rule.stewards.join(", ")),
    ]
}

fn differences(was: &GovernanceRule, becomes: &GovernanceRule, words: Words) -> Vec<FieldView> {
    let name = &becomes.name;
    let pairs = parts(was, words).into_iter().zip(parts(becomes, words));
    pairs
        .filter(|((_, was), (_, becomes))| was != becomes)
        .map(|((key, was), (_, becomes))| {
            let label = format!("{name} – {}", words.say(key));
            let some = |text: String| Some(text).filter(|text| !text.is_empty());
            field(label, some(was), some(becomes))
        })
        .collect()
}

fn summed(rule: &GovernanceRule, words: Words) -> String {
    let parts = parts(rule, words);
    let said: Vec<String> = parts[1..]
        .iter()
        .map(|(key, said)| words.tell_two("rules-part", "part", words.say(key), "said", said))
        .collect();
    said.join("\n")
}
