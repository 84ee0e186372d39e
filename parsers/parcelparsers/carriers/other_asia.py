"""Small carriers of South-East Asia: Pos Malaysia (`CHINA_AND_AGGREGATORS.md` §24), and the refusals of SPX Vietnam,
Ninja Van and GHN (§28), of which no other body is known. Only Pos Malaysia is asked.
"""

from __future__ import annotations

import json
import re
import uuid
from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._aggregators import Snake
from parcelparsers.carriers._answers import answer, blocked, nothing, the_only, tidy
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._printed_dates import shown
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import convert
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_MALAYSIAN = re.compile(r"[A-Z]{2}\d{9}MY")
_RECEIVER = re.compile(r"(?P<said>\bdelivered to )(?!(?:pos\b|post|counter|locker|hub|agent|branch|facility)).+", re.I)
_DELIVERED_TO = Families((_S.DELIVERED, Leg.FINAL, _RECEIVER.pattern.replace("?P<said>", "?:")))
_MALAY = Families(
    (_S.RETURNED, Leg.LOCAL, r"dipulangkan|dikembalikan"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"gagal|tidak berjaya|tiada penerima"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"sedia (?:untuk )?(?:diambil|dipungut)"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"keluar untuk (?:penghantaran|serahan)|dalam penghantaran"),
    (_S.DELIVERED, Leg.FINAL, r"(?:telah|berjaya) (?:dihantar|diserahkan)|penghantaran berjaya"),
)
_NO_RECORD = re.compile(r"no record|not found|tiada rekod", re.I)


class _Row(Snake, frozen=True):
    date: str | None = None
    date_time: str | None = None
    process: str | None = None
    process_summary: str | None = None
    event: str | None = None


class _Item(Snake, frozen=True):
    connote_id: str | None = None
    tracking_data: list[_Row] | None = None


class _Items(Snake, frozen=True):
    data: list[_Item]


class _Rows(Snake, frozen=True):
    data: list[_Row]


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number of Pos Malaysia; nothing for others."""
    return tuple(_request(n) for n in map(normalise, asked.numbers) if _MALAYSIAN.fullmatch(n))


def _request(number: str) -> Request:
    """The request's id is a name of the number: the service wants any, and a reader has no chance in it."""
    return Request(
        url="https://ttu-svc.pos.com.my/api/trackandtrace/v1/request",
        method="POST",
        headers={"Content-Type": "application/json", "P-Request-ID": str(uuid.uuid5(uuid.NAMESPACE_OID, number))},
        body=json.dumps({"connote_ids": [number], "culture": "en"}).encode(),
    )


def _object(body: Body) -> dict[str, Any]:
    return body.json if body.is_json and isinstance(body.json, dict) else {}


def _fits_malaysia(body: Body) -> bool:
    data = _object(body).get("data")
    if not isinstance(data, list):
        return "http_code" in _object(body)
    return not data or (isinstance(data[0], dict) and bool(data[0].keys() & {"process", "tracking_data", "connote_id"}))


def _read_malaysia(body: Body, asked: Asked) -> Reading:
    """Pos Malaysia, newest first: the service's own answer, or the wrapper's list of rows. Raises `Unreadable`."""
    told = _object(body)
    if not told.get("data"):
        if told.get("data") == [] or _NO_RECORD.search(str(told.get("message"))):
            return nothing(asked)
        return blocked("refused", told.get("error_msg") or told.get("message"))
    if "process" in told["data"][0]:
        return answer([_parcel("", convert(told, _Rows).data, asked)], [], asked)
    items = convert(told, _Items).data
    found = [_parcel(tidy(i.connote_id), i.tracking_data, asked) for i in items if i.tracking_data]
    missing = [tidy(i.connote_id) or the_only(asked) for i in items if not i.tracking_data]
    return answer(found, missing, asked)


def _parcel(number: str, rows: list[_Row], asked: Asked) -> Parcel:
    return concluded(Parcel(number=number or the_only(asked), events=tuple(map(_event, rows))), newest_first=True)


def _event(row: _Row) -> Event:
    """A row; the receiver's name behind "delivered to" is taken out."""
    text = flat(row.process)
    said = _MALAY.of(text) or _DELIVERED_TO.of(text) or meaning(text)
    when = stamp(shown(row.date_time or row.date or ""), place="Asia/Kuala_Lumpur")
    return event(when, _RECEIVER.sub(r"\g<said>…", text), said, place=row.event or row.process_summary)


def _read_spx(body: Body, asked: Asked) -> Reading:
    """SPX Vietnam: only the code for an unknown number, and refusals, are known. Raises `Unreadable`."""
    told = _object(body)
    if told["retcode"] == 2:
        return nothing(asked)
    if told["retcode"] == 0:
        raise Unreadable("data", "nothing: no found body of SPX is known")
    return blocked("refused", f"{told['retcode']} {told.get('message') or ''}")


def _read_ninja(body: Body, asked: Asked) -> Reading:
    """Ninja Van's error object. Raises `Unreadable` on another."""
    wrong = _object(body)["error"]
    if not isinstance(wrong, dict):
        raise Unreadable("error", "an object")
    if str(wrong.get("code")) == "150002" or str(wrong.get("title")).lower() == "not found":
        return nothing(asked)
    return blocked("refused", wrong.get("title"))


def _read_ghn(body: Body, asked: Asked) -> Reading:
    """GHN: it wants the receiver's telephone number, which is never given. Raises `Unreadable`."""
    told = _object(body)
    word = str(told.get("code_message") or "")
    if "NOT_FOUND" in word:
        return nothing(asked)
    if told.get("data"):
        raise Unreadable("data", "nothing: no found body of GHN is known")
    return blocked("login" if word == "PHONE_VERIFY_REQUIRED" else "refused", word or told.get("message"))


SOURCE = Source(
    id="other_asia",
    name="Pos Malaysia, SPX, Ninja Van, GHN",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("ttu-svc.pos.com.my",),
    readers=(
        Reader(name="SPX", fits=lambda b: "retcode" in _object(b), read=_read_spx),
        Reader(name="Ninja Van", fits=lambda b: "error" in _object(b), read=_read_ninja),
        Reader(name="GHN", fits=lambda b: "code_message" in _object(b), read=_read_ghn),
        Reader(name="Pos Malaysia", fits=_fits_malaysia, read=_read_malaysia),
        PAGE_FOR_DATA,
    ),
    clock="Malaysia's wall clock, without a zone",
    page="https://tracking.pos.com.my/tracking/{number}",
    ask=ask,
    countries=("MY",),
)
