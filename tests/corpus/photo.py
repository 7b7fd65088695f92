"""One photo with the statistics of a phone's camera, made from real photographs.

A random 4:3 crop of a photograph is brought to the camera's size; the fine texture of a second one
keeps the high frequencies natural, grain (luma sigma about 3.6, chroma about 1, slightly correlated
as after demosaicing) keeps the file as large as a real one. So decoders, encoders and networks
meet the work they would meet in life. The same seed gives the same pixels.
"""

import os
import random
import subprocess

import numpy as np
from PIL import Image

Image.MAX_IMAGE_PIXELS = None

# EXIF orientation -> how upright pixels are stored by such a camera. Source: EXIF 2.32, tag 274.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def photo(seed, width, height, pictures):
    """An upright picture of `width` x `height` pixels from two of `pictures` (paths)."""
    rng = random.Random(seed)
    noise = np.random.default_rng(seed)
    motif = Image.open(pictures[seed % len(pictures)]).convert("RGB")
    motif = _crop(motif, rng, width, height)
    if rng.random() < 0.5:
        motif = motif.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    pixels = np.asarray(motif.resize((width, height), Image.Resampling.LANCZOS), np.float32)
    pixels = pixels * rng.uniform(0.92, 1.06) + rng.uniform(-6, 6)
    pixels += 0.25 * _texture(pictures[(seed * 7 + 3) % len(pictures)], width, height)[..., None]
    pixels += rng.uniform(2.6, 4.6) * _grain(noise, width, height)[..., None]
    colour = noise.standard_normal((height // 2, width // 2, 3), np.float32) * rng.uniform(0.6, 1.4)
    pixels += np.repeat(np.repeat(colour, 2, 0), 2, 1)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def save_as_phone(picture, path, orientation=1, taken=None, offset="+02:00", gps=None):
    """Writes a baseline JPEG, 4:2:0, quality 90, as a phone would.

    `orientation` is the EXIF value 1 to 8; the pixels are stored turned accordingly. `taken` is
    "2026:07:18 14:02:11" in local time, `offset` its zone, `gps` a pair of degrees north and east.
    """
    if STORED[orientation] is not None:
        picture = picture.transpose(STORED[orientation])
    short = path.with_name(f"{os.getpid()}.jpg")  # exiftool adds to the name, which may be as long as names get
    picture.save(short, quality=90, subsampling="4:2:0")
    tags = [f"-Orientation={orientation}", "-Make=Example", "-Model=Phone 1"]
    if taken:
        tags += [f"-DateTimeOriginal={taken}", f"-CreateDate={taken}", f"-OffsetTimeOriginal={offset}"]
    if gps:
        tags += [f"-GPSLatitude={gps[0]}", "-GPSLatitudeRef=N", f"-GPSLongitude={gps[1]}", "-GPSLongitudeRef=E"]
    subprocess.run(["exiftool", "-q", "-overwrite_original", "-n", *tags, short], check=True)
    short.rename(path)


def _crop(picture, rng, width, height):
    """A random part of the right shape, at least 45 % as wide as the picture where it fits."""
    full_width, full_height = picture.size
    part_width = int(full_width * rng.uniform(0.45, 1.0))
    part_height = int(part_width * height / width)
    if part_height > full_height:
        part_height = int(full_height * rng.uniform(0.7, 1.0))
        part_width = min(full_width, int(part_height * width / height))
    x = rng.randint(0, full_width - part_width)
    y = rng.randint(0, full_height - part_height)
    return picture.crop((x, y, x + part_width, y + part_height))


def _texture(path, width, height):
    """What is finer than 8 pixels in another photograph, tiled at its native scale."""
    tile = Image.open(path).convert("L")
    tiled = Image.new("L", (width, height))
    for y in range(0, height, tile.height):
        for x in range(0, width, tile.width):
            tiled.paste(tile, (x, y))
    coarse = tiled.resize((width // 8, height // 8), Image.Resampling.BOX)
    coarse = coarse.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(tiled, np.float32) - np.asarray(coarse, np.float32)


def _grain(noise, width, height):
    grain = noise.standard_normal((height, width), np.float32)
    return (grain + 0.5 * np.roll(grain, 1, 1) + 0.5 * np.roll(grain, 1, 0)) / 1.22
