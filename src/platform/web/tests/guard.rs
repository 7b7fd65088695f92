use http::Method;

use super::*;

async fn status(base_url: &str, method: Method, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = Request::builder().method(method).uri_str(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request
        .header("content-type", "application/x-www-form-urlencoded")
        .body("text=a");
    let response = pages(web(base_url)).call(request).await.unwrap();
    response.status().as_u16()
}

#[tokio::test]
async fn only_our_own_pages_may_write() {
    let home = "https://photos.example.org";
    for (headers, expected) in [
        (&[("sec-fetch-site", "same-origin")][..], 200),
        (&[("sec-fetch-site", "none")], 200),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("sec-fetch-site", "same-site"), ("origin", home)], 403),
        (&[("origin", home)], 200),
        (&[("origin", "https://photos.example.org:8443")], 403),
        (&[("origin", "http://photos.example.org")], 403),
        (&[("origin", "h://photos.example.org")], 403),
        (
            &[("origin", "https://photos.example.org.evil.example")],
            403,
        ),
        (&[("origin", "null")], 403),
        (&[("cookie", "no browser")], 200),
    ] {
        let got = status(home, Method::POST, "/notes", headers).await;
        assert_eq!(got, expected, "{headers:?}");
        assert_eq!(status(home, Method::GET, "/notes", headers).await, 200);
    }
}

#[tokio::test]
async fn we_answer_under_our_own_name_only() {
    for (base_url, host, expected) in [
        ("https://photos.example.org", "photos.example.org", 200),
        ("https://photos.example.org", "PHOTOS.example.org:443", 200),
        ("https://photos.example.org", "photos.example.org:8080", 421),
        ("https://photos.example.org", "evil.example", 421),
        (
            "https://photos.example.org",
            "photos.example.org.evil.example",
            421,
        ),
        ("https://photos.example.org", "127.0.0.1", 421),
        ("https://photos.example.org", "not a host", 421),
        ("http://localhost:8080", "127.0.0.1:8080", 200),
        ("http://localhost:8080", "[::1]:8080", 200),
        ("http://localhost:8080", "localhost:8081", 421),
        ("http://localhost:8080", "rebound.example:8080", 421),
    ] {
        let host = [("host", host)];
        let got = status(base_url, Method::GET, "/notes", &host).await;
        assert_eq!(got, expected, "{base_url} {host:?}");
        let health = status(base_url, Method::GET, "/healthz", &host).await;
        assert_eq!(health, 200, "health is asked by address");
    }
}
