"""Real browsers with the extension, a shop that is made up, and a real daemon."""
