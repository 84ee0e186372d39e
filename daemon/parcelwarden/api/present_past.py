"""As shapes: what differs between page and rules, what moved on the page, what was published."""

from __future__ import annotations

from parcelwarden.api import shapes
from parcelwarden.api.context import Wording
from parcelwarden.domain.model import Advisory, Difference, Moved
from parcelwarden.domain.moment import iso


def difference(given: Difference, wording: Wording, language: str) -> shapes.DifferenceShape:
    """Computed against observed, with its sentence."""
    return shapes.DifferenceShape(
        subject=given.subject,
        code=given.code,
        computed=str(iso(given.computed)),
        seen=str(iso(given.seen)),
        text=wording(given.code, given.params, language),
    )


def moved(given: Moved) -> shapes.MovedShape:
    """An end that moved, and in which direction."""
    return shapes.MovedShape(
        field=given.field,
        before=str(iso(given.before)),
        after=str(iso(given.after)),
        direction="earlier" if given.direction == "earlier" else "later",
        at=str(iso(given.at)),
        taken=given.taken,
    )


def advisory(given: Advisory) -> shapes.AdvisoryShape:
    """A published disruption."""
    return shapes.AdvisoryShape(
        id=given.id, kind=given.kind, quote=given.quote, source=given.source, extra_days=given.extra_days
    )
