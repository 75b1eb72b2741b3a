//! A card, at its path: the page, and whatever else stands at a path of the commons.

mod meta;
pub(crate) mod parts;
mod related;
mod told;

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::{Data, Path};
use askama::Template;
use chrono::{NaiveDate, Utc};
use terreau_card::{Attribution, CardPath, Kind, Status, licence};
use terreau_commons::{CardView, Head, Resolved, Snapshot};

use crate::added_up::{Drawing, Section, can_be_tried};
use crate::dates::{Moment, say_written};
use crate::facts::{self, Fact, Telling};
use crate::failure::FailureKind;
use crate::layout::{kept, made_now};
use crate::pages::comments::TalkFoot;
use crate::pages::grid;
use crate::pages::media::{self, MediaView, within};
use crate::pages::notices::WatchButton;
use crate::pages::organisation::Carried;
use crate::pages::raw;
use crate::pages::territory::{self, Gathered, around::Around};
use crate::{Answer, Failure, Layout, Reader, Site, Words, url};

use meta::Meta;
use parts::{Content, Part};
use related::Group;

/// The fragment of what reports say together.
const TOLD: &str = "essais";

/// Below so many words a card needs no list of contents.
const LONG: usize = 350;

/// Gives what stands at a path of the commons.
///
/// `GET /{path}` → 200 page · 301 from an old path · 304 · 404; `.md` the file as stored, `.json` its data; images as they are
pub async fn show(
    request: HttpRequest,
    path: Path<String>,
    reader: Reader,
    site: Data<Site>,
) -> Answer {
    let snapshot = site.commons.snapshot();
    let asked = path.as_str();
    match snapshot.resolve(asked) {
        Resolved::Card(head) => page(&request, &reader, &site, &snapshot, &head).await,
        Resolved::Moved(to) => Err(moved(&url::card(to), request.uri().query())),
        Resolved::File(blob, media_type) => match asked
            .strip_suffix(".md")
            .and_then(|card| head_of(&snapshot, card))
        {
            Some(head) => raw::source(&request, &site, &snapshot, &head).await,
            None => raw::media(&request, &site, &blob, media_type, asked).await,
        },
        Resolved::Missing => elsewhere(&request, &site, &snapshot, asked).await,
    }
}

/// Returns the card at the path of an action (`/{path}/historique`), or the way to its present path.
///
/// # Errors
/// `Moved` when the card has another path now; `Missing` when no card has or had this one.
pub fn find(
    snapshot: &Snapshot,
    path: &str,
    action: &str,
    query: Option<&str>,
) -> Result<Arc<Head>, Failure> {
    match snapshot.resolve(path) {
        Resolved::Card(head) => Ok(head),
        Resolved::Moved(to) => Err(moved(&format!("/{to}{action}"), query)),
        _ => Err(Failure::missing()
            .next("failure-next-search", "/recherche")
            .next("failure-next-home", "/")),
    }
}

fn head_of(snapshot: &Snapshot, path: &str) -> Option<Arc<Head>> {
    match snapshot.resolve(path) {
        Resolved::Card(head) => Some(head),
        _ => None,
    }
}

fn moved(to: &str, query: Option<&str>) -> Failure {
    Failure::moved(query.map_or_else(|| to.to_owned(), |query| format!("{to}?{query}")))
}

/// Answers for a path that is neither card nor file: a form of a card, the folder of a kind, or nothing.
async fn elsewhere(
    request: &HttpRequest,
    site: &Data<Site>,
    snapshot: &Arc<Snapshot>,
    asked: &str,
) -> Answer {
    if let Some(head) = asked
        .strip_suffix(".md")
        .and_then(|card| head_of(snapshot, card))
    {
        return raw::source(request, site, snapshot, &head).await;
    }
    if let Some(head) = asked
        .strip_suffix(".json")
        .and_then(|card| head_of(snapshot, card))
    {
        return raw::data(request, site, snapshot, &head).await;
    }
    for (ending, end) in [(".md", ".md"), (".json", ".json"), ("/", "")] {
        if let Some(Resolved::Moved(to)) = asked
            .strip_suffix(ending)
            .map(|card| snapshot.resolve(card))
        {
            return Err(moved(&format!("/{to}{end}"), None));
        }
    }
    let folder = asked.trim_end_matches('/');
    if asked.ends_with('/') && head_of(snapshot, folder).is_some() {
        return Err(moved(&url::card(folder), None));
    }
    if let Some((kind, _)) = snapshot
        .config()
        .kinds
        .iter()
        .find(|(_, kind)| kind.folder == folder)
    {
        return Ok(crate::layout::see_other(url::with_query(
            "/recherche",
            &[("kind", kind.as_str())],
        )));
    }
    // The words of the address may find what it meant.
    let words = folder
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace(['-', '_', '.'], " ");
    Err(Failure::of(FailureKind::Missing)
        .next(
            "failure-next-search",
            url::with_query("/recherche", &[("q", words.trim())]),
        )
        .next("failure-next-home", "/"))
}

async fn page(
    request: &HttpRequest,
    reader: &Reader,
    site: &Data<Site>,
    snapshot: &Arc<Snapshot>,
    head: &Arc<Head>,
) -> Answer {
    let view = site.commons.read_card(snapshot, head).await?;
    let attribution = site
        .commons
        .attribution(snapshot, head, &view, site.base_url())
        .await?;
    let times_forgotten = site.pages.times_forgotten();
    let talk = TalkFoot::of(site, reader, head).await?;
    let mut page = CardPage::new(site, reader, snapshot, head, &view, &attribution, talk);
    page.watch = WatchButton::of(head.id, reader, site).await;
    page.add_ground(site, snapshot, head, reader.words())
        .await?;
    page.enclosed = media::enclosed(site, snapshot, &view.card, &head.path, reader.words()).await?;
    page.add_told(told::section(site, reader, snapshot, head, &view).await?);
    told::name_versions(site, reader, snapshot, &view, &mut page.parts).await?;
    let path = url::card(&head.path);
    // Written in another way, the address is not forgotten with the others when somebody comments.
    if request.path() != path {
        return made_now(site, request, reader, &page);
    }
    let (commit, label) = (snapshot.commit(), head.blob.short());
    let answer = kept(site, request, reader, commit, label, &page).await;
    site.pages.forget_unless_fresh(&path, times_forgotten);
    answer
}

/// Something to know before reading.
struct Notice {
    title: String,
    text: String,
}

/// What a card was made from.
struct SourceView {
    usage: String,
    title: String,
    href: Option<String>,
    authors: Option<String>,
    date: Option<String>,
    licence: Option<String>,
    changes: Option<String>,
}

/// Who made an image.
struct Pictured {
    alt: String,
    credit: String,
}

#[derive(Template)]
#[template(path = "card/page.html")]
struct CardPage {
    layout: Layout,
    path: String,
    /// The path as the table of comparison wants it.
    compared: String,
    kind: Kind,
    kind_label: String,
    kind_plural: String,
    kind_href: String,
    title: String,
    summary: String,
    /// The language of the text, when it is not that of the page.
    text_language: Option<String>,
    notices: Vec<Notice>,
    question: Option<String>,
    asked: Vec<String>,
    axes: Vec<String>,
    first_step: Option<String>,
    band: Vec<Fact>,
    details: Vec<Fact>,
    contents: Vec<(String, String)>,
    parts: Vec<Part>,
    groups: Vec<Group>,
    sources: Vec<SourceView>,
    media: Vec<Pictured>,
    /// The files that the text does not show.
    enclosed: Vec<MediaView>,
    attribution: String,
    licence_name: String,
    licence_url: Option<String>,
    licence_deed: Option<&'static str>,
    minutes: u32,
    version: Moment,
    meta: Meta,
    watch: Option<WatchButton>,
    /// What is told of the territory, when it is one.
    around: Option<Around>,
    /// What the register says of it today.
    today: Option<String>,
    /// What stands around the organisation, when it is one.
    carried: Option<Carried>,
    /// What its reports say together.
    told: Option<Arc<Section>>,
    can_be_tried: bool,
    /// Where it is evaluated.
    grid: Option<String>,
    talk: TalkFoot,
}

impl CardPage {
    fn new(
        site: &Site,
        reader: &Reader,
        snapshot: &Snapshot,
        head: &Head,
        view: &CardView,
        attribution: &Attribution,
        talk: TalkFoot,
    ) -> CardPage {
        let words = reader.words();
        let (card, config) = (&view.card, snapshot.config());
        let telling = Telling {
            card,
            snapshot,
            words,
        };
        let kind = config.kind(head.kind);
        let parts = parts::parts(head.kind, &telling, &view.rendered);
        let contents = if view.rendered.words < LONG && head.kind != Kind::Pathway {
            Vec::new()
        } else {
            parts
                .iter()
                .filter_map(|part| Some((part.anchor.clone(), part.heading.clone()?)))
                .collect()
        };
        let (band, details) = facts::both(head.kind, &telling);
        let expression = card.licence().unwrap_or(&config.default_licence);
        let known = licence::find(expression);
        let card_language = card.language().unwrap_or(config.default_language.code());
        let question = ["opening_question", "question"]
            .iter()
            .find_map(|key| telling.value(key)?.plain())
            .filter(|question| question.trim() != head.title.trim());
        CardPage {
            layout: Layout::new(site, reader, head.title.clone())
                .described(head.summary.clone())
                .at(site, &url::card(&head.path))
                .within("card"),
            path: url::card(&head.path),
            compared: head.path.to_string(),
            kind: head.kind,
            kind_label: kind.label.get(reader.language).to_owned(),
            kind_plural: kind.plural.get(reader.language).to_owned(),
            kind_href: url::with_query("/recherche", &[("kind", head.kind.as_str())]),
            title: head.title.clone(),
            summary: head.summary.clone(),
            text_language: (card_language != reader.language.code())
                .then(|| card_language.to_owned()),
            notices: notices(head, words, Utc::now().date_naive()),
            asked: card
                .asked()
                .into_iter()
                .filter(|asked| question.as_deref() != Some(asked))
                .map(str::to_owned)
                .collect(),
            question,
            axes: axes(&telling),
            first_step: telling
                .value("first_step")
                .and_then(terreau_card::Value::plain),
            band,
            details,
            contents: if contents.len() < 4 {
                Vec::new()
            } else {
                contents
            },
            parts,
            groups: related::groups(snapshot, head, card, words),
            sources: sources(card, words),
            media: pictured(card, &head.path),
            enclosed: Vec::new(),
            attribution: attribution.html(reader.language).as_str().to_owned(),
            licence_name: known
                .map_or_else(|| expression.to_owned(), |known| known.name.to_owned()),
            licence_url: known.map(|known| known.url.to_owned()),
            licence_deed: known
                .and_then(|known| known.deed_fr)
                .filter(|_| words.code() == "fr"),
            minutes: view.rendered.reading_minutes,
            version: Moment::of(head.updated, reader.language),
            meta: Meta::of(site, snapshot, head, view, attribution),
            watch: None,
            around: None,
            today: None,
            carried: None,
            told: None,
            grid: grid::can_begin_from(head.kind)
                .then(|| grid::url_of(head.kind, head.path.as_str())),
            can_be_tried: can_be_tried(head.kind) && !head.is_archived(),
            talk,
        }
    }

    fn add_told(&mut self, told: Option<Arc<Section>>) {
        if let Some(told) = &told
            && !self.contents.is_empty()
        {
            self.contents.push((TOLD.to_owned(), told.heading.clone()));
        }
        self.told = told;
    }
}

impl CardPage {
    /// Adds what is told of a territory or an organisation.
    async fn add_ground(
        &mut self,
        site: &Site,
        snapshot: &Arc<Snapshot>,
        head: &Head,
        words: Words,
    ) -> Result<(), Failure> {
        if !matches!(head.kind, Kind::Territory | Kind::Organisation) {
            return Ok(());
        }
        let gathered = Gathered::of(site, snapshot).await?;
        if let Some(card) = gathered.atlas.territory(&head.path) {
            self.around = Some(Around::of(&card.place.id, &gathered, words));
            self.today = territory::today(&card.place.id, words);
        }
        if let Some(card) = gathered.atlas.organisation(&head.path) {
            let reviewed = site.commons.reviewed(snapshot).await?;
            self.carried = Some(Carried::of(card, &gathered, &reviewed, words));
        }
        Ok(())
    }
}

fn notices(head: &Head, words: Words, today: NaiveDate) -> Vec<Notice> {
    let notice = |key: &str| Notice {
        title: words.say(&format!("card-notice-{key}-title")),
        text: words.say(&format!("card-notice-{key}-text")),
    };
    match head.status {
        Status::Archived => vec![notice("archived")],
        Status::ToReview => vec![notice("to-review")],
        Status::Active => match head.review_by {
            Some(day) if day < today => vec![Notice {
                title: words.say("card-notice-overdue-title"),
                text: words.tell(
                    "card-notice-overdue-text",
                    "day",
                    crate::dates::say_day(day, words.language),
                ),
            }],
            _ => Vec::new(),
        },
    }
}

/// Returns axis, orientation and objective, from the widest.
fn axes(telling: &Telling<'_>) -> Vec<String> {
    ["axis", "orientation", "objective"]
        .iter()
        .flat_map(|key| telling.labels(key, "axes"))
        .map(|piece| piece.text)
        .collect()
}

fn sources(card: &terreau_card::Card, words: Words) -> Vec<SourceView> {
    card.sources()
        .into_iter()
        .map(|source| SourceView {
            usage: words
                .maybe(&format!("card-usage-{}", source.usage))
                .unwrap_or(source.usage),
            title: source.title,
            href: source.url.filter(|url| is_web(url)),
            authors: source.authors,
            date: source.date.map(|date| say_written(&date, words.language)),
            licence: source.licence.map(|spdx| {
                licence::find(&spdx).map_or(spdx.clone(), |known| known.name.to_owned())
            }),
            changes: source.changes,
        })
        .collect()
}

/// Returns who made the pictures within the text; the other files say so where they are shown.
fn pictured(card: &terreau_card::Card, path: &CardPath) -> Vec<Pictured> {
    let within = within(card, path);
    card.media()
        .into_iter()
        .filter(|media| within.contains(&media.path))
        .filter_map(|media| {
            let licence = media.licence.map(|spdx| {
                licence::find(&spdx).map_or(spdx.clone(), |known| known.name.to_owned())
            });
            let credit: Vec<String> = [media.credit, licence, media.source]
                .into_iter()
                .flatten()
                .collect();
            (!credit.is_empty()).then(|| Pictured {
                alt: media.alt,
                credit: credit.join(", "),
            })
        })
        .collect()
}

/// Tells whether an address may be a link: nothing but the web.
pub(crate) fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
