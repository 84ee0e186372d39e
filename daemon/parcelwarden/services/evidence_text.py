"""The texts that lie in an evidence pack: what each file is, and when which answer came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from parcelwarden.domain.form_limits import FormLimits
from parcelwarden.domain.model import OrderRef
from parcelwarden.services.answers import AnswerRecord

_README = """\
Evidence for order {ref}, made on {now:%Y-%m-%d %H:%M} UTC

statement.txt  A draft for the form, at most {characters} characters, without Chinese letters. It says only what the
               order's page and the carrier showed. Read it, correct it, add what you know yourself.
timeline.png   The order's life on one line, at most {bytes:,} bytes.
scans.png      The carrier's scans as a table, at most {bytes:,} bytes. The form takes at most {pictures} pictures.
answers.txt    When which source answered, and the SHA-256 of each answer as it was received. An answer that said the
               same as the one before is not listed again.
answer-*.json  What the source's reader took from that answer: without receiver, address and telephone. It is not the
               answer itself, so its own SHA-256 is another one.

Photos of the goods, and what you agreed with the seller, only you have: add them.
Do not claim twice for the same money, nor for what you received.
"""


_NONE = {"not_found": "nothing was found"}


def readme(ref: OrderRef, limits: FormLimits, now: datetime) -> str:
    """What each file is, and on which rules the limits rest."""
    text = _README.format(
        ref=ref, now=now, characters=limits.characters, bytes=limits.picture_bytes, pictures=limits.pictures
    )
    if not limits.rules:
        return f"{text}\nNo limits of this shop's form are known here: these are the strictest that are known of any.\n"
    quotes = "".join(f'- "{rule.quote}"\n  {rule.source} ({rule.id}, {rule.edition})\n' for rule in limits.rules)
    return f"{text}\nThe limits are the shop's own:\n{quotes}"


def index(answers: Sequence[AnswerRecord], names: Sequence[str]) -> str:
    """One line an answer: when, who, about which number, what came, its SHA-256, the file of its reading."""
    if not answers:
        return "No answer of a source was kept for this order yet.\n"
    head = "asked at (UTC)\tsource\tnumber\toutcome\tSHA-256 of the answer as received\tits reading\n"
    return head + "".join(
        f"{answer.asked_at:%Y-%m-%dT%H:%M:%SZ}\t{answer.source}\t{answer.number}\t{answer.outcome}\t"
        f"{answer.received_sha256}\t{name if answer.reading is not None else _NONE.get(answer.outcome, 'not kept')}\n"
        for answer, name in zip(answers, names, strict=True)
    )
