"""`/v1/policies`: the rules in use, each with its quoted sentence and its source."""

from __future__ import annotations

from parcelwarden.api.routing import Access, Call, Route
from parcelwarden.api.shapes import PolicyList, PolicyRuleShape, PolicyShape
from parcelwarden.domain.policy.pack import Pack
from parcelwarden.domain.policy.rules import PackRule


async def listed(call: Call) -> PolicyList:
    """Every pack that is loaded."""
    return PolicyList(policies=tuple(_pack(p) for p in call.context.packs))


def _pack(pack: Pack) -> PolicyShape:
    return PolicyShape(
        id=pack.id,
        edition=pack.edition,
        title=pack.title,
        kind=pack.kind,
        trust=pack.trust,
        marketplaces=tuple(sorted(pack.marketplaces)),
        payment_methods=tuple(sorted(pack.payment_methods)),
        countries=tuple(sorted(pack.countries)),
        effective_from=pack.effective_from.isoformat() if pack.effective_from else None,
        effective_until=pack.effective_until.isoformat() if pack.effective_until else None,
        zone=pack.days.words,
        windows=tuple(w.id for w in pack.windows),
        clocks=tuple(c.id for c in pack.clocks),
        rules=tuple(_rule(r) for r in pack.rules.values()),
    )


def _rule(rule: PackRule) -> PolicyRuleShape:
    return PolicyRuleShape(
        id=rule.id,
        matter=rule.matter,
        quote=rule.quote,
        source=rule.source,
        date=rule.date.isoformat(),
        trust=rule.trust,
        countries=tuple(sorted(rule.countries)),
        note=rule.note,
        values=dict(rule.values),
    )


ROUTES = (Route("GET", "/v1/policies", Access.READ, listed, "Policy packs with their quotes", {200: PolicyList}),)
