"""What the buyer should do now: small rules, the first that holds. Everything hangs on `act_by`.

Sources: DESIGN §1 (advice), §4 (settled choices), §5; `POLICIES.md` §2 and §7; `SEMANTICS.md`, act_by.
"""

from __future__ import annotations

from parcelwarden.domain.advice.rules import advice_for
from parcelwarden.domain.advice.situation import Situation
from parcelwarden.domain.advice.text import flat, stamp

__all__ = ["Situation", "advice_for", "flat", "stamp"]
