"""What a verb can refuse. The API maps `code` to a status, the command line to an exit code.

ServiceError            code, message (what was wrong, where, what to do), field
├── NotFound            no such order, parcel, alert, client, source
├── Ambiguous           a name that fits several
├── Invalid             input that cannot be taken
├── Conflict            what is asked cannot be done in this state
├── Refused             not allowed to this caller
├── TooSoon             a source's floor or a limit; `retry_at` says when
└── Unavailable         disk, store or a part of the machine fails; nothing was written
"""

from __future__ import annotations

from datetime import datetime


class ServiceError(Exception):
    """Base of every refusal. `code` is one word of the API's vocabulary."""

    code = "internal"

    def __init__(self, message: str, *, field: str | None = None, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.retry_at = retry_at


class NotFound(ServiceError):
    """Nothing of this name is watched."""

    code = "not_found"


class Ambiguous(ServiceError):
    """The name fits several."""

    code = "ambiguous"


class Invalid(ServiceError):
    """Input that cannot be taken; `field` names where."""

    code = "invalid"


class Conflict(ServiceError):
    """Cannot be done as things stand."""

    code = "conflict"


class Refused(ServiceError):
    """Not allowed to this caller."""

    code = "forbidden"


class TooSoon(ServiceError):
    """Too early or too often; see `retry_at`."""

    code = "too_soon"


class Unavailable(ServiceError):
    """A part of the machine fails; nothing was half written."""

    code = "unavailable"
