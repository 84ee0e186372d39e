"""A browser with the extension, paired with a real daemon, and a shop that is made up; started once a module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from support.browser.chromium import chromium
from support.browser.pairing import pair
from support.browser.rig import Rig
from support.browser.shop import open_shop
from support.daemon import daemon


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def rig(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Rig]:
    """Chromium, paired."""
    folder = tmp_path_factory.mktemp("rig")
    with daemon(folder) as house:
        async with open_shop(folder) as shop, chromium(folder, shop.port) as browser:
            await pair(browser, house)
            yield Rig(browser, shop, house, folder)


@pytest_asyncio.fixture(loop_scope="module")
async def tidy(rig: Rig) -> AsyncIterator[None]:
    """The shop as it was, and no tab left open, after a test."""
    yield
    for page in rig.browser.context.pages[1:]:
        await page.close()
    rig.shop.served.clear()
    rig.shop.answers.clear()
    rig.shop.data.count, rig.shop.data.titles = 12, {}
    rig.shop.policy = ""
    rig.shop.dark, rig.shop.direction = False, "ltr"
