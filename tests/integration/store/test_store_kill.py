"""A process that is killed while it writes leaves a sound file in which no state stands without its alert row."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from parcelwarden.adapters.store import verify

ROOT = Path(__file__).resolve().parents[3]
KILLS = 15

WRITER = """
import asyncio, sys
from pathlib import Path
from datetime import timedelta
from support.scripted import House, START, day
from parcelwarden.domain.model import OrderRef

async def main():
    house = await House(Path(sys.argv[1])).open()
    known = await house.store.read(lambda unit: unit.orders.count())
    print("ready", flush=True)
    for number in range(known, known + 10000):
        order_id = f"{number:016}"
        await house.add(order_id)
        due = day(41 + number % 20).date().isoformat()
        print("added", flush=True)
        await house.warden.change_order(OrderRef("aliexpress", order_id), {"delivery_due_at": due}, START)
        print("changed", flush=True)

asyncio.run(main())
"""


def killed(program: str, path: Path, lines: int) -> None:
    """Let a program write until it has said so many lines, then kill it while it goes on."""
    paths = {"PYTHONPATH": ":".join(str(ROOT / name) for name in ("daemon", "parsers", "tests"))}
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, env=paths)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    for _ in range(lines):
        process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_no_state_stands_without_its_alert_row(tmp_path: Path) -> None:
    written = 0
    for kill in range(KILLS):
        killed(WRITER, tmp_path, 3 + 2 * kill)
        path = tmp_path / "parcelwarden.db"
        copy = verify(path)
        assert copy.orders >= written
        written = copy.orders
        with sqlite3.connect(path) as conn:
            lonely = conn.execute(
                "SELECT count(*) FROM orders o WHERE NOT EXISTS (SELECT 1 FROM alerts a WHERE a.order_id = o.order_id "
                "AND a.state = 'pending' AND a.created_at = o.updated_at)"
            ).fetchone()
            stray = conn.execute(
                "SELECT count(*) FROM alerts a WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.order_id = a.order_id)"
            ).fetchone()
            half = conn.execute(
                "SELECT count(*) FROM orders o WHERE o.assessment IS NULL OR o.next_change_at IS NULL"
            ).fetchone()
        conn.close()
        assert (lonely, stray, half) == ((0,), (0,), (0,))
    assert written > KILLS


MIGRATOR = """
import sys
from pathlib import Path
from parcelwarden.adapters.store import migrate as module
from parcelwarden.adapters.store.store import connect
real, version = module.migrations(), module.version
numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
step = f"CREATE TABLE extra (id INTEGER); {numbers} INSERT INTO extra SELECT i FROM n;"
module.migrations = lambda: [*real, (real[-1][0] + 1, "next", step)]

def watched(db):
    db.conn.set_progress_handler(lambda: print("working", flush=True), 500_000)
    return version(db)

module.version = watched
print("ready", flush=True)
connect(Path(sys.argv[1]))
print("done", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_kill_during_a_migration_leaves_the_version_before_or_after(tmp_path: Path) -> None:
    from parcelwarden.adapters.store.migrate import migrations
    from parcelwarden.adapters.store.store import connect

    path = tmp_path / "data" / "parcelwarden.db"
    connect(path).close()
    versions = []
    newest = migrations()[-1][0]
    for kill in range(8):
        killed(MIGRATOR, path, kill)
        copy = verify(path)
        with sqlite3.connect(path) as conn:
            tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            rows = conn.execute("SELECT count(*) FROM extra").fetchone()[0] if "extra" in tables else None
        conn.close()
        assert (copy.version, rows) in ((newest, None), (newest + 1, 300000))
        versions.append(copy.version)
    assert versions == sorted(versions)
