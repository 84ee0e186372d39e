"""PostNL's tables: phases, observation codes, and the categories of postnl.post.

The groups of observation codes are those of PostNL's public reference data ("event codes"), as public clients list
them (`POSTS_AND_COURIERS.md` §7 and §8).
"""

from __future__ import annotations

from parcelparsers.carriers._meanings import Families, Meaning, codes
from parcelparsers.model import Leg, State

_S = State

PHASES: dict[int | None, Meaning] = {
    0: Meaning(_S.INFO_RECEIVED, Leg.ANNOUNCED),
    1: Meaning(_S.IN_TRANSIT, Leg.ACCEPTED),
    2: Meaning(_S.IN_TRANSIT, Leg.LOCAL),
    3: Meaning(_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    4: Meaning(_S.DELIVERED, Leg.FINAL),
}
"""`statusPhase.index`."""

CODES = codes(
    (_S.INFO_RECEIVED, Leg.ANNOUNCED, "A01 A10 A71 F01 J93 M03 X80 X81 A20 A21 A22 Q02 X03 M01 M02 C01"),
    (_S.IN_TRANSIT, Leg.ACCEPTED, "B01 X40 B04 Z80 G03 C02"),
    (
        _S.EXCEPTION,
        Leg.ACCEPTED,
        "D02 D03 D04 D05 D06 D07 D09 D40 D41 H31 X42 X43 Y80 Y81 F03 F04 F05 F06 F07 F08 F10",
    ),
    (
        _S.IN_TRANSIT,
        Leg.LOCAL,
        (
            "A08 A09 A11 A12 A13 A27 A28 A29 A30 A31 A32 A34 A35 A42 A43 A99 J01 J06 J07 J09 J10 J14 J16 J17 J22"
            " J24 J26 J27 J28 J33 J36 J61 J90 Q12 Q13 R01 R06 Y23 Y24 Y33 Y35 Y60 Y61 Y62 J08 J29 J39 J40 J41 J42"
            " J45 J47 J48 J55 J94 J95 K14 K15 K70 Q15 S05 T02 Y05 D08 H10 K01 K02 K03 K30 K92 V01 V06 Y07 G01 G02"
            " G05 V02 V03 V04 V11 V12 V13 V21 V22 V23 V31 V50 H32 H35"
        ),
    ),
    (
        _S.IN_TRANSIT,
        Leg.ORIGIN,
        "X01 X02 X07 X08 X11 X14 X17 X20 X21 X22 X50 X51 X68 X04 X06 X19 X55",
    ),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, "J05 H23 K90"),
    (
        _S.DELIVERY_FAILED,
        Leg.LOCAL,
        (
            "H01 H02 H03 H04 H05 H07 H08 H09 H12 H20 H22 H24 H34 H36 H38 H51 H52 J92 K16 K41 K43 Y01 Y02 Y03 Y04"
            " Y08 Y09 Y10 Y11 Y12 Y13 Y14 Y15 Y16 Y17 Y18 Y19 Y20 Y21 Y22 Y30 Y31 Y32 Y36 Y38 Y39 Y40 Y41 Y42 Y43"
            " Y44 Y50 Y71"
        ),
    ),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, "J59 X30 X60 X61 X62 X63 X64 X65 X66 Y25 Y29"),
    (_S.IN_TRANSIT, Leg.ARRIVED, "A76 X10 X67"),
    (_S.IN_TRANSIT, Leg.LINE_HAUL, "A72 A74 A75 X15"),
    (
        _S.DELIVERED,
        Leg.FINAL,
        "I01 I03 I05 I06 I07 I09 I10 I11 I12 I22 I23 J63 J91 K91 X24 Y26 Z01 Z02 Z03 Z04 Z05 Z06 Z08 Z09 I02",
    ),
    (_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL, "I08 J02 J12 J23 J52 X05"),
    (_S.RETURNED, Leg.LOCAL, "H16 H25 Y37"),
    (
        None,
        Leg.ANNOUNCED,
        (
            "A04 A19 A41 A46 A73 A94 A95 A96 A98 B06 H15 H17 H18 H30 J56 J80 K25 K71 P20 P21 P22 P23 P24 Q14 Q16"
            " Q17 Q18 Q19 X16 X52 Y45 Y46 Y47 Y48 Y64 Y65 Y66"
        ),
    ),
)
"""`observationCode`."""

CATEGORIES = {
    "pre-advised": Meaning(_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "preparing": Meaning(_S.INFO_RECEIVED, Leg.ANNOUNCED),
    "processing": Meaning(_S.IN_TRANSIT, Leg.ACCEPTED),
    "departed": Meaning(_S.IN_TRANSIT, Leg.LINE_HAUL),
    "arrived": Meaning(_S.IN_TRANSIT, Leg.ARRIVED),
    "in transit": Meaning(_S.IN_TRANSIT, Leg.ORIGIN),
    "transit": Meaning(_S.IN_TRANSIT, Leg.ORIGIN),
    "customs": Meaning(_S.IN_TRANSIT, Leg.ARRIVED),
    "out for delivery": Meaning(_S.OUT_FOR_DELIVERY, Leg.LOCAL),
    "pick-up point": Meaning(_S.AVAILABLE_FOR_PICKUP, Leg.LOCAL),
    "delivered": Meaning(_S.DELIVERED, Leg.FINAL),
    "unsuccesfull": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "unsuccessful": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "undelivered": Meaning(_S.DELIVERY_FAILED, Leg.LOCAL),
    "returned": Meaning(_S.RETURNED, Leg.LOCAL),
    "exception": Meaning(_S.EXCEPTION, Leg.ACCEPTED),
    "": Meaning(None, Leg.ANNOUNCED),
}
"""`category` of postnl.post, in small letters; `unsuccesfull` is its own spelling."""

WORDS = Families(
    (_S.RETURNED, Leg.LOCAL, r"returned to (?:the )?(?:shipper|sender)|has been returned"),
    (_S.CUSTOMS_HOLD, Leg.ARRIVED, r"(?:held|retained|detained) (?:by|at) .{0,10}customs|awaiting .{0,30}customs"),
    (_S.IN_TRANSIT, Leg.CLEARED, r"released by customs|customs clearance (?:is |has been )?completed"),
    (_S.IN_TRANSIT, Leg.LOCAL, r"en route to the pickup|local (?:sorting|delivery)|domestic sorting"),
    (_S.OUT_FOR_DELIVERY, Leg.LOCAL, r"out for delivery"),
)
"""Descriptions that say more than their category."""
