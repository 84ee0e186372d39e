"""S41 for an imported export: nothing in it sets what could do harm, at any depth. All input is constructed."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.api import Api
from support.shell import Shell

AT = "2026-03-01T00:00:00Z"
GOOD: dict[str, Any] = {
    "format": "parcelwarden-export",
    "version": "0.1.0",
    "settings": {"language": "es", "quiet_hours": {"from": "22:00", "until": "07:00"}},
    "sources": [{"source": "cainiao", "state": "ok"}],
    "parcels": [
        {
            "numbers": ["LP00190000000017"],
            "created_at": AT,
            "eta": {"earliest": "2026-03-02", "latest": "2026-03-05"},
            "events": [{"local_time": "2026-03-01T10:00:00", "at": AT}],
            "looks": [{"source": "cainiao", "number": "LP00190000000017"}],
        }
    ],
    "orders": [
        {
            "marketplace": "aliexpress",
            "order_id": "1",
            "created_at": AT,
            "updated_at": AT,
            "facts": {
                "paid_at": {
                    "value": {"printed": "Mar 1", "earliest": AT, "latest": AT},
                    "origin": "page",
                    "seen_at": AT,
                }
            },
            "rules": [{"kind": "made_up", "quote": "Made up.", "seen_at": AT}],
            "changes": [{"field": "paid_at", "before": None, "after": "2026-03-01", "origin": "user", "at": AT}],
            "alerts": [
                {
                    "key": "aliexpress/1:made:up:x",
                    "code": "dispute_open_now",
                    "params": {},
                    "severity": "notice",
                    "due_at": AT,
                    "helps_until": None,
                    "nag": False,
                    "state": "delivered",
                    "created_at": AT,
                    "deliveries": [{"channel": "desktop", "result": "delivered", "at": AT}],
                }
            ],
        }
    ],
}
HARMFUL = ["command", "on_alert", "webhook", "phone", "keys", "port", "host", "path", "config", "log_level", "token"]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every object in it, but those whose keys are names of their own (facts, params)."""
    if isinstance(value, dict):
        if path[-1:] not in (("facts",), ("params",)):
            yield path
        for name, inner in value.items():
            yield from places(inner, (*path, name))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from places(inner, (*path, n))


def at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


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
