//! What is said of proposals, in words: ages, people, needs, what they do. Pure.

use chrono::{DateTime, Utc};
use terreau_commons::{CONFIG_FILE, KindOfChange, Person, ProposalFile, format_of_media};
use terreau_community::{CreditName, Need, OrganisationName, Stale, Standing};

use crate::Words;
use crate::dates::Moment;

/// How long ago something was, and when exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// As machines read it.
    pub machine: String,
    /// The day and the time.
    pub exact: String,
    /// « il y a trois jours ».
    pub said: String,
}

impl Age {
    /// Says how long before `now` something was.
    pub fn of(at: DateTime<Utc>, now: DateTime<Utc>, words: Words) -> Age {
        let moment = Moment::with_time(at, words.language);
        Age {
            machine: moment.machine,
            exact: moment.said,
            said: ago((now - at).num_minutes(), words),
        }
    }
}

/// Says a number of minutes as people do: the largest unit of which there are two, or one day.
fn ago(minutes: i64, words: Words) -> String {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    match minutes {
        ..1 => words.say("proposals-age-now"),
        1..HOUR => words.tell("proposals-age-minutes", "count", minutes),
        HOUR..DAY => words.tell("proposals-age-hours", "count", minutes / HOUR),
        _ => match minutes / DAY {
            days @ ..14 => words.tell("proposals-age-days", "count", days),
            days @ ..61 => words.tell("proposals-age-weeks", "count", days / 7),
            days @ ..730 => words.tell("proposals-age-months", "count", days / 30),
            days => words.tell("proposals-age-years", "count", days / 365),
        },
    }
}

/// Says what a proposal is about: a card by its title, the settings and what comes with cards by what people call them.
pub fn title(title: &str, words: Words) -> String {
    if title == CONFIG_FILE {
        return words.say("rules-title");
    }
    if format_of_media(title).is_some() {
        return words.say("media-proposed-title");
    }
    title.to_owned()
}

/// Says who somebody is: « Nadia B. (Commune de Liré) ».
pub fn credited(name: Option<&str>, organisation: Option<&str>, words: Words) -> String {
    let name = name.map_or_else(|| words.say("proposals-someone-gone"), str::to_owned);
    match organisation {
        Some(organisation) => format!("{name} ({organisation})"),
        None => name,
    }
}

/// Says who somebody is now.
pub fn person(person: &Person, words: Words) -> String {
    let organisation = person.organisation.as_ref().map(OrganisationName::as_str);
    credited(
        person.name.as_ref().map(CreditName::as_str),
        organisation,
        words,
    )
}

/// Joins names: « Ana, Bo et Cy ».
pub fn listed(names: &[String], words: Words) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => {
            words.tell_two("proposals-and", "first", first.join(", "), "last", last)
        }
    }
}

/// Says what a proposal does: « nouvelle fiche », « 2 modifications, changement d’adresse ».
pub fn does(files: &[ProposalFile], words: Words) -> String {
    let (joined, files): (Vec<_>, Vec<_>) = files.iter().partition(|file| is_joined(file));
    let count = |change: KindOfChange| files.iter().filter(|file| file.change == change).count();
    let mut said: Vec<String> = [
        KindOfChange::Created,
        KindOfChange::Changed,
        KindOfChange::Renamed,
        KindOfChange::Archived,
        KindOfChange::Restored,
    ]
    .into_iter()
    .map(|change| (change, count(change)))
    .filter(|(_, count)| *count > 0)
    .map(|(change, count)| words.tell(&format!("proposals-does-{change}"), "count", count))
    .collect();
    if !joined.is_empty() {
        said.push(words.tell("media-joined", "count", joined.len()));
    }
    said.join(", ")
}

/// Tells whether a file comes with a card, and is none.
fn is_joined(file: &ProposalFile) -> bool {
    format_of_media(&file.path).is_some()
}

/// Says how many other cards a proposal touches beside the one that names it.
pub fn others(files: &[ProposalFile], words: Words) -> Option<String> {
    let cards = files.iter().filter(|file| !is_joined(file)).count();
    let others = cards.saturating_sub(1);
    (others > 0).then(|| words.tell("proposals-others", "count", others))
}

/// Says in a few words what a rule has of what it asks: « 1 accord sur 2, il en faut de 2 organisations ».
pub fn need_line(need: &Need, words: Words) -> String {
    let approvals = words.tell_two(
        "proposals-need-approvals",
        "has",
        need.has_approvals.min(need.approvals),
        "asked",
        need.approvals,
    );
    if need.organisations < 2 {
        return approvals;
    }
    let key = if need.has_organisations >= need.organisations {
        "proposals-need-from"
    } else {
        "proposals-need-from-asked"
    };
    format!(
        "{approvals}, {}",
        words.tell(key, "count", need.organisations)
    )
}

/// Says what a rule still waits for, in one sentence.
pub fn missing(need: &Need, words: Words) -> String {
    let approvals = need.approvals.saturating_sub(need.has_approvals);
    let organisations = need.organisations.saturating_sub(need.has_organisations);
    match (approvals, organisations) {
        (0, 0) => words.say("proposals-need-met"),
        (0, organisations) => words.tell("proposals-need-other", "count", organisations),
        (approvals, 0) => words.tell("proposals-need-more", "count", approvals),
        (approvals, organisations) if need.has_organisations == 0 => {
            if organisations == 1 {
                words.tell("proposals-need-more", "count", approvals)
            } else {
                words.tell_two(
                    "proposals-need-more-among",
                    "count",
                    approvals,
                    "organisations",
                    organisations,
                )
            }
        }
        (approvals, organisations) => words.tell_two(
            "proposals-need-more-other",
            "count",
            approvals,
            "organisations",
            organisations,
        ),
    }
}

/// Says where the reviews stand, in a list: what the first rule that still waits has.
pub fn standing_line(standing: &Standing, words: Words) -> String {
    if !standing.ungoverned.is_empty() || standing.needs.is_empty() {
        return words.say("proposals-standing-ungoverned");
    }
    match standing.needs.iter().find(|need| !need.is_met()) {
        Some(need) => need_line(need, words),
        None => words.say("proposals-standing-enough"),
    }
}

/// Returns the key of why a review does not count.
pub fn stale_key(reason: Stale) -> &'static str {
    match reason {
        Stale::NewRevision => "proposals-stale-revision",
        Stale::OtherBase => "proposals-stale-base",
        Stale::RulesChanged => "proposals-stale-rules",
        Stale::Suspended => "proposals-stale-suspended",
        Stale::RoleLost => "proposals-stale-role",
        Stale::WroteIt => "proposals-stale-author",
        Stale::Replaced => "proposals-stale-replaced",
    }
}

/// Returns the beginning of a text, whole words, for a line that stands for it.
pub fn beginning(text: &str, characters: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= characters {
        return line;
    }
    let cut: String = line.chars().take(characters).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.']))
}
