//! Names of languages, and what a browser asks for.

use std::fmt;

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language by its BCP 47 tag, e.g. `en` or `de-AT`. What is no tag becomes English.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Locale(String);

impl Default for Locale {
    fn default() -> Self {
        Locale("en".to_owned())
    }
}

impl Locale {
    /// The language named by `tag`, in canonical form.
    pub fn new(tag: &str) -> Locale {
        Locale::parse(tag).unwrap_or_default()
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without region and script: `de-AT` → `de`.
    pub fn language(&self) -> Locale {
        Locale(self.fluent().language.as_str().to_owned())
    }

    pub(super) fn fluent(&self) -> LanguageIdentifier {
        self.0
            .parse()
            .expect("a locale was parsed when it was made")
    }

    fn parse(tag: &str) -> Option<Locale> {
        let identifier: LanguageIdentifier = tag.trim().parse().ok()?;
        (!identifier.language.is_empty()).then(|| Locale(identifier.to_string()))
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Locale {
    fn from(tag: String) -> Self {
        Locale::new(&tag)
    }
}

impl From<Locale> for String {
    fn from(locale: Locale) -> Self {
        locale.0
    }
}

/// The languages of an `Accept-Language` header, dearest first; those with weight 0 and garbage left out.
pub(super) fn wanted(header: &str) -> Vec<Locale> {
    let mut wanted: Vec<(u16, Locale)> = header
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight: f32 = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
            let weight = (weight.clamp(0.0, 1.0) * 1000.0) as u16;
            (weight > 0).then_some((weight, Locale::parse(tag)?))
        })
        .collect();
    wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wanted.into_iter().map(|(_, locale)| locale).collect()
}
