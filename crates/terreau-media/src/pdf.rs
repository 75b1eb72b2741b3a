//! PDF documents: kept as they came when nothing in them runs, sends, carries other files or asks for a password.
//!
//! No page is drawn here. Names are looked for in the whole file and in every stream that unpacks, whatever the document says
//! that these are, so that none hides by being mislabelled; what is unpacked passes by and is not kept.
//! Source: ISO 32000-2, 7.3.5 (names), 7.6 (encryption), 12.6 (actions).

use std::io::Read as _;

use flate2::bufread::ZlibDecoder;

use crate::Refusal;

/// What a PDF begins with, at its first byte.
pub const HEAD: &[u8] = b"%PDF-";
const END: &[u8] = b"%%EOF";

/// What makes a document do something: actions that run, send, open other files or play, and files within it.
const ACTIVE: [&[u8]; 14] = [
    b"JavaScript",
    b"Launch",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"GoToR",
    b"Rendition",
    b"Movie",
    b"RichMedia",
    b"RichMediaExecute",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"XFA",
    b"Encrypt",
];
/// What its streams take at most, unpacked one after the other, in bytes. Nothing of it is kept.
const MOST_UNPACKED: u64 = 256 << 20;
/// How many streams are unpacked at most.
const MOST_STREAMS: u32 = 50_000;
/// How many bytes are looked at together.
const WINDOW: usize = 64 << 10;
/// Longer than any name that is looked for, with each of its letters written by its number.
const LONGEST_NAME: usize = 64;

/// Looks whether a PDF is whole and does nothing.
pub fn look(bytes: &[u8]) -> Result<(), Refusal> {
    let version = bytes.get(HEAD.len()..HEAD.len() + 3);
    let is_version = version.is_some_and(|version| {
        matches!(version[0], b'1' | b'2') && version[1] == b'.' && version[2].is_ascii_digit()
    });
    if !is_version
        || !bytes.trim_ascii_end().ends_with(END)
        || find(bytes, b"startxref", 0).is_none()
        || find(bytes, b" obj", 0).is_none()
    {
        return Err(Refusal::Damaged);
    }
    names(bytes, bytes.len())?;
    let mut streams = Streams {
        window: vec![0; WINDOW],
        count: 0,
        unpacked: 0,
    };
    let mut at = 0;
    while let Some(found) = find(bytes, b"stream", at) {
        let before = &bytes[at..found];
        at = found + b"stream".len();
        let ([b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..]) = &bytes[at..] else {
            continue;
        };
        if is_odd(before) {
            return Err(Refusal::Active);
        }
        streams.look(rest)?;
    }
    Ok(())
}

/// What was unpacked so far.
struct Streams {
    window: Vec<u8>,
    count: u32,
    unpacked: u64,
}

impl Streams {
    /// Looks at what a stream holds, when it is packed in the usual way.
    fn look(&mut self, packed: &[u8]) -> Result<(), Refusal> {
        // Source: RFC 1950, 2.2.
        let is_packed = matches!(packed, [method, check, ..]
            if method & 0x0F == 8 && u16::from_be_bytes([*method, *check]) % 31 == 0);
        if !is_packed {
            return Ok(());
        }
        self.count += 1;
        if self.count > MOST_STREAMS {
            return Err(Refusal::TooManyPixels);
        }
        let mut decoder = ZlibDecoder::new(packed);
        let mut filled = 0;
        loop {
            // What was unpacked before a fault is what a reader would show.
            let read = decoder.read(&mut self.window[filled..]).unwrap_or(0);
            if read == 0 {
                return names(&self.window[..filled], filled);
            }
            filled += read;
            self.unpacked += read as u64;
            if self.unpacked > MOST_UNPACKED {
                return Err(Refusal::TooManyPixels);
            }
            // A name that stands across two windows is looked at in the next one, whole.
            let until = filled.saturating_sub(LONGEST_NAME);
            names(&self.window[..filled], until)?;
            self.window.copy_within(until..filled, 0);
            filled -= until;
        }
    }
}

/// Refuses the names of what does something, among those that begin before `until`.
fn names(bytes: &[u8], until: usize) -> Result<(), Refusal> {
    let mut at = 0;
    while let Some(slash) = find(bytes, b"/", at).filter(|slash| *slash < until) {
        at = slash + 1;
        let (name, length) = name_at(&bytes[at..]);
        let name = &name[..length];
        if ACTIVE.contains(&name) {
            return Err(match name {
                b"Encrypt" => Refusal::Protected,
                _ => Refusal::Active,
            });
        }
    }
    Ok(())
}

/// Reads a name: letters, or their numbers (`#4A`), up to a space or a delimiter; only its beginning when it is long.
fn name_at(bytes: &[u8]) -> ([u8; LONGEST_NAME], usize) {
    let mut name = [0; LONGEST_NAME];
    let (mut length, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte) {
            break;
        }
        if length == LONGEST_NAME {
            break;
        }
        let numbered = bytes
            .get(at + 1..at + 3)
            .filter(|_| byte == b'#')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        at += if numbered.is_some() { 3 } else { 1 };
        name[length] = numbered.unwrap_or(byte);
        length += 1;
    }
    (name, length)
}

/// Tells whether a stream of objects is packed in a way that is not looked into. `before` ends where the stream begins, and begins
/// where the one before did.
fn is_odd(before: &[u8]) -> bool {
    let start = before.windows(4).rposition(|word| word == b" obj");
    let head = &before[start.unwrap_or(0)..];
    let (mut is_objects, mut is_otherwise_packed, mut packings) = (false, false, 0);
    let mut at = 0;
    while let Some(slash) = find(head, b"/", at) {
        at = slash + 1;
        let (name, length) = name_at(&head[at..]);
        match &name[..length] {
            b"ObjStm" => is_objects = true,
            b"FlateDecode" | b"Fl" => packings += 1,
            b"LZWDecode" | b"LZW" | b"ASCII85Decode" | b"A85" | b"ASCIIHexDecode" | b"AHx"
            | b"RunLengthDecode" | b"RL" | b"Crypt" => is_otherwise_packed = true,
            _ => {}
        }
    }
    is_objects && (is_otherwise_packed || packings > 1)
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let first = what[0];
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|byte| *byte == first)?;
        if rest[at..].starts_with(what) {
            return Some(from + at);
        }
        at += 1;
    }
}
