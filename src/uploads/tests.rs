use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::stream;
use http::Method;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::events::Event;
use crate::platform::clock::HOUR_MS;
use crate::platform::error::{Error, Refusal};
use crate::tables::keys;
use crate::testing::{TestApp, tiny_jpeg};
use crate::uploads::{self, Upload, store};

/// A JPEG of about this many bytes: what follows its end is not looked at.
fn jpeg_of(bytes: usize) -> Vec<u8> {
    let mut jpeg = tiny_jpeg(7);
    jpeg.extend((jpeg.len()..bytes).map(|n| (n % 251) as u8));
    jpeg
}

async fn row(app: &App, event: &Event, location: &str) -> Upload {
    let id = location.rsplit('/').next().expect("a path");
    store::of_sender(app.db.read(), event.id, None, id)
        .await
        .expect("the row")
}

async fn original(app: &App, event: &Event, item: &str) -> Vec<u8> {
    let key = keys::original(&event.public_id, item);
    app.storage
        .read(&key, 1 << 30)
        .await
        .expect("the original")
        .to_vec()
}

#[tokio::test]
async fn a_photo_sent_whole_becomes_an_item_byte_for_byte() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let photo = jpeg_of(100_000);

    let sent = guest.upload(&event, "IMG_1.jpg", &photo).await;

    sent.is(204);
    assert_eq!(sent.header("upload-offset"), "100000");
    assert_eq!(
        original(&app.app, &event, sent.header("epu-item")).await,
        photo
    );
    let now = app.again(&event).await;
    assert_eq!(
        (now.photos, now.guests, now.stored_bytes, now.reserved_bytes),
        (1, 1, 100_000, 0)
    );
}

#[tokio::test]
async fn a_large_file_in_many_pieces_arrives_as_it_was() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let photo = jpeg_of(20_000_000);
    let location = guest
        .announce(&event, "big.jpg", photo.len())
        .await
        .header("location")
        .to_owned();

    let mut at = 0;
    for size in [1, 300, 700, 5_000_000, 8_388_608, 3, 20_000_000] {
        let end = (at + size).min(photo.len());
        let answer = guest.append(&location, at, &photo[at..end]).await;
        answer.is(204);
        assert_eq!(answer.header("upload-offset"), end.to_string());
        let standing = guest.standing(&location).await;
        assert_eq!(standing.header("upload-offset"), end.to_string());
        at = end;
    }

    let item = guest
        .standing(&location)
        .await
        .header("epu-item")
        .to_owned();
    assert!(original(&app.app, &event, &item).await == photo);
    let unfinished: Vec<_> = {
        use futures::TryStreamExt as _;
        app.app
            .storage
            .unfinished(i64::MAX)
            .try_collect()
            .await
            .expect("listed")
    };
    assert!(unfinished.is_empty(), "{unfinished:?}");
}

#[tokio::test]
async fn the_same_photo_twice_is_kept_once_and_told_kindly() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let (one, two) = (app.guest_of(&event).await, app.guest_of(&event).await);
    let first = one.upload(&event, "IMG_1.jpg", &tiny_jpeg(1)).await;

    let again = two.upload(&event, "copy.jpg", &tiny_jpeg(1)).await;

    again.is(204);
    assert_eq!(again.header("epu-item"), first.header("epu-item"));
    assert_eq!(again.header("epu-duplicate"), "true");
    assert_eq!(first.header("epu-duplicate"), "");
    let now = app.again(&event).await;
    assert_eq!((now.photos, now.guests), (1, 2));
}

#[tokio::test]
async fn asking_again_after_the_end_gives_the_same_answer() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let photo = tiny_jpeg(1);
    let location = guest
        .announce(&event, "a.jpg", photo.len())
        .await
        .header("location")
        .to_owned();
    let first = guest.append(&location, 0, &photo).await;

    let again = guest.append(&location, photo.len(), b"").await;

    again.is(204);
    assert_eq!(again.header("epu-item"), first.header("epu-item"));
    assert_eq!(app.again(&event).await.photos, 1);
    guest.append(&location, 0, &photo).await.is(409);
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_before_a_byte_flows() {
    let app = TestApp::with(&[
        ("EPU_LIMITS__FILE_BYTES", "1000"),
        ("EPU_LIMITS__EVENT_BYTES", "1500"),
    ])
    .await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;

    guest
        .announce(&event, "a.jpg", 0)
        .await
        .is(400)
        .shows("empty_file");
    guest
        .announce(&event, "a.jpg", 1001)
        .await
        .is(413)
        .shows("too_large");
    guest.announce(&event, "a.jpg", 1000).await.is(201);
    guest
        .announce(&event, "b.jpg", 501)
        .await
        .is(403)
        .shows("storage_full");
    assert_eq!(app.again(&event).await.reserved_bytes, 1000);
}

#[tokio::test]
async fn a_wrong_kind_is_refused_by_content_on_its_first_bytes_and_leaves_nothing() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let html = "<html><script>alert(1)</script></html>".repeat(100);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>",
        " ".repeat(2000)
    );

    for wrong in [
        html.as_bytes(),
        svg.as_bytes(),
        b"GIF",
        b"%PDF-1.7 and so on",
    ] {
        let location = guest
            .announce(&event, "photo.jpg", wrong.len())
            .await
            .header("location")
            .to_owned();
        guest
            .append(&location, 0, wrong)
            .await
            .is(415)
            .shows("wrong_kind");
        guest.standing(&location).await.is(410);
    }
    let now = app.again(&event).await;
    assert_eq!(
        (now.photos, now.stored_bytes, now.reserved_bytes),
        (0, 0, 0)
    );
}

#[tokio::test]
async fn a_checksum_that_does_not_hold_keeps_nothing_of_its_request() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let photo = jpeg_of(30_000_000);
    let location = guest
        .announce(&event, "a.jpg", photo.len())
        .await
        .header("location")
        .to_owned();
    let patch = |bytes: &[u8], checksum: String| {
        guest
            .ask(Method::PATCH, &location)
            .as_script()
            .header("tus-resumable", "1.0.0")
            .header("upload-offset", "0")
            .header("content-type", "application/offset+octet-stream")
            .header("upload-checksum", &checksum)
            .body(bytes.to_vec())
            .send()
    };
    let of = |bytes: &[u8]| format!("sha256 {}", STANDARD.encode(Sha256::digest(bytes)));

    patch(&photo[..20_000_000], of(b"other"))
        .await
        .is(460)
        .shows("checksum_mismatch");
    assert_eq!(guest.standing(&location).await.header("upload-offset"), "0");
    patch(&photo[..10], "md5 AAAA".into())
        .await
        .is(400)
        .shows("checksum_unknown");
    patch(&photo[..20_000_000], of(&photo[..20_000_000]))
        .await
        .is(204);
    let rest = guest
        .append(&location, 20_000_000, &photo[20_000_000..])
        .await;
    assert!(original(&app.app, &event, rest.header("epu-item")).await == photo);
}

#[tokio::test]
async fn a_cut_connection_keeps_what_came() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let photo = jpeg_of(9_000_000);
    let location = guest
        .announce(&event, "a.jpg", photo.len())
        .await
        .header("location")
        .to_owned();
    let upload = row(&app.app, &event, &location).await;

    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let body = stream::iter([Ok(Bytes::copy_from_slice(&photo[..8_500_000])), Err(cut)]);
    let broken = uploads::append(&app.app, &event, &upload, 0, None, body).await;

    assert!(matches!(broken, Err(Error::Unavailable(_))), "{broken:?}");
    assert_eq!(
        guest.standing(&location).await.header("upload-offset"),
        "8500000"
    );
    let rest = guest
        .append(&location, 8_500_000, &photo[8_500_000..])
        .await;
    assert!(original(&app.app, &event, rest.header("epu-item")).await == photo);
}

#[tokio::test]
async fn a_second_device_takes_over_and_the_first_can_write_no_more() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let photo = jpeg_of(50_000);
    let location = guest
        .announce(&event, "a.jpg", photo.len())
        .await
        .header("location")
        .to_owned();
    let upload = row(&app.app, &event, &location).await;
    let stuck = tokio::spawn({
        let (app, event, first) = (
            app.app.clone(),
            event.clone(),
            Bytes::copy_from_slice(&photo[..20_000]),
        );
        async move {
            use futures::StreamExt as _;
            let body = stream::iter([Ok(first)]).chain(stream::pending());
            uploads::append(&app, &event, &upload, 0, None, body).await
        }
    });
    while row(&app.app, &event, &location).await.writer == 0 {
        tokio::task::yield_now().await;
    }

    let standing = guest.standing(&location).await;

    let first = stuck.await.expect("no panic");
    assert!(
        matches!(first, Err(Error::Refused(Refusal::UploadTaken))),
        "{first:?}"
    );
    let at: usize = standing.header("upload-offset").parse().expect("a number");
    assert!(at == 0 || at == 20_000, "{at}");
    let rest = guest.append(&location, at, &photo[at..]).await;
    assert_eq!(
        original(&app.app, &event, rest.header("epu-item")).await,
        photo
    );
}

#[tokio::test]
async fn another_instance_that_took_over_fences_the_first_off() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let location = guest
        .announce(&event, "a.jpg", 1000)
        .await
        .header("location")
        .to_owned();
    let upload = row(&app.app, &event, &location).await;
    let db = &app.app.db;
    let mine = db
        .write(async |tx| store::claim(tx, &upload).await)
        .await
        .expect("claimed");
    let again = row(&app.app, &event, &location).await;
    db.write(async |tx| store::claim(tx, &again).await)
        .await
        .expect("claimed by another");

    let stale = db.write(async |tx| store::claim(tx, &upload).await).await;
    assert!(matches!(stale, Err(Error::Refused(Refusal::UploadTaken))));
    assert!(row(&app.app, &event, &location).await.writer > mine);
}

#[tokio::test]
async fn an_upload_is_its_senders_alone() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let (mine, other) = (app.guest_of(&event).await, app.guest_of(&event).await);
    let location = mine
        .announce(&event, "a.jpg", 1000)
        .await
        .header("location")
        .to_owned();

    other.standing(&location).await.is(404);
    other.append(&location, 0, b"x").await.is(404);
    mine.append(&location, 5, b"x")
        .await
        .is(409)
        .shows("offset_mismatch");
    mine.append(&location, 0, &[0; 1001]).await.is(413);
    mine.standing(&location).await.is(200);
}

#[tokio::test]
async fn a_script_without_cookies_goes_on_by_the_address_of_its_upload() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let photo = tiny_jpeg(3);
    let announced = app.visitor().announce(&event, "a.jpg", photo.len()).await;
    announced.is(201);
    app.visitor()
        .append(announced.header("location"), 0, &photo)
        .await
        .is(204);
}

#[tokio::test]
async fn an_upload_nobody_goes_on_with_expires_and_gives_its_room_back() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let location = guest
        .announce(&event, "a.jpg", 1_000_000)
        .await
        .header("location")
        .to_owned();
    guest
        .append(&location, 0, &jpeg_of(1_000_000)[..500_000])
        .await
        .is(204);

    app.later(25 * HOUR_MS);
    guest.standing(&location).await.is(410).shows("");
    uploads::jobs::sweep(&app.app, app.app.clock.now())
        .await
        .expect("swept");

    let now = app.again(&event).await;
    assert_eq!((now.reserved_bytes, now.photos), (0, 0));
    guest
        .append(&location, 500_000, b"x")
        .await
        .is(410)
        .shows("upload_gone");
}

#[tokio::test]
async fn an_upload_its_sender_ends_is_gone() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let location = guest
        .announce(&event, "a.jpg", 1000)
        .await
        .header("location")
        .to_owned();
    let end = guest
        .ask(Method::DELETE, &location)
        .as_script()
        .header("tus-resumable", "1.0.0")
        .send()
        .await;
    end.is(204);
    guest.standing(&location).await.is(410);
    assert_eq!(app.again(&event).await.reserved_bytes, 0);
}

#[tokio::test]
async fn the_protocol_is_spoken_as_written() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let uploads = format!("/g/{}/uploads", event.code);

    let options = guest.ask(Method::OPTIONS, &uploads).send().await;
    options.is(204);
    assert_eq!(options.header("tus-version"), "1.0.0");
    assert!(options.header("tus-extension").contains("creation"));
    guest
        .ask(Method::POST, &uploads)
        .as_script()
        .header("upload-length", "5")
        .send()
        .await
        .is(412);
    let no_length = guest
        .ask(Method::POST, &uploads)
        .as_script()
        .header("tus-resumable", "1.0.0");
    no_length.send().await.is(400).shows("tus_headers");
    let location = guest
        .announce(&event, "a.jpg", 1000)
        .await
        .header("location")
        .to_owned();
    let no_type = guest
        .ask(Method::PATCH, &location)
        .as_script()
        .header("tus-resumable", "1.0.0");
    no_type
        .header("upload-offset", "0")
        .send()
        .await
        .is(415)
        .shows("tus_content_type");
}

#[tokio::test]
async fn names_from_devices_are_kept_readable_and_harmless() {
    let app = TestApp::new().await;
    let event = app.event(&app.host().await).await;
    let guest = app.guest_of(&event).await;
    let long = "ü".repeat(600);
    for (shade, name) in [
        (1, "🎂 party.jpg"),
        (2, "שלום.jpg"),
        (3, "../../etc/passwd"),
        (4, long.as_str()),
    ] {
        guest.upload(&event, name, &tiny_jpeg(shade)).await.is(204);
    }
    let archive = crate::export::collect(app.app.db.read(), &event)
        .await
        .expect("collected");
    for entry in archive.entries() {
        assert!(
            entry.name.len() <= 255 && !entry.name.contains('/') && !entry.name.starts_with('.'),
            "{}",
            entry.name
        );
    }
    assert!(
        archive
            .entries()
            .iter()
            .any(|entry| entry.name == "🎂 party.jpg")
    );
}
