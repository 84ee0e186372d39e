"""The scan and status codes of FedEx. Those beyond `POSTS_AND_COURIERS.md` §23 and the known bodies are general
knowledge, checked against no document.
"""

from __future__ import annotations

from parcelparsers.carriers import _meanings as say
from parcelparsers.carriers._american_words import TRAPS, contradicted, meaning
from parcelparsers.carriers._concluding import concluded
from parcelparsers.carriers._meanings import Meaning, codes
from parcelparsers.model import Event, Parcel, State

CODES = codes(
    (*say.LABEL, "OC OX AP EP"),
    (*say.ACCEPTED, "PU PX"),
    (*say.MOVING, "AA AC AR AX DP DS EA EO IT IX LO OF PM SF TR AO"),
    (*say.EXPORTED, "PF"),
    (*say.ARRIVED, "PL CP"),
    (*say.CLEARED, "CC"),
    (*say.LOCAL, "AF FD AD ED"),
    (*say.CUSTOMS, "CD"),
    (*say.ROUND, "OD"),
    (*say.WAITING, "HL HP"),
    (*say.FAILED, "DE"),
    (*say.TROUBLE, "SE CA DY DD PD SP"),
    (*say.RETURNED, "RS"),
    (*say.DELIVERED, "DL"),
)

SILENT = ("RR", "RM", "RC", "RP", "LP", "RG", "RD", "DR", "CH")
"""Known codes that say nothing of the parcel's state: delivery instructions, labels for a return."""

_BROAD = ("IT", "IX", "AR", "DP", "CC", "AD", "ED", "AO", "PM", "SE", "DY")
"""Codes under which the words say more: a clearance for export, a local facility, a hold for pickup."""


def meaning_of(code: str, text: str) -> Meaning | None:
    """What one scan says. A mere delay under a code of movement is movement."""
    if code in SILENT:
        return None
    known = CODES.get(code)
    words = meaning(text) if known and code in _BROAD else None
    if known and words and words.state is not State.DELIVERED:
        if known.state is State.IN_TRANSIT:
            return words if words != say.TROUBLE or TRAPS.of(text) else known
        if words.state not in (State.IN_TRANSIT, State.INFO_RECEIVED):
            return words
    return meaning(text, known)


def status_of(code: str | None, text: str | None) -> Meaning | None:
    """What the parcel's own status says."""
    return meaning_of((code or "").strip().upper(), text or "")


def parcel_of(
    number: str, events: list[Event], status: Meaning | None, *, eta: str = "", service: str | None = None
) -> Parcel:
    """The parcel of any FedEx answer, its events newest first; `eta` as an ISO day. Raises `Unreadable`."""
    codes = (e.code for e in events if e.code and e.code not in CODES and e.code not in SILENT)
    parcel = Parcel(
        number=number,
        flags=contradicted((CODES.get(e.code or ""), e.description) for e in events),
        service_line=service or None,
        unknown_codes=tuple(dict.fromkeys(codes)),
        events=tuple(events),
    )
    return concluded(parcel, status, eta=eta, newest_first=True)
