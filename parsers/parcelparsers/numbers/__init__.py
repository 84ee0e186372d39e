"""Tracking numbers: what may be asked for, whose it may be, and whether its check digit holds."""

from parcelparsers.numbers.checks import CheckDigit, s10_check
from parcelparsers.numbers.countries import country_of
from parcelparsers.numbers.guess import Guess, doubtful, guesses, issued_in, post_of
from parcelparsers.numbers.normal import normalise

__all__ = [
    "CheckDigit",
    "Guess",
    "country_of",
    "doubtful",
    "guesses",
    "issued_in",
    "normalise",
    "post_of",
    "s10_check",
]
