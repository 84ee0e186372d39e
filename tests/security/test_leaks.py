"""S38: a token, a tracking number and a person's name, followed through the real daemon. All of them are constructed."""

from __future__ import annotations

import json
import sqlite3
import sys
from pathlib import Path

import pytest

from support.daemon import daemon

NUMBER = "LX123456785CN"
ORDER_ID = "8100000000000001"
PERSON, PHONE, MAIL = "Quilla Zorvane", "+34 600 123 987", "quilla@zorvane.example"
PAGE = json.dumps(
    {
        "module": [
            {
                "mailNo": NUMBER,
                "status": "DELIVERED",
                "destCountry": "Spain",
                "receiver": {"name": PERSON, "phone": PHONE},
                "detailList": [
                    {
                        "time": 1767261600000,
                        "timeStr": "2026-01-01 10:00:00",
                        "desc": f"Signed by: {PERSON}, tel {PHONE}, {MAIL}",
                        "standerdDesc": f"Signed by: {PERSON}",
                        "actionCode": "GTMS_SIGNED",
                    }
                ],
            }
        ],
        "success": True,
    }
)


@pytest.fixture
def lived(tmp_path: Path) -> tuple[str, str, tuple[str, ...]]:
    """A daemon's life with everything that could leak: commands, a capture, a client, wrong calls, a crash in a
    handler. Answers the log, the output of `doctor`, the tokens."""
    log = tmp_path / "log"
    with log.open("w") as stderr, daemon(tmp_path, stderr=stderr) as running:
        admin = running.runtime["admin_token"]
        added = running.cli("add", f"aliexpress/{ORDER_ID}", "paid_at=2026-01-01", "--number", NUMBER)
        assert added.returncode == 0
        script = json.loads(running.cli("token", "create", "x", "--scope", "read", "--json").stdout)["token"]
        captured = {"url": "https://global.cainiao.com/", "kind": "carrier_page", "form": "json", "body": PAGE}
        status, answer = running.request("POST", "/v1/captures", admin, captured)
        assert (status, answer.get("parcels")) == (200, [NUMBER])
        with sqlite3.connect(running.data / "parcelwarden.db", timeout=10) as other:
            other.execute("UPDATE orders SET facts = ?", (f'{{"{NUMBER}": "{PERSON}"}}',))
        other.close()
        for token in (admin, script, f"{script}x", f"{admin}x"):
            running.request("GET", f"/v1/orders/aliexpress/{ORDER_ID}?token={token}", token)
            running.request("GET", f"/v1/parcels/{NUMBER}/{token}", token)
        failed, problem = running.request("GET", f"/v1/orders/aliexpress/{ORDER_ID}", admin)
        assert failed == 500
        assert set(problem["error"]) == {"code", "message", "id"}
        assert problem["error"]["id"] in log.read_text()
        doctor = running.cli("doctor")
        files = {path.name for path in running.data.iterdir()}
        assert "parcelwarden.db-wal" in files
        kept = b"".join(p.read_bytes() for p in running.data.iterdir() if p.name != "runtime.json" and p.is_file())
        for secret in (admin, script):
            assert secret.encode() not in kept, "a token stands in the database or its journal"
        kept = kept.replace(f'{{"{NUMBER}": "{PERSON}"}}'.encode(), b"")
        for secret in (PERSON, PHONE, MAIL):
            assert secret.encode() not in kept, "a person stands in the database or its journal"
        running.process.kill()
        running.process.wait()
        after = running.cli("list")
    return log.read_text() + after.stdout + after.stderr, doctor.stdout + doctor.stderr, (admin, script)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="reads a database that is open")
def test_s38_nothing_leaks(lived: tuple[str, str, tuple[str, ...]]) -> None:
    log, doctor, tokens = lived
    assert "Traceback" in log, "the crash was not logged"
    for secret in (*tokens, PERSON, PHONE, MAIL, NUMBER):
        assert secret not in log
        assert secret not in doctor
    assert ORDER_ID not in doctor
