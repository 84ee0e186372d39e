"""Records as shapes: orders, their windows, verdicts, advice. Nothing is computed, only shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from parcelparsers.numbers import doubtful
from parcelwarden.api import present_past as past
from parcelwarden.api import shapes
from parcelwarden.api.context import Wording
from parcelwarden.domain.model import AlertDraft, Clock, OrderRef, Rule, Verdict, Window
from parcelwarden.domain.moment import iso
from parcelwarden.services.history import moves
from parcelwarden.services.records import AlertRecord, Brief, FactChange, FactEntry, OrderRecord

NOT_WATCHED = shapes.AdviceShape(severity="unknown")


def stamp(instant: datetime) -> str:
    """An instant that is there, as text."""
    return str(iso(instant))


def name(ref: OrderRef) -> shapes.OrderName:
    """How an order is named."""
    return shapes.OrderName(marketplace=ref.marketplace, order_id=ref.order_id)


def timeline_path(ref: OrderRef) -> str:
    """Where the picture of an order is."""
    return f"/v1/orders/{_quoted(ref.marketplace)}/{_quoted(ref.order_id)}/timeline.svg"


def _quoted(name: str) -> str:
    """A name as a part of a path; almost every one is plain already."""
    return name if name.isascii() and name.isalnum() else quote(name, safe="")


def plain(value: Any) -> Any:
    """A value of facts or params with its instants as text."""
    return msgspec.to_builtins(value, enc_hook=str)


def rule(given: Rule) -> shapes.RuleShape:
    """The rule on which a date rests."""
    return shapes.RuleShape(
        id=given.id, quote=given.quote, source=given.source, edition=given.edition, trust=given.trust
    )


def doubtful_of(numbers: Iterable[str]) -> tuple[str, ...]:
    """Those of the (normalised) numbers whose check digit is wrong."""
    return tuple(number for number in numbers if doubtful(number))


def advice(ref: OrderRef, found: Brief | None, wording: Wording, language: str) -> shapes.AdviceShape:
    """What the buyer should do now; `unknown` for an order that is not watched or was never assessed."""
    if found is None:
        return NOT_WATCHED
    given = found.advice
    return shapes.AdviceShape(
        severity=given.severity.value,
        code=given.code,
        params=plain(given.params),
        text=wording(given.code, given.params, language),
        act_by=iso(given.act_by),
        opens_at=iso(given.opens_at),
        state=given.state,
        verdict=found.verdict.value if found.verdict else None,
        checked_at=iso(found.checked_at),
        missing=given.missing,
        rule=rule(given.rule) if given.rule else None,
        timeline=timeline_path(ref),
        zone=given.zone,
    )


def order_line(order: OrderRecord, wording: Wording, language: str) -> shapes.OrderLine:
    """An order in a list."""
    return shapes.OrderLine(**_line(order, wording, language))


def order(order: OrderRecord, changes: list[FactChange], wording: Wording, language: str) -> shapes.OrderShape:
    """One order with everything that follows from it."""
    found = order.assessment
    return shapes.OrderShape(
        **_line(order, wording, language),
        url=order.url,
        facts={field: _fact(entry) for field, entry in order.facts.items()},
        rules=tuple(
            shapes.PageRuleShape(kind=r.kind, quote=r.quote, seen_at=stamp(r.seen_at), days=r.days, before=r.before)
            for r in order.rules
        ),
        windows={key: _window(w) for key, w in found.policy.windows.items()} if found else {},
        clocks={key: _clock(c) for key, c in found.policy.clocks.items()} if found else {},
        verdicts={number: _verdict(v) for number, v in found.verdicts.items()} if found else {},
        oddities=found.oddities if found else (),
        doubtful_numbers=doubtful_of(found.verdicts) if found else (),
        alerts=tuple(_coming(a) for a in found.alerts) if found else (),
        changes=tuple(_change(c) for c in changes),
        differences=tuple(past.difference(d, wording, language) for d in found.differences) if found else (),
        history=tuple(past.moved(m) for m in moves(changes)),
        advisories=tuple(past.advisory(a) for a in found.advisories) if found else (),
        assessed_at=iso(order.assessed_at),
        next_change_at=iso(order.next_change_at),
    )


def alert(given: AlertRecord, wording: Wording, language: str) -> shapes.AlertShape:
    """One alert of the outbox."""
    return shapes.AlertShape(
        id=given.id,
        order=name(given.ref),
        code=given.code,
        params=plain(given.params),
        severity=given.severity.value,
        text=wording(given.code, given.params, language),
        state=given.state.value,
        nag=given.nag,
        due_at=stamp(given.due_at),
        helps_until=iso(given.helps_until),
        next_at=iso(given.next_at),
        snoozed_until=iso(given.snoozed_until),
        delivered_at=iso(given.delivered_at),
        acknowledged_at=iso(given.acknowledged_at),
        times_sent=given.times_sent,
    )


def _line(order: OrderRecord, wording: Wording, language: str) -> dict[str, Any]:
    found = order.assessment
    return {
        "marketplace": order.ref.marketplace,
        "order_id": order.ref.order_id,
        "title": order.title,
        "seller": order.seller,
        "total": order.total,
        "currency": order.currency,
        "advice": advice(order.ref, Brief.of(found) if found else None, wording, language),
        "parcels": tuple(found.verdicts) if found else (),
        "page_seen_at": iso(order.page_seen_at),
    }


def _fact(entry: FactEntry) -> shapes.FactShape:
    return shapes.FactShape(
        value=plain(entry.value),
        origin=entry.origin.value,
        seen_at=stamp(entry.seen_at),
        strategy=entry.strategy,
        raw=entry.raw,
    )


def _window(window: Window) -> shapes.WindowShape:
    return shapes.WindowShape(
        opens_at=iso(window.opens_at),
        last_safe_at=iso(window.last_safe_at),
        stated_end_at=iso(window.stated_end_at),
        state=window.state.value,
        act_by=iso(window.act_by),
        opened_by=window.opened_by,
        ends_observed=window.ends_observed,
        zone=window.zone,
        pack=window.pack,
        rule=rule(window.rule),
        conflicts=window.conflicts,
    )


def _clock(clock: Clock) -> shapes.ClockShape:
    return shapes.ClockShape(
        kind=clock.kind,
        pack=clock.pack,
        zone=clock.zone,
        rule=rule(clock.rule),
        due_at=iso(clock.due_at),
        last_safe_at=iso(clock.last_safe_at),
        stated_end_at=iso(clock.stated_end_at),
    )


def _verdict(verdict: Verdict) -> shapes.VerdictShape:
    silence = verdict.silence
    return shapes.VerdictShape(
        verdict=verdict.verdict.value,
        reasons=tuple(shapes.ReasonShape(code=r.code, text=r.text, evidence=r.evidence) for r in verdict.reasons),
        silence=shapes.SilenceShape(
            days=silence.days, quantile=silence.quantile, expected_until=iso(silence.expected_until)
        ),
        checked_at=iso(verdict.checked_at),
    )


def _coming(draft: AlertDraft) -> shapes.ComingAlert:
    return shapes.ComingAlert(
        code=draft.code,
        severity=draft.severity.value,
        due_at=stamp(draft.due_at),
        helps_until=iso(draft.helps_until),
    )


def _change(change: FactChange) -> shapes.ChangeShape:
    return shapes.ChangeShape(
        field=change.field,
        before=plain(change.before),
        after=plain(change.after),
        origin=change.origin.value,
        at=stamp(change.at),
        taken=change.taken,
    )
