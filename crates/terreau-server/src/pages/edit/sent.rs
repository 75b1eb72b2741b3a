//! What came back from a form: the typed inputs, the card that they make, and what is still missing to publish it.

use chrono::Utc;
use terreau_card::{Card, CardPath, CommonsConfig, Problem, slug_of};
use terreau_commons::{CardChange, CardEdit, ProposalError, PublishError, Saved, Suggestion};

use super::inputs::Inputs;
use super::page::{Consent, FormParts, NewPlace, ProblemLine, Said};
use super::typed::Mistyped;
use super::{Desk, fields, problems};
use crate::api::said as one_line;
use crate::{Reader, Site, Words, url};

/// A form that came back.
#[derive(Clone)]
pub struct Sent {
    /// What its inputs hold.
    pub typed: Inputs,
    /// The card that they make.
    pub card: Card,
    /// Whether the whole file was typed.
    pub is_source: bool,
    /// Whether it came from a browser, or is a fresh form.
    pub was_sent: bool,
    /// The key of what is wrong with the place of a new card.
    pub place_problem: Option<&'static str>,
    /// The key of what kept it from being sent, if anything did.
    pub blame: Option<&'static str>,
    mistyped: Vec<Mistyped>,
}

impl Sent {
    /// A fresh form.
    pub fn nothing(desk: &Desk, is_source: bool) -> Sent {
        Sent {
            typed: desk.work.shown.clone(),
            card: desk.work.card.clone(),
            is_source,
            was_sent: false,
            place_problem: None,
            blame: None,
            mistyped: Vec::new(),
        }
    }

    /// Reads what came back.
    pub fn of(typed: Inputs, desk: &Desk, base_url: &str) -> Sent {
        let is_source = typed.has("source");
        let (card, mistyped) = if is_source {
            let mut text = typed.one("source").to_owned();
            // Browsers keep the text; only its last line end is uncertain.
            if !text.ends_with('\n') {
                text.push('\n');
            }
            (Card::read(&text).0, Vec::new())
        } else {
            let composed = desk.work.compose(&typed, desk.snapshot.config(), base_url);
            (composed.card, composed.mistyped)
        };
        Sent {
            typed,
            card,
            is_source,
            was_sent: true,
            place_problem: None,
            blame: None,
            mistyped,
        }
    }

    /// Returns which button was pressed.
    pub fn button(&self) -> &str {
        if self.was_sent {
            self.typed.one("geste")
        } else {
            ""
        }
    }

    /// Returns what the editor says of the change, as typed.
    pub fn message(&self) -> String {
        self.typed.one("motif").to_owned()
    }

    /// Tells whether something must be mended before trying to publish.
    pub fn wants_care(&self, words: Words) -> bool {
        !self.mistyped.is_empty()
            || self.place_problem.is_some()
            || said_of_change(self.typed.one("motif"), words).is_err()
            || self.typed.one("accord") != "oui"
    }

    /// Publishes the card.
    pub async fn publish(
        &self,
        site: &Site,
        reader: &Reader,
        desk: &Desk,
    ) -> Result<Saved, PublishError> {
        let message = one_line(self.typed.one("motif")).unwrap_or_default();
        let request_key = self.request_key();
        let edit = CardEdit {
            path: desk.path.clone(),
            text: self.card.text().to_owned(),
            base: desk.base,
            message,
            request_key,
        };
        site.commons.publish(&reader.actor, edit, Utc::now()).await
    }

    /// Proposes the card, or what becomes of it in the proposal that is revised; returns the proposal's number.
    pub async fn propose(
        &self,
        site: &Site,
        reader: &Reader,
        desk: &Desk,
    ) -> Result<u64, ProposalError> {
        let change = CardChange::Write {
            path: desk.path.clone(),
            text: self.card.text().to_owned(),
            base: desk.base,
        };
        let suggestion = Suggestion {
            changes: vec![change],
            reason: one_line(self.typed.one("motif")).unwrap_or_default(),
            request_key: self.request_key(),
        };
        let (actor, now) = (&reader.actor, Utc::now());
        let Some(revised) = desk.revised else {
            return site.commons.propose(actor, suggestion, now).await;
        };
        site.commons
            .revise(actor, revised.number, revised.revision, suggestion, now)
            .await?;
        Ok(revised.number)
    }

    /// Tells whether the form asks to be taken, and not only looked at.
    pub fn is_final(&self) -> bool {
        matches!(self.button(), "publier" | "proposer" | "suggerer")
    }

    fn request_key(&self) -> Option<String> {
        Some(self.typed.one("cle"))
            .filter(|key| (8..=64).contains(&key.len()))
            .map(str::to_owned)
    }

    /// Returns where the form is sent.
    pub fn action(&self, desk: &Desk) -> String {
        let address = match &desk.head {
            _ if desk.revised.is_some() => self.revision_address(desk),
            Some(head) => url::edit(&head.path),
            None => format!("/nouvelle-fiche?genre={}", desk.work.kind.as_str()),
        };
        if self.is_source && (desk.head.is_some() || desk.revised.is_some()) {
            format!("{address}?vue=source")
        } else {
            address
        }
    }

    fn revision_address(&self, desk: &Desk) -> String {
        let number = desk.revised.map_or(0, |revised| revised.number);
        url::revise(number, &desk.path)
    }

    /// Returns the address of the other view.
    pub fn other_view(&self, desk: &Desk) -> Option<String> {
        let address = match desk.revised {
            Some(_) => self.revision_address(desk),
            None => url::edit(&desk.head.as_ref()?.path),
        };
        Some(if self.is_source {
            address
        } else {
            format!("{address}?vue=source")
        })
    }

    /// Returns what the form carries and nobody types.
    pub fn hidden(&self, desk: &Desk) -> Vec<(&'static str, String)> {
        let key = match self.typed.one("cle") {
            "" => uuid::Uuid::new_v4().to_string(),
            // What was refused may be changed and sent again: that is another request.
            _ if self.is_final() => uuid::Uuid::new_v4().to_string(),
            key => key.to_owned(),
        };
        let mut hidden = vec![("cle", key)];
        match &desk.base {
            _ if desk.revised.is_some() => hidden.extend(
                desk.revised
                    .map(|revised| ("revision", revised.revision.to_string())),
            ),
            Some(base) => hidden.push(("base", base.to_string())),
            None => hidden.push((
                "id",
                desk.work
                    .card
                    .id()
                    .map(|id| id.to_string())
                    .unwrap_or_default(),
            )),
        }
        hidden
    }

    /// Returns the whole file, as typed or as it is.
    pub fn source(&self, desk: &Desk) -> String {
        if self.was_sent {
            self.typed.one("source").to_owned()
        } else {
            desk.work.card.text().to_owned()
        }
    }

    /// Returns where a new card will be.
    pub fn place(&self, desk: &Desk, words: Words) -> Option<NewPlace> {
        if desk.head.is_some() || desk.revised.is_some() {
            return None;
        }
        Some(NewPlace {
            folder: desk.snapshot.config().kind(desk.work.kind).folder.clone(),
            slug: self.typed.one("adresse").to_owned(),
            problem: self.place_problem.map(|key| words.say(key)),
        })
    }

    /// Returns what the editor says of the change, with what is wrong with it when it was asked for.
    pub fn said(&self, words: Words, asks: bool) -> Said {
        let text = self.message();
        let problem = said_of_change(&text, words).err().filter(|_| asks);
        Said { text, problem }
    }

    /// Returns what is wrong, by name of input.
    pub fn wrong(
        &self,
        placed: &[(Option<String>, &Problem)],
        words: Words,
    ) -> Vec<(String, String)> {
        let mistyped = self
            .mistyped
            .iter()
            .map(|wrong| (wrong.name.clone(), words.say(wrong.words)));
        let told = placed
            .iter()
            .filter(|(_, problem)| problem.is_error())
            .filter_map(|(name, problem)| Some((name.clone()?, problems::said(problem, words).0)));
        mistyped.chain(told).collect()
    }

    /// Returns what must be mended and what could be better, each with the way to it.
    pub fn lines(
        &self,
        placed: &[(Option<String>, &Problem)],
        parts: &FormParts,
        words: Words,
        asks: bool,
    ) -> (Vec<ProblemLine>, Vec<ProblemLine>) {
        let way = |name: &Option<String>| {
            if self.is_source {
                Some("#source".to_owned())
            } else {
                Some(format!("#{}", parts.anchor(name.as_deref()?)?))
            }
        };
        let mut faults: Vec<ProblemLine> = Vec::new();
        let mut advice: Vec<ProblemLine> = Vec::new();
        for wrong in &self.mistyped {
            let href = Some(format!("#{}", fields::id_of(&wrong.name)));
            faults.push(ProblemLine {
                href,
                text: words.say(wrong.words),
                help: String::new(),
            });
        }
        for (name, problem) in placed {
            let (text, help) = if self.is_source {
                (
                    problem.message(words.language),
                    problem.help(words.language),
                )
            } else {
                problems::said(problem, words)
            };
            let text = if self.is_source {
                words.tell_two("edit-problem-line", "line", problem.line, "problem", text)
            } else {
                text
            };
            let line = ProblemLine {
                href: way(name),
                text,
                help,
            };
            if problem.is_error() {
                faults.push(line);
            } else {
                advice.push(line);
            }
        }
        if let Some(key) = self.blame {
            faults.push(ProblemLine {
                href: None,
                text: words.say(key),
                help: String::new(),
            });
        }
        if let Some(key) = self.place_problem {
            faults.push(ProblemLine {
                href: Some("#adresse".to_owned()),
                text: words.say(key),
                help: String::new(),
            });
        }
        if asks {
            if let Err(text) = said_of_change(self.typed.one("motif"), words) {
                faults.push(ProblemLine {
                    href: Some("#motif".to_owned()),
                    text,
                    help: String::new(),
                });
            }
            if self.typed.one("accord") != "oui" {
                let text = words.say("edit-consent-needed");
                faults.push(ProblemLine {
                    href: Some("#accord".to_owned()),
                    text,
                    help: String::new(),
                });
            }
        }
        (faults, advice)
    }
}

/// Reads what somebody says of a change, or says what is wrong with it.
pub fn said_of_change(typed: &str, words: Words) -> Result<String, String> {
    one_line(typed).ok_or_else(|| {
        words.say(if typed.trim().is_empty() {
            "edit-message-needed"
        } else {
            "edit-message-too-long"
        })
    })
}

/// Makes the part of a form that asks for consent to the licence.
pub fn consent(reader: &Reader, config: &CommonsConfig, is_given: bool, asks: bool) -> Consent {
    let known = terreau_card::licence::find(&config.default_licence);
    let name = reader.account().map(|account| match &account.organisation {
        Some(organisation) => format!("{} ({organisation})", account.credit_name),
        None => account.credit_name.to_string(),
    });
    Consent {
        is_given,
        problem: (asks && !is_given).then(|| reader.words().say("edit-consent-needed")),
        name: name.unwrap_or_default(),
        licence: known.map_or_else(
            || (config.default_licence.clone(), String::new()),
            |licence| (licence.name.to_owned(), licence.url.to_owned()),
        ),
    }
}

/// Returns the place of a new card: as typed, else from its title.
pub fn place_of(typed: &Inputs, folder: &str, title: &str) -> Result<CardPath, &'static str> {
    let slug = match typed.one("adresse").trim() {
        "" if title.trim().is_empty() => String::new(),
        "" => slug_of(title),
        typed => slug_of(typed),
    };
    if slug.is_empty() {
        return Err("new-card-needs-title");
    }
    CardPath::parse(&format!("{folder}/{slug}")).map_err(|_| "new-card-place-refused")
}
