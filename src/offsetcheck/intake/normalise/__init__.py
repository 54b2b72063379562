"""Text of a cell to a value, or the reason why not: pure functions, one file per kind of value."""
