//! The sections of the settings. Meaning and units of each key stand in `config/epu.toml`.
#![expect(
    missing_docs,
    reason = "config/epu.toml documents every key; a second copy would drift"
)]

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

/// A value that logs and `epu config` must not show.
#[derive(Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(transparent)]
pub struct Secret(pub(super) String);

impl Secret {
    /// The value itself.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is not set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[secret]")
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Http {
    pub listen: SocketAddr,
    /// Never empty and without a slash at its end once read.
    pub base_url: String,
}

impl Http {
    /// Whether people reach EPU by HTTPS: then cookies are Secure and named `__Host-…`.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https:")
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &str {
        self.base_url.split("://").next().unwrap_or_default()
    }

    /// Host and port of the public address, as they stand in a `Host` header.
    pub fn authority(&self) -> &str {
        self.base_url.split("://").nth(1).unwrap_or_default()
    }
}

#[derive(Clone, Debug, Deserialize)]
pub struct Database {
    /// Never empty once read.
    pub url: Secret,
    pub connections: u32,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Storage {
    /// Never empty once read.
    pub url: String,
    pub endpoint: String,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: Secret,
    pub path_style: bool,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Mail {
    /// Never empty once read.
    pub url: Secret,
    pub from: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Pretty,
    Json,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Log {
    pub format: LogFormat,
    pub level: String,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    Off,
    Files,
    Acme,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Tls {
    pub mode: TlsMode,
    pub certificate_file: PathBuf,
    pub key_file: PathBuf,
    pub domains: String,
    pub contact: String,
    pub directory: String,
    pub directory_ca_file: PathBuf,
    pub redirect_listen: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Limits {
    pub file_bytes: u64,
    pub password_failures_per_minute: u32,
    pub password_failures_per_minute_per_address: u32,
    pub sign_in_failures: u32,
    pub mails_per_hour_per_address: u32,
    pub upload_expiry_h: u32,
    pub uploads_per_minute: u32,
    pub event_bytes: u64,
    pub trash_days: u32,
    pub session_days: u32,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Jobs {
    pub renditions: usize,
    pub decoder_memory_bytes: u64,
    pub decoder_time_s: u64,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Telemetry {
    pub otlp_endpoint: String,
}
