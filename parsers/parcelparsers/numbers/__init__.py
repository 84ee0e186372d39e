"""Tracking numbers: what may be asked for, whose it may be, and whether its check digit holds."""

from parcelparsers.numbers.checks import CheckDigit, s10_check
from parcelparsers.numbers.guess import Guess, doubtful, guesses
from parcelparsers.numbers.normal import normalise

__all__ = ["CheckDigit", "Guess", "doubtful", "guesses", "normalise", "s10_check"]
