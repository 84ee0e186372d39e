"""S41: no route sets what could do harm. All input is constructed."""

from __future__ import annotations

import pytest

from support.api import Api

HARMFUL = [
    "command",
    "commands",
    "on_alert",
    "webhook",
    "webhook_url",
    "phone",
    "targets",
    "keys",
    "carrier_keys",
    "port",
    "host",
    "data",
    "config",
    "path",
    "log_level",
    "sources",
    "configured",
    "__class__",
]


@pytest.mark.parametrize("name", HARMFUL)
async def test_s41_harmful_settings_are_not_known(api: Api, name: str) -> None:
    before = (await api.call("GET", "/v1/settings")).body
    got = await api.call("PATCH", "/v1/settings", json_body={"language": "de", name: "x"})
    assert (got.status, got.code, got.json["error"]["field"]) == (400, "invalid", name)
    assert (await api.call("GET", "/v1/settings")).body == before
    assert api.warden.writes == 0


@pytest.mark.parametrize("name", HARMFUL)
async def test_s41_captures_carry_none_either(api: Api, name: str) -> None:
    capture = {"url": "https://x.test/", "kind": "text", "form": "text", "body": "x", name: "x"}
    got = await api.call("POST", "/v1/captures", json_body=capture)
    assert (got.status, got.code) == (400, "invalid")
    assert api.warden.writes == 0


async def test_s41_what_is_configured_is_only_said_to_be_set(api: Api) -> None:
    assert (await api.call("GET", "/v1/settings")).json["configured"] == {"keys": True, "phone": False}


async def test_s41_the_harmless_ones_change(api: Api) -> None:
    harmless = {
        "language": "pt-BR",
        "quiet_hours": {"from": "22:00", "until": "07:30"},
        "lead_hours": [168, 24],
        "digest": "daily",
        "digest_time": "18:30",
        "sites": ["aliexpress"],
        "relay": False,
    }
    got = await api.call("PATCH", "/v1/settings", json_body=harmless)
    assert got.status == 200, got.body
    assert {name: got.json[name] for name in harmless} == harmless
    got = await api.call("PATCH", "/v1/settings", json_body={"digest": None})
    assert (got.json["digest"], got.json["language"]) == (None, "pt-BR")
