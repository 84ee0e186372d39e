"""Walls are found, and an answer is never taken for one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from parcelparsers import Asked, Body, Outcome, State, read, source
from parcelparsers.walls import PAGE_FOR_DATA, wall
from support import shared

METAS = sorted((shared.ROOT / "captures").glob("*/*.meta.json"))

LEFT_TO_THE_READER = {
    "4px/partner_api_error": "its words are mojibake; only its own error code 000013 says that the key was refused",
    "chinapost_ems/partner_api_auth_error": "only its own code V02 says that the login failed",
    "yanwen/api_2017_error": "it looks like an answer without events; only code 1 says that it is none",
}


def constructed(title: str, text: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<title>Captcha Interception</title><punish-component />", "captcha"),
        (constructed("x", "<script>var u='/_____tmd_____/punish?x5secdata=1'</script>"), "captcha"),
        (constructed("Just a moment..."), "captcha"),
        (constructed("", "<script>window._cf_chl_opt={}</script>"), "captcha"),
        (constructed("Access Denied", "Reference #18 https://errors.edgesuite.net/18"), "waf"),
        (constructed("Request blocked", "<h2>The request is blocked.</h2>"), "waf"),
        (constructed("403 Forbidden"), "waf"),
        (constructed("405"), "waf"),
        (constructed("429 Too Many Requests"), "rate_limited"),
        (constructed("503 Service Temporarily Unavailable"), "unavailable"),
        (constructed("Site indisponible", "Incident en cours"), "unavailable"),
        (constructed("Sign in to continue"), "login"),
        (constructed("Tracking", "<div id=app></div><script src=/app.js></script>"), "half_empty"),
        (constructed("Tracking", "Getting data <script src=/recaptcha/api.js></script>"), "captcha"),
        ('{"statusCode":403,"message":"The quota of today is spent."}', "quota"),
        ('{"status":429,"title":"Slow down"}', "rate_limited"),
        ('{"meta":{"code":429,"message":"Too Many Requests"},"data":{}}', "rate_limited"),
        ('{"errors":[{"code":"NOT.AUTHORIZED.ERROR"}]}', "login"),
        ('{"code":-1,"data":{"errors":[{"message":"Invalid security key."}]}}', "login"),
        ('{"ret":["FAIL_SYS_USER_VALIDATE::x"],"data":{}}', "captcha"),
        ('mtopjsonp2({"ret":["FAIL_SYS_TOKEN_EXOIRED::x"]})', "login"),
        ('{"ret":["FAIL_SYS_TRAFFIC_LIMIT::x"]}', "rate_limited"),
        ('{"rgv587_flag":"sm","url":"https://bixi.alicdn.com/punish"}', "captcha"),
        ('{"code":400,"message":"x","code_message":"PHONE_VERIFY_REQUIRED"}', "login"),
        ("xxxx\n", "half_empty"),
        ("Internal Error", "unavailable"),
        ("<error ErrorName='Превышен лимит количества запросов'/>", "rate_limited"),
    ],
)
def test_walls(body: str, reason: str) -> None:
    assert wall(Body(body.encode())) == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [(401, "login"), (403, "waf"), (405, "waf"), (429, "rate_limited"), (503, "unavailable"), (200, None)],
)
def test_the_status_counts_where_the_body_says_nothing(status: int, reason: str | None) -> None:
    assert wall(Body(b"", status=status)) == reason
    assert wall(Body(b'{"a":1}', status=status)) == reason


def test_the_words_of_the_body_count_before_the_status() -> None:
    assert wall(Body(b'{"message":"The quota of today is spent."}', status=403)) == "quota"


@pytest.mark.parametrize(
    "body",
    [
        '{"error":"Invalid tracking number"}',
        '{"code":404,"message":"Not found"}',
        '{"status":500,"error":"Something went wrong"}',
        '{"events":[{"text":"Delivery failed: access denied to the building"}],"status":"ok"}',
        '{"shipments":[{"status":403,"text":"Too many requests for delivery"}]}',
        '{"number":"RX429403405CN","code":429403}',
        '{"status":429}',
        "null",
        "[]",
        "",
        "Tracking number not found",
        'searchCallback({"data":[{"has":false}]})',
        constructed("Track your parcel", "<table><tr><td>Delivered</td></tr></table><script></script>"),
        constructed("Track 403012345678", "Arrived at the sorting centre. " * 20),
        constructed("Track", "a<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>" + "b" * 300),
        constructed("App", f"<div id=root></div><script>state = JSON.parse('{'x' * 2000}')</script>"),
    ],
)
def test_answers_are_no_walls(body: str) -> None:
    assert wall(Body(body.encode())) is None


@pytest.mark.parametrize("meta", METAS, ids=lambda m: f"{m.parent.name}/{m.name.removesuffix('.meta.json')}")
def test_captured_bodies(meta: Path) -> None:
    stem = meta.name.removesuffix(".meta.json")
    path = next(p for p in meta.parent.glob(stem + ".*") if not p.name.endswith(".meta.json"))
    blocked = json.loads(meta.read_text("utf-8"))["expected"]["status"] == "blocked"
    found = wall(Body(path.read_bytes()))
    if f"{meta.parent.name}/{stem}" in LEFT_TO_THE_READER:
        assert found is None
    else:
        assert bool(found) is blocked, found


@pytest.mark.parametrize("piece", [b"<script>", b"<title", b"<", b"{", b'{"error":', b"[[", b"a("])
def test_hostile_bodies_cost_little(piece: bytes) -> None:
    body = Body(piece * (3_000_000 // len(piece)))
    started = time.process_time()
    wall(body)
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(("status", "reason"), [(200, "waf"), (404, "waf"), (500, "unavailable"), (502, "unavailable")])
def test_a_page_in_the_place_of_data_is_a_wall_unless_the_house_is_broken(status: int, reason: str) -> None:
    body = Body(constructed("Oops", "Try later").encode(), status=status, content_type="text/html")
    assert PAGE_FOR_DATA.fits(body)
    assert PAGE_FOR_DATA.read(body, Asked(())).reason == reason


HISTORY = (
    '<html><head><title>{title}</title></head><body><div class="result-table" id="table-EB000000005CN"><table><tr>'
    "<td>2025-01-01 10:00</td><td>{text}</td><td>CN</td></tr></table></div></body></html>"
)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Returned to sender: forbidden goods", State.RETURNED),
        ("Unsuccessful delivery, access denied", State.DELIVERY_FAILED),
        ("Addressee is temporarily unavailable, delivery attempted", State.DELIVERY_FAILED),
    ],
)
def test_words_in_a_history_are_no_wall(text: str, state: State) -> None:
    """A row that uses the words of a refusal is told, on a page that is short because the history is."""
    answer = read(source("ems"), Body(HISTORY.format(title="Tracking", text=text).encode()), Asked(("EB000000005CN",)))
    assert answer.outcome is Outcome.FOUND
    assert answer.parcels[0].state is state


def test_a_title_makes_a_wall_whatever_follows() -> None:
    body = Body(HISTORY.format(title="Access Denied", text="Returned to sender: forbidden goods").encode())
    assert read(source("ems"), body, Asked(("EB000000005CN",))).outcome is Outcome.BLOCKED


def test_words_without_a_history_are_a_wall() -> None:
    body = Body(HISTORY.format(title="Tracking", text="Forbidden").replace("EB000000005CN", "EB000000014CN").encode())
    answer = read(source("ems"), body, Asked(("EB000000005CN",)))
    assert (answer.outcome, answer.reason) == (Outcome.BLOCKED, "waf")
