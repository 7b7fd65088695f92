use super::super::assets::url;
use super::*;

/// Whether `assets/built` was there when this was compiled; without it there is nothing to ask for.
fn is_built() -> bool {
    url("host.css") != "/assets/host.css"
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_the_name_of_their_content() {
    assert_eq!(ask(page("/assets/nothing.css")).await.status(), 404);
    assert_eq!(ask(page("/assets/manifest.json")).await.status(), 404);
    assert_eq!(ask(page("/assets/..%2fCargo.toml")).await.status(), 404);
    if !is_built() {
        return;
    }
    let response = ask(page(&url("host.css"))).await;
    assert_eq!(response.content_type(), Some("text/css; charset=utf-8"));
    assert_eq!(
        response.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    let tag = response.header("etag").unwrap().to_owned();
    let again = ask(page(&url("host.css")).header("if-none-match", tag)).await;
    assert_eq!(again.status(), 304);
    let plain = ask(page("/assets/host.css")).await;
    assert_eq!(plain.header("cache-control"), Some("no-cache"));
}

#[tokio::test]
async fn assets_come_compressed_as_the_browser_likes() {
    if !is_built() {
        return;
    }
    for (accepted, encoding) in [
        ("gzip, deflate, br", Some("br")),
        ("gzip", Some("gzip")),
        ("br;q=0, gzip;q=0.5", Some("gzip")),
        ("identity", None),
        ("", None),
    ] {
        let response = ask(page(&url("host.js")).header("accept-encoding", accepted)).await;
        assert_eq!(response.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(response.header("vary"), Some("accept-encoding"));
    }
}
