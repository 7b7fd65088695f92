//! `epu admin create EMAIL`: makes somebody an admin.

use clap::Subcommand;

use crate::accounts::{self, Promoted};
use crate::app::App;
use crate::platform::error::{Error, Refusal, Result};

/// What to do about admins.
#[derive(Subcommand)]
pub(super) enum Admin {
    /// Make an admin of this mail address, with a new account if there is none
    Create {
        /// Mail address.
        email: String,
    },
}

/// Prints the password of a new account, once.
pub(super) async fn run(app: &App, options: &Admin) -> Result<()> {
    let Admin::Create { email } = options;
    let password = app.rng.public_id();
    match accounts::create_admin(app, email, &password).await {
        Ok(Promoted::Made) => {
            println!("{email} is an admin now. Password: {password}");
            println!(
                "Sign in at {}/sign-in and change it there.",
                app.config.http.base_url
            );
            Ok(())
        }
        Ok(Promoted::Raised) => {
            println!("{email} is an admin now; the password stays as it was.");
            Ok(())
        }
        Err(Error::Refused(Refusal::WrongState)) => {
            println!("{email} is an admin already.");
            Ok(())
        }
        Err(Error::Invalid(_)) => Err(Error::internal(format!(
            "`{email}` is no mail address; it reads like name@example.org"
        ))),
        Err(error) => Err(error),
    }
}
