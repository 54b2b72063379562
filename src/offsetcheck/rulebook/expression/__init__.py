"""Expressions of rule files: a closed subset of SQL, read into the typed tree of `nodes`."""
