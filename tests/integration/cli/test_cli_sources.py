"""`sources check` against a carrier street on loopback, and the user's keys, which nobody sees. All answers are
constructed."""

from __future__ import annotations

import io
import json
import logging
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from parcelparsers import Access, Evidence, all_sources, source
from parcelparsers.carriers import aftership, c_17track
from parcelwarden.adapters.fetcher import HttpFetcher
from parcelwarden.adapters.logs import set_up_logging
from parcelwarden.wiring import looking
from support.cases import all_cases
from support.policies import LoopbackOnly
from support.shell import Shell

NUMBER = "LP00190000000017"
KEY = "constructed+Key/of~Nobody=1"
SOME = "[desktop]\nenabled = false\n[sources]\ndisabled = ['sunyou']\n"
KEYLESS = {
    s.id for s in all_sources() if s.access is Access.KEYLESS and s.evidence is Evidence.CAPTURED and not s.needs
}


class Street(ThreadingHTTPServer):
    """Cainiao knows a number, Colissimo has a captcha, all others are shut."""

    asked: list[tuple[str, str, dict[str, str]]]
    echo: bool = False


class Carrier(BaseHTTPRequestHandler):
    server: Street

    def do_GET(self) -> None:
        host = self.headers["Host"]
        self.server.asked.append((host, self.path, dict(self.headers.items())))
        status, kind, body = self.answer(host)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def answer(self, host: str) -> tuple[int, str, bytes]:
        if self.server.echo:
            return 401, "application/json", json.dumps(dict(self.headers.items())).encode()
        if host == "global.cainiao.com":
            module = {"mailNo": NUMBER, "status": "DELIVERING", "mailNoSource": "AE", "detailList": [
                {"time": 1772442000000, "timeStr": "2026-03-02 17:00:00", "timeZone": "GMT+8", "desc": "Accepted",
                 "standerdDesc": "Accepted", "actionCode": "PU_PICKUP_SUCCESS"}]}  # fmt: skip
            return 200, "application/json", json.dumps({"module": [module], "success": True}).encode()
        if host == "www.laposte.fr":
            return 403, "text/html", b"<html><script src='https://captcha-delivery.com/c.js'></script></html>"
        return 503, "text/plain", b"shut"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    server = Street(("127.0.0.1", 0), Carrier)
    server.asked = []
    hosts = dict.fromkeys((h for s in all_sources() for h in s.hosts), f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setattr(looking, "HttpFetcher", partial(HttpFetcher, policy=LoopbackOnly(), hosts=hosts))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_one_source_is_asked_once_and_its_health_remembered(sh: Shell, street: Street) -> None:
    done = sh("sources", "check", "cainiao", "--number", NUMBER)
    assert "found" in done.stdout
    assert len(street.asked) == 1
    health = {s["id"]: s for s in sh.json("sources")["sources"]}
    assert health["cainiao"]["state"] == "ok"
    assert health["laposte"]["state"] == "never_tried"
    assert "a moment ago" in sh("sources", "check", "cainiao", "--number", NUMBER, code=1).stderr
    assert len(street.asked) == 1


def test_a_wall_is_said_and_kept_to(sh: Shell, street: Street) -> None:
    assert sh.json("sources", "check", "laposte", "--number", "8Z90000000017", code=1)["outcome"] == "blocked"
    assert "(last try: blocked)" in sh("sources", "check", "laposte", "--number", "8Z90000000017", code=1).stderr
    assert len(street.asked) == 1


def test_what_only_people_can_ask_is_said_with_its_page(sh: Shell, street: Street) -> None:
    said = sh("sources", "check", "postnl", "--number", "3SABCD0000001", code=1).stderr
    assert "open https://jouw.postnl.nl/track-and-trace/3SABCD0000001 in your browser" in said
    assert not street.asked


def test_nobody_is_asked_without_consent(sh: Shell, street: Street) -> None:
    sh.config.write_text(SOME)
    assert "Go on?" in sh("sources", "check", stdin="n\n", code=1).stderr
    assert "Go on?" in sh("sources", "check", stdin="", code=1).stderr
    assert street.asked == []


def test_each_source_without_key_is_asked_once_and_told_by_outcome(sh: Shell, street: Street) -> None:
    sh.config.write_text(SOME)
    sh("add", "aliexpress/8100000000000001", "paid_at=2026-03-01", "--number", NUMBER)
    done = sh("sources", "check", "--yes", code=1)
    assert "SunYou" not in done.stdout
    assert len(street.asked) == len(KEYLESS) - 1 - len(re.findall("its own shape", done.stderr))
    assert {host for host, _, _ in street.asked} <= {host for name in KEYLESS for host in source(name).hosts}
    told = {line.split()[0]: line for line in done.stdout.rpartition("outcome")[2].splitlines() if line.strip()}
    assert "cainiao" in told["found"]
    assert "laposte" in told["blocked"]
    assert "ems" in told["network"]
    assert NUMBER in next(path for host, path, _ in street.asked if host == "global.cainiao.com")
    asked = len(street.asked)
    assert "skipped" in sh("sources", "check", "--yes").stderr
    assert len(street.asked) == asked


@pytest.mark.parametrize(("chosen", "header"), [(c_17track.SOURCE, "17token"), (aftership.SOURCE, "as-api-key")])
def test_a_key_reaches_its_source_and_nobody_else(
    sh: Shell, street: Street, chosen: Any, header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.echo = True
    sh.config.write_text(f'{sh.config.read_text()}\n[keys]\n{chosen.id} = "{KEY}"\n')
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    set_up_logging("debug", logged := io.StringIO())
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    sh("add", "aliexpress/8100000000000001", "paid_at=2026-03-01", "--number", NUMBER)
    said = [sh("sources", "check", chosen.id, "--number", NUMBER, code=1)]
    assert {name.lower(): value for name, value in street.asked[0][2].items()}[header] == KEY
    commands = (["sources"], ["status"], ["export"], ["show", NUMBER], ["sources", "--json"])
    said += [sh(*command) for command in commands]
    told = "".join(done.output + done.stderr for done in said) + logged.getvalue()
    assert "politeness" in logged.getvalue()
    assert KEY not in told
    kept = b"".join(path.read_bytes() for path in sh.data.rglob("*") if path.is_file())
    assert KEY.encode() not in kept


def test_without_a_key_a_source_that_wants_one_is_not_asked(sh: Shell, street: Street) -> None:
    answer = sh.json("sources", "check", "17track", "--number", NUMBER, code=1)
    assert "keys.17track" in answer["detail"]
    assert street.asked == []


@pytest.mark.parametrize("key", ["a b", "a\\r\\nX: y", "é", ""])
def test_a_key_that_fits_no_header_is_refused_and_not_repeated(sh: Shell, key: str) -> None:
    sh.config.write_text(f'[keys]\n17track = "{key}"\n')
    done = sh("sources", code=3)
    assert "keys" in done.stderr
    if key:
        assert f'"{key}"' not in done.stderr
        assert key.encode().decode("unicode_escape") not in done.stderr.replace("X: y", "")


def test_a_saved_page_of_a_carrier_is_taken_in(sh: Shell) -> None:
    """The last way of the chain: the user opens the page and gives it to the daemon."""
    case = next(c for c in all_cases() if (c.source, c.name) == ("swisspost", "easytrack_delivered"))
    number = case.asked.numbers[0]
    sh("add", "aliexpress/8100000000000001", "paid_at=2026-03-01", "--number", number)
    shown = sh("show", number).stdout
    assert "nobody looks at it" in shown
    taken = sh.json("import", "--source", "swisspost", "--number", number, str(case.path))
    assert taken["parcels"] == [number]
    assert sh.json("show", number)["state"] == "delivered"


def test_a_carriers_page_is_refused_where_it_is_another_ones(sh: Shell) -> None:
    case = next(c for c in all_cases() if (c.source, c.name) == ("usps", "delivered"))
    assert "no parcel" in sh("import", "--source", "swisspost", str(case.path), code=1).stderr
    assert "not known" in sh("import", "--source", "nobody", str(case.path), code=2).stderr
    assert "parse" in sh("import", "--dry-run", "--source", "usps", str(case.path), code=2).stderr
