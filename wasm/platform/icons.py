"""Draws the portal's mark as PNG in the sizes a home screen wants: the same shape as public/icons/icon.svg."""

import struct
import zlib

ACCENT = (0x0B, 0x5F, 0xCC)
WHITE = (255, 255, 255)


def rounded_box(x, y, box, radius):
    """Signed distance to a rounded box given as left, top, right, bottom in units of 512."""
    left, top, right, bottom = box
    dx = abs(x - (left + right) / 2) - (right - left) / 2 + radius
    dy = abs(y - (top + bottom) / 2) - (bottom - top) / 2 + radius
    outside = (max(dx, 0) ** 2 + max(dy, 0) ** 2) ** 0.5
    return outside + min(max(dx, dy), 0) - radius


def coverage(distance, pixel):
    return min(1.0, max(0.0, 0.5 - distance / pixel))


def mark(x, y, pixel):
    """How much of the window's white is at a point: a frame, and its filled sill."""
    frame = abs(rounded_box(x, y, (150, 150, 362, 318), 8)) - 22
    sill = rounded_box(x, y, (128, 272, 384, 360), 20)
    return coverage(min(frame, sill), pixel)


def png(size, is_maskable):
    pixel = 512 / size
    shrink = 0.8 if is_maskable else 1.0  # a maskable icon may lose its outer fifth
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            x, y = (column + 0.5) * pixel, (row + 0.5) * pixel
            inside = 1.0 if is_maskable else coverage(rounded_box(x, y, (0, 0, 512, 512), 146), pixel)
            white = mark(256 + (x - 256) / shrink, 256 + (y - 256) / shrink, pixel)
            rows.extend(round(a + (b - a) * white) for a, b in zip(ACCENT, WHITE))
            rows.append(round(255 * inside))
    return encode(size, bytes(rows))


def encode(size, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b""))


def write_icons(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for size in (180, 192, 512):
        (folder / f"icon-{size}.png").write_bytes(png(size, is_maskable=False))
    (folder / "icon-maskable-512.png").write_bytes(png(512, is_maskable=True))
