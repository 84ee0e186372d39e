"""The database's files: who may read them, what stands in them, copies, and what is refused."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parcelwarden.adapters.store import SqliteStore, backup, restore, verify
from parcelwarden.adapters.store.files import create
from parcelwarden.adapters.store.migrate import migrate, migrations
from parcelwarden.adapters.store.store import connect, look_through
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.errors import Conflict, Invalid, Unavailable
from parcelwarden.services.records import OrderRecord

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
posix = pytest.mark.skipif(sys.platform == "win32", reason="file modes are POSIX")


def order(number: int = 1) -> OrderRecord:
    return OrderRecord(ref=OrderRef("aliexpress", str(number)), created_at=NOW, updated_at=NOW)


@pytest.fixture
def no_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@posix
@pytest.mark.usefixtures("no_umask")
async def test_files_are_the_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    store = await SqliteStore.open(path)
    await store.write(lambda unit: unit.orders.put(order()))
    modes = {name.name: name.stat().st_mode & 0o777 for name in path.parent.iterdir()}
    assert modes == {"parcelwarden.db": 0o600, "parcelwarden.db-wal": 0o600, "parcelwarden.db-shm": 0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    copy = await store.backup(tmp_path / "copy.db")
    assert copy.path.stat().st_mode & 0o777 == 0o600
    await store.close()


@posix
async def test_files_that_others_could_read_are_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    await (await SqliteStore.open(path)).close()
    path.chmod(0o644)
    path.parent.chmod(0o755)
    await (await SqliteStore.open(path)).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@posix
def test_a_file_is_created_exclusively_not_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        create(tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


async def test_the_connection_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data" / "parcelwarden.db")
    pragmas = await store.read(
        lambda unit: {
            name: store._db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "user_version")
        }
    )
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "user_version": migrations()[-1][0],
    }
    await store.close()


async def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    await (await SqliteStore.open(path)).close()
    with sqlite3.connect(path) as conn:
        conn.execute("PRAGMA user_version = 999")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(Unavailable, match=r"newer parcelwarden \(version 999"):
        await SqliteStore.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
async def test_what_is_no_database_is_refused_with_what_to_do(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    path.parent.mkdir()
    path.write_bytes(damage)
    with pytest.raises(Unavailable, match="restore"):
        await SqliteStore.open(path)
    assert path.read_bytes() == damage


async def test_a_damaged_page_is_found(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    store = await SqliteStore.open(path)
    await store.write(lambda unit: [unit.orders.put(order(n)) for n in range(2000)])
    await store.close()
    data = bytearray(path.read_bytes())
    for page in range(80, 100):
        data[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(data)
    with pytest.raises(Unavailable, match="damaged.* restore BACKUP") as told:
        await SqliteStore.open(path)
    assert "\n" not in str(told.value)
    copies = path.parent / "backups"
    copies.mkdir()
    for name in ("parcelwarden-20260101T000000Z.db", "parcelwarden-20260201T000000Z.db"):
        (copies / name).touch()
    os.utime(copies / "parcelwarden-20260101T000000Z.db", (0, 0))
    with pytest.raises(Unavailable, match=r"restore \S*/backups/parcelwarden-20260201T000000Z\.db"):
        await SqliteStore.open(path)
    with pytest.raises(Invalid, match="damaged"):
        verify(path)


async def test_the_look_for_damage_takes_no_longer_than_it_may(tmp_path: Path) -> None:
    """A file that is too large to be read through at the start is opened; damage is told when it is met."""
    path = tmp_path / "data" / "parcelwarden.db"
    store = await SqliteStore.open(path)
    await store.write(lambda unit: [unit.orders.put(order(n)) for n in range(2000)])
    assert await store.read(lambda unit: look_through(store._db, path)) is True
    assert await store.read(lambda unit: look_through(store._db, path, seconds=-1)) is False
    await store.write(lambda unit: unit.orders.put(order(2001)))
    await store.close()
    data = bytearray(path.read_bytes())
    for page in range(80, 100):
        data[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("parcelwarden.adapters.store.store.look_through", lambda db, path: False)
        store = await SqliteStore.open(path)
    with pytest.raises(Unavailable, match="damaged"):
        await store.read(lambda unit: [unit.orders.many([OrderRef("aliexpress", str(n))]) for n in range(2000)])
    await store.close()


async def test_a_migration_is_preceded_by_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    store = await SqliteStore.open(path)
    await store.write(lambda unit: unit.orders.put(order()))
    await store.close()
    assert list(path.parent.iterdir()) == [path]
    db = connect(path)
    newest = migrations()[-1][0]
    steps = [
        *migrations(),
        (newest + 1, "next", "ALTER TABLE orders ADD COLUMN extra TEXT; CREATE INDEX x ON orders (extra);"),
    ]
    made = migrate(db, path, steps)
    assert db.execute("PRAGMA user_version").fetchone()[0] == newest + 1
    db.close()
    assert made == [path.with_name(f"parcelwarden.db.v{newest}.bak")]
    copy = verify(made[0])
    assert (copy.version, copy.orders) == (newest, 1)


def test_a_migration_that_fails_half_way_leaves_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    db = connect(path)
    newest = migrations()[-1][0]
    steps = [*migrations(), (newest + 1, "next", "CREATE TABLE extra (id INTEGER); CREATE TABLE orders (id INTEGER);")]
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, path, steps)
    assert db.execute("PRAGMA user_version").fetchone()[0] == newest
    assert "extra" not in db.table_names()
    db.close()


async def test_a_backup_is_verified_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    store = await SqliteStore.open(path)
    await store.write(lambda unit: unit.orders.put(order()))
    copy = await store.backup(tmp_path / "copy.db")
    assert (copy.orders, copy.parcels, copy.alerts) == (1, 0, 0)
    with pytest.raises(Conflict):
        await store.backup(tmp_path / "copy.db")
    await store.write(lambda unit: unit.orders.put(order(2)))
    await store.close()
    assert restore(tmp_path / "copy.db", path).orders == 1
    store = await SqliteStore.open(path)
    assert await store.read(lambda unit: unit.orders.count()) == 1
    await store.close()
    assert verify(path.with_name("parcelwarden.db.before-restore")).orders == 2
    assert not [name for name in path.parent.iterdir() if name.name.endswith(".part")]


@pytest.mark.parametrize("content", [None, b"", b"nonsense" * 1000])
async def test_a_bad_backup_is_refused_before_anything_is_touched(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "data" / "parcelwarden.db"
    await (await SqliteStore.open(path)).close()
    before = path.read_bytes()
    source = tmp_path / "copy.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(Invalid):
        restore(source, path)
    assert path.read_bytes() == before


def test_a_disk_fault_during_a_backup_leaves_nothing_behind(tmp_path: Path) -> None:
    db = connect(tmp_path / "data" / "parcelwarden.db")
    with pytest.raises(Unavailable):
        backup(db, tmp_path / "no" / "such" / "copy.db")
    db.close()
