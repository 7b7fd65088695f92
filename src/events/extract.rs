//! `Hosted`: permission for an event's pages is having it.

use poem::web::Data;
use poem::{FromRequest, Request, RequestBody};

use super::{Event, store};
use crate::accounts::Host;
use crate::app::App;
use crate::platform::error::Error;

/// The event named by the path, which belongs to whoever is signed in; none in the trash.
///
/// Errors: `SignedOut`; `NotFound` when it is another's.
pub struct Hosted(pub Event);

impl<'a> FromRequest<'a> for Hosted {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let HostedAnywhere(event) = HostedAnywhere::from_request(request, body).await?;
        if event.trashed_at.is_some() {
            return Err(Error::NotFound.into());
        }
        Ok(Hosted(event))
    }
}

/// Like [`Hosted`], in the trash or not.
pub struct HostedAnywhere(pub Event);

impl<'a> FromRequest<'a> for HostedAnywhere {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let Host(user) = Host::from_request(request, body).await?;
        let app = <Data<&App>>::from_request(request, body).await?.0;
        let public_id = request.raw_path_param("pid").unwrap_or_default();
        let event = store::owned(app.db.read(), user.id, public_id).await?;
        Ok(HostedAnywhere(event))
    }
}
