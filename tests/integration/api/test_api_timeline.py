"""The picture over the API and by the command: a real store and server. Orders are constructed."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from support.api import Api, running
from support.scripted import House

PATH = "/v1/orders/aliexpress/8190000000000001/timeline.svg"


@pytest.fixture
async def full(tmp_path: Path, house: House) -> Api:  # type: ignore[misc]
    """A server with an order, its parcel looked at."""
    await house.add(numbers=["LP00190000000017"], title="Blue <lamp>")
    async with running(tmp_path, house) as api:
        yield api  # type: ignore[misc]


async def test_it_is_an_svg_under_the_strict_policy(full: Api) -> None:
    got = await full.call("GET", f"{PATH}?width=320", token=full.token)
    assert got.status == 200
    assert got.header("Content-Type") == "image/svg+xml"
    assert got.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'"
    svg = ET.fromstring(got.body)
    assert svg.get("width") == "320"
    assert "Blue <lamp>" in "".join(svg.itertext())


async def test_it_wants_a_token_and_an_order_that_is_watched(full: Api) -> None:
    assert (await full.call("GET", PATH, token=None)).status == 401
    assert (await full.call("GET", PATH.replace("8190", "7190"))).status == 404


@pytest.mark.parametrize("width", ["0", "279", "1601", "x"])
async def test_an_odd_width_is_refused(full: Api, width: str) -> None:
    got = await full.call("GET", f"{PATH}?width={width}")
    assert got.status == 400
    assert got.json["error"]["field"] == "width"


async def test_advice_names_its_path(full: Api) -> None:
    got = await full.call("GET", "/v1/advice?order=aliexpress/8190000000000001&order=aliexpress/none")
    assert got.json["orders"]["aliexpress/8190000000000001"]["timeline"] == PATH
    assert got.json["orders"]["aliexpress/none"]["timeline"] is None


async def test_the_evidence_pack_is_a_zip(full: Api) -> None:
    path = PATH.replace("timeline.svg", "evidence")
    assert (await full.call("GET", path, token=None)).status == 401
    got = await full.call("GET", path, token=full.token)
    assert got.header("Content-Type") == "application/zip"
    assert got.header("Content-Disposition") == 'attachment; filename="evidence-aliexpress-8190000000000001.zip"'
    assert {"README.txt", "statement.txt", "timeline.png", "scans.png", "answers.txt"} <= set(names(got.body))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()
