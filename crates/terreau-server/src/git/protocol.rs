//! The protocol's version, which the client asks for in one header.

use actix_web::http::header::HeaderMap;

/// A version of git's wire protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd)]
pub(super) enum Protocol {
    /// What a client that says nothing speaks.
    Zero,
    /// Version 0 that tells its number.
    One,
    /// The version that lists refs on demand.
    Two,
}

impl Protocol {
    /// Reads the `Git-Protocol` header; what we don't know counts as nothing said, as git itself does.
    pub(super) fn of(headers: &HeaderMap) -> Protocol {
        let asked = headers
            .get("git-protocol")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let versions = asked.split(':').filter_map(|entry| match entry {
            "version=2" => Some(Protocol::Two),
            "version=1" => Some(Protocol::One),
            _ => None,
        });
        versions.fold(Protocol::Zero, |highest, version| {
            if version > highest { version } else { highest }
        })
    }

    /// Returns the value of `GIT_PROTOCOL`: one of our own words, never the client's.
    pub(super) fn variable(self) -> Option<&'static str> {
        match self {
            Protocol::Zero => None,
            Protocol::One => Some("version=1"),
            Protocol::Two => Some("version=2"),
        }
    }

    /// Returns what comes before git's own advertisement: versions 0 and 1 name the service first.
    pub(super) fn advertisement_prefix(self) -> &'static [u8] {
        match self {
            Protocol::Two => b"",
            Protocol::Zero | Protocol::One => b"001e# service=git-upload-pack\n0000",
        }
    }
}
