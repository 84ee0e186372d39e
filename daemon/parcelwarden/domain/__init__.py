"""Pure rules: facts, policy engine, verdict, silence model, advice, alerts. No I/O, no clock of its own."""
