//! Completing the name of a territory, for forms.

use actix_web::HttpRequest;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::web::{Bytes, Data, block};
use serde_json::{Map, Value as Json, json};
use terreau_card::Value;
use terreau_experience::WrittenPlace;
use terreau_territory::Register;

use crate::cached::fresh;
use crate::pages::search::pairs;
use crate::place_input::choice_of;
use crate::{Answer, Failure, Reader, Site, Words};

/// How many territories are offered.
const MOST: usize = 10;

/// How long an answer is kept: the register changes with the program only.
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Gives the territories that fit what was typed: `{query, vintage, places: [{code, label, former, kind, written}]}`.
///
/// `GET /territoires/completer?q=` → 200 · 304
pub async fn complete(request: HttpRequest, reader: Reader, _site: Data<Site>) -> Answer {
    let typed = pairs(request.uri().query().unwrap_or_default())
        .find(|(name, _)| name == "q")
        .map(|(_, value)| value)
        .unwrap_or_default();
    let words = reader.words();
    // A name that nobody bears is looked for in all of them.
    let found = block(move || found(&typed, words))
        .await
        .map_err(Failure::unexpected)?;
    let mut answer = fresh(
        &request,
        "",
        Bytes::from(found.to_string()),
        HeaderValue::from_static("application/json"),
    );
    answer.headers_mut().insert(CACHE_CONTROL, A_DAY);
    Ok(answer)
}

fn found(typed: &str, words: Words) -> Json {
    let register = Register::load();
    let places: Vec<Json> = register
        .offers(typed, MOST)
        .iter()
        .map(|offer| {
            let choice = choice_of(offer);
            json!({
                "code": choice.code,
                "label": choice.label,
                "former": choice.former,
                "kind": choice.kind.map(|key| words.say(key)),
                "written": json_of(&WrittenPlace::of_known(offer.known).to_value()),
            })
        })
        .collect();
    let query: String = typed.chars().take(120).collect();
    json!({ "query": query, "vintage": register.vintage(), "places": places })
}

fn json_of(value: &Value) -> Json {
    match value {
        Value::Map(entries) => Json::Object(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), json_of(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::List(items) => items.iter().map(json_of).collect(),
        Value::Integer(number) => Json::from(*number),
        Value::Decimal(number) => Json::from(*number),
        Value::Bool(answer) => Json::from(*answer),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Null => Json::Null,
    }
}
