//! What the register promises, by tables and for every commune.

mod codes;
mod find;
mod fold;
mod map;
mod resolve;
mod typed;

use crate::Register;

fn register() -> &'static Register {
    Register::load()
}
