//! Attachments of a try-out: a photo is saved anew, seen by those who decide and by nobody else, and published with its card, in
//! git; what is hostile is refused with a reason, and goes when its try-out goes.

use std::fs;
use std::process::Command;

use terreau_tests::{Client, Page, TestNode, program, repository_root, run_git};

use crate::person;
use crate::try_out::{form, link, send, waiting};

const CARD: &str = "experiences/porteur-de-parole-combloux-2025";
const WORDS: [(&str, &str); 5] = [
    ("alt", "Des passants lisent des phrases sur un fil"),
    ("credit", "Zoé d’Été"),
    ("licence", "CC-BY-4.0"),
    ("accord", "oui"),
    ("fin", "1"),
];

fn photo() -> Vec<u8> {
    fs::read(repository_root().join("tests/fixtures/photo.jpg")).unwrap()
}

fn pdf(object: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n\
         3 0 obj\n{object}\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"
    )
    .into_bytes()
}

/// Sends the form of the step as a browser would: what is typed, and a file under the name that its sender gave it.
fn attach(
    client: &Client,
    node: &TestNode,
    step: &str,
    typed: &[(&str, &str)],
    (name, content): (&str, &[u8]),
) -> Page {
    let mut body = Vec::new();
    let head = |name: &str| format!("--limite\r\nContent-Disposition: form-data; name=\"{name}\"");
    body.extend(head("fichier").bytes());
    body.extend(format!("; filename=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n").bytes());
    body.extend(content);
    body.extend(b"\r\n");
    for (name, value) in typed {
        body.extend(head(name).bytes());
        body.extend(format!("\r\n\r\n{value}\r\n").bytes());
    }
    body.extend(b"--limite--\r\n");
    let request = client
        .request("POST", step)
        .header("origin", node.url(""))
        .header("content-type", "multipart/form-data; boundary=limite")
        .body(body);
    client.send(request)
}

/// Tells of a card and confirms it; returns the sender's page.
fn confirmed(node: &TestNode, guest: &Client, email: &str) -> String {
    let sent = send(guest, &form(guest, email));
    assert!(sent.url.ends_with("/essais/envoye"), "{}", sent.body);
    let path = link(node, email);
    guest.post(&path, &[("geste", "confirmer")]);
    path
}

/// Returns the addresses in a page that begin so, once each.
fn addresses(page: &Page, begin: &str) -> Vec<String> {
    let mut found: Vec<String> = page
        .body
        .split('"')
        .filter(|text| text.starts_with(begin))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

fn bytes(client: &Client, path: &str) -> Vec<u8> {
    let answer = client.request("GET", path).send().unwrap();
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    answer.bytes().unwrap().to_vec()
}

fn is_clean(jpeg: &[u8]) -> bool {
    jpeg.starts_with(&[0xFF, 0xD8])
        && ![&b"Exif"[..], b"Telephone", b"2025:05:17", b"<script>"]
            .iter()
            .any(|gone| jpeg.windows(gone.len()).any(|window| window == *gone))
}

#[test]
fn a_photo_and_a_document_are_published_with_their_card() {
    let node = TestNode::start();
    let guest = node.client();
    let editor = person(&node, "lou@example.org", "editor", "Lou Relit", "REACT");
    let own = confirmed(&node, &guest, "zoe@example.org");
    let step = format!("{own}/completer/photos");
    let before = guest.get(&step);
    assert_eq!(before.status, 200, "{}", before.body);
    assert_eq!(before.header("referrer-policy"), "no-referrer");
    let credit = before.attribute_after("id=\"credit\"", "value");
    assert_eq!(credit.as_deref(), Some("Zoé d’Été (Foyer rural)"));

    // Its name lies, and something hangs behind the photo: what it is made of counts.
    let mut sent = photo();
    sent.extend(b"<html><script>alert(1)</script>");
    assert!(!is_clean(&sent));
    let page = attach(&guest, &node, &step, &WORDS, ("../../page.html", &sent));
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Le fichier est joint."), "{}", page.body);
    assert!(page.body.contains("Des passants lisent"));
    // It lay on its side, and said which way is up.
    assert!(
        page.body.contains("width=\"640\" height=\"480\""),
        "{}",
        page.body
    );
    let again = attach(&guest, &node, &step, &WORDS, ("photo.jpg", &sent));
    assert_eq!(again.status, 422);
    assert!(again.body.contains("déjà joint"), "{}", again.body);
    let titled = [&[("alt", "Le mode d’emploi")], &WORDS[1..]].concat();
    let document = pdf("<< /Type /Font >>");
    let page = attach(&guest, &node, &step, &titled, ("x.pdf", &document));
    assert!(page.body.contains("PDF, 1 ko"), "{}", page.body);

    let pieces = addresses(&page, &format!("{own}/pieces/"));
    assert_eq!(pieces.len(), 2);
    let mut kinds = Vec::new();
    for piece in &pieces {
        let answer = guest.get(piece);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        let kind = answer.header("content-type").to_owned();
        let told = answer.header("content-disposition");
        assert_eq!(told.starts_with("attachment"), kind == "application/pdf");
        if kind == "image/jpeg" {
            assert!(is_clean(&bytes(&guest, piece)));
        }
        kinds.push(kind);
    }
    kinds.sort();
    assert_eq!(kinds, ["application/pdf", "image/jpeg"]);

    // What is said of them is corrected; a third one is taken away again.
    let mut other = photo();
    let last = other.len() - 40;
    other[last] ^= 1;
    attach(&guest, &node, &step, &WORDS, ("autre.jpg", &other));
    let forms = addresses(&guest.get(&step), &format!("{step}/"));
    assert_eq!(forms.len(), 3);
    let removed = guest.post(&forms[2], &[("geste", "retirer")]);
    assert!(removed.body.contains("retiré"), "{}", removed.body);
    let photo_form = forms
        .iter()
        .find(|form| {
            guest
                .get(&form.replace("completer/photos", "pieces"))
                .header("content-type")
                == "image/jpeg"
        })
        .unwrap();
    let mut words = WORDS.to_vec();
    words.push(("geste", "corriger"));
    words[0].1 = " ";
    let refused = guest.post(photo_form, &words);
    assert_eq!(refused.status, 422, "{}", refused.body);
    words[0].1 = "Des passants lisent, \"au fil\" <du marché>";
    let corrected = guest.post(photo_form, &words);
    assert!(
        corrected.body.contains("C’est corrigé."),
        "{}",
        corrected.body
    );
    assert!(guest.get(&own).body.contains("au fil"));

    // Nobody but those who decide see them.
    let at = &waiting(&editor)[0];
    let seen = editor.get(at);
    let shown = addresses(&seen, &format!("{at}/pieces/"));
    assert_eq!(shown.len(), 2, "{}", seen.body);
    let known = person(&node, "mia@example.org", "contributor", "Mia", "");
    for piece in &shown {
        assert_eq!(editor.get(piece).status, 200);
        assert_eq!(
            editor.get(piece).header("cache-control"),
            "private, no-store"
        );
        assert!(guest.get(piece).url.contains("/connexion"));
        assert_eq!(known.get(piece).status, 403);
    }
    let elsewhere = pieces[0].replace(own.rsplit('/').next().unwrap(), &"0".repeat(64));
    assert_eq!(guest.get(&elsewhere).status, 410);

    // Whoever decides has looked at what is published.
    let mut last_seen = seen.attribute_after("name=\"vu\"", "value").unwrap();
    attach(&guest, &node, &step, &WORDS, ("autre.jpg", &other));
    let publish = |seen: &str| editor.post(at, &[("geste", "publier"), ("vu", seen)]);
    let late = publish(&last_seen);
    assert_eq!(late.status, 422, "{}", late.body);
    assert!(late.body.contains("vient de modifier"), "{}", late.body);
    assert_eq!(addresses(&late, &format!("{at}/pieces/")).len(), 3);
    last_seen = late.attribute_after("name=\"vu\"", "value").unwrap();
    let done = publish(&last_seen);
    assert!(done.url.contains("/propositions/1"), "{}", done.body);
    let proposed = addresses(&done, "/propositions/1/fichiers/");
    assert_eq!(proposed.len(), 3, "{}", done.body);
    assert_eq!(guest.get(&proposed[0]).status, 200);
    assert_eq!(
        guest.get("/propositions/1/fichiers/commons.toml").status,
        404
    );

    let card = guest.get(&format!("/{CARD}"));
    assert!(card.body.contains("Photos et documents"), "{}", card.body);
    assert!(card.body.contains("PDF, 1 ko"), "{}", card.body);
    assert!(card.body.contains("&#60;du marché&#62;"), "{}", card.body);
    let files = addresses(&card, "/media/porteur-de-parole-combloux-2025/");
    assert_eq!(files.len(), 3, "{}", card.body);
    for file in &files {
        let answer = guest.get(file);
        assert_eq!(
            answer.header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        if file.ends_with(".pdf") {
            assert_eq!(answer.header("content-type"), "application/pdf");
            assert!(
                answer
                    .header("content-disposition")
                    .starts_with("attachment; filename=")
            );
            assert_eq!(bytes(&guest, file), document);
        } else {
            assert_eq!(answer.header("content-type"), "image/jpeg");
            assert!(is_clean(&bytes(&guest, file)));
        }
    }
    let source = guest.get(&format!("/{CARD}.md")).body;
    assert!(
        source.contains("\nmedia:\n  media/porteur-de-parole-combloux-2025/"),
        "{source}"
    );
    assert!(source.contains("licence: CC-BY-4.0"), "{source}");
    // They wait nowhere any more.
    assert_eq!(guest.get(&pieces[0]).status, 410);
    assert_eq!(guest.get(&step).status, 409);

    // A mirror has them, in the very commit that has the card, and finds nothing wrong.
    let cloned = run_git(
        node.folder(),
        &["clone", "--quiet", &node.url("/commons.git"), "clone"],
    );
    assert!(cloned.status.success());
    let clone = node.folder().join("clone");
    for file in &files {
        assert_eq!(
            fs::read(clone.join(&file[1..])).unwrap(),
            bytes(&guest, file)
        );
    }
    let changed = run_git(&clone, &["show", "--name-only", "--format=%an", "HEAD"]);
    let changed = String::from_utf8(changed.stdout).unwrap();
    assert!(changed.starts_with("Zoé d’Été"), "{changed}");
    assert!(changed.contains(&format!("{CARD}.md")), "{changed}");
    assert_eq!(changed.matches("media/").count(), 3, "{changed}");
    let checked = Command::new(program())
        .arg("check")
        .arg(&clone)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}");
    assert!(!said.contains("media/"), "{said}");
}

#[test]
fn what_is_hostile_or_too_much_is_refused_with_a_reason_and_words_are_kept() {
    let node = TestNode::start();
    let guest = node.client();
    let own = confirmed(&node, &guest, "zoe@example.org");
    let step = format!("{own}/completer/photos");
    let photo = photo();
    let mut eleven = photo.clone();
    eleven.resize(11 << 20, 0);
    let script = pdf("<< /S /JavaScript /JS (app.alert(1)) >>");
    let locked = pdf("<< /Encrypt 4 0 R >>");
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for (content, says) in [
        (&[][..], "Choisissez un fichier"),
        (&eleven, "dépasse 10 Mo"),
        (&photo[..photo.len() / 2], "abîmé"),
        (svg, "ni une photo"),
        (b"GIF89a\x01\0\x01\0", "ni une photo"),
        (&script, "contient un programme"),
        (&locked, "est protégé"),
    ] {
        let page = attach(&guest, &node, &step, &WORDS, ("photo.jpg", content));
        assert_eq!(page.status, 422, "{says}: {}", page.body);
        assert!(page.body.contains(says), "{says}: {}", page.body);
        assert!(page.body.contains("Des passants lisent"), "{says}");
    }
    let without = |name: &str| -> Vec<(&str, &str)> {
        WORDS
            .into_iter()
            .map(|(key, value)| (key, if key == name { "" } else { value }))
            .collect()
    };
    for (typed, says) in [
        (without("alt"), "ce que montre la photo"),
        (without("licence"), "Choisissez une licence"),
        (
            [&without("licence")[..], &[("licence", "CC-BY-NC-4.0")]].concat(),
            "Choisissez une licence",
        ),
        (without("accord"), "Cochez la case"),
    ] {
        let page = attach(&guest, &node, &step, &typed, ("photo.jpg", &photo));
        assert_eq!(page.status, 422, "{says}: {}", page.body);
        assert!(page.body.contains(says), "{says}: {}", page.body);
    }
    let cut = attach(&guest, &node, &step, &WORDS[..4], ("photo.jpg", &photo));
    assert_eq!(cut.status, 400, "{}", cut.body);
    let plain = guest.post(&step, &[("alt", "x"), ("fin", "1")]);
    assert_eq!(plain.status, 400, "{}", plain.body);
    assert_eq!(
        addresses(&guest.get(&step), &format!("{own}/pieces/")),
        [] as [String; 0]
    );

    for number in 0..6 {
        let document = pdf(&format!("({number})"));
        let page = attach(&guest, &node, &step, &WORDS, ("x.pdf", &document));
        assert_eq!(page.status, 200, "{}", page.body);
    }
    let full = guest.get(&step);
    assert!(full.body.contains("le maximum"), "{}", full.body);
    assert!(!full.body.contains("type=\"file\""));
    let seventh = attach(&guest, &node, &step, &WORDS, ("photo.jpg", &photo));
    assert_eq!(seventh.status, 422);
    assert!(seventh.body.contains("plus de place"), "{}", seventh.body);

    // They go with what they belong to.
    let pieces = addresses(&full, &format!("{own}/pieces/"));
    assert_eq!(pieces.len(), 6);
    guest.post(&own, &[("geste", "retirer")]);
    for piece in &pieces {
        assert_eq!(guest.get(piece).status, 410);
    }
    let late = attach(&guest, &node, &step, &WORDS, ("photo.jpg", &photo));
    assert_eq!(late.status, 409);
}
