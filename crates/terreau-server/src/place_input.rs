//! The input in which people say where: one line of text, completed by a script, resolved by the server without one.
//!
//! A form holds it twice: what was typed (`territoire`) and the key of the territory that was chosen (`territoire.code`).
//! [`read_place`] makes one answer of both; `territory/_place_input.html` shows them.

use terreau_experience::WrittenPlace;
use terreau_territory::{Known, Offer, OtherName, Register, Typed, fold};

/// What is sent for the code by whoever keeps a place as typed, though the register offers some.
pub const BY_HAND: &str = "libre";

/// The longest text that is read, in characters.
const LONGEST: usize = 200;

/// A territory to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its key in the register.
    pub code: String,
    /// Its name, with what tells it from its namesakes.
    pub label: String,
    /// The name it had before, when that is what was typed.
    pub former: Option<String>,
    /// The key of the word for what it is, when it is no commune: « département ».
    pub kind: Option<&'static str>,
}

/// What a form says of where it was.
#[derive(Clone, Debug, PartialEq)]
pub enum PlaceTyped {
    /// Nothing.
    Nothing,
    /// A territory of the register.
    Known(Known<'static>),
    /// Territories to choose from: the form comes back with them.
    Several(Vec<Choice>),
    /// A place that is not in the register, as typed.
    ByHand(String),
}

impl PlaceTyped {
    /// Returns the territory as front matter describes it; none while nothing is said or something is to be chosen.
    pub fn written(&self) -> Option<WrittenPlace> {
        match self {
            PlaceTyped::Nothing | PlaceTyped::Several(_) => None,
            PlaceTyped::Known(known) => Some(WrittenPlace::of_known(*known)),
            PlaceTyped::ByHand(text) => Some(WrittenPlace::by_hand(text)),
        }
    }
}

/// Reads what a form says of where it was: the text, and the code that was chosen for it.
///
/// A code that doesn't fit the text is one of before the text was changed: the text is what people see.
pub fn read_place(text: &str, code: &str) -> PlaceTyped {
    let text: String = text.trim().chars().take(LONGEST).collect();
    let register = Register::load();
    let chosen = register.by_key(code);
    if text.is_empty() {
        return chosen.map_or(PlaceTyped::Nothing, PlaceTyped::Known);
    }
    let typed = register.read_typed(&text);
    if let Some(chosen) = chosen {
        let fits = fold(&chosen.label()) == fold(&text)
            || match &typed {
                Typed::One(one) => *one == chosen,
                Typed::Several(offers) => offers.iter().any(|offer| offer.known == chosen),
                Typed::Nothing | Typed::Unknown => false,
            };
        if fits {
            return PlaceTyped::Known(chosen);
        }
    }
    match typed {
        Typed::Nothing | Typed::Unknown => PlaceTyped::ByHand(text),
        Typed::One(one) => PlaceTyped::Known(one),
        Typed::Several(_) if code.trim() == BY_HAND => PlaceTyped::ByHand(text),
        Typed::Several(offers) => PlaceTyped::Several(offers.iter().map(choice_of).collect()),
    }
}

/// Tells of a territory that fits what was typed.
pub fn choice_of(offer: &Offer<'_>) -> Choice {
    let name = offer.as_name.map(OtherName::name);
    Choice {
        code: offer.known.key(),
        label: offer.known.label(),
        former: name.map(str::to_owned),
        kind: kind_of(offer.known),
    }
}

/// Returns the key of the word for what a territory wider than a commune is.
pub fn kind_of(known: Known<'_>) -> Option<&'static str> {
    match known {
        Known::Commune(_) => None,
        Known::Epci(_) => Some("territory-kind-epci"),
        Known::Department(_) => Some("territory-kind-department"),
        Known::Region(_) => Some("territory-kind-region"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, code: &str) -> String {
        match read_place(text, code) {
            PlaceTyped::Nothing => "-".to_owned(),
            PlaceTyped::Known(known) => known.label(),
            PlaceTyped::ByHand(text) => format!("« {text} »"),
            PlaceTyped::Several(choices) => {
                let labels: Vec<String> = choices
                    .into_iter()
                    .map(|one| match one.former {
                        Some(former) => format!("{former} → {}", one.label),
                        None => one.label,
                    })
                    .collect();
                labels.join(" / ")
            }
        }
    }

    #[test]
    fn text_and_code_make_one_answer() {
        let here = "Lunas-les-Châteaux (34, Hérault)";
        let there = "Lunas (24, Dordogne)";
        let either = format!("{there} / Lunas → {here}");
        for (text, code, meant) in [
            ("", "", "-"),
            ("  ", "", "-"),
            ("", "34144", here),
            ("", "n’importe quoi", "-"),
            ("Lunas", "", either.as_str()),
            ("Lunas", "34144", here),
            ("Lunas", "24246", there),
            ("Lunas", BY_HAND, "« Lunas »"),
            (here, "34144", here),
            (here, "", here),
            // A code of before the text was changed is not heard.
            (here, "24246", here),
            ("Combloux", "34144", "Combloux (74, Haute-Savoie)"),
            ("Bruxelles (Belgique)", "34144", "« Bruxelles (Belgique) »"),
            ("Bruxelles (Belgique)", "", "« Bruxelles (Belgique) »"),
            // A code of before a merger, and codes that are none.
            ("Dio-et-Valquières", "34093", here),
            ("Combloux", "999999999", "Combloux (74, Haute-Savoie)"),
            ("Combloux", "../../etc", "Combloux (74, Haute-Savoie)"),
            ("Occitanie", "region-76", "Occitanie"),
        ] {
            assert_eq!(read(text, code), meant, "{text} {code}");
        }
    }

    #[test]
    fn a_long_text_is_cut_and_nothing_breaks() {
        let long = "é".repeat(100_000);
        let PlaceTyped::ByHand(text) = read_place(&long, "") else {
            panic!("nobody is called so");
        };
        assert_eq!(text.chars().count(), LONGEST);
    }
}
