"""One answer, decoded at most once: bytes, text, JSON or markup, as a reader needs it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from parcelparsers.errors import Unreadable

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from lxml.etree import _Element

_JSON = msgspec.json.Decoder()
_JSONP = re.compile(rb"\A[\w$.]{1,80}\s*\((.*)\)\s*;?\s*\Z", re.S)


class Body:
    """The body of one answer, with what the transport said of it.

    `status` is the HTTP status (200 where unknown), `content_type` the header without parameters, lower case.
    """

    def __init__(self, data: bytes, *, status: int = 200, content_type: str = "") -> None:
        self.data = data
        self.status = status
        self.content_type = content_type.partition(";")[0].strip().lower()

    @cached_property
    def text(self) -> str:
        """The body as text: UTF-8, damaged bytes replaced, NUL and a byte order mark removed."""
        return self.data.decode("utf-8", "replace").replace("\x00", "").removeprefix("\ufeff")

    @cached_property
    def _parsed(self) -> Any:
        data = self.data.removeprefix(b"\xef\xbb\xbf").strip()
        if wrapped := _JSONP.match(data):
            data = wrapped[1]
        try:
            return _JSON.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    @property
    def is_json(self) -> bool:
        """Whether the body is a JSON object or array (a JSONP wrapper is taken off)."""
        return isinstance(self._parsed, dict | list)

    @property
    def json(self) -> Any:
        """The decoded JSON. Raises `Unreadable` where the body is none."""
        if not self.is_json:
            raise Unreadable("body", "a JSON object or array")
        return self._parsed

    @cached_property
    def is_html(self) -> bool:
        """Whether the body looks like markup."""
        return not self.is_json and self.data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"

    def html(self, *names: str) -> BeautifulSoup:
        """The markup, only the named elements kept (a strainer). bs4 is imported at the first call."""
        from parcelparsers.markup import soup

        return soup(self.text, names)

    def xml(self) -> _Element:
        """The root element of an XML body, entities refused; lxml is imported here. Raises `Unreadable`."""
        from parcelparsers.markup import xml

        return xml(self.data)
