//! What must answer before EPU is ready: database and storage.

use futures::FutureExt as _;
use sea_orm::ConnectionTrait as _;

use crate::app::App;
use crate::platform::web::health::Check;

/// The checks of `/readyz`.
pub fn readiness(app: &App) -> Vec<Check> {
    let (db, storage) = (app.db.clone(), app.storage.clone());
    vec![
        Check::new("database", move || {
            let db = db.clone();
            async move {
                db.read().execute_unprepared("SELECT 1").await?;
                Ok(())
            }
            .boxed()
        }),
        Check::new("storage", move || {
            let storage = storage.clone();
            async move { Ok(storage.reach().await?) }.boxed()
        }),
    ]
}
