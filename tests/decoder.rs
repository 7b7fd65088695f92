//! The decoder child from outside: what it makes, what it survives, what it cannot reach.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at what it did not expect, nothing waits for it, and it measures time"
)]

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use bytes::Bytes;
use epu::imaging::{FailureCode, Kind, Pool, PoolLimits, RenderError, Rendered, child};
use futures::stream;

fn epu() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_epu"))
}

fn pool() -> Pool {
    Pool::new(PoolLimits::default(), epu())
}

async fn render(pool: &Pool, kind: Kind, file: &[u8]) -> Result<Rendered, RenderError> {
    let chunks = file
        .chunks(64 << 10)
        .map(|chunk| Ok(Bytes::copy_from_slice(chunk)));
    let chunks = chunks.collect::<Vec<io::Result<Bytes>>>();
    pool.render(kind, file.len() as u64, stream::iter(chunks))
        .await
}

async fn failure(pool: &Pool, kind: Kind, file: &[u8]) -> FailureCode {
    match render(pool, kind, file).await {
        Err(RenderError::Hostile(failure)) => failure.code,
        other => panic!("expected a hostile file, found {other:?}"),
    }
}

fn jpeg(width: usize, height: usize) -> Vec<u8> {
    let row = (0..width * 3)
        .map(|i| (i * 7 / 5) as u8)
        .collect::<Vec<u8>>();
    let image = turbojpeg::Image {
        pixels: &row.repeat(height)[..],
        width,
        pitch: width * 3,
        height,
        format: turbojpeg::PixelFormat::RGB,
    };
    turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2)
        .unwrap()
        .to_vec()
}

/// A program that stands in for the child and does what it is told.
///
/// A shell writes it: while this process has it open for writing, a child that another test
/// starts at that moment would inherit it, and the kernel runs no program that is being written.
fn stand_in(folder: &Path, script: &str) -> PathBuf {
    let path = folder.join("stand-in");
    let status = Command::new("sh")
        .args([
            "-c",
            r#"printf '#!/bin/sh\n%s\n' "$1" > "$0" && chmod 755 "$0""#,
        ])
        .arg(&path)
        .arg(script)
        .status()
        .unwrap();
    assert!(status.success());
    path
}

#[tokio::test]
async fn a_photo_comes_back_from_the_child_in_three_sizes() {
    let rendered = render(&pool(), Kind::Jpeg, &jpeg(3000, 2000))
        .await
        .unwrap();
    assert_eq!((rendered.width_px, rendered.height_px), (3000, 2000));
    assert!(rendered.thumbhash.is_some());
    let kinds: Vec<_> = rendered
        .renditions
        .iter()
        .map(|r| (r.size.as_str(), epu::imaging::sniff(&r.bytes)))
        .collect();
    let expected = [
        ("400", Kind::Webp),
        ("960", Kind::Jpeg),
        ("1920", Kind::Jpeg),
    ];
    assert_eq!(kinds, expected.map(|(size, kind)| (size, Some(kind))));
}

#[tokio::test]
async fn many_photos_at_once_share_a_small_budget_and_all_come_back() {
    let limits = PoolLimits {
        children: 4,
        memory_bytes: 100 << 20,
        ..PoolLimits::default()
    };
    let pool = Pool::new(limits, epu());
    let file = jpeg(2000, 1500);
    let renders = (0..12).map(|_| render(&pool, Kind::Jpeg, &file));
    for rendered in futures::future::join_all(renders).await {
        assert_eq!(rendered.unwrap().renditions.len(), 3);
    }
}

#[tokio::test]
async fn hostile_files_cost_one_failure_each_with_its_reason() {
    let pool = pool();
    let photo = jpeg(800, 600);
    assert_eq!(
        failure(&pool, Kind::Jpeg, &photo[..photo.len() / 2]).await,
        FailureCode::Truncated
    );
    assert_eq!(
        failure(&pool, Kind::Jpeg, b"<html><script>alert(1)</script>").await,
        FailureCode::Damaged
    );
    assert_eq!(failure(&pool, Kind::Jpeg, b"").await, FailureCode::Damaged);
    failure(&pool, Kind::Heic, &photo).await;
    assert_eq!(
        failure(&pool, Kind::Mp4, &photo).await,
        FailureCode::Damaged
    );
    let mut bomb = photo.clone();
    let frame = bomb.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    assert_eq!(
        failure(&pool, Kind::Jpeg, &bomb).await,
        FailureCode::TooManyPixels
    );
}

#[tokio::test]
async fn a_picture_that_needs_more_memory_than_a_child_may_have_is_refused_before_it_is_decoded() {
    let limits = PoolLimits {
        child_memory_bytes: 192 << 20,
        ..PoolLimits::default()
    };
    let pool = Pool::new(limits, epu());
    let image = image::RgbImage::new(5000, 5000);
    let mut png = io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    assert_eq!(
        failure(&pool, Kind::Png, png.get_ref()).await,
        FailureCode::TooMuchMemory
    );
    assert!(render(&pool, Kind::Jpeg, &jpeg(1200, 800)).await.is_ok());
}

#[tokio::test]
async fn a_child_that_dies_or_hangs_or_babbles_is_the_files_fault_and_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let limits = PoolLimits {
        time_ms: 400,
        ..PoolLimits::default()
    };
    for (script, code) in [
        ("kill -9 $$", FailureCode::Crashed),
        ("kill -11 $$", FailureCode::Crashed),
        ("kill -XCPU $$", FailureCode::TookTooLong),
        ("exit 1", FailureCode::Crashed),
        ("sleep 60", FailureCode::TookTooLong),
        ("head -c 99999999 /dev/zero", FailureCode::Crashed),
        ("echo babble; cat > /dev/null", FailureCode::Crashed),
    ] {
        let pool = Pool::new(limits, stand_in(folder.path(), script));
        let begun = Instant::now();
        assert_eq!(
            failure(&pool, Kind::Jpeg, &jpeg(600, 400)).await,
            code,
            "{script}"
        );
        assert!(begun.elapsed() < Duration::from_secs(5), "{script}");
    }
}

#[tokio::test]
async fn what_is_not_the_files_fault_is_tried_again() {
    let is_trouble = |result| matches!(result, Err(RenderError::Trouble(_)));
    let absent = Pool::new(PoolLimits::default(), PathBuf::from("/nowhere/epu"));
    assert!(is_trouble(render(&absent, Kind::Jpeg, &jpeg(64, 64)).await));

    let folder = tempfile::tempdir().unwrap();
    let script = format!("exit {}", child::NOT_CONFINED);
    let unconfined = Pool::new(PoolLimits::default(), stand_in(folder.path(), &script));
    assert!(is_trouble(
        render(&unconfined, Kind::Jpeg, &jpeg(64, 64)).await
    ));

    let broken = stream::iter([
        Ok(Bytes::from_static(b"\xff\xd8\xff")),
        Err(io::Error::other("the bucket went away")),
    ]);
    assert!(is_trouble(pool().render(Kind::Jpeg, 1000, broken).await));
    let short = stream::iter([Ok(Bytes::from_static(b"\xff\xd8\xff"))]);
    assert!(is_trouble(pool().render(Kind::Jpeg, 1000, short).await));
}

#[tokio::test]
async fn our_secrets_do_not_reach_the_child() {
    let folder = tempfile::tempdir().unwrap();
    let seen = folder.path().join("seen");
    let script = format!("env > {}", seen.display());
    let pool = Pool::new(PoolLimits::default(), stand_in(folder.path(), &script));
    let _ = render(&pool, Kind::Jpeg, &jpeg(64, 64)).await;
    let seen = std::fs::read_to_string(seen).unwrap();
    assert!(std::env::var("PATH").is_ok());
    for line in seen.lines() {
        let name = line.split('=').next().unwrap_or_default();
        // A shell sets these itself.
        assert!(["PWD", "OLDPWD", "SHLVL", "_"].contains(&name), "{line}");
    }
}

#[tokio::test]
async fn a_long_video_is_read_only_as_far_as_its_description() {
    let boxed = |name: &[u8], payload: &[u8]| {
        let len = payload.len() as u32 + 8;
        [&len.to_be_bytes()[..], name, payload].concat()
    };
    let mut mvhd = vec![0; 100];
    mvhd[14..16].copy_from_slice(&1000u16.to_be_bytes());
    mvhd[18..20].copy_from_slice(&5000u16.to_be_bytes());
    let ftyp = boxed(b"ftyp", b"isom\0\0\0\0isommp42");
    let front = [
        ftyp,
        boxed(b"moov", &boxed(b"mvhd", &mvhd)),
        vec![0x0f, 0xff, 0xff, 0xff],
    ]
    .concat();
    let front = [&front[..], b"mdat"].concat();
    let size_bytes = 200u64 << 20;
    let mut asked = 0u64;
    let chunks = std::iter::once(Bytes::from(front))
        .chain(std::iter::repeat(Bytes::from(vec![0; 1 << 20])))
        .inspect(|chunk| asked += chunk.len() as u64)
        .take(200)
        .map(Ok);
    let video = pool()
        .render(Kind::Mp4, size_bytes, stream::iter(chunks))
        .await
        .unwrap();
    assert_eq!(video.facts.duration_ms, Some(5000));
    assert!(asked < 20 << 20, "{asked} bytes read");
}

/// Runs [`shut_in`] in a process of its own and shows what it found.
#[test]
fn a_confined_child_opens_no_file_no_socket_and_no_program() {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "shut_in", "--test-threads=1"])
        .status()
        .unwrap();
    assert!(status.success());
}

#[test]
#[ignore = "confines the process it runs in; started by the test above"]
fn shut_in() {
    let limits = child::Limits {
        memory_bytes: 8 << 30,
        cpu_s: 30,
    };
    let walls = child::confine(limits).unwrap();
    assert!(walls.has_landlock || !Path::new("/sys/kernel/security/landlock").exists());
    let denied = |what: &str, result: io::Result<()>| {
        let kind = result.map_err(|error| error.kind());
        assert_eq!(kind, Err(io::ErrorKind::PermissionDenied), "{what}");
    };
    denied("read a file", std::fs::File::open("/etc/passwd").map(drop));
    denied("write a file", std::fs::write("/tmp/epu-was-here", "x"));
    denied("list a folder", std::fs::read_dir("/").map(drop));
    denied(
        "reach the network",
        std::net::TcpStream::connect("127.0.0.1:80").map(drop),
    );
    denied("listen", std::net::UdpSocket::bind("127.0.0.1:0").map(drop));
    denied(
        "reach a local socket",
        std::os::unix::net::UnixStream::connect("/run/x").map(drop),
    );
    denied(
        "run a program",
        Command::new("/bin/true").status().map(drop),
    );
    denied(
        "start a thread",
        std::thread::Builder::new().spawn(|| ()).map(drop),
    );
}
