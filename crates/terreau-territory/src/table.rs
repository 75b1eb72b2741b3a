//! The table as the chore wrote it, read into rows.
//!
//! Lines of text in sections that open with `# name count`, in this order:
//!
//! | section | line |
//! | --- | --- |
//! | `vintage`, `population` | no lines: the count is the year |
//! | `regions`, `departments` | code, name, TNCC, code of the chief town, zone, code of the region of a department |
//! | `epcis` | SIREN, nature, name |
//! | `numbers` | of each commune, the step from the number before in its department; a department's first: its code, number |
//! | `names`, `populations` | of each commune; an unknown population is empty |
//! | `postcodes` | of each commune, without the two digits of its department where they begin with these |
//! | `members` | of each commune, the rank of its EPCI; empty where it has none |
//! | `others` | steps to the commune, kind, name, code where it isn't the commune's, last year where known |
//!
//! Rows hold positions in the text, not strings of their own: the register is read-only, and 46,000 names are many.

use std::ops::Range;

/// Stands for no EPCI and for no known population.
pub(crate) const NO_EPCI: u16 = u16::MAX;
pub(crate) const NO_POPULATION: u32 = u32::MAX;

/// A piece of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Span {
    start: u32,
    len: u16,
}

/// A region, or a department with the place of its region.
#[derive(Debug)]
pub(crate) struct AreaRow {
    pub code: Span,
    pub name: Span,
    pub tncc: u8,
    pub chief_town: Span,
    pub zone: Span,
    pub region: usize,
    /// For a department: its communes.
    pub communes: Range<usize>,
}

#[derive(Debug)]
pub(crate) struct EpciRow {
    pub siren: Span,
    pub nature: Span,
    pub name: Span,
}

#[derive(Debug)]
pub(crate) struct CommuneRow {
    pub code: [u8; 5],
    pub department: u8,
    pub epci: u16,
    pub population: u32,
    pub name: Span,
    pub postcodes: Span,
    /// Place of its first other name; they end where the next commune's begin.
    pub first_other: u32,
}

#[derive(Debug)]
pub(crate) struct OtherRow {
    pub commune: u32,
    pub kind: u8,
    pub name: Span,
    /// Zeros: the code of the commune.
    pub code: [u8; 5],
    /// Zero: unknown.
    pub until: u16,
}

/// The whole table.
#[derive(Debug)]
pub(crate) struct Table {
    pub text: Box<str>,
    pub vintage: u16,
    pub population_year: u16,
    pub regions: Vec<AreaRow>,
    pub departments: Vec<AreaRow>,
    pub epcis: Vec<EpciRow>,
    pub communes: Vec<CommuneRow>,
    pub others: Vec<OtherRow>,
}

impl Table {
    /// Reads a table; none when it is not one of ours.
    pub(crate) fn read(text: String) -> Option<Self> {
        let text = text.into_boxed_str();
        let mut lines = Lines { text: &text, at: 0 };
        let vintage = u16::try_from(lines.section("vintage")?).ok()?;
        let population_year = u16::try_from(lines.section("population")?).ok()?;
        let regions = areas(&mut lines, "regions", &[])?;
        let mut departments = areas(&mut lines, "departments", &regions)?;
        let epcis = lines.rows("epcis", |lines, line| {
            let [siren, nature, name] = lines.fields(line)?;
            Some(EpciRow {
                siren,
                nature,
                name,
            })
        })?;
        let mut communes = numbers(&mut lines, &mut departments)?;
        lines.column("names", &mut communes, |_, line, row| {
            row.name = line;
            Some(())
        })?;
        lines.column("populations", &mut communes, |lines, line, row| {
            row.population = lines.number(line, NO_POPULATION)?;
            Some(())
        })?;
        lines.column("postcodes", &mut communes, |_, line, row| {
            row.postcodes = line;
            Some(())
        })?;
        lines.column("members", &mut communes, |lines, line, row| {
            row.epci = lines.number(line, NO_EPCI)?;
            (row.epci == NO_EPCI || usize::from(row.epci) < epcis.len()).then_some(())
        })?;
        let others = others(&mut lines, &mut communes)?;
        Some(Self {
            vintage,
            population_year,
            regions,
            departments,
            epcis,
            communes,
            others,
            text,
        })
    }

    /// Returns a piece of the text.
    pub(crate) fn get(&self, span: Span) -> &str {
        get(&self.text, span)
    }
}

fn get(text: &str, span: Span) -> &str {
    let start = span.start as usize;
    &text[start..start + usize::from(span.len)]
}

fn areas(lines: &mut Lines<'_>, section: &str, regions: &[AreaRow]) -> Option<Vec<AreaRow>> {
    lines.rows(section, |lines, line| {
        let [code, name, tncc, chief_town, zone, region] = lines.fields(line)?;
        let region = regions
            .iter()
            .position(|one| lines.get(one.code) == lines.get(region));
        Some(AreaRow {
            code,
            name,
            tncc: lines.number(tncc, 0)?,
            chief_town,
            zone,
            region: region.or(regions.is_empty().then_some(0))?,
            communes: 0..0,
        })
    })
}

fn numbers(lines: &mut Lines<'_>, departments: &mut [AreaRow]) -> Option<Vec<CommuneRow>> {
    let (mut department, mut number) = (0, 0_u32);
    let mut place = 0;
    lines.rows("numbers", |lines, line| {
        let text = lines.get(line);
        if let Some((code, first)) = text.split_once(' ') {
            department = departments
                .iter()
                .position(|one| lines.get(one.code) == code)?;
            number = first.parse().ok()?;
            departments[department].communes = place..place;
        } else {
            number += text.parse::<u32>().ok()?;
        }
        place += 1;
        departments[department].communes.end = place;
        let code = lines.get(departments[department].code);
        let code = format!(
            "{code}{number:0width$}",
            width = 5_usize.checked_sub(code.len())?
        );
        Some(CommuneRow {
            code: code.as_bytes().try_into().ok()?,
            department: u8::try_from(department).ok()?,
            epci: NO_EPCI,
            population: NO_POPULATION,
            name: Span::default(),
            postcodes: Span::default(),
            first_other: 0,
        })
    })
}

fn others(lines: &mut Lines<'_>, communes: &mut [CommuneRow]) -> Option<Vec<OtherRow>> {
    let mut commune = 0_u32;
    let others = lines.rows("others", |lines, line| {
        let [step, kind, name, code, until] = lines.fields(line)?;
        commune += lines.number(step, 0_u32)?;
        communes.get(commune as usize)?;
        let code = lines.get(code);
        Some(OtherRow {
            commune,
            kind: *lines.get(kind).as_bytes().first()?,
            name,
            code: if code.is_empty() {
                [0; 5]
            } else {
                code.as_bytes().try_into().ok()?
            },
            until: lines.number(until, 0)?,
        })
    })?;
    let mut next = 0;
    for (place, row) in communes.iter_mut().enumerate() {
        while others
            .get(next)
            .is_some_and(|other| (other.commune as usize) < place)
        {
            next += 1;
        }
        row.first_other = u32::try_from(next).ok()?;
    }
    Some(others)
}

/// The lines that are left of a table.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn next(&mut self) -> Option<Span> {
        let end = self.at + self.text.get(self.at..)?.find('\n')?;
        let line = Span {
            start: u32::try_from(self.at).ok()?,
            len: u16::try_from(end - self.at).ok()?,
        };
        self.at = end + 1;
        Some(line)
    }

    fn get(&self, span: Span) -> &'t str {
        get(self.text, span)
    }

    /// Opens a section and returns its count.
    fn section(&mut self, name: &str) -> Option<usize> {
        let line = self.next()?;
        self.get(line)
            .strip_prefix("# ")?
            .strip_prefix(name)?
            .trim_start()
            .parse()
            .ok()
    }

    fn rows<T>(
        &mut self,
        section: &str,
        mut read: impl FnMut(&Self, Span) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = self.section(section)?;
        let mut rows = Vec::with_capacity(count.min(100_000));
        for _ in 0..count {
            let line = self.next()?;
            rows.push(read(self, line)?);
        }
        Some(rows)
    }

    fn column<T>(
        &mut self,
        section: &str,
        rows: &mut [T],
        mut read: impl FnMut(&Self, Span, &mut T) -> Option<()>,
    ) -> Option<()> {
        if self.section(section)? != rows.len() {
            return None;
        }
        for row in rows {
            let line = self.next()?;
            read(self, line, row)?;
        }
        Some(())
    }

    fn fields<const N: usize>(&self, line: Span) -> Option<[Span; N]> {
        let mut fields = [Span::default(); N];
        let mut start = line.start;
        let mut parts = self.get(line).split('\t');
        for field in &mut fields {
            let len = u16::try_from(parts.next()?.len()).ok()?;
            *field = Span { start, len };
            start += u32::from(len) + 1;
        }
        parts.next().is_none().then_some(fields)
    }

    fn number<T: std::str::FromStr>(&self, span: Span, empty: T) -> Option<T> {
        match self.get(span) {
            "" => Some(empty),
            digits => digits.parse().ok(),
        }
    }
}
