"""The zone of this machine by its name, as it is set now."""

from __future__ import annotations

import logging
from datetime import tzinfo

import tzlocal

log = logging.getLogger(__name__)


def machine_zone() -> tzinfo:
    """Read it from the system; while that says nothing that is a zone, the one that was read last."""
    try:
        return tzlocal.reload_localzone()
    except (LookupError, ValueError, OSError) as fault:
        log.warning("the zone of this machine cannot be read, the last one holds: %s", fault)
        return tzlocal.get_localzone()
