//! Tests of the whole: a node driven through its public surface.
//!
//! A [`TestNode`] is the real program, started on a folder of its own and a port of its own. Tests see what a person or
//! a partner sees: pages, the API, the git wire, the command line, the printed link.

mod client;
mod liar;
mod node;
mod oidc;
mod program;
mod smtp;

pub use client::{Client, Page};
pub use liar::{CLIENT_ID, CLIENT_SECRET, Instead, Liar, Lies};
pub use node::{NodeOptions, StoppedNode, TestNode};
pub use oidc::{CERTIFIED_CLIENT, CertifiedProvider};
pub use program::{program, repository_root, run_git};
pub use smtp::{MailServer, ReceivedLetter};
