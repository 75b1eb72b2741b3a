//! What the register promises, by tables and for every commune.

mod codes;
mod find;
mod fold;
mod map;
mod resolve;

use crate::Register;

fn register() -> &'static Register {
    Register::load()
}
