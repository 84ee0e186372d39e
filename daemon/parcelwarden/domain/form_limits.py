"""What a marketplace's dispute form takes, as its policy pack tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from parcelwarden.domain.model import Rule
from parcelwarden.domain.policy import Pack

_MATTERS = frozenset({"form", "evidence", "opening"})
_CHARACTERS, _BYTES, _PICTURES = 500, 1_900_000, 3
"""The strictest that is known of any form, for a shop whose pack tells none."""


class FormLimits(msgspec.Struct, frozen=True, kw_only=True):
    """`characters`: of the statement, in UTF-16 units; `picture_bytes` and `pictures`: of and how many. `reasons`: the
    shop's words by what was found. `rules`: what the limits rest on; none: the strictest that are known of any form."""

    characters: int = _CHARACTERS
    picture_bytes: int = _BYTES
    pictures: int = _PICTURES
    reasons: Mapping[str, str] = {}
    rules: tuple[Rule, ...] = ()


def form_limits(packs: Sequence[Pack]) -> FormLimits:
    """The limits of the form by these packs, each the least that any tells."""
    rules = [rule for pack in packs for rule in pack.rules.values() if rule.matter in _MATTERS and rule.values]
    told = [rule for rule in rules if set(rule.values) & {"characters", "safe_bytes", "photos_most"}]
    reasons: dict[str, str] = {}
    for rule in rules:
        given = rule.values.get("reasons")
        if isinstance(given, Mapping):
            reasons |= {str(name): str(words) for name, words in given.items()}
    return FormLimits(
        characters=min([_CHARACTERS, *(int(rule.values.get("characters", _CHARACTERS)) for rule in told)]),
        picture_bytes=min([_BYTES, *(int(rule.values.get("safe_bytes", _BYTES)) for rule in told)]),
        pictures=min([_PICTURES, *(int(rule.values.get("photos_most", _PICTURES)) for rule in told)]),
        reasons=reasons,
        rules=tuple(rule.shown for rule in told),
    )
