"""A rulebook made ready to be read as a whole: what its site and its book show."""
