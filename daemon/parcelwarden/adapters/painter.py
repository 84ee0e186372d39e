"""SVG to PNG by resvg, which is loaded with the first picture."""

from __future__ import annotations


def to_png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture as PNG, so many times its size. Its letters are those of the system's fonts. Raises `ValueError` for
    what is no SVG."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom))
