"""Takes the pictures of the extension for the documents, from the real thing: `make pictures`.

A real daemon with constructed orders, a made-up shop, and the system's Chromium, in light and in dark.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / part) for part in ("daemon", "parsers", "tests")]

from support.browser.chromium import Chromium, chromium  # noqa: E402
from support.browser.pairing import add_order, pair  # noqa: E402
from support.browser.shop import ORDERS, WWW, Shop, open_shop  # noqa: E402
from support.browser.shop_data import day, order_id  # noqa: E402
from support.daemon import RunningDaemon, daemon  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
ORDERS_SHOWN: tuple[tuple[int, str, str, dict[str, int]], ...] = (
    (0, "Cordless drill, 12 V", "64.90", {"delivery": -3}),
    (1, "Blue lamp", "23.50", {"delivery": 2}),
    (2, "Winter jacket, size M", "41.00", {"delivery": 40}),
    (3, "Phone case", "3.20", {}),
)


def fill(house: RunningDaemon, shop: Shop) -> None:
    """Orders in every state that a picture should show."""
    shop.data.count = len(ORDERS_SHOWN)
    for number, title, total, dates in ORDERS_SHOWN:
        shop.data.titles[order_id(number)] = title
        shop.data.totals[order_id(number)] = total
        facts: dict[str, Any] = {"title": title, "total": total, "currency": "USD", "country": "ES"}
        if dates:
            facts |= {"placed_at": day(-62), "paid_at": day(-62), "shipped_at": day(-60)}
            facts |= {"delivery_due_at": day(dates["delivery"]), "numbers": [f"LX00000000{number}XX"]}
        add_order(house, order_id(number), **facts)


async def pictures(browser: Chromium, shop: Shop, scheme: str) -> None:
    """The overlay, its details, the panel, popup and options in one colour scheme."""
    shop.dark = scheme == "dark"
    page = await browser.open(ORDERS)
    lines = await browser.lines(page, len(ORDERS_SHOWN), "Why")
    await page.wait_for_timeout(1500)
    await shot(page, f"overlay-{scheme}", {"x": 0, "y": 0, "width": 1000, "height": 720})
    await browser.press(page, lines[1], "Why")
    await page.wait_for_timeout(600)
    await shot(page, f"details-{scheme}", {"x": 0, "y": 0, "width": 1000, "height": 760})
    await page.close()
    detail = await browser.open(f"{WWW}/p/order/detail.html?orderId={order_id(1)}")
    await detail.wait_for_timeout(1500)
    await shot(detail, f"panel-{scheme}", None)
    await detail.close()
    for name, path, size in (
        ("popup", "popup/popup.html", (400, 600)),
        ("options", "options/options.html", (900, 1100)),
    ):
        own = await browser.context.new_page()
        await own.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        await own.set_viewport_size({"width": size[0], "height": size[1]})
        await own.goto(f"{browser.base}/{path}")
        await own.wait_for_timeout(1200)
        await shot(own, f"{name}-{scheme}", None)
        await own.close()


async def shot(page: Any, name: str, clip: dict[str, int] | None) -> None:
    """One picture."""
    await page.screenshot(path=PICTURES / f"{name}.png", **({"clip": clip} if clip else {}))


async def main() -> None:
    """All pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, daemon(Path(place)) as house:
        folder = Path(place)
        async with open_shop(folder) as shop, chromium(folder, shop.port) as browser:
            await pair(browser, house)
            fill(house, shop)
            for scheme in ("light", "dark"):
                await pictures(browser, shop, scheme)


if __name__ == "__main__":
    asyncio.run(main())
