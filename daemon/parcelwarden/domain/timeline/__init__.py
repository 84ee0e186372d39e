"""The life of one order as a picture: values in, SVG text out. One renderer for dashboard, popup, overlay, evidence."""

from parcelwarden.domain.timeline.gather import gather
from parcelwarden.domain.timeline.model import Timeline
from parcelwarden.domain.timeline.render import NARROWEST, WIDEST, render

__all__ = ["NARROWEST", "WIDEST", "Timeline", "gather", "render"]
