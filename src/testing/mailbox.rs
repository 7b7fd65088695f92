//! Reads what EPU wrote into its mail folder, as a mail program would.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Recipient's address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// `Message-ID`.
    pub message_id: String,
    /// The plain text.
    pub text: String,
    /// The HTML.
    pub html: String,
}

impl Mail {
    /// The path of the first link in the text, e.g. `/verify/…`.
    #[track_caller]
    pub fn link(&self) -> String {
        let url = self
            .text
            .split_whitespace()
            .find(|word| word.starts_with("http"))
            .unwrap_or_else(|| panic!("no link in: {}", self.text));
        let authority = url.find("://").map_or(0, |at| at + 3);
        let path = url[authority..]
            .find('/')
            .map_or("/", |at| &url[authority + at..]);
        path.to_owned()
    }
}

/// Every mail in `folder`, oldest first.
pub async fn read(folder: &Path) -> Vec<Mail> {
    let mut paths = Vec::new();
    if let Ok(mut entries) = tokio::fs::read_dir(folder).await {
        while let Some(entry) = entries.next_entry().await.expect("the folder can be read") {
            paths.push(entry.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
    paths.sort();
    let mut mails = Vec::new();
    for path in paths {
        let message = tokio::fs::read_to_string(path)
            .await
            .expect("mails are ASCII");
        mails.push(parse(&message));
    }
    mails
}

/// A message of two alternatives. Source: RFC 5322, RFC 2046 §5.1.
fn parse(message: &str) -> Mail {
    let (head, body) = message.split_once("\r\n\r\n").expect("a head and a body");
    let kind = header(head, "Content-Type");
    let boundary = kind
        .split("boundary=\"")
        .nth(1)
        .expect("parts have a boundary");
    let boundary = boundary.split('"').next().unwrap_or_default();
    let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
    Mail {
        to: header(head, "To").trim_matches(['<', '>']).to_owned(),
        subject: header(head, "Subject"),
        message_id: header(head, "Message-ID"),
        text: part(parts[1]),
        html: part(parts[2]),
    }
}

fn part(part: &str) -> String {
    let (head, body) = part.split_once("\r\n\r\n").expect("a head and a body");
    match header(head, "Content-Transfer-Encoding").as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            let bytes = STANDARD.decode(packed).expect("base64");
            String::from_utf8(bytes).expect("UTF-8")
        }
        _ => body.to_owned(),
    }
}

/// Source: RFC 2045 §6.7.
fn quoted_printable(body: &str) -> String {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let digits = [rest.next(), rest.next()].map(|digit| digit.expect("two digits"));
            let digits = std::str::from_utf8(&digits).expect("ASCII");
            bytes.push(u8::from_str_radix(digits, 16).expect("hexadecimal"));
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

/// A header's value, its folded lines joined.
fn header(head: &str, name: &str) -> String {
    head.replace("\r\n ", " ")
        .replace("\r\n\t", " ")
        .lines()
        .find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
        .unwrap_or_default()
}
