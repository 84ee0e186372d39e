"""bpost, Belgium (`POSTS_AND_COURIERS.md` §12): the batch service behind its page, and the senders' interface (XML)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, told
from parcelparsers.carriers._concluding import agree, concluded, in_state
from parcelparsers.carriers._meanings import Families, Meaning, codes, weighed
from parcelparsers.carriers._parcel_words import WORDS as PARCEL_WORDS
from parcelparsers.carriers._postal_words import meaning as postal
from parcelparsers.carriers._rows import event, flat
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = State

_WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"(?:to|à|aan|an) (?:the |de |l.|den )?(?:sender|exp[ée]diteur|afzender|absender)"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"absent|afwezig|abwesend|not (?:be )?delivered|niet .{0,20}(?:geleverd|bezorgd)"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"(?:delivery|livraison|levering) .{0,30}(?:failed|échou|mislukt)|refus|geweigerd"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, r"(?:available|disponible|beschikbaar|verfügbar) (?:at|au|dans|en|in|bei)\b"),
    (
        _S.OUT_FOR_DELIVERY,
        Leg.LOCAL,
        r"will be delivered (?:today|during the day)|sera livr\w+ aujourd|vandaag .{0,20}geleverd",
    ),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"\bannounced|annonc|aangekondigd|angekündigt|received the information"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"confirmation of preparation|(?:sender|expéditeur|afzender) .{0,30}prepar"),
    (
        _S.OUT_FOR_DELIVERY,
        Leg.LOCAL,
        r"(?:delivery )?round .{0,40}(?:started|begun)|tourn[ée]e .{0,60}(?:commenc|d[ée]but)",
    ),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"(?:uitreikings|bezorg|leverings)?ronde .{0,60}(?:gestart|begonnen)"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"zustell(?:runde|tour) .{0,60}(?:gestartet|begonnen)"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, r"departure to (?:the )?country of destination|d[ée]part vers le pays"),
    (_S.IN_TRANSIT, Leg.ARRIVED, r"arrived at the postal operator of the country|arrival at international depot"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"(?:will|to) be delivered|sera livr|(?:zal|wordt) .{0,40}(?:geleverd|bezorgd)"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, r"\bhas received the item|parcel is handled|a bien re[çc]u"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"\bsorted|\btri[ée]\b|gesorteerd|sortiert|ready for transport"),
    (
        _S.DELIVERED,
        Leg.FINAL,
        r"(?<!not )\bdelivered\b|\bgeleverd|\blivr[ée]|picked up (?:at|in)|retir[ée] (?:au|dans|en)",
    ),
)
"""bpost's own wordings in English, French, Dutch and German."""
_STEPS = Families(
    (_S.RETURNED, Leg.LOCAL, r"return|back_?to_?sender|retour"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"not_?delivered|undeliver|failed|refus|absent"),
    (
        _S.AVAILABLE_FOR_PICKUP,
        Leg.LOCAL,
        r"(?:available|awaiting|ready|deposited)_.{0,40}(?:pick_?up|post_office|point)",
    ),
    (_S.DELIVERED, Leg.FINAL, r"\Adelivered|\Apicked_up"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"out_for_delivery|on_?round|delivery_round"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"customs_.{0,20}(?:hold|held|pay)"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"announce|prepar|created"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"sort|process|transit|transport|customs"),
)
"""`activeStep.knownProcessStep`, of which few values are known: by their parts."""
_STATES = Families(
    (_S.RETURNED, Leg.LOCAL, r"return|back ?to ?sender"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, r"not ?distributed|not ?delivered|undistribut|undeliver|absent|refus|failed"),
    (
        _S.AVAILABLE_FOR_PICKUP,
        Leg.LOCAL,
        r"(?:available|await|ready|deposit)\w* ?.{0,30}(?:pick ?up|post ?office|point)",
    ),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"bound ?to ?round|out_for_distribution|out_for_delivery"),
    (_S.DELIVERED, Leg.FINAL, r"\Adistributed|\Adelivered|\Apicked ?up"),
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, r"announc|created|registered"),
    (_S.IN_TRANSIT, Leg.ORIGIN, r"sort|accept|receiv|arriv|depart|transit|transport|process"),
)
"""The XML's descriptions, such as `DistributedNormally - regular`."""
_CODES = codes(
    (_S.IN_TRANSIT, Leg.ORIGIN, "T00"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "L00"),
    (_S.DELIVERED, Leg.FINAL, "U01"),
)
_BRUSSELS = "Europe/Brussels"


class _Text(Shape, frozen=True):
    description: str | None = None


class _Texts(Shape, frozen=True, rename="upper"):
    en: _Text | None = None
    fr: _Text | None = None
    nl: _Text | None = None
    de: _Text | None = None


class _Place(Shape, frozen=True):
    location_name: str | None = None
    country_code: str | None = None


class _Row(Shape, frozen=True):
    date: str | None = None
    time: str | None = None
    key: _Texts | None = None
    location: _Place | None = None


class _Step(Shape, frozen=True):
    name: str | None = None
    known_process_step: str | None = None


class _Item(Shape, frozen=True):
    item_code: str | None = None
    search_code: str | None = None
    retour_or_back_to_sender: bool | None = None
    active_step: _Step | None = None
    events: list[_Row] | None = None


class _Answer(Shape, frozen=True):
    items: list[_Item] | None = None
    error: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One POST a number."""
    return tuple(
        Request(
            url="https://track.bpost.cloud/track/items",
            method="POST",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"barcodes": [normalise(number)]}).encode(),
        )
        for number in asked.numbers
    )


def _fits(body: Body) -> bool:
    opening = body.data.lstrip()[:1]
    return opening == b"{" and (b'"items"' in body.data or b"NO_DATA_FOUND" in body.data)


def _read(body: Body, asked: Asked) -> Reading:
    """`items`, one a barcode; an empty list where it is not known. Raises `Unreadable`."""
    answer = decode(body, _Answer)
    if answer.items == [] or answer.error == "NO_DATA_FOUND":
        return nothing(asked)
    if not answer.items:
        raise Unreadable("items", "a list")
    return told([_parcel(item, asked) for item in answer.items], [], asked)


def _parcel(item: _Item, asked: Asked) -> Parcel:
    if not item.events:
        raise Unreadable("items", "events")
    parcel = concluded(
        Parcel(
            number=number_in(asked, item.item_code, item.search_code),
            events=tuple(map(_event, item.events)),
        ),
        newest_first=True,
    )
    step = item.active_step or _Step()
    parcel = agree(parcel, _STEPS.of((step.known_process_step or step.name or "").lower()))
    if item.retour_or_back_to_sender and parcel.state in (_S.DELIVERED, _S.IN_TRANSIT, _S.OUT_FOR_DELIVERY):
        parcel = in_state(parcel, _S.RETURNED)
    return parcel


def _meaning(text: str) -> Meaning | None:
    return _WORDS.of(text) or PARCEL_WORDS.of(text) or postal(text)


def _event(row: _Row) -> Event:
    """The clock is that of the place of the scan: Belgium's where the place is there."""
    key, place = row.key or _Texts(), row.location or _Place()
    text = next((t.description for t in (key.en, key.nl, key.fr, key.de) if t and t.description), "")
    when = stamp(" ".join(filter(None, (row.date, row.time))), place=_BRUSSELS if place.country_code == "BE" else "")
    where = ", ".join(filter(None, (place.location_name, place.country_code)))
    return event(when, text, _meaning(text), place=where)


def _fits_xml(body: Body) -> bool:
    return body.is_html and b"<html" not in body.data[:1000].lower() and b"itemTracking" in body.data


def _read_xml(body: Body, asked: Asked) -> Reading:
    """`itemTracking` with a `stateInfo` a scan, oldest first. Raises `Unreadable`."""
    root = body.xml()
    number = number_in(asked, _text(root, "itemCode"))
    rows = list(root.iter("{*}stateInfo"))
    if not rows:
        raise Unreadable("itemTracking", "stateInfo")
    unknown = (code for row in rows if (code := _text(row, "stateCode")) and code not in _CODES)
    parcel = Parcel(number=number, unknown_codes=tuple(dict.fromkeys(unknown)), events=tuple(map(_state, rows)))
    return told([concluded(parcel, newest_first=False)], [], asked)


def _text(element: _Element, name: str) -> str:
    return flat(element.findtext("{*}" + name))


def _state(row: _Element) -> Event:
    code, text = _text(row, "stateCode"), _text(row, "stateDescription")
    known = weighed(_CODES.get(code), _STATES.of(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)))
    return event(stamp(_text(row, "time"), place=_BRUSSELS), text, known, code=code)


SOURCE = Source(
    id="bpost",
    name="bpost",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("track.bpost.cloud",),
    readers=(
        Reader(name="track/items", fits=_fits, read=_read),
        Reader(name="trackingInfo (XML)", fits=_fits_xml, read=_read_xml),
        PAGE_FOR_DATA,
    ),
    clock="the wall clock of the place of the scan, without a zone: Belgium's there; the XML has offsets",
    page="https://track.bpost.cloud/btr/web/#/search?itemCode={number}&lang=en",
    ask=ask,
    countries=("BE",),
)
