"""How an order becomes a row, and a row an order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from parcelwarden.adapters.store.alert_columns import drafts
from parcelwarden.adapters.store.codec import Codec, instant, json_text, seconds
from parcelwarden.domain.model import Assessment, OrderRef, Severity
from parcelwarden.domain.pressing import NO_DAY, UNKNOWN, pressing
from parcelwarden.services.history import dispute_open
from parcelwarden.services.records import Brief, OrderRecord

_codec = Codec(OrderRecord, apart=("ref", "parcel_ids", "assessment"), up=("next_change_at",))
_MORE = (
    "marketplace",
    "order_id",
    "assessment",
    "brief",
    "recheck_at",
    "pressing",
    "calm",
    "stake",
    "act_by",
    "state",
    "verdict",
    "without_dates",
    "settled",
    "disputed",
    "postponed_why",
)
UPSERT = _codec.upsert("orders", ("order_id", "marketplace"), _MORE)

LOOKED = (
    "(SELECT CASE WHEN count(*) = count(at) THEN min(at) END FROM (SELECT max(l.last_ok_at) AS at "
    "FROM order_parcels p LEFT JOIN looks l ON l.parcel_id = p.parcel_id "
    "WHERE p.order_row = o.id GROUP BY p.parcel_id))"
)
"""The oldest of the parcels' last looks that got an answer, null while one never did."""
_PARCELS = "(SELECT group_concat(parcel_id) FROM order_parcels WHERE order_row = o.id)"
_WANTED = "FROM wanted CROSS JOIN orders o ON o.order_id = wanted.name AND o.marketplace = wanted.shop"
FIELDS = f"{_codec.columns('o.')}, o.marketplace, o.order_id, o.assessment, {LOOKED}, {_PARCELS}"
WHOLE = f"SELECT {FIELDS} {_WANTED}"
BRIEF = f"SELECT o.marketplace, o.order_id, o.brief, {LOOKED} {_WANTED}"

_WIDTH = len(_codec.names)
_assessment = msgspec.json.Decoder(Assessment)
_brief = msgspec.json.Decoder(Brief)


def row(order: OrderRecord) -> list[Any]:
    """The values for `UPSERT`."""
    return [*_codec.row(order), *order.ref, *_following(order, order.assessment), int(dispute_open(order)), None]


def _following(order: OrderRecord, found: Assessment | None) -> tuple[Any, ...]:
    """The columns that are taken from the assessment. An order that was never assessed has no dates."""
    if found is None:
        return None, None, None, NO_DAY, len(Severity), UNKNOWN, None, None, None, 1, 0
    advice = found.advice
    brief = Brief.of(found)
    changes = [verdict.changes_at for verdict in found.verdicts.values() if verdict.changes_at]
    return (
        json_text(msgspec.structs.replace(found, alerts=())),
        json_text(brief),
        seconds(min(changes, default=None)),
        *pressing(advice, order.total, order.currency),
        seconds(advice.act_by),
        advice.state,
        brief.verdict,
        int(bool(advice.missing)),
        int(found.settled),
    )


def whole(values: Sequence[Any]) -> OrderRecord:
    """An order of a row of `FIELDS`; the assessment without its alerts."""
    shop, name, assessment, looked, parcels = values[_WIDTH:]
    return _codec.value(
        values,
        ref=OrderRef(shop, name),
        parcel_ids=tuple(sorted(map(int, parcels.split(",")))) if parcels else (),
        assessment=_read(assessment, instant(looked)),
    )


def brief(text: str | None, looked: int | None) -> Brief | None:
    """What stands in a row of `BRIEF`; one that an older version wrote in another shape is none."""
    if text is None:
        return None
    try:
        found = _brief.decode(text)
    except msgspec.ValidationError:
        return None
    return found if found.verdict is None else msgspec.structs.replace(found, checked_at=instant(looked))


def _read(text: str | None, looked: datetime | None) -> Assessment | None:
    """The assessment with the time of the last look put in, since a look without news does not write the order. One
    that an older version wrote in another shape is none: it is computed anew."""
    if text is None:
        return None
    try:
        found = _assessment.decode(text)
    except msgspec.ValidationError:
        return None
    if found.verdict is None or found.verdict.checked_at == looked:
        return found
    verdict = msgspec.structs.replace(found.verdict, checked_at=looked)
    return msgspec.structs.replace(found, verdict=verdict)


def completed(db: Database, order: OrderRecord) -> OrderRecord:
    """The same order, its assessment with alerts and with the last look at each parcel."""
    found = order.assessment
    if found is None:
        return order
    sql = (
        "SELECT n.number, max(l.last_ok_at) FROM parcel_numbers n LEFT JOIN looks l ON l.parcel_id = n.parcel_id "
        "WHERE n.number = ? GROUP BY n.number"
    )
    looked = {number: db.execute(sql, (number,)).fetchone() for number in found.verdicts}
    verdicts = {
        number: msgspec.structs.replace(verdict, checked_at=instant(seen[1])) if (seen := looked[number]) else verdict
        for number, verdict in found.verdicts.items()
    }
    full = msgspec.structs.replace(found, verdicts=verdicts, alerts=drafts(db, order.ref))
    return msgspec.structs.replace(order, assessment=full)
