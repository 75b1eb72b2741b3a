//! The smallest edits that give a mapping other values.
//!
//! Every function either adds edits or gives up, and then its caller writes the node again as a whole. Whoever applies
//! a patch reads the result again and falls back to a bigger one when it doesn't say what was asked.

mod lines;
mod steps;

use std::ops::Range;

use steps::{Step, pair};

use super::{Data, Entry, Node, Style, emit, refold};
use crate::Value;

/// Edits of a text, by byte.
pub(crate) type Patch = Vec<(Range<usize>, String)>;

/// This construct can't be patched: the one around it must be written again.
struct TooOdd;

type Outcome = Result<(), TooOdd>;

/// Applies edits; `None` when two of them touch the same bytes.
pub(crate) fn apply(text: &str, mut patch: Patch) -> Option<String> {
    patch.sort_by_key(|(range, _)| range.start);
    let crlf = text.contains("\r\n");
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (range, new) in patch {
        if range.start < done {
            return None;
        }
        out.push_str(text.get(done..range.start)?);
        out.push_str(&if crlf { new.replace('\n', "\r\n") } else { new });
        done = range.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// Returns the edits that make the entries of a block mapping say `new`, in the order of `new` for what is new.
///
/// `whole` asks for changed values to be written again as a whole.
pub(crate) fn patch_entry(
    text: &str,
    map: &Node,
    new: &[(String, Value)],
    whole: bool,
) -> Option<Patch> {
    let mut patcher = Patcher {
        text,
        patch: Vec::new(),
        whole,
    };
    let Data::Map {
        flow: false,
        entries,
    } = &map.data
    else {
        return None;
    };
    patcher.block_map(entries, new).ok()?;
    Some(patcher.patch)
}

struct Patcher<'a> {
    text: &'a str,
    patch: Patch,
    whole: bool,
}

/// What stands before a value: a key or a dash of a block, or something inside brackets.
#[derive(Clone, Copy)]
enum Lead {
    Key { after: usize, indent: usize },
    Dash { after: usize, indent: usize },
    Flow,
}

impl Patcher<'_> {
    fn edit(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.patch.push((range, new.into()));
    }

    fn value(&mut self, node: &Node, new: &Value, lead: Lead) -> Outcome {
        if node.value() == *new {
            return Ok(());
        }
        let edits = self.patch.len();
        let inside = match (&node.data, new) {
            _ if self.whole => Err(TooOdd),
            (Data::Scalar { value, style }, new)
                if !matches!(new, Value::List(_) | Value::Map(_)) =>
            {
                self.scalar(node, value, *style, new, lead)
            }
            (Data::List { flow, items }, Value::List(values))
                if !items.is_empty() && !values.is_empty() =>
            {
                match flow {
                    true => self.flow_list(items, values),
                    false => self.block_list(node, items, values),
                }
            }
            (Data::Map { flow, entries }, Value::Map(values))
                if !entries.is_empty() && !values.is_empty() =>
            {
                match flow {
                    true => self.flow_map(entries, values),
                    false => self.block_map(entries, values),
                }
            }
            _ => Err(TooOdd),
        };
        inside.or_else(|_| {
            self.patch.truncate(edits);
            self.again(node, new, lead)
        })
    }

    /// Writes a value again as a whole.
    fn again(&mut self, node: &Node, new: &Value, lead: Lead) -> Outcome {
        let (after, lines) = match lead {
            Lead::Key { after, indent } => (after, emit::block_after_key(new, indent)),
            Lead::Dash { after, indent } => (after, emit::block_after_dash(new, indent)),
            Lead::Flow if node.span.is_empty() => return Err(TooOdd),
            Lead::Flow => {
                self.edit(node.span.clone(), emit::flow(new));
                return Ok(());
            }
        };
        let end = node.span.end.max(after);
        let comment = &self.text[end..self.line_end(end)];
        match lines.split_once('\n') {
            // A comment after the last line would become text of a block: it goes after the first one.
            Some((first, others)) if !comment.trim().is_empty() => {
                self.edit(
                    after..end + comment.len(),
                    format!("{first}{comment}\n{others}"),
                );
            }
            _ => self.edit(after..end, lines),
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        node: &Node,
        old: &Value,
        style: Style,
        new: &Value,
        lead: Lead,
    ) -> Outcome {
        let Value::Text(new_text) = new else {
            if node.span.is_empty() || style.is_block() || *new == Value::Null {
                return Err(TooOdd);
            }
            self.edit(node.span.clone(), emit::scalar(new, 0));
            return Ok(());
        };
        let raw = &self.text[node.span.clone()];
        let again = match (style, old, lead) {
            _ if node.span.is_empty() => None,
            (Style::Literal, ..) => self.literal(raw, new_text),
            (Style::Folded, ..) => refold::folded(raw, new_text),
            _ if raw.contains('\n') => refold::flow(raw, style, new_text),
            (_, Value::Text(_), Lead::Flow) => Some(emit::text_like(new_text, style, true)),
            (_, Value::Text(_), _) if !new_text.contains('\n') => {
                Some(emit::text_like(new_text, style, false))
            }
            (_, _, Lead::Flow) => Some(emit::flow(new)),
            (..) if !new_text.contains('\n') => Some(emit::scalar(new, 0)),
            _ => None,
        };
        self.edit(node.span.clone(), again.ok_or(TooOdd)?);
        Ok(())
    }

    /// A `|` block with other lines under the same header and margin.
    fn literal(&self, raw: &str, new: &str) -> Option<String> {
        let (header, content) = raw.split_once('\n')?;
        let margin = refold::margin(content);
        let header = header.trim_end_matches('\r');
        let indicators = header.split('#').next()?;
        let sane = !indicators.contains(|letter: char| letter == '+' || letter.is_ascii_digit())
            && !new.is_empty();
        let probe = format!("{new}\n.");
        emit::block_text(&probe, 0).filter(|_| sane && !new.ends_with('\n'))?;
        Some(format!("{header}{}", emit::margined(new, margin)))
    }

    fn block_map(&mut self, entries: &[Entry], new: &[(String, Value)]) -> Outcome {
        let wanted = |key: &str| {
            new.iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value)
        };
        let first_kept = entries
            .iter()
            .position(|entry| wanted(&entry.key).is_some())
            .ok_or(TooOdd)?;
        let indent = self.column(entries[first_kept].key_span.start);
        let mut skipped = 0;
        if first_kept > 0 && !self.begins_line(entries[0].key_span.start) {
            self.edit(
                entries[0].key_span.start..entries[first_kept].key_span.start,
                "",
            );
            skipped = first_kept;
        }
        for entry in &entries[skipped..] {
            match wanted(&entry.key) {
                None => self.remove_lines(entry.key_span.start, entry.span().end)?,
                Some(value) if entry.node.value() == *value => {}
                Some(value) => {
                    let after = self.after_colon(entry)?;
                    let indent = self.column(entry.key_span.start);
                    self.value(&entry.node, value, Lead::Key { after, indent })?;
                }
            }
        }
        let mut anchor: Option<&Entry> = None;
        for (index, (key, value)) in new.iter().enumerate() {
            if let Some(entry) = entries.iter().find(|entry| entry.key == *key) {
                anchor = Some(entry);
            } else if new[..index].iter().all(|(name, _)| name != key) {
                let lines = emit::entry_lines(key, value, indent);
                self.insert_lines(
                    anchor.map(|entry| entry.span().end),
                    entries[first_kept].key_span.start,
                    indent,
                    &lines,
                );
            }
        }
        Ok(())
    }

    fn block_list(&mut self, list: &Node, items: &[Node], new: &[Value]) -> Outcome {
        let mut dashes = Vec::with_capacity(items.len());
        let mut from = list.span.start;
        for item in items {
            let dash = self.find(from, b'-').ok_or(TooOdd)?;
            if dash > item.span.start {
                return Err(TooOdd);
            }
            dashes.push(dash);
            from = item.span.end.max(dash + 1);
        }
        let steps = pair(items, new);
        let kept = |step: &Step| !matches!(step, Step::Remove(_) | Step::Insert(_));
        let Some(first_kept) = steps.iter().find(|step| kept(step)).map(Step::old) else {
            return Err(TooOdd);
        };
        let indent = self.column(dashes[first_kept]);
        let mut skipped = 0;
        if first_kept > 0 && !self.begins_line(dashes[0]) {
            self.edit(dashes[0]..dashes[first_kept], "");
            skipped = first_kept;
        }
        let mut anchor = None;
        for step in steps {
            match step {
                Step::Keep(old) => anchor = Some(items[old].span.end.max(dashes[old] + 1)),
                Step::Change(old, index) => {
                    let lead = Lead::Dash {
                        after: dashes[old] + 1,
                        indent: self.column(dashes[old]),
                    };
                    self.value(&items[old], &new[index], lead)?;
                    anchor = Some(items[old].span.end.max(dashes[old] + 1));
                }
                Step::Remove(old) if old < skipped => {}
                Step::Remove(old) => {
                    self.remove_lines(dashes[old], items[old].span.end.max(dashes[old] + 1))?;
                }
                Step::Insert(index) => {
                    let lines = format!("-{}", emit::block_after_dash(&new[index], indent));
                    self.insert_lines(anchor, dashes[first_kept], indent, &lines);
                }
            }
        }
        Ok(())
    }

    fn flow_list(&mut self, items: &[Node], new: &[Value]) -> Outcome {
        let steps = pair(items, new);
        let spans: Vec<_> = items.iter().map(|item| item.span.clone()).collect();
        let kept: Vec<bool> = (0..items.len())
            .map(|old| steps.iter().all(|step| *step != Step::Remove(old)))
            .collect();
        self.remove_between_commas(&spans, &kept)?;
        let first_kept = kept.iter().position(|kept| *kept).ok_or(TooOdd)?;
        let mut anchor = None;
        for step in steps {
            match step {
                Step::Keep(old) => anchor = Some(spans[old].end),
                Step::Change(old, index) => {
                    self.value(&items[old], &new[index], Lead::Flow)?;
                    anchor = Some(spans[old].end);
                }
                Step::Remove(_) => {}
                Step::Insert(index) => self.insert_between_commas(
                    anchor,
                    spans[first_kept].start,
                    &emit::flow(&new[index]),
                ),
            }
        }
        Ok(())
    }

    fn flow_map(&mut self, entries: &[Entry], new: &[(String, Value)]) -> Outcome {
        let wanted = |key: &str| {
            new.iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value)
        };
        let spans: Vec<_> = entries.iter().map(Entry::span).collect();
        let kept: Vec<bool> = entries
            .iter()
            .map(|entry| wanted(&entry.key).is_some())
            .collect();
        self.remove_between_commas(&spans, &kept)?;
        let first_kept = kept.iter().position(|kept| *kept).ok_or(TooOdd)?;
        for entry in entries {
            if let Some(value) = wanted(&entry.key) {
                self.value(&entry.node, value, Lead::Flow)?;
            }
        }
        let mut anchor = None;
        for (index, (key, value)) in new.iter().enumerate() {
            if let Some(entry) = entries.iter().find(|entry| entry.key == *key) {
                anchor = Some(entry.span().end);
            } else if new[..index].iter().all(|(name, _)| name != key) {
                self.insert_between_commas(
                    anchor,
                    spans[first_kept].start,
                    &emit::flow_entry(key, value),
                );
            }
        }
        Ok(())
    }

    fn remove_between_commas(&mut self, spans: &[Range<usize>], kept: &[bool]) -> Outcome {
        let last_kept = kept.iter().rposition(|kept| *kept).ok_or(TooOdd)?;
        let mut index = 0;
        while index < last_kept {
            let end = (index..=last_kept)
                .find(|next| kept[*next])
                .unwrap_or(last_kept);
            if end > index {
                self.edit(spans[index].start..spans[end].start, "");
            }
            index = end + 1;
        }
        if last_kept + 1 < spans.len() {
            self.edit(spans[last_kept].end..spans[spans.len() - 1].end, "");
        }
        Ok(())
    }

    fn insert_between_commas(&mut self, anchor: Option<usize>, first: usize, new: &str) {
        match anchor {
            Some(end) => self.edit(end..end, format!(", {new}")),
            None => self.edit(first..first, format!("{new}, ")),
        }
    }
}
