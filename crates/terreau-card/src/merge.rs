//! Merging two edits of one card: by front-matter key, then by paragraph. A conflict is a value.

mod body;
mod front;

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// Both edits are in this text.
    Clean(String),
    /// The edits meet in some places.
    Conflicted(Conflicts),
}

/// A text of which some places wait for a choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// Settled text and conflicts, in reading order.
    pub parts: Vec<Part>,
}

/// A piece of a merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that is settled.
    Settled(String),
    /// A place where both edits differ.
    Conflict(Conflict),
}

/// A place where both edits changed the same thing differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Where it is.
    pub place: Place,
    /// What both started from; empty when both added.
    pub base: String,
    /// What our edit makes of it; empty when it removes.
    pub ours: String,
    /// What the other edit makes of it; empty when it removes.
    pub theirs: String,
    /// White space that goes before the text that is chosen, if any is.
    before: String,
    /// White space that goes after it.
    after: String,
}

/// Where a conflict is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A key of the front matter; its texts are YAML, key included.
    Key(String),
    /// One or more paragraphs of the body.
    Paragraph {
        /// Heading of the section, none before the first.
        section: Option<String>,
    },
}

/// How a conflict is settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Neither edit.
    Base,
    /// Our edit.
    Ours,
    /// The other edit.
    Theirs,
    /// Ours, then theirs.
    Both,
    /// Another text.
    Text(String),
}

/// Joins two edits of `base`.
///
/// An edit that one side alone made is taken, edits that are the same are taken once, and edits of neighbours join: only
/// what both changed in the same key or paragraph, in two ways, waits for a choice. No text of either side is lost.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    if ours == theirs || base == theirs {
        return Merged::Clean(ours.to_owned());
    }
    if base == ours {
        return Merged::Clean(theirs.to_owned());
    }
    let parts = parts(base, ours, theirs);
    match parts.as_slice() {
        [] => Merged::Clean(String::new()),
        [Part::Settled(text)] => Merged::Clean(text.clone()),
        _ => Merged::Conflicted(Conflicts { parts }),
    }
}

fn parts(base: &str, ours: &str, theirs: &str) -> Vec<Part> {
    let mut output = Output::default();
    let texts = [base, ours, theirs];
    let [base, ours, theirs] = texts.map(front::cut);
    front::merge(&mut output, texts, [base.front, ours.front, theirs.front]);
    body::merge(&mut output, base.body, ours.body, theirs.body);
    output.0
}

/// Takes what changed of three texts; ours where both did.
fn three_way<T: PartialEq>(base: T, ours: T, theirs: T) -> T {
    if ours == base { theirs } else { ours }
}

/// The merged text as it grows.
#[derive(Default)]
struct Output(Vec<Part>);

impl Output {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Settled(settled)) => settled.push_str(text),
            _ => self.0.push(Part::Settled(text.to_owned())),
        }
    }

    fn conflict(&mut self, conflict: Conflict) {
        self.0.push(Part::Conflict(conflict));
    }
}

impl Conflicts {
    /// Returns the conflicts alone, in reading order.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.parts.iter().filter_map(|part| match part {
            Part::Conflict(conflict) => Some(conflict),
            Part::Settled(_) => None,
        })
    }

    /// Writes the whole text with the three versions of each conflict between markers.
    pub fn with_markers(&self) -> String {
        self.resolve(&[])
    }

    /// Writes the whole text, each conflict settled by the choice of the same rank; one without a choice keeps its markers.
    pub fn resolve(&self, choices: &[Choice]) -> String {
        let mut choices = choices.iter();
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Settled(settled) => text.push_str(settled),
                Part::Conflict(conflict) => {
                    let chosen = match choices.next() {
                        Some(choice) => conflict.chosen(choice),
                        None => conflict.with_markers(),
                    };
                    if !chosen.is_empty() {
                        text.extend([
                            conflict.before.as_str(),
                            chosen.as_str(),
                            conflict.after.as_str(),
                        ]);
                    }
                }
            }
        }
        text
    }
}

impl Conflict {
    fn chosen(&self, choice: &Choice) -> String {
        match choice {
            Choice::Base => self.base.clone(),
            Choice::Ours => self.ours.clone(),
            Choice::Theirs => self.theirs.clone(),
            Choice::Both if self.ours.is_empty() => self.theirs.clone(),
            Choice::Both if self.theirs.is_empty() => self.ours.clone(),
            Choice::Both => {
                let between = if matches!(self.place, Place::Key(_)) {
                    "\n"
                } else {
                    "\n\n"
                };
                [self.ours.as_str(), between, self.theirs.as_str()].concat()
            }
            Choice::Text(text) => text.trim_matches(['\n', '\r']).to_owned(),
        }
    }

    fn with_markers(&self) -> String {
        let mut text = String::new();
        for (marker, version) in [
            ("<<<<<<< ours", &self.ours),
            ("||||||| base", &self.base),
            ("=======", &self.theirs),
        ] {
            text.push_str(marker);
            text.push('\n');
            text.push_str(version);
            if !version.is_empty() && !version.ends_with('\n') {
                text.push('\n');
            }
        }
        text.push_str(">>>>>>> theirs");
        text
    }
}

#[cfg(test)]
mod tests;
