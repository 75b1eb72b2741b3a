//! The cards around a card: those that it names and those that name it, grouped by what they are to each other.

use std::collections::{BTreeMap, BTreeSet};

use terreau_card::{Card, CardPath, Kind, Value};
use terreau_commons::{Head, Snapshot};

use crate::{Words, url};

/// How many cards a group shows; a commune may have hundreds of experiences.
const SHOWN: usize = 12;

/// What a related card is to this one, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Previous,
    Next,
    PartOf,
    Uses,
    VariantOf,
    Variants,
    Alternatives,
    Close,
    Illustrates,
    IllustratedBy,
    Replaces,
    ReplacedBy,
    Pathways,
    Exhibitions,
    Experiences,
    UsedBy,
    Composes,
    Here,
    CitedBy,
}

impl Tie {
    /// What the target of a relation is to the card that states it: this card *before* that one makes that one the next.
    fn of_link(relation: &str) -> Option<Tie> {
        Some(match relation {
            "before" => Tie::Next,
            "after" => Tie::Previous,
            "alternative" => Tie::Alternatives,
            "variant-of" => Tie::VariantOf,
            "part-of" => Tie::PartOf,
            "uses" => Tie::Uses,
            "illustrates" => Tie::Illustrates,
            "replaces" => Tie::Replaces,
            "close-to" => Tie::Close,
            _ => return None,
        })
    }

    /// What a card that names this one is to it.
    fn of_backlink(relation: Option<&str>, kind: Kind) -> Tie {
        match relation {
            Some("before") => Tie::Previous,
            Some("after") => Tie::Next,
            Some("alternative") => Tie::Alternatives,
            Some("variant-of") => Tie::Variants,
            Some("part-of") => Tie::Composes,
            Some("uses") => Tie::UsedBy,
            Some("illustrates") => Tie::IllustratedBy,
            Some("replaces") => Tie::ReplacedBy,
            Some("close-to") => Tie::Close,
            Some("parts") => Tie::PartOf,
            Some("about") => Tie::Experiences,
            Some("territories" | "members" | "part_of") => Tie::Here,
            _ => match kind {
                Kind::Experience => Tie::Experiences,
                Kind::Pathway => Tie::Pathways,
                Kind::Exhibition => Tie::Exhibitions,
                _ => Tie::CitedBy,
            },
        }
    }

    fn key(self) -> &'static str {
        match self {
            Tie::Previous => "card-tie-previous",
            Tie::Next => "card-tie-next",
            Tie::PartOf => "card-tie-part-of",
            Tie::Uses => "card-tie-uses",
            Tie::VariantOf => "card-tie-variant-of",
            Tie::Variants => "card-tie-variants",
            Tie::Alternatives => "card-tie-alternatives",
            Tie::Close => "card-tie-close",
            Tie::Illustrates => "card-tie-illustrates",
            Tie::IllustratedBy => "card-tie-illustrated-by",
            Tie::Replaces => "card-tie-replaces",
            Tie::ReplacedBy => "card-tie-replaced-by",
            Tie::Pathways => "card-tie-pathways",
            Tie::Exhibitions => "card-tie-exhibitions",
            Tie::Experiences => "card-tie-experiences",
            Tie::UsedBy => "card-tie-used-by",
            Tie::Composes => "card-tie-composes",
            Tie::Here => "card-tie-here",
            Tie::CitedBy => "card-tie-cited-by",
        }
    }
}

/// Cards that are the same to this one.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are to it.
    pub heading: String,
    /// Their titles and addresses.
    pub cards: Vec<(String, String)>,
    /// How many more there are.
    pub more: usize,
}

/// Returns the cards around a card. Each appears once, in the group that says most; what the page already shows is left out.
pub fn groups(snapshot: &Snapshot, head: &Head, card: &Card, words: Words) -> Vec<Group> {
    let mut ties: BTreeMap<Tie, BTreeSet<CardPath>> = BTreeMap::new();
    let mut seen: BTreeSet<CardPath> = shown_elsewhere(head, card);
    let stated = card
        .links()
        .into_iter()
        .filter_map(|link| Some((Tie::of_link(&link.relation)?, link.to)));
    let mut backlinks: Vec<(Tie, CardPath)> = snapshot
        .links_to(&head.path)
        .into_iter()
        .filter_map(|link| {
            let kind = snapshot.head(&link.from)?.kind;
            Some((Tie::of_backlink(link.relation.as_deref(), kind), link.from))
        })
        .collect();
    // A card that names this one in several ways says most in the first of them.
    backlinks.sort();
    for (tie, path) in stated.chain(backlinks) {
        if path != head.path && seen.insert(path.clone()) {
            ties.entry(tie).or_default().insert(path);
        }
    }
    ties.into_iter()
        .filter_map(|(tie, paths)| {
            let mut heads: Vec<_> = paths
                .iter()
                .filter_map(|path| snapshot.head(path))
                .filter(|head| !head.is_archived())
                .collect();
            let total = heads.len();
            heads.truncate(SHOWN);
            let cards: Vec<_> = heads
                .into_iter()
                .map(|head| (head.title.clone(), url::card(&head.path)))
                .collect();
            (total > 0).then(|| Group {
                heading: words.say(tie.key()),
                more: total - cards.len(),
                cards,
            })
        })
        .collect()
}

/// Returns the cards that the body of the page already lists: parts, steps, panels, what an experience used.
fn shown_elsewhere(head: &Head, card: &Card) -> BTreeSet<CardPath> {
    let list = |key: &str| card.value(key).and_then(Value::as_list).unwrap_or_default();
    let inner = |item: &'_ Value, key: &str| {
        item.get(key)
            .and_then(Value::as_list)
            .map(<[Value]>::to_vec)
            .unwrap_or_default()
    };
    let paths: Vec<Value> = match head.kind {
        Kind::Method | Kind::Tool | Kind::Survey => list("parts").to_vec(),
        Kind::Pathway => list("steps")
            .iter()
            .flat_map(|step| [inner(step, "cards"), inner(step, "options")].concat())
            .collect(),
        Kind::Exhibition => list("panels")
            .iter()
            .filter_map(|panel| panel.get("card").cloned())
            .collect(),
        Kind::Experience => list("about")
            .iter()
            .filter_map(|item| item.get("card").cloned())
            .collect(),
        _ => Vec::new(),
    };
    paths
        .iter()
        .filter_map(|path| CardPath::parse(path.as_text()?).ok())
        .collect()
}
