//! Which git is installed: old ones read repositories less safely.

use tokio::process::Command;

/// The releases that carry the security fixes of July 2025, as (major, minor, first patch); all later ones do too. Source: git's
/// release notes of 2.50.1.
const MENDED: [(u32, u32, u32); 8] = [
    (2, 43, 7),
    (2, 44, 4),
    (2, 45, 4),
    (2, 46, 4),
    (2, 47, 3),
    (2, 48, 2),
    (2, 49, 1),
    (2, 50, 1),
];

/// Says in the log when git is missing, or too old to be given what strangers send.
pub(super) async fn look(mut version: Command) {
    let said = match version.output().await {
        Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        Err(error) => {
            tracing::warn!(%error, "git cannot be started: nobody can copy the commons until it is installed");
            return;
        }
    };
    if !is_mended(&said) {
        tracing::warn!(
            version = said,
            "this git lacks the security fixes of July 2025; install 2.50.1 or later, or a mended release of an older line"
        );
    }
}

/// Tells whether what `git --version` says has the fixes; what cannot be read has none.
fn is_mended(said: &str) -> bool {
    let number = said.strip_prefix("git version ").unwrap_or_default();
    let mut parts = number.split(['.', ' ', '-']).map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (parts.next(), parts.next()) else {
        return false;
    };
    let patch = parts.next().and_then(Result::ok).unwrap_or(0);
    let line = MENDED
        .iter()
        .find(|(its_major, its_minor, _)| (*its_major, *its_minor) == (major, minor));
    match line {
        Some((_, _, first)) => patch >= *first,
        None => (major, minor) > (2, 50),
    }
}

#[cfg(test)]
mod tests {
    use super::is_mended;

    #[test]
    fn every_line_of_releases_has_its_first_mended_one() {
        for (said, mended) in [
            ("git version 2.39.5", false),
            ("git version 2.43.6", false),
            ("git version 2.43.7", true),
            ("git version 2.47.2", false),
            ("git version 2.47.3", true),
            ("git version 2.48.1", false),
            ("git version 2.50.0", false),
            ("git version 2.50.1 (Apple Git-155)", true),
            ("git version 2.51.0.rc1", true),
            ("git version 2.52.0-rc0", true),
            ("git version 3.0.0", true),
            ("git version 1.9.1", false),
            ("", false),
            ("hub version 2.14", false),
        ] {
            assert_eq!(is_mended(said), mended, "{said}");
        }
    }
}
