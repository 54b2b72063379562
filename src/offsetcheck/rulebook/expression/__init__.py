"""Expressions of rule files: a closed subset of SQL, read into the typed tree of `nodes`."""

from offsetcheck.rulebook.expression.names import Name, Names
from offsetcheck.rulebook.expression.parse import Fault, Parsed, read_expression

__all__ = ["Fault", "Name", "Names", "Parsed", "read_expression"]
