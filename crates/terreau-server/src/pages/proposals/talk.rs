//! Threads of remarks, on the whole and beside a paragraph, ready to show.

use chrono::{DateTime, Utc};
use terreau_commons::{ProposalPage, RemarkRow, Thread};
use terreau_community::{AccountId, Act};

use super::forms::{Tried, What};
use super::said::{Age, beginning, person};
use crate::{Reader, Site, Words, url};

/// How much of a text stands for it where it is folded, in characters.
const BEGINNING: usize = 90;

/// What stands beside a paragraph: what was remarked on it, and where to remark.
pub struct Beside {
    /// The threads about it.
    pub threads: Vec<ThreadView>,
    /// The form that begins another.
    pub form: Option<RemarkForm>,
}

/// A remark and its answers.
pub struct ThreadView {
    /// Its anchor.
    pub anchor: String,
    /// The paragraph that it was about, when that is no longer there.
    pub quote: Option<String>,
    /// What was said, oldest first.
    pub remarks: Vec<RemarkView>,
    /// That it is settled, by whom and when.
    pub settled: Option<String>,
    /// What stands for it while it is folded.
    pub summary: String,
    /// The form that answers.
    pub answer: Option<RemarkForm>,
    /// The button that settles it or opens it again.
    pub settle: Option<SettleForm>,
}

/// One remark.
pub struct RemarkView {
    /// Its anchor.
    pub anchor: String,
    /// Who.
    pub author: String,
    /// When.
    pub when: Age,
    /// Which version they read, when it is not the present one.
    pub version: Option<String>,
    /// In their words.
    pub body: String,
}

/// A form that takes a remark.
pub struct RemarkForm {
    /// The `id` of its text.
    pub id: String,
    /// Where it is sent.
    pub action: String,
    /// What it carries and nobody types.
    pub hidden: Vec<(&'static str, String)>,
    /// The paragraph that it is about, in a few words.
    pub about: String,
    /// As typed.
    pub words: String,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// Whether it stands open.
    pub is_open: bool,
}

/// The button that settles a thread.
pub struct SettleForm {
    /// Where it is sent.
    pub action: String,
    /// What it says.
    pub label: String,
    /// `oui` settles, `non` opens again.
    pub value: &'static str,
}

/// What threads are told from.
pub struct Talk<'a> {
    /// The site, for the rules.
    pub site: &'a Site,
    /// Who reads.
    pub reader: &'a Reader,
    /// The proposal.
    pub page: &'a ProposalPage,
    /// Everyone who wrote a revision.
    pub authors: Vec<AccountId>,
    /// What was sent and not done.
    pub tried: Option<&'a Tried>,
    /// When.
    pub now: DateTime<Utc>,
}

impl Talk<'_> {
    /// Returns the threads about no paragraph that is still there: first those that go on, then those that are settled.
    pub fn on_the_whole(&self) -> (Vec<ThreadView>, Vec<ThreadView>) {
        let threads = self
            .page
            .threads
            .iter()
            .filter(|thread| thread.at.is_none());
        threads
            .map(|thread| self.thread(thread))
            .partition(|thread| thread.settled.is_none())
    }

    /// Returns what stands beside a paragraph, if anything does; one that changed can be remarked on.
    pub fn beside(
        &self,
        card: usize,
        block: usize,
        text: &str,
        is_changed: bool,
    ) -> Option<Beside> {
        let threads: Vec<ThreadView> = self
            .page
            .threads
            .iter()
            .filter(|thread| thread.at == Some((card, block)))
            .map(|thread| self.thread(thread))
            .collect();
        let file = &self.page.cards[card].file;
        let form = (self.page.allowed.remark && is_changed)
            .then(|| self.on_paragraph(card, block, file, text));
        (!threads.is_empty() || form.is_some()).then_some(Beside { threads, form })
    }

    /// Returns the form that begins a thread on the whole, with what was typed for a place that is no longer there.
    pub fn form(&self) -> Option<RemarkForm> {
        let tried = self.tried.filter(|tried| {
            tried.what == What::Remark && tried.thread.is_none() && !self.has_place_of(tried)
        });
        self.page
            .allowed
            .remark
            .then(|| self.remark_form("remarque".to_owned(), Vec::new(), String::new(), tried))
    }

    /// Tells whether what was tried was about a paragraph that can still be remarked on.
    fn has_place_of(&self, tried: &Tried) -> bool {
        tried.place.as_ref().is_some_and(|(file, block)| {
            tried.seen == self.page.row.head
                && self.page.cards.iter().any(|card| {
                    card.file == *file
                        && card
                            .prose
                            .as_ref()
                            .is_some_and(|prose| *block < prose.blocks.len())
                })
        })
    }

    fn on_paragraph(&self, card: usize, block: usize, file: &str, text: &str) -> RemarkForm {
        let tried = self.tried.filter(|tried| {
            tried.what == What::Remark
                && tried.thread.is_none()
                && tried.seen == self.page.row.head
                && tried
                    .place
                    .as_ref()
                    .is_some_and(|(its, at)| its == file && *at == block)
        });
        let hidden = vec![("fichier", file.to_owned()), ("passage", block.to_string())];
        let id = format!("remarque-{}-{}", card + 1, block + 1);
        self.remark_form(id, hidden, beginning(text, BEGINNING), tried)
    }

    fn remark_form(
        &self,
        id: String,
        mut hidden: Vec<(&'static str, String)>,
        about: String,
        tried: Option<&Tried>,
    ) -> RemarkForm {
        hidden.push(("tete", self.page.row.head.clone()));
        RemarkForm {
            id,
            action: format!("{}/remarques", url::proposal(self.page.row.number)),
            hidden,
            about,
            words: tried.map(|tried| tried.words.clone()).unwrap_or_default(),
            problem: tried.and_then(|tried| tried.problem.clone()),
            is_open: tried.is_some(),
        }
    }

    fn thread(&self, thread: &Thread) -> ThreadView {
        let words = self.reader.words();
        let id = thread.first.id;
        let remarks: Vec<RemarkView> = std::iter::once(&thread.first)
            .chain(&thread.answers)
            .map(|remark| self.remark(remark))
            .collect();
        let settled = thread.first.resolved_at.map(|at| {
            let age = Age::of(at, self.now, words).said;
            words.tell("proposals-thread-settled", "age", age)
        });
        let tried = self
            .tried
            .filter(|tried| tried.what == What::Remark && tried.thread == Some(id));
        let answer = self.page.allowed.remark.then(|| {
            let hidden = vec![("fil", id.to_string())];
            self.remark_form(format!("reponse-{id}"), hidden, String::new(), tried)
        });
        ThreadView {
            anchor: format!("fil-{id}"),
            quote: thread
                .first
                .place
                .as_ref()
                .filter(|_| thread.at.is_none())
                .map(|place| beginning(&place.excerpt, 3 * BEGINNING)),
            summary: summary(&remarks, words),
            settle: self
                .may_settle(thread)
                .then(|| settle_form(self.page.row.number, thread, words)),
            answer: answer.filter(|_| settled.is_none() || tried.is_some()),
            settled,
            remarks,
        }
    }

    fn may_settle(&self, thread: &Thread) -> bool {
        let act = Act::ResolveThread {
            author: thread.first.author.id,
            proposal_authors: &self.authors,
        };
        self.site.commons.may(&self.reader.actor, &act).is_yes()
    }

    fn remark(&self, remark: &RemarkRow) -> RemarkView {
        let words = self.reader.words();
        let is_present = remark.revision == self.page.row.revision;
        RemarkView {
            anchor: format!("remarque-{}", remark.id),
            author: person(&remark.author, words),
            when: Age::of(remark.at, self.now, words),
            version: (!is_present)
                .then(|| words.tell("proposals-on-version", "number", remark.revision)),
            body: remark.body.clone(),
        }
    }
}

fn settle_form(number: u64, thread: &Thread, words: Words) -> SettleForm {
    let is_settled = thread.first.resolved_at.is_some();
    SettleForm {
        action: format!(
            "{}/remarques/{}/regler",
            url::proposal(number),
            thread.first.id
        ),
        label: words.say(if is_settled {
            "proposals-thread-reopen"
        } else {
            "proposals-thread-settle"
        }),
        value: if is_settled { "non" } else { "oui" },
    }
}

/// Says what a folded thread is: its first words, and how many remarks it has.
fn summary(remarks: &[RemarkView], words: Words) -> String {
    let first = remarks.first().map_or("", |remark| remark.body.as_str());
    words.tell_two(
        "proposals-thread-summary",
        "text",
        beginning(first, BEGINNING),
        "count",
        remarks.len(),
    )
}
