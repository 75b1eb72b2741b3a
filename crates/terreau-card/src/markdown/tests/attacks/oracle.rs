//! A reader of HTML that accepts only what leaves nothing to interpret.

/// What each element may carry. Kept apart from the sanitiser's own list on purpose: a slip there has to be made here too.
const MAY_CARRY: &[(&str, &str)] = &[
    ("a", "href title rel id aria-label class"),
    ("blockquote", ""),
    ("br", ""),
    ("code", ""),
    ("del", ""),
    ("div", "class tabindex role aria-label"),
    ("em", ""),
    ("figcaption", ""),
    ("figure", ""),
    ("h2", "id"),
    ("h3", "id"),
    ("h4", "id"),
    ("h5", "id"),
    ("h6", "id"),
    ("hr", ""),
    ("img", "src alt title loading"),
    ("input", "type disabled checked aria-label"),
    ("li", "id class"),
    ("ol", "start class aria-label"),
    ("p", "class"),
    ("pre", "tabindex"),
    ("span", "class"),
    ("strong", ""),
    ("sup", ""),
    ("table", ""),
    ("tbody", ""),
    ("td", "class"),
    ("th", "scope class"),
    ("thead", ""),
    ("tr", ""),
    ("ul", "class"),
    ("wbr", ""),
];
const CLASSES: &str = "table questions noteref back task notes question hint answer probes relevant note cut mark choices center end";
const EMPTY: [&str; 5] = ["br", "hr", "img", "input", "wbr"];

/// Returns everything in the HTML that a rendered card may not hold.
pub(in crate::markdown::tests) fn violations(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        check_text(&rest[..at], &mut found);
        rest = &rest[at + 1..];
        let Some(end) = tag_end(rest) else {
            found.push(format!("a tag without an end: {rest}"));
            return found;
        };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                found.push(format!("</{name}> closes something else"));
            }
        } else {
            let name = tag.split(' ').next().unwrap_or_default();
            check_tag(tag, name, &mut found);
            if !EMPTY.contains(&name) {
                open.push(name);
            }
        }
    }
    check_text(rest, &mut found);
    found.extend(open.iter().map(|name| format!("<{name}> stays open")));
    found
}

/// The `>` that ends a tag: quoted ones don't.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quoted = false;
    rest.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == '>' && !quoted).then_some(at)
    })
}

fn check_text(text: &str, found: &mut Vec<String>) {
    if text.contains('>') {
        found.push(format!("a bare > in {text}"));
    }
    decode(text, found);
}

fn check_tag(tag: &str, name: &str, found: &mut Vec<String>) {
    let Some((_, carried)) = MAY_CARRY.iter().find(|(known, _)| *known == name) else {
        found.push(format!("<{tag}>"));
        return;
    };
    let mut attributes: Vec<(String, String)> = Vec::new();
    let mut rest = &tag[name.len()..];
    while !rest.is_empty() {
        let parsed = rest
            .strip_prefix(' ')
            .and_then(|rest| rest.split_once("=\""))
            .and_then(|(key, rest)| {
                let (value, rest) = rest.split_once('"')?;
                Some((key, value, rest))
            });
        let Some((key, value, after)) = parsed else {
            found.push(format!("not attributes: {tag}"));
            return;
        };
        if !carried.split(' ').any(|known| known == key)
            || attributes.iter().any(|(known, _)| known == key)
        {
            found.push(format!("{key} in <{tag}>"));
        }
        attributes.push((key.to_owned(), decode(value, found)));
        rest = after;
    }
    for (key, value) in &attributes {
        if !is_right(key, value) {
            found.push(format!("{key} is {value:?} in <{tag}>"));
        }
    }
    let get = |wanted: &str| {
        attributes
            .iter()
            .find(|(key, _)| key == wanted)
            .map(|(_, value)| value.as_str())
    };
    let out = get("href").is_some_and(|href| !href.starts_with(['/', '#']) && !is_ours(href));
    if out && get("rel") != Some("noopener noreferrer ugc") {
        found.push(format!("a link out that doesn't say so: <{tag}>"));
    }
    if name == "input" && get("disabled").is_none() {
        found.push(format!("a field: <{tag}>"));
    }
}

fn is_ours(href: &str) -> bool {
    href.strip_prefix("https://commun.example")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
}

fn is_right(key: &str, value: &str) -> bool {
    let plain = !value
        .chars()
        .any(|letter| letter <= ' ' || letter == '\\' || letter.is_control());
    let on_site = value.starts_with('/') && !value.starts_with("//");
    let lower = value.to_ascii_lowercase();
    match key {
        "href" => {
            plain
                && (on_site
                    || value.starts_with("#section-")
                    || value.starts_with("#note")
                    || ["https://", "http://", "mailto:"]
                        .iter()
                        .any(|scheme| lower.starts_with(scheme)))
        }
        "src" => plain && on_site,
        "id" => {
            ["section-", "note-", "noteref-", "question-"]
                .iter()
                .any(|word| value.starts_with(word))
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        }
        "class" => value
            .split(' ')
            .all(|class| class.is_empty() || CLASSES.split(' ').any(|known| known == class)),
        "rel" => value == "noopener noreferrer ugc",
        "role" => value == "region",
        "tabindex" => value == "0",
        "loading" => value == "lazy",
        "scope" => value == "col",
        "type" => value == "checkbox",
        "disabled" | "checked" => value.is_empty(),
        "start" => value.parse::<u32>().is_ok(),
        _ => true,
    }
}

/// Decodes the few entities that a serialiser writes; anything else behind an `&` is a finding.
fn decode(text: &str, found: &mut Vec<String>) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&nbsp;", '\u{a0}'),
        ];
        match known.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, letter)) => {
                decoded.push(*letter);
                rest = &rest[entity.len()..];
            }
            None => {
                found.push(format!("a bare & before {rest}"));
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    decoded
}
