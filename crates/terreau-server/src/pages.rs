//! The pages: each file holds its struct, its form and its handlers.

pub mod about;
pub mod account;
pub mod administration;
pub mod archive;
pub mod attribution;
pub mod begin;
pub mod browse;
pub mod card;
pub mod compare;
pub mod conflict;
pub mod edit;
pub mod history;
pub mod home;
pub mod machines;
pub mod new_card;
pub mod notices;
pub mod proposals;
pub mod raw;
pub mod rename;
pub mod restore;
pub mod rules;
pub mod search;
pub mod side_by_side;
pub mod sign_in;
pub mod suggestion;
pub mod undo;
