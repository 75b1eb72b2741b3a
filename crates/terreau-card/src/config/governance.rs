//! Writing governance rules into `commons.toml`: a rule that does not change keeps its bytes, and so does the rest of the file.

use std::fmt::Write;
use std::ops::Range;

use super::{CommonsConfig, GovernanceRule};

const HEADER: &str = "[[governance]]";

/// Returns the file with other rules: those of the file in its order, `None` for one that goes, then those that are new.
/// Nothing when the file can't be written so without touching what else it says.
pub fn with_governance(text: &str, rules: &[Option<GovernanceRule>]) -> Option<String> {
    let before = CommonsConfig::read(text).ok()?;
    let blocks = blocks(text);
    if blocks.len() != before.governance.len() || rules.len() < blocks.len() {
        return None;
    }
    let mut written = String::with_capacity(text.len() + 200);
    let mut at = 0;
    for ((block, rule), known) in blocks.iter().zip(rules).zip(&before.governance) {
        written.push_str(&text[at..block.start]);
        match rule {
            Some(rule) if rule == known => written.push_str(&text[block.clone()]),
            Some(rule) => written.push_str(&table(rule)),
            None => {}
        }
        at = block.end;
    }
    let rest = &text[at..];
    let added: Vec<String> = rules[blocks.len()..].iter().flatten().map(table).collect();
    if blocks.is_empty() {
        written.push_str(rest);
    }
    for table in &added {
        if !written.is_empty() && !written.ends_with("\n\n") {
            written.push_str(if written.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            });
        }
        written.push_str(table);
    }
    if !blocks.is_empty() {
        written.push_str(rest);
    }
    // What was written is read again: it says what was asked and nothing else changed.
    let after = CommonsConfig::read(&written).ok()?;
    let wanted = CommonsConfig {
        governance: rules.iter().flatten().cloned().collect(),
        ..before
    };
    (after == wanted).then_some(written)
}

/// Returns where each rule stands, from its header to its last line; comments between rules belong to none.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let (mut at, mut is_inside) = (0, false);
    for line in text.split_inclusive('\n') {
        let (start, said) = (at, line.trim());
        at += line.len();
        if line.starts_with('[') {
            is_inside = line.starts_with(HEADER);
            if is_inside {
                blocks.push(start..at);
            }
        } else if is_inside
            && !said.is_empty()
            && !said.starts_with('#')
            && let Some(block) = blocks.last_mut()
        {
            block.end = at;
        }
    }
    blocks
}

fn table(rule: &GovernanceRule) -> String {
    let list = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        texts.join(", ")
    };
    format!(
        "{HEADER}\nname = {}\npaths = [{}]\napprovals = {}\norganisations = {}\npublishers = [{}]\nstewards = [{}]\n",
        quoted(&rule.name),
        list(&rule.paths),
        rule.approvals,
        rule.organisations,
        list(&rule.publishers),
        list(&rule.stewards),
    )
}

/// Writes a text as TOML does. Source: TOML 1.0, basic strings.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                write!(quoted, "\\u{:04X}", u32::from(letter))
                    .expect("writing to a String cannot fail");
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "format = 1\nname = { fr = \"Commun\" }\n\n# The first rule.\n[[governance]]\nname = \"Tout\" # all\npaths = [\n  \"**\",\n]\napprovals = 1\n\n# The rules themselves.\n[[governance]]\nname = \"Règles\"\npaths = [\"commons.toml\"]\napprovals = 2\norganisations = 2\n\n# The end.\n[[criteria]]\ncode = \"c\"\nlabel = { fr = \"C\" }\n";

    fn rules() -> Vec<Option<GovernanceRule>> {
        let config = CommonsConfig::read(FILE).expect("good");
        config.governance.into_iter().map(Some).collect()
    }

    #[test]
    fn the_same_rules_keep_every_byte() {
        assert_eq!(with_governance(FILE, &rules()).as_deref(), Some(FILE));
    }

    #[test]
    fn one_rule_changes_alone() {
        let mut rules = rules();
        let second = rules[1].as_mut().expect("there");
        second.approvals = 3;
        second.name = "Règles \"à\" \\ nous".to_owned();
        let written = with_governance(FILE, &rules).expect("it can be written");
        let (before, after) = FILE
            .split_once("[[governance]]\nname = \"Règles\"")
            .expect("there");
        assert!(written.starts_with(before), "{written}");
        let end = &after[after.find("\n# The end.").expect("there")..];
        assert!(written.ends_with(end), "{written}");
        assert!(written.contains("approvals = 3\n"), "{written}");
    }

    #[test]
    fn rules_go_and_come() {
        let mut rules = rules();
        rules[0] = None;
        rules.push(Some(GovernanceRule {
            name: "Charte".to_owned(),
            paths: vec!["pages/charte".to_owned()],
            approvals: 3,
            organisations: 3,
            publishers: Vec::new(),
            stewards: vec!["Nous\tous".to_owned()],
        }));
        let written = with_governance(FILE, &rules).expect("it can be written");
        let names: Vec<String> = CommonsConfig::read(&written)
            .expect("good")
            .governance
            .into_iter()
            .map(|rule| rule.name)
            .collect();
        assert_eq!(names, ["Règles", "Charte"]);
        assert!(written.contains("# The end.\n[[criteria]]"), "{written}");

        let none = "format = 1\nname = { fr = \"Commun\" }\n";
        let written = with_governance(none, &rules[2..]).expect("it can be written");
        assert!(written.starts_with(none), "{written}");
    }

    #[test]
    fn what_cannot_be_written_safely_is_not() {
        let mut rules = rules();
        rules[0].as_mut().expect("there").paths.clear();
        assert_eq!(with_governance(FILE, &rules), None, "a rule without a path");
        assert_eq!(with_governance("format = ", &rules), None);
        let inline = "format = 1\nname = { fr = \"C\" }\ngovernance = [{ name = \"T\", paths = [\"**\"] }]\n";
        let config = CommonsConfig::read(inline).expect("good");
        let rules: Vec<_> = config.governance.into_iter().map(Some).collect();
        assert_eq!(with_governance(inline, &rules), None, "written in one line");
    }
}
