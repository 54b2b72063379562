"""How a file was read, and what of it was not: nothing is lost in silence."""
