//! Delivery: to a folder, and to a mail server that answers as scripted.

mod server;

use std::os::unix::fs::PermissionsExt as _;

use server::MailServer;

use super::*;
use crate::platform::clock::At;
use crate::platform::db::{self, Db};
use crate::platform::jobs::Failure;
use crate::testing::mailbox;

const NOW: At = At(1_784_376_000_123);

struct Post {
    db: Db,
    mailer: Mailer,
    folder: tempfile::TempDir,
    _scratch: crate::testing::database::Scratch,
}

async fn post_office(url: &str) -> Post {
    let (db, scratch) = db::tests::fresh().await;
    let folder = tempfile::tempdir().unwrap();
    let url = url.replace("FOLDER", &folder.path().join("mails").display().to_string());
    Post {
        db,
        mailer: mailer(&url).unwrap(),
        folder,
        _scratch: scratch,
    }
}

fn mailer(url: &str) -> Result<Mailer> {
    let env = [
        ("EPU_MAIL__URL", url),
        ("EPU_MAIL__FROM", "Fotos für alle <epu@epu.example>"),
        ("EPU_HTTP__BASE_URL", "http://epu.example:8080"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let config = Config::read(None, &env).unwrap();
    Mailer::open(
        &config,
        Secrets::new("a secret key of at least 32 characters"),
        Rng::system(),
    )
}

fn letter(to: &str) -> Letter {
    Letter {
        kind: "greeting".into(),
        to: to.into(),
        subject: "Grüße".into(),
        text: "Hallo Jörg,\n\nhttp://epu.example/a?b=c\n".into(),
        html: format!("<p>Hallo <b>Jörg</b></p>{}", "<i>lang</i>".repeat(200)),
    }
}

impl Post {
    async fn post(&self, to: &str) -> i64 {
        let letter = letter(to);
        self.db
            .write(async |tx| self.mailer.post(tx, &letter, NOW).await)
            .await
            .unwrap()
    }

    async fn deliver(&self, id: i64) -> Result<(), Failure> {
        self.mailer.deliver(&self.db, id, NOW).await
    }

    async fn state(&self, id: i64) -> (String, Option<String>) {
        outgoing::state(&self.db, id).await
    }
}

#[tokio::test]
async fn without_a_server_a_mail_is_a_file_for_its_owner_only() {
    let post = post_office("folder:FOLDER").await;
    let id = post.post("joerg@example.com").await;
    post.deliver(id).await.unwrap();
    post.deliver(id).await.unwrap();

    let folder = post.folder.path().join("mails");
    let files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    assert_eq!(files.len(), 1);
    let name = files[0].file_name().into_string().unwrap();
    assert!(
        name.starts_with("20260718T120000.123Z-") && name.ends_with("-greeting.eml"),
        "{name}"
    );
    assert_eq!(
        files[0].metadata().unwrap().permissions().mode() & 0o777,
        0o600
    );

    let mail = mailbox::read(&folder).await.pop().unwrap();
    assert_eq!(mail.to, "joerg@example.com");
    assert!(
        mail.message_id.ends_with("@epu.example>"),
        "{}",
        mail.message_id
    );
    assert_eq!(
        mail.text.replace("\r\n", "\n").trim_end(),
        letter("").text.trim_end()
    );
    assert_eq!(mail.html.trim_end(), letter("").html);
}

#[tokio::test]
async fn what_is_posted_is_sealed_in_the_database() {
    let post = post_office("folder:FOLDER").await;
    let id = post.post("joerg@example.com").await;
    let sealed = outgoing::sealed(&post.db, id).await;
    let text = String::from_utf8_lossy(&sealed);
    assert!(!text.contains("joerg") && !text.contains("http"), "{text}");
}

#[tokio::test]
async fn a_mail_server_gets_both_forms_once_with_one_message_id() {
    let server = MailServer::start().await;
    let post = post_office(&server.url()).await;
    let id = post.post("joerg@example.com").await;
    post.deliver(id).await.unwrap();
    post.deliver(id).await.unwrap();

    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert!(taken[0].contains("multipart/alternative"), "{}", taken[0]);
    assert!(
        taken[0].contains("Date: Sat, 18 Jul 2026 12:00:00 +0000"),
        "{}",
        taken[0]
    );
    assert_eq!(post.state(id).await, ("sent".to_owned(), None));
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_given_up_and_its_address_not_logged() {
    let server = MailServer::start().await;
    let post = post_office(&server.url()).await;
    let id = post.post("bounce@example.com").await;

    let Err(Failure::GiveUp(words)) = post.deliver(id).await else {
        panic!("not given up");
    };
    assert!(
        words.contains("550") && !words.contains("bounce"),
        "{words}"
    );
    assert_eq!(post.state(id).await, ("failed".to_owned(), Some(words)));
}

#[tokio::test]
async fn a_busy_or_absent_server_is_tried_again_with_the_same_message_id() {
    let server = MailServer::start().await;
    let post = post_office(&server.url()).await;
    let id = post.post("later@example.com").await;
    for _ in 0..2 {
        let later = post.deliver(id).await;
        assert!(
            matches!(&later, Err(Failure::Retry(words)) if words.contains("451")),
            "{later:?}"
        );
    }
    server.be_kind();
    post.deliver(id).await.unwrap();
    assert_eq!(server.taken().len(), 1);

    let nobody = post_office("smtp://127.0.0.1:1").await;
    let id = nobody.post("joerg@example.com").await;
    let later = nobody.deliver(id).await;
    assert!(matches!(later, Err(Failure::Retry(_))), "{later:?}");
    assert!(nobody.mailer.check().await.is_err());
}

#[tokio::test]
async fn a_wrong_password_of_ours_does_not_cost_the_mail() {
    let server = MailServer::start().await;
    let post = post_office(&server.url().replace("smtp://", "smtp://epu:wrong@")).await;
    let id = post.post("joerg@example.com").await;
    let later = post.deliver(id).await;
    assert!(
        matches!(&later, Err(Failure::Retry(words)) if words.contains("535")),
        "{later:?}"
    );
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_at_boot() {
    for url in ["http://example.com", "mail.example.com", "smtp://"] {
        assert!(mailer(url).is_err(), "{url}");
    }
    assert!(mailer("smtps://user:pass%40word@mail.example.com").is_ok());
}
