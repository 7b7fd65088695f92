//! Passwords that guessers try first.
//!
//! Lists of stolen passwords are long, but of ten characters and more they are mostly made in a few ways:
//! a known word with numbers around it, a word twice, letters as digits, keys in a row, one thing repeated.
//! So the embedded list holds the words, and the rules here undo the decoration. Nothing asks for kinds of
//! characters. Source: NIST SP 800-63B §5.1.1.2 (compare with known values, no composition rules).

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words and phrases that passwords are made of, lower-case letters only, one a line, sorted.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common.txt").lines().collect());

/// Runs that fingers and minds follow, read in both directions.
const RUNS: [&str; 12] = [
    "01234567890123456789",
    "1234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "zaq12wsxcde34rfvbgt56yhnmju78ik",
    "123qweasdzxc",
    "1029384756",
];

/// Fewer characters than this beside something guessable add nothing.
const OWN_PART: usize = 6;

/// Whether `password` is one of those that are tried first.
pub fn is_common(password: &str) -> bool {
    let password = password.to_lowercase();
    let bare = strip(&password);
    is_repeated(&password)
        || is_in_a_row(&password)
        || is_in_a_row(bare)
        || is_word(bare)
        || is_word(&as_letters(bare))
        || is_word(&as_letters(&password))
        || is_word(&only_letters(&password))
}

/// Whether `password` is little more than what is known about its owner (names, parts of the address).
pub fn is_personal(password: &str, known: &[&str]) -> bool {
    let whole = password.to_lowercase();
    let mut rest = whole.clone();
    for word in known
        .iter()
        .flat_map(|known| known.split(|c: char| !c.is_alphanumeric()))
    {
        let word = word.to_lowercase();
        if word.chars().count() >= 3 {
            rest = rest.replace(&word, "");
        }
    }
    rest != whole && rest.chars().filter(|c| c.is_alphabetic()).count() < OWN_PART
}

/// Without digits and marks at both ends.
fn strip(password: &str) -> &str {
    password.trim_matches(|c: char| !c.is_alphabetic())
}

/// Digits and marks read as the letters they stand for.
fn as_letters(password: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        c => c,
    };
    strip(&password.chars().map(letter).collect::<String>()).to_owned()
}

fn only_letters(password: &str) -> String {
    password.chars().filter(|c| c.is_alphabetic()).collect()
}

/// On the list, as it is, or twice the same, or two short words of it.
fn is_word(text: &str) -> bool {
    COMMON.contains(text)
        || text.char_indices().any(|(at, _)| {
            let (front, back) = text.split_at(at);
            COMMON.contains(front) && (COMMON.contains(back) || back == front)
        })
}

/// One to five characters over and over (`aaaaaaaaaa`, `abcabcabcabc`), or at most three different ones.
fn is_repeated(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let again = |length: &usize| {
        characters
            .iter()
            .zip(characters.iter().skip(*length))
            .all(|(one, next)| one == next)
    };
    characters.iter().collect::<HashSet<_>>().len() <= 3 || (1..=5).any(|length| again(&length))
}

/// Keys or letters in a row, with fewer than [`OWN_PART`] characters beside them.
fn is_in_a_row(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let mut at = 0;
    let mut own = 0;
    while at < characters.len() {
        let length = (4..=characters.len() - at)
            .take_while(|length| is_run(&characters[at..at + length]))
            .last();
        match length {
            Some(length) => at += length,
            None => {
                own += 1;
                at += 1;
            }
        }
    }
    own < OWN_PART.min(characters.len())
}

fn is_run(part: &[char]) -> bool {
    let (there, back): (String, String) = (part.iter().collect(), part.iter().rev().collect());
    RUNS.iter()
        .any(|run| run.contains(&there) || run.contains(&back))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_guessers_try_first_is_common() {
        for password in [
            "1234567890",
            "0987654321",
            "0123456789",
            "password123",
            "Password1!",
            "P@ssw0rd123",
            "passwordpassword",
            "qwertyuiop",
            "qwerty12345",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "zaq12wsxcde",
            "iloveyou123",
            "abcdefghij",
            "aaaaaaaaaa",
            "1111111111",
            "123123123123",
            "abc1234567",
            "football2024",
            "Sunshine99!",
            "basketball",
            "christopher",
            "unbelievable",
            "letmein123",
            "changeme123",
            "123456789a",
            "a123456789",
            "1029384756",
            "12345678910",
            "trustno1trustno1",
            "iloveyoumichael",
            "correcthorsebatterystaple",
            "ababababab",
            "qazwsxedcrfv",
            "987654321q",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn what_nobody_would_guess_is_not() {
        for password in [
            "correct horse battery",
            "tulip in the rain",
            "Zr7kQpLmWx",
            "7f3a9c1e5b",
            "the cat sat on 4 mats",
            "meadow-lantern-42",
            "дорога в облаках",
            "viermal grün bitte",
            "xk29 vbq 81 zw",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn the_own_name_or_address_with_a_number_is_personal() {
        let known = ["Mara", "van der Lindenhof", "mara.l@tulips.example"];
        for password in [
            "mara123456",
            "Lindenhof2026!",
            "MaraLindenhof",
            "tulips-mara-1",
        ] {
            assert!(is_personal(password, &known), "{password}");
        }
        for password in ["maracuja on toast", "lanterns over the hill"] {
            assert!(!is_personal(password, &known), "{password}");
        }
    }
}
