"""The reader process: takes jobs on standard input, answers on standard output, until the input ends.

It opens no file and no connection. Where the system allows (not on Windows) it limits its own memory, and an alarm
ends it when nobody is left to kill it.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import BinaryIO

from parcelwarden.adapters.reader_wire import Done, Job, decode_job, encode_done, frame

MEMORY = 300 * 1024 * 1024
"""Bytes of address space."""
ALARM = 15
"""Seconds after which a body ends the process even if the daemon is gone."""


def work(job: Job) -> Done:
    """Do one job; every fault becomes a text."""
    from parcelparsers import Asked, Body, read, source
    from parcelparsers.errors import ParserError

    try:
        if job.capture:
            from parcelparsers.marketplaces.pages import read_page

            return Done(page=read_page(job.capture))
        body = Body(job.data, status=job.status, content_type=job.content_type)
        return Done(reading=read(source(job.source), body, job.asked or Asked(())))
    except ParserError as fault:
        return Done(error=str(fault))
    except MemoryError:
        raise
    except Exception as fault:
        return Done(error=f"page: the reader failed ({type(fault).__name__}); save a redacted sample and report it")


def serve(read_from: BinaryIO, write_to: BinaryIO) -> None:
    """Answer jobs until the input ends. The first frame, an empty one, says that the imports are done."""
    import bs4  # noqa: F401 - so that the first body does not pay for it
    import lxml.etree  # noqa: F401

    _put(write_to, b"")
    while header := read_from.read(4):
        data = read_from.read(int.from_bytes(header, "big"))
        _alarm(ALARM)
        answer = encode_done(work(decode_job(data)))
        _alarm(0)
        _put(write_to, answer)


def _put(write_to: BinaryIO, data: bytes) -> None:
    write_to.write(frame(data))
    write_to.flush()


def _alarm(seconds: int) -> None:
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Set the limits, keep standard output for answers alone, serve. Ctrl-C is the daemon's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, out)


if __name__ == "__main__":
    main()
