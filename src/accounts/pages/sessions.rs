//! `/sign-out/everywhere`

use http::header::SET_COOKIE;
use poem::web::Data;
use poem::{IntoResponse, handler};

use super::session::After;
use crate::accounts::extract::forget;
use crate::accounts::{Host, sign_out_everywhere};
use crate::app::App;
use crate::platform::error::Result;

/// Ends every session of the account, this one too.
#[handler]
pub async fn destroy(Data(app): Data<&App>, Host(user): Host) -> Result<impl IntoResponse> {
    sign_out_everywhere(app, user.id).await?;
    Ok(After::SignedOut
        .redirect()
        .with_header(SET_COOKIE, forget(app)))
}
