//! A whole EPU in the test's own process: real routes, real database, real files, a clock turned by hand.

use std::sync::Arc;

use poem::EndpointExt as _;
use poem::Response;
use poem::endpoint::BoxEndpoint;
use tokio_util::sync::CancellationToken;

use super::browser::Browser;
use super::database::{self, Scratch};
use super::mailbox::{self, Mail};
use crate::accounts::{self, PASSWORD};
use crate::app::{App, Parts};
use crate::imaging::{Pool, PoolLimits};
use crate::platform::clock::{At, Clock};
use crate::platform::config::Config;
use crate::platform::hub::Hub;
use crate::platform::jobs::Worker;
use crate::platform::mail::Mailer;
use crate::platform::secrets::{Rng, Secrets};
use crate::platform::storage::{Storage, StorageSettings};
use crate::platform::texts::Texts;
use crate::platform::turns::Turns;
use crate::platform::web::{self, Web};
use crate::tables::users::Role;
use crate::{routes, workers};

/// When every test begins: 18 July 2026, 12:00 UTC.
pub const NOON: At = At(1_784_376_000_000);

/// A running EPU and its cast.
///
/// People are browsers: [`host`](TestApp::host), [`stranger`](TestApp::stranger) (another host),
/// [`admin`](TestApp::admin) and [`visitor`](TestApp::visitor), who has no account. Jobs run when the test says
/// [`work`](TestApp::work), time passes by [`later`](TestApp::later), mail is read by [`mail_to`](TestApp::mail_to).
pub struct TestApp {
    /// What pages and jobs can reach.
    pub app: App,
    endpoint: Arc<BoxEndpoint<'static, Response>>,
    worker: Worker<App>,
    mails: std::path::PathBuf,
    stop: CancellationToken,
    _scratch: Scratch,
    _folder: tempfile::TempDir,
}

impl TestApp {
    /// With default settings.
    pub async fn new() -> TestApp {
        TestApp::with(&[]).await
    }

    /// With these settings on top, named as in the environment: `("EPU_LIMITS__FILE_BYTES", "1000")`.
    pub async fn with(settings: &[(&str, &str)]) -> TestApp {
        let scratch = Scratch::new().await;
        let folder = tempfile::tempdir().expect("a folder for the test");
        let mails = folder.path().join("mails");
        let app = App::new(parts(&scratch, folder.path(), settings).await);
        let stop = CancellationToken::new();
        let web = Web::new(web::Parts {
            http: app.config.http.clone(),
            texts: Texts::embedded(),
            clock: app.clock.clone(),
            rng: app.rng.clone(),
            stop: stop.clone(),
        });
        TestApp {
            endpoint: Arc::new(web::around_all(routes::routes(&app), web).boxed()),
            worker: workers::worker(&app, "test"),
            app,
            mails,
            stop,
            _scratch: scratch,
            _folder: folder,
        }
    }

    /// Anna Kowalska, `host@example.com`, signed in. Once per test.
    pub async fn host(&self) -> Browser {
        self.host_named("host@example.com", "Anna", "Kowalska")
            .await
    }

    /// A signed-in host of this name.
    pub async fn host_named(&self, email: &str, first: &str, last: &str) -> Browser {
        self.signed_in(email, (first, last), Role::Host).await
    }

    /// Another host, `stranger@example.com`, signed in: whatever belongs to the host is not theirs.
    pub async fn stranger(&self) -> Browser {
        self.host_named("stranger@example.com", "Sam", "Stranger")
            .await
    }

    /// The admin, `admin@example.com`, signed in.
    pub async fn admin(&self) -> Browser {
        self.signed_in("admin@example.com", ("Ada", "Admin"), Role::Admin)
            .await
    }

    /// Somebody without an account or pass.
    pub fn visitor(&self) -> Browser {
        Browser::new(self.endpoint.clone(), &self.app.config.http)
    }

    /// The password of everybody in the cast.
    pub fn password(&self) -> &'static str {
        PASSWORD
    }

    /// Lets time pass, in milliseconds.
    pub fn later(&self, ms: i64) {
        self.app.clock.advance_ms(ms);
    }

    /// Does all jobs that are due, and what they make due; returns how many ran.
    pub async fn work(&self) -> usize {
        self.worker
            .run_due_now()
            .await
            .expect("the jobs can be read")
    }

    /// Takes the turn of every schedule that is due.
    pub async fn keep_schedules(&self) {
        self.worker
            .run_schedules_now()
            .await
            .expect("the schedules can be read");
    }

    /// The newest mail to `email`. Mail is sent by a job: [`work`](TestApp::work) first.
    pub async fn mail_to(&self, email: &str) -> Mail {
        let mut mails = self.mails_to(email).await;
        mails.pop().unwrap_or_else(|| panic!("no mail to {email}"))
    }

    /// Every mail to `email`, oldest first.
    pub async fn mails_to(&self, email: &str) -> Vec<Mail> {
        let all = mailbox::read(&self.mails).await;
        all.into_iter().filter(|mail| mail.to == email).collect()
    }

    async fn signed_in(&self, email: &str, name: (&str, &str), role: Role) -> Browser {
        let (user, token) = accounts::cast(&self.app, email, name, role).await;
        let mut browser = self.visitor();
        browser.keep("session", &token);
        browser.user = Some(user);
        browser
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn parts(scratch: &Scratch, folder: &std::path::Path, settings: &[(&str, &str)]) -> Parts {
    let mut env = vec![
        ("EPU_DATA_DIR", folder.display().to_string()),
        ("EPU_DATABASE__URL", scratch.url().to_owned()),
        ("EPU_HTTP__BASE_URL", "http://epu.example".to_owned()),
        (
            "EPU_SECRET_KEY",
            "the secret key of every test there is".to_owned(),
        ),
    ];
    env.extend(
        settings
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    let env: Vec<_> = env
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let config = Config::read(None, &env).expect("settings of the test");
    let storage = Storage::open(&StorageSettings::from(&config.storage)).expect("storage opens");
    // Public ids and codes differ from test to test where tests share a server, and are the same in each run.
    let rng = if database::is_postgres() {
        Rng::system()
    } else {
        Rng::seeded(7)
    };
    let secrets = Secrets::new(config.secret_key.expose());
    Parts {
        db: scratch.open().await,
        storage,
        pool: Pool::new(PoolLimits::default(), program()),
        texts: Texts::embedded(),
        turns: Turns::default(),
        hub: Hub::default(),
        mailer: Mailer::open(&config, secrets.clone(), rng.clone()).expect("mail can be written"),
        clock: Clock::by_hand(NOON),
        rng,
        secrets,
        config,
    }
}

/// The `epu` program beside the test's own: decoders are its children.
fn program() -> std::path::PathBuf {
    let test = std::env::current_exe().expect("a test has a program");
    let folder = test
        .parent()
        .and_then(|deps| deps.parent())
        .expect("tests lie in target/…/deps");
    folder.join("epu")
}
