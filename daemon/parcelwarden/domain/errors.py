"""What the domain can refuse.

DomainError
├── FactError       a fact that is not what it should be: field, what was expected, what stood there
└── PackError       a policy pack that cannot be used: file or id, where in it, what was expected
"""

from __future__ import annotations


class DomainError(ValueError):
    """Base of every error that the domain raises on purpose."""


class FactError(DomainError):
    """A fact that cannot be taken. `field` is the dotted name, e.g. `dispute.opened_at`."""

    def __init__(self, field: str, expected: str, got: object = None) -> None:
        shown = "" if got is None else f", got {str(got)[:80]!r}"
        super().__init__(f"{field}: expected {expected}{shown}")
        self.field = field
        self.expected = expected


class PackError(DomainError):
    """A pack that cannot be used."""

    def __init__(self, pack: str, where: str, expected: str) -> None:
        super().__init__(f"pack {pack}: {where}: expected {expected}")
        self.pack = pack
        self.where = where
