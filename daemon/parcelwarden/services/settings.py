"""The settings that the API may change: harmless ones. Commands, targets, keys, ports and paths stand in `config.toml`
alone (DESIGN §4, Files)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from parcelwarden.domain.errors import FactError
from parcelwarden.domain.facts import country_code
from parcelwarden.services.errors import Invalid
from parcelwarden.services.ports import Store, Unit

KEY = "settings"
DEFAULTS: dict[str, Any] = {
    "language": "en",
    "country": None,
    "quiet_hours": None,
    "lead_hours": None,
    "digest": "off",
    "digest_time": "09:00",
    "sites": [],
    "relay": False,
}
MEANING: dict[str, str] = {
    "language": "The language of every sentence and notification, as a tag such as en or es.",
    "country": "Where the parcels go (two letters, ISO 3166), for orders that name no country.",
    "quiet_hours": "Hours by this machine's clock in which only what cannot wait is shown: "
    '`{"from": "22:00", "until": "08:00"}`.',
    "lead_hours": "How many hours before an end to warn, one to eight numbers from 1 to 720; none: as the rules have it.",
    "digest": "A summary of what is open: off, daily or weekly.",
    "digest_time": "From when on in its day the summary comes, as HH:MM by this machine's clock; of a week, Monday.",
    "sites": "Marketplaces whose pages are taken in when the browser shows them, such as aliexpress; none: all. What you "
    "import or paste is always taken.",
    "relay": "Whether the extension may fetch tracking pages for the daemon, where carriers refuse programs.",
}
"""What each does."""
_REASSESSED_BY = ("country", "lead_hours", "quiet_hours")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class SettingVerbs:
    """Reads and changes settings. `changed` is called in the same transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def all(self) -> dict[str, Any]:
        """Every setting with its value."""
        return await self._store.read(current)

    async def change(self, changes: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """Set some; None gives the default back. Raises `Invalid` naming the key, then nothing is changed."""
        checked = {name: _checked(name, value) for name, value in changes.items()}

        def work(unit: Unit) -> dict[str, Any]:
            before = current(unit)
            after = {**before, **checked}
            if after != before:
                unit.settings.put(KEY, after)
            if any(after[name] != before[name] for name in _REASSESSED_BY):
                unit.orders.hasten(now)
            return after

        return await self._store.write(work)


def current(unit: Unit) -> dict[str, Any]:
    """Every setting with its value."""
    return {**DEFAULTS, **(unit.settings.get(KEY) or {})}


def adopt(unit: Unit, given: Mapping[str, Any]) -> None:
    """Take settings over from another home; what was set here stays. Raises `Invalid` naming the key."""
    checked = {name: _checked(name, value) for name, value in given.items()}
    before = current(unit)
    news = {name: value for name, value in checked.items() if before[name] == DEFAULTS[name]}
    if {**before, **news} != before:
        unit.settings.put(KEY, {**before, **news})


def country(unit: Unit) -> str | None:
    """The buyer's own country, None when it is not told."""
    code: str | None = current(unit)["country"]
    return code


def sites(unit: Unit) -> tuple[str, ...]:
    """The marketplaces whose pages are taken in when the browser shows them; empty: all."""
    return tuple(current(unit)["sites"])


def _checked(name: str, value: Any) -> Any:
    check = _CHECKS.get(name)
    if check is None:
        known = ", ".join(sorted(DEFAULTS))
        raise Invalid(f"{name}: no setting that can be changed here (there are: {known})", field=name)
    return DEFAULTS[name] if value is None else check(name, value)


def _language(name: str, value: Any) -> str:
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value
    raise Invalid(f"{name}: expected a language tag such as en or es", field=name)


def _country(name: str, value: Any) -> str:
    try:
        return country_code(str(value), name)
    except FactError as fault:
        raise Invalid(str(fault), field=name) from fault


def _flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Invalid(f"{name}: expected true or false", field=name)


def _quiet_hours(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, Mapping) and value.keys() == {"from", "until"}:
        if all(isinstance(time, str) and _TIME.fullmatch(time) for time in value.values()):
            return dict(value)
    raise Invalid(f'{name}: expected {{"from": "22:00", "until": "08:00"}}', field=name)


def _lead_hours(name: str, value: Any) -> list[int]:
    if isinstance(value, list | tuple) and 0 < len(value) <= 8 and all(type(hours) is int for hours in value):
        if all(1 <= hours <= 720 for hours in value):
            return sorted(set(value), reverse=True)
    raise Invalid(f"{name}: expected one to eight whole hours between 1 and 720", field=name)


def _digest(name: str, value: Any) -> str:
    if value in ("off", "daily", "weekly"):
        return str(value)
    raise Invalid(f"{name}: expected off, daily or weekly", field=name)


def _time(name: str, value: Any) -> str:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return value
    raise Invalid(f"{name}: expected a time such as 09:00", field=name)


def _sites(name: str, value: Any) -> list[str]:
    if isinstance(value, list | tuple) and len(value) <= 50 and all(isinstance(site, str) for site in value):
        return [site.lower() for site in value]
    raise Invalid(f"{name}: expected a list of marketplaces", field=name)


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "language": _language,
    "country": _country,
    "quiet_hours": _quiet_hours,
    "lead_hours": _lead_hours,
    "digest": _digest,
    "digest_time": _time,
    "sites": _sites,
    "relay": _flag,
}
