"""`export` and `import` of that file, `export --ics`, keys for calendars, on data directories of their own. All input is
constructed."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from icalendar import Calendar

from parcelwarden.cli import transfer
from support.daemon import daemon, quiet_config
from support.shell import Shell

Watched = Callable[..., Any]


@pytest.fixture
def other(tmp_path: Path) -> Shell:
    """An empty home."""
    return Shell(tmp_path / "other", quiet_config(tmp_path))


def test_an_import_of_an_export_gives_the_same_export(
    sh: Shell, watched: Watched, other: Shell, tmp_path: Path
) -> None:
    watched("shipped_at=2026-03-05", "delivery_due_at=2026-05-01", "--number", "RR123456785CN")
    sh("set", "8100000000000001", "received_at=2026-04-20")
    sh("add", "ebay/7", "paid_at=2026-03-01")
    sh("add", "LP00190000000017")
    file = tmp_path / "out.json"
    assert "2 orders, 2 parcels" in sh("export", "-o", str(file)).stdout
    first = json.loads(file.read_text())
    dry = other.json("import", "--dry-run", str(file))
    assert (dry["orders"], dry["parcels"]) == (2, 2)
    assert not other.data.exists()
    assert "2 orders, 2 parcels taken in" in other("import", str(file)).stdout
    assert json.loads(other("export").stdout) == first
    again = other.json("import", str(file))
    assert (again["orders"], len(again["kept"])) == (0, 4)
    assert json.loads(other("export").stdout) == first


def test_a_large_export_goes_in_pieces(
    sh: Shell, other: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = "\n".join(f"aliexpress/{n},{'RR123456785CN' if n % 2 else ''},2026-03-01" for n in range(1, 8))
    (tmp_path / "t.csv").write_text("order,number,paid_at\n" + table + "\n")
    sh("import", str(tmp_path / "t.csv"))
    file = tmp_path / "out.json"
    sh("export", "-o", str(file))
    monkeypatch.setattr(transfer, "CHUNK", 100)
    assert other.json("import", str(file))["orders"] == 7
    assert json.loads(other("export").stdout) == json.loads(file.read_text())


@pytest.mark.parametrize("cut", [50, -3, -200])
def test_a_broken_export_is_refused_whole(sh: Shell, watched: Watched, other: Shell, tmp_path: Path, cut: int) -> None:
    watched("--number", "RR123456785CN")
    file = tmp_path / "out.json"
    sh("export", "-o", str(file))
    file.write_bytes(file.read_bytes()[:cut])
    done = other("import", str(file), code=1)
    assert "not a whole export" in done.stderr
    assert other.json("list")["orders"] == []


def test_one_bad_order_keeps_all_out(
    sh: Shell, watched: Watched, other: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched("--number", "RR123456785CN")
    sh("add", "ebay/7", "paid_at=2026-03-01")
    file = tmp_path / "out.json"
    sh("export", "-o", str(file))
    made = json.loads(file.read_text())
    made["orders"][1]["facts"]["paid_at"]["value"] = "soon"
    file.write_text(json.dumps(made))
    monkeypatch.setattr(transfer, "CHUNK", 100)
    assert "paid_at" in other("import", str(file), code=1).stderr
    assert other.json("list")["orders"] == []


def test_the_dates_as_a_calendar(sh: Shell, watched: Watched, tmp_path: Path) -> None:
    watched("shipped_at=2100-03-05", "delivery_due_at=2100-05-01", "country=ES")
    text = sh("export", "--ics").stdout
    assert list(Calendar.from_ical(text).walk("VEVENT"))
    file = tmp_path / "dates.ics"
    assert "written to" in sh("export", "--ics", "-o", str(file)).stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    Calendar.from_ical(file.read_bytes())


def test_a_key_for_a_calendar_is_shown_as_its_address(tmp_path: Path) -> None:
    with daemon(tmp_path) as running:
        made = running.cli("token", "create", "phone", "--scope", "calendar")
        address = made.stdout.strip()
        port = running.runtime["port"]
        assert re.fullmatch(rf"http://127\.0\.0\.1:{port}/v1/calendar/pw_[\w-]{{43}}\.ics", address)
        (client,) = json.loads(running.cli("token", "list", "--json").stdout)["clients"]
        assert client["last_used_at"] is None
        assert urlopen(address, timeout=20).read().startswith(b"BEGIN:VCALENDAR")
        assert "just now" in running.cli("token", "list").stdout
        assert running.cli("token", "revoke", client["id"]).returncode == 0
        with pytest.raises(HTTPError) as refused:
            urlopen(address, timeout=20)
        refused.value.close()
        assert refused.value.code == 404


def test_the_last_use_of_each_client_is_shown(tmp_path: Path) -> None:
    with daemon(tmp_path) as running:
        token = running.cli("token", "create", "script").stdout.strip()
        assert "never" in running.cli("token", "list").stdout
        assert running.request("GET", "/v1/orders", token)[0] == 200
        assert "just now" in running.cli("token", "list").stdout
        assert "never" not in running.cli("token", "list").stdout
