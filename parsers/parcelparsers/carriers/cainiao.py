"""Cainiao Global, the carrier behind AliExpress (`CHINA_AND_AGGREGATORS.md` §0, §3 and §4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._cainiao_codes import STATIONS
from parcelparsers.carriers._cainiao_events import Row, history
from parcelparsers.carriers._cainiao_legacy import LEGACY_PAGE
from parcelparsers.carriers._printed_dates import between
from parcelparsers.clock import epoch
from parcelparsers.errors import BadNumber, Unreadable
from parcelparsers.model import Eta, Event, Flag, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, convert, decode
from parcelparsers.walls import PAGE_FOR_DATA

BATCH = 10
"""Numbers in one request, as many as other polite clients send."""
_MOST = 10 * BATCH
"""Entries that are looked at one by one."""
FLOOR = timedelta(hours=6)
"""Not configurable: Cainiao bans unusual traffic by address, which hurts all use of AliExpress from there."""

_PROSE_NUMBER = re.compile(r"[:\t ]\s*([A-Za-z0-9-]{6,40})\s*\Z")


class _Forecast(Shape, frozen=True):
    delivery_min_time: int | None = None
    delivery_max_time: int | None = None


class _LastMile(Shape, frozen=True):
    cp_name: str | None = None


class _Entry(Shape, frozen=True):
    mail_no: str
    detail_list: list[Row] | None = None
    latest_trace: Row | None = None
    mail_no_source: str | None = None
    status: str | None = None
    origin_country: str | None = None
    dest_country: str | None = None
    mail_type: str | None = None
    mail_type_desc: str | None = None
    global_eta_info: _Forecast | None = None
    dest_cp_info: _LastMile | None = None
    real_mail_no: str | None = None
    copy_real_mail_no: str | None = None
    virtual_mail_no: str | None = None
    copy_virtual_mail_no: str | None = None


class _Answer(Shape, frozen=True):
    module: list[_Entry] | None = None
    success: bool | None = None
    error_code: str | None = None
    error_msg: str | None = None


class _Loose(Shape, frozen=True):
    module: list[Any] | None = None
    success: bool | None = None
    error_code: str | None = None
    error_msg: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request for up to `BATCH` numbers, several requests for more."""
    groups = (asked.numbers[i : i + BATCH] for i in range(0, len(asked.numbers), BATCH))
    return tuple(Request(url=_url(group)) for group in groups)


def _url(numbers: tuple[str, ...]) -> str:
    listed = quote(",".join(map(normalise, numbers)), safe=",-")
    return f"https://global.cainiao.com/global/detail.json?mailNos={listed}&lang=en-US&language=en-US"


def _fits(body: Body) -> bool:
    opening = body.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return opening == b"{" and (b'"module"' in body.data or b'"success"' in body.data)


def _read(body: Body, asked: Asked) -> Reading:
    """The answer of `detail.json`: a batch with one entry a number. Entries that were not asked for are
    dropped.
    """
    try:
        answer: _Answer | _Loose = decode(body, _Answer)
        entries: list[_Entry] | None = answer.module
    except Unreadable:
        answer = convert(body.json, _Loose)
        entries = None if answer.module is None else list(_readable(answer.module))
    if answer.success is False:
        detail = f"{answer.error_code or ''} {answer.error_msg or ''}".strip()[:200]
        return Reading(outcome=Outcome.BLOCKED, reason="refused", detail=detail)
    if entries is None:
        raise Unreadable("module", "a list with one entry a number")
    return _batch(entries, asked)


def _readable(raw: list[Any]) -> Iterator[_Entry]:
    """The entries that have the known shape: one that changed must not take the others of the batch with it."""
    faults = []
    for n, item in enumerate(raw[:_MOST]):
        try:
            yield convert(item, _Entry, f"module[{n}]")
        except Unreadable as fault:
            faults.append(fault)
    if faults and len(faults) == len(raw[:_MOST]):
        raise faults[0]


def _batch(entries: list[_Entry], asked: Asked) -> Reading:
    parcels, missing, faults = [], [], []
    named = {entry.mail_no.strip().upper(): entry for entry in reversed(entries)}
    for number, entry in reversed(named.items()):
        if asked.numbers and number not in asked.numbers:
            continue
        try:
            if found := _parcel(number, entry):
                parcels.append(found)
            else:
                missing.append(number)
        except Unreadable as fault:
            faults.append(fault)
    if not parcels and not missing:
        raise faults[0] if faults else Unreadable("module", "an entry for a number that was asked for")
    outcome = Outcome.FOUND if parcels else Outcome.NOT_FOUND
    return Reading(outcome=outcome, parcels=tuple(parcels), missing=tuple(missing))


def _parcel(number: str, entry: _Entry) -> Parcel | None:
    """One entry as a parcel, None where Cainiao says that the number is not theirs. Raises `Unreadable`
    where an entry has no events and nothing says why: that is half an answer, not an empty one.
    """
    rows = entry.detail_list or ([entry.latest_trace] if entry.latest_trace else [])
    aliases = _aliases(number, entry)
    if rows:
        return _with_events(number, entry, rows, aliases)
    if entry.mail_no_source == "EXTERNAL" and not entry.status and not aliases:
        return None
    if aliases or entry.status == "SELLER_PREPARING" or (entry.mail_no_source and not entry.status):
        return _facts(number, entry, aliases, state=State.INFO_RECEIVED)
    raise Unreadable(f"entry of {number}", "events, or a sign that there are none yet")


def _with_events(number: str, entry: _Entry, rows: list[Row], aliases: tuple[str, ...]) -> Parcel:
    events, unknown_codes, agreed = history(rows)
    notices_only = all(each.advisory for each in events)
    parcel = _facts(
        number,
        entry,
        aliases,
        state=State.INFO_RECEIVED if notices_only else None,
        flags=_flags_of(events, agreed),
        unknown_codes=unknown_codes,
        events=_without_preclearance(events),
    )
    return settled(parcel, newest_first=True, wall_clock=True, stations=STATIONS)


def _without_preclearance(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Import clearance may be over before take-off: it counts for the leg only after a scan on or past the
    line.
    """
    for at in range(len(events) - 1, -1, -1):
        if events[at].code == "CC_IM_SUCCESS":
            return _lowered(events, at)
        if events[at].leg >= Leg.LINE_HAUL:
            break
    return events


def _lowered(events: tuple[Event, ...], at: int) -> tuple[Event, ...]:
    early = events[at]
    changed = Event(**{f: getattr(early, f) for f in early.__struct_fields__} | {"leg": Leg.ACCEPTED})
    return (*events[:at], changed, *events[at + 1 :])


def _flags_of(events: tuple[Event, ...], agreed: bool) -> tuple[Flag, ...]:
    newest = next((each for each in events if each.state and not each.advisory), None)
    due = newest is not None and newest.code == "CUS_TAX"
    return (*(() if agreed else (Flag.CODE_AND_WORDING_DISAGREE,)), *((Flag.PAYMENT_DUE,) if due else ()))


def _facts(
    number: str,
    entry: _Entry,
    aliases: tuple[str, ...],
    *,
    state: State | None,
    flags: tuple[Flag, ...] = (),
    unknown_codes: tuple[str, ...] = (),
    events: tuple[Event, ...] = (),
) -> Parcel:
    """What an entry says beside its events."""
    economy = entry.mail_type == "Economy" or "doesn't include tracking" in (entry.mail_type_desc or "")
    return Parcel(
        number=number,
        state=state,
        aliases=aliases,
        flags=(
            *flags,
            *((Flag.ECONOMY_NO_LASTMILE,) if economy else ()),
            *((Flag.HANDOFF_NUMBER,) if aliases else ()),
        ),
        eta=_eta(entry.global_eta_info),
        service_line=entry.mail_type or None,
        origin=entry.origin_country or None,
        destination=entry.dest_country or None,
        last_mile=entry.dest_cp_info.cp_name or None if entry.dest_cp_info else None,
        unknown_codes=unknown_codes,
        events=events,
    )


def _aliases(number: str, entry: _Entry) -> tuple[str, ...]:
    """The other numbers of the parcel, the one to follow first; a clean copy counts before prose."""
    pairs = (
        (entry.copy_real_mail_no, entry.real_mail_no),
        (entry.copy_virtual_mail_no, entry.virtual_mail_no),
    )
    found = (_number(clean, prose) for clean, prose in pairs if clean or prose)
    return tuple(dict.fromkeys(n for n in found if n and n != number))


def _number(clean: str | None, prose: str | None) -> str | None:
    match = _PROSE_NUMBER.search(prose[:200]) if prose else None
    for text in (clean, match[1] if match else prose):
        try:
            number = normalise(text or "")
        except BadNumber:
            continue
        if any(char.isdigit() for char in number):
            return number
    return None


def _eta(info: _Forecast | None) -> Eta | None:
    """The forecast's days, in the clock in which Cainiao writes; None where a bound is no time."""
    if not info:
        return None
    return between(epoch(info.delivery_min_time or None, "GMT+8"), epoch(info.delivery_max_time or None, "GMT+8"))


SOURCE = Source(
    id="cainiao",
    name="Cainiao Global",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("global.cainiao.com",),
    readers=(Reader(name="detail.json", fits=_fits, read=_read), LEGACY_PAGE, PAGE_FOR_DATA),
    clock="the wall clock as printed, at a zone label that is often false: instants are true within 14 hours",
    page="https://global.cainiao.com/detail.htm?mailNoList={number}",
    ask=ask,
    floor=FLOOR,
    batch=BATCH,
)
