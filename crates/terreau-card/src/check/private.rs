//! What looks like personal data. Only warnings: a machine can't know who has agreed.

use std::ops::Range;

use super::Told;
use crate::{Rule, problem::PrivateThing};

/// At most so many are told.
const MOST: usize = 10;

/// Keys whose values are codes, not text about people.
const CODES: &[&str] = &[
    "id",
    "translation_of",
    "commit",
    "insee",
    "code",
    "url",
    "website",
    "audio",
];

pub(super) fn check(told: &mut Told<'_>) {
    let text = told.card.text();
    let front_end = told.card.front_range().map_or(0, |range| range.end);
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let is_code = start < front_end && CODES.contains(&key_of(line));
        if !is_code {
            found.extend(
                private_in(line)
                    .into_iter()
                    .map(|(place, thing)| (start + place.start, thing)),
            );
        }
        start += line.len();
    }
    for (place, thing) in found.into_iter().take(MOST) {
        told.tell(place, Rule::Private { thing });
    }
}

fn key_of(line: &str) -> &str {
    line.trim_start_matches([' ', '-'])
        .split(':')
        .next()
        .unwrap_or_default()
        .trim()
}

/// Finds what looks private in a text of whatever kind, with its place; at most ten things.
pub fn private_things(text: &str) -> Vec<(Range<usize>, PrivateThing)> {
    let mut start = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let things = private_in(line).into_iter();
        found.extend(things.map(|(place, thing)| (start + place.start..start + place.end, thing)));
        start += line.len();
    }
    found.truncate(MOST);
    found
}

/// Finds what looks private in a line.
pub(super) fn private_in(line: &str) -> Vec<(Range<usize>, PrivateThing)> {
    let mut found = Vec::new();
    let line = &without_web_addresses(line);
    found.extend(
        telephones(line)
            .into_iter()
            .map(|place| (place, PrivateThing::Telephone)),
    );
    found.extend(
        mailboxes(line)
            .into_iter()
            .map(|place| (place, PrivateThing::Email)),
    );
    found.extend(
        streets(line)
            .into_iter()
            .map(|place| (place, PrivateThing::Address)),
    );
    found.sort_by_key(|(place, _)| place.start);
    found
}

/// The line with blanks where addresses of the web stand, byte for byte: their digits are nobody's number.
fn without_web_addresses(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(place) = rest.find("://") {
        let start = rest[..place]
            .trim_end_matches(|letter: char| letter.is_ascii_alphabetic())
            .len();
        let end = rest[place..]
            .find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | ')' | '"'))
            .map_or(rest.len(), |length| place + length);
        out.push_str(&rest[..start]);
        out.push_str(&" ".repeat(end - start));
        rest = &rest[end..];
    }
    out + rest
}

/// French numbers of ten digits by pairs, in one piece, or after +33; other numbers after + and a country code.
/// Numbers in 08 belong to services, not to people.
fn telephones(line: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, letter) in line.char_indices() {
        let begins = matches!(letter, '0' | '+');
        let before = line[..start].chars().next_back();
        let mut back = line[..start].chars().rev();
        let in_a_row = back.next().is_some_and(char::is_whitespace)
            && back.next().is_some_and(|before| before.is_ascii_digit());
        let free = !in_a_row
            && !before.is_some_and(|before| {
                before.is_alphanumeric() || matches!(before, '+' | ',' | '.' | '-' | '_' | '/')
            });
        let new = found.last().is_none_or(|last| last.end <= start);
        if !(begins && free && new) {
            continue;
        }
        if let Some(length) = telephone(&line[start..]) {
            found.push(start..start + length);
        }
    }
    found
}

fn telephone(text: &str) -> Option<usize> {
    let mut digits = String::new();
    let mut end = 0;
    let mut groups = vec![0_usize];
    let mut separators: Vec<char> = Vec::new();
    let mut letters = text.char_indices().peekable();
    if text.starts_with('+') {
        letters.next();
    }
    while let Some((place, letter)) = letters.next() {
        if letter.is_ascii_digit() {
            if digits.len() > 15 {
                return None;
            }
            digits.push(letter);
            *groups.last_mut()? += 1;
            end = place + 1;
        } else if matches!(letter, ' ' | '\u{A0}' | '\u{202F}' | '.' | '-')
            && letters
                .peek()
                .is_some_and(|(_, next)| next.is_ascii_digit())
        {
            separators.push(letter);
            groups.push(0);
        } else if text.starts_with("+33") && matches!(letter, '(' | ')' | ' ') {
            // +33 (0)6 …
        } else {
            break;
        }
    }
    if text[end..]
        .starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '%' | '€'))
    {
        return None;
    }
    let one_way = separators.windows(2).all(|pair| pair[0] == pair[1]);
    if text.starts_with('+') {
        let national = digits
            .strip_prefix("33")
            .map(|rest| rest.strip_prefix('0').unwrap_or(rest));
        return match national {
            Some(rest) => (rest.len() == 9 && !rest.starts_with(['0', '8'])).then_some(end),
            None => ((9..=15).contains(&digits.len()) && groups.len() > 1).then_some(end),
        };
    }
    let by_pairs = groups.iter().all(|group| *group == 2);
    let shaped = groups.len() == 1 || (by_pairs && one_way);
    let person = digits.len() == 10
        && digits.starts_with('0')
        && !digits.starts_with("00")
        && !digits.starts_with("08");
    (shaped && person).then_some(end)
}

/// Names before the @ that stand for a service.
const SERVICES: &[&str] = &[
    "accueil",
    "admin",
    "adherer",
    "asso",
    "association",
    "bienvenue",
    "bonjour",
    "bureau",
    "commune",
    "communication",
    "contact",
    "coordination",
    "dpo",
    "equipe",
    "hello",
    "info",
    "infos",
    "journal",
    "lettre",
    "mairie",
    "newsletter",
    "noreply",
    "no-reply",
    "presse",
    "rgpd",
    "secretariat",
    "security",
    "service",
    "support",
    "webmaster",
];

fn mailboxes(line: &str) -> Vec<Range<usize>> {
    let is_part =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_' | '+');
    let mut found = Vec::new();
    for (at, _) in line.match_indices('@') {
        let start = line[..at]
            .rfind(|letter: char| !is_part(letter))
            .map_or(0, |before| {
                before + line[before..].chars().next().map_or(1, char::len_utf8)
            });
        let end = line[at + 1..]
            .find(|letter: char| !is_part(letter))
            .map_or(line.len(), |length| at + 1 + length);
        let (name, host) = (&line[start..at], line[at + 1..end].trim_end_matches('.'));
        let real_host = host.rsplit_once('.').is_some_and(|(host, top)| {
            !host.is_empty() && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        });
        let example = host.starts_with("example.")
            || host.starts_with("exemple.")
            || host.ends_with(".example");
        let lower = name.to_ascii_lowercase();
        let first = lower.split(['.', '-', '_', '+']).next().unwrap_or_default();
        let service = SERVICES.contains(&first) || SERVICES.contains(&lower.as_str());
        let handle = line[..start].ends_with(['@', '/']);
        if !name.is_empty() && !handle && real_host && !example && !service {
            found.push(start..at + 1 + host.len());
        }
    }
    found
}

/// Kinds of street, as written after a number.
const STREETS: &[&str] = &[
    "rue",
    "avenue",
    "av.",
    "boulevard",
    "bd",
    "bd.",
    "chemin",
    "impasse",
    "allée",
    "allee",
    "route",
    "place",
    "quai",
    "lotissement",
    "hameau",
    "lieu-dit",
    "square",
    "sentier",
    "ruelle",
    "passage",
    "faubourg",
    "venelle",
    "résidence",
    "residence",
];
/// Words between the kind of street and its name.
const LINKS: &[&str] = &[
    "de", "du", "des", "la", "le", "les", "à", "au", "aux", "sur",
];

/// A number, a kind of street, and a name with a capital: « 12 bis, rue des Lilas ».
fn streets(line: &str) -> Vec<Range<usize>> {
    let words: Vec<(usize, &str)> = words(line);
    let mut found = Vec::new();
    for index in 0..words.len() {
        let (start, number) = words[index];
        let digits = number.trim_end_matches(',');
        let digits = ["bis", "ter", "quater"]
            .iter()
            .find_map(|more| digits.strip_suffix(more))
            .unwrap_or(digits);
        let is_number =
            (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        if !is_number || is_year {
            continue;
        }
        let mut next = index + 1;
        let word = |index: usize| words.get(index).map(|(_, word)| *word);
        if word(next)
            .is_some_and(|word| matches!(word.trim_end_matches(','), "bis" | "ter" | "quater"))
        {
            next += 1;
        }
        if !word(next).is_some_and(|word| STREETS.contains(&word.to_lowercase().as_str())) {
            continue;
        }
        next += 1;
        while word(next).is_some_and(|word| LINKS.contains(&word.to_lowercase().as_str())) {
            next += 1;
        }
        let Some((place, name)) = words.get(next) else {
            continue;
        };
        let bare = ["l’", "l'", "d’", "d'", "L’", "L'"]
            .iter()
            .find_map(|article| name.strip_prefix(article))
            .unwrap_or(name);
        if bare.starts_with(char::is_uppercase) {
            found.push(start..place + name.len());
        }
    }
    found
}

fn words(line: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (place, letter) in line.char_indices().chain([(line.len(), ' ')]) {
        match (
            letter.is_whitespace() || matches!(letter, '«' | '(' | '"' | ';' | '|'),
            start,
        ) {
            (true, Some(from)) => {
                words.push((from, &line[from..place]));
                start = None;
            }
            (false, None) => start = Some(place),
            _ => {}
        }
    }
    words
}
