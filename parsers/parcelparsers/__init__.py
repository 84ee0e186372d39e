"""Reads what carriers and shops publish. Pure: bytes in, readings out; knows nothing of the daemon."""

from parcelparsers.body import Body
from parcelparsers.model import Eta, Event, Flag, Leg, Outcome, Parcel, Reading, State
from parcelparsers.reading import read, read_whatever
from parcelparsers.registry import all_sources, source, source_ids
from parcelparsers.source import Access, Asked, Evidence, Reader, Request, Source

__all__ = [
    "Access",
    "Asked",
    "Body",
    "Eta",
    "Event",
    "Evidence",
    "Flag",
    "Leg",
    "Outcome",
    "Parcel",
    "Reader",
    "Reading",
    "Request",
    "Source",
    "State",
    "all_sources",
    "read",
    "read_whatever",
    "source",
    "source_ids",
]
