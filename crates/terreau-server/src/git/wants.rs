//! What a client may ask for: only what is published.
//!
//! In protocol 2 git gives any object whose id the client knows, hidden or not ("Wants can be anything and are not limited to
//! advertised objects"; source: gitprotocol-v2, `want`). Protocol 0 over HTTP gives only what shown refs reach; this module
//! makes version 2 as strict.

use std::collections::HashSet;

use actix_web::http::StatusCode;

use super::child::Git;

/// How many wishes may name something else than the newest version: a client whose list is a moment old has a few.
const MAX_OLD_WANTS: usize = 16;

/// Why a negotiation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WantRefusal {
    /// It is no sequence of packets.
    Broken,
    /// It asks for something that is not published.
    Hidden,
    /// The repository could not be asked.
    Unavailable,
}

impl WantRefusal {
    pub(super) fn status(self) -> StatusCode {
        match self {
            WantRefusal::Broken => StatusCode::BAD_REQUEST,
            WantRefusal::Hidden => StatusCode::FORBIDDEN,
            WantRefusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            WantRefusal::Broken => "La demande est illisible.\nThe request cannot be read.\n",
            WantRefusal::Hidden => {
                "Cette version n’est pas publiée.\nThis version is not published.\n"
            }
            WantRefusal::Unavailable => {
                "Le dépôt ne répond pas, réessayez.\nThe repository does not answer, try again.\n"
            }
        }
    }
}

/// The name of an object: 40 or 64 lower-case hexadecimal digits, safe among arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ObjectName(String);

impl ObjectName {
    pub(super) fn parse(text: &[u8]) -> Option<ObjectName> {
        let hexadecimal = text
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let text = str::from_utf8(text).ok()?;
        (hexadecimal && matches!(text.len(), 40 | 64)).then(|| ObjectName(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Checks every wish of a protocol 2 request.
///
/// # Errors
/// `Hidden` when one object is neither shown nor part of the published history.
pub(super) async fn check(git: &Git, request: &[u8]) -> Result<(), WantRefusal> {
    let wanted = wants(request)?;
    if wanted.is_empty() {
        return Ok(());
    }
    let listed = git
        .shown_tips()
        .output()
        .await
        .map_err(|_| WantRefusal::Unavailable)?;
    if !listed.status.success() {
        return Err(WantRefusal::Unavailable);
    }
    let tips: HashSet<ObjectName> = listed
        .stdout
        .split(|byte| *byte == b'\n')
        .filter_map(ObjectName::parse)
        .collect();
    let older: Vec<&ObjectName> = wanted.difference(&tips).collect();
    if older.len() > MAX_OLD_WANTS {
        return Err(WantRefusal::Hidden);
    }
    for object in older {
        let answered = git
            .is_published(object)
            .output()
            .await
            .map_err(|_| WantRefusal::Unavailable)?;
        if !answered.status.success() {
            return Err(WantRefusal::Hidden);
        }
    }
    Ok(())
}

/// Returns the objects that a request asks for.
pub(super) fn wants(request: &[u8]) -> Result<HashSet<ObjectName>, WantRefusal> {
    let mut wanted = HashSet::new();
    let mut rest = request;
    while !rest.is_empty() {
        let (line, after) = packet(rest).ok_or(WantRefusal::Broken)?;
        rest = after;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if let Some(object) = line.strip_prefix(b"want ") {
            wanted.insert(ObjectName::parse(object).ok_or(WantRefusal::Broken)?);
        } else if line.starts_with(b"want") {
            // `want-ref` and whatever comes after it: we don't offer them.
            return Err(WantRefusal::Broken);
        }
    }
    Ok(wanted)
}

/// Takes one packet off the front: four hexadecimal digits of length, then the bytes; lengths below 4 are marks without bytes.
fn packet(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (digits, rest) = bytes.split_at_checked(4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let length = usize::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    match length {
        0..=2 => Some((&[], rest)),
        3 => None,
        _ => rest.split_at_checked(length - 4),
    }
}
