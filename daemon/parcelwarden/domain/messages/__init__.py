"""Sentences: a catalogue per language (`en.toml`, `es.toml`) and `render`. The file is read by an
adapter."""

from __future__ import annotations

from parcelwarden.domain.messages.catalogue import Catalogue, catalogue_of
from parcelwarden.domain.messages.render import MessageError, Told, render

__all__ = ["Catalogue", "MessageError", "Told", "catalogue_of", "render"]
