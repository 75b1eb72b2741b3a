//! The markers of a JPEG: whether it is whole, and how it is packed.
//!
//! Source: ITU-T T.81, annex B.

/// What the markers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Whether it is packed in layers from coarse to fine.
    pub is_progressive: bool,
}

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

/// Walks from marker to marker until the one that ends the picture; `None` when there is no such end.
pub fn look(bytes: &[u8]) -> Option<Told> {
    let mut at = 2;
    if bytes.get(..2)? != [0xFF, START] {
        return None;
    }
    let mut is_progressive = None;
    loop {
        // Some cameras leave something between the segments, and any number of fill bytes may stand before a marker.
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        while *bytes.get(at)? == 0xFF {
            at += 1;
        }
        let marker = bytes[at];
        at += 1;
        match marker {
            END => return is_progressive.map(|is_progressive| Told { is_progressive }),
            // Restarts and the like stand alone.
            0x00 | 0x01 | 0xD0..=0xD7 => continue,
            START => return None,
            // The frame: all that begin one but for tables (C4), extensions (C8) and arithmetic conditioning (CC).
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                // One frame alone, so that nothing said later changes what was believed here.
                if is_progressive.is_some() {
                    return None;
                }
                is_progressive = Some(matches!(marker, 0xC2 | 0xC6 | 0xCA | 0xCE));
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
        if length < 2 {
            return None;
        }
        at += length;
        if marker == SCAN {
            at += coded(bytes.get(at..)?)?;
        }
    }
}

/// Returns how long the coded pixels of a scan are: up to the next marker that is no restart.
fn coded(bytes: &[u8]) -> Option<usize> {
    let marker = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    bytes.windows(2).position(marker)
}
