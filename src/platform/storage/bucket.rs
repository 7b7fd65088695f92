//! Objects in an S3-compatible bucket.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream::BoxStream;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, PutOptions,
    PutPayload, RetryConfig,
};

use super::error::{Result, StorageError};
use super::parts::Memory;
use super::{ListedObject, ObjectInfo, StorageSettings};

/// A dead host is given up after three of these.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// The longest silence: also the time one part may take to be sent.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
const REGION: &str = "us-east-1";

/// A bucket that holds objects below a prefix.
#[derive(Clone)]
pub(super) struct Bucket {
    pub(super) store: Arc<AmazonS3>,
    pub(super) memory: Memory,
    name: Arc<str>,
    /// Empty, or ends in `/`.
    prefix: Arc<str>,
}

impl Bucket {
    pub(super) fn open(settings: &StorageSettings, name: &str, prefix: String) -> Result<Self> {
        let store = builder(settings, name)?.build().map_err(|error| {
            StorageError::Other(format!("the bucket's settings do not fit: {error}"))
        })?;
        Ok(Self {
            store: Arc::new(store),
            memory: Memory::new(),
            name: name.into(),
            prefix: prefix.into(),
        })
    }

    /// The key as the bucket knows it.
    pub(super) fn path(&self, key: &str) -> Path {
        Path::from(format!("{}{key}", self.prefix))
    }

    pub(super) async fn put(
        &self,
        key: &str,
        payload: PutPayload,
        content_type: Option<&str>,
    ) -> Result<()> {
        let mut attributes = Attributes::new();
        if let Some(content_type) = content_type {
            attributes.insert(Attribute::ContentType, content_type.to_owned().into());
        }
        let options = PutOptions::from(attributes);
        match self.store.put_opts(&self.path(key), payload, options).await {
            Ok(_) => Ok(()),
            Err(error) => Err(StorageError::from(error).missing_is_bucket()),
        }
    }

    pub(super) async fn head(&self, key: &str) -> Result<Option<ObjectInfo>> {
        match self.store.head(&self.path(key)).await {
            Ok(meta) => Ok(Some(ObjectInfo {
                size_bytes: meta.size,
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn delete(&self, key: &str) -> Result<()> {
        match self.store.delete(&self.path(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn list(&self, prefix: &str) -> BoxStream<'static, Result<ListedObject>> {
        let ours = self.prefix.clone();
        let listed = self.store.list(Some(&self.path(prefix)));
        listed
            .filter_map(move |meta| {
                let object = meta
                    .map_err(|error| StorageError::from(error).missing_is_bucket())
                    .map(|meta| {
                        let key = meta.location.as_ref().strip_prefix(&*ours)?;
                        Some(ListedObject {
                            key: key.to_owned(),
                            size_bytes: meta.size,
                            modified_ms: meta.last_modified.timestamp_millis(),
                        })
                    });
                std::future::ready(object.transpose())
            })
            .boxed()
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s3://{}/{}", self.name, self.prefix)
    }
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bucket({self})")
    }
}

fn builder(settings: &StorageSettings, name: &str) -> Result<AmazonS3Builder> {
    let endpoint = settings
        .endpoint
        .as_deref()
        .map(|e| e.trim_end_matches('/'));
    let is_plain = endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
    let client = ClientOptions::new()
        .with_allow_http(is_plain)
        .with_connect_timeout(CONNECT_TIMEOUT)
        .with_read_timeout(READ_TIMEOUT)
        // Over a whole request it would cut the download of whoever is slow.
        .with_timeout_disabled();
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(settings.region.as_deref().unwrap_or(REGION))
        .with_virtual_hosted_style_request(!settings.path_style)
        .with_disable_tagging(true)
        // TLS keeps the body whole by itself; hashing it again would cost as much as ours.
        .with_unsigned_payload(!is_plain)
        .with_retry(retry())
        .with_client_options(client);
    if let Some(endpoint) = endpoint {
        builder = builder.with_endpoint(host_for(endpoint, name, settings.path_style)?);
    }
    match (&settings.access_key_id, &settings.secret_access_key) {
        (Some(id), Some(secret)) => {
            builder = builder
                .with_access_key_id(id)
                .with_secret_access_key(secret);
        }
        (None, None) if endpoint.is_none() => {}
        _ => {
            return Err(StorageError::Other(
                "storage.access_key_id and storage.secret_access_key belong together".to_owned(),
            ));
        }
    }
    Ok(builder)
}

/// The endpoint as `object_store` wants it: with the bucket in the host unless path-style.
fn host_for(endpoint: &str, bucket: &str, path_style: bool) -> Result<String> {
    match endpoint.split_once("://") {
        Some((scheme @ ("http" | "https"), host)) if !host.is_empty() => Ok(if path_style {
            endpoint.to_owned()
        } else {
            format!("{scheme}://{bucket}.{host}")
        }),
        _ => Err(StorageError::Other(format!(
            "storage.endpoint = {endpoint:?} is no https:// or http:// address"
        ))),
    }
}

/// Three tries within ten seconds: a guest's browser can wait and retry better than we can.
fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig {
            init_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(1),
            base: 2.0,
        },
        max_retries: 2,
        retry_timeout: Duration::from_secs(10),
    }
}
