//! Where communes are: an open file of their centres, brought into the data folder by whoever runs the commons.
//!
//! The product comes without coordinates. What is imported is kept as one text file, `coordinates.txt`: a line that names
//! the layout, lines that say who is to be credited, an empty line, then one line for each commune in the order of the
//! codes: code, latitude and longitude in ten-thousandths of a degree, apart by a tab.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use flate2::read::MultiGzDecoder;
use terreau_territory::Register;

use crate::blocking::blocking;

/// The file of a data folder.
const FILE: &str = "coordinates.txt";
/// The first line of the file.
const LAYOUT: &str = "terreau coordinates 1";
/// The most that a file to import may weigh, as it is and unpacked.
const MAX_PACKED_BYTES: u64 = 32 << 20;
const MAX_BYTES: u64 = 64 << 20;
/// The most communes that are read; France has 35 000.
const MAX_ROWS: usize = 100_000;
/// How many problems are told before the rest is only counted.
const MOST_TOLD: usize = 20;
/// Units of a degree.
const UNITS: f64 = 10_000.0;

/// Who is to be credited for coordinates, and under which licence they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CoordinatesSource {
    /// Who made them.
    pub credit: String,
    /// The licence, as an SPDX expression.
    pub licence: String,
    /// Where they are published.
    pub url: Option<String>,
    /// Their year.
    pub vintage: Option<i32>,
}

/// Where communes are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coordinates {
    source: CoordinatesSource,
    rows: BTreeMap<[u8; 5], (i32, i32)>,
}

/// Why a file cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum CoordinatesError {
    /// Lines that say no place: each with what is wrong, the first of them, and how many there are.
    #[error("{count} lines are wrong")]
    Wrong {
        /// Line number and what is wrong.
        first: Vec<(usize, &'static str)>,
        /// How many.
        count: usize,
    },
    /// More than the program reads.
    #[error("the file is too large: at most {MAX_ROWS} communes, {} MiB packed, {} MiB unpacked", MAX_PACKED_BYTES >> 20, MAX_BYTES >> 20)]
    TooLarge,
    /// Nothing is in it.
    #[error("the file holds no commune")]
    Empty,
    /// Anything else, with its cause.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl Coordinates {
    /// Reads the file of a data folder; none when there is none.
    ///
    /// # Errors
    /// When it is not what an import wrote.
    pub fn load(dir: &Path) -> anyhow::Result<Option<Coordinates>> {
        let file = dir.join(FILE);
        let text = match fs::File::open(&file) {
            Ok(file) => {
                let mut text = String::new();
                file.take(MAX_BYTES).read_to_string(&mut text)?;
                text
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let read = Self::read_kept(&text);
        read.with_context(|| format!("{FILE} is not what an import wrote"))
            .map(Some)
    }

    /// Returns who is to be credited.
    pub fn source(&self) -> &CoordinatesSource {
        &self.source
    }

    /// Returns how many communes have a place.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Says whether no commune has a place.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns how many codes are no commune's of today, nor of before.
    pub fn unknown(&self) -> usize {
        let register = Register::load();
        let is_unknown = |code: &&[u8; 5]| {
            std::str::from_utf8(*code).is_ok_and(|code| register.by_code(code).is_none())
        };
        self.rows.keys().filter(is_unknown).count()
    }

    /// Returns latitude and longitude of a commune by its INSEE code, in degrees.
    pub fn of(&self, code: &str) -> Option<(f64, f64)> {
        let code: [u8; 5] = code.as_bytes().try_into().ok()?;
        let (lat, lon) = self.rows.get(&code)?;
        Some((f64::from(*lat) / UNITS, f64::from(*lon) / UNITS))
    }

    /// Reads a table of communes: code, latitude and longitude in degrees, apart by tabs, semicolons or commas; a first
    /// line of headings is passed over.
    ///
    /// # Errors
    /// `Wrong` when a line says no code, no degrees, or a code for the second time.
    pub fn read_table(
        text: &str,
        source: CoordinatesSource,
    ) -> Result<Coordinates, CoordinatesError> {
        let mut rows = BTreeMap::new();
        let mut first = Vec::new();
        let mut count = 0;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            if line.trim().is_empty() {
                continue;
            }
            let wrong = match row(line) {
                Ok((code, place)) if rows.len() < MAX_ROWS => rows
                    .insert(code, place)
                    .map(|_| "this code was there before"),
                Ok(_) => return Err(CoordinatesError::TooLarge),
                Err("no code of a commune") if number == 1 => None,
                Err(wrong) => Some(wrong),
            };
            if let Some(wrong) = wrong {
                count += 1;
                if first.len() < MOST_TOLD {
                    first.push((number, wrong));
                }
            }
        }
        if count > 0 {
            return Err(CoordinatesError::Wrong { first, count });
        }
        if rows.is_empty() {
            return Err(CoordinatesError::Empty);
        }
        Ok(Coordinates { source, rows })
    }

    /// Brings a file (a table as it is, or packed by gzip) into a data folder; the one that was there stays until the new
    /// one is whole and on disk.
    ///
    /// # Errors
    /// As [`Coordinates::read_table`]; `TooLarge` for what no such file weighs.
    pub fn import(
        file: &Path,
        source: CoordinatesSource,
        dir: &Path,
    ) -> Result<Coordinates, CoordinatesError> {
        let text = table_of(file)?;
        let coordinates = Coordinates::read_table(&text, source)?;
        coordinates.keep(dir)?;
        Ok(coordinates)
    }

    fn keep(&self, dir: &Path) -> anyhow::Result<()> {
        let kept = dir.join(FILE);
        let new: PathBuf = dir.join(format!("{FILE}.new"));
        let mut file =
            fs::File::create(&new).with_context(|| format!("cannot write {}", new.display()))?;
        file.write_all(self.written().as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &kept)?;
        // The name, too, must be on disk.
        fs::File::open(dir)?.sync_all()?;
        Ok(())
    }

    fn written(&self) -> String {
        use std::fmt::Write as _;
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut text = format!(
            "{LAYOUT}\ncredit: {}\nlicence: {}\n",
            one_line(&self.source.credit),
            one_line(&self.source.licence)
        );
        if let Some(url) = &self.source.url {
            let _ = writeln!(text, "url: {}", one_line(url));
        }
        if let Some(vintage) = self.source.vintage {
            let _ = writeln!(text, "vintage: {vintage}");
        }
        let _ = writeln!(text, "communes: {}\n", self.rows.len());
        for (code, (lat, lon)) in &self.rows {
            let code = String::from_utf8_lossy(code);
            let _ = writeln!(text, "{code}\t{lat}\t{lon}");
        }
        text
    }

    fn read_kept(text: &str) -> anyhow::Result<Coordinates> {
        let (head, body) = text.split_once("\n\n").context("no end of the head")?;
        anyhow::ensure!(text.ends_with('\n'), "the last line is torn");
        let mut lines = head.lines();
        anyhow::ensure!(lines.next() == Some(LAYOUT), "another layout");
        let mut source = CoordinatesSource::default();
        let mut expected = None;
        for line in lines {
            let (key, value) = line
                .split_once(": ")
                .unwrap_or((line.trim_end_matches(':'), ""));
            match key {
                "credit" => value.clone_into(&mut source.credit),
                "licence" => value.clone_into(&mut source.licence),
                "url" => source.url = Some(value.to_owned()),
                "vintage" => source.vintage = value.parse().ok(),
                "communes" => expected = value.parse::<usize>().ok(),
                _ => anyhow::bail!("an unknown line: {key}"),
            }
        }
        let mut rows = BTreeMap::new();
        for line in body.lines() {
            let mut fields = line.split('\t');
            let read = (|| {
                let code: [u8; 5] = fields.next()?.as_bytes().try_into().ok()?;
                let place = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
                Some((code, place))
            })();
            let (code, place) = read.with_context(|| format!("a torn line: {line}"))?;
            rows.insert(code, place);
        }
        anyhow::ensure!(
            expected == Some(rows.len()),
            "{} communes where the head says {expected:?}",
            rows.len()
        );
        Ok(Coordinates { source, rows })
    }
}

/// Returns the coordinates of a data folder; a damaged file is no reason not to serve: `doctor` tells of it.
pub(crate) async fn open(dir: &Path) -> anyhow::Result<Option<Arc<Coordinates>>> {
    let dir = dir.to_owned();
    match blocking(move || Coordinates::load(&dir)).await? {
        Ok(found) => Ok(found.map(Arc::new)),
        Err(error) => {
            tracing::warn!(
                error = format!("{error:#}"),
                "the coordinates cannot be read"
            );
            Ok(None)
        }
    }
}

/// Returns the text of a file to import, unpacked when it is packed; never more than the bounds.
fn table_of(file: &Path) -> Result<String, CoordinatesError> {
    let opened = fs::File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
    let size = opened.metadata().context("its size")?.len();
    if size > MAX_PACKED_BYTES {
        return Err(CoordinatesError::TooLarge);
    }
    let mut packed = Vec::new();
    let read = opened.take(MAX_PACKED_BYTES).read_to_end(&mut packed);
    read.with_context(|| format!("cannot read {}", file.display()))?;
    let mut bytes = Vec::new();
    if packed.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = MultiGzDecoder::new(packed.as_slice()).take(MAX_BYTES + 1);
        let read = unpacked.read_to_end(&mut bytes);
        read.context("the gzip file is torn")?;
    } else {
        bytes = packed;
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(CoordinatesError::TooLarge);
    }
    Ok(String::from_utf8(bytes).context("the file is not UTF-8 text")?)
}

/// Reads a line: code, latitude, longitude.
fn row(line: &str) -> Result<([u8; 5], (i32, i32)), &'static str> {
    let apart = if line.contains('\t') {
        '\t'
    } else if line.contains(';') {
        ';'
    } else {
        ','
    };
    let mut fields = line
        .split(apart)
        .map(|field| field.trim().trim_matches('"'));
    let code = fields.next().unwrap_or_default().to_ascii_uppercase();
    let is_code = code.len() == 5
        && code
            .bytes()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() || at == 1 && matches!(byte, b'A' | b'B'));
    if !is_code {
        return Err("no code of a commune");
    }
    let mut degrees = |bound: f64, wrong: &'static str| {
        let field = fields.next().ok_or(wrong)?;
        let number: f64 = field.replace(',', ".").parse().map_err(|_| wrong)?;
        // The bounds also refuse infinities and what is no number.
        if (-bound..=bound).contains(&number) {
            Ok((number * UNITS).round() as i32)
        } else {
            Err(wrong)
        }
    };
    let lat = degrees(90.0, "no latitude between -90 and 90")?;
    let lon = degrees(180.0, "no longitude between -180 and 180")?;
    let code = code
        .as_bytes()
        .try_into()
        .map_err(|_| "no code of a commune")?;
    Ok((code, (lat, lon)))
}

#[cfg(test)]
mod tests;
