"""Parcels and sources as shapes."""

from __future__ import annotations

from datetime import timedelta

from parcelparsers.model import Event
from parcelparsers.source import Source
from parcelwarden.api import shapes
from parcelwarden.api.present import doubtful_of, name, stamp
from parcelwarden.domain.moment import iso
from parcelwarden.services.records import Look, ParcelRecord, SourceHealth


def parcel(given: ParcelRecord) -> shapes.ParcelShape:
    """One parcel with its history and its looks."""
    return shapes.ParcelShape(
        numbers=given.numbers,
        doubtful_numbers=doubtful_of(given.numbers),
        state=given.state.value if given.state else None,
        leg=int(given.leg),
        flags=tuple(flag.value for flag in given.flags),
        eta=shapes.EtaShape(earliest=given.eta.earliest, latest=given.eta.latest) if given.eta else None,
        service_line=given.service_line,
        origin=given.origin,
        destination=given.destination,
        last_mile=given.last_mile,
        created_at=stamp(given.created_at),
        events=tuple(_event(e) for e in given.events),
        looks=tuple(_look(x) for x in given.looks),
        orders=tuple(name(ref) for ref in given.orders),
    )


def source(given: Source, health: SourceHealth) -> shapes.SourceShape:
    """One source and how it is on this machine."""
    return shapes.SourceShape(
        id=given.id,
        name=given.name,
        access=given.access.value,
        evidence=given.evidence.value,
        floor_hours=given.floor / timedelta(hours=1),
        clock=given.clock,
        state=health.state,
        last_tried_at=iso(health.last_tried_at),
        last_ok_at=iso(health.last_ok_at),
        last_outcome=health.last_outcome,
        failing_since=iso(health.failing_since),
        resume_at=iso(health.resume_at),
        unknown_codes=health.unknown_codes,
        changed_since=iso(health.changed_since),
        changed_how=health.changed_how,
    )


def _event(event: Event) -> shapes.EventShape:
    return shapes.EventShape(
        local_time=event.local_time,
        zone=event.zone,
        at=iso(event.at),
        uncertain_hours=event.uncertain_hours,
        code=event.code,
        state=event.state.value if event.state else None,
        leg=int(event.leg),
        advisory=event.advisory,
        description=event.description,
        location=event.location,
    )


def _look(look: Look) -> shapes.LookShape:
    return shapes.LookShape(
        source=look.source,
        number=look.number,
        outcome=look.outcome,
        last_outcome=look.last_outcome,
        last_tried_at=iso(look.last_tried_at),
        last_ok_at=iso(look.last_ok_at),
        next_look_at=iso(look.next_look_at),
    )
