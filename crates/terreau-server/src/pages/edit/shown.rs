//! From a card to the inputs that show it.

use terreau_card::schema::{Field, Shape, fields_of};
use terreau_card::{Card, Kind, Value};

use super::inputs::Inputs;
use super::{duration, is_edited, text};

/// Returns what the form of a card holds before anybody types.
pub fn inputs_of(card: &Card, kind: Kind, sections: &text::Layout) -> Inputs {
    let mut inputs = Inputs::default();
    for field in fields_of(kind).filter(|field| is_edited(field.key)) {
        if let Some(value) = card.value(field.key) {
            show(
                &field.shape,
                &format!("f.{}", field.key),
                value,
                &mut inputs,
            );
        }
    }
    sections.show(&mut inputs);
    inputs
}

/// Shows one value under a name. What does not fit the shape is not shown: it stays as it is unless somebody types over it.
fn show(shape: &Shape, name: &str, value: &Value, inputs: &mut Inputs) {
    match shape {
        Shape::Duration => {
            if let Some(iso) = value.plain() {
                let (number, unit) = duration::show(&iso);
                inputs.add(name, &number);
                inputs.add(format!("{name}.unit"), unit);
            }
        }
        Shape::List(item) => show_list(item, name, value.as_list().unwrap_or_default(), inputs),
        Shape::Map(fields) => show_map(fields, name, value, inputs),
        Shape::MediaMap(fields) => {
            for (row, (path, entry)) in value.as_map().unwrap_or_default().iter().enumerate() {
                inputs.add(format!("{name}.{row}.path"), path);
                show_map(fields, &format!("{name}.{row}"), entry, inputs);
            }
        }
        Shape::Marks { .. } => {
            for (criterion, mark) in value.as_map().unwrap_or_default() {
                if let Some(mark) = mark.plain() {
                    inputs.add(format!("{name}.{criterion}"), &mark);
                }
            }
        }
        Shape::PathOr(fields) => show_path_or(fields, name, value, inputs),
        _ => {
            if let Some(text) = value.plain() {
                inputs.add(name, &text);
            }
        }
    }
}

fn show_list(item: &Shape, name: &str, values: &[Value], inputs: &mut Inputs) {
    match item {
        Shape::Code(_) => {
            for code in values.iter().filter_map(Value::plain) {
                inputs.add(name, &code);
            }
        }
        Shape::Paragraph { .. } => {
            for (row, value) in values.iter().enumerate() {
                show(item, &format!("{name}.{row}"), value, inputs);
            }
        }
        Shape::Map(_) | Shape::PathOr(_) => {
            for (row, value) in values.iter().enumerate() {
                show(item, &format!("{name}.{row}"), value, inputs);
            }
        }
        _ => {
            // One a line, so a list with something else in it cannot be shown.
            let lines: Option<Vec<String>> = values
                .iter()
                .map(|value| value.plain().filter(|line| !line.contains('\n')))
                .collect();
            if let Some(lines) = lines {
                inputs.add(name, &lines.join("\n"));
            }
        }
    }
}

fn show_map(fields: &[Field], name: &str, value: &Value, inputs: &mut Inputs) {
    for field in fields {
        if let Some(value) = value.get(field.key) {
            show(
                &field.shape,
                &format!("{name}.{}", field.key),
                value,
                inputs,
            );
        }
    }
}

fn show_path_or(fields: &[Field], name: &str, value: &Value, inputs: &mut Inputs) {
    match value {
        Value::Map(_) => show_map(fields, name, value, inputs),
        scalar => {
            if let Some(path) = scalar.plain() {
                inputs.add(format!("{name}.path"), &path);
            }
        }
    }
}
