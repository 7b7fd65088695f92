//! Every URL, on one page.

use poem::{Endpoint, EndpointExt as _, Response, Route, get, post};

use crate::app::App;
use crate::platform::web::{assets, failure, health};

/// The whole URL space, with the app in reach of every handler.
pub fn routes(app: &App) -> impl Endpoint<Output = Response> + 'static {
    let pages = guests(events(accounts(site(Route::new()))));
    let pages = pages
        .around(failure::answer)
        .around(crate::accounts::recognise);
    Route::new()
        .at("/healthz", get(health::live))
        .at("/readyz", get(health::ready(crate::site::readiness(app))))
        .at("/robots.txt", get(crate::site::robots::show))
        .at("/assets/:file", get(assets::show))
        .nest("/", pages)
        .data(app.clone())
}

fn site(route: Route) -> Route {
    use crate::admin::pages::overview;
    use crate::guests::pages::join;
    use crate::site::home;
    route
        .at("/", get(home::show))
        .at("/join", get(join::new).post(join::create))
        .at("/admin", get(overview::show))
}

fn accounts(route: Route) -> Route {
    use crate::accounts::pages::{
        account, forgotten, name, password, reset, sent, session, sessions, sign_up, verification,
    };
    route
        .at("/sign-up", get(sign_up::new).post(sign_up::create))
        .at("/sign-up/sent", get(sent::show).post(sent::create))
        .at(
            "/verify/:token",
            get(verification::edit).post(verification::update),
        )
        .at("/sign-in", get(session::new).post(session::create))
        .at("/sign-out", post(session::destroy))
        .at("/sign-out/everywhere", post(sessions::destroy))
        .at("/forgot", get(forgotten::new).post(forgotten::create))
        .at("/reset/:token", get(reset::edit).post(reset::update))
        .at("/account", get(account::show))
        .at("/account/name", post(name::update))
        .at("/account/password", post(password::update))
}

/// Hosts and their events.
fn events(route: Route) -> Route {
    use crate::dashboard::pages::index;
    use crate::events::pages::{closing, edit, new, publishing, trashing};
    use crate::export::pages::archive;
    use crate::gallery::pages as gallery;
    use crate::sharing::pages::{qr, share};
    route
        .at("/events", get(index::index).post(new::create))
        .at("/events/new", get(new::new))
        .at("/events/:pid", get(gallery::show::show).post(edit::update))
        .at("/events/:pid/edit", get(edit::edit))
        .at("/events/:pid/publish", post(publishing::create))
        .at("/events/:pid/closing", post(closing::create))
        .at("/events/:pid/reopening", post(closing::destroy))
        .at("/events/:pid/trashing", post(trashing::create))
        .at("/events/:pid/restoring", post(trashing::destroy))
        .at("/events/:pid/share", get(share::show))
        .at("/events/:pid/qr.svg", get(qr::svg))
        .at("/events/:pid/qr.png", get(qr::png))
        .at("/events/:pid/items", get(gallery::items::index))
        .at("/events/:pid/changes", get(gallery::changes::index))
        .at("/events/:pid/stream", get(gallery::stream::show))
        .at("/events/:pid/trash", post(gallery::trashing::create))
        .at("/events/:pid/restore", post(gallery::restoring::create))
        .at(
            "/events/:pid/export.zip",
            get(archive::show).head(archive::show),
        )
}

/// Guests, their uploads, and the files everybody looks at.
fn guests(route: Route) -> Route {
    use crate::gallery::pages::guests as gallery;
    use crate::guests::pages::{name, password, show};
    use crate::media::pages::show as file;
    use crate::uploads::tus;
    route
        .at("/g/:code", get(show::show))
        .at("/g/:code/password", post(password::create))
        .at("/g/:code/name", post(name::update))
        .at(
            "/g/:code/uploads",
            post(tus::create::create).options(tus::options::options),
        )
        .at(
            "/g/:code/uploads/:id",
            poem::head(tus::show::show)
                .patch(tus::append::append)
                .delete(tus::destroy::destroy)
                .options(tus::options::options),
        )
        .at("/g/:code/gallery", get(gallery::show))
        .at("/g/:code/items", get(gallery::items))
        .at("/g/:code/changes", get(gallery::changes))
        .at("/g/:code/stream", get(gallery::stream))
        .at("/m/:token/:rendition", get(file::show).head(file::show))
}
