"""Published disruptions explain and never move a date. Orders are constructed; the texts are those of 2020."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from parcelwarden.adapters.rules_loader import load_advisories
from parcelwarden.domain.advisories import advisories_for, build_advisories, days_of, next_turn
from parcelwarden.domain.errors import PackError
from parcelwarden.domain.model import Facts
from parcelwarden.domain.reassess import reassess
from support.assessing import STORM, assess, at, event, order, parcel, rules

APRIL = datetime(2020, 4, 15, tzinfo=UTC)


def ids(now: datetime = APRIL, **facts: Any) -> list[str]:
    given = Facts(marketplace="aliexpress", order_id="1", **facts)
    return [one.id for one in advisories_for(given, now, load_advisories())]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"country": "FR", "shipped_at": date(2020, 3, 20)}, ["AE-V1", "AE-V9"]),
        ({"country": "FR", "shipped_at": date(2020, 2, 20)}, ["AE-V9"]),
        ({"country": "IL", "shipped_at": date(2020, 2, 20)}, ["AE-V3", "AE-V9"]),
        ({"country": "IL", "shipped_at": date(2020, 1, 8)}, ["AE-V9"]),
        ({"country": "MD", "shipped_at": date(2020, 3, 20)}, ["AE-V4", "AE-V1", "AE-V9"]),
        ({"country": "ES", "shipped_at": date(2020, 3, 20)}, ["AE-V6", "AE-V1", "AE-V9"]),
        ({"country": "AE", "shipped_at": date(2020, 3, 20), "shipping_method": "AliExpress  direct"},
         ["AE-V1", "AE-V2", "AE-V9"]),
        ({"country": "AE", "shipped_at": date(2020, 3, 20), "shipping_method": "Yanwen"}, ["AE-V1", "AE-V9"]),
        ({"country": "FR"}, ["AE-V1", "AE-V9"]),
        ({"country": "FR", "shipped_at": date(2021, 2, 1)}, []),
    ],
)  # fmt: skip
def test_time_country_line_and_shipping_decide(facts: dict[str, Any], expected: list[str]) -> None:
    assert ids(**facts) == expected


def test_history_is_off_by_its_dates() -> None:
    assert ids(datetime(2026, 3, 1, tzinfo=UTC), country="ES") == []
    assert ids(datetime(2019, 12, 1, tzinfo=UTC), country="ES") == []


def test_an_advisory_ends_when_its_last_day_is_over_everywhere() -> None:
    facts = Facts(marketplace="aliexpress", order_id="1", country="MX", shipped_at=at(2))
    begins, ends = datetime(2026, 4, 9, 10, tzinfo=UTC), datetime(2026, 5, 21, 12, tzinfo=UTC)
    assert next_turn(facts, at(0), [STORM]) == begins and next_turn(facts, begins, [STORM]) == ends
    assert advisories_for(facts, begins, [STORM]) == (STORM,) and advisories_for(facts, ends, [STORM]) == ()
    assert next_turn(facts, ends, [STORM]) is None


def test_it_explains_in_advice_and_verdict_and_moves_nothing() -> None:
    stalled = order(parcel(event(4), looked=45), country="MX")
    plain = msgspec.structs.replace(rules(), advisories=())
    told, silent = reassess(stalled, at(45), rules()), reassess(stalled, at(45), plain)
    assert told.policy == silent.policy and told.advice.code == silent.advice.code
    assert told.advisories == (STORM,) and told.advice.params["advisory"] == "delay"
    assert told.advice.params["advisory_days"] == "10-20"
    assert told.verdict is not None and silent.verdict is not None
    assert told.verdict.verdict == silent.verdict.verdict
    assert told.verdict.reasons[-1].code == "advisory" and STORM.quote in told.verdict.reasons[-1].text
    assert {draft.key for draft in told.alerts} == {draft.key for draft in silent.alerts}
    assert "advisory" not in assess(order(parcel(event(4), looked=45)), 45).advice.params


def test_the_days_are_told_as_they_were_published() -> None:
    by_id = {one.id: one for one in load_advisories()}
    assert (days_of(by_id["AE-V1"]), days_of(by_id["AE-V2"]), days_of(by_id["AE-V4"])) == ("15-30", "20", None)


GOOD: dict[str, Any] = {
    "id": "X", "kind": "delay", "quote": "late", "source": "constructed", "runs_from": date(2026, 1, 1),
    "runs_until": date(2026, 2, 1),
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "rain"}, "kind"),
        ({"runs_until": date(2025, 1, 1)}, "runs_until"),
        ({"countries": ["Spain"]}, "countries"),
        ({"extra_days": {"least": 9, "most": 3}}, "most"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_advisory_is_refused_with_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(PackError, match=rf"advisories\.toml: advisories\[0\].*{said}"):
        build_advisories({"advisories": [GOOD | change]}, "advisories.toml")


def test_an_id_stands_once() -> None:
    with pytest.raises(PackError, match="an id of its own"):
        build_advisories({"advisories": [GOOD, GOOD]}, "advisories.toml")
