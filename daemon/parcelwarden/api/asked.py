"""What many routes ask for in the same way: instants, order names, pages, the language."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from parcelwarden.api.problems import Denied
from parcelwarden.api.routing import Call, Param
from parcelwarden.api.shapes import OrderRefText
from parcelwarden.domain.model import OrderRef

Limit = Annotated[int, msgspec.Meta(ge=1, le=200)]
Cursor = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Language = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$(?!\n)", description="a language tag such as en")
]
Word = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$(?!\n)", description="a word in small letters")]

LANG = Param("lang", Language, "the language of `text`, as a BCP 47 tag; default: the setting, then English")
PAGE = (
    Param("limit", Limit, "how many at most", default=50),
    Param("cursor", Cursor, "`next` of the page before"),
)
ORDER = Param("order", OrderRefText, "`marketplace/id`")


def instant(text: str, field: str) -> datetime:
    """An instant with an offset, in UTC. Raises `Denied` (400) naming the field."""
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Denied("invalid", f"{field}: expected an instant with an offset such as 2020-05-24T09:00:00Z", field=field)


def maybe_instant(text: str | None, field: str) -> datetime | None:
    """The same, None where nothing was given."""
    return None if text is None else instant(text, field)


def ref(text: str) -> OrderRef:
    """`marketplace/id` that was checked already, as a reference."""
    marketplace, _, order_id = text.partition("/")
    return OrderRef(marketplace.casefold(), order_id)


def path_ref(call: Call) -> OrderRef:
    """The order that a path names."""
    return OrderRef(call.path["marketplace"].casefold(), call.path["id"])


async def language(call: Call) -> str:
    """The language for sentences: asked for, else the setting, else English."""
    if asked := call.query.get("lang"):
        return str(asked)
    settings: dict[str, Any] = await call.warden.settings()
    return str(settings.get("language") or "en")
