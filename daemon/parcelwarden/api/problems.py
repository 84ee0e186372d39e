"""Every refusal in one place: from an error to a status, headers and the body `{"error": {"code", "message", …}}`."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from datetime import datetime

import msgspec

from parcelwarden.api.routing import Reply
from parcelwarden.api.shapes import ErrorBody, ErrorCode, Problem
from parcelwarden.domain.errors import FactError
from parcelwarden.services.errors import ServiceError, Unavailable

log = logging.getLogger(__name__)

STATUS: Mapping[str, int] = {
    "bad_request": 400,
    "invalid": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "timeout": 408,
    "ambiguous": 409,
    "conflict": 409,
    "too_large": 413,
    "unsupported_media_type": 415,
    "misdirected": 421,
    "too_soon": 429,
    "internal": 500,
    "unavailable": 503,
}
"""The vocabulary and its statuses."""


UNAVAILABLE = "the daemon cannot read or write its data now; nothing was half written; `parcelwarden doctor` says why"


class Denied(Exception):
    """A request that is refused before or around its handler. `code` is a word of the vocabulary."""

    def __init__(
        self, code: ErrorCode, message: str, *, field: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.headers = headers or {}


def problem(fault: Exception, now: datetime) -> Reply:
    """The reply that tells a fault. What nobody foresaw becomes 500 with an id, and the log has the rest."""
    match fault:
        case Denied():
            return _reply(fault.code, fault.message, fault.field, fault.headers)
        case Unavailable():
            log.error("%s", fault.message)
            return _reply(fault.code, UNAVAILABLE, None, _retry_after(fault.retry_at, now))
        case ServiceError() if fault.code in STATUS and fault.code != "internal":
            return _reply(fault.code, fault.message, fault.field, _retry_after(fault.retry_at, now))
        case FactError():
            return _reply("invalid", str(fault), fault.field)
        case _:
            return internal(fault)


def internal(fault: BaseException | None) -> Reply:
    """500 with an id, under which the log has the fault; nothing else of it is told. The id is in short groups: the log
    masks whatever could be a number of a parcel."""
    known = "-".join(secrets.token_hex(2) for _ in range(3))
    log.error("internal error %s", known, exc_info=fault)
    message = "something failed inside; the log has the details under this id"
    return Reply(500, Problem(error=ErrorBody(code="internal", message=message, id=known)))


def _reply(code: str, message: str, field: str | None, headers: Mapping[str, str] | None = None) -> Reply:
    body = ErrorBody(code=msgspec.convert(code, ErrorCode), message=message, field=field or msgspec.UNSET)
    return Reply(STATUS[code], Problem(error=body), headers=headers or {})


def _retry_after(retry_at: datetime | None, now: datetime) -> dict[str, str]:
    """`Retry-After` in whole seconds, at least one."""
    if retry_at is None:
        return {}
    return {"Retry-After": str(max(1, -int((now - retry_at).total_seconds() // 1)))}
