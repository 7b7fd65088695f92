//! Every URL, on one page.

use futures::FutureExt as _;
use poem::{Endpoint, EndpointExt as _, Response, Route, get};

use crate::app::App;
use crate::platform::web::{assets, failure, health};

/// The whole URL space, with the app in reach of every handler.
pub fn routes(app: &App) -> impl Endpoint<Output = Response> + 'static {
    let pages = Route::new().around(failure::answer);
    Route::new()
        .at("/assets/:file", get(assets::show))
        .at("/healthz", get(health::live))
        .at("/readyz", get(health::ready(checks(app))))
        .nest("/", pages)
        .data(app.clone())
}

/// What must answer before requests are sent here.
fn checks(app: &App) -> Vec<health::Check> {
    let db = app.db.clone();
    vec![health::Check::new("database", move || {
        let db = db.clone();
        async move { Ok(db.read().ping().await?) }.boxed()
    })]
}
