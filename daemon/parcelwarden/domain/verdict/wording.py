"""What the code or the text of one line says beyond its state.

States are taken as the reader gave them; only what `SEMANTICS.md` (Verdicts) leaves to code or text is read
here: the three quiet statuses, lost and damaged, a customs hold that asks for payment, a wrong destination,
an address in doubt. Readers of other languages say the same by flags; the few foreign stems serve lines
that come without a reader.
"""

from __future__ import annotations

import re

from parcelparsers.model import Event

QUIET_CODES = frozenset({"LH_HO_AIRLINE", "LH_DEPART", "LH_ARRIVE"})
"""Handed to the airline, departed from the original country, arrived at the destination country (help text
L428-432)."""

_ORIGIN = r"(?:the )?(?:(?:original|origin|export|sending) country|country of (?:origin|export|dispatch))"
_TARGET = r"(?:the )?(?:(?:destination|receiving|import) country|country of (?:destination|receipt|import))"
_QUIET = re.compile(
    r"\b(?:hand(?:ed|ing)?[ -]?over|handed) to (?:the )?airline\b"
    rf"|\b(?:depart(?:ed|ure)?|left|leaving) (?:from )?{_ORIGIN}\b(?! (?:sort|office|hub|ware))"
    rf"|\barriv(?:ed|al) (?:at|in|to) {_TARGET}\b(?! (?:sort|office|hub|ware))"
)

_LOST = re.compile(
    r"(?<!not )\blost\b|\b(?:parcel|package|item|shipment) loss\b|\bloss of\b"
    r"|\bverloren|\bverlust|\bperdu|\bperdid|\bextravi|\bsmarrit|\bzagub"
    r"|\bутер|\bутрач"
)
_DAMAGED = re.compile(
    r"(?<!not )\bdamaged?\b|\bdestroy|\bbroken\b|\bbeschädig|\bendommag|\bdañad|\bdanneggi|\bdanific"
    r"|\buszkodz|\bповрежд"
)

_PAY = re.compile(r"\b(?:unpaid|pay|payable|payments?|be paid|owed)\b")
_LEVY = re.compile(r"\b(?:tax(?:es)?|dut(?:y|ies)|vat|charges?|fees?)\b")
_LEVY_ASKED = re.compile(
    r"\b(?:due|owe|outstanding|requir|request|pending|await|assess|calculat|collect|appl(?:y|icable)\b|settle|impos|raised)"
)
_TAX_NUMBER = re.compile(r"\b(?:tax|vat)(?:payer)?(?:'s)? (?:id\w*|number|no|code|registration)\b")
_SETTLED = re.compile(
    r"\bprepaid\b|\b(?:has|have|had) been paid\b|\b(?:is|are|was|were|already) paid\b"
    r"|\b(?:duties|duty|tax(?:es)?|vat|charges?|fees?) paid\b"
    r"|\bpayment (?:received|completed?|confirmed|made)\b|\bno (?:further |additional )?(?:payment|dut|tax|vat|charge|fee)"
    r"|\bexempt|\bduty free\b"
)
_NOT_SETTLED = re.compile(r"\bnot (?:yet )?(?:been )?(?:paid|received|confirmed|completed?|made)\b|\bunpaid\b")
_CODE_LEVY = re.compile(r"\b(?:tax|vat|fees?|pay|payment|duty|duties)\b(?!.*\b(?:paid|success|exempt|free|refund)\b)")

_ASTRAY = re.compile(
    r"\bwrong (?:destination|country|city|region|location|post office|delivery office)\b"
    r"|\b(?:to|at) (?:the |an? )?(?:wrong|incorrect|different) (?:address|destination|country|office)\b"
    r"|\bincorrect (?:destination|country)\b|\bmis ?-?(?:rout|sort|sent|direct|ship)"
)
_DOUBT = r"incorrect|incomplete|insufficient|invalid|wrong|bad|unknown|missing|unclear|illegible|undeliverable"
_ADDRESS = re.compile(
    rf"\b(?:{_DOUBT}) (?:\w+ ){{0,2}}address\b"
    rf"|\baddress (?:\w+ ){{0,2}}(?:{_DOUBT}|not found|not exist|issue|problem|query|correction)"
    r"|\b(?:confirm|verify|correct|complete|provide|update|locate|find|no such) (?:\w+ ){0,2}address\b"
    r"|\baddress (?:\w+ ){0,2}(?:to be|must be|needs|required|confirm)"
    r"|\bdeliveryfail\w* address\b|\bdelivery ?fail\w* (?:invalid )?address\b"
)
_WAITS_FOR_ADDRESS = re.compile(
    r"\b(?:wait|await)\w* (?:for )?(?:the )?(?:buyer|cust(?:omer)?|recipient|consignee|addressee)(?:'s)? "
    r"(?:to )?(?:change|confirm|correct|update|provide|complete)?\s*(?:\w+ )?address\b"
)


def _plain(text: str) -> str:
    """A code or text for matching: camel case and underscores opened, one space between words, case gone."""
    opened = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).replace("_", " ")
    return " ".join(opened.split()).casefold()


def _both(event: Event) -> str:
    return _plain(f"{event.code or ''} | {event.description}")


def is_quiet_status(event: Event) -> bool:
    """Whether the line is one of the three statuses after which an economy line normally falls silent."""
    return event.code in QUIET_CODES or bool(_QUIET.search(_plain(event.description)))


def says_lost(event: Event) -> bool:
    """Whether code or text says that the parcel is lost."""
    return bool(_LOST.search(_both(event)))


def says_damaged(event: Event) -> bool:
    """Whether code or text says that the parcel is damaged or destroyed."""
    return bool(_DAMAGED.search(_both(event)))


def says_wrong_destination(event: Event) -> bool:
    """Whether code or text says that the parcel went astray (sent to a wrong place, misrouted, missorted)."""
    return bool(_ASTRAY.search(_both(event)))


def asks_for_address(event: Event) -> bool:
    """Whether code or text says that the address is in doubt."""
    return bool(_ADDRESS.search(_both(event))) or waits_for_address(event)


def waits_for_address(event: Event) -> bool:
    """Whether code or text says that the carrier waits for the buyer to name an address."""
    return bool(_WAITS_FOR_ADDRESS.search(_both(event)))


def asks_for_payment(event: Event) -> bool:
    """Whether code or text asks for duties, tax or charges to be paid; one that says they were paid does
    not."""
    text = _TAX_NUMBER.sub("", _plain(event.description))
    still_owed = bool(_NOT_SETTLED.search(text))
    if _SETTLED.search(text) and not still_owed:
        return False
    asked = _PAY.search(text) or (_LEVY.search(text) and (still_owed or _LEVY_ASKED.search(text)))
    return bool(asked or _CODE_LEVY.search(_plain(event.code or "")))
