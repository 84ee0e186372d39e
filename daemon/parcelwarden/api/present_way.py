"""How a parcel can be looked at, as shapes."""

from __future__ import annotations

from parcelwarden.api import shapes
from parcelwarden.domain.moment import iso
from parcelwarden.services.ways import Way


def way(given: Way) -> shapes.WayShape:
    """One way."""
    return shapes.WayShape(
        source=given.source.id,
        name=given.source.name,
        number=given.number,
        asked_by=given.asked_by.value,
        state=given.state,
        next=iso(given.next),
        page=given.page,
    )
