//! Settings: embedded `config/epu.toml` < `--config FILE` < what hosts set (`DATABASE_URL`, `PORT`…) < `EPU_*`.
//!
//! The embedded file holds every key, so it is the schema too: a key that is not in it is an error
//! that names the nearest one.

mod origins;
mod sections;

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Format as _, Serialized, Toml};
use serde::Deserialize;

pub use origins::{Setting, settings};
pub use sections::*;

/// The embedded defaults.
const DEFAULTS: &str = include_str!("../../config/epu.toml");
/// Prefix of environment variables that set a key.
const PREFIX: &str = "EPU_";
/// Variables with the prefix that are no settings (tests read them).
const NOT_SETTINGS: &str = "EPU_TEST_";

/// A mistake in the settings, in words that say what to do.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Mistake(String);

/// Every setting, checked. Meaning and units stand in `config/epu.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Folder for everything that is not configured to be elsewhere.
    pub data_dir: PathBuf,
    /// Signs and seals; empty until [`with_secret_key`](Config::with_secret_key).
    pub secret_key: Secret,
    /// Listening and the public address.
    pub http: Http,
    /// Database.
    pub database: Database,
    /// Where files are kept.
    pub storage: Storage,
    /// Mail.
    pub mail: Mail,
    /// Logs.
    pub log: Log,
    /// Certificates.
    pub tls: Tls,
    /// Limits.
    pub limits: Limits,
    /// Background work.
    pub jobs: Jobs,
    /// Traces.
    pub telemetry: Telemetry,
}

impl Config {
    /// Reads all sources. `env` is the environment (an argument, so that tests can give their own).
    pub fn read(file: Option<&Path>, env: &[(String, String)]) -> Result<Config, Mistake> {
        let figment = figment(file, env)?;
        origins::refuse_unknown(&figment)?;
        let mut config: Config = figment.extract().map_err(|error| Mistake(words(&error)))?;
        config.fill_in();
        config.check()?;
        Ok(config)
    }

    /// Reads the environment of this process and, if given, `file`.
    pub fn from_process(file: Option<&Path>) -> Result<Config, Mistake> {
        Config::read(file, &std::env::vars().collect::<Vec<_>>())
    }

    /// The same settings with the key that signs and seals.
    pub fn with_secret_key(mut self, key: String) -> Config {
        self.secret_key = Secret(key);
        self
    }

    /// Whether the database is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.database.url.expose().starts_with("postgres")
    }

    fn fill_in(&mut self) {
        let at = |name: &str| self.data_dir.join(name).display().to_string();
        if self.database.url.is_empty() {
            self.database.url = Secret(format!("sqlite:{}", at("epu.sqlite")));
        }
        if self.storage.url.is_empty() {
            self.storage.url = format!("file:{}", at("files"));
        }
        if self.mail.url.is_empty() {
            self.mail.url = Secret(format!("folder:{}", at("mails")));
        }
        if self.http.base_url.is_empty() {
            let scheme = if self.tls.mode == TlsMode::Off {
                "http"
            } else {
                "https"
            };
            self.http.base_url = format!("{scheme}://localhost:{}", self.http.listen.port());
        }
        self.http.base_url = self.http.base_url.trim_end_matches('/').to_owned();
    }

    fn check(&self) -> Result<(), Mistake> {
        let url = self.http.base_url.parse::<http::Uri>();
        let is_web = |url: &http::Uri| {
            matches!(url.scheme_str(), Some("http" | "https"))
                && url.host().is_some()
                && url.path().len() <= 1
        };
        if !url.as_ref().is_ok_and(is_web) {
            return Err(Mistake(format!(
                "http.base_url must be an address without a path, like https://photos.example.org, not `{}`",
                self.http.base_url
            )));
        }
        if !self.secret_key.is_empty() && self.secret_key.expose().len() < 32 {
            return Err(Mistake(
                "secret_key must have at least 32 characters; `openssl rand -base64 33` makes one"
                    .into(),
            ));
        }
        if self.is_postgres() && self.secret_key.is_empty() {
            return Err(Mistake(
                "secret_key must be set when the database is PostgreSQL, so that all instances share it: \
                 EPU_SECRET_KEY or EPU_SECRET_KEY_FILE; `openssl rand -base64 33` makes one"
                    .into(),
            ));
        }
        Ok(())
    }
}

/// All sources, lowest first.
fn figment(file: Option<&Path>, env: &[(String, String)]) -> Result<Figment, Mistake> {
    let mut figment = Figment::from(Toml::string(DEFAULTS));
    if let Some(path) = file {
        if !path.is_file() {
            return Err(Mistake(format!(
                "the file named by --config is not there: {}",
                path.display()
            )));
        }
        figment = figment.merge(Toml::file_exact(path));
    }
    for (name, key) in [
        ("DATABASE_URL", "database.url"),
        ("SECRET_KEY", "secret_key"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "telemetry.otlp_endpoint"),
    ] {
        if let Some(value) = lookup(env, name) {
            figment = merge(figment, name, key, value);
        }
    }
    if let Some(port) = lookup(env, "PORT") {
        figment = merge(figment, "PORT", "http.listen", &format!("[::]:{port}"));
    }
    for (name, value) in env {
        let Some(rest) = name
            .strip_prefix(PREFIX)
            .filter(|_| !name.starts_with(NOT_SETTINGS))
        else {
            continue;
        };
        let key = rest.to_ascii_lowercase().replace("__", ".");
        figment = match key
            .strip_suffix("_file")
            .filter(|_| !origins::is_known(&key))
        {
            Some(key) => merge(figment, name, key, &read_secret(name, value)?),
            None => merge(figment, name, &key, value),
        };
    }
    Ok(figment)
}

fn lookup<'a>(env: &'a [(String, String)], name: &str) -> Option<&'a str> {
    env.iter()
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.as_str())
}

/// Merges one value from an environment variable, so that its origin can be told.
fn merge(figment: Figment, variable: &str, key: &str, value: &str) -> Figment {
    let parsed: figment::value::Value = match origins::default_of(key) {
        // Text stays text, even when it looks like a number.
        Some(figment::value::Value::String(..)) | None => value.into(),
        Some(_) => value
            .parse()
            .unwrap_or_else(|never: std::convert::Infallible| match never {}),
    };
    let provider = origins::Named {
        variable: variable.to_owned(),
        inner: Serialized::default(key, parsed),
    };
    figment.merge(provider)
}

#[expect(
    clippy::disallowed_methods,
    reason = "settings are read before anything runs"
)]
fn read_secret(variable: &str, path: &str) -> Result<String, Mistake> {
    std::fs::read_to_string(path)
        .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
        .map_err(|error| {
            Mistake(format!(
                "{variable} names a file that cannot be read: {path}: {error}"
            ))
        })
}

fn words(error: &figment::Error) -> String {
    error
        .clone()
        .into_iter()
        .map(|one| {
            let origin = one
                .metadata
                .as_ref()
                .map(origins::source)
                .unwrap_or_default();
            format!("{}: {} (from {origin})", one.path.join("."), one.kind)
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests;
