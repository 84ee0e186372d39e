"""InPost, lockers and courier (`POSTS_AND_COURIERS.md` §18): the cross-border hub, and ShipX in Poland."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.carriers._answers import found, nothing, the_number
from parcelparsers.carriers._concluding import in_state
from parcelparsers.carriers._meanings import Meaning, codes, not_known
from parcelparsers.carriers._rows import event
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Flag, Leg, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_S = State

_HUB = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "CRE.1001 CRE.1002"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "FMD.1001 FMD.1002 FMD.1003 FMD.1004 FMD.1005"),
    (_S.IN_TRANSIT, Leg.ORIGIN, "MMD.1001 MMD.1002 MMD.1003 MMD.1004"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "CC.001"),
    (_S.IN_TRANSIT, Leg.CLEARED, "CC.002"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "CC.003"),
    (_S.IN_TRANSIT, Leg.LOCAL, "LMD.1001 LMD.1002 LMD.9012 LMD.9013"),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "LMD.1003 LMD.1004 LMD.1005 LMD.9001"),
    (_S.IN_TRANSIT, Leg.LOCAL, " ".join(f"LMD.{n}" for n in range(3002, 3015))),
    (_S.EXCEPTION, Leg.LOCAL, "LMD.9002"),
    (_S.DELIVERY_FAILED, Leg.LOCAL, " ".join(f"LMD.{n}" for n in range(9003, 9012))),
    (_S.DELIVERED, Leg.FINAL, "EOL.1001 EOL.1002 EOL.1003 EOL.1004 EOL.1005"),
    (_S.EXCEPTION, Leg.ACCEPTED, "EOL.9001 EOL.9002"),
    (_S.RETURNED, Leg.LOCAL, "RTS.1001 RTS.1002"),
    (None, Leg.ANNOUNCED, "INF.9001"),
)
_SHIPX = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "created offers_prepared offer_selected confirmed"),
    (
        _S.IN_TRANSIT,
        Leg.ACCEPTED,
        (
            "collected_from_sender taken_by_courier taken_by_courier_from_pok dispatched_by_sender"
            " dispatched_by_sender_to_pok adopted_at_source_branch"
        ),
    ),
    (_S.IN_TRANSIT, Leg.ORIGIN, "adopted_at_sorting_center sent_from_source_branch sent_from_sorting_center"),
    (
        _S.IN_TRANSIT,
        Leg.LOCAL,
        (
            "adopted_at_target_branch stack_in_customer_service_point stack_in_box_machine"
            " unstack_from_customer_service_point unstack_from_box_machine taken_by_courier_from_customer_service_point"
            " readdressed redirect_to_box canceled_redirect_to_box permanently_redirected_to_box_machine"
            " permanently_redirected_to_customer_service_point"
        ),
    ),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "out_for_delivery out_for_delivery_to_address"),
    (
        _S.AVAILABLE_FOR_PICKUP,
        Leg.LOCAL,
        (
            "ready_to_pickup ready_to_pickup_from_pok ready_to_pickup_from_pok_registered ready_to_pickup_from_branch"
            " pickup_reminder_sent pickup_reminder_sent_address courier_avizo_in_customer_service_point"
        ),
    ),
    (
        _S.DELIVERY_FAILED,
        Leg.LOCAL,
        (
            "avizo undelivered undelivered_wrong_address undelivered_incomplete_address undelivered_unknown_receiver"
            " undelivered_cod_cash_receiver undelivered_no_mailbox undelivered_not_live_address"
            " undelivered_lack_of_access_letterbox rejected_by_receiver delivery_attempt_failed"
        ),
    ),
    (
        _S.EXCEPTION,
        Leg.LOCAL,
        (
            "pickup_time_expired stack_parcel_pickup_time_expired stack_parcel_in_box_machine_pickup_time_expired"
            " oversized claimed missing canceled not_collected"
        ),
    ),
    (_S.RETURNED, Leg.LOCAL, "returned_to_sender return_pickup_confirmation_to_sender"),
    (_S.DELIVERED, Leg.FINAL, "delivered collected_by_customer"),
    (None, Leg.ANNOUNCED, "delay_in_delivery other"),
)
_FLAGS = {"EOL.9001": Flag.LOST, "missing": Flag.LOST, "EOL.9002": Flag.DAMAGED}


class _Row(Shape, frozen=True):
    status: str = ""
    datetime: str | None = None
    status_title: str | None = None
    place: str | None = None


class _Country(Shape, frozen=True):
    country_code: str | None = None


class _Hub(Shape, frozen=True):
    tracking_number: str
    tracking_details: list[_Row]
    status: str | None = None
    origin: _Country | None = None
    destination: _Country | None = None


class _OldRow(Shape, frozen=True, rename=None):
    status: str = ""
    datetime: str | None = None
    agency: str | None = None
    location: str | None = None


class _ShipX(Shape, frozen=True, rename=None):
    tracking_number: str
    tracking_details: list[_OldRow]
    status: str | None = None
    service: str | None = None


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number to the cross-border hub."""
    return tuple(Request(url=f"https://inposteasy.com/api/tracking/{normalise(n)}") for n in asked.numbers)


def _has(key: bytes, body: Body) -> bool:
    return body.data.lstrip()[:1] == b"{" and key in body.data


def _read_hub(body: Body, asked: Asked) -> Reading:
    """`trackingDetails` with an offset in each time. Raises `Unreadable`."""
    answer = decode(body, _Hub)
    rows = [
        event(
            stamp(row.datetime),
            row.status_title or row.status,
            _HUB.get(row.status),
            code=row.status,
            place=row.place,
        )
        for row in answer.tracking_details
    ]
    parcel = Parcel(
        number=the_number(answer.tracking_number, asked),
        origin=answer.origin.country_code if answer.origin else None,
        destination=answer.destination.country_code if answer.destination else None,
    )
    return found(_parcel(parcel, rows, answer.status, _HUB))


def _read_shipx(body: Body, asked: Asked) -> Reading:
    """`tracking_details` without words: the code is shown as words. Raises `Unreadable`."""
    answer = decode(body, _ShipX)
    rows = [
        event(
            stamp(row.datetime, place="Europe/Warsaw"),
            row.status.replace("_", " "),
            _SHIPX.get(row.status),
            code=row.status,
            place=row.location or row.agency,
        )
        for row in answer.tracking_details
    ]
    parcel = Parcel(number=the_number(answer.tracking_number, asked), service_line=answer.service)
    return found(_parcel(parcel, rows, answer.status, _SHIPX))


def _parcel(parcel: Parcel, rows: list[Event], status: str | None, known: dict[str, Meaning]) -> Parcel:
    """The history; the source's own status counts where it is known."""
    whole = settled(
        Parcel(
            number=parcel.number,
            origin=parcel.origin,
            destination=parcel.destination,
            service_line=parcel.service_line,
            flags=(_FLAGS[status],) if status in _FLAGS else (),
            unknown_codes=not_known([*(row.code for row in rows), status], known),
            events=tuple(rows),
        )
    )
    meaning = known.get(status or "")
    if not rows and not meaning:
        raise Unreadable("trackingDetails", "events, or a known status")
    return in_state(whole, meaning.state, meaning.leg) if meaning else whole


def _fits_nothing(body: Body) -> bool:
    low = body.data[:2000].lower()
    return body.is_json and (b"not_found" in low or b"not found" in low)


def _read_nothing(body: Body, asked: Asked) -> Reading:
    """The problem body of a 404: the number is unknown, or its history has expired."""
    return nothing(asked)


SOURCE = Source(
    id="inpost",
    name="InPost",
    access=Access.KEYLESS,
    evidence=Evidence.CAPTURED,
    hosts=("inposteasy.com",),
    readers=(
        Reader(name="hub", fits=lambda body: _has(b'"trackingDetails"', body), read=_read_hub),
        Reader(name="ShipX", fits=lambda body: _has(b'"tracking_details"', body), read=_read_shipx),
        Reader(name="problem", fits=_fits_nothing, read=_read_nothing),
        PAGE_FOR_DATA,
    ),
    clock="the offset in each time",
    page="https://inpost.pl/sledzenie-przesylek?number={number}",
    ask=ask,
    countries=("PL", "IT", "PT", "GB", "ES", "FR", "BE", "NL", "LU"),
)
