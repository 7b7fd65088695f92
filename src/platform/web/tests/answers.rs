use http::Method;

use super::*;

#[tokio::test]
async fn a_page_is_escaped_framed_and_belongs_to_one_person() {
    let response = ask(page("/notes")).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("cache-control"), Some("private, no-cache"));
    let html = text(response).await;
    assert!(html.contains(r#"<html lang="en">"#), "{html}");
    assert!(html.contains("<title>T · EPU</title>"), "{html}");
    assert!(html.contains("a &#60;b&#62; &#38; c<svg"), "{html}");
    assert!(
        html.contains("/assets/icons") && html.contains(r#"#plus"/>"#),
        "{html}"
    );
    assert!(html.contains("Sign in"), "{html}");
    assert!(text(ask(page("/guest")).await).await.contains("guest-page"));
}

#[tokio::test]
async fn who_is_signed_in_is_seen_in_the_frame() {
    let person = Person {
        name: "Anna Kern".into(),
        initials: "AK".into(),
        is_admin: true,
    };
    let html = text(ask(page("/notes").extension(person)).await).await;
    assert!(
        html.contains(">AK</a>") && html.contains("/admin"),
        "{html}"
    );
}

#[tokio::test]
async fn people_get_a_page_that_says_what_to_do() {
    for (how, status, words) in [
        ("invalid", 422, "Something needs another look"),
        ("refused", 403, "This event takes no more photos."),
        ("large", 413, "More than 200 MB cannot be sent at once."),
        ("many", 429, "Please wait 40 seconds and try again."),
        ("away", 503, "Back in a moment"),
        ("other", 500, "That was our fault"),
        ("panic", 500, "That was our fault"),
    ] {
        let response = ask(page(&format!("/fail/{how}"))).await;
        assert_eq!(response.status(), status, "{how}");
        let id = response.header("x-request-id").unwrap().to_owned();
        let html = text(response).await;
        assert!(html.contains(words) && html.contains(&id), "{how}: {html}");
        assert!(!html.contains("hunter2"), "{how} tells secrets");
    }
}

#[tokio::test]
async fn an_unknown_address_is_a_page_of_its_own() {
    let response = ask(page("/nowhere")).await;
    assert_eq!(response.status(), 404);
    assert!(text(response).await.contains("Nothing here"));
    assert_eq!(ask(page("/only-post")).await.status(), 405);
}

#[tokio::test]
async fn scripts_get_a_problem_with_a_stable_code() {
    let request = Request::builder().uri_str("/fail/invalid");
    let response = ask(request).await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.content_type(), Some("application/problem+json"));
    let problem = json(response).await;
    assert_eq!(problem["type"], "about:blank");
    assert_eq!(problem["status"], 422);
    assert_eq!(problem["code"], "invalid");
    assert_eq!(problem["fields"]["name"], "Please fill this in.");
    assert_eq!(problem["request_id"].as_str().unwrap().len(), 16);
}

#[tokio::test]
async fn uploads_get_problems_with_the_protocol_version() {
    let response = ask(page("/fail/tus").header("tus-resumable", "0.2.2")).await;
    assert_eq!(response.status(), 412);
    assert_eq!(response.content_type(), Some("application/problem+json"));
    assert_eq!(response.header("tus-resumable"), Some("1.0.0"));
    assert_eq!(response.header("tus-version"), Some("1.0.0"));
    assert_eq!(json(response).await["code"], "tus_version");
}

#[tokio::test]
async fn what_passes_says_when_to_come_back() {
    assert_eq!(
        ask(page("/fail/many")).await.header("retry-after"),
        Some("40")
    );
    assert_eq!(
        ask(page("/fail/away")).await.header("retry-after"),
        Some("10")
    );
}

#[tokio::test]
async fn whoever_is_signed_out_is_led_to_the_sign_in_and_back() {
    let response = ask(page("/fail/signed-out?filter=a%20b")).await;
    assert_eq!(response.status(), 303);
    assert_eq!(
        response.header("location"),
        Some("/sign-in?next=%2Ffail%2Fsigned-out%3Ffilter%3Da%2520b")
    );
    let posted = ask(page("/fail/signed-out").method(Method::POST)).await;
    assert_eq!(posted.header("location"), Some("/sign-in"));
    let script = ask(Request::builder().uri_str("/fail/signed-out")).await;
    assert_eq!(script.status(), 401);
}

#[tokio::test]
async fn nested_routes_are_answered_and_logged_by_their_whole_pattern() {
    let inner = Route::new()
        .at("/notes/:id", get(show))
        .around(failure::answer);
    let all = around_all(Route::new().nest("/", inner), web("http://localhost:8080"));
    let response = all.call(page("/notes/7").finish()).await.unwrap();
    assert_eq!(response.status(), 200);
    let pattern = response.data::<poem::PathPattern>().unwrap();
    assert_eq!(&*pattern.0, "/notes/:id");
    let unknown = all.call(page("/nowhere").finish()).await.unwrap();
    assert_eq!(unknown.status(), 404);
}

#[tokio::test]
async fn errors_are_told_in_the_language_of_the_request() {
    let request = page("/notes").extension(Locale::new("fr"));
    assert!(text(ask(request).await).await.contains(r#"lang="en""#));
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    for path in ["/notes", "/nowhere", "/fail/panic", "/healthz"] {
        let response = ask(page(path)).await;
        let csp = response.header("content-security-policy").unwrap();
        assert!(csp.contains("script-src 'self';") && !csp.contains("unsafe"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("referrer-policy"), Some("same-origin"));
        assert!(response.header("strict-transport-security").is_none());
        assert!(response.header("x-request-id").is_some());
    }
    let secure = pages(web("https://photos.example.org"));
    let response = secure.call(page("/notes").finish()).await.unwrap();
    assert!(response.header("strict-transport-security").is_some());
}

#[tokio::test]
async fn forms_take_lists_and_refuse_what_does_not_fit() {
    let post = |kind: &str, body: &str| {
        let request = page("/notes")
            .method(Method::POST)
            .header("content-type", kind)
            .body(body.to_owned());
        async {
            pages(web("http://localhost:8080"))
                .call(request)
                .await
                .unwrap()
        }
    };
    let form = "application/x-www-form-urlencoded";
    let written = post(form, "text=a+%F0%9F%8E%82&tags=x&tags=y").await;
    assert_eq!(text(written).await, r#"a 🎂 ["x", "y"]"#);
    assert_eq!(post(form, "text=a").await.status(), 200);
    assert_eq!(post(form, "tags=x").await.status(), 422);
    assert_eq!(post("text/plain", "text=a").await.status(), 400);
    let long = format!("text={}", "a".repeat(70_000));
    assert_eq!(post(form, &long).await.status(), 413);
}
