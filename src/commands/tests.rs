use std::os::unix::fs::PermissionsExt as _;

use clap::CommandFactory as _;

use super::*;
use crate::platform::secrets::Rng;

fn config(folder: &std::path::Path) -> Config {
    let env = [("EPU_DATA_DIR".to_owned(), folder.display().to_string())];
    Config::read(None, &env).unwrap()
}

#[test]
fn the_arguments_make_sense() {
    Arguments::command().debug_assert();
}

#[test]
fn the_secret_key_is_made_once_and_kept_to_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let complete = || secret_key::complete(config(folder.path()), &Rng::system()).unwrap();
    let first = complete().secret_key;
    assert!(first.expose().len() >= 32);
    assert!(complete().secret_key == first);
    let file = std::fs::metadata(folder.path().join("secret_key")).unwrap();
    assert_eq!(file.permissions().mode() & 0o777, 0o600);
}

#[test]
fn half_a_secret_key_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret_key"), "short").unwrap();
    let error = secret_key::complete(config(folder.path()), &Rng::system()).unwrap_err();
    assert!(error.to_string().contains("secret_key"), "{error}");
}
