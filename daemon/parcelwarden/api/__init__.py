"""The local HTTP API: guard, routes, shapes."""
