"""Cells of a column to values of a field: the unit, the style and the words they are in."""
