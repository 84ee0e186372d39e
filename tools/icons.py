"""Draws the extension's icons: a parcel under a shield, in four sizes, with nothing but the standard library."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "extension" / "icons"
SIZES = (16, 32, 48, 128)
SHIELD, BOX, TAPE = (31, 95, 168), (247, 214, 154), (143, 80, 0)
FINE = 4
"""Samples a pixel and side, for smooth edges."""


def colour(x: float, y: float) -> tuple[int, int, int, int]:
    """The colour at a point of the unit square."""
    half = 0.44 if y < 0.5 else 0.44 * (1 - ((y - 0.5) / 0.48) ** 2) ** 0.5 if y < 0.98 else 0.0
    if not 0.04 <= y <= 0.98 or abs(x - 0.5) > half:
        return (0, 0, 0, 0)
    if 0.3 <= x <= 0.7 and 0.28 <= y <= 0.66:
        return (*TAPE, 255) if abs(x - 0.5) < 0.05 or abs(y - 0.4) < 0.02 else (*BOX, 255)
    return (*SHIELD, 255)


def pixel(column: int, row: int, size: int) -> bytes:
    """One pixel, the mean of its samples."""
    step = 1 / (size * FINE)
    points = [
        colour((column * FINE + dx + 0.5) * step, (row * FINE + dy + 0.5) * step)
        for dy in range(FINE)
        for dx in range(FINE)
    ]
    alpha = sum(p[3] for p in points)
    inks = [sum(p[n] * p[3] for p in points) // alpha if alpha else 0 for n in range(3)]
    return bytes((*inks, alpha // len(points)))


def png(size: int) -> bytes:
    """The icon as PNG."""
    rows = b"".join(b"\0" + b"".join(pixel(c, r, size) for c in range(size)) for r in range(size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


if __name__ == "__main__":
    for size in SIZES:
        (FOLDER / f"{size}.png").write_bytes(png(size))
