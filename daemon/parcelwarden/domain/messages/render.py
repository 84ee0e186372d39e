"""One sentence from a code and its params, in the reader's language and zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Protocol

from parcelwarden.domain.advice.text import flat
from parcelwarden.domain.errors import DomainError
from parcelwarden.domain.messages.catalogue import Catalogue, Clause, Template

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class MessageError(DomainError):
    """A code without a text, or a param that its text needs and that was not given."""


class Told(Protocol):
    """What can be told: an advice, an alert, a row of the outbox."""

    @property
    def code(self) -> str: ...
    @property
    def params(self) -> dict[str, Any]: ...


def render(told: Told, catalogue: Catalogue, zone: tzinfo, now: datetime | None = None) -> str:
    """The sentence of `told.code`. Dates stand in `zone`; a `title` among the params comes first,
    flattened.

    With `now`, the time left to the param `ends_at` is added while there is any; after it nothing is said
    of time left. Raises `MessageError` for an unknown code or a missing param."""
    template = catalogue.texts.get(told.code)
    if template is None:
        raise MessageError(f"messages/{catalogue.language}: no text for the code {told.code!r}")
    params = told.params
    text = _filled(template, told.code, params, catalogue, zone)
    remarks = [_filled(told_so, name, params, catalogue, zone) for name, told_so in _called(catalogue, params)]
    if remarks:
        text = catalogue.remark.replace("{remarks}", "; ".join(remarks)).replace("{text}", text.rstrip("."))
    if now is not None and (left := _left(params.get("ends_at"), now, catalogue)):
        text = catalogue.left.replace("{left}", left).replace("{text}", text.rstrip("."))
    if title := params.get("title"):
        text = catalogue.titled.replace("{text}", text).replace("{title}", flat(str(title)))
    return text


def _called(catalogue: Catalogue, params: Mapping[str, Any]) -> Iterator[tuple[str, Template]]:
    """The remarks that the params call for."""
    return ((name, remark) for name, remark in catalogue.remarks.items() if params.get(name) is not None)


def _filled(template: Template, code: str, params: Mapping[str, Any], catalogue: Catalogue, zone: tzinfo) -> str:
    return "".join(_clause(clause, code, params, catalogue, zone) for clause in template)


def _clause(clause: Clause, code: str, params: Mapping[str, Any], catalogue: Catalogue, zone: tzinfo) -> str:
    parts = list(clause.parts)
    for place in range(1, len(parts), 2):
        name = parts[place]
        value = params.get(name)
        if value is None:
            if clause.optional:
                return ""
            raise MessageError(f"messages/{catalogue.language}: the text of {code!r} needs the param {name!r}")
        parts[place] = (
            _listed(value, catalogue, zone) if isinstance(value, list) else shown(name, str(value), catalogue, zone)
        )
    return "".join(parts)


def _listed(lines: Sequence[Mapping[str, Any]], catalogue: Catalogue, zone: tzinfo) -> str:
    """A list: each entry on a line of its own, by the template that its `code` names."""
    return "".join(f"\n{_filled(catalogue.lines[line['code']], line['code'], line, catalogue, zone)}" for line in lines)


def shown(name: str, value: str, catalogue: Catalogue, zone: tzinfo) -> str:
    """One param as it is read: an instant or day written out, a code as its words, other text flattened."""
    words = catalogue.words.get(name)
    if words is not None:
        return catalogue.list.join(words.get(word, words["other"]) for word in value.split(","))
    if _INSTANT.fullmatch(value):
        return _instant(value, catalogue, zone)
    if _DAY.fullmatch(value):
        return _date(catalogue.day, date.fromisoformat(value), catalogue)
    return flat(value)


@lru_cache(maxsize=4096)
def _instant(value: str, catalogue: Catalogue, zone: tzinfo) -> str:
    local = datetime.fromisoformat(value).astimezone(zone)
    written = _date(catalogue.instant, local.date(), catalogue)
    return written.replace("{time}", local.strftime("%H:%M")).replace("{zone}", local.tzname() or "UTC")


def _date(pattern: str, day: date, catalogue: Catalogue) -> str:
    month = catalogue.months[day.month - 1]
    return pattern.replace("{day}", str(day.day)).replace("{month}", month).replace("{year}", str(day.year))


def _left(end: str | None, now: datetime, catalogue: Catalogue) -> str:
    """The time left, in its largest unit, rounded down: `2 days`; empty when there is none."""
    span = datetime.fromisoformat(end).astimezone(UTC) - now if end else timedelta()
    units = catalogue.units
    for size, names in ((timedelta(days=2), units.day), (timedelta(hours=1), units.hour)):
        if span >= size:
            count = span // (timedelta(days=1) if names is units.day else size)
            return f"{count} {names[count != 1]}"
    minutes = span // timedelta(minutes=1)
    return f"{minutes} {units.minute[minutes != 1]}" if minutes > 0 else ""
