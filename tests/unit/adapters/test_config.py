"""`config.toml`: every key optional, everything unknown refused with its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcelwarden.adapters.config import Config, example_config, load_config, parse_config
from parcelwarden.adapters.errors import ConfigError


def test_nothing_is_needed(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml", required=False) == Config()
    assert parse_config("", "empty") == Config()


def test_the_example_says_the_defaults_and_every_key() -> None:
    text = example_config()
    assert parse_config(text, "example") == Config()
    for key in ("port", "log_level", "[sources]", "enabled", "disabled", "[keys]", "[desktop]", "timeout_seconds"):
        assert key in text


def test_what_is_said_is_taken() -> None:
    found = parse_config('port = 9000\n[keys]\nups = "k"\n[desktop]\nenabled = false\n', "c")
    assert (found.port, found.keys, found.desktop.enabled) == (9000, {"ups": "k"}, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prot = 1", "prot"),
        ("host = '0.0.0.0'", "host"),
        ("port = 0", "port"),
        ("port = 70000", "port"),
        ("port = '8377'", "port"),
        ("[desktop]\nloud = true", "loud"),
        ("[keys]\nups = 3", "keys"),
        ("log_level = 'chatty'", "log_level"),
        ("port = \nlog_level = 1", "line 1"),
    ],
)
def test_what_cannot_be_meant_is_named(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        parse_config(text, "some/config.toml")
    assert "some/config.toml" in str(caught.value)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no configuration file"):
        load_config(tmp_path / "config.toml", required=True)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, required=False)
    (tmp_path / "c").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_config(tmp_path / "c", required=False)
