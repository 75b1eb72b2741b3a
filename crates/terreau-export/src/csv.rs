//! A table as comma-separated values. Source: RFC 4180.

/// Writes a table: its first row names the columns.
///
/// Spreadsheets take a value that begins like a formula for one: such a text gets a quote before it, a number does not.
pub fn csv<'a, Row>(rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = &'a str>,
{
    let mut table = String::new();
    for row in rows {
        for (place, value) in row.into_iter().enumerate() {
            if place > 0 {
                table.push(',');
            }
            push(value, &mut table);
        }
        table.push_str("\r\n");
    }
    table
}

fn push(value: &str, table: &mut String) {
    let is_formula =
        value.starts_with(['=', '+', '-', '@', '\t', '\r']) && value.parse::<f64>().is_err();
    let guard = if is_formula { "'" } else { "" };
    if value.contains([',', '"', '\n', '\r']) {
        table.push('"');
        table.push_str(guard);
        table.push_str(&value.replace('"', "\"\""));
        table.push('"');
    } else {
        table.push_str(guard);
        table.push_str(value);
    }
}
