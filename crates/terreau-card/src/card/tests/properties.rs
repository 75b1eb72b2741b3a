//! What holds of any front matter, however it is written.

use proptest::{collection::vec, prelude::*, sample::select};

use crate::{Card, Value};

/// Text of the kinds that give trouble.
fn words() -> impl Strategy<Value = String> {
    let odd = select(vec![
        "",
        " ",
        "a: b",
        "a #b",
        "- a",
        "no",
        "Oui",
        "null",
        "~",
        "12",
        "0012",
        "1.5",
        "1e5",
        "0x1F",
        "12:30",
        "2026-05-31",
        "true",
        "'",
        "\"",
        "l’été : « déjà »",
        "{a}",
        "[b]",
        "a,b",
        "*x",
        "&x",
        "!x",
        "%x",
        "@x",
        "`x",
        "|",
        ">",
        "?",
        "?x",
        ":",
        "::",
        "---",
        "...",
        "<<",
        "=",
        "a\nb",
        "a\n\nb\n",
        "\n",
        "a\n",
        " a\n b",
        "a\n  b\nc",
        "é\u{301}",
        "\u{202E}x",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\t",
        "a\tb",
        "a\\b",
        "fin:",
        "#",
        "# x",
        "a\r\nb",
        "\u{0}",
        "\u{7}",
        "😀",
        "un deux trois quatre cinq six sept huit neuf dix",
    ]);
    prop_oneof![3 => odd.prop_map(str::to_owned), 2 => "[a-zà-ü’ ]{0,30}", 1 => "[ -~\n]{0,20}", 1 => "\\PC{0,12}"]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => words().prop_map(Value::Text),
        1 => any::<i64>().prop_map(Value::Integer),
        1 => (-1000i64..1000).prop_map(Value::Integer),
        1 => (-1e6..1e6f64).prop_map(Value::Decimal),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Null),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-z_]{1,6}", 1 => words().prop_filter("keys are short and not merges", |key| key != "<<" && !key.contains('\n') && !key.is_empty())]
}

fn value() -> impl Strategy<Value = Value> {
    scalar().prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::List),
            vec((key(), inner), 0..4).prop_map(|entries| Value::Map(distinct(entries)))
        ]
    })
}

fn distinct(entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut kept: Vec<(String, Value)> = Vec::new();
    for (key, value) in entries {
        if kept.iter().all(|(other, _)| *other != key) {
            kept.push((key, value));
        }
    }
    kept
}

/// Writes front matter in styles chosen by a stream of numbers, with comments and blank lines.
struct Writer {
    choices: Vec<u8>,
    next: usize,
}

impl Writer {
    fn choose(&mut self, among: u8) -> u8 {
        self.next += 1;
        self.choices[self.next % self.choices.len()] % among
    }

    fn comment(&mut self) -> &'static str {
        ["", "", "", "  # une note: « x »", " # - b"][usize::from(self.choose(5))]
    }

    fn own_lines(&mut self, margin: &str) -> String {
        match self.choose(8) {
            0 => format!("{margin}# a: commentaire | >\n"),
            1 => "\n".to_owned(),
            2 => format!("\n{margin}# - deux\n\n"),
            _ => String::new(),
        }
    }

    fn quoted(&mut self, text: &str) -> String {
        let single = !text
            .chars()
            .any(|letter| letter.is_control() || "\u{2028}\u{FEFF}".contains(letter));
        if single && self.choose(2) == 0 {
            return format!("'{}'", text.replace('\'', "''"));
        }
        let mut out = String::from("\"");
        for letter in text.chars() {
            match letter {
                '"' | '\\' => out.extend(['\\', letter]),
                _ if letter.is_control() || letter == '\u{FEFF}' => {
                    out.push_str(&format!("\\u{:04x}", u32::from(letter)));
                }
                _ => out.push(letter),
            }
        }
        out + "\""
    }

    fn inline(&mut self, value: &Value) -> String {
        match value {
            Value::Null => ["null", "~", "Null"][usize::from(self.choose(3))].to_owned(),
            Value::Text(text) => {
                let plain = !text.is_empty()
                    && text
                        .chars()
                        .all(|letter| letter.is_alphabetic() || letter == '’');
                let typed = ["null", "true", "false", "Null"]
                    .iter()
                    .any(|word| text.eq_ignore_ascii_case(word));
                if plain && !typed && self.choose(2) == 0 {
                    text.clone()
                } else {
                    self.quoted(text)
                }
            }
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.inline(item)).collect();
                let comma = [", ", " ,", ",\n         "][usize::from(self.choose(3))];
                format!("[{}]", items.join(comma))
            }
            Value::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{}: {}", self.key(key), self.inline(value)))
                    .collect();
                let comma = [", ", " , ", ",\n         "][usize::from(self.choose(3))];
                format!("{{{}}}", entries.join(comma))
            }
            Value::Decimal(number) if number.fract() == 0.0 => format!("{number:.1}"),
            other => other.plain().expect("a scalar"),
        }
    }

    fn key(&mut self, key: &str) -> String {
        let plain = key.chars().all(|letter| letter.is_ascii_lowercase())
            && !["null", "true", "false"].contains(&key);
        if plain {
            key.to_owned()
        } else {
            self.quoted(key)
        }
    }

    /// What follows a colon or a dash.
    fn after(&mut self, value: &Value, indent: usize, dash: bool) -> String {
        let margin = " ".repeat(indent);
        match value {
            Value::Null if self.choose(2) == 0 => format!("{}\n", self.comment()),
            Value::List(items) if !items.is_empty() && self.choose(3) > 0 => {
                let under_key = !dash && indent >= 2 && self.choose(2) == 0;
                let margin = if under_key {
                    " ".repeat(indent - 2)
                } else {
                    margin
                };
                let indent = margin.len();
                let mut out = if dash && self.choose(2) == 0 {
                    " ".to_owned()
                } else {
                    format!("{}\n", self.comment())
                };
                for (index, item) in items.iter().enumerate() {
                    if index > 0 || out.ends_with('\n') {
                        let lines = self.own_lines(&margin);
                        out.push_str(&lines);
                        out.push_str(&margin);
                    }
                    let item = self.after(item, indent + 2, true);
                    out.push_str(&format!("-{item}"));
                }
                out
            }
            Value::Map(entries) if !entries.is_empty() && self.choose(3) > 0 => {
                let mut out = if dash && self.choose(3) > 0 {
                    " ".to_owned()
                } else {
                    format!("{}\n", self.comment())
                };
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 || out.ends_with('\n') {
                        let lines = self.own_lines(&margin);
                        out.push_str(&lines);
                        out.push_str(&margin);
                    }
                    let key = self.key(key);
                    let value = self.after(value, indent + 2, false);
                    out.push_str(&format!("{key}:{value}"));
                }
                out
            }
            Value::Text(text) if block_fits(text) && self.choose(3) > 0 => {
                let comment = self.comment();
                let extra = "\n".repeat(usize::from(self.choose(2)));
                let lines: String = text
                    .split('\n')
                    .map(|line| {
                        if line.is_empty() {
                            "\n".to_owned()
                        } else {
                            format!("{margin}{line}\n")
                        }
                    })
                    .collect();
                format!(
                    " {}{comment}\n{lines}{extra}",
                    ["|", "|-"][usize::from(self.choose(2))]
                )
            }
            Value::Text(text) if fold_fits(text) && self.choose(3) > 0 => {
                let mut out = format!(" {}\n", [">", ">-"][usize::from(self.choose(2))]);
                for (index, word) in text.split(' ').enumerate() {
                    let first = index == 0 || self.choose(3) == 0;
                    out.push_str(&if first {
                        format!("{}{margin}{word}", if index == 0 { "" } else { "\n" })
                    } else {
                        format!(" {word}")
                    });
                }
                out + "\n"
            }
            other => {
                let inline = self.inline(other);
                format!(" {inline}{}\n", self.comment())
            }
        }
    }
}

fn block_fits(text: &str) -> bool {
    text.contains('\n')
        && !text.starts_with(['\n', ' ', '\t'])
        && !text.ends_with(['\n', ' '])
        && text.chars().all(|letter| {
            letter == '\n' || (!letter.is_control() && letter != '\u{FEFF}' && letter != '\u{2028}')
        })
        && text
            .lines()
            .all(|line| line.is_empty() || !line.trim().is_empty())
}

fn fold_fits(text: &str) -> bool {
    text.contains(' ')
        && !text.contains("  ")
        && text.trim() == text
        && text
            .chars()
            .all(|letter| letter.is_alphabetic() || letter == ' ')
}

fn card_text(entries: &[(String, Value)], choices: Vec<u8>) -> String {
    let mut writer = Writer { choices, next: 0 };
    let mut out = String::from("---\n");
    for (key, value) in entries {
        out.push_str(&writer.own_lines(""));
        out.push_str(&writer.key(key));
        out.push(':');
        out.push_str(&writer.after(value, 2, false));
    }
    out + "---\n\nLe corps.\n"
}

fn front() -> impl Strategy<Value = (Vec<(String, Value)>, Vec<u8>)> {
    (
        vec((key(), value()), 1..6).prop_map(distinct),
        vec(any::<u8>(), 64),
    )
}

/// The bytes of a key: from it to the end of its last line.
fn bytes_of<'a>(card: &'a Card, key: &str) -> &'a str {
    let span = card
        .root()
        .and_then(|root| root.entry(key))
        .expect("the key is there")
        .span();
    let end = card.text()[span.end..]
        .find('\n')
        .map_or(card.text().len(), |length| span.end + length);
    &card.text()[span.start..end]
}

/// More with `TERREAU_CASES`, before a release.
fn cases() -> u32 {
    std::env::var("TERREAU_CASES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(200)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_finds_what_was_written_and_writes_it_back((entries, choices) in front()) {
        let text = card_text(&entries, choices);
        let (card, problems) = Card::read(&text);
        prop_assert_eq!(&problems, &[], "{}", text);
        prop_assert_eq!(card.text(), &text);
        for (key, value) in &entries {
            prop_assert_eq!(card.value(key), Some(value), "{} in {}", key, text);
            let same = card.with(key, Some(value.clone()));
            prop_assert_eq!(same.text(), &text);
        }
    }

    #[test]
    fn a_change_changes_what_it_says_and_no_other_key((entries, choices) in front(), which in any::<usize>(), new in prop::option::of(value()), fresh in key()) {
        let text = card_text(&entries, choices);
        let (card, _) = Card::read(&text);
        let changed_key = if which % 4 == 0 { &fresh } else { &entries[which % entries.len()].0 };
        let changed = card.with(changed_key, new.clone());
        prop_assert_eq!(changed.value(changed_key), new.as_ref(), "{}\n→\n{}", text, changed.text());
        prop_assert_eq!(changed.body(), card.body());
        let (_, problems) = Card::read(changed.text());
        prop_assert_eq!(&problems, &[], "{}\n→\n{}", text, changed.text());
        for (key, value) in entries.iter().filter(|(key, _)| key != changed_key) {
            prop_assert_eq!(changed.value(key), Some(value));
            prop_assert_eq!(bytes_of(&changed, key), bytes_of(&card, key), "{}\n→\n{}", text, changed.text());
        }
    }

    #[test]
    fn a_change_inside_a_list_keeps_the_lines_of_the_other_items(items in vec(value(), 1..5), choices in vec(any::<u8>(), 64), which in any::<usize>(), new in prop::option::of(value())) {
        let entries = vec![("items".to_owned(), Value::List(items.clone())), ("title".to_owned(), Value::from("T"))];
        let text = card_text(&entries, choices);
        let (card, problems) = Card::read(&text);
        prop_assert_eq!(&problems, &[], "{}", text);
        let mut wanted = items;
        match (new, which % wanted.len()) {
            (Some(new), place) if which % 2 == 0 => wanted[place] = new,
            (Some(new), place) => wanted.insert(place, new),
            (None, place) => drop(wanted.remove(place)),
        }
        let changed = card.with("items", Some(Value::List(wanted.clone())));
        prop_assert_eq!(changed.value("items"), Some(&Value::List(wanted)), "{}\n→\n{}", text, changed.text());
    }

    #[test]
    fn nothing_makes_reading_panic(source in "(---\n)?([a-z]+:|[ \n\t]|[-?:,\\[\\]{}#&*!|>'\"%@`~<]|[a-zé\r\u{0}\u{85}]){0,60}(\n---\n)?.{0,10}") {
        let (card, _) = Card::read(&source);
        prop_assert_eq!(card.text(), &source);
        let changed = card.with("title", Some(Value::from("Un titre")));
        if !source.contains('\0') {
            prop_assert_eq!(changed.title(), "Un titre");
        }
        let _ = changed.with("title", None).with_body("x");
    }
}
