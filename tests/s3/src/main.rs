//! `epu-test-s3 PORT ACCESS_KEY SECRET_KEY FOLDER BUCKET`: serves until it is ended.
//!
//! Prints its endpoint as the first line once it answers.

use std::path::PathBuf;
use std::process::ExitCode;

use epu_test_s3::S3Server;

const USAGE: &str = "usage: epu-test-s3 PORT ACCESS_KEY SECRET_KEY FOLDER BUCKET";

#[tokio::main]
async fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Vec<String>) -> Result<(), String> {
    let [port, access_key, secret_key, folder, bucket] =
        <[String; 5]>::try_from(arguments).map_err(|_| USAGE.to_owned())?;
    let port = port
        .parse()
        .map_err(|_| format!("{port} is no port. {USAGE}"))?;
    let folder = PathBuf::from(folder);
    let server = S3Server::start(&folder, &bucket, port, &access_key, &secret_key)
        .await
        .map_err(|error| format!("cannot serve {}: {error}", folder.display()))?;
    println!("{}", server.endpoint());
    tokio::signal::ctrl_c()
        .await
        .map_err(|error| format!("cannot wait for the end: {error}"))?;
    server.stop().await;
    Ok(())
}
