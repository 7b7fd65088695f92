use super::*;

fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

fn mistake(pairs: &[(&str, &str)]) -> String {
    Config::read(None, &env(pairs))
        .expect_err("a mistake")
        .to_string()
}

#[test]
fn with_nothing_configured_it_runs_on_sqlite_and_a_folder() {
    let config = Config::read(None, &[]).expect("the defaults are right");
    assert_eq!(config.database.url.expose(), "sqlite:data/epu.sqlite");
    assert_eq!(config.storage.url, "file:data/files");
    assert_eq!(config.http.base_url, "http://localhost:8080");
}

#[test]
fn a_file_beats_the_defaults_and_the_environment_beats_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("my.toml");
    std::fs::write(
        &file,
        "[http]\nlisten = \"127.0.0.1:7000\"\nbase_url = \"https://a.example\"\n",
    )
    .expect("written");

    let config = Config::read(
        Some(&file),
        &env(&[("EPU_HTTP__BASE_URL", "https://b.example/")]),
    )
    .expect("right");

    assert_eq!(config.http.listen.port(), 7000);
    assert_eq!(config.http.base_url, "https://b.example");
}

#[test]
fn what_hosts_set_is_understood() {
    let config = Config::read(
        None,
        &env(&[
            ("DATABASE_URL", "sqlite:/x/y"),
            ("PORT", "9000"),
            ("SECRET_KEY", "0123456789012345678901234567890123"),
        ]),
    )
    .expect("right");
    assert_eq!(config.database.url.expose(), "sqlite:/x/y");
    assert_eq!(config.http.listen.to_string(), "[::]:9000");
    assert_eq!(config.secret_key.expose().len(), 34);
}

#[test]
fn a_secret_can_stand_in_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("key");
    std::fs::write(&file, "a key that is long enough to be taken\n").expect("written");

    let config = Config::read(
        None,
        &env(&[("EPU_SECRET_KEY_FILE", &file.display().to_string())]),
    )
    .expect("right");

    assert_eq!(
        config.secret_key.expose(),
        "a key that is long enough to be taken"
    );
}

#[test]
fn a_secret_that_looks_like_a_number_stays_as_it_is() {
    let key = "00000000000000000000000000000000000012345678";
    let config = Config::read(None, &env(&[("EPU_SECRET_KEY", key)])).expect("right");
    assert_eq!(config.secret_key.expose(), key);
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let words = mistake(&[("EPU_HTTP__LISTN", "127.0.0.1:1")]);
    assert_eq!(
        words,
        "there is no setting `http.listn` (from EPU_HTTP__LISTN); did you mean `http.listen`?"
    );
}

#[test]
fn a_wrong_value_names_its_key_and_origin() {
    let words = mistake(&[("EPU_LIMITS__FILE_BYTES", "many")]);
    assert!(
        words.contains("limits.file_bytes") && words.contains("EPU_LIMITS__FILE_BYTES"),
        "{words}"
    );
}

#[test]
fn postgres_needs_a_secret_key() {
    assert!(
        mistake(&[("DATABASE_URL", "postgres://epu@localhost/epu")])
            .starts_with("secret_key must be set")
    );
}

#[test]
fn secrets_are_masked_and_origins_told() {
    let env = env(&[
        ("EPU_SECRET_KEY", "a key that is long enough to be taken"),
        ("EPU_MAIL__URL", "smtp://me:hush@mail.example:587"),
    ]);
    let settings = settings(None, &env).expect("right");
    let find = |key: &str| {
        settings
            .iter()
            .find(|setting| setting.key == key)
            .expect("there")
    };

    assert_eq!(
        (
            find("secret_key").value.as_str(),
            find("secret_key").origin.as_str()
        ),
        ("\"***\"", "EPU_SECRET_KEY")
    );
    assert_eq!(find("mail.url").value, "\"smtp://me:***@mail.example:587\"");
    assert_eq!(find("http.listen").origin, "default");
}
