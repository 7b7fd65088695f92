#!/usr/bin/env python3
"""Makes the photos that tests and benches use, only from what package registries hold.

    make.py party SOURCES OUT               30 photos, a video, a duplicate and bad files, with manifest.json
    make.py bench SOURCES OUT [N12 N24 N48] JPEGs of 12, 24 and 48 MP; 40, 6 and 4 of them by default

SOURCES is the folder that tests/kit/corpus.sh fills. Needs exiftool and ffmpeg.
"""

import hashlib
import json
import multiprocessing
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

import bad
from photo import photo, save_as_phone

LONG = "the whole table " * 15 + "laughs.jpg"  # 250 bytes, close to what file systems take
CAMERA, CHAT, SCREEN = (4032, 3024), (2048, 1536), (1170, 2532)

# Name, size in px, EXIF orientation (None: no EXIF at all), minute of the afternoon.
PARTY_JPEGS = [
    *((f"IMG_40{20 + n}.jpg", CAMERA, n + 1, 3 + 7 * n) for n in range(8)),
    *((f"20260718_15{n:02d}30.jpg", CHAT, (1, 6, 8, 3)[n % 4], 60 + n) for n in range(8)),
    ("second phone/IMG_4020.jpg", CHAT, 1, 75),
    ("cake 🎂🎉.jpg", CHAT, 6, 80),
    ("صورة العائلة.jpg", CHAT, 1, 82),
    ("תמונה משפחתית (1).jpg", CHAT, 1, 84),
    ("<i>first & last.JPG", CHAT, 1, 86),
    (LONG, CHAT, 1, 88),
    ("IMG-20260718-WA0003.jpg", CHAT, None, None),
]
PARTY_HEICS = ["heif_other/pug.heic", "heif_other/arrow.heic", "heif_special/xiaomi.heic"]


def party(sources, out):
    """What guests of one party send; everything in it is listed in manifest.json."""
    pictures = _pictures(sources)
    photos = out / "photos"
    (photos / "second phone").mkdir(parents=True)
    for folder in ["video", "duplicate", "bad"]:
        (out / folder).mkdir()
    with multiprocessing.Pool(2) as pool:
        pool.starmap(_party_jpeg, [(seed, spec, photos, pictures) for seed, spec in enumerate(PARTY_JPEGS)], 1)
    for heic in PARTY_HEICS:
        shutil.copy(sources / "heif" / heic, photos)
    for seed, name in [(101, "Screenshot 1.png"), (102, "Screenshot 2.png")]:
        photo(seed, *SCREEN, pictures).quantize(64).save(photos / name)
    for seed, name in [(103, "from chat.webp"), (104, "Ägypten & Ñandú.webp")]:
        photo(seed, *CHAT, pictures).save(photos / name, quality=82)
    shutil.copy(photos / "IMG_4021.jpg", out / "duplicate" / "Copy of IMG_4021.jpg")
    _video(photos, out / "video" / "first dance.mp4")
    bad.make(out / "bad", photos / "20260718_150030.jpg")
    _list(out)


def bench(sources, out, n12="40", n24="6", n48="4"):
    """Camera photos only, orientation cycling 1, 6, 8, 3, every second with a place."""
    pictures = _pictures(sources)
    out.mkdir(parents=True)
    jobs = []
    for group, (count, size, tag) in enumerate([(n12, (4032, 3024), "12mp"), (n24, (6000, 4000), "24mp"), (n48, (8064, 6048), "48mp")]):
        for n in range(int(count)):
            jobs.append((1000 + 100 * group + n, (f"{tag}_{n:03d}.jpg", size, (1, 6, 8, 3)[n % 4], n), out, pictures))
    with multiprocessing.Pool(2) as pool:
        pool.starmap(_party_jpeg, jobs, 1)


def _party_jpeg(seed, spec, folder, pictures):
    name, (width, height), orientation, minute = spec
    if orientation and orientation >= 5:
        width, height = height, width  # a phone held upright
    picture = photo(seed, width, height, pictures)
    if orientation is None:
        picture.save(folder / name, quality=82)
        return
    taken = f"2026:07:18 {14 + minute // 60}:{minute % 60:02d}:{seed % 60:02d}"
    save_as_phone(picture, folder / name, orientation, taken, gps=(52.5, 13.4) if seed % 2 else None)


def _video(photos, path):
    """Six seconds of H.264 with sound, moving over two photos, its index at the end as cameras leave it."""
    move = "scale=1600:-2,crop=1280:720:x='t*50':y='t*20',fps=30,format=yuv420p"
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-loop", "1", "-t", "6", "-i", photos / "20260718_150030.jpg"]
        + ["-f", "lavfi", "-t", "6", "-i", "sine=frequency=330:sample_rate=48000"]
        + ["-vf", move, "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac"]
        + ["-metadata", "creation_time=2026-07-18T13:40:00Z", path],
        check=True,
    )


def _pictures(sources):
    """The photographs everything is made from, in an order that stays."""
    return sorted(str(path) for path in (sources / "pictures").iterdir())


def _list(out):
    """Writes manifest.json: path, name, group, bytes, sha256 and capture time ("" for none) of each file.

    The capture time is what a clock at the party (Europe/Berlin) showed at that moment."""
    read = ["exiftool", "-q", "-json", "-r", "-d", "%Y-%m-%dT%H:%M:%S"]
    read += ["-DateTimeOriginal", "-OffsetTimeOriginal", out]
    tags = json.loads(subprocess.run(read, capture_output=True, check=False).stdout)
    taken = {Path(tag["SourceFile"]): _at_the_party(tag) for tag in tags}
    entries = []
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        data = path.read_bytes()
        inside = path.relative_to(out)
        entries.append({
            "path": str(inside),
            "name": path.name,
            "group": inside.parts[0],
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "taken": taken.get(path, ""),
        })
    (out / "manifest.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n")


def _at_the_party(tag):
    """Capture time by the party's clocks: the camera's own, unless it says how far it was from UTC."""
    taken, offset = tag.get("DateTimeOriginal", ""), tag.get("OffsetTimeOriginal")
    if not taken or not offset:
        return taken
    moment = datetime.fromisoformat(taken + offset)
    return moment.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%dT%H:%M:%S")


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in ("party", "bench"):
        sys.exit(__doc__)
    {"party": party, "bench": bench}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
