"""The one helper that imports bs4 and lxml, at the first call and not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def soup(text: str, names: tuple[str, ...] = ()) -> BeautifulSoup:
    """Parse HTML with lxml; with `names`, keep only elements of these names and what is in them."""
    from bs4 import BeautifulSoup, SoupStrainer

    only = SoupStrainer(list(names)) if names else None
    return BeautifulSoup(text, "lxml", parse_only=only)
