//! The words of an error, and its form for scripts: RFC 9457, `application/problem+json`.

use poem::{Body, Response};
use serde_json::{Map, Value, json};

use super::Frame;
use crate::platform::error::Error;
use crate::platform::texts::{FluentValue, Text};

/// An error in somebody's language.
pub(super) struct Words {
    /// HTTP status.
    pub status: u16,
    /// What happened, in a few words.
    pub title: String,
    /// What happened and what to do, in a sentence.
    pub detail: String,
}

impl Words {
    pub(super) fn of(error: &Error, t: &Text) -> Words {
        let name = match error {
            Error::Refused(_) => "refused",
            other => other.code(),
        }
        .replace('_', "-");
        let detail = match error {
            Error::Refused(refusal) => t.say(&refusal.text_key()),
            Error::TooLarge { limit_bytes } => {
                t.with("error-too-large", [("limit", t.size(*limit_bytes).into())])
            }
            Error::TooMany { retry_after_s } => t.with("error-too-many", wait(*retry_after_s)),
            _ => t.say(&format!("error-{name}")),
        };
        Words {
            status: error.status().as_u16(),
            title: t.say(&format!("error-{name}-title")),
            detail,
        }
    }
}

fn wait(seconds: u64) -> [(&'static str, FluentValue<'static>); 2] {
    if seconds <= 90 {
        [("unit", "seconds".into()), ("wait", seconds.into())]
    } else {
        [
            ("unit", "minutes".into()),
            ("wait", seconds.div_ceil(60).into()),
        ]
    }
}

/// `code` is stable; `title` and `detail` are for people. `fields` names what to mend in a form.
pub(super) fn response(error: &Error, words: &Words, frame: &Frame) -> Response {
    let mut problem = json!({
        "type": "about:blank",
        "title": words.title,
        "status": words.status,
        "code": error.code(),
        "detail": words.detail,
        "request_id": frame.request_id,
    });
    if let Error::Invalid(fields) = error {
        let said = |(field, key): (&str, &str)| (field.to_owned(), Value::from(frame.t.say(key)));
        problem["fields"] = Value::Object(fields.iter().map(said).collect::<Map<_, _>>());
    }
    Response::builder()
        .content_type("application/problem+json")
        .body(Body::from_string(problem.to_string()))
}
