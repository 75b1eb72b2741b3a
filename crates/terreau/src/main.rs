//! The program: serve, check, init, rebuild, doctor, token, account.

fn main() {}
