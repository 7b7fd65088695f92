//! A transaction, and what is to happen once it is durable.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, ExecResult, QueryResult,
    Statement,
};

type AfterCommit = Box<dyn FnOnce() + Send>;

/// An open transaction. Dropped without commit, it is rolled back.
pub struct Tx {
    inner: DatabaseTransaction,
    after_commit: Mutex<Vec<AfterCommit>>,
    is_awaited: AtomicBool,
}

impl Tx {
    pub(super) fn new(inner: DatabaseTransaction) -> Self {
        Tx {
            inner,
            after_commit: Mutex::default(),
            is_awaited: AtomicBool::default(),
        }
    }

    /// Remembers `act` until the transaction is durable; it is forgotten on rollback.
    pub fn after_commit(&self, act: impl FnOnce() + Send + 'static) {
        self.after_commit
            .lock()
            .expect("adding to a list does not panic")
            .push(Box::new(act));
    }

    /// Whoever listens to [`Db::commits`](super::Db::commits) hears of this transaction's commit.
    pub fn await_commit(&self) {
        self.is_awaited.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_awaited(&self) -> bool {
        self.is_awaited.load(Ordering::Relaxed)
    }

    pub(super) async fn commit(self) -> Result<(), DbErr> {
        self.inner.commit().await?;
        let acts = self
            .after_commit
            .into_inner()
            .expect("adding to a list does not panic");
        acts.into_iter().for_each(|act| act());
        Ok(())
    }
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.inner.get_database_backend()
    }

    async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.inner.execute(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.inner.execute_unprepared(sql).await
    }

    async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.inner.query_one(statement).await
    }

    async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.inner.query_all(statement).await
    }
}
