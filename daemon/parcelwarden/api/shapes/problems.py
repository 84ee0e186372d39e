"""How a refusal is told."""

from __future__ import annotations

from typing import Literal

import msgspec

from parcelwarden.api.shapes.base import Shape

ErrorCode = Literal[
    "bad_request",
    "unauthorized",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "ambiguous",
    "conflict",
    "invalid",
    "too_large",
    "unsupported_media_type",
    "misdirected",
    "too_soon",
    "timeout",
    "unavailable",
    "internal",
]


class ErrorBody(Shape, frozen=True, kw_only=True):
    """What was wrong: a word of the vocabulary, a sentence, and the field where there is one. `id` names the log line
    of an internal error."""

    code: ErrorCode
    message: str
    field: str | msgspec.UnsetType = msgspec.UNSET
    id: str | msgspec.UnsetType = msgspec.UNSET


class Problem(Shape, frozen=True, kw_only=True):
    """The body of every refusal."""

    error: ErrorBody
