"""The policy engine: dated rules as data, read to the second (SEMANTICS.md).

table ← rules, refs ← conditions, days, spans, openings, endings ← observed, act_by ← windows, clocks ← pack
pack ← editions (which packs), combining (two packs at once) ← engine (the answer) ← jsonl (one line of it)
"""

from parcelwarden.domain.policy.editions import applicable, named
from parcelwarden.domain.policy.engine import answer, next_change
from parcelwarden.domain.policy.pack import Pack, build

__all__ = ["Pack", "answer", "applicable", "build", "named", "next_change"]
