"""Why the machine around the services cannot be set up. The command line ends with 3 on each.

CannotRun           what was wrong, where, what to do
├── ConfigError     the configuration cannot be read, or says something that cannot be meant
├── UnsafePlace     a data directory or file that somebody else could read or swap
├── Held            another process uses the data directory
└── PortBusy        another program listens on the port
"""

from __future__ import annotations


class CannotRun(Exception):
    """Base of everything that keeps the daemon or a command from working on the data."""


class ConfigError(CannotRun):
    """`config.toml` cannot be used."""


class UnsafePlace(CannotRun):
    """A link where a file should be, a directory that is not the user's own."""


class Held(CannotRun):
    """The data directory is in use."""


class PortBusy(CannotRun):
    """The port is taken."""
