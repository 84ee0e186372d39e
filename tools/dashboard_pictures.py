"""Takes the pictures of the dashboard and of the timeline for the documents, from the real thing: `make pictures`.

A real server with the demo's orders as they stood on a day of their story, and the system's Chromium.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / part) for part in ("daemon", "parsers", "tests")]

from parcelwarden.adapters.painter import to_png  # noqa: E402
from support.browser.dashboard import Board, dashboard  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
ORDER = "order/aliexpress/8190000000000003"
SHOTS = (
    ("dashboard-orders", "", 1000, 720),
    ("dashboard-order", ORDER, 1000, 900),
    ("dashboard-days", "days", 1000, 620),
    ("dashboard-phone", ORDER, 360, 740),
)
TIMELINE = "/v1/orders/aliexpress/8190000000000003/timeline.svg?width=720"


async def pictures(board: Board, scheme: str) -> None:
    """Every page in one colour scheme."""
    for name, place, across, high in SHOTS:
        page = await board.open(place, viewport={"width": across, "height": high}, color_scheme=scheme)
        await page.wait_for_timeout(400)
        await page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
        await page.context.close()


async def take() -> None:
    """All pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with dashboard(Path(folder)) as board:
            for scheme in ("light", "dark"):
                await pictures(board, scheme)
            svg = (await board.api.call("GET", TIMELINE)).body.decode()
            (PICTURES / "timeline.png").write_bytes(to_png(svg))


if __name__ == "__main__":
    asyncio.run(take())
