//! Names as people type them: without accents, hyphens, apostrophes or capitals, and with `St` for `Saint`.

use unicode_normalization::UnicodeNormalization;

/// Returns the words of a text in small letters without accents, one space between them; abbreviations are written out
/// but for a last word, which may be the beginning of a longer one.
///
/// `St-Étienne-du-Rouvray` gives `saint etienne du rouvray`, `Chalon s/ Saône` gives `chalon sur saone`.
pub fn fold(text: &str) -> String {
    let mut words: Vec<String> = words_of(text);
    let last = words.len().saturating_sub(1);
    for word in &mut words[..last] {
        write_out(word);
    }
    words.join(" ")
}

/// Does what [`fold`] does, the last word written out too.
pub(crate) fn fold_whole(text: &str) -> String {
    let mut words: Vec<String> = words_of(text);
    words.iter_mut().for_each(write_out);
    words.join(" ")
}

fn words_of(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = 0;
    for letter in text.nfkd() {
        match letter {
            'œ' | 'Œ' => words[last].push_str("oe"),
            'æ' | 'Æ' => words[last].push_str("ae"),
            'ß' => words[last].push_str("ss"),
            _ if unicode_normalization::char::is_combining_mark(letter) => {}
            _ if letter.is_alphanumeric() => words[last].extend(letter.to_lowercase()),
            _ => {
                if letter == '/' && words[last] == "s" {
                    "sur".clone_into(&mut words[last]);
                }
                if !words[last].is_empty() {
                    words.push(String::new());
                    last += 1;
                }
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn write_out(word: &mut String) {
    let whole = match word.as_str() {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        _ => return,
    };
    whole.clone_into(word);
}
