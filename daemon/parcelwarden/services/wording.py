"""Sentences for the buyer: what is told is never lost because a text is missing."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from parcelwarden.domain.messages import Catalogue, MessageError, render

log = logging.getLogger(__name__)

FALLBACK = "en"
KEPT = 500
"""Sentences that are remembered, about 200 KB."""
_encode = msgspec.json.Encoder(enc_hook=str).encode


def chosen(catalogues: Mapping[str, Catalogue], language: str | None) -> Catalogue:
    """The catalogue of a language tag (BCP 47, or as a locale writes it), English where there is none."""
    wanted = (language or FALLBACK).replace("_", "-").partition("-")[0].casefold()
    return catalogues.get(wanted) or catalogues[FALLBACK]


@dataclass(frozen=True, slots=True)
class _Told:
    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """Renders codes in a language, dates in the buyer's zone."""

    catalogues: Mapping[str, Catalogue]
    zone: tzinfo
    _kept: dict[tuple[str, str, bytes], str] = field(default_factory=dict, repr=False, compare=False)
    """Sentences by code, language and params: an overlay asks for the same ones every minute."""

    def __call__(
        self, code: str, params: Mapping[str, Any], language: str = FALLBACK, now: datetime | None = None
    ) -> str:
        """The sentence, in English where the language (a BCP 47 tag) is not known; with `now`, the time left to
        `params["ends_at"]`. A code or param without text is told by its bare name, and logged."""
        if now is not None:
            return self._rendered(code, params, language, now)
        key = (code, language, _encode(params))
        if (known := self._kept.get(key)) is not None:
            return known
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[key] = told = self._rendered(code, params, language, None)
        return told

    def _rendered(self, code: str, params: Mapping[str, Any], language: str, now: datetime | None) -> str:
        try:
            return render(_Told(code, dict(params)), chosen(self.catalogues, language), self.zone, now)
        except MessageError as fault:
            log.error("%s", fault)
            return f"{params.get('title') or 'parcelwarden'}: {code.replace('_', ' ')}"

    def actions(self, language: str) -> tuple[tuple[str, str], ...]:
        """The buttons of a note with their labels. `default` is the note itself: a click on it opens the order."""
        labels = chosen(self.catalogues, language).buttons
        return ("default", labels.open), ("ack", labels.done), ("snooze", labels.later)
