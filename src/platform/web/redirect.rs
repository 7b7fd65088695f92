//! Redirects that cannot lead away from EPU.

use http::{StatusCode, header};
use poem::{IntoResponse, Response};

/// A path within EPU, with query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// `path`, or `/` when it would lead elsewhere.
    pub fn new(path: impl Into<String>) -> LocalPath {
        let path = path.into();
        if is_local(&path) {
            LocalPath(path)
        } else {
            LocalPath("/".to_owned())
        }
    }

    /// What a person brought along (`?next=`), if it stays within EPU.
    pub fn parse(path: &str) -> Option<LocalPath> {
        is_local(path).then(|| LocalPath(path.to_owned()))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Browsers take `//host` and `/\host` for other sites and drop tabs and newlines before they look.
/// Source: WHATWG URL, "special authority slashes state".
fn is_local(path: &str) -> bool {
    let mut chars = path.bytes();
    chars.next() == Some(b'/')
        && !matches!(chars.next(), Some(b'/' | b'\\'))
        && path.bytes().all(|byte| byte.is_ascii_graphic())
}

impl<T: Into<String>> From<T> for LocalPath {
    fn from(path: T) -> Self {
        LocalPath::new(path)
    }
}

/// Leads the browser on.
#[derive(Clone, Debug)]
pub struct Redirect(StatusCode, LocalPath);

impl Redirect {
    /// After a write: look at `path` now (303).
    pub fn see_other(path: impl Into<LocalPath>) -> Redirect {
        Redirect(StatusCode::SEE_OTHER, path.into())
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        Response::builder()
            .status(self.0)
            .header(header::LOCATION, self.1.as_str())
            .header(header::CACHE_CONTROL, "no-store")
            .finish()
    }
}
