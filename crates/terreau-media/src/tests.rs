//! Hostile files, made here byte by byte: each is refused for its own reason, or comes out as nothing but a picture.

use std::io::{Cursor, Write as _};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use crate::{Format, LONGEST_SIDE, Limits, MAX_BYTES, Refusal, picture, read};

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("it is written");
    bytes.into_inner()
}

/// A picture whose left half is red and whose right half is blue.
fn halves(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| match x < width / 2 {
        true => Rgb([220, 20, 20]),
        false => Rgb([20, 20, 220]),
    })
    .into()
}

fn photo() -> Vec<u8> {
    file(&halves(64, 32), ImageFormat::Jpeg)
}

/// Puts a segment behind the first two bytes of a JPEG.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a segment is short");
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, marker]);
    bytes.extend(length.to_be_bytes());
    bytes.extend(content);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// What a telephone writes: which way is up, and where it was.
fn exif(orientation: u8) -> Vec<u8> {
    let mut bytes = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    bytes.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    bytes.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x26]);
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    bytes.extend(b"GPS 45.8967 N 6.6444 E, chez Zoe");
    bytes
}

fn png_of(width: u32, height: u32, colour: u8, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, colour, 0, 0, 0]);
    for (kind, content) in [(b"IHDR", &head[..]), (b"IDAT", data), (b"IEND", &[])] {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(content);
        let length = u32::try_from(content.len()).expect("a chunk is short");
        bytes.extend(length.to_be_bytes());
        bytes.extend(kind);
        bytes.extend(content);
        bytes.extend(crc.sum().to_be_bytes());
    }
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A document of one page, with one more object and, when there is one, a stream whose packing is named.
fn pdf(object: &str, stream: Option<(&str, &[u8])>) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n4 0 obj\n"
        .to_vec();
    bytes.extend(object.as_bytes());
    bytes.extend(b"\nendobj\n");
    if let Some((head, packed)) = stream {
        write!(
            bytes,
            "5 0 obj\n<< {head} /Length {} >>\nstream\n",
            packed.len()
        )
        .expect("it fits");
        bytes.extend(packed);
        bytes.extend(b"\nendstream\nendobj\n");
    }
    bytes.extend(b"trailer\n<< /Root 1 0 R /Size 6 >>\nstartxref\n0\n%%EOF\n");
    bytes
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn each_hostile_file_is_refused_for_its_own_reason() {
    let mut too_large = photo();
    too_large.resize(MAX_BYTES + 1, 0);
    let sixty_thousand = png_of(60_000, 60_000, 2, &packed(&[0; 64]));
    let bomb = packed(&vec![0; 300 << 20]);
    let names = |text: &str| packed(text.as_bytes());
    let chained = packed(&names("1 0 << /S /JavaScript >>"));
    let one_pixel = photo();
    let half = &one_pixel[..one_pixel.len() / 2];
    let lying_jpeg = [&one_pixel[..2], &[0xFF, 0xC0, 0, 4, 1, 2], &one_pixel[2..]].concat();
    let cases: Vec<(&str, Vec<u8>, Refusal)> = vec![
        ("nothing", vec![], Refusal::Empty),
        ("11 MB", too_large, Refusal::TooLarge),
        ("a pixel bomb", sixty_thousand, Refusal::TooManyPixels),
        (
            "a PNG without pixels",
            png_of(0, 5, 2, &packed(&[])),
            Refusal::Damaged,
        ),
        (
            "a PNG of other pixels",
            png_of(50, 50, 2, &packed(&[0; 9])),
            Refusal::Damaged,
        ),
        ("half a photo", half.to_vec(), Refusal::Damaged),
        ("two frames", lying_jpeg, Refusal::Damaged),
        (
            "a GIF",
            b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(),
            Refusal::Unknown,
        ),
        (
            "an SVG",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".to_vec(),
            Refusal::Unknown,
        ),
        (
            "a page",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            Refusal::Unknown,
        ),
        ("a program", b"MZ\x90\0%PDF-1.7".to_vec(), Refusal::Unknown),
        (
            "an archive",
            b"PK\x03\x04 word/document.xml".to_vec(),
            Refusal::Unknown,
        ),
        (
            "an iPhone's own format",
            b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(),
            Refusal::Unknown,
        ),
        ("a TIFF", b"II*\0\x08\0\0\0".to_vec(), Refusal::Unknown),
        ("only a beginning", b"%PDF-1.7\n".to_vec(), Refusal::Damaged),
        (
            "something behind the end",
            [pdf("null", None), b"PK\x05\x06".to_vec()].concat(),
            Refusal::Damaged,
        ),
        (
            "a script",
            pdf("<< /S /JavaScript /JS (app.alert(1)) >>", None),
            Refusal::Active,
        ),
        (
            "a script written otherwise",
            pdf("<< /S /J#61va#53cript >>", None),
            Refusal::Active,
        ),
        (
            "a program to launch",
            pdf("<< /S/Launch/F(cmd.exe) >>", None),
            Refusal::Active,
        ),
        (
            "a form that sends",
            pdf("<< /S /SubmitForm >>", None),
            Refusal::Active,
        ),
        (
            "a file within",
            pdf("<< /Type /EmbeddedFile >>", None),
            Refusal::Active,
        ),
        (
            "a password",
            pdf("<< /Encrypt 9 0 R >>", None),
            Refusal::Protected,
        ),
        (
            "a script packed away",
            pdf(
                "null",
                Some((
                    "/Type /ObjStm /Filter /FlateDecode",
                    &names("1 0 << /S /JavaScript >>"),
                )),
            ),
            Refusal::Active,
        ),
        (
            "a script in what says that it is a picture",
            pdf(
                "null",
                Some((
                    "/Subtype /Image /Filter /FlateDecode",
                    &names("1 0 << /S /JavaScript >>"),
                )),
            ),
            Refusal::Active,
        ),
        (
            "a script packed twice",
            pdf(
                "null",
                Some((
                    "/Type /ObjStm /Filter [/FlateDecode /FlateDecode]",
                    &chained,
                )),
            ),
            Refusal::Active,
        ),
        (
            "a small file that swells",
            pdf("null", Some(("/Filter /FlateDecode", &bomb))),
            Refusal::TooManyPixels,
        ),
    ];
    for (what, bytes, why) in cases {
        assert_eq!(read(&bytes).err(), Some(why), "{what}");
    }
}

#[test]
fn a_name_across_two_windows_is_found() {
    for before in 65_400..65_560 {
        let text = format!("{}/JavaScript ", " ".repeat(before));
        let document = pdf(
            "null",
            Some(("/Filter /FlateDecode", &packed(text.as_bytes()))),
        );
        assert_eq!(read(&document).err(), Some(Refusal::Active), "{before}");
    }
}

#[test]
fn a_document_that_only_shows_is_kept_as_it_came() {
    let text = packed(b"BT (Le marche /JavaScripts) Tj ET");
    let plain = pdf(
        "<< /S /URI /URI (https://example.org) >>",
        Some(("/Filter /FlateDecode", &text)),
    );
    let kept = read(&plain).expect("nothing is wrong with it");
    assert_eq!((kept.format, kept.size), (Format::Pdf, None));
    assert_eq!(kept.bytes, plain);
}

#[test]
fn nothing_but_the_pixels_of_a_photo_stays() {
    let mut sent = with_segment(&photo(), 0xE1, &exif(1));
    sent = with_segment(
        &sent,
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0<x>secret xmp</x>",
    );
    sent = with_segment(&sent, 0xED, b"Photoshop 3.0\0secret iptc");
    sent = with_segment(&sent, 0xE2, b"ICC_PROFILE\0\x01\x01secret profile");
    sent = with_segment(&sent, 0xFE, b"secret comment <script>alert(1)</script>");
    sent.extend(b"GIF89a<html><script>alert(2)</script>PK\x03\x04secret tail");
    let kept = read(&sent).expect("it is a photo");
    assert_eq!((kept.format, kept.size), (Format::Jpeg, Some((64, 32))));
    for gone in [
        &b"Exif"[..],
        b"GPS",
        b"Zoe",
        b"secret",
        b"script",
        b"ICC_",
        b"PK\x03",
    ] {
        assert!(
            !contains(&kept.bytes, gone),
            "{}",
            String::from_utf8_lossy(gone)
        );
    }
    assert!(kept.bytes.ends_with(&[0xFF, 0xD9]));
    // What was kept is read again as what it is.
    assert_eq!(
        read(&kept.bytes).expect("it is a photo").size,
        Some((64, 32))
    );
}

#[test]
fn a_photo_stands_upright() {
    // Turned by a quarter clockwise to be looked at: what was left is up.
    let kept = read(&with_segment(&photo(), 0xE1, &exif(6))).expect("it is a photo");
    assert_eq!(kept.size, Some((32, 64)));
    let picture = image::load_from_memory(&kept.bytes)
        .expect("a photo")
        .to_rgb8();
    let (up, down) = (picture.get_pixel(16, 8), picture.get_pixel(16, 56));
    assert!(up[0] > up[2] && down[2] > down[0], "{up:?} {down:?}");
}

#[test]
fn pictures_come_out_small_enough_and_in_the_format_that_suits_them() {
    let clear = |alpha: u8| -> DynamicImage {
        RgbaImage::from_pixel(40, 30, Rgba([10, 200, 10, alpha])).into()
    };
    for (what, sent, format, size) in [
        (
            "a wide photo",
            file(&halves(4_100, 1_000), ImageFormat::Jpeg),
            Format::Jpeg,
            (2_000, 488),
        ),
        (
            "a drawing",
            file(&halves(300, 200), ImageFormat::Png),
            Format::Png,
            (300, 200),
        ),
        (
            "a see-through drawing",
            file(&clear(120), ImageFormat::Png),
            Format::Png,
            (40, 30),
        ),
        (
            "an opaque WebP",
            file(&halves(300, 200), ImageFormat::WebP),
            Format::Jpeg,
            (300, 200),
        ),
        (
            "a see-through WebP",
            file(&clear(120), ImageFormat::WebP),
            Format::Png,
            (40, 30),
        ),
        (
            "a WebP that could be see-through",
            file(&clear(255), ImageFormat::WebP),
            Format::Jpeg,
            (40, 30),
        ),
    ] {
        let kept = read(&sent).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!((kept.format, kept.size), (format, Some(size)), "{what}");
        assert!(size.0.max(size.1) <= LONGEST_SIDE);
    }
    // A photo that was saved as PNG is a photo: noise does not pack.
    let mut seed = 1_u32;
    let noise = RgbImage::from_fn(900, 900, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = seed.to_le_bytes();
        Rgb([a, b, c])
    });
    let kept = read(&file(&noise.into(), ImageFormat::Png)).expect("it is a picture");
    assert_eq!(kept.format, Format::Jpeg);
}

#[test]
fn what_a_head_says_is_held_against_the_limits_before_anything_is_unpacked() {
    let limits = Limits {
        pixels: 2_048,
        progressive_pixels: 2_047,
        unpacked_bytes: 1 << 20,
    };
    let read = |bytes: &[u8], limits| picture::read(bytes, limits).map(|kept| kept.size);
    assert_eq!(read(&photo(), limits), Ok(Some((64, 32))));
    let fewer = Limits {
        pixels: 2_047,
        ..limits
    };
    assert_eq!(read(&photo(), fewer), Err(Refusal::TooManyPixels));
    let smaller = Limits {
        unpacked_bytes: 64 * 32 * 3 - 1,
        ..limits
    };
    assert_eq!(read(&photo(), smaller), Err(Refusal::TooManyPixels));
    // The same picture that says that it is progressive meets the narrower limit.
    let mut layered = photo();
    let frame = layered
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC0])
        .expect("a frame");
    layered[frame + 1] = 0xC2;
    assert_eq!(read(&layered, limits), Err(Refusal::TooManyPixels));
    // No pixel of these is there at all: they are refused by their heads.
    let large = Limits::default();
    for (width, height) in [(50_501, 1_000), (u32::MAX >> 1, 1), (60_000, 60_000)] {
        let head = png_of(width, height, 6, &[]);
        assert_eq!(
            read(&head, large),
            Err(Refusal::TooManyPixels),
            "{width} × {height}"
        );
    }
}

#[test]
fn a_file_that_ends_too_early_is_refused_wherever_it_ends() {
    let files = [
        photo(),
        file(&halves(64, 32), ImageFormat::Png),
        file(&halves(64, 32), ImageFormat::WebP),
        pdf("null", None),
    ];
    for whole in files {
        assert!(read(&whole).is_ok());
        // The last chunk of a PNG says only that it ends; the last byte of a PDF is the end of a line.
        for length in 1..whole.len() - 16 {
            let refused = read(&whole[..length]).expect_err("it ends too early");
            assert!(
                matches!(refused, Refusal::Damaged | Refusal::Unknown),
                "{length}: {refused:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_bytes_make_it_panic(
        kind in 0..6_usize,
        noise in proptest::collection::vec(any::<u8>(), 0..400),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = match kind {
            0 => photo(),
            1 => file(&halves(20, 20), ImageFormat::Png),
            2 => file(&halves(20, 20), ImageFormat::WebP),
            3 => pdf("null", Some(("/Filter /FlateDecode", &packed(b"BT ET")))),
            4 => with_segment(&photo(), 0xE1, &exif(3)),
            _ => Vec::new(),
        };
        for (place, byte) in changes {
            if !bytes.is_empty() {
                let at = place.index(bytes.len());
                bytes[at] = byte;
            }
        }
        bytes.extend(noise);
        if let Ok(kept) = read(&bytes) {
            prop_assert!(kept.bytes.len() <= MAX_BYTES);
            prop_assert!(read(&kept.bytes).is_ok(), "what is kept can be read again");
        }
    }
}
