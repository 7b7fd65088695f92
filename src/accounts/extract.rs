//! Who is signed in: a middleware that finds out once a request, and extractors that ask for it.

use std::sync::Arc;

use http::header::SET_COOKIE;
use poem::{Endpoint, FromRequest, IntoResponse as _, Request, RequestBody, Response};

use super::{Session, User, initials, present, sessions};
use crate::app::App;
use crate::platform::error::{Error, Result};
use crate::platform::texts::Locale;
use crate::platform::web::{Person, cookies};
use crate::tables::users::Role;

/// Name of the cookie, see [`cookies`].
const COOKIE: &str = "session";

/// Stands around pages: puts the [`Session`], the frame's [`Person`] and their language into the request.
pub async fn recognise<E: Endpoint>(next: Arc<E>, mut req: Request) -> poem::Result<Response> {
    let Some(token) = cookies::read(&req, COOKIE).map(str::to_owned) else {
        return Ok(next.call(req).await?.into_response());
    };
    let app = app(&req)?.clone();
    let session = present(&app, &token).await?;
    let is_prolonged = session.as_ref().is_some_and(|session| session.is_prolonged);
    if let Some(session) = session {
        req.set_data(person(&session.user));
        if let Some(locale) = &session.user.locale {
            req.set_data(Locale::new(locale));
        }
        req.set_data(session);
    }
    let mut response = next.call(req).await?.into_response();
    if is_prolonged && !response.headers().contains_key(SET_COOKIE) {
        response
            .headers_mut()
            .append(SET_COOKIE, keep(&app, &token));
    }
    Ok(response)
}

/// The `Set-Cookie` value that keeps a session's secret in the browser.
pub(super) fn keep(app: &App, token: &str) -> http::HeaderValue {
    cookies::set(
        &app.config.http,
        COOKIE,
        token,
        sessions::life_ms(app) / 1000,
    )
}

/// The `Set-Cookie` value that makes the browser forget it.
pub(super) fn forget(app: &App) -> http::HeaderValue {
    cookies::clear(&app.config.http, COOKIE)
}

fn person(user: &User) -> Person {
    Person {
        name: format!("{} {}", user.first_name, user.last_name),
        initials: initials(&user.first_name, &user.last_name),
        is_admin: user.role == Role::Admin,
    }
}

fn app(req: &Request) -> Result<&App> {
    req.data::<App>()
        .ok_or_else(|| Error::internal("the request carries no App"))
}

/// The person signed in.
///
/// Errors: `SignedOut`, which leads people to the sign-in and back.
pub struct Host(pub User);

impl<'a> FromRequest<'a> for Host {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Host(session(req)?.user.clone()))
    }
}

/// The admin signed in.
///
/// Errors: `SignedOut`; `NotFound` for people who are no admins, as if there was nothing.
pub struct Admin(pub User);

impl<'a> FromRequest<'a> for Admin {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let user = &session(req)?.user;
        if user.role != Role::Admin {
            return Err(Error::NotFound.into());
        }
        Ok(Admin(user.clone()))
    }
}

/// The person signed in, if there is one.
pub struct MaybeHost(pub Option<User>);

impl<'a> FromRequest<'a> for MaybeHost {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(MaybeHost(
            req.data::<Session>().map(|session| session.user.clone()),
        ))
    }
}

/// The session of this browser.
///
/// Errors: `SignedOut`.
pub struct Here(pub Session);

impl<'a> FromRequest<'a> for Here {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Here(session(req)?.clone()))
    }
}

/// The session of this browser, if it has one.
pub struct MaybeHere(pub Option<Session>);

impl<'a> FromRequest<'a> for MaybeHere {
    async fn from_request(req: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(MaybeHere(req.data::<Session>().cloned()))
    }
}

fn session(req: &Request) -> Result<&Session> {
    req.data::<Session>().ok_or(Error::SignedOut)
}
