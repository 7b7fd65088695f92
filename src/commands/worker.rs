//! `epu worker`: only the work in the background, for machines beside those that serve.

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::platform::config::Config;
use crate::platform::error::Result;
use crate::workers;

use super::{boot, serve};

/// Works until SIGTERM or SIGINT.
pub(super) async fn run(config: Config) -> Result<()> {
    let app = boot::open(config).await?;
    let stop = CancellationToken::new();
    let mut parts = JoinSet::new();
    serve::follow(&app, &mut parts, &stop);
    // Several workers may run on one machine; leases tell their runs apart.
    let instance = format!("{}/worker-{}", serve::host(), std::process::id());
    parts.spawn(workers::worker(&app, &instance).run(stop.clone()));
    tracing::info!("EPU works in the background");
    serve::until_stopped(parts, stop).await
}
