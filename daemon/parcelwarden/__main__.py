"""`python -m parcelwarden`: the same as the command."""

from __future__ import annotations

from parcelwarden.cli import main

if __name__ == "__main__":
    main(prog_name="parcelwarden")
