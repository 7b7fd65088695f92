//! `/sign-in` and `/sign-out`

use askama::Template;
use http::StatusCode;
use http::header::SET_COOKIE;
use poem::web::{Data, Query};
use poem::{IntoResponse, Response, handler};
use serde::Deserialize;

use super::HOME;
use super::field::Field;
use crate::accounts::extract::{MaybeHere, forget, keep};
use crate::accounts::{Attempt, Outcome, proof, sign_in, sign_out};
use crate::app::App;
use crate::platform::error::Result;
use crate::platform::web::{Client, Device, Form, Frame, LocalPath, Page, Redirect};

/// What brings people to the sign-in page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// They confirmed their address.
    Confirmed,
    /// They chose a new password by a link.
    PasswordSaved,
    /// They signed out.
    SignedOut,
}

impl After {
    /// To the sign-in page.
    pub(super) fn redirect(self) -> Redirect {
        Redirect::see_other(match self {
            After::Confirmed => "/sign-in?after=confirmed",
            After::PasswordSaved => "/sign-in?after=password-saved",
            After::SignedOut => "/sign-in?after=signed-out",
        })
    }

    fn key(self) -> &'static str {
        match self {
            After::Confirmed => "sign-in-confirmed",
            After::PasswordSaved => "sign-in-password-saved",
            After::SignedOut => "sign-in-signed-out",
        }
    }
}

/// What the address of the page says.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wish {
    next: String,
    after: Option<After>,
}

/// What was typed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Input {
    email: String,
    password: String,
    next: String,
}

/// What stands above the form.
#[derive(Default)]
enum Notice {
    #[default]
    None,
    Good(String),
    Bad(String),
    /// With a proof that lets the link be mailed again.
    Unverified(String),
}

#[derive(Template)]
#[template(path = "accounts/pages/session.html")]
struct New {
    frame: Frame,
    notice: Notice,
    next: String,
    email: Field,
    password: Field,
}

/// The form; people who are signed in are led on.
#[handler]
pub async fn new(frame: Frame, here: MaybeHere, wish: Option<Query<Wish>>) -> Result<Response> {
    let wish = wish.map(|Query(wish)| wish).unwrap_or_default();
    if here.0.is_some() {
        return Ok(Redirect::see_other(onward(&wish.next)).into_response());
    }
    let notice = match wish.after {
        Some(after) => Notice::Good(frame.t.say(after.key())),
        None => Notice::None,
    };
    Ok(Page(form(frame, notice, &wish.next, "")).into_response())
}

/// Signs in.
#[handler]
pub async fn create(
    Data(app): Data<&App>,
    frame: Frame,
    client: Client,
    Device(device): Device,
    MaybeHere(here): MaybeHere,
    Form(input): Form<Input>,
) -> Result<Response> {
    let attempt = Attempt {
        email: &input.email,
        password: &input.password,
        household: &client.household(),
        device: &device,
        before: here.map(|session| session.id),
    };
    let notice = match sign_in(app, attempt).await? {
        Outcome::Welcome(token) => {
            return Ok(Redirect::see_other(onward(&input.next))
                .with_header(SET_COOKIE, keep(app, &token))
                .into_response());
        }
        Outcome::Wrong => Notice::Bad(frame.t.say("sign-in-wrong")),
        Outcome::Suspended => Notice::Bad(frame.t.say("sign-in-suspended")),
        Outcome::Unverified(user) => Notice::Unverified(proof(app, &user)),
    };
    Ok(Page(form(frame, notice, &input.next, &input.email))
        .status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// Signs out on this browser.
#[handler]
pub async fn destroy(
    Data(app): Data<&App>,
    MaybeHere(here): MaybeHere,
) -> Result<impl IntoResponse> {
    if let Some(session) = here {
        sign_out(app, session.id).await?;
    }
    Ok(After::SignedOut
        .redirect()
        .with_header(SET_COOKIE, forget(app)))
}

/// Where people wanted to go, if that is within EPU.
fn onward(next: &str) -> LocalPath {
    LocalPath::parse(next).unwrap_or_else(|| LocalPath::new(HOME))
}

fn form(frame: Frame, notice: Notice, next: &str, email: &str) -> New {
    let t = &frame.t;
    New {
        notice,
        next: LocalPath::parse(next).map_or_else(String::new, |path| path.as_str().to_owned()),
        email: Field::email(t, "username").value(email),
        password: Field::password(t, "password", "password", "current-password"),
        frame,
    }
}
