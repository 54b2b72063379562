"""Rules changed by one small mistake at a time: what tells it."""
