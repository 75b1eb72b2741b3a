//! What a proposal changes, card by card: as people read it with the remarks beside, or as lines of the source.

use std::sync::Arc;

use terreau_card::{CommonsConfig, Kind, ProseDiff, Value};
use terreau_commons::{Head, ProposalPage, ProposedCard, Snapshot, format_of_media};
use terreau_community::ProposalState;

use super::said::{does, title};
use super::talk::Talk;
use crate::pages::compare::{BlockView, ChangeView, LineView, lines};
use crate::pages::rules;
use crate::{Words, url};

/// One card of a proposal.
pub struct CardView {
    /// Its anchor.
    pub anchor: String,
    /// Its title, as proposed.
    pub title: String,
    /// Whether the proposal touches nothing else: its title is that of the page.
    pub is_alone: bool,
    /// What happens to it.
    pub does: String,
    /// Where it is read now; none while it is new.
    pub href: Option<String>,
    /// Where it is and where it would go, when it moves.
    pub moved: Option<(String, String)>,
    /// Whether it is read whole, not as a change.
    pub is_new: bool,
    /// The summary of a new card.
    pub summary: Option<String>,
    /// What changes, as people read it.
    pub change: Option<ChangeView>,
    /// What changes, as it is stored.
    pub source: Option<Vec<LineView>>,
    /// What the table of the source is called.
    pub source_label: String,
    /// Where it is revised.
    pub revise: Option<String>,
    /// Where a file that comes with a card is looked at, and whether it is a picture.
    pub file: Option<(String, bool)>,
}

/// Makes the views of all cards of a proposal.
pub fn views(talk: &Talk<'_>, snapshot: &Snapshot, wants_source: bool) -> Vec<CardView> {
    let cards = talk.page.cards.iter().enumerate();
    cards
        .map(|(place, card)| view(talk, snapshot, place, card, wants_source))
        .collect()
}

fn view(
    talk: &Talk<'_>,
    snapshot: &Snapshot,
    place: usize,
    card: &ProposedCard,
    wants_source: bool,
) -> CardView {
    let (words, row) = (talk.reader.words(), &talk.page.row);
    let published = published(card, snapshot);
    let kind = kind_of(card, snapshot);
    let change = card.prose.as_ref().filter(|_| !wants_source).map(|prose| {
        let mut change = change(prose, kind, snapshot.config(), words, card);
        talk_beside(talk, place, &mut change);
        // A text that nobody changed and nobody speaks of is said in a word.
        if blocks_of(&mut change).all(|block| block.change == "same" && block.beside.is_none())
            && !card.is_new
        {
            change.stretches.clear();
        }
        change
    });
    let rules = card.rules.as_ref().filter(|_| !wants_source);
    let change = change.or_else(|| {
        let (before, after) = rules?;
        // What changes beside the rules is read as it is stored.
        let mut change = rules::change(before, after, words);
        change.fields_label = words.tell("proposals-fields-of", "title", title(&card.title, words));
        Some(change).filter(|change| !change.is_empty)
    });
    let own: Vec<_> = row
        .files
        .iter()
        .filter(|file| file.path == card.file)
        .cloned()
        .collect();
    let is_open = row.state == ProposalState::Open;
    CardView {
        anchor: format!("fiche-{}", place + 1),
        title: title(&card.title, words),
        is_alone: talk.page.cards.len() == 1,
        does: does(&own, words),
        href: published.map(|head| url::card(&head.path)),
        moved: match (&card.from, &card.path) {
            (Some(from), Some(to)) => Some((from.to_string(), to.to_string())),
            _ => None,
        },
        is_new: card.is_new,
        summary: summary(card),
        source: change
            .is_none()
            .then(|| lines(&card.source))
            .filter(|lines| !lines.is_empty()),
        source_label: words.tell("proposals-source-of", "title", &card.title),
        revise: card
            .path
            .as_ref()
            .filter(|_| is_open && talk.page.allowed.revise)
            .map(|path| url::revise(row.number, path)),
        file: format_of_media(&card.file).map(|format| {
            let href = url::proposed_file(row.number, &card.file);
            (href, format.is_picture())
        }),
        change,
    }
}

/// Returns the change as it is shown: a new card is read as it would be, without marks on every word.
fn change(
    prose: &ProseDiff,
    kind: Kind,
    config: &CommonsConfig,
    words: Words,
    card: &ProposedCard,
) -> ChangeView {
    let mut prose = prose.clone();
    // Identity and kind are no news to a reader: the one says nothing, the other is said above.
    prose
        .fields
        .retain(|field| !matches!(field.key.as_str(), "id" | "kind"));
    if card.is_new {
        prose
            .fields
            .retain(|field| !matches!(field.key.as_str(), "title" | "summary"));
    }
    let mut change = ChangeView::of(&prose, kind, config, words);
    change.fields_label = words.tell("proposals-fields-of", "title", &card.title);
    if card.is_new {
        for block in blocks_of(&mut change) {
            block.change = "same";
            block.said = None;
            for span in &mut block.spans {
                span.change = "same";
            }
        }
    }
    change
}

/// Puts what was remarked beside its paragraph, and a place to remark beside each that changed. A folded stretch that was
/// remarked on is unfolded.
fn talk_beside(talk: &Talk<'_>, card: usize, change: &mut ChangeView) {
    let is_new = talk.page.cards[card].is_new;
    let mut place = 0;
    for stretch in &mut change.stretches {
        for block in &mut stretch.blocks {
            let is_changed = if is_new {
                block.kind != "heading"
            } else {
                block.change != "same"
            };
            let beside = talk.beside(card, place, &text_of(block), is_changed);
            if beside.is_some() {
                stretch.folded = None;
            }
            block.beside = beside.map(Box::new);
            place += 1;
        }
    }
}

fn blocks_of(change: &mut ChangeView) -> impl Iterator<Item = &mut BlockView> {
    change
        .stretches
        .iter_mut()
        .flat_map(|stretch| &mut stretch.blocks)
}

/// Returns what a block says once changed; what it said, when it would be gone.
fn text_of(block: &BlockView) -> String {
    let left_out = if block.change == "deleted" {
        "inserted"
    } else {
        "deleted"
    };
    block
        .spans
        .iter()
        .filter(|span| span.change != left_out)
        .map(|span| span.text.as_str())
        .collect()
}

/// Returns the summary of a new card: it is read before the text, as it would be.
fn summary(card: &ProposedCard) -> Option<String> {
    let fields = card.prose.iter().flat_map(|prose| &prose.fields);
    fields
        .filter(|field| card.is_new && field.key == "summary")
        .find_map(|field| field.becomes.as_ref().and_then(Value::as_text))
        .map(str::to_owned)
}

/// Returns the kind of the card that names a proposal.
pub fn kind_of_first(page: &ProposalPage, snapshot: &Snapshot) -> Option<Kind> {
    let first = page.cards.iter().find(|card| card.path.is_some())?;
    Some(kind_of(first, snapshot))
}

/// Returns the card as it is published, wherever it is.
fn published<'a>(card: &ProposedCard, snapshot: &'a Snapshot) -> Option<&'a Arc<Head>> {
    [card.from.as_ref(), card.path.as_ref()]
        .into_iter()
        .flatten()
        .find_map(|path| snapshot.head(path))
}

/// Returns the kind of a card: as it is published, else as it would be.
fn kind_of(card: &ProposedCard, snapshot: &Snapshot) -> Kind {
    if let Some(head) = published(card, snapshot) {
        return head.kind;
    }
    let fields = card.prose.iter().flat_map(|prose| &prose.fields);
    fields
        .filter(|field| field.key == "kind")
        .find_map(|field| {
            field
                .becomes
                .as_ref()
                .and_then(Value::as_text)?
                .parse()
                .ok()
        })
        .unwrap_or(Kind::Page)
}
