//! What EPU says to people, in their language: Project Fluent, embedded from `assets/texts/LOCALE/*.ftl`.
//!
//! One file per feature, English first: whatever another language lacks is said in English.
//! `browser.ftl` belongs to the custom elements and is not read here.

mod locale;
mod numbers;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, LazyLock, Mutex};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource};
use rust_embed::RustEmbed;

pub use fluent_bundle::FluentValue;
pub use locale::Locale;

#[derive(RustEmbed)]
#[folder = "assets/texts"]
#[include = "*.ftl"]
struct Files;

/// Texts of the custom elements: they travel to the browser as they are.
const FOR_THE_BROWSER: &str = "browser.ftl";

type Bundle = FluentBundle<FluentResource>;

/// The texts of every language. Cheap to clone.
#[derive(Clone)]
pub struct Texts(Arc<BTreeMap<Locale, Arc<Bundle>>>);

impl Texts {
    /// The embedded ones, parsed once per process.
    pub fn embedded() -> Texts {
        static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
            Texts::of(Files::iter().filter_map(|path| {
                let file = Files::get(&path)?;
                Some((
                    path.into_owned(),
                    String::from_utf8_lossy(&file.data).into_owned(),
                ))
            }))
        });
        TEXTS.clone()
    }

    /// Texts of these `(LOCALE/NAME.ftl, content)`. Panics on a mistake in a file: they are part of the program.
    fn of(files: impl IntoIterator<Item = (String, String)>) -> Texts {
        let mut bundles: BTreeMap<Locale, Bundle> = BTreeMap::new();
        for (path, content) in files {
            let Some((folder, name)) = path.split_once('/') else {
                continue;
            };
            if name == FOR_THE_BROWSER {
                continue;
            }
            let locale = Locale::new(folder);
            let resource = FluentResource::try_new(content)
                .unwrap_or_else(|(_, errors)| panic!("mistakes in texts/{path}: {errors:?}"));
            bundles
                .entry(locale.clone())
                .or_insert_with(|| empty(&locale))
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("keys said twice in texts/{path}: {errors:?}"));
        }
        bundles
            .entry(Locale::default())
            .or_insert_with(|| empty(&Locale::default()));
        Texts(Arc::new(
            bundles
                .into_iter()
                .map(|(locale, bundle)| (locale, Arc::new(bundle)))
                .collect(),
        ))
    }

    /// The languages there are.
    pub fn locales(&self) -> impl Iterator<Item = &Locale> {
        self.0.keys()
    }

    /// The texts for somebody who reads `wanted` (`de-AT` is served by `de`; unknown ones by English).
    pub fn text(&self, wanted: &Locale) -> Text {
        self.find(wanted)
            .unwrap_or_else(|| self.with_locale(Locale::default()))
    }

    /// The texts by a browser's `Accept-Language`. Source: RFC 9110, 12.5.4; lookup as in RFC 4647, 3.4.
    pub fn negotiate(&self, accept_language: Option<&str>) -> Text {
        locale::wanted(accept_language.unwrap_or_default())
            .iter()
            .find_map(|wanted| self.find(wanted))
            .unwrap_or_else(|| self.with_locale(Locale::default()))
    }

    fn find(&self, wanted: &Locale) -> Option<Text> {
        [wanted.clone(), wanted.language()]
            .into_iter()
            .find(|locale| self.0.contains_key(locale))
            .map(|locale| self.with_locale(locale))
    }

    fn with_locale(&self, locale: Locale) -> Text {
        Text {
            locale: Arc::new(locale),
            texts: self.clone(),
        }
    }
}

fn empty(locale: &Locale) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![locale.fluent()]);
    // Marks around values would end up in titles and attributes; HTML has `dir="auto"` for that.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(numbers::formatter(locale)));
    bundle
        .add_builtins()
        .expect("a new bundle has no functions yet");
    bundle
}

/// The texts of one language. Cheap to clone.
#[derive(Clone)]
pub struct Text {
    locale: Arc<Locale>,
    texts: Texts,
}

impl Text {
    /// The language it speaks, for `<html lang>`.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// What stands under `key`.
    pub fn say(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// What stands under `key`, with these values: `t.with("guests-count", &[("count", 3.into())])`.
    pub fn with<'a>(&self, key: &str, values: impl AsRef<[(&'a str, FluentValue<'a>)]>) -> String {
        let args: FluentArgs<'_> = values.as_ref().iter().cloned().collect();
        self.format(key, Some(&args))
    }

    /// A size in the unit that fits, e.g. `3.4 MB` (1 MB = 1024² bytes).
    pub fn size(&self, bytes: u64) -> String {
        let (number, key) = numbers::size(bytes);
        self.format(key, Some(&FluentArgs::from_iter([("number", number)])))
    }

    /// Whether `key` has words in this language or in English.
    pub fn knows(&self, key: &str) -> bool {
        self.bundles().any(|bundle| bundle.has_message(key))
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let pattern = self
            .bundles()
            .find_map(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = pattern else {
            missing(key, &[]);
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let said = bundle
            .format_pattern(pattern, args, &mut errors)
            .into_owned();
        if !errors.is_empty() {
            missing(key, &errors);
        }
        said
    }

    fn bundles(&self) -> impl Iterator<Item = &Bundle> {
        [&*self.locale, &Locale::default()]
            .into_iter()
            .filter_map(|locale| self.texts.0.get(locale))
            .map(Arc::as_ref)
            .collect::<Vec<_>>()
            .into_iter()
    }
}

/// Complains about a text once per process, not once per page.
fn missing(key: &str, errors: &[FluentError]) {
    static TOLD: LazyLock<Mutex<HashSet<String>>> = LazyLock::new(Mutex::default);
    let is_new = TOLD
        .lock()
        .expect("no holder of the list panics")
        .insert(key.to_owned());
    if is_new {
        tracing::error!(
            text.key = key,
            ?errors,
            "a text is missing or lacks a value"
        );
    }
}

#[cfg(test)]
mod tests;
