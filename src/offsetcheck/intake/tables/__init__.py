"""Tables of candidates: the ids of their rows, and facts joined and replaced."""
