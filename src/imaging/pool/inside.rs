//! The same work in this process, for tests that have no `epu` binary to start.

use std::io;

use bytes::Bytes;
use futures::{Stream, StreamExt};

use super::RenderError;
use crate::imaging::failure::Failure;
use crate::imaging::formats::Kind;
use crate::imaging::metadata;
use crate::imaging::rendered::Rendered;
use crate::imaging::renditions::Original;

/// Makes the renditions without a child and without limits.
pub(super) async fn render<S>(
    kind: Kind,
    size_bytes: u64,
    mut file: S,
) -> Result<Rendered, RenderError>
where
    S: Stream<Item = io::Result<Bytes>> + Unpin,
{
    let mut bytes = Vec::new();
    while let Some(chunk) = file.next().await {
        bytes.extend_from_slice(&chunk.map_err(RenderError::trouble)?);
    }
    if (bytes.len() as u64) < size_bytes {
        return Err(RenderError::trouble("the original ended early"));
    }
    let work = move || -> Result<Rendered, Failure> {
        if kind.is_video() {
            metadata::of_video(kind, &bytes[..])
        } else {
            Original::open(kind, bytes.into())?.render()
        }
    };
    let rendered = tokio::task::spawn_blocking(work)
        .await
        .map_err(RenderError::trouble)?;
    Ok(rendered?)
}
