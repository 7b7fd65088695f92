//! What a browser was answered, and what tests ask of it. Every question panics with the whole answer.

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use poem::Response;

/// An answer, read to its end.
pub struct Answer {
    /// The request, for messages.
    what: String,
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub bytes: Bytes,
}

impl Answer {
    /// Reads `response` to its end.
    pub async fn read(what: String, response: Response) -> Answer {
        let (parts, body) = response.into_parts();
        let bytes = body.into_bytes().await.expect("the body can be read");
        Answer {
            what,
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }

    /// Has this status.
    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{self}");
        self
    }

    /// Shows these words, as people read them (not in the markup's escaped form).
    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        assert!(
            self.words().contains(words),
            "does not show `{words}`: {self}"
        );
        self
    }

    /// Does not show these words.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.words().contains(words), "shows `{words}`: {self}");
        self
    }

    /// Leads the browser on to this path (303).
    #[track_caller]
    pub fn leads_to(&self, path: &str) -> &Self {
        assert_eq!(
            (self.status.as_u16(), self.header("location")),
            (303, path),
            "{self}"
        );
        self
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("headers are ASCII"))
    }

    /// The body as it was sent.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body without tags and with entities resolved, each run of spaces as one.
    pub fn words(&self) -> String {
        let html = self.text();
        let mut words = String::with_capacity(html.len());
        let mut is_tag = false;
        for c in html.chars() {
            match c {
                '<' => is_tag = true,
                '>' if is_tag => is_tag = false,
                c if !is_tag => words.push(c),
                _ => {}
            }
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        unescape(&words)
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The value of the first `<input name=…>`.
    #[track_caller]
    pub fn value(&self, name: &str) -> String {
        let html = self.text();
        let input = html
            .split("<input ")
            .skip(1)
            .map(|rest| rest.split('>').next().unwrap_or_default())
            .find(|input| input.contains(&format!("name=\"{name}\"")))
            .unwrap_or_else(|| panic!("has no input `{name}`: {self}"));
        let value = input.split(" value=\"").nth(1).unwrap_or_default();
        unescape(value.split('"').next().unwrap_or_default())
    }
}

fn unescape(html: &str) -> String {
    let pairs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ];
    pairs
        .iter()
        .fold(html.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let to = self.headers.get(header::LOCATION);
        writeln!(f, "{} was answered {} {to:?}", self.what, self.status)?;
        f.write_str(&self.text().chars().take(4_000).collect::<String>())
    }
}
