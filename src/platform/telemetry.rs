//! Logs for people or machines, and traces over OTLP.
//!
//! Logs go to standard error, so that what a command prints can be read by scripts.

use std::io::IsTerminal as _;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::Subscriber;
use tracing::field::Field;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use super::config::{Config, LogFormat};
use super::error::{Error, Result};

/// Name of the service in traces.
const SERVICE: &str = "epu";

/// Sends traces until [`shutdown`](Telemetry::shutdown).
pub struct Telemetry(Option<SdkTracerProvider>);

impl Telemetry {
    /// Logs as the settings say, and traces when `telemetry.otlp_endpoint` is set.
    ///
    /// Call it outside the async runtime: the exporter has a blocking client and a thread of its own.
    pub fn start(config: &Config) -> Result<Telemetry> {
        let (subscriber, traces) = subscriber(config)?;
        subscriber.try_init().map_err(Error::internal)?;
        Ok(Telemetry(traces))
    }

    /// Logs warnings and errors only: for commands that print for people.
    pub fn quiet() {
        let _ = fmt()
            .with_max_level(LevelFilter::WARN)
            .with_writer(std::io::stderr)
            .without_time()
            .with_target(false)
            .try_init();
    }

    /// Sends what is left. Call it outside the async runtime.
    pub fn shutdown(self) {
        if let Some(Err(error)) = self.0.map(|traces| traces.shutdown()) {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

fn subscriber(
    config: &Config,
) -> Result<(
    impl Subscriber + Send + Sync + 'static,
    Option<SdkTracerProvider>,
)> {
    let filter = EnvFilter::try_new(&config.log.level)
        .map_err(|error| Error::internal(format!("log.level cannot be read: {error}")))?;
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match config.log.format {
        LogFormat::Pretty => lines
            .with_ansi(std::io::stderr().is_terminal())
            .with_target(false)
            .fmt_fields(fmt::format::debug_fn(readable).delimited(" "))
            .boxed(),
        LogFormat::Json => lines
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .boxed(),
    };
    let traces = exporter(config)?;
    let spans = traces.as_ref().map(|traces| {
        // Only our own spans: those of the exporter's client would be traced for ever.
        let ours = Targets::new().with_target("epu", LevelFilter::INFO);
        tracing_opentelemetry::layer()
            .with_tracer(traces.tracer(SERVICE))
            .with_filter(ours)
    });
    let subscriber = tracing_subscriber::registry()
        .with(spans)
        .with(lines.with_filter(filter));
    Ok((subscriber, traces))
}

/// A field for people: what the message says already, or only traces need, is left out.
fn readable(to: &mut Writer<'_>, field: &Field, value: &dyn std::fmt::Debug) -> std::fmt::Result {
    match field.name() {
        "message" => write!(to, "{value:?}"),
        name if ["otel.", "http.", "log."]
            .iter()
            .any(|it| name.starts_with(it)) =>
        {
            Ok(())
        }
        name => write!(to, "{name}={value:?}"),
    }
}

fn exporter(config: &Config) -> Result<Option<SdkTracerProvider>> {
    let endpoint = config.telemetry.otlp_endpoint.trim_end_matches('/');
    if endpoint.is_empty() {
        return Ok(None);
    }
    let exporter = SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{endpoint}/v1/traces"))
        .build()
        .map_err(|error| {
            Error::internal(format!("telemetry.otlp_endpoint cannot be used: {error}"))
        })?;
    let resource = Resource::builder().with_service_name(SERVICE).build();
    Ok(Some(
        SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build(),
    ))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    /// Takes one request, answers 200, hands over its first line and body.
    fn receiver() -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (sender, received) = mpsc::channel();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let (head, length) = loop {
                let mut chunk = [0; 4096];
                let read = stream.read(&mut chunk).unwrap();
                request.extend_from_slice(&chunk[..read]);
                let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
                if let Some((head, _)) = text.split_once("\r\n\r\n") {
                    let length = head.split("content-length: ").nth(1).unwrap();
                    let length: usize = length.split("\r\n").next().unwrap().parse().unwrap();
                    break (head.to_owned(), length);
                }
            };
            let mut body = request.split_off(head.len() + 4);
            while body.len() < length {
                let mut chunk = [0; 4096];
                let read = stream.read(&mut chunk).unwrap();
                body.extend_from_slice(&chunk[..read]);
            }
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer).unwrap();
            let line = head.lines().next().unwrap_or_default().to_owned();
            sender.send((line, body)).unwrap();
        });
        (address, received)
    }

    fn config(settings: &[(&str, &str)]) -> Config {
        let env: Vec<_> = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Config::read(None, &env).unwrap()
    }

    #[test]
    fn the_span_of_a_request_reaches_the_receiver() {
        let (address, received) = receiver();
        let config = config(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &address)]);
        let (subscriber, traces) = subscriber(&config).unwrap();
        tracing::subscriber::with_default(subscriber, || {
            tracing::info_span!(
                "request",
                otel.name = "GET /g/:code",
                http.route = "/g/:code"
            )
            .in_scope(|| tracing::info!("seen"));
        });
        Telemetry(traces).shutdown();

        let (line, body) = received.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(line, "post /v1/traces http/1.1");
        let text = String::from_utf8_lossy(&body);
        for expected in ["epu", "GET /g/:code", "http.route"] {
            assert!(text.contains(expected), "no {expected} in {text}");
        }
    }

    #[test]
    fn a_level_that_cannot_be_read_is_told() {
        let config = config(&[("EPU_LOG__LEVEL", "loud=very")]);
        let error = subscriber(&config).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("log.level"), "{error}");
    }
}
