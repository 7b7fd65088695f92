"""Files that a guest may send and that are not what they seem."""

import struct
import zlib


def make(folder, photo):
    """Fills `folder`; `photo` is the path of a good JPEG to spoil."""
    good = photo.read_bytes()
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "page.jpg").write_text("<!doctype html><script>alert(document.cookie)</script>\n")
    (folder / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>\n')
    (folder / "half.jpg").write_bytes(good[: len(good) // 2])
    (folder / "corrupt.jpg").write_bytes(good[:2] + b"\xff\xdb\xff\xff" + bytes(range(256)) * 400)
    (folder / "bomb.png").write_bytes(_bomb(60_000, 60_000))


def _bomb(width, height):
    """A grey PNG of a few hundred KB that asks its reader for `width` x `height` pixels."""
    row = zlib.compressobj(9)
    data = b"".join(row.compress(bytes(width + 1)) for _ in range(height // 20))
    data += row.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            _chunk(b"IDAT", data),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
