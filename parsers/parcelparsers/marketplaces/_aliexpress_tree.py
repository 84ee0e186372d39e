"""AliExpress's page data: the `mtop` envelope and the component tree in it (`ORDER_PAGES.md` §3.1, §3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from parcelparsers.body import Body
from parcelparsers.errors import BadPage, Unreadable
from parcelparsers.marketplaces.shop import as_object

ID = "aliexpress"
HOST = re.compile(r"(?:[a-z0-9-]+\.){0,3}(?:aliexpress\.(?:com|us|ru))")
_MOST_COMPONENTS = 3000
_LOGIN = ("SESSION_EXPIRED", "NEED_LOGIN", "SID_INVALID", "TOKEN_E", "ILLEGAL_ACCESS")


def envelope(body: Body) -> dict[str, object]:
    """The whole answer. Raises `BadPage` where the shop refused (not logged in, human check, too many questions),
    `Unreadable` where it is no object."""
    whole = as_object(body.json)
    if not whole:
        raise Unreadable("body", "a JSON object")
    words = [str(word) for word in many(whole.get("ret")) if isinstance(word, str)]
    refused = next((w.split("::")[0] for w in words if not w.startswith("SUCCESS")), None)
    if refused:
        raise BadPage(f"AliExpress answered {refused[:60]!r} instead of data: {_advice(refused)}")
    return whole


def _advice(code: str) -> str:
    if any(mark in code for mark in _LOGIN):
        return "log in to the shop, reload the page and try again"
    if "USER_VALIDATE" in code or "RGV587" in code:
        return "answer the shop's human check in the browser and reload the page"
    return "wait some minutes and reload the page"


def payload(body: Body) -> dict[str, object]:
    """The answer's `data`, or the answer itself where only that was saved."""
    whole = envelope(body)
    return as_object(whole.get("data")) if "ret" in whole or "api" in whole else whole


def components(data: dict[str, object], *tags: str) -> list[dict[str, Any]]:
    """The components with one of these tags, in the order of `hierarchy.structure`; those that it leaves out come
    last. The order of the keys themselves is shuffled and means nothing."""
    tree = as_object(data.get("data"))
    named = dict.fromkeys([key for key in _sequence(data) if key in tree] + list(tree))
    found = (as_object(tree[key]) for key in list(named)[:_MOST_COMPONENTS])
    return [c for c in found if c.get("tag") in tags or c.get("type") in tags]


def _sequence(data: dict[str, object]) -> Iterator[str]:
    hierarchy = as_object(data.get("hierarchy"))
    structure = as_object(hierarchy.get("structure"))
    waiting = [*reversed(list(structure)[:_MOST_COMPONENTS]), str(hierarchy.get("root") or "")]
    done: set[str] = set()
    while waiting and len(done) < _MOST_COMPONENTS:
        key = waiting.pop()
        if key not in done:
            done.add(key)
            yield key
            waiting += [k for k in reversed(many(structure.get(key))) if isinstance(k, str)]


def many(value: object) -> list[Any]:
    """A list as it is, at most 1000 entries; empty for anything else."""
    return value[:1000] if isinstance(value, list) else []


def objects(value: object) -> list[dict[str, Any]]:
    """The objects in a list."""
    return [o for o in (as_object(v) for v in many(value)) if o]


def fields_of(component: dict[str, Any]) -> dict[str, Any]:
    """A component's fields."""
    return as_object(component.get("fields"))


def words(value: object) -> str:
    """A text or number of the tree as text, without the space that some locales leave at its end."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def true(value: object) -> bool:
    """A boolean that may come as text ("true")."""
    return value is True or words(value).lower() == "true"


def numeric_status(*holders: object) -> str:
    """The numeric status, from `utParams.args.orderStatus` or `global.orderStatus`, empty where there is none."""
    for holder in holders:
        one = as_object(holder)
        found = words(as_object(as_object(one.get("utParams")).get("args")).get("orderStatus"))
        if found := found or words(one.get("orderStatus")):
            return found
    return ""


def button_types(*lists: object) -> tuple[str, ...]:
    """The types of all buttons in these lists."""
    return tuple(words(b.get("type")) for found in lists for b in objects(found) if b.get("type"))


def has_tag(body: Body, tags: Iterable[str]) -> bool:
    """Whether the body is page data that names one of these tags."""
    return body.is_json and any(f'"{tag}"' in body.text for tag in tags)
