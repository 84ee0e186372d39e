"""The one place that joins adapters, services and API: for the daemon, and for commands that run without it.

parts ← local (no network, no HTTP), looking (one polite look), daemon (the whole process)
"""
