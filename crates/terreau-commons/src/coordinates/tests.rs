//! Tests of `coordinates`.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn source() -> CoordinatesSource {
    CoordinatesSource {
        credit: "IGN,\n Admin Express".to_owned(),
        licence: "etalab-2.0".to_owned(),
        url: Some("https://example.org/communes".to_owned()),
        vintage: Some(2026),
    }
}

fn read(text: &str) -> Result<Coordinates, CoordinatesError> {
    Coordinates::read_table(text, source())
}

#[test]
fn tables_are_read_however_they_are_written() {
    for text in [
        "86116\t46.5\t0.1\n2A004\t41.92\t8.74\n",
        "code;lat;lon\n86116;46,5;0,1\n2a004;41,92;8,74",
        "\u{feff}insee,latitude,longitude\r\n\"86116\",46.5,0.1\r\n\r\n2A004,41.92,8.74\r\n",
    ] {
        let read = read(text).expect(text);
        assert_eq!(read.len(), 2, "{text}");
        assert_eq!(read.of("86116"), Some((46.5, 0.1)), "{text}");
        assert_eq!(read.of("2A004"), Some((41.92, 8.74)), "{text}");
        assert_eq!(read.of("99999"), None);
        assert_eq!(read.of(""), None);
    }
}

#[test]
fn what_says_no_place_is_refused_by_its_line() {
    for (line, wrong) in [
        ("8611\t46.5\t0.1", "no code of a commune"),
        ("ABCDE\t46.5\t0.1", "no code of a commune"),
        ("86117\t91\t0.1", "no latitude between -90 and 90"),
        ("86117\tNaN\t0.1", "no latitude between -90 and 90"),
        ("86117\tinf\t0.1", "no latitude between -90 and 90"),
        ("86117\t46.5\t-180.5", "no longitude between -180 and 180"),
        ("86117\t46.5", "no longitude between -180 and 180"),
        ("86117", "no latitude between -90 and 90"),
        ("86116\t46.5\t0.1", "this code was there before"),
    ] {
        let error = read(&format!("86116\t46.5\t0.1\n{line}\n")).expect_err(line);
        let CoordinatesError::Wrong { first, count } = error else {
            panic!("{error}");
        };
        assert_eq!((first, count), (vec![(2, wrong)], 1), "{line}");
    }
    assert!(matches!(read(""), Err(CoordinatesError::Empty)));
    assert!(matches!(
        read("code\tlat\tlon\n"),
        Err(CoordinatesError::Empty)
    ));
    let many = "x\t1\t1\n".repeat(1000);
    let Err(CoordinatesError::Wrong { first, count }) = read(&many) else {
        panic!("no code is a code");
    };
    assert_eq!((first.len(), count), (MOST_TOLD, 999));
}

#[test]
fn what_is_imported_is_read_again() {
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(Coordinates::load(dir.path()).expect("no file"), None);
    let file = dir.path().join("communes.tsv.gz");
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed
        .write_all(b"86116\t46.47161\t0.08\n97411\t-20.93\t55.45\n")
        .expect("packed");
    fs::write(&file, packed.finish().expect("packed")).expect("written");
    let imported = Coordinates::import(&file, source(), dir.path()).expect("imported");
    let loaded = Coordinates::load(dir.path()).expect("read").expect("there");
    assert_eq!(loaded.rows, imported.rows);
    assert_eq!(loaded.source().credit, "IGN, Admin Express");
    assert_eq!(loaded.source().vintage, Some(2026));
    assert_eq!(loaded.of("97411"), Some((-20.93, 55.45)));
    assert_eq!(loaded.of("86116"), Some((46.4716, 0.08)));

    // What cannot be imported leaves what was there.
    fs::write(&file, "86116\t99\t0\n").expect("written");
    assert!(Coordinates::import(&file, source(), dir.path()).is_err());
    assert_eq!(Coordinates::load(dir.path()).expect("read"), Some(loaded));
    let kept = dir.path().join(FILE);
    let text = fs::read_to_string(&kept).expect("kept");
    for torn in [
        &text[..text.len() - 4],
        &text[..40],
        "",
        "terreau coordinates 2\n\n",
    ] {
        fs::write(&kept, torn).expect("written");
        assert!(Coordinates::load(dir.path()).is_err(), "{torn:?}");
    }
}

#[test]
fn a_small_file_cannot_unpack_into_a_great_one() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("bomb.gz");
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    let lines = vec![b'\n'; 1 << 20];
    for _ in 0..80 {
        packed.write_all(&lines).expect("packed");
    }
    fs::write(&file, packed.finish().expect("packed")).expect("written");
    let error = Coordinates::import(&file, source(), dir.path()).expect_err("a bomb");
    assert!(matches!(error, CoordinatesError::TooLarge), "{error}");
    fs::write(&file, b"\x1f\x8b\x08torn").expect("written");
    assert!(Coordinates::import(&file, source(), dir.path()).is_err());
    assert!(!dir.path().join(FILE).exists());
}
