"""AliExpress's tracking data: `mtop.ae.ld.querydetail` (`ORDER_PAGES.md` §3.4, `CHINA_AND_AGGREGATORS.md` §5).

`time` is a true epoch, `timeText` is rendered in the zone that the page asked for. Where the two are days apart the
epoch is false: the printed day and clock are taken, with the uncertainty of an unknown zone. The receiver, the detailed
location and the notes are dropped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.marketplaces import deadlines
from parcelparsers.marketplaces._aliexpress_codes import meaning
from parcelparsers.marketplaces._aliexpress_tree import ID, has_tag, many, objects, payload, words
from parcelparsers.marketplaces.dates import read_date
from parcelparsers.marketplaces.draft import Draft
from parcelparsers.marketplaces.parcels import epoch, make, tracking_number
from parcelparsers.marketplaces.shop import Page, as_object, order_id
from parcelparsers.model import Event, Leg, Parcel, State
from parcelparsers.page import PageReading, Unread

ANY_ZONE_HOURS = 14.0
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_ID_IN_LINK = re.compile(r"[?&]tradeOrderId=([0-9]{10,22})(?![0-9])")
_MOST_EVENTS = 400


def fits(body: Body) -> bool:
    """Whether this is the tracking data."""
    return has_tag(body, ("trackingDetailLineList", "mtop.ae.ld.querydetail"))


def read(page: Page) -> PageReading:
    """The parcels, and the order they belong to where the address (or a link in the data) names it."""
    module = as_object(payload(page.body).get("module"))
    if "trackingDetailLineList" not in module:
        raise Unreadable("data.module.trackingDetailLineList", "the list of parcels")
    lines = objects(module.get("trackingDetailLineList"))[:50]
    parcels = [parcel for line in lines if (parcel := _parcel(line))]
    how, owner = _owner(page, lines)
    draft = Draft(ID, owner)
    _fields(draft, page, module, parcels)
    if not owner:
        unread = [_homeless(draft), *(u for u in draft.unread)] if parcels or draft.fields else draft.unread
        return PageReading(parcels=tuple((None, p) for p in parcels), unread=tuple(unread))
    draft.put("order_id", owner, how)
    return PageReading(
        orders=(draft.reading(),),
        parcels=tuple((owner, p) for p in parcels),
        unread=tuple(draft.unread),
    )


def _owner(page: Page, lines: list[dict[str, Any]]) -> tuple[str, str]:
    if page.order_id:
        return "url", page.order_id
    for line in lines:
        link = words(as_object(line.get("etaInfo")).get("tipsLink"))
        if m := _ID_IN_LINK.search(link[:2000]):
            return "etaInfo.tipsLink", order_id(m[1])
    return "", ""


def _homeless(draft: Draft) -> Unread:
    due = draft.fields.get("delivery_due_at")
    said = f" (it says {due.raw[:80]!r})" if due else ""
    return Unread(field="order_id", why=f"the tracking data does not name its order and its address is unknown{said}")


def _fields(draft: Draft, page: Page, module: dict[str, Any], parcels: list[Parcel]) -> None:
    numbers = list(dict.fromkeys(n for p in parcels for n in (p.number, *p.aliases)))
    if numbers:
        draft.put("tracking_numbers", numbers, "mailNo, originMailNo")
    else:
        draft.miss("tracking_numbers", "the tracking data has no parcel with a number")
    lines = [p.service_line for p in parcels if p.service_line]
    draft.first("shipping_method", [("logisticsCarrierName", line) for line in lines], str, needed=bool(parcels))
    promise = as_object(module.get("fastDeliveryInfoDTO"))
    listed = [words(t) for t in many(promise.get("fdContentList"))]
    texts = [("fdContentList", t) for t in listed] or [("fdContent", words(promise.get("fdContent")))]
    deadlines.add(draft, page, texts)


def _parcel(line: dict[str, Any]) -> Parcel | None:
    local, first = tracking_number(line.get("mailNo")), tracking_number(line.get("originMailNo"))
    number = local or first
    if not number:
        return None
    rows = objects(line.get("detailList"))[:_MOST_EVENTS]
    events = [event for row in rows if (event := _event(row))]
    codes = [_code(row) for row in rows]
    return make(
        number,
        events,
        aliases=(first,),
        eta=_eta(as_object(line.get("etaInfo"))),
        service_line=words(line.get("logisticsCarrierName"))[:120],
        last_mile=words(as_object(line.get("logisticsCpInfo")).get("cpName"))[:120],
        unknown_codes=[c for c in codes if c and meaning(c) is None],
    )


def _code(row: dict[str, Any]) -> str:
    found = (words(row.get(key)) for key in ("trackingSecondCode", "trackingPrimaryCode"))
    known = [c for c in found if re.fullmatch(r"[A-Z0-9_]{2,60}", c)]
    return next((c for c in known if meaning(c)), known[0] if known else "")


def _event(row: dict[str, Any]) -> Event | None:
    at, text = epoch(row.get("time")), words(row.get("timeText"))
    if at is None:
        return None
    local, at, uncertain = _times(at, text)
    code = _code(row)
    state, leg = _meaning(row, code)
    return Event(
        local_time=local,
        at=at,
        zone=None if text else "UTC",
        uncertain_hours=uncertain,
        code=code or None,
        state=state,
        leg=leg,
        advisory=code.endswith("ORDER_INFO_UPDATE"),
        description=(words(row.get("trackingDetailDesc")) or words(row.get("trackingName")))[:300],
    )


def _meaning(row: dict[str, Any], code: str) -> tuple[State | None, Leg]:
    """Of the code that is kept and, where that is unknown, of the first one."""
    return meaning(code) or meaning(words(row.get("trackingPrimaryCode"))) or (None, Leg.ANNOUNCED)


def _times(at: datetime, text: str) -> tuple[str, datetime, float]:
    """Printed wall clock, instant, uncertainty in hours."""
    day = read_date(text, seen_at=at, future=True) if text else None
    clock = _CLOCK.search(text)
    if day is None or clock is None:
        return at.strftime("%Y-%m-%dT%H:%M:%S"), at, 0.0
    wall = datetime.combine(day, time(int(clock[1]), int(clock[2])), UTC)
    local = wall.strftime("%Y-%m-%dT%H:%M")
    return (local, at, 0.0) if abs(wall - at) <= timedelta(hours=15) else (local, wall, ANY_ZONE_HOURS)


def _eta(info: dict[str, Any]) -> tuple[date, date] | None:
    ends = list(_eta_ends(info))
    return (min(ends), max(ends)) if ends and words(info.get("etaSceneCode")) != "REAL_DELIVERY" else None


def _eta_ends(info: dict[str, Any]) -> Iterator[date]:
    for key in ("beginEtaTime", "endEtaTime"):
        if at := epoch(info.get(key)):
            yield at.date()
