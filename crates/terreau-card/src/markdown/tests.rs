//! Rendering: what readers see, and what nobody must be able to slip into it.

use std::sync::LazyLock;

use crate::{Card, CardPath, CommonsConfig, Rendered};

use super::render;

mod attacks;
mod golden;
mod limits;
mod links;
mod look;
mod sections;

/// A commons with the sections of its methods.
fn commons() -> &'static CommonsConfig {
    static COMMONS: LazyLock<CommonsConfig> = LazyLock::new(|| {
        let text = include_str!("../../../../content/commons.toml");
        let mut commons = CommonsConfig::read(text).expect("the starter commons is right");
        commons.base_url = Some("https://commun.example".to_owned());
        commons
    });
    &COMMONS
}

fn path() -> CardPath {
    CardPath::parse("outils/porteur-de-parole").expect("a path")
}

/// Renders a method with this body.
fn rendered(body: &str) -> Rendered {
    rendered_with("", body)
}

/// Renders a method with more front matter.
fn rendered_with(front: &str, body: &str) -> Rendered {
    let text =
        format!("---\nkind: method\ntitle: Porteur de parole\nlanguage: fr\n{front}---\n\n{body}");
    render(&Card::read(&text).0, &path(), commons())
}

/// Renders a body and returns all of its HTML.
fn html(body: &str) -> String {
    rendered(body).html.to_string()
}
