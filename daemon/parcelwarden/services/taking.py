"""What came of one question, however it was asked, into the rows: the source's health, its looks, the parcels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from parcelparsers import Source
from parcelwarden.services.asking import Result
from parcelwarden.services.drift import watched
from parcelwarden.services.errors import NotFound
from parcelwarden.services.intake import Intake
from parcelwarden.services.politeness import Attempt, after
from parcelwarden.services.ports import Unit
from parcelwarden.services.records import Look, SourceHealth
from parcelwarden.services.routes import Routes


def take_in(
    unit: Unit, intake: Intake, source: Source, looks: Iterable[Look], result: Result, asked_at: datetime
) -> SourceHealth:
    """Take the result of one question to one source in; a wall or a Retry-After holds all looks at it. Answers the
    source's health after it."""
    health = after(unit.sources.get(source.id), result.attempt, asked_at)
    answers = [result.answered(look) for look in looks]
    after_it = intake.take(unit, answers, asked_at, source.floor, health.resume_at)
    unit.sources.put(watched(unit, health, after_it, asked_at))
    if health.resume_at is not None:
        unit.parcels.hold(source.id, health.resume_at)
    return health


def checked(unit: Unit, routes: Routes, source_id: str, attempt: Attempt, at: datetime) -> SourceHealth:
    """Take in that somebody asked a source by hand: its health, and what holds its looks. Raises `NotFound`."""
    if routes.source(source_id) is None:
        raise NotFound(f"source {source_id[:40]!r} is not known; see: parcelwarden sources", field="id")
    health = after(unit.sources.get(source_id), attempt, at)
    unit.sources.put(health)
    if health.resume_at is not None:
        unit.parcels.hold(source_id, health.resume_at)
    return health
