//! `epu config`: every setting, its value and where it comes from. Secrets are masked.

use std::io::Write as _;
use std::path::Path;

use crate::platform::config::{Config, Mistake, settings};

/// Prints `key = value  # origin`; then complains if the settings cannot be used.
pub(super) fn run(file: Option<&Path>) -> Result<(), Mistake> {
    let env: Vec<_> = std::env::vars().collect();
    let mut out = std::io::stdout().lock();
    for setting in settings(file, &env)? {
        // Whoever reads may have seen enough (`epu config | head`).
        let _ = writeln!(
            out,
            "{} = {}  # {}",
            setting.key, setting.value, setting.origin
        );
    }
    Config::read(file, &env).map(|_| ())
}
