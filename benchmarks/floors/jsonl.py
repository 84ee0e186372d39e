"""JSON lines in, JSON lines out, nothing done in between: what a command over lines costs at least."""

from __future__ import annotations

import json
import sys

if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(json.loads(line)))
