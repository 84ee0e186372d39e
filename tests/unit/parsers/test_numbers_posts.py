"""The post that delivers a number, and countries as they are printed."""

from __future__ import annotations

import pytest

from parcelparsers.numbers import country_of, post_of
from parcelparsers.numbers.countries import _PRINTED
from parcelparsers.numbers.shapes import ISSUERS


@pytest.mark.parametrize(
    ("number", "country", "post"),
    [
        ("RR123456785CN", "ES", "correos_es"),
        ("rr 123 456 785 cn", "US", "usps"),
        ("LP00190000000017", "ES", None),
        ("RR123456785CN", None, None),
        ("RR123456785CN", "ZZ", None),
    ],
)
def test_a_postal_number_is_delivered_by_the_post_of_the_country(
    number: str, country: str | None, post: str | None
) -> None:
    assert post_of(number, country) == post


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Spain", "ES"), ("ESP", "ES"), ("es", "ES"), (" United  States ", "US"), ("Mainland China", "CN"), (None, None),
     ("", None), ("Atlantis", None)],
)  # fmt: skip
def test_a_printed_country_is_read(printed: str | None, code: str | None) -> None:
    assert country_of(printed) == code


def test_every_post_has_its_country() -> None:
    assert set(ISSUERS) - {"YP"} == set(_PRINTED)
