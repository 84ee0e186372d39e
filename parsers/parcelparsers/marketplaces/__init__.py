"""One file a shop."""
