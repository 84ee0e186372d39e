"""The order in which orders are shown, and countries as carriers print them. All cases are constructed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelwarden.adapters.country_names import load_countries
from parcelwarden.domain.destinations import country_of, elsewhere
from parcelwarden.domain.model import Advice, Facts, ParcelFacts, Severity
from parcelwarden.domain.pressing import UNKNOWN, Pressing, pressing, stake

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
sums = st.decimals(0, 10**9, places=2).map(str)
codes = st.sampled_from(["EUR", "USD", "JPY", "ZZZ", "AAA"])


def advice(severity: Severity = Severity.NOTICE, act_by: datetime | None = NOON) -> Advice:
    return Advice(code="x", severity=severity, act_by=act_by)


def test_time_first_then_severity_then_money_within_its_currency() -> None:
    expected = [
        pressing(advice(Severity.INFO, NOON - timedelta(days=1)), None, None),
        pressing(advice(Severity.CRITICAL), "1", "EUR"),
        pressing(advice(), "100.00", "EUR"),
        pressing(advice(act_by=NOON + timedelta(hours=3)), "20", "EUR"),
        pressing(advice(act_by=NOON - timedelta(hours=3)), "9000", "JPY"),
        pressing(advice(), None, "EUR"),
        pressing(advice(act_by=None), "9999", "EUR"),
    ]
    assert expected == sorted(expected)
    assert isinstance(expected[0], Pressing)


@given(codes, sums, sums)
def test_the_larger_sum_of_a_currency_stands_first(currency: str, one: str, other: str) -> None:
    if float(one) != float(other):
        assert (stake(one, currency) < stake(other, currency)) == (float(one) > float(other))


@given(codes, codes, sums, sums)
def test_sums_of_two_currencies_are_never_compared(one: str, other: str, a: str, b: str) -> None:
    if one != other:
        assert (stake(a, one) < stake(b, other)) == (one < other)


@pytest.mark.parametrize(
    ("total", "currency"), [(None, "EUR"), ("5", None), ("five", "EUR"), ("5", "€"), ("NaN", "EUR")]
)
def test_what_is_no_sum_stands_last(total: str | None, currency: str | None) -> None:
    assert stake(total, currency) == UNKNOWN > stake("0", "ZZZ")


@given(sums, codes)
def test_a_key_fits_a_row(total: str, currency: str) -> None:
    assert 0 <= stake(total, currency) < UNKNOWN < 1 << 62


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("ES", "ES"), ("es", "ES"), ("Spain", "ES"), (" united  STATES ", "US"), ("UK", "GB"), ("United Kingdom", "GB"),
        ("Puerto Rico", "US"), ("RE", "FR"), ("Korea", "KR"), ("Ruritania", None), ("ZZ", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_as_printed(printed: str, code: str | None) -> None:
    assert country_of(printed, load_countries()) == code


@pytest.mark.parametrize(
    ("country", "printed", "there"),
    [
        ("ES", ["Spain"], None), ("ES", ["Spain", "Chile"], "Chile"), ("ES", [None], None), ("ES", ["Ruritania"], None),
        (None, ["Chile"], None), ("GB", ["UK"], None), ("US", ["PR"], None),
    ],
)  # fmt: skip
def test_another_country_is_named_only_when_both_are_known(
    country: str | None, printed: list[str | None], there: str | None
) -> None:
    facts = Facts(marketplace="aliexpress", order_id="1", country=country)
    parcels = [ParcelFacts(number=f"LX00000000{n}XX", destination=text) for n, text in enumerate(printed)]
    assert elsewhere(facts, parcels, load_countries()) == there
