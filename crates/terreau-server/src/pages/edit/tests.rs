//! From card to form to card: untouched is unchanged to the byte, one word is one line, and what is typed comes back.

use std::path::PathBuf;

use terreau_card::schema::fields_of;
use terreau_card::{CommonsConfig, Kind, Language, Value};

use super::fields::{Control, FieldView};
use super::*;

fn content() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../content")
}

fn config() -> CommonsConfig {
    let text = std::fs::read_to_string(content().join("commons.toml"))
        .expect("the starter commons has settings");
    CommonsConfig::read(&text).expect("its settings are right")
}

/// Every card of the starter commons, by file.
fn cards() -> Vec<(String, String)> {
    let mut cards = Vec::new();
    let mut folders = vec![content()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                cards.push((
                    path.display().to_string(),
                    std::fs::read_to_string(&path).expect("a card"),
                ));
            }
        }
    }
    assert!(cards.len() >= 15, "{}", cards.len());
    cards
}

fn work(text: &str, config: &CommonsConfig) -> Option<Work> {
    let card = Card::read(text).0;
    let kind = card.kind()?;
    Some(Work::on(card, kind, config))
}

/// Sends a form as a browser does: every control by its name, line ends as two characters.
fn browser(work: &Work, inputs: &Inputs, config: &CommonsConfig) -> Inputs {
    let parts = FormParts::of(
        work,
        inputs,
        config,
        Words::of(Language::French),
        &[],
        false,
    );
    let mut pairs = Vec::new();
    for field in parts
        .essential
        .iter()
        .chain(parts.groups.iter().flat_map(|group| &group.fields))
    {
        press(field, &mut pairs);
    }
    for text in &parts.texts {
        pairs.push((text.name.clone(), text.value.replace('\n', "\r\n")));
        pairs.extend(
            text.heading
                .iter()
                .map(|heading| (format!("{}.heading", text.name), heading.clone())),
        );
    }
    Inputs::from_pairs(pairs)
}

fn press(field: &FieldView, pairs: &mut Vec<(String, String)>) {
    match &field.control {
        Control::Line { value, .. } => {
            assert!(
                !value.contains('\n'),
                "a one-line input would lose lines: {}",
                field.name
            );
            pairs.push((field.name.clone(), value.clone()));
        }
        Control::Area { value, .. } => {
            pairs.push((field.name.clone(), value.replace('\n', "\r\n")));
        }
        Control::Choice { options } => {
            assert_eq!(
                options.iter().filter(|option| option.is_chosen).count(),
                1,
                "{}",
                field.name
            );
            let chosen = options
                .iter()
                .find(|option| option.is_chosen)
                .expect("one is chosen");
            pairs.push((field.name.clone(), chosen.code.clone()));
        }
        Control::Choices { options } => {
            pairs.extend(
                options
                    .iter()
                    .filter(|option| option.is_chosen)
                    .map(|option| (field.name.clone(), option.code.clone())),
            );
        }
        Control::Duration { value, units } => {
            pairs.push((field.name.clone(), value.clone()));
            let unit = units
                .iter()
                .find(|unit| unit.is_chosen)
                .expect("one unit is chosen");
            pairs.push((format!("{}.unit", field.name), unit.code.clone()));
        }
        Control::Group { fields, .. } => fields.iter().for_each(|field| press(field, pairs)),
        Control::Rows { rows } => rows
            .iter()
            .flat_map(|row| &row.fields)
            .for_each(|field| press(field, pairs)),
    }
}

fn compose(work: &Work, typed: &Inputs, config: &CommonsConfig) -> Composed {
    work.compose(typed, config, "https://commun.example")
}

/// Returns the typed inputs with another value for a name.
fn retyped(inputs: &Inputs, name: &str, value: &str) -> Inputs {
    let mut changed = Inputs::default();
    changed.add(name, value);
    for (other, values) in inputs.pairs() {
        if other != name {
            values
                .iter()
                .for_each(|value| changed.add(other.clone(), value));
        }
    }
    changed
}

/// Counts the lines of one text that the other does not have in their place.
fn changed_lines(old: &str, new: &str) -> usize {
    use terreau_card::{Change, source_diff};
    source_diff(old, new)
        .iter()
        .filter(|line| line.change == Change::Inserted)
        .count()
}

#[test]
fn every_card_saved_untouched_keeps_every_byte() {
    let config = config();
    for (file, text) in cards() {
        let Some(work) = work(&text, &config) else {
            panic!("{file} has no kind")
        };
        let composed = compose(&work, &browser(&work, &work.shown, &config), &config);
        assert!(
            composed.mistyped.is_empty(),
            "{file}: {:?}",
            composed.mistyped
        );
        assert_eq!(composed.card.text(), text, "{file}");
    }
}

#[test]
fn one_word_changed_is_one_line_changed() {
    let config = config();
    for (file, text) in cards() {
        let work = work(&text, &config).expect("a kind");
        let sent = browser(&work, &work.shown, &config);
        let title = format!("{} bis", work.card.title());
        let composed = compose(&work, &retyped(&sent, "f.title", &title), &config);
        assert_eq!(composed.card.title(), title, "{file}");
        assert_eq!(
            changed_lines(&text, composed.card.text()),
            1,
            "{file}: {}",
            composed.card.text()
        );

        let Some(place) = work
            .texts
            .places
            .iter()
            .find(|place| !work.shown.one(&place.name).is_empty())
        else {
            continue;
        };
        let typed = format!("{} Un mot.", work.shown.one(&place.name));
        let composed = compose(&work, &retyped(&sent, &place.name, &typed), &config);
        assert!(composed.card.text().contains("Un mot."), "{file}");
        assert!(
            changed_lines(&text, composed.card.text()) <= 1,
            "{file}: {}",
            composed.card.text()
        );
    }
}

#[test]
fn what_the_form_does_not_know_survives_a_change_beside_it() {
    let config = config();
    let text = "---\nid: 018f3b5c-0000-7000-8000-000000000001\nkind: tool # un outil\ntitle: Frise\nsummary: Une frise.\n\
        x-ours: [1, 2]\nduration: {min: PT2H, max: PT3H, x-note: à vérifier} # deux essais\nsources:\n  - title: Guide\n    \
        x-id: 7\n    usage: adapted-from\n    licence: CC-BY-4.0\n  - title: Autre\n    usage: quoted\ntags: [frise, histoire]\n---\n\n\
        Avant.\n\n## À nous\n\nTexte.\n";
    let work = work(text, &config).expect("a tool");
    let sent = browser(&work, &work.shown, &config);
    let typed = retyped(
        &retyped(&sent, "f.sources.0.title", "Le guide"),
        "f.duration.max",
        "4",
    );
    let changed = compose(&work, &typed, &config).card;
    for kept in [
        "kind: tool # un outil",
        "x-ours: [1, 2]",
        "x-note: à vérifier",
        "x-id: 7",
        "PT4H",
        "Le guide",
        "Autre",
    ] {
        assert!(
            changed.text().contains(kept),
            "{kept} in {}",
            changed.text()
        );
    }
    assert_eq!(changed.body(), work.card.body());
}

#[test]
fn rows_go_when_they_are_emptied_and_come_when_they_are_filled() {
    let config = config();
    let text = "---\nid: 018f3b5c-0000-7000-8000-000000000001\nkind: tool\ntitle: Frise\nsummary: Une frise.\nauthors:\n  - name: Ana\n  - name: Bo\n---\n";
    let work = work(text, &config).expect("a tool");
    let mut typed = retyped(
        &browser(&work, &work.shown, &config),
        "f.authors.0.name",
        "",
    );
    typed = retyped(&typed, "f.authors.3.name", "Cléo");
    typed = retyped(&typed, "f.authors.3.role", "review");
    let card = compose(&work, &typed, &config).card;
    let names: Vec<String> = card
        .authors()
        .into_iter()
        .map(|author| author.name)
        .collect();
    assert_eq!(names, ["Bo", "Cléo"]);
    let gone = retyped(
        &retyped(
            &browser(&work, &work.shown, &config),
            "f.authors.0.name",
            " ",
        ),
        "f.authors.1.name",
        "",
    );
    assert_eq!(compose(&work, &gone, &config).card.value("authors"), None);
}

#[test]
fn pasted_addresses_become_paths() {
    let config = config();
    let text = "---\nid: 018f3b5c-0000-7000-8000-000000000001\nkind: method\ntitle: Frise\nsummary: Une frise.\n---\n";
    let work = work(text, &config).expect("a method");
    let sent = browser(&work, &work.shown, &config);
    let typed = retyped(
        &sent,
        "f.parts",
        "https://commun.example/outils/frise?fait=publiee\r\n/outils/mur.md\r\n\r\noutils/jeu\r\nn’importe quoi",
    );
    let parts = compose(&work, &typed, &config).card.value("parts").cloned();
    let paths: Vec<Value> = ["outils/frise", "outils/mur", "outils/jeu", "n’importe quoi"]
        .into_iter()
        .map(Value::from)
        .collect();
    assert_eq!(
        parts,
        Some(Value::List(paths)),
        "what is no path is kept for the check to tell"
    );
}

#[test]
fn what_cannot_be_read_is_told_and_changes_nothing() {
    let config = config();
    let text = "---\nid: 018f3b5c-0000-7000-8000-000000000001\nkind: tool\ntitle: Frise\nsummary: Une frise.\nduration: {min: PT2H}\n---\n";
    let work = work(text, &config).expect("a tool");
    let sent = browser(&work, &work.shown, &config);
    for (name, typed, words) in [
        ("f.duration.min", "longtemps", "edit-not-a-duration"),
        (
            "f.participants.min",
            "quelques-uns",
            "edit-not-a-whole-number",
        ),
        ("f.cost_eur.max", "cher", "edit-not-a-number"),
        ("f.review_by", "demain", "edit-not-a-date"),
    ] {
        let composed = compose(&work, &retyped(&sent, name, typed), &config);
        assert_eq!(composed.card.text(), text, "{name}");
        let told: Vec<(&str, &str)> = composed
            .mistyped
            .iter()
            .map(|wrong| (wrong.name.as_str(), wrong.words))
            .collect();
        assert_eq!(told, [(name, words)]);
        for language in Language::ALL {
            assert!(Words::of(language).maybe(words).is_some(), "{words}");
        }
    }
}

#[test]
fn numbers_and_dates_are_read_as_people_write_them() {
    let config = config();
    let text = "---\nid: 018f3b5c-0000-7000-8000-000000000001\nkind: tool\ntitle: Frise\nsummary: Une frise.\n---\n";
    let work = work(text, &config).expect("a tool");
    let mut typed = browser(&work, &work.shown, &config);
    for (name, value) in [
        ("f.cost_eur.max", "1 200,50"),
        ("f.cost_eur.min", "1\u{a0}000"),
        ("f.review_by", "31/5/2027"),
        ("f.duration.min", "1,5"),
        ("f.duration.min.unit", "hour"),
    ] {
        typed = retyped(&typed, name, value);
    }
    let card = compose(&work, &typed, &config).card;
    let cost = card.value("cost_eur").expect("a cost");
    assert_eq!(cost.get("max"), Some(&Value::Decimal(1200.5)));
    assert_eq!(cost.get("min"), Some(&Value::Integer(1000)));
    assert_eq!(
        card.value("review_by").and_then(Value::plain).as_deref(),
        Some("2027-05-31")
    );
    assert_eq!(
        card.value("duration")
            .and_then(|value| value.get("min"))
            .and_then(Value::as_text),
        Some("PT90M")
    );
}

/// Types something in every control of a form.
fn fill(field: &FieldView, pairs: &mut Vec<(String, String)>) {
    let name = field.name.clone();
    match &field.control {
        Control::Line { mode, .. } => {
            let value = match *mode {
                "numeric" => "3",
                "decimal" => "2,5",
                "url" => "https://exemple.org/a",
                _ if name.ends_with("date")
                    || name.contains("_by")
                    || name.ends_with(".start")
                    || name.ends_with(".end")
                    || name.ends_with("checked_on") =>
                {
                    "2026-05-31"
                }
                _ => "Un texte : « simple » #1",
            };
            pairs.push((name, value.to_owned()));
        }
        Control::Area { .. } => pairs.push((name, "Une ligne\r\n- une autre".to_owned())),
        Control::Choice { options } => {
            pairs.push((name, options.last().expect("a choice").code.clone()));
        }
        Control::Choices { options } => pairs.extend(
            options
                .iter()
                .take(2)
                .map(|option| (name.clone(), option.code.clone())),
        ),
        Control::Duration { .. } => {
            pairs.push((format!("{name}.unit"), "week".to_owned()));
            pairs.push((name, "2".to_owned()));
        }
        Control::Group { fields, .. } => {
            let is_path_or = fields
                .first()
                .is_some_and(|field| field.name.ends_with(".path"));
            fields
                .iter()
                .skip(usize::from(is_path_or))
                .for_each(|field| fill(field, pairs));
        }
        Control::Rows { rows } => {
            let fields = &rows.first().expect("a row").fields;
            let is_media = name == "f.media";
            let is_path_or = !is_media
                && fields
                    .first()
                    .is_some_and(|field| field.name.ends_with(".path"));
            fields
                .iter()
                .skip(usize::from(is_path_or))
                .for_each(|field| fill(field, pairs));
        }
    }
}

#[test]
fn everything_typed_into_a_new_card_comes_back_in_its_form() {
    let config = config();
    for kind in Kind::ALL {
        let id = "018f3b5c-0000-7000-8000-000000000001"
            .parse()
            .expect("an id");
        let work = Work::on(Card::new(kind, id, Language::French), kind, &config);
        let untouched = compose(&work, &browser(&work, &work.shown, &config), &config);
        assert_eq!(untouched.card.text(), work.card.text(), "{}", kind.as_str());

        let parts = FormParts::of(
            &work,
            &work.shown,
            &config,
            Words::of(Language::French),
            &[],
            true,
        );
        let mut pairs = Vec::new();
        for field in parts
            .essential
            .iter()
            .chain(parts.groups.iter().flat_map(|group| &group.fields))
        {
            fill(field, &mut pairs);
        }
        for text in parts.texts.iter().filter(|text| !text.is_extra) {
            pairs.push((
                text.name.clone(),
                format!("Le texte de {}.\r\n\r\n- un\r\n- deux", text.label),
            ));
        }
        let typed = Inputs::from_pairs(pairs);
        let composed = compose(&work, &typed, &config);
        assert!(
            composed.mistyped.is_empty(),
            "{}: {:?}",
            kind.as_str(),
            composed.mistyped
        );

        let (again, problems) = Card::read(composed.card.text());
        assert!(
            problems.is_empty(),
            "{}: {problems:?}\n{}",
            kind.as_str(),
            composed.card.text()
        );
        for field in fields_of(kind).filter(|field| is_edited(field.key)) {
            assert!(
                again.value(field.key).is_some(),
                "{} of {} was typed and is not there:\n{}",
                field.key,
                kind.as_str(),
                again.text()
            );
        }
        let reopened = Work::on(again, kind, &config);
        let untouched = compose(
            &reopened,
            &browser(&reopened, &reopened.shown, &config),
            &config,
        );
        assert_eq!(
            untouched.card.text(),
            composed.card.text(),
            "{}",
            kind.as_str()
        );
        for text in parts.texts.iter().filter(|text| !text.is_extra) {
            assert!(
                composed
                    .card
                    .body()
                    .contains(&format!("Le texte de {}.", text.label)),
                "{}",
                composed.card.text()
            );
        }
    }
}

#[test]
fn every_field_has_words_of_its_own() {
    let config = config();
    let is_raw =
        |label: &str, name: &str| name.rsplit('.').next() == Some(label) || label.contains('_');
    fn check(field: &FieldView, is_raw: &dyn Fn(&str, &str) -> bool) {
        assert!(
            !field.label.is_empty() && !is_raw(&field.label, &field.name),
            "{} is called {:?}",
            field.name,
            field.label
        );
        match &field.control {
            Control::Group { fields, .. } => fields.iter().for_each(|field| check(field, is_raw)),
            Control::Rows { rows } => rows
                .iter()
                .flat_map(|row| &row.fields)
                .for_each(|field| check(field, is_raw)),
            _ => {}
        }
    }
    for language in Language::ALL {
        for kind in Kind::ALL {
            let id = "018f3b5c-0000-7000-8000-000000000001"
                .parse()
                .expect("an id");
            let work = Work::on(Card::new(kind, id, language), kind, &config);
            let parts = FormParts::of(&work, &work.shown, &config, Words::of(language), &[], true);
            for field in parts
                .essential
                .iter()
                .chain(parts.groups.iter().flat_map(|group| &group.fields))
            {
                check(field, &is_raw);
            }
        }
    }
}

#[test]
fn a_problem_leads_to_its_field() {
    let config = config();
    let text = "---\nid: 018f3b5c-0000-7000-8000-000000000001\nkind: tool\ntitle: Frise\nsummary: Une frise.\nsources:\n  - title: Un\n    usage: quoted\n  - title: Deux\n    url: pas-une-adresse\n    usage: quoted\n---\n\n## À nous\n\n# Titre\n";
    let work = work(text, &config).expect("a tool");
    let name_at = |line: u32| {
        let problem = Problem {
            rule: terreau_card::Rule::NotUtf8,
            severity: terreau_card::Severity::Error,
            line,
            column: 1,
        };
        problems::name_of(&problem, &work.card, &work.texts, &config)
    };
    assert_eq!(name_at(4).as_deref(), Some("f.title"));
    assert_eq!(name_at(10).as_deref(), Some("f.sources.1.url"));
    let own = work
        .texts
        .places
        .iter()
        .find(|place| place.part == text::Part::Own("À nous".into()))
        .expect("a section");
    assert_eq!(name_at(15).as_deref(), Some(own.name.as_str()));
    let parts = FormParts::of(
        &work,
        &work.shown,
        &config,
        Words::of(Language::French),
        &[],
        false,
    );
    assert_eq!(
        parts.anchor("f.sources.1.url").as_deref(),
        Some("f-sources-1-url")
    );
    assert_eq!(
        parts.anchor("f.sources.7.unknown").as_deref(),
        Some("f-sources")
    );
    assert_eq!(parts.anchor("f.nothing"), None);
}

#[test]
fn a_new_card_is_placed_by_its_title() {
    let typed = |address: &str| {
        let mut typed = Inputs::default();
        typed.add("adresse", address);
        typed
    };
    let place = |address: &str, title: &str| {
        place_of(&typed(address), "outils", title).map(|path| path.to_string())
    };
    assert_eq!(
        place("", "L’arbre à palabres").as_deref(),
        Ok("outils/l-arbre-a-palabres")
    );
    assert_eq!(place("Mon Arbre", "x").as_deref(), Ok("outils/mon-arbre"));
    assert_eq!(place("", ""), Err("new-card-needs-title"));
    assert_eq!(place("historique", "x"), Err("new-card-place-refused"));
}
