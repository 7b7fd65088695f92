//! Names within an archive: as guests know them, each once, safe to unpack anywhere.

use std::collections::HashSet;

/// Longest name, in bytes of UTF-8, with room for a number; most file systems allow 255.
const LONGEST_BYTES: usize = 240;

/// Gives each file a name of its own.
#[derive(Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// `wanted`, made safe, or `wanted (2)`, `wanted (3)`… when it is given already. Names that differ only in case count as
    /// the same: some disks think so.
    pub(super) fn give(&mut self, wanted: &str) -> String {
        let wanted = safe(wanted);
        let (stem, extension) = match wanted.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() && extension.len() <= 10 => {
                (stem, format!(".{extension}"))
            }
            _ => (wanted.as_str(), String::new()),
        };
        let room = LONGEST_BYTES - extension.len() - " (1000000)".len();
        let stem = clip(stem, room);
        let mut name = format!("{stem}{extension}");
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = format!("{stem} ({number}){extension}");
            number += 1;
        }
        name
    }
}

/// Without separators, control characters, what Windows forbids, and dots or spaces at the ends.
fn safe(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_control() || r#"/\:*?"<>|"#.contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let name = name.trim_matches([' ', '.']);
    if name.is_empty() {
        "file".to_owned()
    } else {
        name.to_owned()
    }
}

/// At most `bytes` of `text`, cut between characters.
fn clip(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text[..end.unwrap_or(0)].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_given_once_whatever_its_case() {
        let mut names = Names::default();
        assert_eq!(names.give("IMG_1.JPG"), "IMG_1.JPG");
        assert_eq!(names.give("img_1.jpg"), "img_1 (2).jpg");
        assert_eq!(names.give("IMG_1.JPG"), "IMG_1 (3).JPG");
        assert_eq!(names.give("img_1 (2).jpg"), "img_1 (2) (2).jpg");
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let mut names = Names::default();
        for (wanted, given) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\x.jpg", "C__x.jpg"),
            ("..", "file"),
            ("a\nb.jpg", "a_b.jpg"),
            ("🎂 שלום.jpg", "🎂 שלום.jpg"),
        ] {
            assert_eq!(names.give(wanted), given);
        }
    }

    #[test]
    fn a_long_name_is_cut_between_characters_and_keeps_its_extension() {
        let name = Names::default().give(&format!("{}.jpeg", "ü".repeat(300)));
        assert!(
            name.len() <= LONGEST_BYTES && name.ends_with("ü.jpeg"),
            "{name}"
        );
    }
}
