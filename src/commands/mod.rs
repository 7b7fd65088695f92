//! The sub-commands of `epu`, one file each.

mod admin;
mod boot;
mod check;
mod config;
mod demo;
mod export;
mod healthcheck;
mod migrate;
mod secret_key;
mod serve;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::platform::config::{Config, Mistake};
use crate::platform::error::Result;
use crate::platform::telemetry::Telemetry;

/// Event Photo Uploads: guests send photos from a phone browser, hosts take them home.
#[derive(Parser)]
#[command(name = "epu", version)]
struct Arguments {
    /// File with settings; see config/epu.toml for all of them.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and do the work in the background
    Serve(serve::Serve),
    /// Do only the work in the background
    Worker,
    /// Bring the database up to date
    Migrate(migrate::Migrate),
    /// Show every setting, its value and where it comes from
    Config,
    /// Ask the EPU running here whether it answers
    Healthcheck,
    /// Write everything of an event to a folder, a ZIP file or standard output
    Export(export::Export),
    /// Make an admin
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Make an admin, a host and an event with photos, to look around
    Demo(demo::Demo),
    /// Try settings, database, storage and mail, and say what to mend
    Check,
}

/// Parses the arguments and runs the command. 0: well; 1: failed; 2: wrong arguments or settings.
pub fn main() -> ExitCode {
    rustls::crypto::aws_lc_rs::default_provider()
        .install_default()
        .expect("nothing else installs a TLS provider");
    let arguments = Arguments::parse();
    match dispatch(arguments) {
        Ok(code) => code,
        Err(mistake) => {
            eprintln!("epu: {mistake}");
            ExitCode::from(2)
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<ExitCode, Mistake> {
    let file = arguments.config.as_deref();
    let read = || Config::from_process(file);
    Ok(match arguments.command {
        Command::Config => {
            config::run(file)?;
            ExitCode::SUCCESS
        }
        Command::Serve(options) => {
            loudly(read()?, async |config| serve::run(config, options).await)
        }
        Command::Worker => loudly(read()?, worker::run),
        Command::Migrate(options) => {
            quietly(read()?, async |config| migrate::run(config, options).await)
        }
        Command::Export(options) => quietly(read()?, async |config| {
            export::run(&boot::open(config).await?, &options).await
        }),
        Command::Admin(options) => quietly(read()?, async |config| {
            admin::run(&boot::open(config).await?, &options).await
        }),
        Command::Demo(options) => quietly(read()?, async |config| {
            demo::run(&boot::open(config).await?, &options).await
        }),
        Command::Healthcheck => quietly(read()?, healthcheck::run),
        Command::Check => quietly(read()?, check::run),
    })
}

/// Runs a command that goes on for long: logs as set, and traces.
fn loudly(config: Config, command: impl AsyncFnOnce(Config) -> Result<()>) -> ExitCode {
    let telemetry = match Telemetry::start(&config) {
        Ok(telemetry) => telemetry,
        Err(error) => return failed(&error),
    };
    let code = run(config, command);
    telemetry.shutdown();
    code
}

/// Runs a command that prints for people.
fn quietly(config: Config, command: impl AsyncFnOnce(Config) -> Result<()>) -> ExitCode {
    Telemetry::quiet();
    run(config, command)
}

fn run(config: Config, command: impl AsyncFnOnce(Config) -> Result<()>) -> ExitCode {
    let done = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| {
            let done = runtime.block_on(command(config));
            runtime.shutdown_timeout(std::time::Duration::from_secs(1));
            done
        });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &crate::platform::error::Error) -> ExitCode {
    eprintln!("epu: {error}");
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests;
