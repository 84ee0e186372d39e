"""The channels that reach the buyer. What a channel needs is imported at its first note, not at the start."""
