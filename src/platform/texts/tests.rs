use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::*;
use crate::platform::error::Refusal;

fn texts() -> Texts {
    let file = |path: &str, content: &str| (path.to_owned(), content.to_owned());
    Texts::of([
        file("en/site.ftl", "hello = Hello\nbye = Bye { $name }\n"),
        file(
            "en/guests.ftl",
            "guests =\n    { $count ->\n        [one] One guest\n       *[other] { $count } guests\n    }\n",
        ),
        file("de/site.ftl", "hello = Hallo\nmany = { $count } Fotos\n"),
        file("de/browser.ftl", "hello = für den Browser\n"),
    ])
}

#[test]
fn everybody_is_greeted_in_the_language_they_prefer() {
    for (header, hello) in [
        ("de-AT,de;q=0.9,en;q=0.5", "Hallo"),
        ("en-GB, de;q=0.9", "Hello"),
        ("fr, de;q=0.2, en;q=0.1", "Hallo"),
        ("de;q=0, en", "Hello"),
        ("*", "Hello"),
        ("", "Hello"),
        (";;q=,,x-y-z;q=nine", "Hello"),
    ] {
        assert_eq!(
            texts().negotiate(Some(header)).say("hello"),
            hello,
            "{header}"
        );
    }
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let german = texts().text(&Locale::new("de-CH"));
    assert_eq!(german.locale().as_str(), "de");
    assert_eq!(german.with("bye", [("name", "Mara".into())]), "Bye Mara");
}

#[test]
fn a_missing_text_shows_its_key() {
    let english = texts().text(&Locale::default());
    assert_eq!(english.say("nowhere"), "nowhere");
    assert!(!english.knows("nowhere"));
}

#[test]
fn numbers_are_grouped_and_counted_as_the_language_does() {
    let (english, german) = (
        texts().text(&Locale::new("en")),
        texts().text(&Locale::new("de")),
    );
    assert_eq!(english.with("guests", [("count", 1.into())]), "One guest");
    assert_eq!(
        english.with("guests", &[("count", 1284.into())]),
        "1,284 guests"
    );
    assert_eq!(
        german.with("many", [("count", 1284567.into())]),
        "1.284.567 Fotos"
    );
}

#[test]
fn sizes_are_told_in_the_unit_that_fits() {
    let text = Texts::embedded().text(&Locale::default());
    for (bytes, said) in [
        (0, "0 bytes"),
        (900, "900 bytes"),
        (38 * 1024, "38 KB"),
        (3_565_158, "3.4 MB"),
        (209_715_200, "200 MB"),
        (5 * 1024 * 1024 * 1024, "5 GB"),
    ] {
        assert_eq!(text.size(bytes), said);
    }
}

#[test]
fn every_refusal_has_its_words() {
    let text = Texts::embedded().text(&Locale::default());
    let missing: Vec<String> = Refusal::ALL
        .iter()
        .map(|refusal| refusal.text_key())
        .filter(|key| !text.knows(key))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_text_that_pages_and_code_say_exists() {
    let text = Texts::embedded().text(&Locale::default());
    let mut missing = BTreeSet::new();
    for file in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let content = std::fs::read_to_string(&file).unwrap();
        for key in keys(&content).into_iter().filter(|key| !text.knows(key)) {
            missing.insert(format!("{}: {key}", file.display()));
        }
    }
    assert_eq!(missing, BTreeSet::new());
}

/// Sources and templates, without this folder and tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("platform/texts") && !path.ends_with("tests") {
                found.extend(sources(&path));
            }
        } else if path
            .extension()
            .is_some_and(|ext| ["rs", "html", "txt"].iter().any(|wanted| ext == *wanted))
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
    found
}

/// Keys in `say("…")`, `t.with("…"` and, as the second word, in `Error::field("…", "…")` and the like.
fn keys(content: &str) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["say(", "t.with(", "text.with("] {
        for after in content.split(start).skip(1) {
            found.extend(literal(after).map(|(key, _)| key));
        }
    }
    for start in [
        "Error::field(",
        "fields.add(",
        "fields.with(",
        "default().with(",
    ] {
        for after in content.split(start).skip(1) {
            let second =
                literal(after).and_then(|(_, rest)| literal(rest.trim_start().strip_prefix(',')?));
            found.extend(second.map(|(key, _)| key));
        }
    }
    found
}

fn literal(text: &str) -> Option<(String, &str)> {
    let rest = text.trim_start().strip_prefix('"')?;
    let (key, rest) = rest.split_once('"')?;
    Some((key.to_owned(), rest))
}

#[test]
fn the_search_for_keys_finds_them() {
    let source = r#"{{ frame.t.say("a-b") }} t.with( "c", [("count", n.into())]) Error::field("name", "name-needed") x.say(key)"#;
    assert_eq!(keys(source), ["a-b", "c", "name-needed"]);
}
