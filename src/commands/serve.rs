//! `epu serve`: pages, and the work behind them.

use clap::Args;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::platform::config::Config;
use crate::platform::error::{Error, Result};
use crate::platform::texts::Texts;
use crate::platform::tls::{self, Tls};
use crate::platform::web::{self, Web, server};
use crate::{routes, workers};

use super::boot;

/// Options of `epu serve`.
#[derive(Args)]
pub(super) struct Serve {
    /// Leave jobs to `epu worker`.
    #[arg(long)]
    no_jobs: bool,
}

/// Serves until SIGTERM or SIGINT, then lets requests and jobs finish.
pub(super) async fn run(config: Config, options: Serve) -> Result<()> {
    let listener = server::listen(config.http.listen)?;
    let redirect = tls::redirect_listener(&config.tls)?;
    let app = boot::open(config).await?;
    let stop = CancellationToken::new();
    let tls = Tls::open(&app.config, &app.db, &app.secrets, &app.rng, &stop).await?;
    let mut parts = JoinSet::new();
    if let Some(listener) = redirect {
        let endpoint = tls::redirect(&app.config.http);
        let stop = stop.clone();
        parts.spawn(async move {
            server::serve(listener, None, endpoint, stop).await;
            Ok(())
        });
    }
    let base_url = app.config.http.base_url.clone();
    let endpoint = web::around_all(routes::routes(&app), web_of(&app, &stop));
    let serving = server::serve(listener, tls, endpoint, stop.clone());
    parts.spawn(async move {
        serving.await;
        Ok(())
    });
    let instance = format!("{}/serve-{}", host(), app.config.http.listen.port());
    follow(&app, &mut parts, &stop);
    if !options.no_jobs {
        parts.spawn(workers::worker(&app, &instance).run(stop.clone()));
    }
    tracing::info!("EPU listens at {base_url}");
    until_stopped(parts, stop).await
}

fn web_of(app: &App, stop: &CancellationToken) -> Web {
    Web::new(web::Parts {
        http: app.config.http.clone(),
        texts: Texts::embedded(),
        clock: app.clock.clone(),
        rng: app.rng.clone(),
        stop: stop.clone(),
    })
}

/// Brings in the news of other instances.
pub(super) fn follow(app: &App, parts: &mut JoinSet<Result<()>>, stop: &CancellationToken) {
    let following = app.hub.clone().follow_others(app.db.clone(), stop.clone());
    parts.spawn(async move {
        following.await;
        Ok(())
    });
}

/// Waits for a signal or for a part that fails, then stops all parts and waits for them.
pub(super) async fn until_stopped(
    mut parts: JoinSet<Result<()>>,
    stop: CancellationToken,
) -> Result<()> {
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let mut outcome = Ok(());
    loop {
        let ended = tokio::select! {
            ended = parts.join_next() => ended,
            _ = term.recv(), if !stop.is_cancelled() => { stopping(&stop); continue }
            _ = int.recv(), if !stop.is_cancelled() => { stopping(&stop); continue }
        };
        match ended {
            None => return outcome,
            Some(Ok(Ok(()))) => {}
            Some(failed) => {
                outcome = outcome.and(failed.unwrap_or_else(|panic| Err(Error::internal(panic))));
                stop.cancel();
            }
        }
    }
}

fn stopping(stop: &CancellationToken) {
    tracing::info!("stopping: running requests and jobs may finish");
    stop.cancel();
}

/// This machine's name.
#[expect(clippy::disallowed_methods, reason = "a file of the kernel, read once")]
pub(super) fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .map_or_else(|_| "epu".to_owned(), |name| name.trim().to_owned())
}
