"""The examples of the API in the documents are run against a running daemon: every `curl` line of the README, and the
recipe for Home Assistant. Orders are constructed."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from support.daemon import RunningDaemon, daemon

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
RECIPE = (ROOT / "docs" / "HOME_ASSISTANT.md").read_text("utf-8")
CURLS = [line[2:] for line in README.splitlines() if line.startswith("$ curl ")]
ORDER = (
    "placed_at=2026-10-20",
    "shipped_at=2026-10-22",
    "delivery_due_at=2026-12-01",
    "country=ES",
    "title=phone case",
)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningDaemon, str]]:
    """A daemon with the README's order, and a token to read and write."""
    with daemon(tmp_path_factory.mktemp("docs")) as one:
        assert one.cli("add", "aliexpress/8100000000000001", *ORDER).returncode == 0
        made = one.cli("token", "create", "my-script", "--scope", "read", "--scope", "write")
        yield one, made.stdout.strip()


def asked(line: str, port: int, token: str) -> tuple[HTTPConnection, HTTPResponse]:
    """What `curl` would ask; only the switches that the examples use are known."""
    words = iter(shlex.split(line.replace("8377", str(port)).replace("TOKEN", token))[1:])
    method, headers, data, url = "", {}, None, ""
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = next(words)
        elif word == "-d":
            data = next(words)
        elif word != "-N":
            url = word
    at = urlsplit(url)
    connection = HTTPConnection(at.hostname or "", at.port, timeout=20)
    target = f"{at.path}?{at.query}" if at.query else at.path
    connection.request(method or ("POST" if data else "GET"), target, body=data, headers=headers)
    return connection, connection.getresponse()


def test_there_are_examples() -> None:
    assert len(CURLS) >= 6
    assert all("Bearer TOKEN" in line for line in CURLS)


@pytest.mark.parametrize("line", CURLS)
def test_every_curl_line_of_the_readme_is_answered(running: tuple[RunningDaemon, str], line: str) -> None:
    one, token = running
    connection, answer = asked(line, one.runtime["port"], token)
    try:
        assert answer.status == 200, answer.read()
        if "/v1/stream" in line:
            assert b"event: start" in answer.readline() + answer.readline()
            return
        body = answer.read()
        assert b"parcelwarden_orders" in body if "/v1/metrics" in line else json.loads(body)
    finally:
        connection.close()


def at(value: Any, path: str) -> Any:
    """The value at `orders[0].advice.act_by`. Raises `KeyError`, `IndexError` where there is none."""
    for name, index in re.findall(r"\.?([a-z_]+)|\[(\d+)\]", path):
        value = value[int(index)] if index else value[name]
    return value


TEMPLATE = re.compile(
    r"value_json\.(?P<path>[\w.\[\]]+)(?P<length> \| length)?(?:(?P<some> > 0)|(?P<there> is not none))?"
)


def rendered(template: str, answer: Any) -> Any:
    """A template of the recipe; only the forms that it uses are known. What follows an `and` is looked at where what
    stands before it holds."""
    value = None
    for part in template.removeprefix("{{ ").removesuffix(" }}").split(" and "):
        found = TEMPLATE.fullmatch(part)
        assert found, template
        value = at(answer, found["path"])
        value = len(value) if found["length"] else value
        value = value > 0 if found["some"] else value is not None if found["there"] else value
        if value is False:
            break
    return value


@pytest.mark.parametrize(
    "answer", [{"orders": []}, {"orders": [{"advice": {"act_by": None}}]}], ids=["no order", "no date"]
)
def test_the_recipe_says_when_there_is_no_date(answer: Any) -> None:
    """Home Assistant takes no timestamp that is none."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```", RECIPE, re.S | re.M)
    sensors = [sensor for rest in yaml.safe_load(block)["rest"] for sensor in rest["sensor"]]
    dated = [sensor for sensor in sensors if sensor.get("device_class") == "timestamp"]
    assert [rendered(sensor["availability"], answer) for sensor in dated] == [False]


def test_the_recipe_for_home_assistant_works(running: tuple[RunningDaemon, str]) -> None:
    one, token = running
    (block,) = re.findall(r"^```yaml\n(.*?)^```", RECIPE, re.S | re.M)
    seen = {}
    for rest in yaml.safe_load(block)["rest"]:
        at_url = urlsplit(rest["resource"])
        assert at_url.netloc == "127.0.0.1:8377"
        bearer = rest["headers"]["Authorization"].replace("TOKEN", token).removeprefix("Bearer ")
        status, answer = one.request("GET", f"{at_url.path}?{at_url.query}", bearer)
        assert status == 200
        for sensor in rest["sensor"]:
            if "availability" in sensor:
                assert rendered(sensor["availability"], answer) is True
            seen[sensor["unique_id"]] = rendered(sensor["value_template"], answer)
            if "json_attributes_path" in sensor:
                holder = at(answer, sensor["json_attributes_path"].removeprefix("$"))
                assert set(sensor["json_attributes"]) <= set(holder)
    assert seen["parcelwarden_advice"] in ("info", "notice", "warning", "critical")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", seen["parcelwarden_act_by"])
    assert isinstance(seen["parcelwarden_critical"], int)
    assert "parcelwarden token create home-assistant --scope read" in RECIPE


def test_the_recipe_wants_no_more_than_reading(running: tuple[RunningDaemon, str]) -> None:
    one, _ = running
    token = one.cli("token", "create", "home-assistant", "--scope", "read").stdout.strip()
    assert one.request("GET", "/v1/orders?limit=1", token)[0] == 200
    assert one.request("PATCH", "/v1/settings", token, {"digest": "daily"})[0] == 403
