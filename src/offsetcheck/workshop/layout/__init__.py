"""How rule files lie on the page: the order of their keys, indentation, quotes, blank lines."""
