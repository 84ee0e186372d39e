"""A source of the tests' own: hosts that nobody has, a reader that takes any JSON."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Outcome, Reader, Reading, Request, Source

HOST = "carrier.example"
OTHER = "www.carrier.example"
URL = f"https://{HOST}/track?n=RR123456785CN"


def _read(body: Body, asked: Asked) -> Reading:
    return Reading(outcome=Outcome.NOT_FOUND, missing=asked.numbers)


def a_source(**changes: object) -> Source:
    """The source, with some of its fields changed."""
    fields: dict[str, object] = {
        "id": "example",
        "name": "Example Carrier",
        "access": Access.KEYLESS,
        "evidence": Evidence.CAPTURED,
        "hosts": (HOST, OTHER),
        "readers": (Reader("any", lambda body: True, _read),),
        "clock": "UTC",
        "page": f"https://{HOST}/{{number}}",
        "ask": lambda asked: (Request(URL),),
    }
    return Source(**{**fields, **changes})  # type: ignore[arg-type]
