//! Proposals: the desk that lists them, the page of one, and what people do there.

mod act;
mod cards;
mod conflict;
mod desk;
mod failure;
mod forms;
mod said;
mod show;
mod standing;
mod talk;
#[cfg(test)]
mod tests;

pub use act::{decline, publish, remark, review, settle_thread, withdraw};
pub use conflict::{settle as settle_conflict, show as show_conflict};
pub use desk::show as desk;
pub use said::{does as say_does, person as say_person, title as say_title};
pub use show::show;
pub use talk::Beside;
