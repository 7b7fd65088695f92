//! `/verify/{token}`: mail programs open links to look at them, so only the button confirms.

use askama::Template;
use http::StatusCode;
use poem::web::{Data, Path};
use poem::{IntoResponse as _, Response, handler};

use super::session::After;
use crate::accounts::{to_verify, verify};
use crate::app::App;
use crate::platform::error::{Error, Refusal, Result};
use crate::platform::web::{Frame, Page};

#[derive(Template)]
#[template(path = "accounts/pages/verification.html")]
struct Edit {
    frame: Frame,
    token: String,
    words: String,
}

/// A link that worked before, or would have.
#[derive(Template)]
#[template(path = "accounts/pages/expired.html")]
pub(super) struct Expired {
    pub frame: Frame,
    pub words: &'static str,
    pub press: &'static str,
    pub leads_to: &'static str,
}

/// The button.
#[handler]
pub async fn edit(
    Data(app): Data<&App>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response> {
    match to_verify(app, &token).await {
        Ok(user) => {
            let words = frame.t.with("verify-words", [("email", user.email.into())]);
            Ok(Page(Edit {
                frame,
                token,
                words,
            })
            .into_response())
        }
        Err(error) => expired(frame, error),
    }
}

/// Confirms the address.
#[handler]
pub async fn update(
    Data(app): Data<&App>,
    frame: Frame,
    Path(token): Path<String>,
) -> Result<Response> {
    match verify(app, &token).await {
        Ok(()) => Ok(After::Confirmed.redirect().into_response()),
        Err(error) => expired(frame, error),
    }
}

fn expired(frame: Frame, error: Error) -> Result<Response> {
    let Error::Refused(Refusal::LinkExpired) = error else {
        return Err(error);
    };
    let page = Expired {
        frame,
        words: "link-expired-verify",
        press: "sign-in-press",
        leads_to: "/sign-in",
    };
    Ok(Page(page).status(StatusCode::GONE).into_response())
}
