//! What a card's page says to machines: citation and Dublin Core terms, JSON-LD.

use terreau_card::{Attribution, licence};
use terreau_commons::{CardView, Head, Snapshot};
use terreau_export::{Described, json_ld};

use crate::Site;

/// Machine-readable terms of the head of a card's page.
pub struct Meta {
    /// Names of those to credit.
    pub authors: Vec<String>,
    /// The day of the version, `2026/11/22`.
    pub day: String,
    /// The same day, `2026-11-22`.
    pub date: String,
    /// The language of the text.
    pub language: String,
    /// The address of the licence.
    pub licence: Option<String>,
    /// The name of the card that outlives its address.
    pub id: String,
    /// The card as linked data, safe to stand in a `script` element.
    pub json_ld: String,
}

impl Meta {
    /// Reads the terms from a card.
    pub fn of(
        site: &Site,
        snapshot: &Snapshot,
        head: &Head,
        view: &CardView,
        attribution: &Attribution,
    ) -> Meta {
        let config = snapshot.config();
        let card = &view.card;
        Meta {
            authors: card
                .authors()
                .into_iter()
                .map(|author| author.name)
                .collect(),
            day: head.updated.format("%Y/%m/%d").to_string(),
            date: head.updated.format("%Y-%m-%d").to_string(),
            language: card
                .language()
                .unwrap_or(config.default_language.code())
                .to_owned(),
            licence: licence::find(card.licence().unwrap_or(&config.default_licence))
                .map(|known| known.url.to_owned()),
            id: head.id.to_string(),
            json_ld: in_script(&json_ld(&Described {
                card,
                kind: head.kind,
                rendered: &view.rendered,
                attribution,
                config,
                modified: head.updated,
                base_url: site.base_url(),
            })),
        }
    }
}

/// Escapes what could end a `script` element or open a comment in it.
fn in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_never_leaves_its_script() {
        let hostile = r#"{"name":"</script><script>alert(1)</script><!-- &"}"#;
        let safe = in_script(hostile);
        assert!(!safe.contains(['<', '>', '&']));
        let read: serde_json::Value = serde_json::from_str(&safe).expect("it is still JSON");
        assert_eq!(read["name"], "</script><script>alert(1)</script><!-- &");
    }
}
