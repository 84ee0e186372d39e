"""Poczta Polska and Pocztex (`POSTS_AND_COURIERS.md` §17)."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._meanings import Families, Meaning, cautious, codes, not_known
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "P_REJ_KN1"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "P_NAD P_PPDN"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "P_WZL P_PZL"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "P_WEOC P_WYPL P_WEPL P_WYOC"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "P_WPUCPP P_ZWC"),
    (_S.IN_TRANSIT, Leg.CLEARED, "P_ZWOLDDOR"),
    (_S.IN_TRANSIT, Leg.LOCAL, "P_ND"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "P_WD P_WDML P_NDD"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "P_A P_PA P_NDZK P_NDPD P_R P_NDZAP P_NDZKON P_ZDUN P_CZDKN P_NDPJ"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "P_KWD"),
    (_S.RETURNED, Leg.LOCAL, "P_NDZ"),
    (_S.DELIVERED, Leg.FINAL, "P_OWU P_D"),
    (None, Leg.FINAL, "P_ROZL_CEL"),
)
"""The customs codes are stages of a normal clearance; `P_ROZL_CEL` is a settlement after the delivery. States of
events such as "IN DELIVERY" cover failures too and are not read.
"""
_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"zwrot|zwróc|odesłan|return"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"zatrzyman\w+ .{0,40}celn|held .{0,20}customs|retained .{0,20}customs"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"nieudan|niedoręcz|nie doręcz|odmow|unsuccessful|attempt|refus|undeliver|failed"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"awizo|do odbioru|oczekuj|waiting|ready for|available for|to be collected"),
)
"""Only the wordings that a code must not hide."""


class _Office(Shape, frozen=True):
    name: str | None = None


class _Row(Shape, frozen=True):
    code: str = ""
    time: str | None = None
    name: str | None = None
    post_office: _Office | None = None
    canceled: bool | None = None


class _Info(Shape, frozen=True):
    events: list[_Row]
    dispatch_country_code: str | None = None
    recipient_country_code: str | None = None
    type_of_mail_name: str | None = None


class _Answer(Shape, frozen=True):
    mail_status: int
    number: str | None = None
    mail_info: _Info | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One POST a number. The key is the public one of the page's tracking widget, given by the user."""
    return tuple(
        Request(
            url="https://uss.poczta-polska.pl/uss/v2.0/tracking/checkmailex",
            method="POST",
            headers={"API_KEY": "{key}", "Content-Type": "application/json"},
            body=b'{"language":"EN","number":"' + normalise(n).encode() + b'","addPostOfficeInfo":false}',
        )
        for n in asked.numbers
    )


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"mailStatus"' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """`mailStatus` 0 with `mailInfo`, or -1: unknown. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if answer.mail_status == -1:
        return nothing(asked, answer.number)
    if not answer.mail_info or not answer.mail_info.events:
        raise Unreadable("mailInfo", "events, or the mail status -1")
    info = answer.mail_info
    at_home = info.recipient_country_code in (None, "PL")
    parcel = Parcel(
        number=the_number(_checked(answer.number, asked), asked),
        service_line=info.type_of_mail_name or None,
        origin=info.dispatch_country_code or None,
        destination=info.recipient_country_code or None,
        unknown_codes=not_known([row.code for row in info.events], _CODES),
        events=tuple(_event(row, at_home) for row in info.events if not row.canceled),
    )
    return found(settled(parcel))


def _checked(number: str | None, asked: Asked) -> str | None:
    """The number as it was asked for: a check digit is appended to 19 digits."""
    short = (number or "")[:-1]
    return short if short in asked.numbers and len(short) == 19 else number


def _event(row: _Row, at_home: bool) -> Event:
    """The clock is that of the place of the scan: Poland's once the parcel is there."""
    meaning = _meaning(row)
    in_poland = at_home and meaning is not None and meaning.leg >= Leg.ARRIVED
    when = stamp(row.time, place="Europe/Warsaw" if in_poland else "")
    return event(when, row.name, meaning, code=row.code, place=row.post_office.name if row.post_office else None)


def _meaning(row: _Row) -> Meaning | None:
    return cautious(_CODES.get(row.code), _WORDS.of(row.name or ""))


SOURCE = Source(
    id="poczta_polska",
    name="Poczta Polska",
    access=Access.KEY,
    evidence=Evidence.CAPTURED,
    hosts=("uss.poczta-polska.pl", "emonitoring.poczta-polska.pl"),
    readers=(Reader(name="checkmailex", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="wall clock of the place of the scan, Poland's for scans there",
    page="https://emonitoring.poczta-polska.pl/?numer={number}",
    ask=ask,
    countries=("PL",),
)
