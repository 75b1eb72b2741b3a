//! Rebuilds the crate when words, templates or assets are added: their macros only watch the files they knew.

fn main() {
    for folder in ["locales", "templates", "styles", "scripts", "icons"] {
        println!("cargo::rerun-if-changed=../../web/{folder}");
    }
}
