//! Holds the code to the map: a module names only those that stand above it in `lib.rs`.

use std::path::{Path, PathBuf};

/// The modules of `lib.rs`, lowest first.
fn modules(map: &str) -> Vec<&str> {
    map.lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect()
}

/// Every `.rs` file below `folder` that is no test.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if path.is_dir() && name != "tests" && name != "testing" {
            sources(&path, found);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            found.push(path);
        }
    }
}

/// What `code` of the module at `place` names and may not: `(line, module)`. Tests inside the file are exempt.
fn trespasses<'a>(code: &'a str, place: usize, modules: &[&str]) -> Vec<(usize, &'a str)> {
    let program = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for (number, line) in program.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for rest in line.split("crate::").skip(1) {
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let named = modules.iter().position(|module| *module == &rest[..end]);
            if named.is_some_and(|named| named > place) {
                found.push((number + 1, &rest[..end]));
            }
        }
    }
    found
}

#[test]
fn no_module_names_one_below_it_on_the_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = std::fs::read_to_string(root.join("lib.rs")).expect("the map");
    let modules = modules(&map);
    assert!(modules.len() > 15, "the map was read: {modules:?}");

    let mut wrong = Vec::new();
    let mut files = Vec::new();
    sources(&root, &mut files);
    for file in files {
        let inside = file
            .strip_prefix(&root)
            .expect("below src")
            .to_str()
            .expect("a plain name");
        let module = inside.split(['/', '.']).next().unwrap_or_default();
        let Some(place) = modules.iter().position(|known| *known == module) else {
            continue;
        };
        let code = std::fs::read_to_string(&file).expect("a source");
        for (line, named) in trespasses(&code, place, &modules) {
            wrong.push(format!(
                "src/{inside}:{line}: {module} may not import {named}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_trespass_is_seen() {
    let modules = ["platform", "events", "media"];
    let code = "use crate::media::Item;\n// crate::media in words\nuse crate::platform::db;\n";
    assert_eq!(trespasses(code, 1, &modules), [(1, "media")]);
    assert_eq!(
        trespasses("#[cfg(test)]\nuse crate::media;", 1, &modules),
        []
    );
}
