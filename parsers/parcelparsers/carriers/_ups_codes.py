"""The codes of UPS: activity codes, the numbers of the status texts and the status types. Those beyond
`POSTS_AND_COURIERS.md` §22 and the known bodies are general knowledge, checked against no document.
"""

from __future__ import annotations

from parcelparsers.carriers import _meanings as say
from parcelparsers.carriers._meanings import Meaning, codes

ACTIVITIES = codes(
    (*say.LABEL, "MP"),
    (*say.ACCEPTED, "XD ZO PU OR"),
    (*say.MOVING, "AR DP DS YP 18 Q5 E3 2U AL HM H6 TB 3P U2"),
    (*say.EXPORTED, "EP"),
    (*say.ARRIVED, "IP"),
    (*say.LOCAL, "ZA ZB ZC ZW LX YH 6B"),
    (*say.ROUND, "OF OT"),
    (*say.FAILED, "48 G3 5R"),
    (*say.WAITING, "2Q ZP"),
    (*say.DELIVERED, "9E FS KB KE 2W YC"),
)
"""`StatusCode/Code` (XML), `status.code` (JSON), `actCode` (site), two characters."""

_TEXTS = codes(
    (*say.LABEL, "3 44 45 79 80 157 166"),
    (*say.ACCEPTED, "38 160 167 168 169"),
    (*say.MOVING, "5 10 16 25 39 47 87 158 159 164 165"),
    (*say.EXPORTED, "138"),
    (*say.ARRIVED, "12 92"),
    (*say.CLEARED, "14 84 134"),
    (*say.LOCAL, "57 70 71 73 74 75 137"),
    (*say.CUSTOMS, "58 123 124 125 126"),
    (*say.ROUND, "6 21 37 72 78 89 91 146 162"),
    (*say.WAITING, "17 40 144 161"),
    (*say.FAILED, "22 23 24 60 61 62 66 69 145"),
    (*say.TROUBLE, "7 13 29 30 32 46 48 49 50 51 52 53 59 64 68 76 86 90 132 147 149"),
    (*say.RETURNED, "34 35 36 67 81 118"),
    (*say.DELIVERED, "11 26"),
)
TEXTS = {int(number): meaning for number, meaning in _TEXTS.items()}
"""`status.statusCode` and `packageStatusCode`, up to three digits."""

TYPES = {
    "D": say.DELIVERED,
    "I": say.MOVING,
    "M": say.LABEL,
    "MV": say.TROUBLE,
    "P": say.ACCEPTED,
    "X": say.TROUBLE,
    "O": say.ROUND,
    "RS": say.RETURNED,
    "W": say.MOVING,
}
"""`StatusType/Code`."""

BARS = {
    "ManifestUpload": say.LABEL,
    "FirstUPSPossession": say.ACCEPTED,
    "InTransit": say.MOVING,
    "OutForDelivery": say.ROUND,
    "Delivered": say.DELIVERED,
    "Exception": say.TROUBLE,
    "ReturnToSender": say.RETURNED,
}
"""`progressBarType` of the site's answer."""


def meaning_of(activity: str | None, number: str | None = None, kind: str | None = None) -> Meaning | None:
    """What the codes beside an activity say, the narrowest first: its own, the number of its text, its type."""
    figure = int(number) if number and number.isascii() and number.isdigit() and len(number) < 5 else -1
    return ACTIVITIES.get((activity or "").upper()) or TEXTS.get(figure) or TYPES.get((kind or "").upper())
