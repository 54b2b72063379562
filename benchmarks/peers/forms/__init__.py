"""One file for each peer: its form of the trees of rules, and how it runs over rows."""
