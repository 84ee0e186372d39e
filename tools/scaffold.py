"""Makes a new source: its module and its four cases, all of them running at once.

    make scaffold ID=examplepost NAME="Example Post" HOST=api.examplepost.example

What it writes is a sketch that reads a made-up format. Put the source's real one in its place, from what it is known to
answer, and set `evidence` to captured when the reader rests on real answers.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "parsers"
NUMBER, OTHER = "RR000000005CN", "RR000000014CN"

MODULE = '''"""{name}: a sketch, to be replaced by the format of its real answers."""

from __future__ import annotations

from parcelparsers import Access, Asked, Body, Evidence, Reader, Request, Source
from parcelparsers.clock import stamp
from parcelparsers.errors import Unreadable
from parcelparsers.model import Event, Leg, Outcome, Parcel, Reading, State
from parcelparsers.numbers import normalise
from parcelparsers.private import scrub
from parcelparsers.timeline import settled
from parcelparsers.typed import Shape, decode
from parcelparsers.walls import PAGE_FOR_DATA

_CODES = {{
    "ACCEPTED": (State.IN_TRANSIT, Leg.ACCEPTED),
    "DELIVERED": (State.DELIVERED, Leg.FINAL),
}}


class _Row(Shape, frozen=True):
    time: str
    code: str | None = None
    text: str = ""
    place: str = ""


class _Answer(Shape, frozen=True):
    number: str
    events: list[_Row]


def ask(asked: Asked) -> tuple[Request, ...]:
    """One request a number."""
    return tuple(Request(url=f"https://{host}/track/{{normalise(number)}}") for number in asked.numbers)


def _fits(body: Body) -> bool:
    return body.is_json and isinstance(body.json, dict) and "events" in body.json


def _read(body: Body, asked: Asked) -> Reading:
    """Raises `Unreadable`."""
    answer = decode(body, _Answer)
    number = answer.number.strip().upper()
    if asked.numbers and number not in asked.numbers:
        raise Unreadable("number", "the number that was asked for")
    if not answer.events:
        return Reading(outcome=Outcome.NOT_FOUND, missing=(number,))
    codes = (row.code for row in answer.events if row.code and row.code not in _CODES)
    parcel = Parcel(number=number, events=tuple(map(_event, answer.events)), unknown_codes=tuple(dict.fromkeys(codes)))
    return Reading(outcome=Outcome.FOUND, parcels=(settled(parcel),))


def _event(row: _Row) -> Event:
    when = stamp(row.time)
    state, leg = _CODES.get(row.code or "", (None, Leg.ANNOUNCED))
    return Event(
        local_time=when.local_time,
        at=when.at,
        zone=when.zone,
        uncertain_hours=when.uncertain_hours,
        code=row.code,
        state=state,
        leg=leg,
        description=scrub(row.text),
        location=row.place,
    )


SOURCE = Source(
    id="{id}",
    name="{name}",
    access=Access.KEYLESS,
    evidence=Evidence.DOCUMENTED,
    hosts=("{host}",),
    readers=(Reader(name="sketch", fits=_fits, read=_read), PAGE_FOR_DATA),
    clock="with an offset in each time",
    page="https://{host}/track/{{number}}",
    ask=ask,
)
'''

_ACCEPTED = {"time": "2026-03-02T10:00:00+01:00", "code": "ACCEPTED", "text": "Accepted", "place": "Firsttown"}
_DELIVERED = {"time": "2026-03-09T11:00:00+01:00", "code": "DELIVERED", "text": "Delivered", "place": "Lasttown"}
CASES: dict[str, tuple[object, dict[str, object]]] = {
    "delivered": (
        {"number": NUMBER, "events": [_DELIVERED, _ACCEPTED]},
        {"outcome": "found", "parcels": [{"number": NUMBER, "state": "delivered", "leg": 7, "event_count": 2}]},
    ),
    "in_transit": (
        {"number": NUMBER, "events": [_ACCEPTED]},
        {"outcome": "found", "parcels": [{"number": NUMBER, "state": "in_transit", "leg": 1, "event_count": 1}]},
    ),
    "nothing": ({"number": NUMBER, "events": []}, {"outcome": "not_found", "missing": [NUMBER]}),
    "garbage": ({"number": NUMBER, "events": [{"when": 1}]}, {"outcome": "unreadable"}),
    "other_number": ({"number": OTHER, "events": [_ACCEPTED]}, {"outcome": "unreadable"}),
}


def scaffold(source_id: str, name: str, host: str, root: Path = ROOT) -> list[Path]:
    """Write the module and its cases under `root`; answers the files. Raises `ValueError` for a bad id or name, and
    `FileExistsError` rather than overwrite anything."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]{1,39}", source_id):
        raise ValueError(f"ID {source_id!r}: expected 2 to 40 of a-z, 0-9 and _, as in `laposte`")
    if not re.fullmatch(r"[^\"\\{}\n]{1,60}", name) or not re.fullmatch(r"[a-z0-9.-]{4,80}", host):
        raise ValueError(f"NAME {name!r}, HOST {host!r}: expected a plain name and a host name")
    carriers = root / "parcelparsers" / "carriers"
    module = carriers / f"{'c_' if source_id[0].isdigit() else ''}{source_id}.py"
    cases = carriers / "cases" / source_id
    for place in (module, cases):
        if place.exists():
            raise FileExistsError(f"{place} is there already")
    module.write_text(MODULE.format(id=source_id, name=name, host=host), "utf-8")
    cases.mkdir(parents=True)
    return [module, *(path for case in CASES for path in _case(cases, case))]


def _case(folder: Path, name: str) -> tuple[Path, Path]:
    body, expected = CASES[name]
    sidecar = {"source": "constructed", "about": "of the sketch", "asked": [NUMBER], "expected": expected}
    paths = folder / f"{name}.json", folder / f"{name}.expected.json"
    for path, value in zip(paths, (body, sidecar), strict=True):
        path.write_text(json.dumps(value, indent=1) + "\n", "utf-8")
    return paths


if __name__ == "__main__":
    try:
        source_id, name, host = sys.argv[1:4]
        made = scaffold(source_id, name, host)
    except (OSError, ValueError) as fault:
        sys.exit(f"scaffold: {fault}")
    sys.stdout.write("".join(f"{path}\n" for path in made) + "Now run: make generate test\n")
