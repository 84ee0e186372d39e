"""Australia Post (`POSTS_AND_COURIERS.md` §21): the gateway of its site and app, and the merchants' interface.

The gateway answers the post's own clients and shows others a captcha, so the user's own browser asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._american_words import contradicted, meaning
from parcelparsers.carriers._answers import answered, number_of, refused, the_only
from parcelparsers.carriers._auspost_codes import CODES, STATUSES
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import ANYWHERE, epoch, stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Flag, Parcel, Reading
from parcelparsers.numbers import normalise
from parcelparsers.timeline import in_order
from parcelparsers.typed import Shape, convert, replace
from parcelparsers.walls import PAGE_FOR_DATA
from parcelparsers.wording import less_final

PAGE = "https://auspost.com.au/mypost/track/details/{number}"

_NOTHING_CODES = ("21", "ESB-10001")
_NOTHING = re.compile(r"invalid (?:tracking|article)|not found|no tracking|unknown (?:article|tracking)", re.I)


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


class _Error(Shape, frozen=True):
    code: str | None = None
    error_code: str | None = None
    message: str | None = None
    name: str | None = None


class _Row(Shape, frozen=True):
    date_time: int | None = None
    locale_date_time: str | None = None
    date: str | None = None
    description: str | None = None
    location: str | None = None
    event_code: str | None = None
    milestone: str | None = None


class _Detail(Shape, frozen=True):
    article_type: str | None = None
    events: list[_Row] | None = None


class _Article(Shape, frozen=True):
    article_id: str | None = None
    track_status_of_article: str | None = None
    details: list[_Detail] | None = None


class _Shipment(Shape, frozen=True):
    articles: list[_Article] | None = None


class _Entry(Shape, frozen=True):
    status: int
    tracking_ids: list[str] | None = None
    shipment: _Shipment | None = None
    error: _Error | None = None


class _Item(Shape, frozen=True):
    article_id: str | None = None
    product_type: str | None = None
    status: str | None = None
    events: list[_Row] | None = None
    items: list[_Item] | None = None


class _Result(Shape, frozen=True):
    tracking_id: str | None = None
    status: str | None = None
    trackable_items: list[_Item] | None = None
    errors: list[_Error] | None = None


def _fits_gateway(body: Body) -> bool:
    return body.is_json and isinstance(body.json, list) and b'"trackingIds"' in body.data


def _read_gateway(body: Body, asked: Asked) -> Reading:
    """A list with one entry a number; 500 says nothing of the parcel. Raises `Unreadable`."""
    parcels, missing, refusals = [], [], []
    for entry in convert(body.json, list[_Entry]):
        number = next(filter(None, map(number_of, entry.tracking_ids or ())), "") or the_only(asked)
        if entry.status == 200:
            parcels.append(_from_gateway(number, entry.shipment))
        elif entry.error and _unknown(entry.error):
            missing.append(number)
        else:
            refusals.append(entry)
    if refusals and not parcels and not missing:
        error = refusals[0].error or _Error()
        return refused(error.error_code or error.code or refusals[0].status, error.message)
    return answered(parcels, missing)


def _unknown(error: _Error) -> bool:
    code = (error.error_code or error.code or "").strip()
    return code in _NOTHING_CODES or bool(_NOTHING.search((error.message or error.name or "")[:200]))


def _from_gateway(number: str, shipment: _Shipment | None) -> Parcel:
    if shipment is None:
        raise Unreadable(f"shipment of {number}", "an object with articles")
    parcels = []
    for article in shipment.articles or ():
        details = article.details or []
        rows = [row for detail in details for row in detail.events or ()]
        kind = details[0].article_type if details else None
        parcels.append(_parcel(number_of(article.article_id) or number, rows, article.track_status_of_article, kind))
    return _together(number, parcels)


def _fits_interface(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and bool({"tracking_results", "errors"} & set(body.json))


def _read_interface(body: Body, asked: Asked) -> Reading:
    """`tracking_results[]`, one a number, or `errors[]`. Raises `Unreadable`."""
    if "tracking_results" not in body.json:
        error = next(iter(convert(body.json["errors"], list[_Error], "errors")), _Error())
        if _unknown(error):
            return answered((), (the_only(asked),), nothing=True)
        return refused(error.code or error.error_code, error.message)
    parcels, missing = [], []
    refusals: list[_Error] = []
    for result in convert(_camel(body.json["tracking_results"]), list[_Result], "tracking_results"):
        number = number_of(result.tracking_id) or the_only(asked)
        articles = [a for item in result.trackable_items or () for a in item.items or (item,)]
        if articles:
            found = (
                _parcel(number_of(a.article_id) or number, a.events or [], a.status, a.product_type) for a in articles
            )
            parcels.append(_together(number, list(found)))
        elif any(map(_unknown, result.errors or ())):
            missing.append(number)
        else:
            refusals.extend(result.errors or (_Error(),))
    if refusals and not parcels and not missing:
        return refused(refusals[0].code, refusals[0].message)
    return answered(parcels, missing)


def _camel(node: object, depth: int = 8) -> object:
    """The interface's keys (`tracking_id`) in the spelling of the shapes."""
    if isinstance(node, dict) and depth:
        return {re.sub(r"_(\w)", lambda m: m[1].upper(), k): _camel(v, depth - 1) for k, v in node.items()}
    if isinstance(node, list) and depth:
        return [_camel(v, depth - 1) for v in node]
    return node


def _parcel(number: str, rows: Iterable[_Row], status: str | None, service: str | None) -> Parcel:
    """One article. Raises `Unreadable`."""
    events = [_event(row) for row in rows]
    codes = (e.code for e in events if e.code and e.code not in CODES)
    parcel = Parcel(
        number=number,
        flags=contradicted((CODES.get(e.code or ""), e.description) for e in events),
        service_line=service or None,
        unknown_codes=tuple(dict.fromkeys(codes)),
        events=tuple(events),
    )
    return concluded(parcel, _status(status), newest_first=True)


def _status(text: str | None) -> Meaning | None:
    low = flat(text).lower().replace("’", "'")
    return STATUSES.get(low) or meaning(low)


def _event(row: _Row) -> Event:
    """A scan by another post bears that post's wall clock labelled UTC."""
    code = flat(row.event_code).upper() or None
    printed = row.locale_date_time or row.date
    when = stamp(printed) if printed else epoch(row.date_time)
    if code and code.startswith("INT-") and when.zone in ("Z", "+00:00", "+0000"):
        when = replace(when, uncertain_hours=ANYWHERE)
    text = flat(row.description)
    told = meaning(text, CODES.get(code or "")) or _status(row.milestone)
    return event(when, text, told, code=code, place=flat(row.location))


def _together(number: str, parcels: list[Parcel]) -> Parcel:
    """The articles of one number as one parcel, only as far as the last of them. Raises `Unreadable`."""
    own = [p for p in parcels if p.number == number] or parcels
    if not own:
        raise Unreadable(f"shipment of {number}", "an article")
    first, *others = own
    for other in others:
        states = [s for s in (first.state, other.state) if s]
        first = replace(
            first,
            state=less_final(*states) if len(states) == 2 else None,
            leg=min(first.leg, other.leg),
            flags=tuple(dict.fromkeys((*first.flags, *other.flags, Flag.SPARSE))),
            events=in_order((*first.events, *other.events)),
            unknown_codes=tuple(dict.fromkeys((*first.unknown_codes, *other.unknown_codes))),
        )
    aliases = tuple(p.number for p in own if p.number != number) if len(own) == 1 else ()
    return replace(first, number=number, aliases=aliases)


SOURCE = Source(
    id="auspost",
    name="Australia Post",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("auspost.com.au", "digitalapi.auspost.com.au"),
    readers=(
        Reader(name="watchlist", fits=_fits_gateway, read=_read_gateway),
        Reader(name="shipping track", fits=_fits_interface, read=_read_interface),
        PAGE_FOR_DATA,
    ),
    clock="the wall clock of the place of the scan, with its offset; scans abroad are labelled UTC and are not",
    page=PAGE,
    ask=ask,
    countries=("AU",),
)
