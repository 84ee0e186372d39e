"""Small helps for reading markup: printed texts of elements, in bounded numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from parcelparsers.marketplaces.dates import clean
from parcelparsers.marketplaces.shop import order_id
from parcelparsers.marketplaces.words import says

if TYPE_CHECKING:
    from bs4 import Tag

_HASHED = re.compile(r"--[A-Za-z0-9_]{4,12}\Z")
_SENTENCE = 320
_INLINE = frozenset(("b", "strong", "em", "i", "u", "font", "span", "small", "bdi", "br", "time"))
_PARTS = 12
_TOUCHING = re.compile(r"\d \d")
_OF_ENDS = ("left", "protection", "refund", "coupon")
_HIDDEN = re.compile(r"contact-info|address|receiver|shippingTo", re.I)


def text_of(tag: Tag | None, apart: str = "") -> str:
    """What an element prints, plain; pieces joined as printed, or with `apart` between them."""
    return clean(tag.get_text(apart)) if tag is not None else ""


def texts(root: Tag, *selectors: str, apart: str = "") -> list[tuple[str, str]]:
    """(selector, text) of the first elements of each selector, at most 20 of each, empty ones left out."""
    found = [(s, text_of(tag, apart)) for s in selectors for tag in root.select(s, limit=20)]
    return [(s, text) for s, text in found if text]


class Marked:
    """The elements in a part of the page by class and by `data-pl`, found in one pass: lists have many cards."""

    def __init__(self, root: Tag) -> None:
        self._by_mark: dict[str, list[Tag]] = {}
        for tag in root.find_all(True):
            for name in tag.get_attribute_list("class"):
                self._by_mark.setdefault(f".{name}", []).append(tag)
            if marked := tag.get("data-pl"):
                self._by_mark.setdefault(f"@{marked}", []).append(tag)
            if tag.name == "a":
                self._by_mark.setdefault("a", []).append(tag)

    def all(self, *marks: str) -> list[tuple[str, Tag]]:
        """(mark, element) for each mark in turn: `.class`, `@data-pl` or `a`; at most 200 of each."""
        return [(mark, tag) for mark in marks for tag in self._by_mark.get(mark, ())[:200]]

    def texts(self, *marks: str) -> Iterator[tuple[str, str]]:
        """(mark, text) in the same order, empty ones left out, read only as far as they are asked for."""
        return ((mark, text) for mark, tag in self.all(*marks) if (text := text_of(tag)))


def attribute(tag: Tag | None, name: str) -> str:
    """An attribute as text, empty where there is none."""
    value = tag.get(name) if tag is not None else None
    return value if isinstance(value, str) else ""


def id_in_link(href: str, *names: str) -> str:
    """The order id in a link's query, empty for none."""
    try:
        asked = parse_qs(urlsplit(href[:1000]).query)
    except ValueError:
        return ""
    return next((i for n in names for v in asked.get(n, []) if (i := order_id(v))), "")


def classed(part: str) -> str:
    """The selector of a class by a part of it: generated classes end in a hash that changes."""
    return f'[class*="{part}"]'


def without_hashes(root: Tag) -> None:
    """Give each class that ends in a hash (`info-row--1Hlfkoj`) its plain name too, as older layouts have it."""
    for tag in root.find_all(class_=_HASHED):
        names = tag["class"]
        if isinstance(names, list):
            names.extend([_HASHED.sub("", name) for name in names if _HASHED.search(name)])


def drop_personal(root: Tag) -> None:
    """Take the receiver's blocks out of the tree, before anything else is read."""
    for tag in root.find_all(class_=_HIDDEN):
        if not tag.decomposed:
            tag.decompose()


def distinct(values: Iterable[str]) -> list[str]:
    """The values, each once, in their order."""
    return list(dict.fromkeys(v for v in values if v))


def leaves(root: Tag) -> list[tuple[str, str]]:
    """("text", text) of the elements that hold none but inline ones and speak of an end, each text once: sentences
    stand there wherever they moved. Not in links: the name of a thing may promise "40 hours"."""
    found = (text for text in distinct(map(_sentence, root.find_all(True, limit=4_000))) if len(text) <= _SENTENCE)
    return [("text", text) for text in found if any(says(topic, text) for topic in _OF_ENDS)]


def _sentence(tag: Tag) -> str:
    """What an element says by itself, empty for a block. Of inline parts whose numbers touch ("Sep 1", "12 days left")
    nobody can tell where one ends: there each part speaks for itself."""
    parts = tag.find_all(True, limit=_PARTS + 1)
    if len(parts) > _PARTS or any(part.name not in _INLINE for part in parts) or _in_link(tag):
        return ""
    text = text_of(tag, " ")
    return "" if parts and _TOUCHING.search(text) else text


def _in_link(tag: Tag) -> bool:
    return tag.name == "a" or tag.find_parent("a") is not None
