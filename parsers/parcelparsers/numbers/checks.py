"""Check digits (`NUMBERS.md` §1 and §3). A failed one is a cheap sign of a typing error; a passed one proves
nothing.

Each function takes the characters that the check covers, the check digit last, and says whether it holds.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from itertools import cycle


class CheckDigit(StrEnum):
    """What the check digit of a number says under one guess; `NONE`: this shape has none, or it is not
    known.
    """

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


def s10_check(digits: str) -> bool:
    """UPU S10, nine digits: weights 8 6 4 2 3 5 9 7; 11 - (sum mod 11), where 10 reads 0 and 11 reads 5."""
    total = sum(int(d) * w for d, w in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=False))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11) == int(digits[-1])


def mod10(digits: str) -> bool:
    """Weights 3 1 3 1 … from the right (GS1, USPS, Canada Post, FedEx Ground)."""
    total = sum(int(d) * w for d, w in zip(reversed(digits[:-1]), cycle((3, 1)), strict=False))
    return -total % 10 == int(digits[-1])


def gls(digits: str) -> bool:
    """GLS, twelve digits: as `mod10`, with one added to the sum."""
    total = 1 + sum(int(d) * w for d, w in zip(reversed(digits[:-1]), cycle((3, 1)), strict=False))
    return -total % 10 == int(digits[-1])


def ups(serial: str) -> bool:
    """UPS, what follows `1Z`: a letter counts (its code - 3) mod 10, every second place doubled."""
    values = [int(c) if c.isdigit() else (ord(c) - 3) % 10 for c in serial]
    return values[-1] == -sum(v * w for v, w in zip(values[:-1], cycle((1, 2)), strict=False)) % 10


def ontrac(digits: str) -> bool:
    """OnTrac, what follows `C`: a 4 is set before it where none stands there; weights 1 2 1 2 …, mod 10."""
    serial = digits[:-1] if digits[0] == "4" else f"4{digits[:-1]}"
    total = sum(int(d) * w for d, w in zip(serial, cycle((1, 2)), strict=False))
    return -total % 10 == int(digits[-1])


def mod7(digits: str) -> bool:
    """DHL Express: the serial, taken as one number, mod 7."""
    return int(digits[:-1]) % 7 == int(digits[-1])


def fedex12(digits: str) -> bool:
    """FedEx Express, twelve digits: weights 3 1 7, mod 11, mod 10."""
    total = sum(int(d) * w for d, w in zip(digits[:-1], cycle((3, 1, 7)), strict=False))
    return total % 11 % 10 == int(digits[-1])


def mod37(text: str) -> bool:
    """DPD, fourteen digits and a character: ISO 7064 mod 37,36."""
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = 36
    for char in text[:-1]:
        rest = (rest + alphabet.index(char)) % 36 or 36
        rest = rest * 2 % 37
    return (rest + alphabet.index(text[-1])) % 36 == 1


Check = Callable[[str], bool]


def verdict(check: Check | None, covered: str) -> CheckDigit:
    """The verdict of one check on the characters that it covers."""
    if check is None:
        return CheckDigit.NONE
    return CheckDigit.PASSED if check(covered) else CheckDigit.FAILED
