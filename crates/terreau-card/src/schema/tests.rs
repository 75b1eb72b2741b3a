//! The tables agree with themselves.

use super::{Field, Shape, field_in, fields_of, is_required};
use crate::Kind;

fn distinct(fields: &[Field], way: &str) {
    for (index, field) in fields.iter().enumerate() {
        assert!(
            fields[..index].iter().all(|other| other.key != field.key),
            "{way}.{}",
            field.key
        );
        distinct(field.shape.fields(), &format!("{way}.{}", field.key));
    }
}

#[test]
fn no_key_is_there_twice() {
    for kind in Kind::ALL {
        let fields: Vec<Field> = fields_of(kind).copied().collect();
        distinct(&fields, kind.as_str());
    }
}

#[test]
fn keys_of_the_format_are_known() {
    let known = |kind: Kind, keys: &[&str]| {
        for key in keys {
            assert!(field_in(kind, key).is_some(), "{kind} {key}");
        }
    };
    for kind in Kind::ALL {
        known(
            kind,
            &[
                "id",
                "kind",
                "title",
                "summary",
                "language",
                "translation_of",
                "status",
                "review_by",
                "topics",
                "tags",
                "asked",
                "authors",
                "licence",
                "sources",
                "links",
                "media",
                "aliases",
            ],
        );
    }
    known(
        Kind::Survey,
        &[
            "intentions",
            "parts",
            "opening_question",
            "mode",
            "interviewers",
            "interview_duration",
            "consent",
            "data",
        ],
    );
    assert!(
        field_in(Kind::Method, "consent").is_none() && field_in(Kind::Page, "intentions").is_none()
    );
    assert_eq!(fields_of(Kind::Tool).count(), 37);
}

#[test]
fn a_page_needs_no_summary() {
    let summary = field_in(Kind::Page, "summary").expect("a key of every card");
    assert!(!is_required(Kind::Page, summary) && is_required(Kind::Tool, summary));
    let range = field_in(Kind::Tool, "duration").expect("a key of tools");
    assert!(range.shape.is_range() && !matches!(range.shape, Shape::List(_)));
}
