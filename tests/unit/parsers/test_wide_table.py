"""A row with more cells than any table has, under a head that names none of them. Constructed."""

from __future__ import annotations

from parcelparsers import Asked, Body, Reading, read, source


def test_a_very_wide_row_is_read_or_unreadable() -> None:
    cells = "<td>2026.03.02</td><td>10:00</td><td>Posting</td>" + "<td>x</td>" * 120
    body = f"<html><body><table><tr><th>Delivery Status</th></tr><tr>{cells}</tr></table></body></html>"
    assert isinstance(read(source("koreapost"), Body(body.encode()), Asked(("EM000000005KR",))), Reading)
