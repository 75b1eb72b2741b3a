//! Tests of the rules, each against a table that is written by hand.

mod names;
mod paths;
mod reviews;
mod rights;
