//! Makes sure that the folders the program embeds are there, and that a change in them is seen.

#![expect(
    clippy::disallowed_methods,
    reason = "a build script has nobody waiting for it"
)]

fn main() {
    for folder in ["assets/built", "assets/texts"] {
        std::fs::create_dir_all(folder).expect("the folder can be made beside Cargo.toml");
        println!("cargo::rerun-if-changed={folder}");
    }
    if !std::path::Path::new("assets/built/manifest.json").exists() {
        println!(
            "cargo::warning=assets/built is empty: pages will have no styles; `npm ci && npm run build` in assets/ makes it"
        );
    }
}
