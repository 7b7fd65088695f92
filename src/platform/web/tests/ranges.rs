use http::{HeaderMap, HeaderName};
use poem::IntoResponse as _;

use super::super::ranges::{Served, served};

const TAG: &str = "\"abc\"";

fn asked(headers: &[(&str, &str)]) -> Served {
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                value.parse().unwrap(),
            )
        })
        .collect();
    served(&headers, TAG, 1000)
}

#[test]
fn a_range_is_understood_as_the_standard_says() {
    for (range, expected) in [
        ("bytes=0-99", Served::Part(0..100)),
        ("bytes=900-", Served::Part(900..1000)),
        ("bytes=-1", Served::Part(999..1000)),
        ("bytes=-5000", Served::Part(0..1000)),
        ("bytes=0-5000", Served::Part(0..1000)),
        ("bytes=999-999", Served::Part(999..1000)),
        ("bytes=0-99999999999999999999", Served::Part(0..1000)),
        ("bytes=1000-", Served::Unsatisfiable),
        ("bytes=99999999999999999999-", Served::Unsatisfiable),
        ("bytes=-0", Served::Unsatisfiable),
        ("bytes=5-4", Served::Full),
        ("bytes=0-1,5-6", Served::Full),
        ("bytes=", Served::Full),
        ("bytes=-", Served::Full),
        ("bytes=a-b", Served::Full),
        ("bytes=+1-2", Served::Full),
        ("lines=1-2", Served::Full),
    ] {
        assert_eq!(asked(&[("range", range)]), expected, "{range}");
    }
}

#[test]
fn a_range_of_another_version_gets_the_whole() {
    let range = ("range", "bytes=0-9");
    assert_eq!(asked(&[range, ("if-range", TAG)]), Served::Part(0..10));
    assert_eq!(asked(&[range, ("if-range", "\"old\"")]), Served::Full);
    assert_eq!(asked(&[range, ("if-range", "W/\"abc\"")]), Served::Full);
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    for tags in [TAG, "W/\"abc\"", "\"x\", \"abc\"", "*"] {
        assert_eq!(asked(&[("if-none-match", tags)]), Served::NotModified);
    }
    assert_eq!(asked(&[("if-none-match", "\"x\"")]), Served::Full);
}

#[test]
fn an_answer_tells_which_bytes_it_holds() {
    let header = |served: Served, name: &str| {
        let response = served.response(TAG, 1000).finish().into_response();
        let value = response.header(name).map(str::to_owned);
        (response.status().as_u16(), value)
    };
    assert_eq!(
        header(Served::Part(5..10), "content-range"),
        (206, Some("bytes 5-9/1000".into()))
    );
    assert_eq!(
        header(Served::Part(5..10), "content-length"),
        (206, Some("5".into()))
    );
    assert_eq!(
        header(Served::Full, "content-length"),
        (200, Some("1000".into()))
    );
    assert_eq!(
        header(Served::Unsatisfiable, "content-range"),
        (416, Some("bytes */1000".into()))
    );
    assert_eq!(header(Served::NotModified, "content-length"), (304, None));
}
