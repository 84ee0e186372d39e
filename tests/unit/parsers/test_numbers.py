"""Numbers: the gate, the check digits, the ranked guesses."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcelparsers.errors import BadNumber
from parcelparsers.numbers import CheckDigit, doubtful, guesses, normalise, s10_check
from parcelparsers.numbers.checks import fedex12, gls, mod7, mod10, mod37, ups
from support import shared


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        (" rr 473 124 829 cn ", "RR473124829CN"),
        ("lp00900000000017", "LP00900000000017"),
        ("001-0255371", "001-0255371"),
        ("RR47\u200b3124829CN", "RR473124829CN"),
    ],
)
def test_a_number_is_made_plain(printed: str, plain: str) -> None:
    assert normalise(printed) == plain


@pytest.mark.parametrize(
    "number",
    [
        "",
        "12345",
        "A" * 41,
        "RR1&x=2345",
        "a/../b1234",
        "12345?6",
        "12345#6",
        "RR12345%",
        "-123456",
        "１２３４５６",
        "ßßß123",
    ],
)
def test_nothing_else_may_be_asked_for(number: str) -> None:
    with pytest.raises(BadNumber, match="6 to 40"):
        normalise(number)


@given(st.text(max_size=60))
def test_only_plain_numbers_pass(number: str) -> None:
    try:
        plain = normalise(number)
    except BadNumber:
        return
    assert set(plain) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
    assert 6 <= len(plain) <= 40
    assert normalise(plain) == plain
    assert guesses(plain) == guesses(number)


def test_s10_against_numbers_that_were_seen() -> None:
    """The numbers of `NUMBERS.md` §1."""
    assert all(map(s10_check, ("301390345", "295935219", "592593703", "764113707", "112720413")))
    assert not any(map(s10_check, ("764113709", "123456786")))


@given(st.integers(0, 99_999_999))
def test_exactly_one_digit_makes_an_s10(serial: int) -> None:
    assert sum(s10_check(f"{serial:08d}{digit}") for digit in range(10)) == 1


@given(st.integers(0, 10**11 - 1))
def test_exactly_one_digit_holds_in_the_other_checks(serial: int) -> None:
    for check, body in ((mod10, f"{serial:011d}"), (gls, f"{serial:011d}"), (fedex12, f"{serial:011d}")):
        assert sum(check(f"{body}{digit}") for digit in range(10)) == 1
    assert sum(mod7(f"{serial % 10**9:09d}{digit}") for digit in range(10)) == 1
    assert sum(ups(f"R1{serial:013d}{digit}") for digit in range(10)) == 1
    assert sum(mod37(f"{serial:014d}{digit}") for digit in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 1


@pytest.mark.parametrize(
    ("number", "source", "check"),
    [
        ("LP00900000000017", "cainiao", CheckDigit.NONE),
        ("RX0000000000Y", "cainiao", CheckDigit.NONE),
        ("RC301390345DE", "dhl", CheckDigit.PASSED),
        ("QJ764113709BR", "correios", CheckDigit.FAILED),
        ("UG000000000YP", "yanwen", CheckDigit.FAILED),
        ("YT0000000000000000", "yunexpress", CheckDigit.NONE),
        ("4PX0000000000000CN", "4px", CheckDigit.NONE),
        ("1Z0000000000000000", "ups", CheckDigit.PASSED),
        ("3SXXXX0000000", "postnl", CheckDigit.NONE),
        ("323200000000000000000000", "bpost", CheckDigit.NONE),
        ("8Z90000000017", "laposte", CheckDigit.NONE),
        ("TBA000000000000", "amazon", CheckDigit.NONE),
    ],
)
def test_the_first_guess(number: str, source: str, check: CheckDigit) -> None:
    first = guesses(number)[0]
    assert (first.source, first.check) == (source, check)
    assert first.why


def test_shared_shapes_give_a_ranked_list() -> None:
    assert {"dpd", "chronopost", "novaposhta"} <= {g.source for g in guesses("20000000000000")}
    fedex_or_gls = guesses("317409136694")
    assert {"fedex", "gls"} <= {g.source for g in fedex_or_gls}
    failed = [g.check is CheckDigit.FAILED for g in fedex_or_gls]
    assert failed == sorted(failed), "a guess whose check digit fails stands behind the others"


def test_a_failed_check_is_said_and_not_hidden() -> None:
    assert {g.check for g in guesses("RB123456786CN") if g.source == "cainiao"} == {CheckDigit.FAILED}


def test_an_unknown_shape_gives_no_guess() -> None:
    assert guesses("ABC-DEF-12") == ()


def test_numbers_seen_in_captures_lead_to_their_source() -> None:
    """Sources in China and postal numbers: the ones that matter for orders from there."""
    shared.shared("captures")
    wrong = []
    for name in ("cainiao", "laposte", "correios", "chronopost", "yunexpress", "ukrposhta", "postnl"):
        for meta in (shared.ROOT / "captures" / name).glob("*.meta.json"):
            number = json.loads(meta.read_text("utf-8"))["expected"].get("tracking_number")
            found = isinstance(number, str) and number[2:4] != "12" and number.strip("0LP")
            if found and name not in {g.source for g in guesses(number)}:
                wrong.append((name, number))
    assert not wrong


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("LX123456785CN", False),
        ("LX123456780CN", True),
        ("UA938475985HK", True),
        ("317409136694", False),
        ("ABC-DEF-12", False),
    ],
)
def test_a_mistyped_number_is_told(number: str, wrong: bool) -> None:
    """An S10 whose digit fails is doubtful although other carriers use such shapes too; a number whose digit holds for
    one of its carriers, or that has none, is not."""
    assert doubtful(number) is wrong
