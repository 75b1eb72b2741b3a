//! Tests of the whole: a node driven through its public surface.
//!
//! A [`TestNode`] is the real program, started on a folder of its own and a port of its own. Tests see what a person or
//! a partner sees: pages, the API, the git wire, the command line, the printed link.

mod client;
mod node;
mod program;

pub use client::{Client, Page};
pub use node::{NodeOptions, StoppedNode, TestNode};
pub use program::{program, repository_root, run_git};
