"""The table of shapes (`NUMBERS.md` §1 to §3, and of known bodies), data only. `rank`: how much the shape alone says for
the carrier.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parcelparsers.numbers.checks import Check, fedex12, gls, mod7, mod10, mod37, ontrac, s10_check, ups

S10 = re.compile(r"(?P<service>[A-Z]{2})(?P<digits>\d{9})(?P<country>[A-Z]{2})", re.ASCII)

SERVICES = {
    "E": "EMS item",
    "L": "tracked letter",
    "M": "M-bag",
    "Q": "IBRS item",
    "R": "registered item",
    "U": "untracked letter post, scans often stop at the border",
    "V": "insured item",
    "C": "parcel",
    "H": "e-commerce parcel",
}

ISSUERS = {
    "AR": "correoargentino",
    "AT": "austrianpost",
    "AU": "auspost",
    "BE": "bpost",
    "BR": "correios",
    "CA": "canadapost",
    "CH": "swisspost",
    "CL": "correos_chile",
    "CN": "chinapost_ems",
    "CZ": "ceskaposta",
    "DE": "dhl",
    "DK": "postnord",
    "EE": "omniva",
    "ES": "correos_es",
    "FI": "posti",
    "FR": "laposte",
    "GB": "royalmail",
    "HU": "magyarposta",
    "IL": "israelpost",
    "IT": "poste_italiane",
    "JP": "japanpost",
    "KR": "koreapost",
    "NL": "postnl",
    "PL": "poczta_polska",
    "RU": "russianpost",
    "SE": "postnord",
    "SG": "singpost",
    "UA": "ukrposhta",
    "US": "usps",
    "YP": "yanwen",
}
"""The post behind an S10's last two letters; `YP` is no country but Yanwen."""


class Shape(NamedTuple):
    """One shape of one carrier; where there is a `check`, the pattern's group `check` is what it covers."""

    source: str
    pattern: re.Pattern[str]
    why: str
    rank: int
    check: Check | None = None


def _shape(source: str, pattern: str, why: str, rank: int, check: Check | None = None) -> Shape:
    return Shape(source, re.compile(pattern, re.ASCII), why, rank, check)


_CHINA = (
    _shape("cainiao", r"LP\d{12,14}", "Cainiao's own number of the first mile, replaced later", 95),
    _shape("cainiao", r"AP\d{14}", "Cainiao's own number, replaced at the hand-over", 95),
    _shape("cainiao", r"CNG\d{14}", "Cainiao number", 95),
    _shape("cainiao", r"CN\d{12,15}", "Cainiao express or standard shipping", 85),
    _shape("cainiao", r"AE(?:\d{9}|AP[A-Z0-9]{6,20})", "consolidated AliExpress parcel", 80),
    _shape("cainiao", r"DOFR\d{13}HD", "Cainiao's last mile in France", 95),
    _shape("cainiao", r"[A-Z]{2}\d{10}[A-Z]", "looks like a postal number but is Cainiao's own", 90),
    _shape("yunexpress", r"YT\d{16}", "YunExpress", 95),
    _shape("4px", r"4PX\d{13}CN", "4PX", 95),
    _shape("yanwen", r"BYS\d{9}", "Yanwen", 90),
    _shape("yanwen", r"[A-Z]{2}(?P<check>\d{9})YP", "Yanwen, with a postal check digit", 95, s10_check),
    _shape("sunyou", r"SY(?:RM|AE)[A-Z0-9]{6,20}", "SunYou", 85),
    _shape("sunyou", r"SY\d{9,14}", "SY and digits, as SunYou uses them", 55),
    _shape("gofo", r"GFUS\d{14}", "GOFO, last mile in the United States", 90),
)

_AMERICAS = (
    _shape("usps", r"(?:420\d{5}(?:\d{4})?)?(?P<check>9[1-5]\d{20})", "USPS package number", 90, mod10),
    _shape("usps", r"(?P<check>\d{20})", "20 digits, as USPS uses them", 40, mod10),
    _shape("ups", r"1Z(?P<check>[A-Z0-9]{15}\d)", "UPS number", 95, ups),
    _shape("ups", r"92748\d{21}", "UPS Mail Innovations", 70),
    _shape("ups", r"[AHJKTV]\d{10}", "UPS waybill", 50),
    _shape("fedex", r"(?P<check>\d{12})", "12 digits, as FedEx Express uses them", 45, fedex12),
    _shape("fedex", r"(?P<check>\d{15})", "15 digits, as FedEx Ground uses them", 50, mod10),
    _shape("fedex", r"96\d{5}(?P<check>\d{15})", "FedEx Ground 96", 70, mod10),
    _shape("fedex", r"(?P<check>\d{20})", "20 digits, as FedEx Ground uses them", 35, mod10),
    _shape("fedex", r"\d{34}", "34 digits, as FedEx uses them", 50),
    _shape("canadapost", r"(?P<check>\d{16})", "16 digits, as Canada Post uses them", 50, mod10),
    _shape("ontrac", r"C(?P<check>\d{14})", "OnTrac", 80, ontrac),
    _shape("ontrac", r"D\d{14}", "OnTrac", 50),
    _shape("amazon", r"TB[ACM]\d{12}", "Amazon's own delivery", 95),
)

_GERMANY_AND_NEIGHBOURS = (
    _shape("dhl", r"0034043\d{13}", "DHL Paket in Germany", 80),
    _shape("dhl", r"JJD\d{10,22}", "JJD: DHL, but also InPost and Yodel", 60),
    _shape("dhl", r"(?P<check>\d{10,11})", "10 or 11 digits, as DHL Express uses them", 45, mod7),
    _shape("dhl", r"J[A-Z]{2,3}(?:\d{9,10}|\d{16})", "DHL piece", 60),
    _shape("dhl", r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)[A-Z0-9]{10,38}", "DHL eCommerce", 30),
    _shape("dpd", r"\d{14}", "14 digits, as DPD uses them", 45),
    _shape("dpd", r"(?P<check>\d{14}[A-Z0-9])", "14 digits and a check character, as DPD uses them", 40, mod37),
    _shape("dpd", r"\d{28}", "28 digits, as DPD uses them", 50),
    _shape("gls", r"\d{14}", "14 digits, as GLS in the Netherlands uses them", 32),
    _shape("hermes_de", r"H\d{19}", "H and 19 digits, as Hermes in Germany uses them", 85),
    _shape("gls", r"\d{11}", "11 digits, as GLS uses them", 45),
    _shape("gls", r"(?P<check>\d{12})", "11 digits and a check digit, as GLS uses them", 40, gls),
    _shape("gls", r"(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{8}", "GLS track id", 30),
    _shape("postnl", r"3S[A-Z0-9]{11,}", "PostNL domestic", 95),
    _shape("bpost", r"3232\d{20}", "bpost", 85),
    _shape("posti", r"JJFI\d{17}", "Posti", 95),
    _shape("postnord", r"00573\d{15}", "PostNord", 85),
)

_EUROPE = (
    _shape("royalmail", r"[0-9A-F]{21}", "Royal Mail 2D code", 40),
    _shape("laposte", r"[68][A-Z]\d{11}", "Colissimo", 85),
    _shape("chronopost", r"\d{14}|[A-Z]{2}\d{9}FR", "as Chronopost uses them", 35),
    _shape("laposte", r"\d{14}", "La Poste shows Chronopost numbers too", 30),
    _shape("correos_es", r"PR\d{15}C|[PD][A-Z0-9]{5}\d{16}[A-Z]", "Correos", 85),
    _shape("poste_italiane", r"(?![A-Z]{2})[A-Z0-9]{13}(?<!\d{13})", "13 characters, as Poste Italiane uses", 25),
    _shape("inpost", r"(?:JJD|JD)\d{16}|\d{24}", "InPost", 50),
    _shape("evri", r"H\d{15}", "H and 15 digits, as Evri uses them", 70),
    _shape("yodel", r"J?JD\d{16}", "Yodel", 45),
    _shape("ukrposhta", r"\d{13}", "13 digits, as Ukrposhta uses them", 50),
    _shape("novaposhta", r"(?:2|5|59)\d{12,13}", "Nova Poshta", 50),
    _shape("novaposhta", r"EV[A-Z0-9]{6,20}NPI", "Nova Post international", 85),
    _shape("poczta_polska", r"(?P<check>\d{20})", "20 digits, as Poczta Polska uses them", 35, mod10),
    _shape("poczta_polska", r"\d{19}|PX\d{10}", "Poczta Polska", 55),
    _shape("magyarposta", r"RL\d{14}|PNTM\d{22}|(?!\d{20})[A-Z0-9]{3}\d{2}[A-Z0-9]{7}\d{8}", "Magyar Posta", 55),
    _shape("magyarposta", r"\d{20}", "20 digits, as Magyar Posta uses them too", 20),
)

_PACIFIC = (
    _shape("auspost", r"(?:\d\d)?[A-Z0-9]{3}\d{9}000\d{6}", "Australia Post article", 80),
    _shape("auspost", r"(?P<check>00\d{20})", "22 digits, as Australia Post uses them", 45, mod10),
    _shape("japanpost", r"\d{11,12}", "11 or 12 digits, as Japan Post uses them at home", 30),
)

SHAPES = (*_CHINA, *_AMERICAS, *_GERMANY_AND_NEIGHBOURS, *_EUROPE, *_PACIFIC)
