//! Reports as data: a table, lines of JSON, linked data. The columns are a contract: add to them, never change one.
//!
//! Source: RFC 4180 (the table), jsonlines.org, schema.org 29 (`Dataset`, `Report`, `PropertyValue`), UN/ECE
//! recommendation 20 (codes of units).

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use terreau_card::licence;
use terreau_experience::{Again, Independence, Measure, Per, Place, PlaceId, Report, State};

use crate::csv;

/// The columns of the table, and the members of each line of JSON, in their order.
pub const COLUMNS: &[&str] = &[
    "path",
    "id",
    "url",
    "title",
    "summary",
    "credit",
    "licence",
    "updated",
    "about",
    "about_commits",
    "territories",
    "territory_codes",
    "populations",
    "start",
    "end",
    "state",
    "leads",
    "partners",
    "funders",
    "participants",
    "participants_exact",
    "audiences",
    "participation",
    "duration_min_minutes",
    "duration_max_minutes",
    "duration_nature",
    "cost_eur",
    "cost_per",
    "cost_nature",
    "staff_fte",
    "staff_people",
    "staff_days",
    "figures",
    "satisfactions",
    "obstacles",
    "tips",
    "surprises",
    "adaptations",
    "again",
    "marks",
    "independence",
    "conflicting_facts",
    "register_vintage",
    "commit",
];

/// What stands between two values of one cell.
const BETWEEN: &str = " | ";

/// A report with what only the commons knows of it.
pub struct Told<'a> {
    /// The report.
    pub report: &'a Report,
    /// When its card last changed.
    pub updated: DateTime<Utc>,
}

/// Reports of one moment.
pub struct Dataset<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it holds, in a sentence.
    pub description: &'a str,
    /// Where it is read by people.
    pub page: &'a str,
    /// The commons' address, without a final slash.
    pub base_url: &'a str,
    /// Who gives it.
    pub publisher: &'a str,
    /// The licence of reports that name none, an SPDX expression.
    pub licence: &'a str,
    /// The language of what it says of itself.
    pub language: &'a str,
    /// The year of the register whose codes name communes.
    pub register_vintage: u16,
    /// The commit that it shows.
    pub commit: &'a str,
    /// When that was published.
    pub published: DateTime<Utc>,
    /// The reports.
    pub reports: Vec<Told<'a>>,
}

impl Dataset<'_> {
    /// Returns the reports as a table; where a report says nothing the cell is empty, several values stand between bars.
    pub fn csv(&self) -> String {
        let rows: Vec<Vec<String>> = self
            .reports
            .iter()
            .map(|told| {
                let fields = self.fields(told);
                let cell = |column: &&str| fields.get(*column).map_or_else(String::new, cell);
                COLUMNS.iter().map(cell).collect()
            })
            .collect();
        let rows = rows
            .iter()
            .map(|row| row.iter().map(String::as_str).collect());
        csv(std::iter::once(COLUMNS.to_vec()).chain(rows))
    }

    /// Returns one JSON object for each report, each on its line; what a report doesn't say is absent.
    pub fn json_lines(&self) -> String {
        let mut lines = String::new();
        for told in &self.reports {
            lines.push_str(&Json::Object(self.fields(told)).to_string());
            lines.push('\n');
        }
        lines
    }

    /// Returns the reports as linked data: a `Dataset` that holds them.
    pub fn json_ld(&self) -> String {
        let mut all = json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "@id": self.page,
            "name": self.name,
            "description": self.description,
            "url": self.page,
            "inLanguage": self.language,
            "license": licence_address(self.licence),
            "creator": {"@type": "Organization", "name": self.publisher},
            "dateModified": self.published.to_rfc3339(),
            "version": self.commit,
            "isAccessibleForFree": true,
        });
        let parts: Vec<Json> = self.reports.iter().map(|told| self.linked(told)).collect();
        all["hasPart"] = Json::Array(parts);
        all.to_string()
    }

    fn licence_of<'a>(&'a self, report: &'a Report) -> &'a str {
        let its = report.experience.licence.as_deref();
        its.unwrap_or(self.licence)
    }

    fn address(&self, path: impl std::fmt::Display) -> String {
        format!("{}/{path}", self.base_url)
    }

    /// Returns what a report says, by column.
    fn fields(&self, told: &Told<'_>) -> Map<String, Json> {
        let report = told.report;
        let said = &report.experience;
        let mut fields = Fields(Map::new());
        fields.put("path", report.path.as_str());
        fields.put("id", said.id.map(|id| id.to_string()));
        fields.put("url", self.address(&report.path));
        fields.text("title", &said.title);
        fields.text("summary", &said.summary);
        fields.put("credit", said.credit.clone());
        fields.put("licence", self.licence_of(report));
        fields.put("updated", told.updated.to_rfc3339());
        let about = said.about.iter();
        fields.list("about", about.clone().map(|used| used.card.to_string()));
        if said.about.iter().any(|used| used.commit.is_some()) {
            // In the order of the cards, empty where none is named.
            let commits = about.map(|used| used.commit.clone().unwrap_or_default());
            fields.list("about_commits", commits);
        }
        let places = report.places.iter();
        fields.list(
            "territories",
            places.clone().map(|place| place.name.clone()),
        );
        fields.list("territory_codes", places.clone().map(code_of));
        if report.places.iter().any(|place| place.population.is_some()) {
            let counts = places.map(|place| match place.population {
                Some(count) => json!(count),
                None => Json::Null,
            });
            fields.put("populations", Json::Array(counts.collect()));
        }
        fields.put("start", said.period.start.map(|when| when.to_string()));
        fields.put("end", said.period.end.map(|when| when.to_string()));
        fields.put("state", said.state.map(State::as_str));
        fields.list("leads", said.leads.iter().cloned());
        fields.list("partners", said.partners.iter().cloned());
        fields.list("funders", said.funders.iter().cloned());
        fields.put("participants", said.participants.count);
        fields.put("participants_exact", said.participants.is_exact);
        fields.list("audiences", said.participants.audiences.iter().cloned());
        fields.put("participation", said.participation.clone());
        if let Some(range) = said.duration {
            fields.number("duration_min_minutes", range.min);
            fields.number("duration_max_minutes", range.max);
            fields.put(
                "duration_nature",
                said.nature_of(Measure::Duration).as_str(),
            );
        }
        if let Some(cost) = &said.cost {
            fields.number("cost_eur", cost.amount_eur);
            fields.put("cost_per", cost.per.map(Per::as_str));
            fields.put("cost_nature", said.nature_of(Measure::CostTotal).as_str());
        }
        if let Some(fte) = said.staff.fte {
            fields.number("staff_fte", fte);
        }
        fields.put("staff_people", said.staff.people);
        if let Some(days) = said.staff.days {
            fields.number("staff_days", days);
        }
        let figures: Vec<Json> = said
            .figures
            .iter()
            .map(|figure| {
                let mut one = Fields(Map::new());
                one.number("value", figure.value);
                one.put("unit", figure.unit.clone());
                one.text("label", &figure.label);
                one.put("date", figure.date.map(|when| when.to_string()));
                one.put("nature", figure.nature.as_str());
                one.put("source", figure.source.clone());
                Json::Object(one.0)
            })
            .collect();
        fields.put("figures", (!figures.is_empty()).then_some(figures));
        fields.list("satisfactions", said.satisfactions.iter().cloned());
        fields.list("obstacles", said.obstacles.iter().cloned());
        fields.list("tips", said.tips.iter().cloned());
        fields.list("surprises", said.surprises.iter().cloned());
        let changed = said.adaptations.iter().map(|one| one.changed.clone());
        fields.list("adaptations", changed);
        fields.put("again", said.again.map(Again::as_str));
        if !said.marks.is_empty() {
            let marks = said.marks.iter();
            let marks: Map<String, Json> = marks
                .map(|(criterion, mark)| (criterion.clone(), json!(mark.get())))
                .collect();
            fields.put("marks", marks);
        }
        fields.put("independence", said.independence.map(Independence::as_str));
        fields.put("conflicting_facts", said.conflicting_facts.clone());
        fields.put("register_vintage", self.register_vintage);
        fields.put("commit", self.commit);
        fields.0
    }

    fn linked(&self, told: &Told<'_>) -> Json {
        let report = told.report;
        let said = &report.experience;
        let mut one = Fields(Map::new());
        one.put("@type", "Report");
        one.put("@id", self.address(&report.path));
        one.put("identifier", said.id.map(|id| format!("urn:uuid:{id}")));
        one.text("name", &said.title);
        one.text("description", &said.summary);
        one.put("license", licence_address(self.licence_of(report)));
        one.put("creditText", said.credit.clone());
        one.put("dateModified", told.updated.to_rfc3339());
        let about: Vec<Json> = said
            .about
            .iter()
            .map(|used| {
                let mut card = Fields(Map::new());
                card.put("@id", self.address(&used.card));
                card.put("version", used.commit.clone());
                Json::Object(card.0)
            })
            .collect();
        one.put("about", (!about.is_empty()).then_some(about));
        let places: Vec<Json> = report
            .places
            .iter()
            .map(|place| self.place(place))
            .collect();
        one.put("spatialCoverage", (!places.is_empty()).then_some(places));
        // ISO 8601-2 writes an end that is not known yet as two dots.
        let period = said.period.start.map(|start| {
            let end = said.period.end.map(|end| end.to_string());
            format!("{start}/{}", end.unwrap_or_else(|| "..".to_owned()))
        });
        one.put("temporalCoverage", period);
        let values: Vec<Json> = self.values(report);
        one.put("variableMeasured", (!values.is_empty()).then_some(values));
        let notes = [
            ("satisfaction", &said.satisfactions),
            ("obstacle", &said.obstacles),
            ("tip", &said.tips),
            ("surprise", &said.surprises),
        ];
        let notes: Vec<Json> = notes
            .iter()
            .flat_map(|(kind, texts)| {
                let texts = texts.iter();
                texts.map(
                    move |text| json!({"@type": "Comment", "additionalType": kind, "text": text}),
                )
            })
            .collect();
        one.put("comment", (!notes.is_empty()).then_some(notes));
        let marks: Vec<Json> = said
            .marks
            .iter()
            .map(|(criterion, mark)| {
                json!({"@type": "Rating", "ratingAspect": criterion, "ratingValue": mark.get(), "worstRating": 1, "bestRating": 4})
            })
            .collect();
        one.put("contentRating", (!marks.is_empty()).then_some(marks));
        Json::Object(one.0)
    }

    fn place(&self, place: &Place) -> Json {
        let mut one = Fields(Map::new());
        one.put("@type", "AdministrativeArea");
        one.put("@id", place.card.as_ref().map(|card| self.address(card)));
        one.text("name", &place.name);
        let code = code_of(place);
        let identifier = json!({"@type": "PropertyValue", "propertyID": kind_of(place), "value": code, "validIn": self.register_vintage.to_string()});
        one.put("identifier", (!code.is_empty()).then_some(identifier));
        Json::Object(one.0)
    }

    fn values(&self, report: &Report) -> Vec<Json> {
        let said = &report.experience;
        let mut values = Vec::new();
        let mut tell = |measure: Measure, unit: &str, low: f64, high: f64| {
            let mut one = Fields(Map::new());
            one.put("@type", "PropertyValue");
            one.put("propertyID", measure.as_str());
            one.put("description", said.nature_of(measure).as_str());
            one.put("unitCode", unit);
            if (high - low).abs() < f64::EPSILON {
                one.number("value", low);
            } else {
                one.number("minValue", low);
                one.number("maxValue", high);
            }
            values.push(Json::Object(one.0));
        };
        if let Some(range) = said.duration {
            tell(Measure::Duration, "MIN", range.min, range.max);
        }
        if let Some(count) = said.participants.count {
            tell(Measure::Participants, "C62", count as f64, count as f64);
        }
        if let Some(cost) = &said.cost
            && let Some(per) = cost.per
        {
            let measure = match per {
                Per::Total => Measure::CostTotal,
                Per::Year => Measure::CostYearly,
                Per::Month => Measure::CostMonthly,
            };
            tell(measure, "EUR", cost.amount_eur, cost.amount_eur);
        }
        if let Some(fte) = said.staff.fte {
            tell(Measure::StaffFte, "C62", fte, fte);
        }
        if let Some(people) = said.staff.people {
            tell(Measure::StaffPeople, "C62", people as f64, people as f64);
        }
        if let Some(days) = said.staff.days {
            tell(Measure::StaffDays, "DAY", days, days);
        }
        values
    }
}

/// Members in the order in which they were put; what is not said is left out.
struct Fields(Map<String, Json>);

impl Fields {
    fn put(&mut self, name: &str, value: impl Into<Json>) {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(name.to_owned(), value);
        }
    }

    fn text(&mut self, name: &str, text: &str) {
        self.put(name, (!text.is_empty()).then_some(text));
    }

    fn list(&mut self, name: &str, texts: impl Iterator<Item = String>) {
        let texts: Vec<Json> = texts.map(Json::from).collect();
        self.put(name, (!texts.is_empty()).then_some(texts));
    }

    /// Whole numbers are written without a point.
    fn number(&mut self, name: &str, value: f64) {
        let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
        let value = if is_whole {
            Json::from(value as i64)
        } else {
            Json::from(value)
        };
        self.put(name, value);
    }
}

/// Returns a value as a cell of a table says it.
fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(values) => {
            let cells: Vec<String> = values.iter().map(cell).collect();
            cells.join(BETWEEN)
        }
        Json::Object(members) => {
            let members = members.iter();
            let said: Vec<String> = members
                .map(|(name, value)| format!("{name}={}", cell(value)))
                .collect();
            said.join("; ")
        }
        other => other.to_string(),
    }
}

/// Returns the code of a place in the register; empty for those that have none.
fn code_of(place: &Place) -> String {
    match &place.id {
        PlaceId::Commune(code)
        | PlaceId::Epci(code)
        | PlaceId::Department(code)
        | PlaceId::Region(code) => code.clone(),
        PlaceId::Card(_) | PlaceId::Named(..) => String::new(),
    }
}

fn kind_of(place: &Place) -> &'static str {
    match &place.id {
        PlaceId::Commune(_) => "INSEE, commune",
        PlaceId::Epci(_) => "SIREN",
        PlaceId::Department(_) => "INSEE, département",
        PlaceId::Region(_) => "INSEE, région",
        PlaceId::Card(_) | PlaceId::Named(..) => "",
    }
}

fn licence_address(expression: &str) -> Json {
    licence::find(expression).map_or_else(|| expression.into(), |known| known.url.into())
}
