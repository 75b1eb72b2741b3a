//! The grid as data, at the same address with another ending.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::web::{Bytes, Data};
use serde_json::{Map, Value, json};

use super::{label, read};
use crate::cached::fresh;
use crate::{Answer, Reader, Site};

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8; header=present");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Gives the grid as a table: a row for each criterion.
///
/// `GET /grille.csv?…` → 200 · 304 · 404
pub async fn csv(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let reports = site.commons.reports(&snapshot).await?;
    let asked = read(&request, &snapshot, &reports)?;
    let (config, words) = (snapshot.config(), reader.words());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let heads = |of: &str| -> Vec<String> {
        let columns = asked.columns.iter();
        columns
            .map(|column| match of {
                "name" => column.name.clone(),
                _ => column.date.clone(),
            })
            .collect()
    };
    for (code, name) in [("name", "grid-name"), ("date", "grid-date")] {
        let mut row = vec![code.to_owned(), words.say(name)];
        row.extend(heads(code));
        rows.push(row);
    }
    for criterion in &config.criteria {
        let mut row = vec![
            criterion.code.clone(),
            label(config, &criterion.code, words).to_owned(),
        ];
        row.extend(asked.columns.iter().map(|column| {
            let mark = column.marks.get(&criterion.code);
            mark.map_or_else(String::new, |mark| mark.get().to_string())
        }));
        rows.push(row);
    }
    let mut header = vec!["criterion", "label", "first"];
    header.extend((asked.columns.len() == 2).then_some("second"));
    let rows = rows
        .iter()
        .map(|row| row.iter().map(String::as_str).collect());
    let table = terreau_export::csv(std::iter::once(header).chain(rows));
    Ok(fresh(
        &request,
        snapshot.commit().short(),
        Bytes::from(table),
        CSV,
    ))
}

/// Gives the grid as JSON.
///
/// `GET /grille.json?…` → 200 · 304 · 404
pub async fn json(request: HttpRequest, reader: Reader, site: Data<Site>) -> Answer {
    let snapshot = site.commons.snapshot();
    let reports = site.commons.reports(&snapshot).await?;
    let asked = read(&request, &snapshot, &reports)?;
    let (config, words) = (snapshot.config(), reader.words());
    let criteria: Vec<Value> = config
        .criteria
        .iter()
        .map(|one| json!({"code": one.code, "label": label(config, &one.code, words)}))
        .collect();
    let columns: Vec<Value> = asked
        .columns
        .iter()
        .map(|column| {
            let marks = column.marks.iter();
            let marks: Map<String, Value> = marks
                .map(|(code, mark)| (code.clone(), json!(mark.get())))
                .collect();
            let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            json!({"name": said(&column.name), "date": said(&column.date), "marks": marks})
        })
        .collect();
    let grid = json!({
        "commons": config.name.get(reader.language),
        "card": asked.card.as_ref().map(|head| head.path.as_str()),
        "scale": {"min": 1, "max": 4},
        "criteria": criteria,
        "evaluated": columns,
    });
    Ok(fresh(
        &request,
        snapshot.commit().short(),
        Bytes::from(grid.to_string()),
        JSON,
    ))
}
