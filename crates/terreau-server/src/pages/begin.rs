//! Where to begin: five questions on one page, and from the answers one pathway, three methods, one experience.

use actix_web::HttpRequest;
use actix_web::web::Data;
use askama::Template;
use terreau_card::CommonsConfig;
use terreau_card::facets::Facet;
use terreau_commons::{Answers, Pick, QUESTIONS, Snapshot};

use crate::layout::{kept_search, made_now};
use crate::pages::search::{line, pairs};
use crate::pages::side_by_side;
use crate::{Answer, Layout, Reader, Site, Words, facets, url};

/// The address of the page.
pub const BEGIN: &str = "/commencer";

/// A question with its possible answers.
struct Question {
    name: &'static str,
    label: String,
    hint: Option<String>,
    options: Vec<Choice>,
}

/// A possible answer.
struct Choice {
    code: String,
    label: String,
    chosen: bool,
}

/// A card that is offered.
struct Offered {
    kind: String,
    title: String,
    href: String,
    summary: String,
    line: String,
    because: String,
}

#[derive(Template)]
#[template(path = "begin/page.html")]
struct BeginPage {
    layout: Layout,
    questions: Vec<Question>,
    /// What was answered, in one sentence; none before anything was.
    said: Option<String>,
    pathway: Option<Offered>,
    methods: Vec<Offered>,
    experience: Option<Offered>,
    /// Whether the experience comes from a commune of another size than asked.
    is_elsewhere: bool,
    compare: Option<String>,
    search: String,
    whole_address: String,
}

/// Asks, and offers.
///
/// `GET /commencer?audience=&population=&stage=&people=&duration=&topic=` → 200 · 304
pub async fn show(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let config = snapshot.config();
    let words = reader.words();
    let answers = read(request.uri().query().unwrap_or_default(), config);
    let is_current = site.commons.search_shows(snapshot.commit());
    let is_answered = !answers.0.is_empty();
    let beginning = if is_answered {
        site.commons.begin(answers.clone()).await?
    } else {
        terreau_commons::Beginning::default()
    };
    let offer = |pick: &Pick| offered(pick, &snapshot, words);
    let asked_size = answers
        .0
        .iter()
        .find(|(facet, _)| *facet == Facet::Population);
    let title = words.say("begin-title");
    let here = url_of(&answers);
    let page = BeginPage {
        layout: Layout::new(&site, &reader, title)
            .described(words.say("begin-lead"))
            .at(&site, BEGIN)
            .within("begin"),
        questions: questions(&answers, config, words),
        said: is_answered.then(|| said(&answers, config, words)),
        is_elsewhere: match (&beginning.experience, asked_size) {
            (Some(pick), Some(size)) => !pick.because.contains(size),
            _ => false,
        },
        compare: (beginning.methods.len() > 1)
            .then(|| side_by_side::url_of(beginning.methods.iter().map(|pick| &pick.head.path))),
        pathway: beginning.pathway.as_ref().map(offer),
        methods: beginning.methods.iter().map(offer).collect(),
        experience: beginning.experience.as_ref().map(offer),
        search: search_url(&answers),
        whole_address: format!("{}{here}", site.base_url()),
    };
    if is_current {
        kept_search(&site, &request, &reader, snapshot.commit(), &page)
    } else {
        made_now(&site, &request, &reader, &page)
    }
}

/// Reads the answers: the first good one to each question; anything else is passed over.
fn read(query: &str, config: &CommonsConfig) -> Answers {
    let mut answers = Vec::new();
    let given: Vec<(String, String)> = pairs(query).collect();
    for (facet, _) in QUESTIONS {
        let answer = given
            .iter()
            .find(|(name, value)| name == facet.as_str() && facets::is_value(facet, value, config));
        answers.extend(answer.map(|(_, value)| (facet, value.clone())));
    }
    Answers(answers)
}

fn url_of(answers: &Answers) -> String {
    url::with_query(BEGIN, &as_pairs(answers))
}

/// Returns the search for methods that suit the answers.
fn search_url(answers: &Answers) -> String {
    let mut pairs = as_pairs(answers);
    pairs.retain(|(name, _)| *name != Facet::Audience.as_str());
    pairs.push((Facet::Kind.as_str(), "method"));
    pairs.push((Facet::Kind.as_str(), "tool"));
    url::with_query("/recherche", &pairs)
}

fn as_pairs(answers: &Answers) -> Vec<(&str, &str)> {
    answers
        .0
        .iter()
        .map(|(facet, code)| (facet.as_str(), code.as_str()))
        .collect()
}

fn questions(answers: &Answers, config: &CommonsConfig, words: Words) -> Vec<Question> {
    QUESTIONS
        .iter()
        .map(|(facet, _)| Question {
            name: facet.as_str(),
            label: words.say(&format!("begin-question-{facet}")),
            hint: words.maybe(&format!("begin-hint-{facet}")),
            options: facet
                .values(config)
                .into_iter()
                .map(|code| Choice {
                    label: facets::label(*facet, &code, config, words),
                    chosen: answers.0.contains(&(*facet, code.clone())),
                    code,
                })
                .collect(),
        })
        .collect()
}

fn said(answers: &Answers, config: &CommonsConfig, words: Words) -> String {
    answers
        .0
        .iter()
        .map(|(facet, code)| facets::label(*facet, code, config, words))
        .collect::<Vec<_>>()
        .join(" · ")
}

fn offered(pick: &Pick, snapshot: &Snapshot, words: Words) -> Offered {
    let config = snapshot.config();
    let because: Vec<String> = pick
        .because
        .iter()
        .map(|(facet, code)| facets::label(*facet, code, config, words))
        .collect();
    Offered {
        kind: config
            .kind(pick.head.kind)
            .label
            .get(words.language)
            .to_owned(),
        title: pick.head.title.clone(),
        href: url::card(&pick.head.path),
        summary: pick.head.summary.clone(),
        line: line(&pick.head, pick.tried, snapshot, words),
        because: if because.is_empty() {
            words.say("begin-because-nothing")
        } else {
            words.tell("begin-because", "answers", because.join(" · "))
        },
    }
}
