"""The extension in Spanish: a copy without English, because the system's Chromium speaks no other language. What the
daemon words, and dates, stay in the browser's own. Orders are constructed."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from support.browser.chromium import EXTENSION, chromium
from support.browser.pairing import add_order, pair
from support.browser.rig import Rig
from support.browser.shop import ORDERS, open_shop
from support.browser.shop_data import dated, order_id
from support.daemon import daemon

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
]

LABELS = json.loads((EXTENSION / "_locales/en/messages.json").read_text("utf-8"))


def spanish(folder: Path) -> Path:
    """The copy."""
    copy = folder / "extension"
    shutil.copytree(EXTENSION, copy)
    shutil.rmtree(copy / "_locales" / "en")
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, "default_locale": "es"}))
    return copy


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rig(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    folder = tmp_path_factory.mktemp("es")
    with daemon(folder) as house:
        async with open_shop(folder) as shop, chromium(folder, shop.port, spanish(folder)) as browser:
            await pair(browser, house)
            yield Rig(browser, shop, house, folder)


async def test_the_overlay_is_in_spanish(rig: Rig) -> None:
    add_order(rig.daemon, order_id(1), **dated(), title="Lámpara")
    page = await rig.browser.open(ORDERS)
    line = await rig.browser.line(page, order_id(1), "Por qué")
    assert line.text.startswith("Actúa ya")
    await rig.browser.press(page, line, "Por qué")
    opened = await rig.browser.line(page, order_id(1), "Recuérdamelo mañana")
    assert "He abierto una disputa" in opened.text
    undated = await rig.browser.line(page, order_id(2), "Abre este pedido una vez para que se puedan leer sus fechas.")
    assert "Abrir este pedido" in undated.text


@pytest.mark.parametrize(
    "path", ["popup/popup.html", "options/options.html", "repair/repair.html", "sample/sample.html"]
)
async def test_our_own_pages_fit_and_leave_no_label_out(rig: Rig, path: str) -> None:
    page = await rig.browser.own(path)
    await page.set_viewport_size({"width": 320, "height": 600})
    await page.wait_for_function("() => document.querySelector('h1').textContent")
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    words = set((await page.inner_text("body")).split())
    assert not {word for word in words if word in LABELS and "_" in word}
