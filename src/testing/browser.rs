//! A browser: a cookie jar, the headers browsers send, and requests straight to the routes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use http::{HeaderName, HeaderValue, Method, header};
use poem::{Body, Request, Response};
use poem::{Endpoint as _, endpoint::BoxEndpoint};

use super::answer::Answer;
use crate::accounts::User;
use crate::platform::config::Http;

/// Somebody's browser. Requests go in process to the same routes as over the network.
pub struct Browser {
    /// Who is signed in on it.
    pub user: Option<User>,
    endpoint: Arc<BoxEndpoint<'static, Response>>,
    authority: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    /// One that has seen nothing yet.
    pub fn new(endpoint: Arc<BoxEndpoint<'static, Response>>, http: &Http) -> Browser {
        Browser {
            user: None,
            endpoint,
            authority: http.authority().to_owned(),
            cookies: Arc::default(),
        }
    }

    /// The same person's browser copied with its cookies as they are: what a thief, or a second tab, has.
    pub fn copy(&self) -> Browser {
        let cookies = self.cookies.lock().expect("no panic").clone();
        Browser {
            user: self.user.clone(),
            endpoint: self.endpoint.clone(),
            authority: self.authority.clone(),
            cookies: Arc::new(Mutex::new(cookies)),
        }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).send().await
    }

    /// As [`get`](Browser::get), without the body.
    pub async fn head(&self, path: &str) -> Answer {
        self.ask(Method::HEAD, path).send().await
    }

    /// Sends a form from one of our own pages.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let form = serde_html_form::to_string(form).expect("pairs of words make a form");
        self.ask(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await
    }

    /// Any other request: `browser.ask(Method::PATCH, path).header(…).body(…).send().await`.
    pub fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        let ask = Ask {
            browser: self,
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Body::empty(),
        };
        ask.header("host", &self.authority)
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("no panic").get(name).cloned()
    }

    /// Puts a cookie into the jar.
    pub fn keep(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().expect("no panic");
        cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Takes over the `Set-Cookie` headers of a response.
    fn remember(&self, response: &Response) {
        let mut cookies = self.cookies.lock().expect("no panic");
        for value in response.headers().get_all(header::SET_COOKIE) {
            let value = value.to_str().expect("cookies are ASCII");
            let (pair, rest) = value.split_once(';').unwrap_or((value, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if rest.contains("Max-Age=0;") || rest.ends_with("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A request that is being put together.
pub struct Ask<'a> {
    browser: &'a Browser,
    method: Method,
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Body,
}

impl Ask<'_> {
    /// With this header, instead of any of that name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header's name");
        self.headers.retain(|(had, _)| *had != name);
        self.headers
            .push((name, value.parse().expect("a header's value")));
        self
    }

    /// Without any header of that name.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(had, _)| had.as_str() != name);
        self
    }

    /// As a script asks, that wants JSON.
    pub fn as_script(self) -> Self {
        self.header("accept", "application/json")
    }

    /// With this body.
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    /// Sends it and reads the whole answer.
    pub async fn send(self) -> Answer {
        let what = format!("{} {}", self.method, self.path);
        Answer::read(what, self.stream().await).await
    }

    /// Sends it and returns the answer as it begins, its body unread: for streams that do not end.
    pub async fn stream(self) -> Response {
        let mut request = Request::builder()
            .method(self.method)
            .uri_str(&self.path)
            .finish();
        for (name, value) in self.headers {
            request.headers_mut().append(name, value);
        }
        let cookies: Vec<String> = {
            let jar = self.browser.cookies.lock().expect("no panic");
            jar.iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        };
        if !cookies.is_empty() && !request.headers().contains_key(header::COOKIE) {
            let cookies = cookies.join("; ").parse().expect("cookies make a header");
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        request.set_body(self.body);
        let answer = self.browser.endpoint.call(request).await;
        let response = answer.unwrap_or_else(|error| error.into_response());
        self.browser.remember(&response);
        response
    }
}
