//! The pages: each file holds its struct, its form and its handlers.

pub mod about;
pub mod attribution;
pub mod card;
pub mod compare;
pub mod history;
pub mod home;
pub mod machines;
pub mod raw;
pub mod search;
