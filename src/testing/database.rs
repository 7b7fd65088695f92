//! A migrated database for one test: SQLite in a folder of its own, or, with `EPU_TEST_DATABASE=postgres`,
//! a copy of a migrated template in the cluster at `EPU_TEST_POSTGRES_URL`.

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};
use tokio::sync::OnceCell;

use crate::platform::db::{self, Db};
use crate::platform::secrets::Rng;

/// A database that lives as long as this value (PostgreSQL's are dropped with their cluster).
pub struct Scratch {
    url: String,
    _folder: tempfile::TempDir,
}

impl Scratch {
    /// Makes and migrates one.
    pub async fn new() -> Scratch {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let url = if is_postgres() {
            copy_of_template().await
        } else {
            let url = format!("sqlite:{}", folder.path().join("epu.sqlite").display());
            let db = db::open(&url, 4).await.expect("SQLite opens");
            db::migrate(&db).await.expect("migrations apply");
            url
        };
        Scratch {
            url,
            _folder: folder,
        }
    }

    /// Its `database.url`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Connects to it.
    pub async fn open(&self) -> Db {
        db::open(&self.url, 4)
            .await
            .expect("the scratch database opens")
    }
}

/// Whether this run tests on PostgreSQL.
pub fn is_postgres() -> bool {
    std::env::var("EPU_TEST_DATABASE").is_ok_and(|value| value == "postgres")
}

fn server() -> String {
    std::env::var("EPU_TEST_POSTGRES_URL")
        .expect("EPU_TEST_POSTGRES_URL names the cluster's `postgres` database")
}

fn url_of(name: &str) -> String {
    let server = server();
    let (front, _) = server
        .rsplit_once('/')
        .expect("the URL ends with a database name");
    format!("{front}/{name}")
}

/// The template is made once per process: migrating takes a second, copying milliseconds.
async fn copy_of_template() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let template = TEMPLATE
        .get_or_init(|| async {
            let name = format!("epu_template_{}", Rng::system().public_id());
            run(&format!("CREATE DATABASE {name}")).await;
            let db = db::open(&url_of(&name), 2)
                .await
                .expect("the template opens");
            db::migrate(&db).await.expect("migrations apply");
            db.writer()
                .clone()
                .close()
                .await
                .expect("closed, so that it can be copied");
            name
        })
        .await;
    let name = format!("epu_test_{}", Rng::system().public_id());
    run(&format!(
        "CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"
    ))
    .await;
    url_of(&name)
}

async fn run(sql: &str) {
    let server: DatabaseConnection = Database::connect(server())
        .await
        .expect("the cluster answers");
    server
        .execute_unprepared(sql)
        .await
        .expect("the cluster makes databases");
    server.close().await.expect("closed");
}
