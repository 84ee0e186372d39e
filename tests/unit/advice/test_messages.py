"""Every code has one sentence in every language; every param is told; foreign text stays harmless."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from parcelwarden.adapters.message_loader import load_catalogues
from parcelwarden.domain import advice as advice_package
from parcelwarden.domain.advice import flat
from parcelwarden.domain.advice.names import DUTIES
from parcelwarden.domain.errors import PackError
from parcelwarden.domain.messages import Catalogue, MessageError, catalogue_of, render
from parcelwarden.services.wording import chosen

CATALOGUES = load_catalogues()
CODES = sorted(CATALOGUES["en"].texts)
MADRID = ZoneInfo("Europe/Madrid")
WORDS = {
    "reason": "returned_to_sender",
    "missing_dates": "shipped_at,delivery_due_at",
    "zone": "PST",
    "edition": "2020-21",
}


class Told(msgspec.Struct):
    code: str
    params: dict[str, str]


def sample(code: str) -> dict[str, str]:
    names = {name for language in CATALOGUES.values() for clause in language.texts[code] for name in clause.params}
    return {name: WORDS.get(name, "2026-06-08T07:00:00Z") for name in names}


def clauses(catalogue: Catalogue, code: str, optional: bool) -> set[str]:
    return {name for clause in catalogue.texts[code] if clause.optional == optional for name in clause.params}


def test_the_languages_have_the_same_codes_params_and_words() -> None:
    english = CATALOGUES["en"]
    for catalogue in CATALOGUES.values():
        assert set(catalogue.texts) == set(english.texts)
        assert {k: {c.params for c in v} for k, v in catalogue.lines.items()} == {
            k: {c.params for c in v} for k, v in english.lines.items()
        }
        assert {k: set(v) for k, v in catalogue.words.items()} == {k: set(v) for k, v in english.words.items()}
        for code in CODES:
            for optional in (True, False):
                assert clauses(catalogue, code, optional) == clauses(english, code, optional), code


@pytest.mark.parametrize("language", sorted(CATALOGUES))
@pytest.mark.parametrize("code", CODES)
def test_every_code_renders_with_every_param(code: str, language: str) -> None:
    text = render(Told(code, sample(code)), CATALOGUES[language], MADRID)
    assert text[0].isupper() and text.endswith(".")
    assert not re.search(r"[{}\[\]]|\d{4}-\d\d-\d\dT|_", text)
    assert len(re.findall(r"[.!?](?: |$)", text)) == 1


@pytest.mark.parametrize("code", [c for c in CODES if clauses(CATALOGUES["en"], c, optional=False)])
def test_a_missing_param_is_an_error(code: str) -> None:
    with pytest.raises(MessageError, match=code):
        render(Told(code, {}), CATALOGUES["en"], MADRID)


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(MessageError, match="nothing_such"):
        render(Told("nothing_such", {}), CATALOGUES["en"], MADRID)


def test_every_text_is_of_a_code_that_is_given() -> None:
    folder = Path(str(advice_package.__file__)).parent.parent
    paths = [*(p for part in ("advice", "alerts") for p in (folder / part).glob("*.py")), folder / "reconcile.py"]
    paths += [folder.parent / "services" / "digest.py", folder.parent / "cli" / "notify.py"]
    source = "".join(path.read_text("utf-8") for path in paths)
    given = set(re.findall(r'"([a-z_]+)"', source)) | {f"{duty}_late" for duty in DUTIES}
    made = {f"{stem}{end}" for stem in ("may_be_open",) for end in ("_soon", "_late")}
    assert set(CODES) <= given | made


def test_dates_stand_in_the_readers_zone() -> None:
    told = Told("ship_by_over", {"due_at": "2026-06-08T22:30:00Z"})
    assert "9 Jun 2026, 00:30 CEST" in render(told, CATALOGUES["en"], MADRID)
    assert "9 Jun 2026, 07:30 JST" in render(told, CATALOGUES["en"], ZoneInfo("Asia/Tokyo"))
    assert "9 jun 2026, 00:30 CEST" in render(told, CATALOGUES["es"], MADRID)


def test_a_day_stays_a_day() -> None:
    assert "on 8 Jun 2026;" in render(Told("refunded", {"refunded_at": "2026-06-08"}), CATALOGUES["en"], MADRID)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-06-01T07:00:00Z", "(time left: 7 days)."),
        ("2026-06-07T05:00:00Z", "(time left: 26 hours)."),
        ("2026-06-08T06:00:00Z", "(time left: 1 hour)."),
        ("2026-06-08T06:45:00Z", "(time left: 15 minutes)."),
        ("2026-06-08T07:00:00Z", None),
        ("2026-06-09T07:00:00Z", None),
    ],
)
def test_the_time_left_is_told_only_while_there_is_any(now: str, words: str | None) -> None:
    told = Told("appeal", {"last_safe_at": "2026-06-08T07:00:00Z", "ends_at": "2026-06-08T07:00:00Z"})
    text = render(told, CATALOGUES["en"], MADRID, datetime.fromisoformat(now))
    assert text.endswith(words) if words else "left" not in text


def test_foreign_text_is_flattened_and_cut() -> None:
    title = "Lamp\u202e<b>\n\x1b[31m blue\u0000 " + "x" * 300
    text = render(Told("dispute_over", {"title": title}), CATALOGUES["en"], UTC)
    assert text.startswith("Lamp<b> [31m blue xxx")
    assert len(text) < 130 and all(c.isprintable() for c in text)
    assert flat("{act_by}[x]") == "{act_by}[x]"


def test_words_fall_back_and_lists_are_joined() -> None:
    text = render(Told("trouble", {"reason": "never_heard_of"}), CATALOGUES["en"], UTC)
    assert "not as it should be" in text
    dates = render(Told("open_order_once", {"missing_dates": "shipped_at,delivery_due_at"}), CATALOGUES["en"], UTC)
    assert "(when it was shipped, when the delivery time ends)" in dates


@pytest.mark.parametrize(
    ("tag", "language"), [("es-MX", "es"), ("ES", "es"), ("xx", "en"), (None, "en"), ("en_GB", "en")]
)
def test_a_language_is_chosen_by_its_tag(tag: str | None, language: str) -> None:
    assert chosen(CATALOGUES, tag).language == language


def test_a_catalogue_that_lacks_a_key_is_refused() -> None:
    with pytest.raises(PackError, match=r"xx\.toml"):
        catalogue_of({"language": "xx"}, "xx.toml")
