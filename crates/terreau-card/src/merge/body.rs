//! Merging two edits of a body, paragraph by paragraph.
//!
//! ```text
//!            base: A  B  C              ours: edits B          theirs: adds X before B, drops C
//!   merged:  A  X  B'          each hunk covers the paragraphs of base that it changes; an insertion covers none and
//!                              stands between two; only hunks that cover the same paragraph, or insert in the same
//!                              place, have to agree
//! ```

use std::ops::Range;

use crate::{
    align::align,
    paragraphs::{Paragraph, Shape, cut, would_run_together},
};

use super::{Conflict, Output, Place, three_way};

/// Merges two edits of a body into the output.
pub(super) fn merge(output: &mut Output, base: &str, ours: &str, theirs: &str) {
    let (base, ours, theirs) = (Body::read(base), Body::read(ours), Body::read(theirs));
    let (our_edits, their_edits) = (Edits::between(&base, &ours), Edits::between(&base, &theirs));
    let mut writer = Writer {
        lead: three_way(base.lead, ours.lead, theirs.lead),
        output,
        before: None,
        section: None,
    };
    let merge = Merge {
        base: &base,
        ours: &our_edits,
        theirs: &their_edits,
    };
    let mut at = 0;
    for region in regions(&our_edits.hunks, &their_edits.hunks) {
        merge.kept(&mut writer, at..region.base.start);
        merge.region(&mut writer, &region);
        at = region.base.end;
    }
    merge.kept(&mut writer, at..base.paragraphs.len());
    output.text(three_way(base.tail, ours.tail, theirs.tail));
}

/// A body, paragraph by paragraph.
struct Body<'a> {
    /// The white space before the first paragraph.
    lead: &'a str,
    paragraphs: Vec<Paragraph<'a>>,
    tail: &'a str,
}

impl<'a> Body<'a> {
    fn read(text: &'a str) -> Body<'a> {
        let (mut paragraphs, tail) = cut(text);
        let lead = paragraphs
            .first_mut()
            .map_or("", |first| std::mem::take(&mut first.gap));
        Body {
            lead,
            paragraphs,
            tail,
        }
    }

    fn texts(&self) -> Vec<&'a str> {
        self.paragraphs
            .iter()
            .map(|paragraph| paragraph.text)
            .collect()
    }
}

/// Paragraphs of base that a side replaced by its own; an insertion replaces none.
#[derive(Clone, Debug)]
struct Hunk {
    base: Range<usize>,
    side: Range<usize>,
}

/// What one side made of the base.
struct Edits<'s, 'a> {
    side: &'s Body<'a>,
    hunks: Vec<Hunk>,
    /// For each paragraph of base, where the side kept it.
    kept: Vec<Option<usize>>,
}

impl<'s, 'a> Edits<'s, 'a> {
    fn between(base: &Body<'_>, side: &'s Body<'a>) -> Self {
        let mut edits = Edits {
            side,
            hunks: Vec::new(),
            kept: vec![None; base.paragraphs.len()],
        };
        for step in align(&base.texts(), &side.texts()) {
            if step.same {
                edits.kept[step.old.start] = Some(step.new.start);
            } else {
                edits.hunks.push(Hunk {
                    base: step.old,
                    side: step.new,
                });
            }
        }
        edits
    }

    /// Returns the white space before a paragraph of base, as this side kept it.
    fn gap(&self, at: usize) -> Option<&'a str> {
        self.kept[at].map(|place| self.side.paragraphs[place].gap)
    }

    /// Returns what this side makes of a region.
    fn version(&self, region: &Range<usize>, hunks: &[Hunk]) -> Vec<Paragraph<'a>> {
        let mut version = Vec::new();
        let mut at = region.start;
        let keep = |range: Range<usize>, version: &mut Vec<Paragraph<'a>>| {
            version.extend(
                range
                    .filter_map(|at| self.kept[at])
                    .map(|place| self.side.paragraphs[place]),
            );
        };
        for hunk in hunks {
            keep(at..hunk.base.start, &mut version);
            version.extend_from_slice(&self.side.paragraphs[hunk.side.clone()]);
            at = hunk.base.end;
        }
        keep(at..region.end, &mut version);
        version
    }
}

/// A stretch of base where at least one side changed something.
#[derive(Debug)]
struct Region {
    base: Range<usize>,
    ours: Vec<Hunk>,
    theirs: Vec<Hunk>,
}

/// Gathers the hunks that have to agree.
fn regions(ours: &[Hunk], theirs: &[Hunk]) -> Vec<Region> {
    let mut hunks: Vec<(&Hunk, bool)> = ours
        .iter()
        .map(|hunk| (hunk, true))
        .chain(theirs.iter().map(|hunk| (hunk, false)))
        .collect();
    // An insertion comes before what it is inserted in front of.
    hunks.sort_by_key(|(hunk, _)| (hunk.base.start, !hunk.base.is_empty()));
    let mut regions: Vec<Region> = Vec::new();
    for (hunk, is_ours) in hunks {
        let meets = regions.last().is_some_and(|region| {
            match (region.base.is_empty(), hunk.base.is_empty()) {
                (true, true) => region.base.start == hunk.base.start,
                (true, false) => false,
                (false, true) => {
                    region.base.start < hunk.base.start && hunk.base.start < region.base.end
                }
                (false, false) => hunk.base.start < region.base.end,
            }
        });
        if !meets {
            regions.push(Region {
                base: hunk.base.clone(),
                ours: Vec::new(),
                theirs: Vec::new(),
            });
        }
        if let Some(region) = regions.last_mut() {
            region.base.end = region.base.end.max(hunk.base.end);
            if is_ours {
                &mut region.ours
            } else {
                &mut region.theirs
            }
            .push(hunk.clone());
        }
    }
    regions
}

struct Merge<'m, 's, 'a> {
    base: &'m Body<'a>,
    ours: &'m Edits<'s, 'a>,
    theirs: &'m Edits<'s, 'a>,
}

impl<'a> Merge<'_, '_, 'a> {
    /// Writes paragraphs that both sides kept.
    fn kept(&self, writer: &mut Writer<'_, 'a>, range: Range<usize>) {
        for at in range {
            let paragraph = self.base.paragraphs[at];
            let gap = self.gap(at, paragraph.gap);
            writer.paragraph(Paragraph { gap, ..paragraph });
        }
    }

    /// Returns the white space before a paragraph of base, of which one side may have made something else.
    fn gap(&self, at: usize, changed: &'a str) -> &'a str {
        let base = self.base.paragraphs[at].gap;
        three_way(
            base,
            self.ours.gap(at).unwrap_or(changed),
            self.theirs.gap(at).unwrap_or(changed),
        )
    }

    fn region(&self, writer: &mut Writer<'_, 'a>, region: &Region) {
        let ours = self.ours.version(&region.base, &region.ours);
        let theirs = self.theirs.version(&region.base, &region.theirs);
        if region.theirs.is_empty() {
            self.one_sided(writer, region, ours);
        } else if region.ours.is_empty() {
            self.one_sided(writer, region, theirs);
        } else if same_words(&ours, &theirs) {
            self.one_sided(writer, region, ours);
        } else if region.base.is_empty() && may_stand_together(&ours, &theirs) {
            let added = theirs
                .into_iter()
                .filter(|paragraph| ours.iter().all(|own| own.text != paragraph.text));
            for paragraph in ours.iter().copied().chain(added) {
                writer.paragraph(paragraph);
            }
        } else {
            writer.conflict(&self.base.paragraphs[region.base.clone()], &ours, &theirs);
        }
    }

    fn one_sided(&self, writer: &mut Writer<'_, 'a>, region: &Region, version: Vec<Paragraph<'a>>) {
        let one_for_one = version.len() == region.base.len();
        for (rank, paragraph) in version.into_iter().enumerate() {
            let gap = if one_for_one {
                self.gap(region.base.start + rank, paragraph.gap)
            } else {
                paragraph.gap
            };
            writer.paragraph(Paragraph { gap, ..paragraph });
        }
    }
}

fn same_words(ours: &[Paragraph<'_>], theirs: &[Paragraph<'_>]) -> bool {
    ours.iter()
        .map(|paragraph| paragraph.text)
        .eq(theirs.iter().map(|paragraph| paragraph.text))
}

/// Tells whether what two people add in one place is best kept from both: items of a list, rows of a table.
fn may_stand_together(ours: &[Paragraph<'_>], theirs: &[Paragraph<'_>]) -> bool {
    let all = |shape| {
        ours.iter()
            .chain(theirs)
            .all(|paragraph| paragraph.shape == shape)
    };
    all(Shape::Item) || all(Shape::Row)
}

/// Writes paragraphs so that they stay paragraphs.
struct Writer<'o, 'a> {
    output: &'o mut Output,
    lead: &'a str,
    before: Option<Shape>,
    section: Option<String>,
}

impl<'a> Writer<'_, 'a> {
    fn paragraph(&mut self, paragraph: Paragraph<'a>) {
        let gap = self.gap(paragraph.gap, paragraph.shape);
        self.output.text(gap);
        self.output.text(paragraph.text);
        self.note_section(&paragraph);
        self.before = Some(paragraph.shape);
    }

    fn conflict(
        &mut self,
        base: &[Paragraph<'_>],
        ours: &[Paragraph<'a>],
        theirs: &[Paragraph<'a>],
    ) {
        let first = ours.first().or(theirs.first());
        let before = self
            .gap(first.map_or("\n\n", |first| first.gap), Shape::Text)
            .to_owned();
        for paragraph in ours {
            self.note_section(paragraph);
        }
        self.output.conflict(Conflict {
            place: Place::Paragraph {
                section: self.section.clone(),
            },
            base: joined(base),
            ours: joined(ours),
            theirs: joined(theirs),
            before,
            after: String::new(),
        });
        self.before = Some(Shape::Text);
    }

    /// Returns the white space to write before a paragraph: enough of it to keep it apart from the one before.
    fn gap(&self, wanted: &'a str, shape: Shape) -> &'a str {
        let Some(before) = self.before else {
            return self.lead;
        };
        match wanted.matches('\n').count() {
            0 => "\n\n",
            1 if would_run_together(before, shape) => "\n\n",
            _ => wanted,
        }
    }

    fn note_section(&mut self, paragraph: &Paragraph<'_>) {
        if let Some(heading) = paragraph
            .text
            .strip_prefix("## ")
            .filter(|_| paragraph.shape == Shape::Heading)
        {
            self.section = Some(heading.trim().to_owned());
        }
    }
}

/// Joins paragraphs with the white space between them.
fn joined(paragraphs: &[Paragraph<'_>]) -> String {
    let mut text = String::new();
    for (rank, paragraph) in paragraphs.iter().enumerate() {
        if rank > 0 {
            text.push_str(paragraph.gap);
        }
        text.push_str(paragraph.text);
    }
    text
}
