"""A click on a note: the order's page from our own constants, else the dashboard; never an address that was read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from parcelwarden.adapters.opener import open_page
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.opening import order_page
from parcelwarden.services.warden import Options
from parcelwarden.wiring import daemon
from support.assessing import rules
from support.scripted import House, catalogues, routes


@pytest.mark.parametrize(
    ("shop", "order_id", "page"),
    [
        ("aliexpress", "8100000000000001", "https://www.aliexpress.com/p/order/detail.html?orderId=8100000000000001"),
        ("aliexpress", "8100000000000001&x=1", None),
        ("aliexpress", "--version", None),
        ("aliexpress", "٣٤٥٦٧٨٩", None),
        ("elsewhere", "8100000000000001", None),
    ],
)
def test_the_page_is_built_from_our_own_words(shop: str, order_id: str, page: str | None) -> None:
    assert order_page(OrderRef(shop, order_id)) == page


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="xdg-open is of free desktops")
@pytest.mark.parametrize(("code", "opened"), [(0, True), (3, False)])
async def test_the_desktop_is_given_the_address_as_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, opened: bool
) -> None:
    stand_in = tmp_path / "xdg-open"
    stand_in.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > "{tmp_path}/given"\nexit {code}\n')
    stand_in.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await open_page("http://127.0.0.1:8377/#code=a b;c") is opened
    assert (tmp_path / "given").read_text() == "1\nhttp://127.0.0.1:8377/#code=a b;c\n"


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="xdg-open is of free desktops")
async def test_a_machine_without_an_opener_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert await open_page("http://127.0.0.1:8377/") is False


@pytest.mark.parametrize(
    ("shop", "page"),
    [
        ("aliexpress", "https://www.aliexpress.com/p/order/detail.html?orderId=8190000000000001"),
        ("elsewhere", "http://127.0.0.1:8377/#code=x"),
    ],
)
async def test_a_click_opens_the_order_and_settles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shop: str, page: str
) -> None:
    opened: list[str] = []

    async def opener(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr(daemon, "open_page", opener)
    house = await House(tmp_path / "data").open()
    try:
        warden = daemon.DaemonWarden(
            house.store, rules(), house.fetcher, house.reader, (house.desktop,), catalogues(),
            Options(routes=routes()),
        )  # fmt: skip
        warden.home = lambda: "http://127.0.0.1:8377/#code=x"
        await house.add(marketplace=shop)
        before = await house.store.read(lambda unit: unit.alerts.of_order(OrderRef(shop, "8190000000000001")))
        await warden.act(before[0].id, "default")
        assert opened == [page]
        after = await house.store.read(lambda unit: unit.alerts.of_order(OrderRef(shop, "8190000000000001")))
        assert after == before
        await warden.act(10**9, "default")
        await warden.act(before[0].id, "elsewhat")
        assert opened[1:] == ["http://127.0.0.1:8377/#code=x"]
        await warden.close()
    finally:
        await house.close()
