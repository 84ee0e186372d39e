"""AliExpress's own tracking data and its old tracking page (`CHINA_AND_AGGREGATORS.md` §5).

Both need the buyer's login, so they are never asked for: they come from the user's browser, or are pasted. The
readers of the order pages (`parcelparsers.marketplaces`) read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Reading, Source
from parcelparsers.carriers._answers import answer, blocked, nothing
from parcelparsers.errors import BadPage, Unreadable
from parcelparsers.marketplaces import _aliexpress_legacy_track as old_page
from parcelparsers.marketplaces import _aliexpress_track as tracking_data
from parcelparsers.marketplaces.shop import Page
from parcelparsers.model import Flag, Parcel
from parcelparsers.page import Capture, PageReading
from parcelparsers.private import scrub
from parcelparsers.typed import replace
from parcelparsers.walls import PAGE_FOR_DATA

_REFUSED = (
    ("captcha", ("USER_VALIDATE", "RGV587")),
    ("rate_limited", ("TRAFFIC_LIMIT",)),
    ("login", ("SESSION", "LOGIN", "SID_INVALID", "TOKEN", "ILLEGAL_ACCESS")),
    ("waf", ("ACCESS_DENIED",)),
)
"""Parts of the codes in `ret`; TOKEN_EXOIRED is the gateway's own spelling."""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(body: Body) -> dict[str, Any]:
    return _object(body.json) if body.is_json else {}


def _fits(body: Body) -> bool:
    whole = _whole(body)
    return "ret" in whole or "api" in whole or "trackingDetailLineList" in _object(whole.get("module"))


def _read(body: Body, asked: Asked) -> Reading:
    """The answer of `mtop.ae.ld.querydetail`, its booleans and numbers as strings. Raises `Unreadable`."""
    whole = _whole(body)
    ret = whole.get("ret")
    codes = [str(code) for code in ret] if isinstance(ret, list) else []
    if refused := next((code for code in codes if not code.startswith("SUCCESS")), None):
        return blocked(_reason(refused.upper()), refused)
    data = _object(whole.get("data")) if "ret" in whole or "api" in whole else whole
    module = data.get("module")
    if not isinstance(module, dict):
        raise Unreadable("data.module", "the tracking data")
    listed = module.get("trackingDetailLineList")
    if listed is None or listed == []:
        return nothing(asked)
    if not isinstance(listed, list):
        raise Unreadable("data.module.trackingDetailLineList", "a list of parcels")
    return _parcels(tracking_data.read, body, asked)


def _reason(code: str) -> str:
    return next((reason for reason, marks in _REFUSED if any(mark in code for mark in marks)), "refused")


def _read_old_page(body: Body, asked: Asked) -> Reading:
    """The parcel of the old page's markup. Raises `Unreadable`."""
    return _parcels(old_page.read, body, asked)


def _parcels(read: Callable[[Page], PageReading], body: Body, asked: Asked) -> Reading:
    capture = Capture(url="", kind="tracking", form="json" if body.is_json else "html", body=_plain(body))
    try:
        found = [parcel for _, parcel in read(Page(capture)).parcels]
    except BadPage as fault:
        return blocked("refused", fault)
    kept = [_shown_as_asked(parcel, asked) for parcel in found if parcel.events]
    if found and not kept:
        raise Unreadable("detailList", "events with their times")
    return answer(map(_without_people, kept), (), asked)


def _plain(body: Body) -> str:
    """The text, without the JSONP wrapper in which the shop's own page gets it."""
    text = body.text
    return text[text.find("(") + 1 : text.rfind(")")] if body.is_json and text.lstrip()[:1] not in "{[" else text


def _shown_as_asked(parcel: Parcel, asked: Asked) -> Parcel:
    """The parcel under the number that was asked for, where that is its first one."""
    if parcel.number in asked.numbers:
        return parcel
    for number in _known(parcel.aliases, asked.numbers):
        others = tuple(n for n in (parcel.number, *parcel.aliases) if n != number)
        return replace(parcel, number=number, aliases=others)
    return parcel


def _known(aliases: Iterable[str], numbers: tuple[str, ...]) -> list[str]:
    return [alias for alias in aliases if alias in numbers]


def _without_people(parcel: Parcel) -> Parcel:
    events = tuple(replace(e, description=scrub(e.description)) for e in parcel.events)
    economy = "economy" in (parcel.service_line or "").lower()
    flags = (*parcel.flags, Flag.ECONOMY_NO_LASTMILE) if economy else parcel.flags
    return replace(parcel, events=events, flags=flags)


SOURCE = Source(
    id="aliexpress",
    name="AliExpress",
    access=Access.PASTE,
    evidence=Evidence.CAPTURED,
    hosts=(),
    readers=(
        Reader(name="tracking data", fits=_fits, read=_read),
        Reader(name="old tracking page", fits=old_page.fits, read=_read_old_page),
        PAGE_FOR_DATA,
    ),
    clock="true instants; the text beside them is in the zone that the page asked for",
    page="https://www.aliexpress.com/p/order/index.html",
)
