//! The messages in French.

use super::Rule;

pub(super) fn message(rule: &Rule) -> String {
    rule.code().to_owned()
}

pub(super) fn help(rule: &Rule) -> String {
    rule.code().to_owned()
}
