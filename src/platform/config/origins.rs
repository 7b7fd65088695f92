//! Where each setting came from, and which keys there are.

use std::path::Path;
use std::sync::LazyLock;

use figment::providers::{Format as _, Serialized, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Error, Figment, Metadata, Profile, Provider, Source};

use super::{DEFAULTS, Mistake, figment};

/// Keys whose values are never shown.
const SECRET: &[&str] = &["secret_key", "storage.secret_access_key"];
/// Keys that may hold a password within a URL.
const SECRET_URL: &[&str] = &["database.url", "mail.url"];

/// One effective setting for `epu config`.
#[derive(Debug)]
pub struct Setting {
    /// Dotted key.
    pub key: String,
    /// Value as TOML, masked when secret.
    pub value: String,
    /// File, variable or `default`.
    pub origin: String,
}

/// Every setting with its value and origin, in the order of their keys.
pub fn settings(file: Option<&Path>, env: &[(String, String)]) -> Result<Vec<Setting>, Mistake> {
    let figment = figment(file, env)?;
    refuse_unknown(&figment)?;
    let keys = flat(&dict(&figment)?);
    Ok(keys
        .into_iter()
        .map(|(key, value)| Setting {
            origin: figment.find_metadata(&key).map(source).unwrap_or_default(),
            value: shown(&key, &value),
            key,
        })
        .collect())
}

/// Whether `key` is one of the settings.
pub(super) fn is_known(key: &str) -> bool {
    default_of(key).is_some()
}

/// The default of `key`, which also tells its type.
pub(super) fn default_of(key: &str) -> Option<&'static Value> {
    static KNOWN: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
        flat(&dict(&Figment::from(Toml::string(DEFAULTS))).expect("the embedded settings are TOML"))
    });
    KNOWN
        .iter()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value)
}

/// Errors name the unknown key, where it stands, and the nearest known one.
pub(super) fn refuse_unknown(figment: &Figment) -> Result<(), Mistake> {
    let defaults = flat(&dict(&Figment::from(Toml::string(DEFAULTS)))?);
    for (key, _) in flat(&dict(figment)?) {
        if is_known(&key) {
            continue;
        }
        let origin = figment.find_metadata(&key).map(source).unwrap_or_default();
        let nearest = defaults
            .iter()
            .map(|(known, _)| known)
            .min_by_key(|known| strsim::damerau_levenshtein(known, &key))
            .expect("there are settings");
        return Err(Mistake(format!(
            "there is no setting `{key}` (from {origin}); did you mean `{nearest}`?"
        )));
    }
    Ok(())
}

/// A file's path, a variable's name or `default`.
pub(super) fn source(metadata: &Metadata) -> String {
    match &metadata.source {
        Some(Source::File(path)) => path.display().to_string(),
        _ if metadata.name.starts_with("variable ") => {
            metadata.name["variable ".len()..].to_owned()
        }
        _ => "default".to_owned(),
    }
}

/// A value from an environment variable, so that errors and `epu config` can name the variable.
pub(super) struct Named {
    pub(super) variable: String,
    pub(super) inner: Serialized<Value>,
}

impl Provider for Named {
    fn metadata(&self) -> Metadata {
        Metadata::named(format!("variable {}", self.variable))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        self.inner.data()
    }
}

fn dict(figment: &Figment) -> Result<Dict, Mistake> {
    figment
        .extract()
        .map_err(|error| Mistake(super::words(&error)))
}

fn flat(dict: &Dict) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for (key, value) in dict {
        match value {
            Value::Dict(_, inner) => {
                found.extend(
                    flat(inner)
                        .into_iter()
                        .map(|(rest, value)| (format!("{key}.{rest}"), value)),
                );
            }
            other => found.push((key.clone(), other.clone())),
        }
    }
    found
}

fn shown(key: &str, value: &Value) -> String {
    let text = match value {
        Value::String(_, text) => text.clone(),
        Value::Num(_, number) => number.to_i128().map_or_else(
            || {
                number
                    .to_f64()
                    .map(|number| number.to_string())
                    .unwrap_or_default()
            },
            |number| number.to_string(),
        ),
        Value::Bool(_, yes) => return yes.to_string(),
        other => format!("{other:?}"),
    };
    match value {
        Value::Num(..) => text,
        _ if text.is_empty() => "\"\"".to_owned(),
        _ if SECRET.contains(&key) => "\"***\"".to_owned(),
        _ if SECRET_URL.contains(&key) => format!("\"{}\"", without_password(&text)),
        _ => format!("\"{text}\""),
    }
}

/// `scheme://user:***@host/…`
fn without_password(url: &str) -> String {
    let Some((front, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            format!(
                "{front}://{}:***@{host}",
                user.split(':').next().unwrap_or_default()
            )
        }
        None => url.to_owned(),
    }
}
