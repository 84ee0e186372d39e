"""Whose number this may be: a ranked list, because most shapes of digits are shared by several carriers."""

from __future__ import annotations

import msgspec

from parcelparsers.numbers.checks import CheckDigit, s10_check, verdict
from parcelparsers.numbers.normal import normalise
from parcelparsers.numbers.shapes import ISSUERS, S10, SERVICES, SHAPES

_MALUS = 60
_BONUS = 10


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """One carrier that such a number may belong to, most likely first in the list.

    `source` is the id of the carrier, whether or not it can be asked. `check` is the verdict of the check
    digit under this guess; a number whose check digit fails is likely mistyped, or of another carrier.
    """

    source: str
    why: str
    check: CheckDigit = CheckDigit.NONE


def guesses(number: str) -> tuple[Guess, ...]:
    """Ranked guesses, one for each carrier; none for a shape that nobody is known to use. Raises
    `BadNumber`.
    """
    plain = normalise(number)
    ranked = [*_s10(plain), *_shaped(plain)]
    best: dict[str, Guess] = {}
    for _, guess in sorted(ranked, key=lambda pair: -pair[0]):
        best.setdefault(guess.source, guess)
    return tuple(best.values())


def doubtful(number: str) -> bool:
    """Whether the check digit says that the number is likely mistyped: it holds for no carrier and fails where the
    number has the form of the postal union's standard (S10), or for every carrier that uses such numbers. Raises
    `BadNumber`.
    """
    checks = [guess.check for guess in guesses(number)]
    if CheckDigit.FAILED not in checks or CheckDigit.PASSED in checks:
        return False
    return CheckDigit.NONE not in checks or S10.fullmatch(normalise(number)) is not None


def post_of(number: str, country: str | None) -> str | None:
    """The post that delivers a postal number (S10) in this country (ISO 3166, two letters); None for other shapes and
    posts that are not known. Raises `BadNumber`.
    """
    return ISSUERS.get(country or "") if S10.fullmatch(normalise(number)) else None


def issued_in(number: str) -> str | None:
    """The two letters of the post that issued a postal number (S10), as printed; None for other shapes. Raises
    `BadNumber`.
    """
    return match["country"] if (match := S10.fullmatch(normalise(number))) else None


def _ranked(rank: int, guess: Guess) -> tuple[int, Guess]:
    change = {CheckDigit.PASSED: _BONUS, CheckDigit.FAILED: -_MALUS, CheckDigit.NONE: 0}[guess.check]
    return rank + change, guess


def _shaped(plain: str) -> list[tuple[int, Guess]]:
    found = []
    for shape in SHAPES:
        if match := shape.pattern.fullmatch(plain):
            check = verdict(shape.check, match["check"] if shape.check else "")
            found.append(_ranked(shape.rank, Guess(source=shape.source, why=shape.why, check=check)))
    return found


def _s10(plain: str) -> list[tuple[int, Guess]]:
    """An S10: the post that issued it, the EMS network for E*, and Cainiao, which follows most posts'
    numbers.
    """
    if not (match := S10.fullmatch(plain)):
        return []
    check = CheckDigit.PASSED if s10_check(match["digits"]) else CheckDigit.FAILED
    service = SERVICES.get(plain[0], "postal item")
    issuer = ISSUERS.get(match["country"])
    found = [(70, "cainiao", f"{service}; parcels from China travel under such numbers")]
    if issuer:
        found.append((90, issuer, f"{service} issued in {match['country']} (the issuer, not the deliverer)"))
    if plain[0] == "E":
        found.append((65, "ems", "EMS item: the EMS network shows all posts' scans"))
    return [_ranked(rank, Guess(source=source, why=why, check=check)) for rank, source, why in found]
