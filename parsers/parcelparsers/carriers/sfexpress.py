"""SF Express (`CHINA_AND_AGGREGATORS.md` §18), from a description of its interface for partners: read where the user
has its answer, never asked.
"""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Source
from parcelparsers.carriers._answers import number_in, refused, told
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Families, Meaning
from parcelparsers.carriers._postal_words import meaning
from parcelparsers.carriers._rows import Code, event, plain
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.typed import Shape, decode

_S = State

_FINE = "A1000"
_NAMES = Families(
    (_S.RETURNED, Leg.LOCAL, r"退回|退件|returned"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"派送(?:失败|异常|不成功)|拒收|delivery failed|refused"),
    (_S.EXCEPTION, Leg.ACCEPTED, r"异常|exception"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"待取|自提|代收"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"派送中|派件|delivering"),
    (_S.DELIVERED, Leg.FINAL, r"(?<!未)签收|\bdelivered\b|\bsigned\b"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"揽收|已收|picked up"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"运输|转运|中转|in transit"),
)
"""`secondaryStatusName` and `firstStatusName`."""
_CODES = {"50": Meaning(_S.IN_TRANSIT, Leg.ACCEPTED), "80": Meaning(_S.DELIVERED, Leg.FINAL)}
"""`opCode`, which sources read in different ways: the last that is asked."""


class _Envelope(Shape, frozen=True):
    api_result_code: str
    api_error_msg: str | None = None
    api_result_data: str | None = None


class _Route(Shape, frozen=True):
    accept_time: str | None = None
    accept_address: str | None = None
    remark: str | None = None
    op_code: Code = None
    first_status_name: str | None = None
    secondary_status_name: str | None = None


class _Routes(Shape, frozen=True):
    mail_no: str | None = None
    routes: list[_Route] | None = None


class _Message(Shape, frozen=True):
    route_resps: list[_Routes]


class _Data(Shape, frozen=True):
    success: bool
    msg_data: _Message | None = None


def _fits(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"apiResultCode"' in body.data


def _read(body: Body, asked: Asked) -> Reading:
    """`apiResultData` is a text that holds JSON: routes by number, in any order. Raises `Unreadable`."""
    envelope = decode(body, _Envelope)
    if envelope.api_result_code != _FINE:
        return refused(envelope.api_result_code, envelope.api_error_msg)
    data = decode(Body((envelope.api_result_data or "").encode()), _Data)
    if not data.success or not data.msg_data:
        return refused("", "the service says that it did not succeed")
    found = [_parcel(each, asked) for each in data.msg_data.route_resps]
    return told(found, [], asked)


def _parcel(given: _Routes, asked: Asked) -> Parcel:
    if not given.routes:
        raise Unreadable("routes", "events")
    return concluded(Parcel(number=number_in(asked, given.mail_no), events=tuple(map(_event, given.routes))))


def _event(route: _Route) -> Event:
    names = (route.secondary_status_name or "", route.first_status_name or "")
    known = next((found for name in names if (found := _NAMES.of(name))), None)
    known = known or meaning(route.remark or "") or _CODES.get(plain(route.op_code))
    when = stamp(route.accept_time, place="Asia/Shanghai")
    return event(when, route.remark or names[0], known, code=plain(route.op_code), place=route.accept_address)


SOURCE = Source(
    id="sfexpress",
    name="SF Express",
    access=Access.PASTE,
    evidence=Evidence.DOCUMENTED,
    hosts=("www.sf-express.com",),
    readers=(Reader(name="search routes", fits=_fits, read=_read),),
    clock="China's wall clock",
    page="https://www.sf-express.com/chn/en/waybill/waybill-detail/{number}",
    countries=("CN",),
)
