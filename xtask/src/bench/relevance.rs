//! `cargo xtask bench relevance`: how well searches answer judged queries, with tantivy alone beside it.

use crate::run::{cargo, root, run};

/// Runs the example `relevance` of terreau-search on the starter commons.
pub fn measure() -> anyhow::Result<()> {
    let mut command = cargo();
    command
        .current_dir(root())
        .args(["run", "--release", "--quiet", "--package=terreau-search"])
        .args(["--example=relevance", "--"])
        .args(["content", "tests/fixtures/relevance"]);
    run("relevance", &mut command)
}
