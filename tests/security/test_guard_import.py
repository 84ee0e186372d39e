"""S41 for an imported export: nothing in it sets what could do harm, at any depth. All input is constructed."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from support.api import Api
from support.exports import AT, GOOD, at, places
from support.shell import Shell

HARMFUL = ["command", "on_alert", "webhook", "phone", "keys", "port", "host", "path", "config", "log_level", "token"]


async def state(api: Api) -> Any:
    return [(await api.call("GET", path)).json for path in ("/v1/settings", "/v1/orders", "/v1/parcels", "/v1/clients")]


async def test_s41_the_good_one_is_taken(api: Api) -> None:
    got = await api.call("POST", "/v1/import", json_body=GOOD)
    assert (got.status, got.json["orders"], got.json["parcels"]) == (200, 1, 1)


@pytest.mark.parametrize("path", list(places(GOOD)), ids=lambda p: ".".join(map(str, p)) or "top")
async def test_s41_an_import_sets_nothing_harmful_anywhere(api: Api, path: tuple[str | int, ...]) -> None:
    before = await state(api)
    for name in HARMFUL:
        bad = copy.deepcopy(GOOD)
        at(bad, path)[name] = "http://example.test/"
        got = await api.call("POST", "/v1/import", json_body=bad)
        assert (got.status, got.code) == (400, "invalid"), name
        assert name in str(got.json["error"]["field"])
    assert api.warden.writes == 0
    assert await state(api) == before


@pytest.mark.parametrize("name", HARMFUL)
async def test_s41_a_fact_of_such_a_name_is_none(api: Api, name: str) -> None:
    bad = copy.deepcopy(GOOD)
    bad["orders"][0]["facts"][name] = {"value": "x", "origin": "user", "seen_at": AT}
    got = await api.call("POST", "/v1/import", json_body=bad)
    assert (got.status, got.code) == (400, "invalid")
    assert api.warden.writes == 0


async def test_s41_only_the_owner_imports(api: Api) -> None:
    for token, status in ((api.token, 403), (None, 401)):
        assert (await api.call("POST", "/v1/import", json_body=GOOD, token=token)).status == status
    assert api.warden.writes == 0


def test_s41_the_command_takes_none_either_and_the_configuration_stays(tmp_path: Path) -> None:
    import json

    from support.daemon import quiet_config

    sh = Shell(tmp_path / "data", quiet_config(tmp_path))
    config = sh.config.read_bytes()
    bad = copy.deepcopy(GOOD)
    bad["settings"]["webhook"] = "http://example.test/"
    (tmp_path / "bad.json").write_text(json.dumps(bad))
    for mode in ([], ["--dry-run"]):
        assert "webhook" in sh("import", *mode, str(tmp_path / "bad.json"), code=1).stderr
    assert sh.config.read_bytes() == config
    assert sh.json("list")["orders"] == []
