"""The verbs. Services take what they need as arguments; the protocols stand in `ports.py`."""
