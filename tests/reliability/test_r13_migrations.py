"""R13: a database of every released schema is brought up to date with a backup; a kill in the middle is survived."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database

from parcelwarden.adapters.store import restore, verify
from parcelwarden.adapters.store.migrate import migrate, migrations
from parcelwarden.adapters.store.store import connect
from parcelwarden.services.errors import Unavailable
from support.killing import killed
from support.scripted import House, day

NEWEST = migrations()[-1][0]

MIGRATOR = """
import sys
from pathlib import Path
from parcelwarden.adapters.store import migrate as module
from parcelwarden.adapters.store.store import connect
real, version = module.migrations(), module.version
numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
step = f"CREATE TABLE extra_rows (id INTEGER); {numbers} INSERT INTO extra_rows SELECT i FROM n;"
module.migrations = lambda: [*real, (real[-1][0] + 1, "next", step)]

def watched(db):
    db.conn.set_progress_handler(lambda: print("working", flush=True), 500_000)
    return version(db)

module.version = watched
print("ready", flush=True)
connect(Path(sys.argv[1])).close()
print("done", flush=True)
"""


@pytest.mark.parametrize("released", range(1, NEWEST + 1))
async def test_r13_every_released_schema_is_migrated_with_a_backup(tmp_path: Path, released: int) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    path.parent.mkdir(mode=0o700)
    db = Database(path)
    migrate(db, path, [step for step in migrations() if step[0] <= released])
    db.close()
    for made in path.parent.glob("*.bak"):
        made.unlink()
    house = await House(path.parent).open()
    await house.add()
    await house.tick(day(34))
    assert len(house.desktop.sent) == 1
    await house.close()
    assert verify(path).version == NEWEST
    backups = sorted(path.parent.glob("*.bak"))
    assert [verify(copy).version for copy in backups] == list(range(released, NEWEST))


async def test_r13_a_newer_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    connect(path).close()
    with sqlite3.connect(path) as conn:
        conn.execute(f"PRAGMA user_version = {NEWEST + 1}")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="newer parcelwarden.*restore BACKUP"):
        connect(path)
    assert path.read_bytes() == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
async def test_r13_a_kill_in_the_middle_leaves_the_version_before_or_after(tmp_path: Path) -> None:
    house = await House(tmp_path / "data").open()
    await house.add()
    await house.close()
    path = house.path
    versions = []
    for kill in (0, 1, 2, 3, 5, 7):
        killed(MIGRATOR, path, kill)
        copy = verify(path)
        with sqlite3.connect(path) as conn:
            tables = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            held = conn.execute("SELECT count(*) FROM extra_rows").fetchone()[0] if "extra_rows" in tables else None
        conn.close()
        assert (copy.version, held) in ((NEWEST, None), (NEWEST + 1, 300000))
        assert copy.orders == 1
        versions.append(copy.version)
    assert versions == sorted(versions)
    backup = path.with_name(f"{path.name}.v{NEWEST}.bak")
    if versions[-1] > NEWEST:
        assert (verify(backup).version, verify(backup).orders) == (NEWEST, 1)
        restore(backup, path)
        await house.open()
        await house.tick(day(34))
        assert len(house.desktop.sent) == 1
        await house.close()
