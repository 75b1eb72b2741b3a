//! Files that are no cards: images, the words of the commons.

use super::{assert_sound, folder, three_pages};
use crate::testing::{self, change, moment};
use crate::{Edit, Resolved, StoreError};

#[test]
fn files_are_published_under_names_that_every_disk_holds() {
    let dir = folder();
    let store = three_pages(dir.path());
    let put = |name: &str| {
        let edit = Edit::PutFile {
            path: name.to_owned(),
            bytes: b"\x89PNG".to_vec(),
            base: None,
        };
        store.publish(change("Une image", vec![edit]), moment(1))
    };
    let published = put("images/carte.png").unwrap();
    let Resolved::File(blob, "image/png") = published.snapshot.resolve("/images/carte.png") else {
        panic!()
    };
    assert_eq!(store.blob(&blob).unwrap(), b"\x89PNG");
    let refused = put("README.md").unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    let read_me = Edit::PutFile {
        path: "README.md".to_owned(),
        bytes: b"# Lisez-moi\r\n".to_vec(),
        base: None,
    };
    store
        .publish(change("Lisez-moi", vec![read_me]), moment(1))
        .unwrap();
    for bad in [
        "",
        "/x.png",
        "a//b.png",
        "../x.png",
        ".git/config",
        "images/.hidden",
        "images/Carte.png",
        "images/é.png",
        "images/a b.png",
        "con.txt",
        "images/lpt1.png",
        "x.",
        "pages/a.md",
        "notes/lisez-moi.md",
        "pages",
        "images/carte.png/x.png",
        "pages/a.md/x.png",
        "Readme.md",
        "a/b/c/d/e/f/g.png",
        "-rf.png",
        "x\ny.png",
    ] {
        let refused = put(bad).unwrap_err();
        assert!(
            matches!(refused, StoreError::Unacceptable { .. }),
            "{bad}: {refused:?}"
        );
    }
    assert_sound(&store);
}

#[test]
fn the_words_of_the_commons_change_only_if_every_card_still_holds() {
    let dir = folder();
    let store = three_pages(dir.path());
    let put = |text: String| {
        let edit = Edit::PutFile {
            path: "commons.toml".to_owned(),
            bytes: text.into_bytes(),
            base: None,
        };
        store.publish(change("Les mots", vec![edit]), moment(1))
    };
    let renamed = testing::CONFIG.replacen("fr = \"Terreau\"", "fr = \"Humus\"", 1);
    assert_eq!(put(renamed).unwrap().snapshot.config().name.fr, "Humus");
    let refused = put("format = 1\n[".to_owned()).unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused:?}");
    assert_eq!(store.snapshot().config().name.fr, "Humus");
    assert_sound(&store);
}
