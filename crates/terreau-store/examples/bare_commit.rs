//! The least that a durable save can cost: one-card commits made directly with libgit2.
//!
//! `bare_commit REPOSITORY COUNT [FILE]` commits COUNT times to the published branch of a bare repository, in the
//! plainest way that is as durable as ours (blob, trees, commit, compare-and-swap of the ref, all synced), and
//! prints the microseconds of each as JSON. FILE is the card to change; the first card by default.

use std::error::Error;
use std::time::Instant;

use git2::build::TreeUpdateBuilder;
use git2::{FileMode, Repository, Signature, TreeWalkMode, TreeWalkResult};

const MAIN: &str = "refs/heads/main";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "bare_commit REPOSITORY COUNT [FILE]";
    let git_dir = arguments.next().ok_or(usage)?;
    let count: u32 = arguments.next().ok_or(usage)?.parse()?;

    git2::opts::strict_object_creation(true);
    sync_what_is_written();
    let repo = Repository::open_bare(git_dir)?;
    let file = match arguments.next() {
        Some(file) => file,
        None => first_card(&repo)?.ok_or("the repository has no card")?,
    };
    let tree = repo.find_reference(MAIN)?.peel_to_tree()?;
    let blob = repo.find_blob(tree.get_path(file.as_ref())?.id())?;
    let text = String::from_utf8(blob.content().to_vec())?;

    let mut microseconds = Vec::new();
    for number in 1..=count {
        let text = format!("{text}\nLine {number}.\n");
        let start = Instant::now();
        commit(&repo, &file, text.as_bytes())?;
        microseconds.push(start.elapsed().as_micros());
    }
    println!(
        "{}",
        serde_json::json!({ "file": file, "microseconds": microseconds })
    );
    Ok(())
}

fn commit(repo: &Repository, file: &str, text: &[u8]) -> Result<(), git2::Error> {
    let head = repo.refname_to_id(MAIN)?;
    let parent = repo.find_commit(head)?;
    let blob = repo.blob(text)?;
    let tree = TreeUpdateBuilder::new()
        .upsert(file, blob, FileMode::Blob)
        .create_updated(repo, &parent.tree()?)?;
    let who = Signature::now("Bench", "bench@localhost")?;
    let tree = repo.find_tree(tree)?;
    let commit = repo.commit(None, &who, &who, "One line more", &tree, &[&parent])?;
    repo.reference_matching(MAIN, commit, true, head, "bench")?;
    Ok(())
}

fn first_card(repo: &Repository) -> Result<Option<String>, git2::Error> {
    let mut found = None;
    let tree = repo.find_reference(MAIN)?.peel_to_tree()?;
    // Stopping a walk is told as an error; the card that stopped it is what we came for.
    let walked = tree.walk(TreeWalkMode::PreOrder, |folder, entry| match entry.name() {
        Ok(name) if !folder.is_empty() && name.ends_with(".md") => {
            found = Some(format!("{folder}{name}"));
            TreeWalkResult::Abort
        }
        _ => TreeWalkResult::Ok,
    });
    if found.is_none() {
        walked?;
    }
    Ok(found)
}

#[expect(unsafe_code, reason = "git2 has no safe switch for fsync")]
fn sync_what_is_written() {
    let option = libgit2_sys::GIT_OPT_ENABLE_FSYNC_GITDIR as std::ffi::c_int;
    // SAFETY: the option takes one int, libgit2 is initialised, and no other thread runs yet.
    unsafe { libgit2_sys::git_libgit2_opts(option, 1 as std::ffi::c_int) };
}
