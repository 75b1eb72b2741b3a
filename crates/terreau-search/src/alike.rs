//! Near-duplicates: a fingerprint of a text, alike when the texts are.

/// Words that a text needs to be compared: short ones are alike by chance.
const MIN_WORDS: usize = 60;
/// Bits that may differ between the fingerprints of two versions of a text.
const MAX_BITS: u32 = 7;

/// Returns the fingerprint of a text (Charikar's simhash over runs of three words); `None` for a short text.
pub(crate) fn fingerprint(text: &str) -> Option<u64> {
    let hashes: Vec<u64> = text.split_whitespace().map(hash).collect();
    if hashes.len() < MIN_WORDS {
        return None;
    }
    let mut balance = [0i32; 64];
    for run in hashes.windows(3) {
        let bits = mixed(run[0] ^ run[1].rotate_left(21) ^ run[2].rotate_left(42));
        for (at, weight) in balance.iter_mut().enumerate() {
            *weight += if bits >> at & 1 == 1 { 1 } else { -1 };
        }
    }
    let set = balance
        .iter()
        .enumerate()
        .filter(|(_, weight)| **weight > 0);
    Some(set.fold(0, |bits, (at, _)| bits | 1 << at))
}

/// Tells whether two texts say nearly the same.
pub(crate) fn are_alike(a: u64, b: u64) -> bool {
    (a ^ b).count_ones() <= MAX_BITS
}

/// Returns a hash that stays the same from one build to the next (FNV-1a).
pub(crate) fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Spreads every bit over all (the finaliser of MurmurHash3).
fn mixed(mut bits: u64) -> u64 {
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xff51_afd7_ed55_8ccd);
    bits ^= bits >> 33;
    bits = bits.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    bits ^ bits >> 33
}

#[cfg(test)]
mod tests {
    use super::{are_alike, fingerprint};

    fn text(seed: usize) -> String {
        (0..300)
            .map(|at| format!("mot{} ", (at * 7919 + seed * 104_729) % 1_009))
            .collect()
    }

    #[test]
    fn a_text_slightly_changed_is_alike_another_is_not() {
        let print = |text: &str| fingerprint(text).unwrap();
        let one = text(1);
        assert!(are_alike(
            print(&one),
            print(&format!("{one} Une phrase de plus."))
        ));
        assert!(!are_alike(print(&one), print(&text(2))));
    }

    #[test]
    fn short_texts_have_no_fingerprint() {
        assert_eq!(fingerprint("Un jardin."), None);
    }
}
