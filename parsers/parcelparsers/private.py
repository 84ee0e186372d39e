"""Takes people out of the texts of events: who signed, telephone numbers, mail addresses (DESIGN §5.8)."""

from __future__ import annotations

import re

LONGEST = 500
"""Characters kept of one text: an event's line is a sentence, not a document."""

_NAME = r"(?:(?:Mr|Mrs|Ms|Dr)\.? )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_PEOPLE = re.compile(
    r"(?P<who>(?i:signed(?: for)? by)\s*:?\s*"
    r"|(?i:signatory|signature|recipient|receiver|consignee|addressee)(?i: name)?\s*:\s*)"
    + _NAME
    + r"|(?P<phone>(?i:tel|phone|mobile|contact|call)\w*\.?(?: number| no\.?)?\s*:?\s*)\+?\d[\d ()/-]{5,20}\d"
    r"|(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63})"
)


_CUES = ("@", ":", "igned", "tel", "phone", "mobile", "contact", "call")
"""One of them stands beside every person: most texts have none, and are let go at once."""


def may_name_people(text: str) -> bool:
    """Whether a text, or one of several joined, may have anything to be taken out; most have not."""
    low = text.lower()
    for cue in _CUES:
        if cue in low:
            return True
    return False


def scrub(text: str) -> str:
    """The text, at most `LONGEST` characters, with names of signatories, telephones and mail addresses as
    `…`.
    """
    if may_name_people(text):
        return _PEOPLE.sub(lambda m: f"{m['who'] or m['phone'] or ''}…", text[:LONGEST]).strip()
    return text[:LONGEST].strip()
