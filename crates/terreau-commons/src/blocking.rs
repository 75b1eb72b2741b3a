//! The one door from async code to git and index work, which is ordinary blocking Rust.

use anyhow::Context;

/// Runs blocking work on the threads kept for it and returns its result.
///
/// # Errors
/// When the work panicked or the program is ending.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .context("the work stopped before its end")
}
