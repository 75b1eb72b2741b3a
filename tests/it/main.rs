//! Tests of the whole, one file for each feature, in one program.
#![expect(
    clippy::unwrap_used,
    reason = "tests say what they do by their names, and may panic"
)]

mod accounts;
mod api;
mod commands;
mod content;
mod crash;
mod drafts;
mod git;
mod guests;
mod hostile;
mod layers;
mod mail;
mod openid;
mod pages;
mod postgres;
mod proposals;
mod rights;
mod sign_in;

/// Asks again until something holds that follows by itself, or fails after a minute.
fn wait_until(holds: impl Fn() -> bool) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !holds() {
        assert!(
            std::time::Instant::now() < deadline,
            "what was waited for never came"
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}
