"""What every shape is made of. Instants are `YYYY-MM-DDTHH:MM:SSZ`."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What the daemon answers."""


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a caller sends; unknown fields are refused."""


Instant = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
Text = Annotated[str, msgspec.Meta(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")]
Marketplace = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
OrderId = Annotated[str, msgspec.Meta(pattern=r"^[^/\\\x00-\x20\x7f]{1,64}$")]
OrderRefText = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]{1,64}/[^/\\\x00-\x20\x7f]{1,64}$")]
Number = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
