"""PostNord, Sweden, Denmark, Norway and Finland (`POSTS_AND_COURIERS.md` §28): the data of its tracking page and of
the interface with a key. A plain request makes a real parcel look missing, so the page alone is asked, by relay.
"""

from __future__ import annotations

from typing import Any

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import nothing, number_in, others, refused, told
from parcelparsers.carriers._concluding import agree, concluded
from parcelparsers.carriers._meanings import Families, Meaning, codes, not_known
from parcelparsers.carriers._postal_words import meaning as english
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.typed import Shape, convert, decode, replace
from parcelparsers.walls import PAGE_FOR_DATA
from parcelparsers.wording import less_final

_S = State

PAGE = "https://tracking.postnord.com/en/tracking?id={number}"

_CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "CREATED"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "EN_ROUTE"),
    (_S.EXCEPTION, Leg.ACCEPTED, "DELAYED EXPECTED_DELAY STOPPED"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "AVAILABLE_FOR_DELIVERY AVAILABLE_FOR_DELIVERY_PAR_LOC"),
    (_S.DELIVERED, Leg.FINAL, "DELIVERED"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, "DELIVERY_IMPOSSIBLE DELIVERY_REFUSED"),
    (_S.RETURNED, Leg.LOCAL, "RETURNED"),
    (None, Leg.ANNOUNCED, "OTHER INFORMED"),
)
_NOTICES = ("OTHER", "INFORMED")
_WORDS = Families(
    (
        _S.RETURNED,
        Leg.LOCAL,
        (r"return\w* to (?:the )?sender|retur (?:till|til) (?:avs[äe]nd)|returner(?:at|et|ad) till? avs"),
    ),
    (
        _S.DELIVERY_FAILED,
        Leg.LOCAL,
        (r"(?:could|can) ?not be delivered|kunde inte levereras|kunne ikke (?:leveres|utleveres)"),
    ),
    (
        _S.AVAILABLE_FOR_PICKUP,
        Leg.LOCAL,
        (
            r"delivered to (?:a|the) (?:service point|parcel (?:locker|box)|collection)|(?:klar|klart"
            r"|redo) (?:för|til|for) "
            r"(?:avhämtning|afhentning|henting|uthämtning)|(?:leverera|leveret|levert)\w* (?:till|til) (?:ett |et )?"
            r"(?:utlämning|servicepunkt|udlevering|posthus|pakkeboks|paketbox)|kan (?:hämtas|afhentes|hentes)"
        ),
    ),
    (
        _S.OUT_FOR_DELIVERY,
        Leg.LOCAL,
        (
            r"delivery of the .{0,20}is in progress|out for delivery|under (?:utdelning|udbringning|utkjøring)"
            r"|utkörning|ute for levering|lastat .{0,20}utleverans"
        ),
    ),
    (
        _S.CUSTOMS_HOLD,
        Leg.ARRIVED,
        r"(?:held|stopped|detained) .{0,20}customs|väntar på (?:betalning|tull)|afventer (?:betaling|told)",
    ),
    (_S.IN_TRANSIT, Leg.CLEARED, r"(?:cleared|released) .{0,20}customs|customs cleared|tullklarera|fortoll(?:et|ad)"),
    (
        _S.IN_TRANSIT,
        Leg.ARRIVED,
        r"customs|\btull|\btold\b|arrived (?:at|in|to) (?:the )?(?:destination country|country of)",
    ),
)
"""What a plain EN_ROUTE hides, in English, Swedish, Danish and Norwegian."""


class _Place(Shape, frozen=True):
    name: str | None = None
    display_name: str | None = None
    country_code: str | None = None


class _Row(Shape, frozen=True):
    event_time: str | None = None
    event_description: str | None = None
    status: str | None = None
    location: _Place | None = None


class _Status(Shape, frozen=True):
    code: str | None = None


class _Item(Shape, frozen=True):
    item_id: str | None = None
    status: Any = None
    events: list[_Row] | None = None


class _Service(Shape, frozen=True):
    name: str | None = None


class _Shipment(Shape, frozen=True):
    shipment_id: str | None = None
    service_name: str | None = None
    service: _Service | None = None
    items: list[_Item] | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """The page for people, one a number."""
    return tuple(Request(url=PAGE.format(number=normalise(number))) for number in asked.numbers)


def _fits(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and ("items" in body.json or "shipmentId" in body.json)


def _read(body: Body, asked: Asked) -> Reading:
    """One shipment with its items. Without any it is no answer: a parcel looks so too when its proof is missing.

    Raises `Unreadable`.
    """
    shipment = decode(body, _Shipment)
    if not shipment.items:
        return refused("", "no items: unknown, or a request that was not accepted", "inconclusive")
    return told(_parcels(shipment, asked), [], asked)


class _Found(Shape, frozen=True):
    shipments: list[_Shipment] | None = None


class _Keyed(Shape, frozen=True, rename="pascal"):
    tracking_information_response: _Found


def _fits_keyed(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and b'"TrackingInformationResponse"' in body.data[:200]


def _read_keyed(body: Body, asked: Asked) -> Reading:
    """`findByIdentifier`: shipments, none where the number is not known. Raises `Unreadable`."""
    shipments = decode(body, _Keyed).tracking_information_response.shipments
    if shipments == []:
        return nothing(asked)
    if shipments is None:
        raise Unreadable("TrackingInformationResponse", "shipments")
    return told([p for shipment in shipments for p in _parcels(shipment, asked)], [], asked)


def _fits_fault(body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and any(key in body.data for key in (b'"compositeFault"', b'"faults"'))


def _read_fault(body: Body, asked: Asked) -> Reading:
    return refused("", "a fault instead of a shipment", "inconclusive")


def _parcels(shipment: _Shipment, asked: Asked) -> list[Parcel]:
    """The items; one alone may be asked for by the number of its shipment."""
    items = shipment.items or []
    named = [item for item in items if (item.item_id or "").strip().upper() in asked.numbers] or items
    return [_parcel(item, shipment, asked, alone=len(items) == 1) for item in named]


def _parcel(item: _Item, shipment: _Shipment, asked: Asked, *, alone: bool) -> Parcel:
    numbers = (item.item_id, shipment.shipment_id) if alone or not item.item_id else (item.item_id,)
    number = number_in(asked, *numbers)
    rows = item.events or []
    parcel = Parcel(
        number=number,
        aliases=others(number, *numbers),
        service_line=shipment.service_name or (shipment.service.name if shipment.service else None) or None,
        unknown_codes=not_known([row.status for row in rows], _CODES),
        events=tuple(map(_event, rows)),
    )
    own = _own(item.status)
    if not rows:
        parcel = agree(parcel, own)
    return _held(agree(concluded(parcel), own), rows)


def _held(parcel: Parcel, rows: list[_Row]) -> Parcel:
    """Flagged where a status says delivered and the words beside it say waiting."""
    for row in rows:
        words = _WORDS.of(row.event_description or "")
        if row.status == "DELIVERED" and words and words.state is not _S.DELIVERED:
            return replace(parcel, flags=(*parcel.flags, Flag.CODE_AND_WORDING_DISAGREE))
    return parcel


def _own(status: object) -> Meaning | None:
    code = convert(status, _Status).code if isinstance(status, dict) else status
    known = _CODES.get(code) if isinstance(code, str) else None
    return known if known and known.state else None


def _event(row: _Row) -> Event:
    """A notice, such as a text message to the receiver, is no movement."""
    place = row.location or _Place()
    where = ", ".join(filter(None, (place.display_name or place.name, place.country_code)))
    text, notice = row.event_description or "", row.status in _NOTICES
    known = None if notice else _meaning(row.status, text)
    return event(stamp(row.event_time), text, known, code=row.status, place=where, advisory=notice)


def _meaning(code: str | None, text: str) -> Meaning | None:
    known, words = _CODES.get(code or ""), _WORDS.of(text)
    if known is None:
        return words or english(text)
    if words and known.state is _S.IN_TRANSIT:
        return words
    if words and words.state and known.state and less_final(known.state, words.state) is not known.state:
        return words
    return known


SOURCE = Source(
    id="postnord",
    name="PostNord",
    access=Access.RELAY,
    evidence=Evidence.CAPTURED,
    hosts=("tracking.postnord.com", "api2.postnord.com"),
    readers=(
        Reader(name="trackandtrace", fits=_fits_keyed, read=_read_keyed),
        Reader(name="trackingweb", fits=_fits, read=_read),
        Reader(name="fault", fits=_fits_fault, read=_read_fault),
        PAGE_FOR_DATA,
    ),
    clock="instants with their offset",
    page=PAGE,
    ask=ask,
    countries=("SE", "DK", "NO", "FI"),
)
