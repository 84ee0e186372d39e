"""The checks of `doctor`: each yields findings, and none raises for what it is there to find."""

from __future__ import annotations

import asyncio
import platform
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from parcelwarden import __version__
from parcelwarden.adapters.errors import CannotRun, Held
from parcelwarden.adapters.lock import DataLock
from parcelwarden.adapters.logs import mask
from parcelwarden.adapters.paths import DataDir, config_file, data_dir, refuse_link
from parcelwarden.cli.output import count

LIBRARIES = ("aiohttp", "APScheduler", "sqlite-utils", "msgspec", "click")


SECRETS = ("keys", "phone", "webhook", "command")
"""What of `config.toml` can hold keys, tokens or addresses that are as good as one."""


class Finding(NamedTuple):
    """`level` is ok, warn or bad."""

    level: str
    what: str
    text: str


def redacted(text: str) -> str:
    """The text without the user's name in paths, tokens, numbers."""
    return mask(text.replace(str(Path.home()), "~"))


def program() -> Iterator[Finding]:
    """Versions and the system."""
    yield Finding("ok", "program", f"parcelwarden {__version__}, Python {platform.python_version()}, {sys.platform}")
    yield Finding("ok", "libraries", ", ".join(f"{name} {_version(name)}" for name in LIBRARIES))


def directory(chosen: Path | None) -> Iterator[Finding]:
    """The data directory: there, and closed to others."""
    place = data_dir(chosen)
    if not place.root.exists():
        yield Finding("warn", "data", f"{place.root} is not there yet; the first start makes it")
        return
    mode = stat.S_IMODE(place.root.stat().st_mode)
    text = f"{place.root} (mode {mode:04o})"
    if mode & 0o077 and sys.platform != "win32":
        yield Finding("bad", "data", f"{text}: others can look into it; the next start closes it, or chmod 700")
        return
    yield Finding("ok", "data", text)


def configuration(chosen: Path | None) -> Iterator[Finding]:
    """The configuration: readable and understood, and every source that it names is one."""
    from parcelparsers.registry import source_ids
    from parcelwarden.adapters.config import load_config

    file = config_file(chosen)
    try:
        config = load_config(file, required=chosen is not None)
    except CannotRun as fault:
        yield Finding("bad", "config", str(fault))
        return
    known = {*source_ids()}
    for unknown in sorted({*config.sources.enabled, *config.sources.disabled} - known):
        yield Finding("warn", "config", f"[sources] no source is called {unknown!r}; see: parcelwarden sources")
    if not config.keys.keys() <= known:  # what stands there may be the key itself: it is not printed
        yield Finding("warn", "config", "[keys] a name there is no source's; see: parcelwarden sources")
    held = [name for name in SECRETS if getattr(config, name) != getattr(type(config)(), name)]
    if held and sys.platform != "win32" and file.stat().st_mode & 0o077:
        text = f"{file} holds what is secret ({', '.join(held)}) and others can read it; close it with chmod 600"
        yield Finding("warn", "config", text)
        return
    yield Finding("ok", "config", str(file) if file.exists() else f"{file} is not there; all defaults")


def daemon(chosen: Path | None) -> Iterator[Finding]:
    """Whether the daemon runs, and what ails it."""
    from parcelwarden.cli.backend import running

    place = data_dir(chosen)
    try:
        way = running(place)
    except CannotRun as fault:
        yield Finding("bad", "daemon", str(fault))
        return
    if way is None:
        yield Finding("warn", "daemon", "not running: nobody looks and nobody warns; start it with `parcelwarden run`")
        return
    status, answer = way.request("GET", "/v1/status", {}, None)
    if status != 200:
        yield Finding("bad", "daemon", f"answers {status} to its owner; restart it")
        return
    yield Finding("ok", "daemon", "running")
    _, found = way.request("GET", "/v1/sources", {}, None)
    for source in found["sources"]:
        if source["state"] in ("failing", "walled"):
            last = source["last_ok_at"] or "never"
            yield Finding("warn", f"source {source['id']}", f"{source['state']}, last answer {last}")
        if source["changed_since"]:
            text = f"seems to have changed ({source['changed_how']}) since {source['changed_since']}; what was known is kept"
            yield Finding(
                "warn", f"source {source['id']}", f"{text}; for a report: doctor --sample {source['id']} FILE"
            )
    for name, channel in answer["health"]["channels"].items():
        if channel["error"]:
            yield Finding("warn", f"channel {name}", channel["error"])
    if answer["flagged"]:
        yield Finding("warn", "tokens", f"used from a foreign page: {', '.join(answer['flagged'])}")


def database(chosen: Path | None) -> Iterator[Finding]:
    """The database: sound, when nobody holds it."""
    place = data_dir(chosen)
    try:
        refuse_link(place.database)
        if not place.database.exists():
            yield Finding("warn", "database", "not there yet; the first start makes it")
            return
        with DataLock(place.lock):
            yield _verified(place)
    except Held:
        yield Finding("ok", "database", "in use by the daemon")
    except CannotRun as fault:
        yield Finding("bad", "database", str(fault))


def desktop() -> Iterator[Finding]:
    """Whether a notification daemon answers; nothing is shown."""
    if sys.platform in ("darwin", "win32"):
        yield Finding("ok", "desktop", "use `parcelwarden notify-test` to see a note")
        return
    from parcelwarden.adapters.notifiers.dbus import server_name
    from parcelwarden.services.ports import NotifyFailed

    try:
        yield Finding("ok", "desktop", f"notifications are shown by {asyncio.run(server_name())}")
    except NotifyFailed as fault:
        yield Finding("warn", "desktop", f"notifications cannot be shown: {fault}")


def _verified(place: DataDir) -> Finding:
    from parcelwarden.adapters.store import verify
    from parcelwarden.services.errors import ServiceError

    try:
        copy = verify(place.database)
    except ServiceError as fault:
        return Finding("bad", "database", f"{fault}; put a copy back with `parcelwarden restore FILE`")
    held = f"{count(copy.orders, 'order')}, {count(copy.parcels, 'parcel')}"
    return Finding("ok", "database", f"sound, version {copy.version}, {held}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
