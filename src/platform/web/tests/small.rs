use std::time::Duration;

use futures::{StreamExt as _, stream};
use poem::IntoResponse as _;

use super::*;

#[test]
fn redirects_never_lead_to_another_site() {
    for path in ["/", "/events/abc?x=1#y", "/g/7KQ2"] {
        assert_eq!(LocalPath::parse(path).unwrap().as_str(), path);
    }
    for path in [
        "",
        "events",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\tx",
        "/a b",
        "/ä",
        "javascript:1",
        "/a\r\nset-cookie: x",
    ] {
        assert_eq!(LocalPath::parse(path), None, "{path:?}");
        let response = Redirect::see_other(path).into_response();
        assert_eq!(response.header("location"), Some("/"));
    }
}

#[test]
fn cookies_are_bound_to_the_host_where_there_is_https() {
    let (plain, secure) = (
        web("http://localhost:8080"),
        web("https://photos.example.org"),
    );
    assert_eq!(
        cookies::set(&plain.http, "pass", "abc", 60),
        "pass=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax"
    );
    assert_eq!(
        cookies::set(&secure.http, "pass", "abc", 60),
        "__Host-pass=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure"
    );
    assert!(
        cookies::clear(&plain.http, "pass")
            .to_str()
            .unwrap()
            .starts_with("pass=; Max-Age=0")
    );

    let sent = |web: Web| {
        let header = "pass=plain; other=1; __Host-pass=bound";
        Request::builder()
            .extension(web)
            .header("cookie", header)
            .finish()
    };
    assert_eq!(cookies::read(&sent(plain.clone()), "pass"), Some("plain"));
    assert_eq!(cookies::read(&sent(secure), "pass"), Some("bound"));
    assert_eq!(cookies::read(&sent(plain), "session"), None);
}

#[test]
fn devices_have_the_names_people_use() {
    for (agent, device) in [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) CriOS/120.0 Mobile Safari/604.1",
            "Chrome on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/120.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
            "Firefox on Linux",
        ),
        ("curl/8.5", ""),
    ] {
        assert_eq!(Device::named(agent).0, device);
    }
}

#[test]
fn limits_count_a_household_once() {
    let household = |address: &str| Client(address.parse().unwrap()).household();
    assert_eq!(household("192.0.2.7"), "192.0.2.7");
    assert_eq!(household("2001:db8:1:2:3::4"), "2001:db8:1:2::/64");
}

#[tokio::test]
async fn an_event_stream_ends_with_its_events_or_with_the_server() {
    let web = web("http://localhost:8080");
    let event = ("revision".to_owned(), "7\n8".to_owned());
    let response = sse(&web, stream::iter([event]));
    assert_eq!(response.content_type(), Some("text/event-stream"));
    assert_eq!(
        text(response).await,
        "retry: 2000\n\nevent: revision\ndata: 7\ndata: 8\n\n"
    );

    let endless = sse(&web, stream::pending());
    web.stop.cancel();
    let ended = tokio::time::timeout(Duration::from_secs(5), text(endless)).await;
    assert_eq!(ended.unwrap(), "retry: 2000\n\n");
}

#[tokio::test]
async fn a_quiet_event_stream_still_says_something() {
    let web = web("http://localhost:8080");
    let often = Duration::from_millis(5);
    let mut parts = Box::pin(super::super::sse::body(&web, stream::pending(), often));
    assert_eq!(parts.next().await.unwrap().unwrap(), "retry: 2000\n\n");
    assert_eq!(parts.next().await.unwrap().unwrap(), ":\n\n");
}

#[tokio::test]
async fn readiness_names_what_does_not_answer() {
    let check = |name, is_well: bool| {
        health::Check::new(name, move || {
            Box::pin(async move {
                if is_well {
                    Ok(())
                } else {
                    Err(Error::Unavailable("cut".into()))
                }
            })
        })
    };
    let ready = |checks| async {
        health::ready(checks)
            .call(Request::default())
            .await
            .unwrap()
    };
    assert_eq!(ready(vec![check("database", true)]).await.status(), 200);
    let response = ready(vec![check("database", true), check("storage", false)]).await;
    assert_eq!(response.status(), 503);
    assert_eq!(
        text(response).await,
        r#"{"database":"ok","storage":"unavailable"}"#
    );
}
