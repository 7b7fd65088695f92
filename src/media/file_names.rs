//! File names as guests' devices give them, made safe to show, to store and to put into a ZIP.

use crate::imaging::Kind;

/// Most file systems take 255 bytes; some are left for a number that tells equal names apart.
const MAX_BYTES: usize = 200;

/// The last segment of `given` without what a file system or a reader's eye could stumble over; emoji and letters of
/// all scripts stay. Something of the right kind when nothing is left, e.g. `photo.jpg`.
pub fn safe_file_name(given: &str, kind: Kind) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| is_fine(*c)).collect();
    let clean = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, extension) = match clean.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 5 => (stem.trim_end(), extension),
        _ => (clean, kind.extension()),
    };
    if stem.is_empty() {
        let word = if kind.is_video() { "video" } else { "photo" };
        return format!("{word}.{}", kind.extension());
    }
    format!("{}.{extension}", shortened(stem))
}

/// Control characters and those that reorder or hide text (Unicode TR36) are not; nor are those Windows refuses.
fn is_fine(c: char) -> bool {
    let hides = matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    !c.is_control() && !hides && !"<>:\"|?*".contains(c)
}

fn shortened(stem: &str) -> &str {
    let mut end = stem.len().min(MAX_BYTES);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    &stem[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_stay_as_they_are() {
        for name in [
            "IMG_1234.HEIC",
            "Mara & Jonas 💍.jpg",
            "حفل.jpg",
            "été (2).jpeg",
            "a.b.c.png",
        ] {
            assert_eq!(safe_file_name(name, Kind::Jpeg), name);
        }
    }

    #[test]
    fn names_that_could_do_harm_lose_what_does_it() {
        let cases = [
            ("../../etc/passwd", "passwd.jpg"),
            ("C:\\fakepath\\cake.jpg", "cake.jpg"),
            ("gpj.\u{202e}exe.jpg", "gpj.exe.jpg"),
            ("a\0b\r\nc.jpg", "abc.jpg"),
            ("...", "photo.jpg"),
            ("", "photo.jpg"),
            (".jpg", "jpg.jpg"),
            ("what?<b>.jpg", "whatb.jpg"),
        ];
        for (given, safe) in cases {
            assert_eq!(safe_file_name(given, Kind::Jpeg), safe, "{given:?}");
        }
    }

    #[test]
    fn a_name_too_long_for_a_file_system_is_cut_between_characters_and_keeps_its_end() {
        let safe = safe_file_name(&format!("{}.jpeg", "ä".repeat(300)), Kind::Jpeg);
        assert!(safe.len() <= 206 && safe.ends_with("ä.jpeg"), "{safe}");
    }
}
