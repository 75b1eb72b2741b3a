//! YAML events made into a tree of nodes; refuses what front matter may not hold.

mod places;

use std::ops::Range;

use saphyr_parser::{Event, Parser};

use super::{Data, Entry, Node, Style};
use crate::{
    Value,
    problem::{Rule, YamlFault},
};

/// How much may be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caps {
    pub bytes: usize,
    pub depth: usize,
    pub keys: usize,
}

/// What could be read, and what was wrong with the rest: rules with their byte in the whole text.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    pub root: Option<Node>,
    pub faults: Vec<(usize, Rule)>,
    /// Whether reading stopped before the end.
    pub broken: bool,
}

/// Reads the YAML that stands at `range` of `text`.
pub(crate) fn parse(text: &str, range: Range<usize>, caps: Caps) -> Parsed {
    let source = &text[range.clone()];
    if source.len() > caps.bytes {
        let rule = Rule::FrontMatterTooBig {
            bytes: source.len(),
            max: caps.bytes,
        };
        return Parsed {
            root: None,
            faults: vec![(range.start, rule)],
            broken: true,
        };
    }
    if let Some(place) = source.find('\0') {
        let rule = Rule::ControlCharacter { code: 0 };
        return Parsed {
            root: None,
            faults: vec![(range.start + place, rule)],
            broken: true,
        };
    }
    let mut builder = Builder {
        text,
        source: range.clone(),
        bytes: byte_of_each_char(source, range.start),
        caps,
        keys: 0,
        open: Vec::new(),
        root: None,
        last_end: range.start,
        faults: Vec::new(),
    };
    let broken = builder.run().is_err();
    builder.finish(broken)
}

/// Reading stops here; the fault has been told.
struct Stop;

struct Builder<'a> {
    text: &'a str,
    source: Range<usize>,
    bytes: Vec<usize>,
    caps: Caps,
    keys: usize,
    open: Vec<Open>,
    root: Option<Node>,
    /// Where the last finished node ended: block scalars look for their header from here.
    last_end: usize,
    faults: Vec<(usize, Rule)>,
}

/// A collection whose end hasn't been seen.
struct Open {
    start: usize,
    flow: bool,
    map: bool,
    items: Vec<Node>,
    entries: Vec<Entry>,
    key: Option<(String, Range<usize>)>,
}

impl Open {
    fn close(self, end: Option<usize>) -> Node {
        let last = match (self.items.last(), self.entries.last()) {
            (Some(item), _) => item.span.end,
            (_, Some(entry)) => entry.span().end,
            _ => self.start,
        };
        let span = self.start..end.unwrap_or(last).max(self.start);
        let data = if self.map {
            Data::Map {
                flow: self.flow,
                entries: self.entries,
            }
        } else {
            Data::List {
                flow: self.flow,
                items: self.items,
            }
        };
        Node { span, data }
    }
}

impl Builder<'_> {
    fn run(&mut self) -> Result<(), Stop> {
        let source = &self.text[self.source.clone()];
        let mut documents = 0;
        for event in Parser::new_from_str(source) {
            let (event, span) = match event {
                Ok(event) => event,
                Err(error) => {
                    let (place, fault) =
                        self.fault(self.byte(error.marker().index()), error.info());
                    return self.stop(place, Rule::BadYaml(fault));
                }
            };
            let span = self.byte(span.start.index())..self.byte(span.end.index());
            match event {
                Event::DocumentStart(_) => {
                    documents += 1;
                    if documents > 1 {
                        return self.stop(span.start, Rule::SeveralDocuments);
                    }
                }
                Event::Alias(_) => {
                    self.faults.push((span.start, Rule::Alias));
                    self.place(Node {
                        span,
                        data: Data::Scalar {
                            value: Value::Null,
                            style: Style::Plain,
                        },
                    })?;
                }
                Event::Scalar(value, style, anchor, tag) => {
                    self.properties(span.start, anchor, tag.is_some());
                    let node = self.scalar(&value, style, span);
                    self.place(node)?;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.properties(span.start, anchor, tag.is_some());
                    self.open(span.start, '[', false)?;
                }
                Event::MappingStart(anchor, tag) => {
                    self.properties(span.start, anchor, tag.is_some());
                    self.open(span.start, '{', true)?;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    let open = self
                        .open
                        .pop()
                        .expect("the parser closes only what it opened");
                    let end = open.flow.then_some(span.end);
                    self.place(open.close(end))?;
                }
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            }
        }
        Ok(())
    }

    fn stop(&mut self, place: usize, rule: Rule) -> Result<(), Stop> {
        self.faults.push((place, rule));
        Err(Stop)
    }

    /// Sorts a message of the parser, and points at what people should look at.
    fn fault(&self, place: usize, info: &str) -> (usize, YamlFault) {
        let bracket = self
            .open
            .iter()
            .find(|open| open.flow)
            .map(|open| open.start);
        match (YamlFault::of(info), bracket) {
            (YamlFault::Tab, _) => {
                let tab = self.text[place..self.source.end].find('\t');
                (tab.map_or(place, |length| place + length), YamlFault::Tab)
            }
            (YamlFault::Quote, _) => (place, YamlFault::Quote),
            (_, Some(bracket)) => (bracket, YamlFault::Bracket),
            (fault, None) => (place, fault),
        }
    }

    fn byte(&self, index: usize) -> usize {
        self.bytes.get(index).copied().unwrap_or(self.source.end)
    }

    fn properties(&mut self, place: usize, anchor: usize, tagged: bool) {
        if anchor > 0 {
            self.faults.push((place, Rule::Anchor));
        }
        if tagged {
            self.faults.push((place, Rule::Tag));
        }
    }

    fn open(&mut self, start: usize, bracket: char, map: bool) -> Result<(), Stop> {
        if self.open.len() >= self.caps.depth {
            return self.stop(
                start,
                Rule::FrontMatterTooDeep {
                    max: self.caps.depth,
                },
            );
        }
        let start = if map { start } else { self.first_dash(start) };
        // With a refused anchor or tag the span begins there: such a node counts as a block and is never patched inside.
        let flow = self.text[start..].starts_with(bracket);
        self.open.push(Open {
            start,
            flow,
            map,
            items: Vec::new(),
            entries: Vec::new(),
            key: None,
        });
        Ok(())
    }

    /// Puts a finished node where it belongs: the next key, the value of the waiting key, an item, or the root.
    fn place(&mut self, node: Node) -> Result<(), Stop> {
        self.last_end = self.last_end.max(node.span.end);
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        if !open.map {
            open.items.push(node);
            return Ok(());
        }
        if let Some((key, key_span)) = open.key.take() {
            open.entries.push(Entry {
                key,
                key_span,
                node,
            });
            return Ok(());
        }
        self.keys += 1;
        if self.keys > self.caps.keys {
            return self.stop(
                node.span.start,
                Rule::TooManyKeys {
                    max: self.caps.keys,
                },
            );
        }
        let place = node.span.start;
        let key = match &node.data {
            Data::Scalar { value, style } if !style.is_block() => match value {
                Value::Null => {
                    Some(self.text[node.span.clone()].to_owned()).filter(|key| !key.is_empty())
                }
                Value::Text(text) => Some(text.clone()),
                Value::Bool(_) | Value::Integer(_) | Value::Decimal(_) => {
                    Some(self.text[node.span.clone()].to_owned())
                }
                Value::List(_) | Value::Map(_) => None,
            },
            _ => None,
        };
        let Some(key) = key else {
            return self.stop(place, Rule::KeyNotText);
        };
        if key == "<<" {
            self.faults.push((place, Rule::MergeKey));
        } else if self
            .open
            .last()
            .is_some_and(|open| open.entries.iter().any(|entry| entry.key == key))
        {
            self.faults
                .push((place, Rule::DuplicateKey { key: key.clone() }));
        }
        if let Some(open) = self.open.last_mut() {
            open.key = Some((key, node.span));
        }
        Ok(())
    }

    fn finish(mut self, broken: bool) -> Parsed {
        if broken {
            // Everything still open is closed, so that what was read can be shown.
            while let Some(open) = self.open.pop() {
                let node = open.close(None);
                match self.open.last_mut() {
                    None => self.root = Some(node),
                    Some(parent) if parent.map => {
                        if let Some((key, key_span)) = parent.key.take() {
                            parent.entries.push(Entry {
                                key,
                                key_span,
                                node,
                            });
                        }
                    }
                    Some(parent) => parent.items.push(node),
                }
            }
        }
        Parsed {
            root: self.root,
            faults: self.faults,
            broken,
        }
    }
}

fn byte_of_each_char(source: &str, base: usize) -> Vec<usize> {
    source
        .char_indices()
        .map(|(byte, _)| base + byte)
        .chain([base + source.len()])
        .collect()
}
