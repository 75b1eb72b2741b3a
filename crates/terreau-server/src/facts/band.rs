//! The band under the title: the six or seven facts that decide whether to read on.

use terreau_card::{Kind, Value};

use super::{Fact, Piece, Telling, say};
use crate::dates::say_written;

/// Returns the facts of the band of a card, in the order of its kind.
pub fn band(kind: Kind, telling: &Telling<'_>) -> Vec<Fact> {
    let facts = match kind {
        Kind::Method | Kind::Tool => vec![
            telling.durations("duration"),
            telling.durations("preparation"),
            telling.people("participants"),
            telling.people("facilitators"),
            telling.cost(),
            telling.difficulty(),
        ],
        Kind::Survey => vec![
            telling.fact("mode", telling.labels("mode", "modes")),
            telling.durations("interview_duration"),
            telling.people("interviewers"),
            telling.durations("duration"),
            telling.durations("preparation"),
            telling.cost(),
            telling.difficulty(),
        ],
        Kind::Action => vec![
            telling.fact("competence", telling.labels("competence", "competences")),
            telling.cost(),
            telling.fact(
                "effect_delay",
                telling.labels("effect_delay", "effect_delays"),
            ),
            telling.difficulty(),
            telling.population_range(),
            telling.text_fact("lead", telling.value("lead").and_then(Value::plain)),
        ],
        Kind::Experience => vec![
            telling.fact("territories", telling.places("territories")),
            telling.period(),
            telling.state(),
            telling.took_part(),
            telling.durations("duration"),
            telling.spent(),
            telling.staff(),
        ],
        Kind::Pathway => vec![
            telling.pathway_steps(),
            telling.pathway_time(),
            telling.fact("audiences", telling.labels("audiences", "audiences")),
            telling.population_range(),
        ],
        Kind::Territory => vec![
            telling.fact("nature", telling.labels("nature", "natures")),
            telling.population(),
            telling.text_fact("code", telling.value("code").and_then(Value::plain)),
            telling.fact("part_of", telling.places("part_of")),
        ],
        Kind::Organisation => vec![
            telling.text_fact(
                "short_name",
                telling.value("short_name").and_then(Value::plain),
            ),
            telling.fact("form", telling.labels("form", "forms")),
            telling.fact("roles", telling.labels("roles", "roles")),
            telling.fact("territories", telling.places("territories")),
            telling.website(),
        ],
        Kind::Exhibition => vec![telling.panel_count()],
        Kind::Episode => vec![
            telling.text_fact(
                "duration",
                telling
                    .value("duration")
                    .and_then(Value::as_text)
                    .map(|text| say::duration(text, telling.words)),
            ),
            telling.text_fact(
                "date",
                telling
                    .value("date")
                    .and_then(Value::plain)
                    .map(|day| telling.date(&day)),
            ),
            telling.fact("guests", telling.texts("guests", "name")),
        ],
        Kind::Page => Vec::new(),
    };
    facts.into_iter().flatten().collect()
}

impl Telling<'_> {
    pub(super) fn durations(&self, key: &str) -> Option<Fact> {
        let (min, max) = say::duration_range(self.value(key)?);
        self.text_fact(key, say::durations(min, max, self.words))
    }

    pub(super) fn people(&self, key: &str) -> Option<Fact> {
        let (min, max) = say::count_range(self.value(key)?);
        self.text_fact(key, say::people(min, max, self.words))
    }

    pub(super) fn population_range(&self) -> Option<Fact> {
        let (min, max) = say::count_range(self.value("population")?);
        let said = say::inhabitants(min, max, self.words);
        self.text_fact("population_range", said)
    }

    pub(super) fn difficulty(&self) -> Option<Fact> {
        self.fact("difficulty", self.labels("difficulty", "difficulties"))
    }

    fn cost(&self) -> Option<Fact> {
        let value = self.value("cost_eur")?;
        let (min, max) = say::amount_range(value);
        let note = value.get("note").and_then(Value::plain);
        let Some(said) = say::cost(min, max, self.words) else {
            return self.text_fact("cost_eur", note);
        };
        let mut fact = self.text_fact("cost_eur", Some(said))?;
        fact.note = note;
        Some(fact)
    }

    fn date(&self, written: &str) -> String {
        say_written(written, self.words.language)
    }

    fn period(&self) -> Option<Fact> {
        let day = |key| {
            self.value(key)
                .and_then(Value::plain)
                .map(|written| self.date(&written))
        };
        let said = match (day("start"), day("end")) {
            (Some(start), Some(end)) if start == end => start,
            (Some(start), Some(end)) => {
                self.words
                    .tell_two("facts-period", "start", &start, "end", &end)
            }
            (Some(start), None) => self.words.tell("facts-since", "start", &start),
            (None, Some(end)) => self.words.tell("facts-until", "end", &end),
            (None, None) => return None,
        };
        self.text_fact("period", Some(said))
    }

    fn state(&self) -> Option<Fact> {
        let state = self.value("state")?.plain()?;
        self.text_fact(
            "state",
            Some(self.words.say(&format!("facts-state-{state}"))),
        )
    }

    fn took_part(&self) -> Option<Fact> {
        let value = self.value("participants")?;
        let count = value.get("count").and_then(Value::as_integer);
        let is_estimate = value.get("exact").and_then(Value::as_bool) == Some(false);
        let said = count
            .and_then(|count| say::people(Some(count), Some(count), self.words))
            .map(|said| {
                if is_estimate {
                    self.words.tell("facts-about", "value", &said)
                } else {
                    said
                }
            });
        self.text_fact("participants", said)
    }

    fn spent(&self) -> Option<Fact> {
        let value = self.value("cost")?;
        let amount = say::euros(value.get("amount_eur")?.as_decimal()?, self.words.language);
        let said = match value.get("per").and_then(Value::as_text) {
            Some("year") => self.words.tell("facts-per-year", "amount", &amount),
            Some("month") => self.words.tell("facts-per-month", "amount", &amount),
            _ => amount,
        };
        let mut fact = self.text_fact("cost", Some(said))?;
        fact.note = value.get("includes").and_then(Value::plain);
        Some(fact)
    }

    /// Full-time equivalents, heads and days are different things: each is said with its name.
    fn staff(&self) -> Option<Fact> {
        let value = self.value("staff")?;
        let language = self.words.language;
        let mut pieces = Vec::new();
        if let Some(people) = value.get("people").and_then(Value::as_integer) {
            pieces.extend(say::people(Some(people), Some(people), self.words).map(Piece::plain));
        }
        if let Some(fte) = value.get("fte").and_then(Value::as_decimal) {
            pieces.push(Piece::plain(self.words.tell(
                "facts-fte",
                "said",
                say::number(fte, language),
            )));
        }
        if let Some(days) = value.get("days").and_then(Value::as_decimal) {
            pieces.extend(say::person_days(Some(days), Some(days), self.words).map(Piece::plain));
        }
        self.fact("staff", pieces)
    }

    fn pathway_steps(&self) -> Option<Fact> {
        let steps = self.value("steps")?.as_list()?.len();
        self.text_fact(
            "steps",
            Some(self.words.tell("facts-steps", "count", steps)),
        )
    }

    /// The time of all steps together, when each says its own.
    fn pathway_time(&self) -> Option<Fact> {
        let (mut shortest, mut longest) = (0, 0);
        for step in self.value("steps")?.as_list()? {
            let (min, max) = say::duration_range(step.get("duration")?);
            shortest += say::working_minutes(min.or(max)?)?;
            longest += say::working_minutes(max.or(min)?)?;
        }
        let (shortest, longest) = (rounded(shortest), rounded(longest));
        self.text_fact(
            "total_time",
            say::durations(Some(&shortest), Some(&longest), self.words),
        )
    }

    fn population(&self) -> Option<Fact> {
        let value = self.value("population")?.as_integer()?;
        let mut fact = self.text_fact(
            "population",
            Some(say::inhabitants_count(value, self.words)),
        )?;
        fact.note = self
            .value("population_year")
            .and_then(Value::plain)
            .map(|year| self.words.tell("facts-in-year", "year", &year));
        Some(fact)
    }

    fn website(&self) -> Option<Fact> {
        let address = self.value("website")?.as_text()?;
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let shown = address
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/');
        self.fact(
            "website",
            vec![if is_web {
                Piece::link(shown, address)
            } else {
                Piece::plain(shown)
            }],
        )
    }

    fn panel_count(&self) -> Option<Fact> {
        let panels = self.value("panels")?.as_list()?.len();
        self.text_fact(
            "panels",
            Some(self.words.tell("facts-panels", "count", panels)),
        )
    }
}

/// Rounds minutes of work to the duration that people say: days from a day on, then weeks, then months.
fn rounded(minutes: u64) -> String {
    const DAY: u64 = 7 * 60;
    match minutes {
        0..DAY => format!("PT{minutes}M"),
        _ => match minutes.div_ceil(DAY) {
            days @ 0..=5 => format!("P{days}D"),
            days @ 6..=30 => format!("P{}W", days.div_ceil(5)),
            days => format!("P{}M", days.div_ceil(21)),
        },
    }
}
