//! Addresses of the site, written in one place.

use std::fmt::Write;

use terreau_experience::PlaceId;

/// The longest text that is looked for, in characters.
const LONGEST_SOUGHT: usize = 200;

/// Returns the address of a card.
pub fn card(path: impl std::fmt::Display) -> String {
    format!("/{path}")
}

/// Returns the address of the page of a place in the register; none for a place without a code.
pub fn place(id: &PlaceId) -> Option<String> {
    Some(match id {
        PlaceId::Commune(code) => format!("/territoires/insee/{code}"),
        PlaceId::Epci(siren) => format!("/territoires/siren/{siren}"),
        PlaceId::Department(code) => format!("/territoires/departement/{code}"),
        PlaceId::Region(code) => format!("/territoires/region/{code}"),
        PlaceId::Card(path) => card(path),
        PlaceId::Named(..) => return None,
    })
}

/// Returns the address of a card's list of versions.
pub fn history(path: impl std::fmt::Display) -> String {
    format!("/{path}/historique")
}

/// Returns the address of a page of a card's list of versions.
pub fn history_page(path: impl std::fmt::Display, page: usize) -> String {
    if page <= 1 {
        history(path)
    } else {
        format!("/{path}/historique?page={page}")
    }
}

/// Returns the address of a card as it was at a commit.
pub fn version(path: impl std::fmt::Display, commit: impl std::fmt::Display) -> String {
    format!("/{path}/versions/{commit}")
}

/// Returns the address of what changed in a card between two commits.
pub fn compare(
    path: impl std::fmt::Display,
    from: impl std::fmt::Display,
    to: impl std::fmt::Display,
) -> String {
    format!("/{path}/comparer?de={from}&a={to}")
}

/// Returns the address where a card's versions are compared, without a choice of two.
pub fn compare_page(path: impl std::fmt::Display) -> String {
    format!("/{path}/comparer")
}

/// Returns the address of who made a card and how to reuse it.
pub fn attribution(path: impl std::fmt::Display) -> String {
    format!("/{path}/attribution")
}

/// Returns the address where a card is edited.
pub fn edit(path: impl std::fmt::Display) -> String {
    format!("/{path}/modifier")
}

/// What the page of a card is told when somebody said that it was useful, signed in or not.
pub const USEFUL: &str = "utile";

/// The address of the desk where proposals are listed.
pub const PROPOSALS: &str = "/propositions";

/// The address of the latest comments.
pub const COMMENTS: &str = "/commentaires";

/// The address of the people whom the history credits.
pub const PEOPLE: &str = "/personnes";

/// Returns the address of a proposal.
pub fn proposal(number: u64) -> String {
    format!("{PROPOSALS}/{number}")
}

/// What tells a guest where their suggestion is.
pub const SUGGESTION: &str = "/propositions/suggestion";

/// Where a guest confirms their suggestion, by the secret of their letter.
pub const CONFIRM: &str = "/propositions/confirmer/";

/// What the page of a proposal is told when its author just confirmed it, signed in or not.
pub const CONFIRMED: &str = "confirmee";

/// Returns the whole address of the link that confirms a suggestion.
pub fn confirm_link(base_url: &str, token: &str) -> String {
    format!("{base_url}{CONFIRM}{token}")
}

/// Returns the address where a card of a proposal is revised.
pub fn revise(number: u64, path: impl std::fmt::Display) -> String {
    format!("{PROPOSALS}/{number}/modifier/{path}")
}

/// The address where somebody tells of a card that they tried.
pub const TRY_OUT: &str = "/essais/nouveau";

/// Returns the address where somebody tells that they tried a card.
pub fn try_out(path: impl std::fmt::Display) -> String {
    format!("{TRY_OUT}?fiche={path}")
}

/// What tells a guest to look at their letters.
pub const TRY_OUT_SENT: &str = "/essais/envoye";

/// Returns the address of a try-out for its sender, by the secret of their link; whole when `base_url` is given.
pub fn own_try_out(base_url: &str, token: &str) -> String {
    format!("{base_url}/essais/{}", encode(token))
}

/// Returns the address of a file that a proposal puts beside a card.
pub fn proposed_file(number: u64, file: &str) -> String {
    format!("{}/fichiers/{file}", proposal(number))
}

/// Returns the address where the sender of a try-out attaches files to it.
pub fn attachments(token: &str) -> String {
    format!("{}/completer/photos", own_try_out("", token))
}

/// Returns the address of an attachment below that of its try-out: its sender's or the moderators'.
pub fn attachment(try_out: &str, id: impl std::fmt::Display) -> String {
    format!("{try_out}/pieces/{id}")
}

/// The address of what waits for moderation.
pub const MODERATION: &str = "/moderation";

/// Returns the address where a try-out is decided.
pub fn moderated_try_out(id: impl std::fmt::Display) -> String {
    format!("/moderation/essais/{id}")
}

/// Returns the address of the sign-in page that comes back to `here`.
pub fn sign_in(here: &str) -> String {
    format!("/connexion?suite={}", encode(here))
}

/// Returns the whole address of a sign-in link, for a mail or the terminal.
pub fn sign_in_link(base_url: &str, token: &str) -> String {
    format!("{base_url}/connexion/{token}")
}

/// Where letters of notices are ended, by whoever holds a link of one.
pub const STOP_LETTERS: &str = "/avis/arreter/";

/// Returns the address that ends somebody's letters of notices; whole when `base_url` is given.
pub fn stop_letters(base_url: &str, token: &str) -> String {
    format!("{base_url}{STOP_LETTERS}{token}")
}

/// Returns an address with a query made of the pairs that have a value.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut url = path.to_owned();
    let mut mark = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        write!(url, "{mark}{name}={}", encode(value)).expect("writing to a String cannot fail");
        mark = '&';
    }
    url
}

/// Returns what an address says is looked for, without blanks around it; what is too long for a question is cut.
pub fn sought(typed: &str) -> String {
    typed.trim().chars().take(LONGEST_SOUGHT).collect()
}

/// Encodes a text for a query value: everything but unreserved characters and `/` becomes `%XX`.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else if byte == b' ' {
            encoded.push('+');
        } else {
            write!(encoded, "%{byte:02X}").expect("writing to a String cannot fail");
        }
    }
    encoded
}

/// Returns `target` if it is an address within this site, else the home page: what a form says is never followed elsewhere.
pub fn within_site(target: &str) -> &str {
    let local = target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains('\\')
        && target.bytes().all(|byte| byte.is_ascii_graphic());
    if local { target } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_encoded_and_empty_values_left_out() {
        assert_eq!(
            with_query(
                "/recherche",
                &[("q", "l’eau & co"), ("kind", ""), ("page", "2")]
            ),
            "/recherche?q=l%E2%80%99eau+%26+co&page=2"
        );
    }

    #[test]
    fn only_addresses_of_this_site_are_followed() {
        for (target, followed) in [
            ("/outils/x?a=b", "/outils/x?a=b"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(within_site(target), followed, "{target:?}");
        }
    }
}
