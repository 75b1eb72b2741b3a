//! The journal tells who did what; settings are what was set last.

use super::{kept, noon, on_each_engine, person, propose, settle};
use crate::NewEvent;

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_is_read_page_by_page() {
    on_each_engine(async |db| {
        let zoe = settle(&db, 1).await;
        let number = propose(&db, zoe).await;
        db.add_event(NewEvent {
            at: noon(),
            by: None,
            what: "switch-read-only".to_owned(),
            about: "node".to_owned(),
            detail: "{\"on\":true}".to_owned(),
        })
        .await
        .unwrap();

        let events = db.events(10, None).await.unwrap();
        let what: Vec<&str> = events.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(what, ["switch-read-only", "propose"]);
        assert_eq!(events[0].by, None);
        assert_eq!(events[0].detail, "{\"on\":true}");
        assert_eq!(events[0].at, kept(noon()));
        assert_eq!(events[1].about, format!("proposal:{number}"));
        let by = events[1].by.as_ref().expect("somebody");
        assert_eq!((by.id, by.name.clone()), (zoe, Some(person(1).credit_name)));

        assert_eq!(db.events(1, None).await.unwrap(), events[..1]);
        let older = db.events(10, Some(events[0].id)).await.unwrap();
        assert_eq!(older, events[1..]);
        assert_eq!(db.events(10, Some(older[0].id)).await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setting_is_what_was_set_last() {
    on_each_engine(async |db| {
        assert_eq!(db.get_setting("read-only").await.unwrap(), None);
        for value in ["on", "off"] {
            db.set_setting("read-only", value).await.unwrap();
            assert_eq!(
                db.get_setting("read-only").await.unwrap().as_deref(),
                Some(value)
            );
        }
        assert_eq!(db.get_setting("other\0").await.unwrap(), None);
    })
    .await;
}
