"""The parts that the daemon and a lone command share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from parcelparsers import Source
from parcelparsers.source import Access, Evidence
from parcelwarden.adapters.config import Config, load_config
from parcelwarden.adapters.machine_zone import machine_zone
from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.adapters.notifiers.command import CommandNotifier
from parcelwarden.adapters.notifiers.common import OnAction, no_action
from parcelwarden.adapters.notifiers.desktop import desktop_notifier
from parcelwarden.adapters.notifiers.log import LogNotifier
from parcelwarden.adapters.notifiers.phone import PhoneNotifier
from parcelwarden.adapters.notifiers.webhook import WebhookNotifier
from parcelwarden.adapters.painter import to_png
from parcelwarden.adapters.paths import DataDir, config_file, make_private
from parcelwarden.adapters.rules_loader import load_rules
from parcelwarden.adapters.store import SqliteStore
from parcelwarden.api.context import Context
from parcelwarden.api.own import Own
from parcelwarden.services.access import Access as Door
from parcelwarden.services.feed import Feed
from parcelwarden.services.ports import Fetcher, Notifier, Reader, Store, Unit
from parcelwarden.services.routes import Routes
from parcelwarden.services.warden import Options, Warden

BackUp = Callable[[datetime], Awaitable[dict[str, Any]]]

T = TypeVar("T")
W = TypeVar("W", bound=Warden)


def read_config(chosen: Path | None) -> Config:
    """The configuration: the named file, which must be there, or the platform's. Raises `ConfigError`."""
    return load_config(config_file(chosen), required=chosen is not None)


def notifiers(config: Config, on_action: OnAction = no_action) -> tuple[Notifier, ...]:
    """The channels that are set up, the log last."""
    found: list[Notifier] = []
    if config.desktop.enabled:
        found.append(desktop_notifier(on_action, timeout=config.desktop.timeout_seconds))
    if config.phone.targets:
        found.append(PhoneNotifier(config.phone.targets))
    if config.webhook.url:
        webhook = config.webhook
        found.append(WebhookNotifier(webhook.url, webhook.secret or None, timeout=webhook.timeout_seconds))
    if config.command.argv:
        found.append(CommandNotifier(config.command.argv, timeout=config.command.timeout_seconds))
    return (*found, LogNotifier())


class ConfiguredRoutes(Routes):
    """Sources as `config.toml` has them: switched off, switched on although only documented, with the user's key."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self._config = config
        keyed = (self.pollable(source_id) for source_id in config.keys)
        self.everywhere = tuple(source.id for source in keyed if source and not source.countries)

    def pollable(self, source_id: str) -> Source | None:
        """The source, when the daemon may ask it by itself."""
        chosen = self._config.sources
        if source_id in chosen.disabled:
            return None
        if source_id not in chosen.enabled and source_id not in self._config.keys:
            return super().pollable(source_id)
        found = self.source(source_id)
        if found is None or found.ask is None or found.needs or found.access not in (Access.KEYLESS, Access.KEY):
            return None
        has_key = found.access is Access.KEYLESS or source_id in self._config.keys
        sure = found.evidence is Evidence.CAPTURED or source_id in chosen.enabled
        return found if has_key and sure else None


class WatchedStore:
    """A store that tells when something was written. Implements `Store`."""

    def __init__(self, store: Store, written: Callable[[], None]) -> None:
        self._store = store
        self._written = written

    async def write(self, work: Callable[[Unit], T]) -> T:
        """As the store does, then tell."""
        result = await self._store.write(work)
        self._written()
        return result

    async def read(self, work: Callable[[Unit], T]) -> T:
        """As the store does."""
        return await self._store.read(work)

    async def close(self) -> None:
        """As the store does."""
        await self._store.close()


def make_warden(
    kind: type[W], store: Store, config: Config, fetcher: Fetcher, reader: Reader, channels: Sequence[Notifier]
) -> W:
    """The verbs on these parts, with the rules and sentences that are shipped, in this machine's zone."""
    options = Options(zone=machine_zone, routes=ConfiguredRoutes(config))
    return kind(store, load_rules(), fetcher, reader, channels, load_catalogues(), options)


def make_context(
    warden: Warden, door: Door, config: Config, own: Own, back_up: BackUp, feed: Feed | None = None
) -> Context:
    """What the routes work on. `feed` tells what changes, where there is a daemon."""
    return Context(
        warden=warden,
        access=door,
        wording=warden.wording,
        packs=load_rules().packs,
        configured=configured(config),
        own=own,
        back_up=back_up,
        feed=feed,
        paint=to_png,
    )


def configured(config: Config) -> dict[str, bool]:
    """Of each key of `config.toml`, whether it says anything but the default; never what."""
    plain = Config()
    return {name: getattr(config, name) != getattr(plain, name) for name in Config.__struct_fields__}


def backing_up(store: SqliteStore, place: DataDir) -> BackUp:
    """Makes a copy in the data directory, named after its instant."""

    async def back_up(now: datetime) -> dict[str, Any]:
        make_private(place.backups)
        copy = await store.backup(place.backups / f"parcelwarden-{now:%Y%m%dT%H%M%S}Z.db")
        counts = {"version": copy.version, "orders": copy.orders, "parcels": copy.parcels, "alerts": copy.alerts}
        return {"name": copy.path.name, **counts}

    return back_up
