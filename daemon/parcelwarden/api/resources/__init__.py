"""One file a resource; each has its `ROUTES`."""
