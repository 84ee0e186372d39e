"""What every shape is made of. Instants are `YYYY-MM-DDTHH:MM:SSZ`.

A pattern ends in `$(?!\\n)`, because `$` alone lets a line end follow (Python's `re`; elsewhere the two are the same).
"""

from __future__ import annotations

from typing import Annotated

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """What the daemon answers."""


class Input(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a caller sends; unknown fields are refused."""


Instant = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
Text = Annotated[
    str,
    msgspec.Meta(
        max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$(?!\n)", description="a text of at most 500 characters on one line"
    ),
]
Name = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=60,
        pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)",
        description="a name of 1 to 60 characters on one line",
    ),
]
Marketplace = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9._-]{1,64}$(?!\n)",
        description="a marketplace such as aliexpress: letters, digits, dots, hyphens, underscores; at most 64",
    ),
]
OrderId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^/\\\x00-\x20\x7f]{1,64}$(?!\n)",
        description="an order number of at most 64 characters, without blanks or slashes",
    ),
]
OrderRefText = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[A-Za-z0-9._-]{1,64}/[^/\\\x00-\x20\x7f]{1,64}$(?!\n)",
        description="an order as marketplace/number, such as aliexpress/8100000000000001",
    ),
]
Number = Annotated[
    str, msgspec.Meta(min_length=1, max_length=60, description="a tracking number of at most 60 characters")
]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=200, description="a code of at most 200 characters")]
