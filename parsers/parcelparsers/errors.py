"""Everything that reading can raise.

    ParserError                 what was wrong, where, what to do
    ├── UnknownSource           no module answers to this id
    ├── BadNumber               not a tracking number that may be put into a URL
    ├── BadPage                 a saved order page or capture that no reader understands
    └── Unreadable              the body does not have the shape that the reader knows (the page changed)

`Unreadable` never leaves `parcelparsers.read`: it becomes the outcome `unreadable` there.
"""

from __future__ import annotations


class ParserError(ValueError):
    """Base of every error that this package raises on purpose."""


class UnknownSource(ParserError):
    """No source has this id."""


class BadNumber(ParserError):
    """A tracking number that must not be asked for."""


class BadPage(ParserError):
    """A page, file or text in which no order and no parcel can be read."""


class Unreadable(ParserError):
    """A body that is not what the reader knows.

    `field` says where in the body, `expected` what should have stood there.
    """

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"{field}: expected {expected}")
        self.field = field
        self.expected = expected
