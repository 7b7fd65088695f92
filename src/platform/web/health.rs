//! `/healthz`: the process answers. `/readyz`: what it needs answers too.

use std::sync::Arc;
use std::time::Duration;

use futures::future::{BoxFuture, join_all};
use http::{StatusCode, header};
use poem::{Endpoint, Request, Response, endpoint::make, handler};
use serde_json::{Map, Value, json};

use crate::platform::error::Result;

/// How long one check may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process answers.
#[handler]
pub fn live() -> &'static str {
    "ok\n"
}

/// One thing that must answer, e.g. the database.
#[derive(Clone)]
pub struct Check {
    name: &'static str,
    ask: Arc<dyn Fn() -> BoxFuture<'static, Result<()>> + Send + Sync>,
}

impl Check {
    /// `ask` is called for every question.
    pub fn new(
        name: &'static str,
        ask: impl Fn() -> BoxFuture<'static, Result<()>> + Send + Sync + 'static,
    ) -> Check {
        Check {
            name,
            ask: Arc::new(ask),
        }
    }

    async fn answers(&self) -> bool {
        match tokio::time::timeout(PATIENCE, (self.ask)()).await {
            Ok(Ok(())) => true,
            Ok(Err(error)) => {
                tracing::warn!(check.name = self.name, %error, "a readiness check failed");
                false
            }
            Err(_) => {
                tracing::warn!(check.name = self.name, "a readiness check takes too long");
                false
            }
        }
    }
}

/// 200 with `{"database":"ok",…}`, or 503 when something does not answer.
pub fn ready(checks: Vec<Check>) -> impl Endpoint<Output = Response> {
    let checks = Arc::new(checks);
    make(move |_: Request| {
        let checks = checks.clone();
        async move {
            let answers = join_all(checks.iter().map(Check::answers)).await;
            let words = |is_well: &bool| json!(if *is_well { "ok" } else { "unavailable" });
            let body: Map<String, Value> = checks
                .iter()
                .zip(&answers)
                .map(|(check, is_well)| (check.name.to_owned(), words(is_well)))
                .collect();
            let status = if answers.iter().all(|is_well| *is_well) {
                StatusCode::OK
            } else {
                StatusCode::SERVICE_UNAVAILABLE
            };
            Ok::<_, poem::Error>(
                Response::builder()
                    .status(status)
                    .content_type("application/json")
                    .header(header::CACHE_CONTROL, "no-store")
                    .body(Value::Object(body).to_string()),
            )
        }
    })
}
