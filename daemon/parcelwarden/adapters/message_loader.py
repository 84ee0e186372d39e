"""Reads the message catalogues that ship with the package: one TOML file a language."""

from __future__ import annotations

import tomllib
from importlib import resources

from parcelwarden.domain.errors import PackError
from parcelwarden.domain.messages import Catalogue, catalogue_of


def load_catalogues() -> dict[str, Catalogue]:
    """All languages by code. Raises `PackError` naming the file for one that cannot be read."""
    folder = resources.files("parcelwarden.domain.messages")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda f: f.name)
    return {(read := _read(entry.name, entry.read_text("utf-8"))).language: read for entry in files}


def _read(name: str, text: str) -> Catalogue:
    try:
        return catalogue_of(tomllib.loads(text), name)
    except tomllib.TOMLDecodeError as fault:
        raise PackError(f"messages/{name}", "the file", f"valid TOML ({fault})") from fault
