"""A redacted sample of a body, for a report: the structure stays, every value gives way to its class.

Classes: a run of digits becomes as many zeros, a letter run `word`, a date `date`, a time `time`. Names of fields, tags and
classes stay, for readers go by them; where a name holds four digits or more it is a value too. Codes in capitals stay,
for states rest on them: `OUT_FOR_DELIVERY` anywhere, `DELIVERED` only in a field that is named for codes (elsewhere it
may be somebody's name).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from parcelparsers.body import Body
from parcelparsers.errors import Unreadable
from parcelparsers.markup import soup, xml

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import AttributeValueList
    from lxml.etree import _Element

DEEPEST = 60
LONGEST = 200
"""Characters of one text that are classed; the rest is only counted."""
_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?"
_PIECE = re.compile(rf"(?P<date>{_DATE})|(?P<time>{_TIME})|(?P<digits>\d+)|(?P<word>[^\W\d_]+)")
_CODE = re.compile(r"[A-Z]{2,24}(?:_[A-Z0-9]{1,24}){0,6}", re.ASCII)
_FOR_CODES = re.compile(r"(?:code|status|state|type|stage|action|event|phase|category)\Z", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_$@#:.-][\w$@#:.-]{0,60}", re.ASCII)
_KEPT = ("class", "id", "role", "type", "name", "lang", "colspan", "rowspan")
_DROPPED = ("script", "style", "svg", "iframe", "noscript", "link", "meta", "img", "template")


def sample(body: Body) -> str:
    """The sample of a body as text: JSON, XML or markup as such, anything else as classed text."""
    if body.is_json:
        return json.dumps(_value(body.json, 0), indent=1, ensure_ascii=False)
    if body.data.lstrip()[:5] == b"<?xml":
        try:
            return _element(xml(body.data), 0)
        except Unreadable:
            return classed(body.text)
    return _page(body.text) if body.is_html else classed(body.text)


def classed(text: str, field: str = "") -> str:
    """One text, of a field where it is known, with every value as its class."""
    if _CODE.fullmatch(text) and ("_" in text or _FOR_CODES.search(field)):
        return text
    rest = len(text) - LONGEST
    return _PIECE.sub(_class, text[:LONGEST]) + (f" (and {rest} more)" if rest > 0 else "")


def _class(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    return "0" * len(found[0]) if kind == "digits" else kind


def _named(name: str) -> str:
    """The name of a field or a class; one with many digits is a value."""
    plain = _NAME.fullmatch(name) and sum(map(str.isdigit, name)) < 4
    return name if plain else classed(name)


def _value(value: Any, depth: int, field: str = "") -> Any:
    if depth > DEEPEST:
        return "(deeper)"
    if isinstance(value, dict):
        return {_named(str(name)): _value(inner, depth + 1, str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_value(inner, depth + 1, field) for inner in value]
    if isinstance(value, str):
        return classed(value, field)
    if isinstance(value, bool) or value is None:
        return value
    return int("1" + "0" * (min(len(str(abs(int(value)))), 20) - 1)) if abs(value) < 1e300 else 0


def _page(text: str) -> str:
    """Markup without scripts, comments and every attribute but those that readers go by."""
    from bs4.element import Comment, Doctype, PreformattedString

    page = soup(text)
    for tag in page.find_all(list(_DROPPED)):
        tag.decompose()
    for tag in page.find_all(True):
        _attributes(tag)
    for piece in page.find_all(string=True):
        if isinstance(piece, Comment | PreformattedString) and not isinstance(piece, Doctype):
            piece.extract()
        elif not isinstance(piece, Doctype):
            piece.replace_with(classed(str(piece)))
    return str(page)


def _attributes(tag: Tag) -> None:
    kept: dict[str, str | AttributeValueList] = {}
    for name in _KEPT:
        value = tag.attrs.get(name)
        if value is not None:
            kept[name] = " ".join(map(_named, value if isinstance(value, list) else str(value).split()))
    tag.attrs = kept


def _element(node: _Element, depth: int) -> str:
    """XML: tags and the names of attributes stay."""
    pad, name = " " * depth, _named(str(node.tag))
    attributes = "".join(f' {_named(str(n))}="{_escaped(classed(str(v)))}"' for n, v in node.attrib.items())
    inner = [_element(child, depth + 1) for child in node if isinstance(child.tag, str)] if depth < DEEPEST else []
    text = _escaped(classed((node.text or "").strip()))
    if not inner:
        return f"{pad}<{name}{attributes}>{text}</{name}>"
    return "\n".join((f"{pad}<{name}{attributes}>{text}", *inner, f"{pad}</{name}>"))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
