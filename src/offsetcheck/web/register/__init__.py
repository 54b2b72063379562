"""Who did what, in order: a list that only grows, each entry bound to the one before by a hash."""
