"""Measured as ratios to a floor in the same run. No tests."""
