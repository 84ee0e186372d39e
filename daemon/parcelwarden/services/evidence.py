"""The evidence pack of an order: pictures and a text that fit the form, and what the carriers said when.

Gathering reads the rows; packing draws and compresses, which takes a moment and belongs into a thread.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from parcelwarden.domain.form_limits import FormLimits, form_limits
from parcelwarden.domain.model import Order, OrderRef
from parcelwarden.domain.policy import applicable
from parcelwarden.domain.rules import Rules
from parcelwarden.domain.statement import statement
from parcelwarden.domain.timeline import gather, render
from parcelwarden.domain.timeline.scans import scan_table
from parcelwarden.services.answers import AnswerRecord, unpacked
from parcelwarden.services.errors import Conflict
from parcelwarden.services.evidence_text import index, readme
from parcelwarden.services.orders import required
from parcelwarden.services.pictures import readable_order
from parcelwarden.services.ports import Unit

Paint = Callable[[str, float], bytes]
"""SVG to PNG at so many times its size."""
ZOOMS = (2.0, 1.5, 1.0, 0.75)
WIDE = 860
_ODD = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an order, ready to be packed."""

    ref: OrderRef
    order: Order
    now: datetime
    limits: FormLimits
    text: str
    timeline: str
    scans: str
    answers: tuple[AnswerRecord, ...]


def evidence_of(unit: Unit, ref: OrderRef, rules: Rules, now: datetime, zone: tzinfo) -> Evidence:
    """What the rows say. Raises `NotFound`, `Conflict` for facts that cannot be read."""
    record = required(unit, ref)
    order = readable_order(unit, record)
    limits = form_limits(applicable(order.facts, rules.packs))
    return Evidence(
        ref=ref,
        order=order,
        now=now,
        limits=limits,
        text=statement(order, record.assessment, limits, now),
        timeline=render(gather(order, record.assessment, now, zone), WIDE),
        scans=scan_table(order.parcels, str(ref), now),
        answers=tuple(answer for parcel_id in sorted(record.parcel_ids) for answer in unit.answers.of(parcel_id)),
    )


def packed_evidence(evidence: Evidence, paint: Paint) -> bytes:
    """The zip: its files lie side by side, their names fixed. Raises `Conflict` where a picture cannot be made to
    fit."""
    import zipfile  # with the first pack, not at the start

    buffer = io.BytesIO()
    when = evidence.now.timetuple()[:6]
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in _files(evidence, paint):
            info = zipfile.ZipInfo(name, when)
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def archive_name(ref: OrderRef) -> str:
    """What the zip of an order is called; safe as a file's name."""
    return f"evidence-{safe(ref.marketplace)}-{safe(ref.order_id)}.zip"


def safe(text: str) -> str:
    """The text as part of a file's name: no separators, no leading dots."""
    return _ODD.sub("_", text).strip(".")[:80] or "_"


def _files(evidence: Evidence, paint: Paint) -> Iterator[tuple[str, bytes]]:
    names = [answer_name(number, answer) for number, answer in enumerate(evidence.answers, 1)]
    yield "README.txt", readme(evidence.ref, evidence.limits, evidence.now).encode()
    yield "statement.txt", evidence.text.encode()
    yield "timeline.png", fitting(evidence.timeline, evidence.limits, paint)
    yield "scans.png", fitting(evidence.scans, evidence.limits, paint)
    yield "answers.txt", index(evidence.answers, names).encode()
    yield from _readings(evidence.answers, names)


def _readings(answers: Sequence[AnswerRecord], names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    for answer, name in zip(answers, names, strict=True):
        if answer.reading is not None:
            yield name, unpacked(answer.reading)


def answer_name(number: int, answer: AnswerRecord) -> str:
    """The file of one kept answer."""
    return f"answer-{number:03d}-{safe(answer.source)}-{answer.asked_at:%Y%m%dT%H%M%SZ}-without-personal-data.json"


def fitting(svg: str, limits: FormLimits, paint: Paint) -> bytes:
    """The picture as large as the form takes it. Raises `Conflict`."""
    for zoom in ZOOMS:
        data = paint(svg, zoom)
        if len(data) <= limits.picture_bytes:
            return data
    raise Conflict(f"the picture is larger than the form takes ({limits.picture_bytes} bytes), even at its smallest")
