"""The daemon, with Cainiao on loopback: `python -m benchmarks.looped PORT run --port 0 …`.

The fetcher's address policy is an argument of its constructor and nothing reaches it from outside; so this program puts
another one in its place before it starts the daemon's own command.
"""

from __future__ import annotations

import sys
from functools import partial

from parcelwarden.adapters import memory

if __name__ == "__main__":
    memory.hold()
    from parcelwarden.adapters.fetcher import HttpFetcher
    from parcelwarden.cli import main
    from parcelwarden.demo.policy import LoopbackOnly
    from parcelwarden.wiring import daemon

    street = {"global.cainiao.com": f"http://127.0.0.1:{sys.argv[1]}"}
    vars(daemon)["HttpFetcher"] = partial(HttpFetcher, LoopbackOnly(), hosts=street)
    main(sys.argv[2:], prog_name="parcelwarden")
