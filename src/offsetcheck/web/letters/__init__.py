"""Letters of a tender: made as the command makes them, listed by kind, and answered."""
